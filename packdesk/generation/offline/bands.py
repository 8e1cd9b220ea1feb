"""The band along a panel: brand and product on the sides, all words in place of the front's label."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF

from packdesk.generation.offline.labels import brand_type, has_words
from packdesk.generation.offline.lettering import SANS_MEDIUM, SANS_SEMIBOLD, set_line
from packdesk.generation.offline.plates import RECTANGLE, LabelPlate
from packdesk.generation.offline.stack import TextRow, draw_ornament, draw_stack

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

    from packdesk.generation.offline.canvas import Canvas
    from packdesk.generation.offline.lettering import Lettering
    from packdesk.generation.offline.style import Style

_LONG = 0.68  # share of the band's length lettering may use


class _Line(NamedTuple):
    """A line of lettering: capital height and the space below as shares of the band's width."""

    says: str
    lettering: Lettering
    share: float
    ink: QColor
    after: float

    def height(self, long: float, across: float) -> float:
        return self.lettering.height_within(across * self.share, long * _LONG)


def paint_band(canvas: Canvas, style: Style, rect: QRectF, turn: int, *, whole: bool = False) -> None:
    """Paint a band across a rectangle of the panel with lettering along it; without words there is none.

    Args:
        canvas: the panel.
        style: the design.
        rect: the band in millimetres; it runs along its longer side for a turn of -90 or 90.
        turn: degrees clockwise the lettering is turned by.
        whole: whether all the user's words stand on it; otherwise brand and product.
    """
    if not (style.brand or style.wording.product or (whole and has_words(style))):
        if whole:
            canvas.note_lettering({}, whole=True)
        return
    painter = canvas.painter
    long, across = (rect.height(), rect.width()) if turn % 180 else (rect.width(), rect.height())
    painter.save()
    painter.translate(rect.center())
    painter.rotate(turn)
    heights = _paint_level_band(canvas, style, long, across, whole=whole)
    painter.restore()
    canvas.note_lettering(heights, whole=whole)


def _paint_level_band(
    canvas: Canvas, style: Style, long: float, across: float, *, whole: bool
) -> dict[str, float]:
    """A level band around the origin; returns as `draw_stack`."""
    palette, painter = style.palette, canvas.painter
    painter.fillRect(QRectF(-long / 2, -across / 2, long, across), palette.plate)
    for edge in (-0.43, 0.43):
        painter.fillRect(QRectF(-long / 2, across * (edge - 0.012), long, across * 0.024), palette.trim)
    lines = [line for line in _lines(style, whole=whole) if line.lettering.width]
    rows = [
        TextRow(line.lettering, line.height(long, across), line.ink, across * line.after, says=line.says)
        for line in lines
    ]
    room = QRectF(-long * _LONG / 2, -across * 0.36, long * _LONG, across * 0.72)
    heights = draw_stack(painter, rows, LabelPlate(RECTANGLE, room))
    widest = max(line.lettering.width * line.height(long, across) for line in lines)
    free = long / 2 - widest / 2
    if free > across * 0.3:
        for end in (-1, 1):
            mark = QPointF(end * (long - free) / 2, 0)
            draw_ornament(painter, mark, min(across * 0.6, free * 0.55), palette.trim, style.family)
    return heights


def _lines(style: Style, *, whole: bool) -> list[_Line]:
    palette, wording, kind = style.palette, style.wording, brand_type(style.family)
    brand = set_line(kind.text(style.brand), kind.face, kind.tracking)
    product = set_line(wording.product.upper(), SANS_SEMIBOLD, 0.2)
    lines = [
        _Line("brand", brand, 0.27, palette.plate_ink, 0.13),
        _Line("product", product, 0.085, palette.plate_accent, 0.06),
    ]
    if whole:  # sample text is for the front's label only
        small = {"line": wording.line, "net_weight": wording.amount if style.given.net_weight else ""}
        lines += [
            _Line(name, set_line(text, SANS_MEDIUM, 0.05), 0.07, palette.plate_ink, 0.05)
            for name, text in small.items()
        ]
    return lines
