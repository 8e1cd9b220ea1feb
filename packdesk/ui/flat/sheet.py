"""The sheet: the blank with everything that is drawn on and around it, in millimetres."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QTransform

from packdesk.ui.flat.draft import Draft, see_through
from packdesk.ui.flat.marks import draw_board, draw_lines, draw_outline, draw_target
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
        length_text: writes lengths given in millimetres.
        target: the panel marked as the place where what is dragged would land.
    """

    def __init__(self, scene: FlatScene) -> None:
        self.scene = scene
        self.length_text: Callable[[float], str] = partial(length_text, unit=MM)
        self.target: str | None = None

    def draw(self, painter: QPainter, camera: FlatCamera, frame: tuple[float, float]) -> None:
        """Draw everything but the ground into a frame of a width and height in the painter's pixels."""
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        placed = to_pixels(camera, *frame)
        draft = Draft(painter, self.scene.theme, placed, QRectF(0, 0, *frame))
        dieline = self.scene.dieline
        draw_board(draft, dieline)
        painter.setTransform(placed)
        for panel in dieline.panels:
            picture = self.scene.pictures.get(panel.panel_id)
            if picture is not None and not picture.isNull():
                draw_panel(painter, panel, picture, self._veil(panel.panel_id))
        painter.resetTransform()
        draw_lines(draft, dieline)
        draw_measures(draft, dieline, self.length_text)
        draw_words(draft, self.scene)
        self._draw_outlines(draft)
        painter.restore()

    def _draw_outlines(self, draft: Draft) -> None:
        scene = self.scene
        for panel in scene.dieline.panels:
            if panel.panel_id == scene.hovered and panel.panel_id != scene.selected:
                draw_outline(draft, panel, strong=False)
        for panel in scene.dieline.panels:
            if panel.panel_id == scene.selected:
                draw_outline(draft, panel, strong=True)
            if panel.panel_id == self.target:
                draw_target(draft, panel)
                draw_offer(draft, panel)

    def _veil(self, panel_id: str) -> QColor | None:
        # Artwork that is about to be replaced steps back.
        density = _VEILED.get(self.scene.standings.get(panel_id, ""), 0.0)
        return see_through(self.scene.theme.window, density) if density else None


def to_pixels(camera: FlatCamera, width: float, height: float) -> QTransform:
    """From the sheet's millimetres to the pixels of a frame of that size, moved by whole pixels."""
    left = round(width / 2 - camera.x * camera.scale)
    top = round(height / 2 - camera.y * camera.scale)
    return QTransform(camera.scale, 0, 0, camera.scale, left, top)
