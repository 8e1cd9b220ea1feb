"""A small plate with a coloured dot and a few words, on a panel of the flat view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPen

from packdesk.ui.flat.draft import UPRIGHT, UPWARDS, font_of, see_through, text_size

if TYPE_CHECKING:
    from packdesk.ui.flat.draft import Draft

_TEXT_PX = 11
_PAD_PX = 8.0
_DOT_PX = 6.0
_TEXT_FROM_PX = _PAD_PX + _DOT_PX + 5.0
_INSET_PX = 6.0
_FOOT_SHARE = 3.0  # a panel so many times as high as the plate has a foot to put it at


def draw_chip(draft: Draft, area: QRectF, text: str, colour: str, *, at_foot: bool) -> QRectF:
    """Draw the plate in the middle of an area or at its foot, and return the place it takes, in pixels.

    It is turned where the area is narrow; where there is no room at all, only the dot is drawn.
    """
    width, height = text_size(text, _font())
    size = width + _TEXT_FROM_PX + _PAD_PX, height + 6
    turn = turn_to_fit(area, size, _INSET_PX)
    if turn is None:
        turn, size, text = UPRIGHT, (_DOT_PX + 8, _DOT_PX + 8), ""
    middle = area.center()
    if at_foot and turn == UPRIGHT and area.height() > _FOOT_SHARE * size[1]:
        middle.setY(area.bottom() - size[1] / 2 - 2 * _INSET_PX)
    _draw_plate(draft, QRectF(-size[0] / 2, -size[1] / 2, *size), (middle, turn), text=text, colour=colour)
    across, along = size if turn == UPRIGHT else size[::-1]
    return QRectF(middle.x() - across / 2, middle.y() - along / 2, across, along)


def turn_to_fit(area: QRectF, size: tuple[float, float], pad: float) -> float | None:
    """How writing of a size is turned to fit into an area: level, else upwards, else not at all."""
    for turn, (across, along) in ((UPRIGHT, size), (UPWARDS, size[::-1])):
        ends, sides = (2 * pad, pad) if turn == UPRIGHT else (pad, 2 * pad)
        if across + ends <= area.width() and along + sides <= area.height():
            return turn
    return None


def _draw_plate(draft: Draft, plate: QRectF, place: tuple[QPointF, float], *, text: str, colour: str) -> None:
    painter, (middle, turn) = draft.painter, place
    painter.save()
    painter.translate(middle)
    painter.rotate(turn)
    painter.setPen(QPen(QColor(draft.theme.border), 1))
    painter.setBrush(see_through(draft.theme.panel, 0.95))
    painter.drawRoundedRect(plate, plate.height() / 2, plate.height() / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    dot = plate.left() + _PAD_PX + _DOT_PX / 2 if text else 0.0
    painter.drawEllipse(QPointF(dot, 0), _DOT_PX / 2, _DOT_PX / 2)
    painter.setFont(_font())
    painter.setPen(QColor(draft.theme.text))
    painter.drawText(plate.adjusted(_TEXT_FROM_PX, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)
    painter.restore()


def _font() -> QFont:
    return font_of(_TEXT_PX, QFont.Weight.DemiBold)
