"""Words on the flat view: the panels' names, and what is unusual about a panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont

from packdesk.ui.flat.chip import draw_chip, turn_to_fit
from packdesk.ui.flat.draft import UPRIGHT, UPWARDS, font_of, see_through, text_size
from packdesk.ui.flat.panels import panel_area
from packdesk.ui.panel_rows import standing_words
from packdesk.ui.translation import translate
from packdesk.ui.wording import panel_name

if TYPE_CHECKING:
    from packdesk.domain.flat_layout import FlatLayout, FlatPanel
    from packdesk.ui.flat.draft import Draft
    from packdesk.ui.flat.scene import FlatScene

NOTED = frozenset({"waiting", "working", "failed", "missing"})
"""Standings that are said on the panel; artwork, or none, speaks for itself."""

_FREE = frozenset({"top", "bottom"})
"""Panels with nothing beside their names."""

_BOARD_INK = "#6f6c66"
_NAME_PX = 12
_BOARD_NAME_PX = 15
_AWAY_PX = 4.0  # from the panel's edge to its name
_INSET_PX = 6.0


def draw_words(draft: Draft, layout: FlatLayout, scene: FlatScene) -> None:
    """Name every panel and say what is unusual about it."""
    for panel in layout.panels:
        room = draft.area(panel_area(panel))
        standing = scene.standings.get(panel.panel_id, "")
        if standing in NOTED:
            plate = _note(draft, room, standing)
            room = QRectF(room.topLeft(), QPointF(room.right(), plate.top()))
        if panel.panel_id in scene.pictures or not _name_board(draft, room, panel_name(panel.panel_id)):
            marked = panel.panel_id in {scene.selected, scene.hovered}
            _name_beside(draft, layout, panel, marked=marked)


def draw_offer(draft: Draft, panel: FlatPanel) -> None:
    """Say where what is dragged would land."""
    text = translate("flat", "Put on {0}").format(panel_name(panel.panel_id))
    draw_chip(draft, draft.area(panel_area(panel)), text, draft.theme.accent, at_foot=False)


def _note(draft: Draft, area: QRectF, standing: str) -> QRectF:
    theme = draft.theme
    colours = {"working": theme.accent, "failed": theme.error, "missing": theme.warning}
    return draw_chip(draft, area, standing_words(standing), colours.get(standing, theme.muted), at_foot=True)


def _name_board(draft: Draft, area: QRectF, name: str) -> bool:
    font = font_of(_BOARD_NAME_PX)
    turn = turn_to_fit(area, text_size(name, font), 6.0)
    if turn is None:
        return False
    draft.write(name, area.center(), font, QColor(_BOARD_INK), turn)
    return True


def _name_beside(draft: Draft, layout: FlatLayout, panel: FlatPanel, *, marked: bool) -> None:
    area = draft.area(panel_area(panel))
    weight = QFont.Weight.DemiBold if marked else QFont.Weight.Medium
    font = font_of(_NAME_PX, weight)
    name = panel_name(panel.panel_id)
    if panel.panel_id == "front":
        _tag(draft, area, name, font)
        return
    colour = QColor(draft.theme.text if marked else draft.theme.muted)
    width, height = text_size(name, font)
    room, above = area.width(), panel.panel_id in {"top", "body"}
    if panel.panel_id == "body":  # the lids stand at its middle
        room = (area.width() - draft.area(panel_area(layout.panel("top"))).width()) / 2
    turn = UPRIGHT if width <= room or panel.panel_id in _FREE else UPWARDS
    if turn == UPWARDS:
        width, height = height, width
        if width > room + 2:
            return
    middle = area.left() + width / 2 if panel.panel_id == "body" else area.center().x()
    edge = area.top() - _AWAY_PX - height / 2 if above else area.bottom() + _AWAY_PX + height / 2
    draft.write(name, QPointF(middle, edge), font, colour, turn)


def _tag(draft: Draft, area: QRectF, name: str, font: QFont) -> None:
    # The front has neighbours all around: its name is a small tag in the corner.
    width, height = text_size(name, font)
    box = QRectF(area.left() + _INSET_PX, area.top() + _INSET_PX, width + 10, height + 2)
    if box.right() > area.right() - _INSET_PX or box.bottom() > area.bottom() - _INSET_PX:
        return
    draft.painter.setPen(Qt.PenStyle.NoPen)
    draft.painter.setBrush(see_through(draft.paper, 0.8))
    draft.painter.drawRoundedRect(box, 4, 4)
    draft.write(name, box.center(), font, draft.ink)
