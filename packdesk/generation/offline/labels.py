"""The labels of a package: front, running text, medallion of the lid, base print and bands along a side."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from packdesk.generation.offline.barcode import ASPECT, article_number, paint_barcode, till_width
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
    LabelPlate,
    front_shape,
    paint_plate,
    text_shape,
)
from packdesk.generation.offline.stack import OrnamentRow, TextRow, draw_stack
from packdesk.generation.offline.telling import tell_barcode

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
    """Paint the front label into a rectangle in millimetres; without words there is none."""
    if not has_words(style):
        canvas.note_lettering({}, whole=True)
        return
    if _base(rect) < _LEAST_DARK:
        style = for_small_type(style)
    inner = paint_plate(canvas, LabelPlate(front_shape(style.family, rect), rect), style.palette)
    canvas.note_lettering(draw_stack(canvas.painter, _front_rows(style, inner), inner), whole=True)


def for_small_type(style: Style) -> Style:
    """The style on a plate for small letters."""
    return replace(style, palette=style.palette.for_small_type())


def _base(rect: QRectF) -> float:
    """What sizes of lettering are shares of."""
    return min(rect.height(), rect.width() * 1.7)


def has_words(style: Style) -> bool:
    """Whether anything is to be read on the package beside its barcode."""
    wording = style.wording
    return bool(style.brand or wording.product or wording.line or wording.amount)


def _front_rows(style: Style, plate: LabelPlate) -> list[Row]:
    palette, wording = style.palette, style.wording
    base = _base(plate.rect)
    rows: list[Row] = []
    if wording.batch:
        batch = set_line(wording.batch.upper(), SANS_SEMIBOLD, 0.26)
        rows.append(TextRow(batch, base * 0.027, palette.plate_accent, base * 0.085, share=0.7, drop=1))
    rows += _brand_rows(style, plate, base)
    if style.brand:
        width = plate.rect.width() * 0.55
        rows.append(OrnamentRow(base * 0.05, width, palette.trim, style.family, base * 0.05, drop=4))
    rows += _product_rows(style, plate, base)
    rows += _said(style, plate, ("line", wording.line), base * 0.034)
    if wording.tagline:
        tagline = set_line(wording.tagline, SANS_MEDIUM, 0.05)
        rows.append(
            TextRow(tagline, base * 0.03, palette.plate_ink, base * 0.09, share=0.9, drop=3, spring=True)
        )
    return rows + _amount_rows(style, plate, base)


def _brand_rows(style: Style, plate: LabelPlate, base: float) -> list[Row]:
    if not style.brand:
        return []
    kind = brand_type(style.family)
    middle = plate.rect.center().y()
    width = plate.width_between(middle - base * 0.12, middle) * 0.94
    tallest = base * (0.2 if len(style.brand) <= 3 else 0.125)
    lines, size = set_name(
        kind.text(style.brand),
        kind.face,
        kind.tracking,
        width=width,
        height=tallest,
        most_lines=_lines(style.brand),
    )
    return _rows(style, lines, size, size * 0.55, after=base * 0.045, says="brand")


def _product_rows(style: Style, plate: LabelPlate, base: float) -> list[Row]:
    text = style.wording.product.upper()
    if not text:
        return []
    width, most = plate.rect.width() * 0.86, max(2, _lines(text) - 1)
    lines, size = set_name(text, SANS_SEMIBOLD, 0.16, width=width, height=base * 0.046, most_lines=most)
    return _rows(style, lines, size, size * 0.65, after=base * 0.036, says="product")


def _amount_rows(style: Style, plate: LabelPlate, base: float) -> list[Row]:
    if style.given.net_weight:
        return _said(style, plate, ("net_weight", style.wording.amount), base * 0.028)
    if not style.wording.amount:
        return []
    amount = set_line(style.wording.amount, SANS_MEDIUM, 0.08)
    return [TextRow(amount, base * 0.024, style.palette.plate_ink, 0, share=0.75, drop=2)]


def _said(style: Style, plate: LabelPlate, said: tuple[str, str], height: float) -> list[Row]:
    """Lines of small lettering the user has asked for, a field and its text; they are never left out."""
    name, text = said
    if not text:
        return []
    width = plate.rect.width() * 0.82
    lines, size = set_name(text, SANS_MEDIUM, 0.05, width=width, height=height, most_lines=_lines(text))
    return _rows(style, lines, size, size * 0.7, after=height * 1.5, says=name)


_LONG_NAME = 60
_LEAST_DARK = 100.0
"""Millimetres: front labels that are smaller are light, for their smallest letters' sake."""


def _lines(text: str) -> int:
    """How many lines a name may take."""
    return 3 if len(text) < _LONG_NAME else 6


def _rows(
    style: Style,
    lines: Sequence[Lettering],
    size: float,
    gap: float,
    *,
    after: float,
    drop: int = 0,
    says: str = "",
) -> list[Row]:
    """Lines of lettering in the plate's ink, with a gap between them and another one after the last."""
    gaps = [gap] * (len(lines) - 1) + [after]
    ink = style.palette.plate_ink
    return [
        TextRow(line, size, ink, below, drop=drop, says=says) for line, below in zip(lines, gaps, strict=True)
    ]


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
    if not (has_words(style) or code_number(style)):
        return
    style = for_small_type(style)
    plate = LabelPlate(text_shape(style.family), rect)
    inner = paint_plate(canvas, plate, style.palette)
    if content.code and code_number(style):
        inner = _code_at_foot(canvas, style, inner)
    canvas.note_lettering(draw_stack(canvas.painter, _fitting_rows(style, inner, content), inner))


def code_number(style: Style) -> str:
    """The number whose bars are drawn: the user's, or a sample; empty for no barcode."""
    return style.barcode or (article_number(style.seed) if style.sample else "")


def _code_at_foot(canvas: Canvas, style: Style, plate: LabelPlate) -> LabelPlate:
    """Paint the barcode at the foot; returns the room above, or all of it where the code had no place."""
    most = plate.rect.height() * (0.45 if style.barcode else 0.32)
    room = min(plate.rect.width(), most / ASPECT)
    width = _code_width(canvas, style, plate.rect.width() * 0.62, room)
    height = width * ASPECT
    if height > most:
        return plate
    left = plate.rect.center().x() - width / 2
    top = plate.rect.bottom() - height - plate.rect.height() * 0.01
    _paint_code(canvas, style, QRectF(left, top, width, height))
    return LabelPlate(plate.shape, plate.rect.adjusted(0, 0, 0, top - plate.rect.bottom() - height * 0.2))


def _code_width(canvas: Canvas, style: Style, usual: float, room: float) -> float:
    """Of a code in millimetres; the user's own is as wide as tills need it, where there is room."""
    width = min(usual, 38 * max(1.0, canvas.unit))
    return max(width, min(till_width(canvas.pixels_per_mm), room)) if style.barcode else width


def _paint_code(canvas: Canvas, style: Style, rect: QRectF) -> None:
    place = paint_barcode(canvas, rect, code_number(style))
    canvas.bars = True
    tell_barcode(canvas, style, place.module)


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
    if not style.sample:
        wording = style.wording
        texts = {"product": wording.product, "line": wording.line, "net_weight": wording.amount}
        return rows + [
            row
            for name, text in texts.items()
            if text
            for row in _paragraph(style, plate, text, size, says=name)
        ]
    if content.story:
        rows += _paragraph(style, plate, style.wording.story, size)
    if content.contents:
        heading = set_line(style.wording.heading.upper(), SANS_BOLD, 0.2)
        rows.append(TextRow(heading, size * 0.92, style.palette.plate_accent, size * 1.3, drop=1))
        rows += _paragraph(style, plate, style.wording.contents, size, drop=1)
    return rows


def _head(style: Style, plate: LabelPlate, size: float) -> list[Row]:
    if not style.brand:
        return []
    kind = brand_type(style.family)
    width, text = plate.rect.width(), kind.text(style.brand)
    lines, height = set_name(
        text, kind.face, kind.tracking, width=width * 0.94, height=size * 2.4, most_lines=2
    )
    ornament = OrnamentRow(size, width * 0.5, style.palette.trim, style.family, size * 2.2)
    return [*_rows(style, lines, height, height * 0.55, after=size * 1.9, says="brand"), ornament]


def _paragraph(
    style: Style, plate: LabelPlate, text: str, size: float, drop: int = 0, *, says: str = ""
) -> list[Row]:
    lines = [set_line(line, SANS) for line in wrap(text, SANS, plate.rect.width() * 0.94 / size)]
    return _rows(style, lines, size, size * _LINE, after=size * 2.6, drop=drop, says=says)


_MOST_INITIALS = 3


def monogram(brand: str) -> str:
    """Initials of the first words, an ampersand kept between them."""
    return "".join(word[0] for word in re.findall(r"\w+|&", brand))[:_MOST_INITIALS].upper() or brand[:1]


def paint_medallion(canvas: Canvas, style: Style, middle: QPointF, diameter: float) -> None:
    """Paint a round plate with the monogram and the brand's or product's name; sizes in millimetres."""
    title = style.brand or style.wording.product
    if not title:
        return
    says = "brand" if style.brand else "product"
    palette, kind = style.palette, brand_type(style.family)
    rect = QRectF(middle.x() - diameter / 2, middle.y() - diameter / 2, diameter, diameter)
    inner = paint_plate(canvas, LabelPlate(OVAL, rect), palette)
    initials = set_line(monogram(title), kind.face, 0.02)
    name = set_line(title.upper(), SANS_SEMIBOLD, 0.16)
    size = initials.height_within(diameter * 0.25, diameter * 0.55)
    rows: list[Row] = [
        TextRow(initials, size, palette.plate_ink, diameter * 0.095),
        TextRow(name, diameter * 0.042, palette.plate_ink, diameter * 0.055, share=0.95, says=says),
        OrnamentRow(diameter * 0.03, diameter * 0.3, palette.trim, style.family, 0),
    ]
    canvas.note_lettering(draw_stack(canvas.painter, rows, inner))


def paint_base(canvas: Canvas, style: Style, plate: LabelPlate) -> None:
    """Paint the barcode and a line below it; everything stays inside the plate's shape."""
    if not code_number(style):
        return
    palette = style.palette.for_small_type()
    inner = paint_plate(canvas, plate, palette)
    height = inner.rect.height()
    room = inner.width_between(inner.rect.top() + height * 0.24, inner.rect.bottom() - height * 0.3)
    room = min(room, height * 0.62 / ASPECT)
    width = _code_width(canvas, style, room, room)
    code_height = width * ASPECT
    middle = inner.rect.center()
    code = QRectF(middle.x() - width / 2, middle.y() - code_height * 0.62, width, code_height)
    _paint_code(canvas, style, code)
    note = set_line(f"{style.brand}  ·  Please recycle" if style.sample else style.brand, SANS_SEMIBOLD, 0.06)
    wanted = code_height * 0.105
    baseline = code.bottom() + code_height * 0.24
    free = inner.width_between(baseline - wanted, baseline)
    capitals = note.height_within(wanted, free)
    note.draw(canvas.painter, middle.x(), baseline, capitals, palette.plate_ink)
    if style.brand:
        canvas.note_lettering({"brand": capitals})
