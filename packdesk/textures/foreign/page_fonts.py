"""Fonts a page of a PDF document is lettered in and does not carry (ISO 32000-1, 9.9).

In the decoding process only.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pikepdf

from packdesk.textures.foreign import limits
from packdesk.textures.foreign.pdf_content import resources_of

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_FONTS, MOST_NAME = 50, 100
_DEEPEST = 8
_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_LETTERS = ("Tj", "TJ", "'", '"')
_LOOKED_AT = " ".join(("Tf", *_LETTERS, "Do", "q", "Q"))


def loose_fonts(page: bytes) -> list[str]:
    """Their names, sorted, without the six letters of a part of a font.

    Args:
        page: a document of one page, as `page.page_of` makes it.

    Raises:
        PdfError: it cannot be read.
    """
    limits.limit(limits.SHEET_SECONDS)
    with pikepdf.open(io.BytesIO(page)) as document:
        first = document.pages[0]
        fonts = _Lettering(set()).fonts(first, resources_of(first.obj), 0)
        found = {_name(font) for font in fonts if not _is_carried(font)}
    return sorted(found)[:MOST_FONTS]


class _Lettering:
    """Walks a page and its forms. A font that is named and letters nothing does not count.

    Args:
        seen: forms that were walked.
    """

    def __init__(self, seen: set[tuple[int, int]]) -> None:
        self._seen = seen

    def fonts(self, content: Any, resources: Any, depth: int) -> Iterator[Any]:
        """Every font that letters something in a page, form or pattern."""
        font, kept = "", []
        for one in pikepdf.parse_content_stream(content, _LOOKED_AT):
            name, words = str(one.operator), one.operands
            if name == "q":
                kept.append(font)
            elif name == "Q" and kept:
                font = kept.pop()
            elif name == "Tf":
                font = str(words[0])
            elif name == "Do":
                yield from self._within(_named(resources, "/XObject").get(str(words[0])), resources, depth)
            elif name in _LETTERS and font in (named := _named(resources, "/Font")):
                yield named[font]
        for pattern in _named(resources, "/Pattern").values():
            yield from self._within(pattern, resources, depth)

    def _within(self, form: Any, outer: Any, depth: int) -> Iterator[Any]:
        if not isinstance(form, pikepdf.Stream) or form.get("/Subtype") == "/Image":
            return
        if form.objgen in self._seen or depth >= _DEEPEST:
            return
        self._seen.add(form.objgen)
        yield from self.fonts(form, form.get("/Resources", outer), depth + 1)


def _named(resources: Any, kind: str) -> Any:
    found = resources.get(kind) if isinstance(resources, pikepdf.Dictionary) else None
    return found if isinstance(found, pikepdf.Dictionary) else pikepdf.Dictionary()


def _is_carried(font: Any) -> bool:
    if font.get("/Subtype") == pikepdf.Name.Type3:
        return True  # its letters are drawings
    parts = font.get("/DescendantFonts")
    whole = parts[0] if isinstance(parts, pikepdf.Array) and len(parts) else font
    described = whole.get("/FontDescriptor")
    return isinstance(described, pikepdf.Dictionary) and any(name in described for name in _FILES)


def _name(font: Any) -> str:
    name = str(font.get("/BaseFont", "/?"))[1 : MOST_NAME + 1]
    return name[7:] if name[6:7] == "+" else name
