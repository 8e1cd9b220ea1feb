"""Empty plates where the user’s own lettering, codes and pictures will lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from packdesk.generation.offline.plates import RECTANGLE, ROUNDED, LabelPlate, paint_plate, text_shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from packdesk.domain.request import Room
    from packdesk.generation.offline.canvas import Canvas
    from packdesk.generation.offline.style import Style

_NEAR_MM = 6.0
"""Rooms no farther from each other share a plate."""
_RULES = 0.13
"""Of a plate's shorter side: its double rule keeps off what lies on it."""
_LEAST_MARGIN_MM = 3.0


def paint_rooms(canvas: Canvas, style: Style, rooms: Sequence[Room]) -> None:
    """Paint a plate around each group of rooms, as far as the panel reaches."""
    shape = RECTANGLE if text_shape(style.family) is RECTANGLE else ROUNDED  # others would cut off corners
    for area in grouped(QRectF(*room) for room in rooms):
        margin = max(_LEAST_MARGIN_MM, min(area.width(), area.height()) * _RULES)
        rect = area.adjusted(-margin, -margin, margin, margin).intersected(canvas.area)
        paint_plate(canvas, LabelPlate(shape, rect), style.palette)


def grouped(rooms: Iterable[QRectF]) -> list[QRectF]:
    """What is around rooms that touch or are near each other, until no two groups do."""
    found: list[QRectF] = []
    for room in rooms:
        area = room
        while near := [one for one in found if _grown(one).intersects(_grown(area))]:
            found = [one for one in found if one not in near]
            for one in near:
                area = area.united(one)
        found.append(area)
    return found


def _grown(area: QRectF) -> QRectF:
    half = _NEAR_MM / 2
    return area.adjusted(-half, -half, half, half)
