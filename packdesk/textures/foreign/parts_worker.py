"""Pages and layers of a PDF document, looked at or taken out, by pikepdf. In a process of its own."""

from __future__ import annotations

import codecs
import io
import json
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Name

from packdesk.textures.foreign import limits
from packdesk.textures.foreign.pdf_content import be_ready_for_locks, user_unit
from packdesk.textures.foreign.worker import FaultError, faults_told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection

MOST_TOLD_PAGES, MOST_LAYERS, LONGEST_NAME = 1000, 200, 120
_MM = 25.4 / 72


def run(pipe: Connection, _kind: str) -> None:
    """Answer one request, and end.

    Args:
        pipe: brings what is wanted as JSON (`null`: what there is; else page and layers), then the document.
    """
    limits.settle_in()
    with faults_told(pipe):
        for name in ("utf-16-le", "utf-16-be", "latin-1", "charmap", "pdfdoc"):
            codecs.lookup(name)  # codecs are files
        be_ready_for_locks()
        limits.limit()
        pipe.send_bytes(b"ready")
        wanted, data = json.loads(pipe.recv_bytes()), pipe.recv_bytes()
        with _opened(data) as document:
            answer = _told(document) if wanted is None else _taken(document, *wanted)
        pipe.send_bytes(b"parts")
        pipe.send_bytes(answer)


def _opened(data: bytes) -> pikepdf.Pdf:
    try:
        return pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError as error:
        raise FaultError("locked") from error


def _told(document: pikepdf.Pdf) -> bytes:
    pages = [_size(page) for page in document.pages[:MOST_TOLD_PAGES]]
    off = set(_group_numbers(_configuration(document).get(Name.OFF)))
    layers = [[_name(group), group.objgen[0] not in off] for group in _groups(document)[:MOST_LAYERS]]
    return json.dumps({"count": len(document.pages), "pages": pages, "layers": layers}).encode()


def _taken(document: pikepdf.Pdf, page: int, layers: Sequence[str] | None) -> bytes:
    """A document of that page alone, with those layers shown, or as it says itself."""
    if not 1 <= page <= len(document.pages):
        raise FaultError("no page")
    del document.pages[page:]
    del document.pages[: page - 1]
    if layers is not None:
        _show(document, set(layers))
    buffer = io.BytesIO()
    document.save(buffer, fix_metadata_version=False)  # that would load modules
    return buffer.getvalue()


def _show(document: pikepdf.Pdf, layers: set[str]) -> None:
    groups = _groups(document)
    if not layers <= {_name(group) for group in groups}:
        raise FaultError("no layer")
    shown = [group for group in groups if _name(group) in layers]
    hidden = [group for group in groups if _name(group) not in layers]
    settings = _configuration(document)
    settings.BaseState = Name.ON
    settings.ON, settings.OFF = pikepdf.Array(shown), pikepdf.Array(hidden)
    if Name.AS in settings:  # what is shown when it is printed or looked at
        del settings[Name.AS]
    document.Root.OCProperties.D = settings


def _configuration(document: pikepdf.Pdf) -> Any:
    found = _properties(document).get(Name.D)
    return found if isinstance(found, pikepdf.Dictionary) else pikepdf.Dictionary()


def _groups(document: pikepdf.Pdf) -> list[Any]:
    found = _properties(document).get(Name.OCGs)
    return list(found) if isinstance(found, pikepdf.Array) else []


def _properties(document: pikepdf.Pdf) -> Any:
    found = document.Root.get(Name.OCProperties)
    return found if isinstance(found, pikepdf.Dictionary) else pikepdf.Dictionary()


def _group_numbers(groups: Any) -> list[int]:
    return [group.objgen[0] for group in groups] if isinstance(groups, pikepdf.Array) else []


def _name(group: Any) -> str:
    return str(group.get(Name.Name, ""))[:LONGEST_NAME]


def _size(page: pikepdf.Page) -> list[float]:
    left, bottom, right, top = (float(value) for value in page.cropbox)
    mm = _MM * user_unit(page.obj)
    width, height = abs(right - left) * mm, abs(top - bottom) * mm
    turned = int(page.obj.get(Name.Rotate, 0)) % 180 == 90
    return [round(side, 2) for side in ((height, width) if turned else (width, height))]
