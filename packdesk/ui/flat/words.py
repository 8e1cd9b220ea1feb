"""Words on the flat view: the panels' names, and small plates that say what is unusual about a panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPen

from packdesk.ui.flat.calm import calm_corner
from packdesk.ui.flat.draft import UPRIGHT, UPWARDS, font_of, see_through, text_size
from packdesk.ui.flat.panel_painting import panel_area
from packdesk.ui.translation import translate
from packdesk.ui.wording import panel_name, status_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPixmap

    from packdesk.domain.dieline.values import PlacedPanel
    from packdesk.ui.flat.draft import Draft
    from packdesk.ui.flat.sheet import FlatScene

NOTED = frozenset({"waiting", "working", "loading", "failed", "missing"})
"""Statuses that are said on the panel; artwork, or none, speaks for itself."""

_BOARD_INK = "#6f6c66"
_NAME_PX = 12
_BOARD_NAME_PX = 15
_BESIDE_ROUND = (1 - 0.5**0.5) / 2  # of a disc's diameter lies beside the square within it


def draw_words(draft: Draft, scene: FlatScene, unnamed: str = "", covered: QRectF | None = None) -> None:
    """Name every panel but `unnamed` where it is seen, and say what is unusual about it.

    Args:
        draft: what is drawn on.
        scene: what is shown.
        unnamed: a panel whose name is left out.
        covered: something lies over the sheet there, in pixels.
    """
    bare: list[tuple[QRectF, str]] = []
    for panel in scene.dieline.panels:
        room = in_sight(draft.area(panel_area(panel)), draft.frame, covered or QRectF())
        status = scene.statuses.get(panel.panel_id, "")
        if status in NOTED:
            plate = _note(draft, room, status)
            room = QRectF(room.topLeft(), QPointF(room.right(), plate.top()))
        picture = scene.pictures.get(panel.panel_id)
        if picture is None:
            bare.append((room, panel_name(panel.panel_id)))
        elif panel.panel_id != unnamed:
            marked = panel.panel_id in {scene.selected, scene.hovered}
            _tag(draft, panel, picture, room, marked=marked)
    _name_boards(draft, bare)


def draw_offer(draft: Draft, panel: PlacedPanel) -> None:
    """Say where what is dragged would land."""
    text = translate("flat", "Put on {0}").format(panel_name(panel.panel_id))
    draw_chip(draft, draft.area(panel_area(panel)), text, draft.theme.accent, at_foot=False)


def in_sight(area: QRectF, frame: QRectF, covered: QRectF) -> QRectF:
    """The part of an area that is seen: in the frame, beside or below what covers it, whichever is more."""
    seen = area.intersected(frame)
    if not seen.intersects(covered):
        return seen
    below, beside = QRectF(seen), QRectF(seen)
    below.setTop(covered.bottom())
    beside.setLeft(covered.right())
    return max(below, beside, key=lambda part: part.width() * part.height())


def _note(draft: Draft, area: QRectF, status: str) -> QRectF:
    theme = draft.theme
    colours = {"working": theme.accent, "failed": theme.error, "missing": theme.warning}
    return draw_chip(draft, area, status_words(status), colours.get(status, theme.muted), at_foot=True)


def _name_boards(draft: Draft, boards: Sequence[tuple[QRectF, str]]) -> None:
    """Name bare panels, all in one size: the larger one where it turns no name and leaves none out."""
    small, large = (
        [turn_to_fit(area, text_size(name, font_of(size)), _INSET_PX / 2) for area, name in boards]
        for size in (_NAME_PX, _BOARD_NAME_PX)
    )
    font = font_of(_BOARD_NAME_PX if large == small else _NAME_PX)
    for (area, name), turn in zip(boards, small, strict=True):
        if turn is not None:
            draft.write(name, area.center(), font, QColor(_BOARD_INK), turn)


def _tag(draft: Draft, panel: PlacedPanel, picture: QPixmap, room: QRectF, *, marked: bool) -> None:
    """A panel with artwork carries its name in a corner of itself: all around it are neighbours and flaps."""
    font = font_of(_NAME_PX, QFont.Weight.DemiBold if marked else QFont.Weight.Medium)
    name = panel_name(panel.panel_id)
    width, height = text_size(name, font)
    size, turn = (width + 8, height + 2), UPRIGHT
    if _INSET_PX + size[0] > room.width():
        size, turn = size[::-1], UPWARDS
    box = QRectF(room.left() + _INSET_PX, room.top() + _INSET_PX, *size)
    right, down = room.width() - box.width() - 2 * _INSET_PX, room.height() - box.height() - 2 * _INSET_PX
    if right > 0 and down > 0 and panel.shape == "rectangle":
        share = 1 - (right + _INSET_PX) / room.width(), 1 - (down + _INSET_PX) / room.height()
        corner = calm_corner(panel, picture, share)
        box.translate(corner[0] * right, corner[1] * down)
    if panel.shape == "disc":
        box.moveCenter(QPointF(room.center().x(), box.center().y() + room.width() * _BESIDE_ROUND))
    if box.right() > room.right() or box.bottom() > room.bottom():
        return
    draft.painter.setPen(Qt.PenStyle.NoPen)
    draft.painter.setBrush(see_through(draft.paper, 0.8))
    draft.painter.drawRoundedRect(box, 4, 4)
    draft.write(name, box.center(), font, draft.ink, turn)


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
