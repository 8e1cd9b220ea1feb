"""The sheet: the package laid flat with everything that is drawn on and around it, in millimetres."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QTransform

from packdesk.domain.flat_layout import FlatLayout, flat_layout
from packdesk.ui.flat.draft import Draft, see_through
from packdesk.ui.flat.marks import draw_lines, draw_outline, draw_shadow, draw_target
from packdesk.ui.flat.measures import draw_measures
from packdesk.ui.flat.panels import draw_panel
from packdesk.ui.flat.words import draw_offer, draw_words
from packdesk.ui.units import MM, length_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.ui.flat.camera import FlatCamera
    from packdesk.ui.flat.scene import FlatScene

_VEILED = {"waiting": 0.35, "working": 0.5}


class FlatSheet:
    """A scene laid flat, ready to be drawn.

    Attributes:
        scene: what is drawn.
        layout: where its panels lie.
        length_text: writes lengths given in millimetres.
        target: the panel marked as the place where what is dragged would land.
    """

    def __init__(self, scene: FlatScene) -> None:
        self.scene = scene
        self.layout: FlatLayout = flat_layout(scene.package_type, scene.dimensions)
        self.length_text: Callable[[float], str] = partial(length_text, unit=MM)
        self.target: str | None = None

    def draw(self, painter: QPainter, camera: FlatCamera, frame: tuple[float, float]) -> None:
        """Draw everything but the ground into a frame of a width and height in the painter's pixels."""
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        placed = to_pixels(camera, *frame)
        draft = Draft(painter, self.scene.theme, placed, QRectF(0, 0, *frame))
        draw_shadow(draft, self.layout)
        painter.setTransform(placed)
        for panel in self.layout.panels:
            veil = self._veil(panel.panel_id)
            draw_panel(painter, panel, self.scene.pictures.get(panel.panel_id), veil)
        painter.resetTransform()
        draw_lines(draft, self.layout)
        draw_measures(draft, self.layout, self.length_text)
        draw_words(draft, self.layout, self.scene)
        self._draw_outlines(draft)
        painter.restore()

    def _draw_outlines(self, draft: Draft) -> None:
        scene = self.scene
        for panel in self.layout.panels:
            if panel.panel_id == scene.hovered and panel.panel_id != scene.selected:
                draw_outline(draft, panel, strong=False)
        for panel in self.layout.panels:
            if panel.panel_id == scene.selected:
                draw_outline(draft, panel, strong=True)
            if panel.panel_id == self.target:
                draw_target(draft, panel)
                draw_offer(draft, panel)

    def _veil(self, panel_id: str) -> QColor | None:
        # Artwork that is about to be replaced steps back.
        density = _VEILED.get(self.scene.standings.get(panel_id, ""), 0.0)
        seen = density and panel_id in self.scene.pictures
        return see_through(self.scene.theme.window, density) if seen else None


def to_pixels(camera: FlatCamera, width: float, height: float) -> QTransform:
    """From the sheet's millimetres to the pixels of a frame of that size, moved by whole pixels."""
    left = round(width / 2 - camera.x * camera.scale)
    top = round(height / 2 - camera.y * camera.scale)
    return QTransform(camera.scale, 0, 0, camera.scale, left, top)
