"""The front label: batch, brand, product, tagline and amount."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from packdesk.generation.offline.lettering import set_line, set_name
from packdesk.generation.offline.plates import Plate, front_shape, paint_plate
from packdesk.generation.offline.stack import OrnamentRow, TextRow, draw_stack
from packdesk.generation.offline.typefaces import SANS_BOLD, SANS_MEDIUM, SANS_SEMIBOLD, SERIF_BOLD, Face

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF

    from packdesk.generation.offline.canvas import Canvas
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
    inner = paint_plate(canvas, Plate(front_shape(style.family, rect), rect), style.palette)
    draw_stack(canvas.painter, _rows(style, inner), inner)


def _rows(style: Style, plate: Plate) -> list[Row]:
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


def _brand_rows(style: Style, plate: Plate, base: float) -> list[Row]:
    kind = brand_type(style.family)
    middle = plate.rect.center().y()
    width = plate.width_between(middle - base * 0.12, middle) * 0.94
    tallest = base * (0.2 if len(style.brand) <= 3 else 0.125)
    lines, size = set_name(kind.text(style.brand), kind.face, kind.tracking, width=width, height=tallest)
    gaps = [size * 0.55] * (len(lines) - 1) + [base * 0.045]
    return [TextRow(line, size, style.palette.plate_ink, gap) for line, gap in zip(lines, gaps, strict=True)]


def _product_rows(style: Style, plate: Plate, base: float) -> list[Row]:
    width = plate.rect.width() * 0.86
    text = style.wording.product.upper()
    lines, size = set_name(text, SANS_SEMIBOLD, 0.16, width=width, height=base * 0.046, most_lines=2)
    gaps = [size * 0.65] * (len(lines) - 1) + [base * 0.036]
    return [TextRow(line, size, style.palette.plate_ink, gap) for line, gap in zip(lines, gaps, strict=True)]
