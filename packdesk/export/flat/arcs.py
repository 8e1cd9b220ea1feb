"""Arcs as file formats want them: in pieces, as Bézier curves."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from packdesk.domain.curves import Arc, Curve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.domain.curves import Path, Point2

_BEZIER_DEGREES = 45.0
"""One cubic curve for an eighth of a circle is off by less than five millionths of the radius."""
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


def beziers(arc: Arc) -> Iterator[tuple[Point2, Point2, Point2]]:
    """Cubic Bézier curves along an arc: two handles and the end of each.

    The handles are 4/3 tan(sweep/4) of the radius long, the usual choice: it meets the circle at both ends
    and in the middle.
    """
    for piece in split(arc, _BEZIER_DEGREES):
        reach = 4 / 3 * math.tan(math.radians(piece.sweep) / 4)
        (x1, y1), (x2, y2) = piece.start, piece.end
        yield (
            (x1 - reach * (y1 - arc.y), y1 + reach * (x1 - arc.x)),
            (x2 + reach * (y2 - arc.y), y2 - reach * (x2 - arc.x)),
            (x2, y2),
        )
