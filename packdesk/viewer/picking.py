"""Which panel is under a pixel, by arithmetic. Millimetres, in the space of the package."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from packdesk.domain.dimensions import Dimensions, PackageType
    from packdesk.viewer.camera import Camera, Point

_BOX_SIDES = (("left", "right"), ("front", "back"), ("bottom", "top"))  # low and high side of each axis
_PARALLEL = 1e-12


@dataclass(frozen=True)
class Ray:
    """A half line; the direction need not have unit length."""

    origin: Point
    direction: Point


def ray_through(camera: Camera, x: float, y: float, width: float, height: float) -> Ray:
    """The ray from the eye through a pixel position, y downwards, of a picture of that size."""
    right, up, back = camera.axes()
    slope = camera.slope()
    across = (2 * x / width - 1) * slope * width / height
    upwards = (1 - 2 * y / height) * slope
    (ox, oy, oz), (dx, dy, dz) = camera.eye(), across * right + upwards * up - back
    return Ray((float(ox), float(oy), float(oz)), (float(dx), float(dy), float(dz)))


def pick(package_type: PackageType, dimensions: Dimensions, ray: Ray) -> str | None:
    """The panel a ray from outside meets first, or None."""
    return _pick_cylinder(dimensions, ray) if package_type == "cylinder" else _pick_box(dimensions, ray)


def _pick_box(dimensions: Dimensions, ray: Ray) -> str | None:
    half = (dimensions.width / 2, dimensions.depth / 2, dimensions.height / 2)
    middle = (0.0, 0.0, half[2])
    enters, leaves, panel = -math.inf, math.inf, ""
    for axis, (low_side, high_side) in enumerate(_BOX_SIDES):
        start, step = ray.origin[axis] - middle[axis], ray.direction[axis]
        span = _crossing(start, step, half[axis])
        if span is None:
            return None
        if span[0] > enters:
            enters, panel = span[0], (low_side if step > 0 else high_side)
        leaves = min(leaves, span[1])
    return panel if 0 < enters <= leaves else None


def _crossing(start: float, step: float, half: float) -> tuple[float, float] | None:
    """Where a coordinate enters and leaves [-half, half], or None if it never does."""
    if abs(step) < _PARALLEL:
        return (-math.inf, math.inf) if abs(start) <= half else None
    first, second = (-half - start) / step, (half - start) / step
    return min(first, second), max(first, second)


def _pick_cylinder(dimensions: Dimensions, ray: Ray) -> str | None:
    half = dimensions.height / 2
    ends = _crossing(ray.origin[2] - half, ray.direction[2], half)
    wall = _wall_crossing(ray, dimensions.width / 2)
    if ends is None or wall is None:
        return None
    enters = max(ends[0], wall[0])
    if not 0 < enters <= min(ends[1], wall[1]):
        return None
    if wall[0] >= ends[0]:
        return "body"
    return "bottom" if ray.direction[2] > 0 else "top"


def _wall_crossing(ray: Ray, radius: float) -> tuple[float, float] | None:
    """Where a ray enters and leaves the endless cylinder around z, or None if it never does."""
    (ox, oy, _), (dx, dy, _) = ray.origin, ray.direction
    a, b, c = dx * dx + dy * dy, ox * dx + oy * dy, ox * ox + oy * oy - radius * radius
    if a < _PARALLEL**2:
        return (-math.inf, math.inf) if c <= 0 else None
    root = b * b - a * c
    if root < 0:
        return None
    return (-b - math.sqrt(root)) / a, (-b + math.sqrt(root)) / a
