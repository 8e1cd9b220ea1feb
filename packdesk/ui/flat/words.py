"""Words on the flat view: the panels' names, and what is unusual about a panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont

from packdesk.ui.flat.chip import draw_chip, turn_to_fit
from packdesk.ui.flat.draft import UPRIGHT, font_of, see_through, text_size
from packdesk.ui.flat.panels import panel_area
from packdesk.ui.panel_rows import standing_words
from packdesk.ui.translation import translate
from packdesk.ui.wording import panel_name

if TYPE_CHECKING:
    from packdesk.domain.dieline import PlacedPanel
    from packdesk.ui.flat.draft import Draft
    from packdesk.ui.flat.scene import FlatScene

NOTED = frozenset({"waiting", "working", "failed", "missing"})
"""Standings that are said on the panel; artwork, or none, speaks for itself."""

_BOARD_INK = "#6f6c66"
_NAME_PX = 12
_BOARD_NAME_PX = 15
_INSET_PX = 4.0
_BESIDE_ROUND = (1 - 0.5**0.5) / 2  # of a disc's diameter lies beside the square within it


def draw_words(draft: Draft, scene: FlatScene) -> None:
    """Name every panel and say what is unusual about it."""
    for panel in scene.dieline.panels:
        room = draft.area(panel_area(panel))
        standing = scene.standings.get(panel.panel_id, "")
        if standing in NOTED:
            plate = _note(draft, room, standing)
            room = QRectF(room.topLeft(), QPointF(room.right(), plate.top()))
        if panel.panel_id in scene.pictures:
            marked = panel.panel_id in {scene.selected, scene.hovered}
            _tag(draft, panel, room, marked=marked)
        else:
            _name_board(draft, room, panel_name(panel.panel_id))


def draw_offer(draft: Draft, panel: PlacedPanel) -> None:
    """Say where what is dragged would land."""
    text = translate("flat", "Put on {0}").format(panel_name(panel.panel_id))
    draw_chip(draft, draft.area(panel_area(panel)), text, draft.theme.accent, at_foot=False)


def _note(draft: Draft, area: QRectF, standing: str) -> QRectF:
    theme = draft.theme
    colours = {"working": theme.accent, "failed": theme.error, "missing": theme.warning}
    return draw_chip(draft, area, standing_words(standing), colours.get(standing, theme.muted), at_foot=True)


def _name_board(draft: Draft, area: QRectF, name: str) -> None:
    fonts = font_of(_BOARD_NAME_PX), font_of(_NAME_PX)
    fitting = [(turn_to_fit(area, text_size(name, font), _INSET_PX / 2), font) for font in fonts]
    found = [(turn, font) for turn, font in fitting if turn is not None]
    if found:
        turn, font = next((one for one in found if one[0] == UPRIGHT), found[0])
        draft.write(name, area.center(), font, QColor(_BOARD_INK), turn)


def _tag(draft: Draft, panel: PlacedPanel, room: QRectF, *, marked: bool) -> None:
    """A panel with artwork carries its name at its top: all around it are neighbours and flaps."""
    font = font_of(_NAME_PX, QFont.Weight.DemiBold if marked else QFont.Weight.Medium)
    name = panel_name(panel.panel_id)
    width, height = text_size(name, font)
    box = QRectF(room.left() + _INSET_PX, room.top() + _INSET_PX, width + 8, height + 2)
    if panel.shape == "disc":
        box.moveCenter(QPointF(room.center().x(), box.center().y() + room.width() * _BESIDE_ROUND))
    if box.right() > room.right() or box.bottom() > room.bottom():
        return
    draft.painter.setPen(Qt.PenStyle.NoPen)
    draft.painter.setBrush(see_through(draft.paper, 0.8))
    draft.painter.drawRoundedRect(box, 4, 4)
    draft.write(name, box.center(), font, draft.ink)
