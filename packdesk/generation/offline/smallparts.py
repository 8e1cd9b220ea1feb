"""The lid's medallion, the base print, and the bands with lettering along a side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from packdesk.generation.offline.barcode import ASPECT, paint_barcode
from packdesk.generation.offline.lettering import set_line
from packdesk.generation.offline.lockup import brand_type
from packdesk.generation.offline.plates import OVAL, RECTANGLE, Plate, paint_plate
from packdesk.generation.offline.stack import OrnamentRow, TextRow, draw_ornament, draw_stack
from packdesk.generation.offline.typefaces import SANS_SEMIBOLD

if TYPE_CHECKING:
    from packdesk.generation.offline.canvas import Canvas
    from packdesk.generation.offline.stack import Row
    from packdesk.generation.offline.style import Style

_MOST_INITIALS = 3


def monogram(brand: str) -> str:
    """Initials of the first words, an ampersand kept between them."""
    return "".join(word[0] for word in re.findall(r"\w+|&", brand))[:_MOST_INITIALS].upper() or brand[:1]


def paint_medallion(canvas: Canvas, style: Style, middle: QPointF, diameter: float) -> None:
    """Paint a round plate with the monogram and the brand's name; sizes in millimetres."""
    palette, kind = style.palette, brand_type(style.family)
    rect = QRectF(middle.x() - diameter / 2, middle.y() - diameter / 2, diameter, diameter)
    inner = paint_plate(canvas, Plate(OVAL, rect), palette)
    initials = set_line(monogram(style.brand), kind.face, 0.02)
    name = set_line(style.brand.upper(), SANS_SEMIBOLD, 0.16)
    size = initials.height_within(diameter * 0.25, diameter * 0.55)
    rows: list[Row] = [
        TextRow(initials, size, palette.plate_ink, diameter * 0.095),
        TextRow(name, diameter * 0.042, palette.plate_ink, diameter * 0.055, share=0.95),
        OrnamentRow(diameter * 0.03, diameter * 0.3, palette.trim, style.family, 0),
    ]
    draw_stack(canvas.painter, rows, inner)


def paint_base(canvas: Canvas, style: Style, plate: Plate) -> None:
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
        painter, rows, Plate(RECTANGLE, QRectF(-long * 0.34, -across * 0.36, long * 0.68, across * 0.72))
    )
    free = long / 2 - max(brand.width * size, product.width * small) / 2
    if free > across * 0.3:
        for end in (-1, 1):
            mark = QPointF(end * (long - free) / 2, 0)
            draw_ornament(painter, mark, min(across * 0.6, free * 0.55), palette.trim, style.family)
