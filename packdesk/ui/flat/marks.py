"""The blank of the flat view, its lines, and the outlines of panels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from packdesk.domain.dieline import LineType
from packdesk.ui.flat.draft import see_through
from packdesk.ui.flat.panels import panel_area, shape_of

if TYPE_CHECKING:
    from packdesk.domain.dieline import Dieline, PlacedPanel
    from packdesk.ui.flat.draft import Draft

BOARD = "#f0ede8"
"""Plain board, as the 3D view lights it; it is white board in a dark window too."""

_CUT_PX = 1.25
_FOLD_PX = 1.1
_DASHES = {LineType.CREASE: (5.0, 4.0), LineType.PERFORATION: (2.0, 2.5)}  # pixels
_CASING_PX = 1.2  # on both sides of a line
_SHADOW_REACHES = (1.5, 3.0, 5.0, 8.0, 12.0)  # pixels
_SHADOW_DENSITY = 0.028  # of each
_SHADOW_GRAIN = 4.0  # pixels that are one of the small picture: enlarging it takes the steps away
_SHADOW_DROP = 2.0


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
