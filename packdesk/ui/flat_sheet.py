"""The sheet: the package laid flat with everything that is drawn on and around it, in millimetres."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsScene

from packdesk.domain.flat_layout import FlatLayout, flat_layout
from packdesk.ui.flat_draft import Draft, see_through
from packdesk.ui.flat_items import FlatPanelItem
from packdesk.ui.flat_marks import draw_lines, draw_outline, draw_shadow, draw_target
from packdesk.ui.flat_measures import draw_measures
from packdesk.ui.flat_words import draw_offer, draw_words
from packdesk.ui.units import MM, length_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QRect

    from packdesk.ui.flat_scene import FlatScene

_REACH_MM = 1e5
_VEILED = {"waiting": 0.35, "working": 0.5}


class FlatSheet(QGraphicsScene):
    """Keeps one item a panel and draws the marks."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        # Far more than the package needs: the view decides how far it is moved.
        self.setSceneRect(QRectF(-_REACH_MM, -_REACH_MM, 2 * _REACH_MM, 2 * _REACH_MM))
        self.shown: FlatScene | None = None
        self.layout: FlatLayout | None = None
        self.panels: dict[str, FlatPanelItem] = {}
        self.length_text: Callable[[float], str] = partial(length_text, unit=MM)
        self._target: str | None = None

    def show_scene(self, scene: FlatScene) -> None:
        """Show this from now on; the items of panels the package still has are kept."""
        self.shown = scene
        self.layout = flat_layout(scene.package_type, scene.dimensions)
        wanted = {panel.panel_id: panel for panel in self.layout.panels}
        for panel_id in [known for known in self.panels if known not in wanted]:
            self.removeItem(self.panels.pop(panel_id))
        for panel_id, panel in wanted.items():
            if panel_id not in self.panels:
                self.panels[panel_id] = FlatPanelItem(panel)
                self.addItem(self.panels[panel_id])
            self.panels[panel_id].place(panel)
            self.panels[panel_id].dress(scene.pictures.get(panel_id), self._veil(scene, panel_id))
        self.update()

    @property
    def target(self) -> str | None:
        """The panel marked as the place where what is dragged would land."""
        return self._target

    def mark_target(self, panel_id: str | None) -> None:
        """Mark the panel on which what is dragged would land; None for no panel."""
        if panel_id != self._target:
            self._target = panel_id
            self.update()

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:  # noqa: N802  # Qt's name
        """Paint the ground and the package's shadow."""
        if self.shown is None or self.layout is None:
            return
        painter.fillRect(rect, QColor(self.shown.theme.window))
        painter.save()
        draw_shadow(Draft(painter, self.shown.theme), self.layout)
        painter.restore()

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:  # noqa: N802  # Qt's name
        """Paint lines, measures, names, notes and outlines."""
        del rect
        if self.shown is None or self.layout is None:
            return
        painter.save()
        draft = Draft(painter, self.shown.theme)
        draw_lines(draft, self.layout)
        draw_measures(draft, self.layout, self.length_text)
        draw_words(draft, self.layout, self.shown)
        self._draw_outlines(draft, self.layout, self.shown)
        painter.restore()

    def _draw_outlines(self, draft: Draft, layout: FlatLayout, scene: FlatScene) -> None:
        for panel in layout.panels:
            if panel.panel_id == scene.hovered and panel.panel_id != scene.selected:
                draw_outline(draft, panel, strong=False)
        for panel in layout.panels:
            if panel.panel_id == scene.selected:
                draw_outline(draft, panel, strong=True)
            if panel.panel_id == self._target:
                draw_target(draft, panel)
                draw_offer(draft, panel)

    @staticmethod
    def _veil(scene: FlatScene, panel_id: str) -> QColor | None:
        # Artwork that is about to be replaced steps back.
        density = _VEILED.get(scene.standings.get(panel_id, ""), 0.0)
        return see_through(scene.theme.window, density) if density and panel_id in scene.pictures else None
