"""The sheet: what the flat view shows, and all that is drawn on and around the blank, in millimetres."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QTransform

from packdesk.domain.dieline.values import LineType
from packdesk.ui.flat.dimension_lines import draw_measures
from packdesk.ui.flat.draft import Draft, see_through
from packdesk.ui.flat.panel_painting import draw_panel, panel_area, shape_of
from packdesk.ui.flat.words import draw_chip, draw_offer, draw_words
from packdesk.ui.theme import BOARD, LIGHT, Theme
from packdesk.ui.translation import translate
from packdesk.ui.units import MM, length_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QPixmap

    from packdesk.domain.dieline.values import Dieline, PlacedPanel
    from packdesk.ui.flat.camera import FlatCamera
    from packdesk.ui.flat.overlay import FlatOverlay

_CUT_PX = 1.25
_FOLD_PX = 1.1
_DASHES = {LineType.CREASE: (5.0, 4.0), LineType.PERFORATION: (2.0, 2.5)}  # pixels
_CASING_PX = 1.2  # on both sides of a line
_SHADOW_REACHES = (1.5, 3.0, 5.0, 8.0, 12.0)  # pixels
_SHADOW_DENSITY = 0.028  # of each
_SHADOW_GRAIN = 4.0  # pixels that are one of the small picture: enlarging it takes the steps away
_SHADOW_DROP = 2.0
_MARK, _MARK_PX = "#d92d20", 6.0


@dataclass(frozen=True, eq=False)  # pixmaps have no useful equality
class FlatScene:
    """A package's blank with its pictures.

    Attributes:
        dieline: the blank.
        pictures: panel id -> picture, best a `MippedPixmap`; a panel that is missing is plain board with its
            name.
        selected: panel drawn with a strong outline.
        hovered: panel drawn with a faint outline.
        statuses: panel id -> `PanelRow.status`; what is unusual is said in words on the panel.
        theme: colours.
        unstretched: as of the viewer's `Scene`.
        others: likewise.
        inside: whether it is the inside: what belongs to the outside's sheet is not shown.
    """

    dieline: Dieline
    pictures: Mapping[str, QPixmap] = field(default_factory=dict)
    selected: str | None = None
    hovered: str | None = None
    statuses: Mapping[str, str] = field(default_factory=dict)
    theme: Theme = LIGHT
    unstretched: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()
    inside: bool = False


def draw_board(draft: Draft, dieline: Dieline) -> None:
    """Plain board as it is cut, and a soft shadow around it."""
    edge = draft.path(dieline.of_kind(LineType.CUT))
    _draw_shadow(draft, edge.translated(0, _SHADOW_DROP))
    draft.painter.fillPath(edge, QColor(BOARD))


def _draw_shadow(draft: Draft, edge: QPainterPath) -> None:
    """Drawn small and enlarged smoothly: that blurs it, at the cost of one small picture."""
    seen = _widened(edge.boundingRect()).intersected(_widened(draft.frame))
    if seen.isEmpty():
        return
    small = (seen.size() / _SHADOW_GRAIN).toSize().expandedTo(QSize(1, 1))
    image = QImage(small, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(small.width() / seen.width(), small.height() / seen.height())
        painter.translate(-seen.topLeft())
        for reach in _SHADOW_REACHES:
            pen = QPen(see_through("black", _SHADOW_DENSITY), 2 * reach)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.strokePath(edge, pen)
    draft.painter.drawImage(seen, image)


def _widened(area: QRectF) -> QRectF:
    reach = _SHADOW_REACHES[-1] + 2 * _SHADOW_GRAIN
    return area.marginsAdded(QMarginsF(reach, reach, reach, reach))


def draw_lines(draft: Draft, dieline: Dieline) -> None:
    """Creases dashed, tear-off lines dotted, cuts solid."""
    folds = {kind: draft.path(dieline.of_kind(kind)) for kind in _DASHES}
    cuts = draft.path(dieline.of_kind(LineType.CUT))
    casing = see_through(draft.paper, 0.65)
    for fold in folds.values():
        draft.stroke(fold, casing, _FOLD_PX + 2 * _CASING_PX)
    draft.stroke(cuts, casing, _CUT_PX + 2 * _CASING_PX)
    for kind, fold in folds.items():
        draft.stroke(fold, draft.ink, _FOLD_PX, _DASHES[kind])
    draft.stroke(cuts, draft.ink, _CUT_PX)


def draw_outline(draft: Draft, panel: PlacedPanel, *, strong: bool) -> None:
    """Mark a panel: strongly if it is selected, faintly if it is hovered."""
    path = shape_of(panel, draft.area(panel_area(panel)))
    if strong:
        draft.stroke(path, draft.paper, 5.5)
    draft.stroke(path, see_through(draft.theme.accent, 1.0 if strong else 0.75), 3.0 if strong else 2.0)


def draw_target(draft: Draft, panel: PlacedPanel) -> None:
    """Mark the panel on which what is dragged would land."""
    path = shape_of(panel, draft.area(panel_area(panel)))
    draft.painter.fillPath(path, see_through(draft.theme.accent, 0.28))
    draft.stroke(path, QColor(draft.theme.accent), 3.0)


def draw_whole_target(draft: Draft, dieline: Dieline) -> None:
    """Mark all of the blank as the place where what is dragged would land."""
    path = draft.path(dieline.of_kind(LineType.CUT))
    draft.painter.fillPath(path, see_through(draft.theme.accent, 0.2))
    draft.stroke(path, QColor(draft.theme.accent), 3.0)
    area = draft.area(QRectF(0, 0, dieline.width, dieline.height))
    text = translate("flat", "Artwork for the whole package")
    draw_chip(draft, area, text, draft.theme.accent, at_foot=False)


def draw_mark(draft: Draft, box: tuple[float, float, float, float]) -> None:
    """A frame around a place that is looked at."""
    left, top, right, bottom = box
    area = draft.area(QRectF(left, top, right - left, bottom - top))
    area = area.marginsAdded(QMarginsF(*[_MARK_PX] * 4))
    path = QPainterPath()
    path.addRoundedRect(area, _MARK_PX, _MARK_PX)
    draft.stroke(path, draft.paper, 6.0)
    draft.stroke(path, QColor(_MARK), 3.0)


WHOLE = "*"
"""Stands for all panels as the place of what is dragged."""
_VEILED = {"waiting": 0.35, "working": 0.5}


class FlatSheet:
    """A scene laid flat, ready to be drawn.

    Attributes:
        scene: what is drawn.
        length_text: writes lengths given in millimetres.
        beside: what goes on on flaps and in the bleed, and its place in millimetres.
        target: the panel marked as the place where what is dragged would land; `WHOLE` for all of them.
        overlay: a supplier's dieline that lies over it.
        marked: a panel and a place on the blank that is looked at: left, top, right, bottom in millimetres.
        unnamed: a panel whose name is left out, as somebody works where it would stand.
        covered: something lies over the sheet there, in pixels; neither names nor lengths stand below it.
    """

    def __init__(self, scene: FlatScene) -> None:
        self.scene = scene
        self.length_text: Callable[[float], str] = partial(length_text, unit=MM)
        self.target: str | None = None
        self.beside: tuple[QPixmap, QRectF] | None = None
        self.overlay: FlatOverlay | None = None
        self.marked: tuple[str, tuple[float, float, float, float]] | None = None
        self.unnamed = ""
        self.covered = QRectF()

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
                whole = panel.panel_id in self.scene.unstretched
                draw_panel(painter, panel, picture, self._veil(panel.panel_id), unstretched=whole)
        painter.resetTransform()
        self._draw_beside(draft, placed)
        draw_lines(draft, dieline)
        if self.overlay is not None and not self.scene.inside:
            self.overlay.draw(painter, placed, self.scene.theme)
        draw_measures(draft, dieline, frame, self.length_text, self.covered)
        draw_words(draft, self.scene, self.unnamed, self.covered)
        self._draw_outlines(draft)
        if self.marked is not None:
            draw_mark(draft, self.marked[1])
        painter.restore()

    def _draw_beside(self, draft: Draft, placed: QTransform) -> None:
        """On board only: beside it nothing is printed."""
        if self.beside is None:
            return
        painter = draft.painter
        painter.save()
        painter.setClipPath(draft.path(self.scene.dieline.of_kind(LineType.CUT)))
        painter.setTransform(placed)
        picture, place = self.beside
        painter.drawPixmap(place, picture, QRectF(picture.rect()))
        painter.restore()

    def _draw_outlines(self, draft: Draft) -> None:
        scene = self.scene
        strong = {scene.selected, *scene.others} if scene.selected is not None else set()
        for panel in scene.dieline.panels:
            if panel.panel_id == scene.hovered and panel.panel_id not in strong:
                draw_outline(draft, panel, strong=False)
        for panel in scene.dieline.panels:
            if panel.panel_id in strong:
                draw_outline(draft, panel, strong=True)
            if panel.panel_id == self.target:
                draw_target(draft, panel)
                draw_offer(draft, panel)
        if self.target == WHOLE:
            draw_whole_target(draft, scene.dieline)

    def _veil(self, panel_id: str) -> QColor | None:
        # Artwork that is about to be replaced steps back.
        density = _VEILED.get(self.scene.statuses.get(panel_id, ""), 0.0)
        return see_through(self.scene.theme.window, density) if density else None


def to_pixels(camera: FlatCamera, width: float, height: float) -> QTransform:
    """From the sheet's millimetres to the pixels of a frame of that size, moved by whole pixels."""
    left = round(width / 2 - camera.x * camera.scale)
    top = round(height / 2 - camera.y * camera.scale)
    return QTransform(camera.scale, 0, 0, camera.scale, left, top)
