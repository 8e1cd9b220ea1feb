"""Crop marks at the trim's corners and registration marks at the middle of each side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.curves import Arc, Path
from packdesk.export.flat.drawing import Layer, Stroke, polyline
from packdesk.export.flat.styles import MARK_STYLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.export.flat.sheet import Box

LENGTH_MM = 5.0
_GAP, _RADIUS = 2.0, 1.6


def mark_layer(trim: Box, content: Box) -> Layer:
    """The marks of a sheet.

    Args:
        trim: what the crop marks point at.
        content: what the marks stay out of; around the trim.
    """
    strokes = (Stroke(path, MARK_STYLE) for path in (*_crop_marks(trim, content), *_targets(trim, content)))
    return Layer("marks", "Page marks", tuple(strokes))


def _crop_marks(trim: Box, content: Box) -> Iterator[Path]:
    for y, step in ((content.top - _GAP, -LENGTH_MM), (content.bottom + _GAP, LENGTH_MM)):
        for x in (trim.left, trim.right):
            yield polyline((x, y), (x, y + step))
    for x, step in ((content.left - _GAP, -LENGTH_MM), (content.right + _GAP, LENGTH_MM)):
        for y in (trim.top, trim.bottom):
            yield polyline((x, y), (x + step, y))


def _targets(trim: Box, content: Box) -> Iterator[Path]:
    away, half = _GAP + LENGTH_MM / 2, LENGTH_MM / 2
    middle_x, middle_y = (trim.left + trim.right) / 2, (trim.top + trim.bottom) / 2
    for x, y in (
        (middle_x, content.top - away),
        (middle_x, content.bottom + away),
        (content.left - away, middle_y),
        (content.right + away, middle_y),
    ):
        yield Path((Arc(x, y, _RADIUS),), closed=True)
        yield polyline((x - half, y), (x + half, y))
        yield polyline((x, y - half), (x, y + half))
