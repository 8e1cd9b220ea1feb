"""Lines of a contact sheet in any script: as outlines where our typeface has no such letters."""

from __future__ import annotations

import contextlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self

from packdesk.app.display import painting
from packdesk.domain.objects.outline import bounds
from packdesk.domain.objects.values import Text
from packdesk.domain.text import cut
from packdesk.domain.units import MM_PER_POINT
from packdesk.export.flat.pdf_canvas import PDF_FONT
from packdesk.export.flat.pdf_objects import path_operators

if TYPE_CHECKING:
    from packdesk.domain.objects.lettering import Lettering

_LONGEST = 200
_KEPT = 64


class Lines:
    """Writes on a reportlab canvas; to be used as a context, for outlines need a Qt application.

    Args:
        canvas: what is written on.
    """

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._qt = contextlib.ExitStack()
        self._shaped = lru_cache(_KEPT)(self._set)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._shaped.cache_clear()
        self._qt.close()

    def write(self, left: float, base: float, text: str, size: float, width: float) -> None:
        """Write a line, cut to a width; all in points, the place that of its first letter's foot."""
        shown = cut(text, _LONGEST)
        if all(map(has_letter, shown)):
            self._canvas.setFont(PDF_FONT, size)
            self._canvas.drawString(left, base, fitting(shown, size, width))
            return
        made = self._shaped(shown, size)
        while len(shown) > 2 and (across := made.width / MM_PER_POINT) > width:
            shown = shown[: max(1, min(len(shown) - 2, int(len(shown) * width / across) - 1))].rstrip() + "…"
            made = self._shaped(shown, size)
        foot = (bounds(self._shaped("H", size).outline) or (0.0,) * 4)[3]
        self._canvas.saveState()
        scale = 1 / MM_PER_POINT
        self._canvas.transform(scale, 0, 0, -scale, left, base + foot * scale)
        self._canvas.addLiteral(f"{path_operators(made.outline)} f")
        self._canvas.restoreState()

    def _set(self, text: str, size: float) -> Lettering:
        from packdesk.textures.objects.shaping import shaped  # noqa: PLC0415  (most sheets do without)

        self._qt.enter_context(painting())
        return shaped(Text(id="line", words=text, size=size, wraps=False))


def has_letter(letter: str) -> bool:
    """Whether our typeface has it, once a document was begun."""
    from reportlab.pdfbase.pdfmetrics import getFont  # noqa: PLC0415  (a fifth of a second)

    return ord(letter) in getFont(PDF_FONT).face.charToGlyph


def fitting(text: str, size: float, width: float) -> str:
    """A text of letters our typeface has, cut to a width in points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth  # noqa: PLC0415  (as above)

    shown = text
    while len(shown) > 2 and stringWidth(shown, PDF_FONT, size) > width:
        shown = f"{shown[:-2].rstrip()}…"
    return shown
