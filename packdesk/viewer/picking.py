"""Which panels a camera sees, and which is under a pixel, by arithmetic. Millimetres, in package space."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from packdesk.domain.geometry import package_meshes
from packdesk.viewer.camera import NAMED_VIEWS

if TYPE_CHECKING:
    from packdesk.domain.dimensions import Dimensions
    from packdesk.domain.geometry import FloatArray
    from packdesk.viewer.camera import Camera, Point
    from packdesk.viewer.scene import Scene

_ON_EDGE = 1e-9
"""Of a triangle's size: a ray through an edge that two share must not pass between them."""


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


def pick(scene: Scene, ray: Ray) -> str | None:
    """The panel a ray meets first, '' for a flap, None if it meets nothing.

    A closed package is met from outside only, the board of an open one from both sides.
    """
    if scene.unfolding:
        pieces = scene.unfolding.triangles
    else:
        meshes = package_meshes(scene.package_type, scene.dimensions)
        pieces = [(mesh.panel_id, mesh.positions.reshape(-1, 3, 3)) for mesh in meshes]
    ways = ways_to(
        np.concatenate([corners for _, corners in pieces]), ray, inside=scene.unfolding is not None
    )
    first = int(np.argmin(ways))
    if not np.isfinite(ways[first]):
        return None
    ends = np.cumsum([len(corners) for _, corners in pieces])
    return pieces[int(np.searchsorted(ends, first, side="right"))][0]


def ways_to(corners: FloatArray, ray: Ray, *, inside: bool) -> FloatArray:
    """How far along a ray each triangle, (n, 3, 3), lies, infinite if missed (Moeller, Trumbore, 1997).

    Args:
        corners: counter-clockwise seen from outside.
        ray: the ray.
        inside: whether the inner sides are met too.
    """
    first, second = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    across = np.cross(ray.direction, second)
    determinant = np.einsum("ij,ij->i", across, first)
    offset = ray.origin - corners[:, 0]
    turned = np.cross(offset, first)
    with np.errstate(divide="ignore", invalid="ignore"):
        u = np.einsum("ij,ij->i", offset, across) / determinant
        v = turned @ ray.direction / determinant
        way = np.einsum("ij,ij->i", turned, second) / determinant
        met = (np.minimum(u, v) >= -_ON_EDGE) & (u + v <= 1 + _ON_EDGE) & (way > 0)
    return np.where(met & (inside | (determinant > 0)), way, np.inf)


_ASIDE = NAMED_VIEWS["home"][0] - NAMED_VIEWS["front"][0]
"""Degrees beside a panel's own view: a solid is seen, not a face."""
_ASIDES = {"front": _ASIDE, "back": _ASIDE, "left": _ASIDE, "right": -_ASIDE}
_SEAM = NAMED_VIEWS["back"][0]
"""Azimuth of where the picture of a cylinder's body begins."""
_ELEVATION = NAMED_VIEWS["home"][1]
_ELEVATIONS = {"top": 52.0, "bottom": -38.0}


def is_hidden(camera: Camera, panel_id: str, size: Dimensions) -> bool:
    """Whether a panel of the closed package faces away from the camera.

    Args:
        camera: where it is seen from.
        panel_id: of a box or a cylinder.
        size: of the package, in millimetres.
    """
    right, away, up = (float(value) for value in camera.eye())
    half_width, half_depth = size.width / 2, size.depth / 2
    beyond = {
        "front": -away - half_depth,
        "back": away - half_depth,
        "left": -right - half_width,
        "right": right - half_width,
        "top": up - size.height,
        "bottom": -up,
        "body": math.hypot(right, away) - half_width,
    }
    return beyond[panel_id] <= 0


def facing(camera: Camera, panel_id: str, around: float | None = None) -> Camera:
    """The camera turned to a panel, a little from aside; its distance and centre unchanged.

    Args:
        camera: as it is.
        panel_id: of a box or a cylinder.
        around: a place on a cylinder's body, as a share of its label's length; None for any.
    """
    if panel_id in _ELEVATIONS:
        return replace(camera, elevation=_ELEVATIONS[panel_id])
    if panel_id not in _ASIDES:  # all around
        azimuth = camera.azimuth if around is None else 360.0 * around + _SEAM
    else:
        azimuth = NAMED_VIEWS[panel_id][0] + _ASIDES[panel_id]
    return replace(camera, azimuth=(azimuth + 180.0) % 360.0 - 180.0, elevation=_ELEVATION)
