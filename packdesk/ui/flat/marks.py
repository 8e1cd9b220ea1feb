"""Lines on the flat view: shadow, cuts, folds and outlines of panels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from packdesk.domain.curves import Segment
from packdesk.ui.flat.draft import see_through
from packdesk.ui.flat.panels import panel_area

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packdesk.domain.curves import Arc
    from packdesk.domain.flat_layout import FlatLayout, FlatPanel
    from packdesk.ui.flat.draft import Draft

_CUT_PX = 1.25
_FOLD_PX = 1.1
_DASHES = (5.0, 4.0)
_CASING_PX = 1.2  # on both sides of a line
_SHADOW_REACHES = (1.5, 3.0, 5.0, 8.0, 12.0)  # pixels
_SHADOW_DENSITY = 0.028  # of each
_SHADOW_GRAIN = 4.0  # pixels that are one of the small picture: enlarging it takes the steps away
_SHADOW_DROP = 2.0


def draw_shadow(draft: Draft, layout: FlatLayout) -> None:
    """A soft shadow around the sheet; what lies under the panels is painted over.

    Drawn small and enlarged smoothly: that blurs it, at the cost of one small picture.
    """
    edge = QPainterPath()
    for panel in layout.panels:
        _add_edge(edge, panel, draft.area(panel_area(panel)).translated(0, _SHADOW_DROP))
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


def draw_lines(draft: Draft, layout: FlatLayout) -> None:
    """Folds dashed, cuts solid."""
    folds, cuts = _path(draft, layout.folds), _path(draft, layout.cuts)
    casing = see_through(draft.paper, 0.65)
    draft.stroke(folds, casing, _FOLD_PX + 2 * _CASING_PX)
    draft.stroke(cuts, casing, _CUT_PX + 2 * _CASING_PX)
    draft.stroke(folds, draft.ink, _FOLD_PX, _DASHES)
    draft.stroke(cuts, draft.ink, _CUT_PX)


def draw_outline(draft: Draft, panel: FlatPanel, *, strong: bool) -> None:
    """Mark a panel: strongly if it is selected, faintly if it is hovered."""
    path = QPainterPath()
    _add_edge(path, panel, draft.area(panel_area(panel)))
    if strong:
        draft.stroke(path, draft.paper, 5.5)
    draft.stroke(path, see_through(draft.theme.accent, 1.0 if strong else 0.75), 3.0 if strong else 2.0)


def draw_target(draft: Draft, panel: FlatPanel) -> None:
    """Mark the panel on which what is dragged would land."""
    path = QPainterPath()
    _add_edge(path, panel, draft.area(panel_area(panel)))
    draft.painter.fillPath(path, see_through(draft.theme.accent, 0.28))
    draft.stroke(path, QColor(draft.theme.accent), 3.0)


def _path(draft: Draft, lines: Iterable[Segment | Arc]) -> QPainterPath:
    path, first = QPainterPath(), None
    for line in lines:
        if isinstance(line, Segment):
            start, end = draft.point(line.x1, line.y1), draft.point(line.x2, line.y2)
            if first is None or path.currentPosition() != start:
                path.moveTo(start)
                first = start
            path.lineTo(end)
            if end == first:  # joined all around
                path.closeSubpath()
        else:
            reach = line.radius
            around = draft.area(QRectF(line.x - reach, line.y - reach, 2 * reach, 2 * reach))
            path.arcMoveTo(around, -line.start_angle)  # Qt counts degrees the other way round
            path.arcTo(around, -line.start_angle, -line.sweep)
    return path


def _add_edge(path: QPainterPath, panel: FlatPanel, area: QRectF) -> None:
    if panel.shape == "disc":
        path.addEllipse(area)
    else:
        path.addRect(area)
