"""The labels of a package: front, running text, medallion of the lid, base print and bands along a side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from packdesk.generation.offline.barcode import ASPECT, paint_barcode
from packdesk.generation.offline.lettering import (
    SANS,
    SANS_BOLD,
    SANS_MEDIUM,
    SANS_SEMIBOLD,
    SERIF_BOLD,
    Face,
    set_line,
    set_name,
    wrap,
)
from packdesk.generation.offline.plates import (
    OVAL,
    RECTANGLE,
    LabelPlate,
    front_shape,
    paint_plate,
    text_shape,
)
from packdesk.generation.offline.stack import OrnamentRow, TextRow, draw_ornament, draw_stack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packdesk.generation.offline.canvas import Canvas
    from packdesk.generation.offline.lettering import Lettering
    from packdesk.generation.offline.stack import Row
    from packdesk.generation.offline.style import Style

_MODERN = ("geometric", "gradient", "dots")


@dataclass(frozen=True)
class BrandType:
    """How a family sets the brand's name."""

    face: Face
    tracking: float
    capitals: bool

    def text(self, brand: str) -> str:
        """The name as this family writes it."""
        return brand.upper() if self.capitals else brand


def brand_type(family: str) -> BrandType:
    """Serifs for most families, a grotesque for the modern ones, spaced capitals for deco."""
    if family == "deco":
        return BrandType(SERIF_BOLD, 0.07, capitals=True)
    if family in _MODERN:
        return BrandType(SANS_BOLD, -0.01, capitals=False)
    return BrandType(SERIF_BOLD, 0.0, capitals=False)


def paint_lockup(canvas: Canvas, style: Style, rect: QRectF) -> None:
    """Paint the front label into a rectangle in millimetres."""
    inner = paint_plate(canvas, LabelPlate(front_shape(style.family, rect), rect), style.palette)
    draw_stack(canvas.painter, _front_rows(style, inner), inner)


def _front_rows(style: Style, plate: LabelPlate) -> list[Row]:
    palette, wording = style.palette, style.wording
    base = min(plate.rect.height(), plate.rect.width() * 1.7)
    batch = set_line(wording.batch.upper(), SANS_SEMIBOLD, 0.26)
    tagline = set_line(wording.tagline, SANS_MEDIUM, 0.05)
    amount = set_line(wording.amount, SANS_MEDIUM, 0.08)
    return [
        TextRow(batch, base * 0.027, palette.plate_accent, base * 0.085, share=0.7, drop=1),
        *_brand_rows(style, plate, base),
        OrnamentRow(base * 0.05, plate.rect.width() * 0.55, palette.trim, style.family, base * 0.05),
        *_product_rows(style, plate, base),
        TextRow(tagline, base * 0.03, palette.plate_ink, base * 0.09, share=0.9, drop=3, spring=True),
        TextRow(amount, base * 0.024, palette.plate_ink, 0, share=0.75, drop=2),
    ]


def _brand_rows(style: Style, plate: LabelPlate, base: float) -> list[Row]:
    kind = brand_type(style.family)
    middle = plate.rect.center().y()
    width = plate.width_between(middle - base * 0.12, middle) * 0.94
    tallest = base * (0.2 if len(style.brand) <= 3 else 0.125)
    lines, size = set_name(kind.text(style.brand), kind.face, kind.tracking, width=width, height=tallest)
    return _rows(style, lines, size, size * 0.55, after=base * 0.045)


def _product_rows(style: Style, plate: LabelPlate, base: float) -> list[Row]:
    width = plate.rect.width() * 0.86
    text = style.wording.product.upper()
    lines, size = set_name(text, SANS_SEMIBOLD, 0.16, width=width, height=base * 0.046, most_lines=2)
    return _rows(style, lines, size, size * 0.65, after=base * 0.036)


def _rows(
    style: Style, lines: Sequence[Lettering], size: float, gap: float, *, after: float, drop: int = 0
) -> list[Row]:
    """Lines of lettering in the plate's ink, with a gap between them and another one after the last."""
    gaps = [gap] * (len(lines) - 1) + [after]
    ink = style.palette.plate_ink
    return [TextRow(line, size, ink, below, drop=drop) for line, below in zip(lines, gaps, strict=True)]


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
    plate = LabelPlate(text_shape(style.family), rect)
    inner = paint_plate(canvas, plate, style.palette)
    if content.code:
        inner = _code_at_foot(canvas, style, inner)
    draw_stack(canvas.painter, _fitting_rows(style, inner, content), inner)


def _code_at_foot(canvas: Canvas, style: Style, plate: LabelPlate) -> LabelPlate:
    """Paint the barcode at the foot; returns the room above, or all of it where the code had no place."""
    width = min(plate.rect.width() * 0.62, 38 * max(1.0, canvas.unit))
    height = width * ASPECT
    if height > plate.rect.height() * 0.32:
        return plate
    left = plate.rect.center().x() - width / 2
    top = plate.rect.bottom() - height - plate.rect.height() * 0.01
    paint_barcode(canvas, QRectF(left, top, width, height), style.seed)
    return LabelPlate(plate.shape, plate.rect.adjusted(0, 0, 0, top - plate.rect.bottom() - height * 0.2))


def _fitting_rows(style: Style, plate: LabelPlate, content: Content) -> list[Row]:
    """The rows at the largest size of text that leaves them room."""
    size = plate.rect.width() * _LARGEST_TEXT
    while True:
        rows = _text_rows(style, plate, content, size)
        total = sum(row.height + row.after for row in rows)
        if total <= plate.rect.height() or size <= plate.rect.width() * _SMALLEST_TEXT:
            return rows
        size *= 0.95


def _text_rows(style: Style, plate: LabelPlate, content: Content, size: float) -> list[Row]:
    rows: list[Row] = [*_head(style, plate, size)]
    if content.story:
        rows += _paragraph(style, plate, style.wording.story, size)
    if content.contents:
        heading = set_line(style.wording.heading.upper(), SANS_BOLD, 0.2)
        rows.append(TextRow(heading, size * 0.92, style.palette.plate_accent, size * 1.3, drop=1))
        rows += _paragraph(style, plate, style.wording.contents, size, drop=1)
    return rows


def _head(style: Style, plate: LabelPlate, size: float) -> list[Row]:
    kind = brand_type(style.family)
    width, text = plate.rect.width(), kind.text(style.brand)
    lines, height = set_name(
        text, kind.face, kind.tracking, width=width * 0.94, height=size * 2.4, most_lines=2
    )
    ornament = OrnamentRow(size, width * 0.5, style.palette.trim, style.family, size * 2.2)
    return [*_rows(style, lines, height, height * 0.55, after=size * 1.9), ornament]


def _paragraph(style: Style, plate: LabelPlate, text: str, size: float, drop: int = 0) -> list[Row]:
    lines = [set_line(line, SANS) for line in wrap(text, SANS, plate.rect.width() * 0.94 / size)]
    return _rows(style, lines, size, size * _LINE, after=size * 2.6, drop=drop)


_MOST_INITIALS = 3


def monogram(brand: str) -> str:
    """Initials of the first words, an ampersand kept between them."""
    return "".join(word[0] for word in re.findall(r"\w+|&", brand))[:_MOST_INITIALS].upper() or brand[:1]


def paint_medallion(canvas: Canvas, style: Style, middle: QPointF, diameter: float) -> None:
    """Paint a round plate with the monogram and the brand's name; sizes in millimetres."""
    palette, kind = style.palette, brand_type(style.family)
    rect = QRectF(middle.x() - diameter / 2, middle.y() - diameter / 2, diameter, diameter)
    inner = paint_plate(canvas, LabelPlate(OVAL, rect), palette)
    initials = set_line(monogram(style.brand), kind.face, 0.02)
    name = set_line(style.brand.upper(), SANS_SEMIBOLD, 0.16)
    size = initials.height_within(diameter * 0.25, diameter * 0.55)
    rows: list[Row] = [
        TextRow(initials, size, palette.plate_ink, diameter * 0.095),
        TextRow(name, diameter * 0.042, palette.plate_ink, diameter * 0.055, share=0.95),
        OrnamentRow(diameter * 0.03, diameter * 0.3, palette.trim, style.family, 0),
    ]
    draw_stack(canvas.painter, rows, inner)


def paint_base(canvas: Canvas, style: Style, plate: LabelPlate) -> None:
    """Paint the barcode and a line below it; everything stays inside the plate's shape."""
    palette = style.palette
    inner = paint_plate(canvas, plate, palette)
    height = inner.rect.height()
    room = inner.width_between(inner.rect.top() + height * 0.24, inner.rect.bottom() - height * 0.3)
    width = min(room, height * 0.62 / ASPECT, 38 * max(1.0, canvas.unit))
    code_height = width * ASPECT
    middle = inner.rect.center()
    code = QRectF(middle.x() - width / 2, middle.y() - code_height * 0.62, width, code_height)
    paint_barcode(canvas, code, style.seed)
    note = set_line(f"{style.brand}  ·  Please recycle", SANS_SEMIBOLD, 0.06)
    wanted = code_height * 0.105
    baseline = code.bottom() + code_height * 0.24
    free = inner.width_between(baseline - wanted, baseline)
    note.draw(canvas.painter, middle.x(), baseline, note.height_within(wanted, free), palette.plate_ink)


def paint_band(canvas: Canvas, style: Style, rect: QRectF, turn: int) -> None:
    """Paint a band across a rectangle of the panel with lettering along it.

    Args:
        canvas: the panel.
        style: the design.
        rect: the band in millimetres; it runs along its longer side for a turn of -90 or 90.
        turn: degrees clockwise the lettering is turned by.
    """
    painter = canvas.painter
    long, across = (rect.height(), rect.width()) if turn % 180 else (rect.width(), rect.height())
    painter.save()
    painter.translate(rect.center())
    painter.rotate(turn)
    _paint_level_band(canvas, style, long, across)
    painter.restore()


def _paint_level_band(canvas: Canvas, style: Style, long: float, across: float) -> None:
    """A level band around the origin."""
    palette, kind = style.palette, brand_type(style.family)
    painter = canvas.painter
    painter.fillRect(QRectF(-long / 2, -across / 2, long, across), palette.plate)
    for edge in (-0.43, 0.43):
        painter.fillRect(QRectF(-long / 2, across * (edge - 0.012), long, across * 0.024), palette.trim)
    brand = set_line(kind.text(style.brand), kind.face, kind.tracking)
    product = set_line(style.wording.product.upper(), SANS_SEMIBOLD, 0.2)
    size = brand.height_within(across * 0.27, long * 0.68)
    small = product.height_within(across * 0.085, long * 0.68)
    rows = [
        TextRow(brand, size, palette.plate_ink, across * 0.13),
        TextRow(product, small, palette.plate_accent, 0),
    ]
    draw_stack(
        painter, rows, LabelPlate(RECTANGLE, QRectF(-long * 0.34, -across * 0.36, long * 0.68, across * 0.72))
    )
    free = long / 2 - max(brand.width * size, product.width * small) / 2
    if free > across * 0.3:
        for end in (-1, 1):
            mark = QPointF(end * (long - free) / 2, 0)
            draw_ornament(painter, mark, min(across * 0.6, free * 0.55), palette.trim, style.family)
