"""Plates with running text: story, contents and barcode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from packdesk.generation.offline.barcode import ASPECT, paint_barcode
from packdesk.generation.offline.lettering import set_line, set_name, wrap
from packdesk.generation.offline.lockup import brand_type
from packdesk.generation.offline.plates import Plate, paint_plate, text_shape
from packdesk.generation.offline.stack import OrnamentRow, TextRow, draw_stack
from packdesk.generation.offline.typefaces import SANS, SANS_BOLD

if TYPE_CHECKING:
    from packdesk.generation.offline.canvas import Canvas
    from packdesk.generation.offline.stack import Row
    from packdesk.generation.offline.style import Style

_LARGEST_TEXT = 0.054  # capital height as a share of the plate's width
_SMALLEST_TEXT = 0.017
_LINE = 1.15  # space below a line, in capital heights


@dataclass(frozen=True)
class Content:
    """What a text plate carries below the brand."""

    story: bool = True
    contents: bool = True
    code: bool = True


FULL = Content()
STORY = Content(contents=False, code=False)
CONTENTS = Content(story=False)


def paint_backprint(canvas: Canvas, style: Style, rect: QRectF, content: Content = FULL) -> None:
    """Paint a text plate into a rectangle in millimetres; what does not fit is left out, the code first."""
    plate = Plate(text_shape(style.family), rect)
    inner = paint_plate(canvas, plate, style.palette)
    if content.code:
        inner = _code_at_foot(canvas, style, inner)
    draw_stack(canvas.painter, _fitting_rows(style, inner, content), inner)


def _code_at_foot(canvas: Canvas, style: Style, plate: Plate) -> Plate:
    """Paint the barcode at the foot; returns the room above, or all of it where the code had no place."""
    width = min(plate.rect.width() * 0.62, 38 * max(1.0, canvas.unit))
    height = width * ASPECT
    if height > plate.rect.height() * 0.32:
        return plate
    left = plate.rect.center().x() - width / 2
    top = plate.rect.bottom() - height - plate.rect.height() * 0.01
    paint_barcode(canvas, QRectF(left, top, width, height), style.seed)
    return Plate(plate.shape, plate.rect.adjusted(0, 0, 0, top - plate.rect.bottom() - height * 0.2))


def _fitting_rows(style: Style, plate: Plate, content: Content) -> list[Row]:
    """The rows at the largest size of text that leaves them room."""
    size = plate.rect.width() * _LARGEST_TEXT
    while True:
        rows = _rows(style, plate, content, size)
        total = sum(row.height + row.after for row in rows)
        if total <= plate.rect.height() or size <= plate.rect.width() * _SMALLEST_TEXT:
            return rows
        size *= 0.95


def _rows(style: Style, plate: Plate, content: Content, size: float) -> list[Row]:
    rows: list[Row] = [*_head(style, plate, size)]
    if content.story:
        rows += _paragraph(style, plate, style.wording.story, size)
    if content.contents:
        heading = set_line(style.wording.heading.upper(), SANS_BOLD, 0.2)
        rows.append(TextRow(heading, size * 0.92, style.palette.plate_accent, size * 1.3, drop=1))
        rows += _paragraph(style, plate, style.wording.contents, size, drop=1)
    return rows


def _head(style: Style, plate: Plate, size: float) -> list[Row]:
    kind, palette = brand_type(style.family), style.palette
    width, text = plate.rect.width(), kind.text(style.brand)
    lines, height = set_name(
        text, kind.face, kind.tracking, width=width * 0.94, height=size * 2.4, most_lines=2
    )
    gaps = [height * 0.55] * (len(lines) - 1) + [size * 1.9]
    return [
        *(TextRow(line, height, palette.plate_ink, gap) for line, gap in zip(lines, gaps, strict=True)),
        OrnamentRow(size, width * 0.5, palette.trim, style.family, size * 2.2),
    ]


def _paragraph(style: Style, plate: Plate, text: str, size: float, drop: int = 0) -> list[Row]:
    lines = wrap(text, SANS, plate.rect.width() * 0.94 / size)
    gaps = [size * _LINE] * (len(lines) - 1) + [size * 2.6]
    colour = style.palette.plate_ink
    return [
        TextRow(set_line(line, SANS), size, colour, gap, drop=drop)
        for line, gap in zip(lines, gaps, strict=True)
    ]
