"""Arcs as file formats want them: in pieces."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from packdesk.domain.curves import Arc, Curve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.domain.curves import Path

_WHOLE = 360.0 - 1e-9


def is_circle(path: Path) -> bool:
    """Whether a path is one whole circle."""
    return len(path.curves) == 1 and isinstance(path.curves[0], Arc) and abs(path.curves[0].sweep) >= _WHOLE


def split(arc: Arc, degrees: float) -> list[Arc]:
    """The arc in equal pieces of at most so many degrees."""
    count = max(1, math.ceil(abs(arc.sweep) / degrees - 1e-9))
    step = arc.sweep / count
    return [Arc(arc.x, arc.y, arc.radius, arc.start_angle + step * number, step) for number in range(count)]


def halves(curves: tuple[Curve, ...]) -> Iterator[Curve]:
    """The curves with none that turns by over 180 degrees; SVG and DXF describe them by their ends."""
    for curve in curves:
        if isinstance(curve, Arc) and abs(curve.sweep) > 180:
            yield from split(curve, 180)
        else:
            yield curve
