"""How objects are marked over a view: frames with handles, and what is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from packdesk.domain.objects.drawn import InkedPath
from packdesk.domain.objects.gestures import HANDLES, can_resize
from packdesk.domain.objects.outline import steps
from packdesk.domain.objects.reach import overhang
from packdesk.textures.objects.svg_group import rgb_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from packdesk.domain.affine import Affine
    from packdesk.domain.objects.drawn import DrawnObject
    from packdesk.domain.objects.kept import KeptObjects
    from packdesk.domain.objects.values import PanelObject

Handle = tuple[int, int] | str
_HANDLE_PX, _KNOB_PX, _DASH = 8.0, 22.0, 3.0
_OVERHANG_MM = 0.05
OVERHANG = "#c62828"
"""Red on the white beside it is seen on any artwork, in both themes."""


def handle_spots(one: PanelObject, place: Affine) -> dict[Handle, QPointF]:
    """Handles and the knob to turn by, in pixels; `place` is from the panel to them."""
    shown = one.place.then(place)
    found: dict[Handle, QPointF] = {}
    if can_resize(one):
        for across, down in HANDLES:
            at = (1 + across) / 2 * one.width, (1 + down) / 2 * one.height
            found[across, down] = QPointF(*shown.point(*at))
    top, middle = (QPointF(*shown.point(one.width / 2, share * one.height)) for share in (0.0, 0.5))
    way = top - middle
    length = max((way.x() ** 2 + way.y() ** 2) ** 0.5, 1e-6)
    found["turn"] = top + way * (_KNOB_PX / length)
    return found


def in_middle(one: PanelObject, place: Affine, at: QPointF) -> bool:
    """Whether a pixel is where an object is taken to move it, however small and near its handles are."""
    x, y = one.place.then(place).inverse().point(at.x(), at.y())
    return abs(x - one.width / 2) <= one.width / 4 and abs(y - one.height / 2) <= one.height / 4


def paint_chosen(
    painter: QPainter, kept: KeptObjects, ones: Iterable[PanelObject], place: Affine, accent: str
) -> None:
    """Frames of what is chosen; broken where it is locked, and around letters that lie beyond their box."""
    for one in ones:
        corners = [QPointF(*place.point(*corner)) for corner in one.corners]
        paint_frame(painter, corners, accent, broken=one.locked)
        if (box := overhang(one, kept, _OVERHANG_MM)) is not None:
            whole, (left, top, right, bottom) = one.place.then(place), box
            around = ((left, top), (right, top), (right, bottom), (left, bottom))
            paint_frame(painter, [QPointF(*whole.point(*at)) for at in around], OVERHANG, broken=True)


def paint_frame(painter: QPainter, corners: Sequence[QPointF], accent: str, *, broken: bool = False) -> None:
    """A frame that is seen on any artwork."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in (("#ffffff", 3.0), (accent, 1.4)):
        pen = QPen(QColor(colour), width)
        if broken and colour == accent:
            pen.setDashPattern([_DASH, _DASH])
        painter.setPen(pen)
        painter.drawPolygon(QPolygonF(corners))


def paint_handles(painter: QPainter, spots: dict[Handle, QPointF], accent: str) -> None:
    """Handles, and the knob to turn by, which is round."""
    painter.setPen(QPen(QColor(accent), 1.4))
    painter.setBrush(QColor("#ffffff"))
    half = _HANDLE_PX / 2
    for handle, at in spots.items():
        area = QRectF(at.x() - half, at.y() - half, _HANDLE_PX, _HANDLE_PX)
        if handle == "turn":
            painter.drawEllipse(area)
        else:
            painter.drawRect(area)


def paint_object(painter: QPainter, drawn: DrawnObject, place: Affine) -> None:
    """An object as it will be printed."""
    painter.save()
    painter.setTransform(QTransform(*drawn.place.then(place)))
    painter.setOpacity(drawn.opacity)
    for part in drawn.parts:
        if isinstance(part, InkedPath):
            painter.fillPath(path_of(part), QColor(*rgb_of(part.ink)))
    painter.restore()


def path_of(part: InkedPath) -> QPainterPath:
    """A closed path as Qt draws it."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill if part.even_odd else Qt.FillRule.WindingFill)
    for step, places in steps(part.outline):
        if step == "M":
            path.moveTo(*places)
        elif step == "L":
            path.lineTo(*places)
        elif step == "C":
            path.cubicTo(*places)
        else:
            path.closeSubpath()
    return path
