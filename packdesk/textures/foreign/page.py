"""The first page of a PDF document as a document of its own, with nothing but what is printed of it.

In the decoding process only. Guides and layers that are hidden are taken out of the page's content, and so
are annotations, actions and whatever else a document may carry.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pikepdf

from packdesk.textures.foreign import limits
from packdesk.textures.foreign.pdf_content import resources_of
from packdesk.textures.foreign.pdf_inks import without_die
from packdesk.textures.foreign.pdf_layers import guide_groups

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEPT = ("/MediaBox", "/Resources", "/Contents", "/Rotate", "/Group", "/UserUnit")
_BEGIN, _BEGIN_PLAIN, _END = "BDC", "BMC", "EMC"


def page_of(data: bytes) -> bytes:
    """The page alone.

    Raises:
        PdfError: it cannot be read.
    """
    limits.limit(limits.SHEET_SECONDS)
    with pikepdf.open(io.BytesIO(without_die(data))) as document, pikepdf.new() as alone:
        page = document.pages[0]
        box = [float(side) for side in page.cropbox]
        hidden = _hidden(document)
        if hidden or "/OCProperties" in document.Root:
            page.Contents = document.make_stream(_printed(page, hidden))
        alone.pages.append(page)
        kept = alone.pages[0].obj
        for key in [key for key in kept.keys() if key not in (*_KEPT, "/Type", "/Parent")]:  # noqa: SIM118  (no mapping)
            del kept[key]
        kept.MediaBox = pikepdf.Array(box)
        written = io.BytesIO()
        alone.save(written, fix_metadata_version=False, deterministic_id=True)
        return written.getvalue()


def _hidden(document: Any) -> list[Any]:
    """Layers that are no artwork, or are not shown."""
    properties = document.Root.get("/OCProperties")
    shown = properties.get("/D") if properties is not None else None
    off = list(shown.get("/OFF", [])) if shown is not None else []
    return [*guide_groups(document), *off]


def _printed(page: Any, hidden: list[Any]) -> bytes:
    """The content without what stands in hidden layers; the marks of the others are taken away, too."""
    resources = resources_of(page.obj)
    named = resources.get("/Properties", pikepdf.Dictionary())
    names = {name for name in named.keys() if _is_one(named[name], hidden)}  # noqa: SIM118  (no mapping)
    pictures = resources.get("/XObject", pikepdf.Dictionary())
    unseen = {
        name
        for name in pictures.keys()  # noqa: SIM118  (no mapping)
        if "/OC" in pictures[name] and _is_one(pictures[name].OC, hidden)
    }
    for name in pictures.keys():  # noqa: SIM118  (no mapping)
        if "/OC" in pictures[name]:
            del pictures[name]["/OC"]
    kept = list(_kept(pikepdf.parse_content_stream(page), names, unseen))
    return bytes(pikepdf.unparse_content_stream(kept))


def _kept(instructions: Any, hidden: set[str], unseen: set[str]) -> Iterator[Any]:
    open_marks: list[str] = []
    for instruction in instructions:
        operator = str(instruction.operator)
        if operator in {_BEGIN, _BEGIN_PLAIN}:
            open_marks.append(_meaning(operator, instruction.operands, hidden))
            if open_marks[-1] == "plain" and "hidden" not in open_marks:
                yield instruction
            continue
        if operator == _END and open_marks:
            mark = open_marks.pop()
            if mark == "plain" and "hidden" not in open_marks:
                yield instruction
            continue
        drawn = operator == "Do" and str(instruction.operands[0]) in unseen
        if "hidden" not in open_marks and not drawn:
            yield instruction


def _meaning(operator: str, operands: Any, hidden: set[str]) -> str:
    if operator != _BEGIN or str(operands[0]) != "/OC":
        return "plain"
    return "hidden" if str(operands[1]) in hidden else "layer"


def _is_one(group: Any, hidden: list[Any]) -> bool:
    """Whether a group, or one of those a membership names, is among others."""
    members = group.get("/OCGs") if isinstance(group, pikepdf.Dictionary) else None
    groups = (
        [group] if members is None else list(members) if isinstance(members, pikepdf.Array) else [members]
    )
    return any(one.objgen == other.objgen and one.objgen != (0, 0) for one in groups for other in hidden)
