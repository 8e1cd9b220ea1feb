"""The studio's lamps. They stand with the camera, so orbiting is turning the package on a turntable.

Every side the user turns to is lit alike, and the shadow falls to the same side of the picture.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packdesk.domain.easing import smoothstep
from packdesk.domain.look import Lighting

if TYPE_CHECKING:
    from packdesk.viewer.camera import Point
    from packdesk.viewer.frame import RenderFrame

    Strip = tuple[float, float, float, float]


@dataclass(frozen=True)
class Rig:
    """Lamps and their light. Directions run to the right of the picture, away from the camera, and up.

    A panel that faces the camera receives about 1 in all.

    Attributes:
        key: towards the main softbox.
        key_light: its light, linear red, green and blue.
        fill: towards the lamp that opens the shaded side.
        fill_light: its light.
        sky: light from straight above.
        ground: light from below.
        front: light from where the camera is.
        sweep: shift of the cast shadow per unit of height: to the right, and away.
        shadow: density of the cast shadow.
        strips: upright softboxes that glossy surfaces mirror: azimuth of the sharp edge and of the faint one
            in radians, 0 towards the camera, growing to the right; how far it leans; radiance.
    """

    key: Point
    key_light: Point
    fill: Point
    fill_light: Point
    sky: Point
    ground: Point
    front: float
    sweep: tuple[float, float]
    shadow: float
    strips: tuple[Strip, Strip, Strip]


_SOFT = Rig(
    key=(-0.50, -0.60, 0.62),
    key_light=(0.56, 0.555, 0.545),
    fill=(0.85, -0.40, 0.34),
    fill_light=(0.17, 0.175, 0.18),
    sky=(0.49, 0.50, 0.51),
    ground=(0.27, 0.265, 0.26),
    front=0.11,
    sweep=(0.46, 0.40),
    shadow=0.46,
    strips=((-1.08, -1.38, 0.75, 3.0), (0.55, 0.85, -0.5, 2.4), (2.10, 2.30, 0.5, 1.2)),
)
_SIDE = Rig(
    key=(-0.86, -0.26, 0.50),
    key_light=(1.02, 0.98, 0.92),
    fill=(0.80, -0.55, 0.25),
    fill_light=(0.09, 0.10, 0.115),
    sky=(0.27, 0.28, 0.30),
    ground=(0.15, 0.15, 0.15),
    front=0.06,
    sweep=(0.74, 0.24),
    shadow=0.62,
    strips=((-1.15, -1.38, 0.75, 5.5), (0.75, 0.92, -0.5, 1.4), (2.05, 2.30, 0.5, 2.6)),
)
_EVEN = Rig(
    key=(-0.60, -0.62, 0.50),
    key_light=(0.33, 0.33, 0.33),
    fill=(0.62, -0.60, 0.50),
    fill_light=(0.33, 0.33, 0.33),
    sky=(0.52, 0.52, 0.52),
    ground=(0.38, 0.38, 0.38),
    front=0.12,
    sweep=(0.16, 0.30),
    shadow=0.26,
    strips=((-1.05, -1.75, 0.4, 2.0), (0.60, 1.30, -0.4, 2.0), (2.15, 2.75, 0.3, 1.0)),
)
RIGS = {Lighting.SOFT: _SOFT, Lighting.SIDE: _SIDE, Lighting.EVEN: _EVEN, Lighting.FLAT: _EVEN}
_UNDER_FLOOR = 0.35  # sine of the elevation below which the studio is upside down


@dataclass(frozen=True)
class Lights:
    """A rig for one picture, in world space.

    Attributes:
        rig: the rig.
        key: unit vector towards its main softbox.
        fill: unit vector towards its other lamp.
        up: 1 with the sky above; towards -1 when the package is looked at from below, where the floor is
            not drawn and the bottom panel must be readable.
        sweep: shift of the cast shadow on the floor per unit of height.
        right: the camera's right, which is always level.
    """

    rig: Rig
    key: Point
    fill: Point
    up: float
    sweep: tuple[float, float]
    right: tuple[float, float]


def lights_for(frame: RenderFrame, lighting: Lighting) -> Lights:
    """The lamps for this picture, in world space."""
    rig, right = RIGS[lighting], frame.right()
    up = 2 * smoothstep(-_UNDER_FLOOR, 0.0, frame.rise()) - 1
    key, fill = _turned(rig.key, right, up), _turned(rig.fill, right, up)
    return Lights(rig, key, fill, up, _level(rig.sweep, right), right)


def _turned(lamp: Point, right: tuple[float, float], up: float) -> Point:
    x, y = _level(lamp[:2], right)
    z = lamp[2] * up
    length = math.hypot(x, y, z)
    return x / length, y / length, z / length


def _level(offset: tuple[float, float], right: tuple[float, float]) -> tuple[float, float]:
    across, away = offset
    return across * right[0] - away * right[1], across * right[1] + away * right[0]
