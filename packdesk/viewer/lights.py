"""The studio's lamps. They stand with the camera, so orbiting is turning the package on a turntable.

Every side the user turns to is lit alike, and the shadow falls to the same side of the picture.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from packdesk.viewer.camera import Point
    from packdesk.viewer.frame import Frame

# Directions towards the lamps: to the right of the picture, away from the camera, up.
_KEY: Point = (-0.50, -0.60, 0.62)
_FILL: Point = (0.85, -0.40, 0.34)
_SWEEP = (0.46, 0.40)
_UNDER_FLOOR = 0.35  # sine of the elevation below which the studio is upside down


@dataclass(frozen=True)
class Lights:
    """Unit directions towards the lamps in world space.

    Attributes:
        key: the main softbox.
        fill: the lamp that opens the shaded side.
        up: 1 with the sky above; towards -1 when the package is looked at from below, where the floor is
            not drawn and the bottom panel must be readable.
        sweep: shift of the cast shadow on the floor per unit of height.
    """

    key: Point
    fill: Point
    up: float
    sweep: tuple[float, float]


def lights_for(frame: Frame) -> Lights:
    """The lamps as they stand for this picture."""
    right = frame.right()
    share = min(1.0, max(0.0, 1.0 + frame.rise() / _UNDER_FLOOR))
    up = 2 * share * share * (3 - 2 * share) - 1
    return Lights(_turned(_KEY, right, up), _turned(_FILL, right, up), up, _level(_SWEEP, right))


def _turned(lamp: Point, right: tuple[float, float], up: float) -> Point:
    x, y = _level(lamp[:2], right)
    z = lamp[2] * up
    length = math.hypot(x, y, z)
    return x / length, y / length, z / length


def _level(offset: tuple[float, float], right: tuple[float, float]) -> tuple[float, float]:
    across, away = offset
    return across * right[0] - away * right[1], across * right[1] + away * right[0]
