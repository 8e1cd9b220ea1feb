"""Objects in a PDF: closed paths in their own inks, drawn as they are; nothing of them becomes pixels.

Lettering is paths too, or text with its typeface where that was asked for and is possible. All of it knocks
out what is beneath: overprint is off, so that a barcode is in one ink on white.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from PIL import Image

from packdesk.domain.affine import Affine
from packdesk.domain.objects.drawn import InkedPath
from packdesk.export.flat.pdf_fonts import text_operators
from packdesk.export.flat.vector_pages import page_size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from packdesk.domain.objects.drawn import DrawnObject, PlacedPicture
    from packdesk.domain.objects.inks import Ink
    from packdesk.domain.objects.shown import ShownObjects
    from packdesk.export.flat.joined_objects import ObjectRun

_STEP = re.compile(r"([MLCZ])([^MLCZ]*)")
_OPERATORS = {"M": "m", "L": "l", "C": "c", "Z": "h"}
_FLIPPED = Affine(1, 0, 0, -1, 0, 1)
"""Pages and pictures of PDF have their lower left corner at 0, 0."""


def path_operators(outline: str) -> str:
    """An outline of M, L, C and Z as PDF draws it; to be filled or stroked after."""
    return " ".join(f"{places} {_OPERATORS[step]}" for step, places in _STEP.findall(outline))


class NamedPages(NamedTuple):
    """PDF documents among the pictures of objects.

    Attributes:
        names: of forms in the page's resources, by the picture's SHA-256.
        pages: the documents, by these names.
    """

    names: Mapping[str, str]
    pages: Mapping[str, bytes]


def named_pages(panels: Iterable[ShownObjects]) -> NamedPages:
    """The pages objects of these panels show, each once."""
    found = {picture: page for shown in panels for picture, page in shown.pages.items()}
    names = {picture: f"Logo{number}" for number, picture in enumerate(found)}
    return NamedPages(names, {names[picture]: page for picture, page in found.items()})


class ObjectPen:
    """Draws objects on a canvas of reportlab.

    Args:
        canvas: reportlab's.
        to_points: from millimetres of the sheet to points of the page.
        names: of PDF documents among the pictures.
        separate: makes inks of a press of a colour of screens; None to leave it as it is.
    """

    def __init__(
        self,
        canvas: Any,
        to_points: Affine,
        names: Mapping[str, str],
        separate: Callable[[tuple[int, int, int]], tuple[float, float, float, float]] | None = None,
    ) -> None:
        self._canvas = canvas
        self._to_points = to_points
        self._names = names
        self._separate = separate
        self._opacity = 1.0

    def draw(self, run: ObjectRun) -> None:
        """Objects. The canvas is clipped already."""
        placed = run.panel
        for one in run.objects:
            self._canvas.saveState()
            self._canvas.transform(*one.place.then(placed.place).then(self._to_points))
            self._knock_out(one)
            spans = placed.shown.live.get(one.id, ()) if not one.is_guest else ()
            for part in one.parts:
                if isinstance(part, InkedPath) and spans:
                    self._set_ink(part.ink)
                    self._canvas.addLiteral(" ".join(text_operators(spans, placed.shown.fonts)))
                elif isinstance(part, InkedPath):
                    self._fill(part)
                else:
                    self._draw_picture(part, placed.shown)
            self._canvas.restoreState()

    def _knock_out(self, one: DrawnObject) -> None:
        self._canvas.setFillOverprint(False)
        self._canvas.setStrokeOverprint(False)
        self._opacity = one.opacity
        if one.opacity < 1:
            self._canvas.setFillAlpha(one.opacity)

    def _fill(self, part: InkedPath) -> None:
        self._set_ink(part.ink)
        self._canvas.addLiteral(path_operators(part.outline) + (" f*" if part.even_odd else " f"))

    def _set_ink(self, ink: Ink) -> None:
        from reportlab.lib.colors import CMYKColorSep  # noqa: PLC0415  (as in `pdf`)

        if ink.shares is not None and ink.spot:
            spot = CMYKColorSep(*ink.shares, spotName=ink.spot)
            self._canvas.setFillColor(spot, alpha=self._opacity)  # else it would be as opaque as the colour
        elif ink.shares is not None:
            self._canvas.setFillColorCMYK(*ink.shares)
        elif ink.rgb is not None and self._separate is not None:
            self._canvas.setFillColorCMYK(*self._separate(ink.rgb))
        else:
            red, green, blue = ink.rgb or (0, 0, 0)
            self._canvas.setFillColorRGB(red / 255, green / 255, blue / 255)

    def _draw_picture(self, part: PlacedPicture, shown: ShownObjects) -> None:
        from reportlab.lib.utils import ImageReader  # noqa: PLC0415  (as above)

        self._canvas.saveState()
        self._canvas.transform(*_FLIPPED.then(part.place))
        page = shown.pages.get(part.picture)
        if page is None:
            with Image.open(io.BytesIO(shown.pictures[part.picture]), formats=["PNG"]) as picture:
                self._canvas.drawImage(ImageReader(picture.convert("RGBA")), 0, 0, 1, 1, mask="auto")
        else:
            width, height = page_size(page)
            self._canvas.transform(1 / width, 0, 0, 1 / height, 0, 0)
            self._canvas.addLiteral(f"/{self._names[part.picture]} Do")
        self._canvas.restoreState()
