"""Fitting a camera to a package, and the limits of its distance. All lengths in millimetres."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from packdesk.viewer.camera import as_point

if TYPE_CHECKING:
    from packdesk.domain.dimensions import Dimensions, PackageType
    from packdesk.domain.geometry import FloatArray
    from packdesk.viewer.camera import Camera, Point

MARGIN = 0.09
"""Free border of a fitted picture, as a part of its width and height on each side."""
_VISIBLE = (
    0.7  # of the contact shadow's reach; beyond, it darkens the floor by less than one level in a hundred
)
_FARTHEST = 4.0  # of the fitted distance


def contact_reach(dimensions: Dimensions) -> float:
    """How far the contact shadow reaches beyond the base: it grows with base and height alike."""
    return 0.25 * min(max(dimensions.width, dimensions.depth), 1.5 * dimensions.height)


def extent_points(package_type: PackageType, dimensions: Dimensions) -> FloatArray:
    """Points around the package and its contact shadow, (n, 3)."""
    width, height, depth = dimensions.as_tuple()
    reach = 2 * _VISIBLE * contact_reach(dimensions)
    corners = _ring() if package_type == "cylinder" else np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], float)
    walls = corners * (width / 2, depth / 2)
    shadow = corners * ((width + reach) / 2, (depth + reach) / 2)
    levels = ((walls, 0.0), (walls, height), (shadow, 0.0))
    return np.concatenate([np.column_stack([ring, np.full(len(ring), z)]) for ring, z in levels])


def _ring() -> FloatArray:
    # An outer polygon, so that the circle lies within.
    angles = np.linspace(0.0, 2 * math.pi, 48, endpoint=False)
    return np.column_stack([np.cos(angles), np.sin(angles)]) / math.cos(math.pi / 48)


def fit(
    camera: Camera, package_type: PackageType, dimensions: Dimensions, aspect: float, margin: float = MARGIN
) -> Camera:
    """The camera moved, not turned, until the package with its contact shadow just fills the frame."""
    return fit_extent(camera, extent_points(package_type, dimensions), aspect, margin)


def fit_turning(
    camera: Camera, package_type: PackageType, dimensions: Dimensions, aspect: float, margin: float = MARGIN
) -> Camera:
    """As `fit`, with room for the package to turn: from every azimuth it keeps its size and its place."""
    points = extent_points(package_type, dimensions)
    x_axis, y_axis, _ = camera.axes()[0]
    ring = _ring() @ np.array([(x_axis, y_axis), (y_axis, -x_axis)])  # so that no azimuth is special
    circles = np.hypot(points[:, 0], points[:, 1])[:, None, None] * ring
    levels = np.broadcast_to(points[:, 2, None, None], (*circles.shape[:2], 1))
    swept = np.concatenate([circles, levels], axis=2).reshape(-1, 3)
    return fit_extent(camera, swept, aspect, margin)


def fit_extent(camera: Camera, extent: FloatArray, aspect: float, margin: float = MARGIN) -> Camera:
    """As `fit`, for anything whose outermost points are given, (n, 3).

    A point (x, y, z) in camera axes is inside if |x - cx| <= s (d - z) for the slope s of the frame's side
    and the distance d; the extremes of x + s z and x - s z therefore give the closest d and the middle cx.
    """
    points = extent @ camera.axes().T
    inner = camera.slope() * (1 - 2 * margin)
    shift_x, distance_x = _fit_side(points[:, 0], points[:, 2], inner * aspect)
    shift_y, distance_y = _fit_side(points[:, 1], points[:, 2], inner)
    # The camera turns around a point in the middle of the package's depth, not in front of it.
    half_height = float(extent[:, 2].min() + extent[:, 2].max()) / 2
    middle = float(camera.axes()[2] @ (0.0, 0.0, half_height))
    centre = np.array([shift_x, shift_y, middle]) @ camera.axes()
    return replace(camera, centre=as_point(centre), distance=max(distance_x, distance_y) - middle)


def limited_extent(camera: Camera, extent: FloatArray, aspect: float) -> Camera:
    """The camera kept near anything whose outermost points are given."""
    low, high = extent.min(axis=0), extent.max(axis=0)
    radius = float(np.linalg.norm(high - low)) / 2
    camera = replace(camera, centre=as_point(np.clip(camera.centre, low, high)))
    farthest = _FARTHEST * fit_extent(camera, extent, aspect).distance
    return replace(camera, distance=min(max(camera.distance, 0.1 * radius), farthest))


def _fit_side(offsets: FloatArray, depths: FloatArray, slope: float) -> tuple[float, float]:
    high = float(np.max(offsets + slope * depths))
    low = float(np.min(offsets - slope * depths))
    return (high + low) / 2, (high - low) / (2 * slope)


def limited(camera: Camera, package_type: PackageType, dimensions: Dimensions, aspect: float) -> Camera:
    """The camera kept near the package but outside of it."""
    middle = np.array([0.0, 0.0, dimensions.height / 2])
    radius = math.hypot(*dimensions.as_tuple()) / 2
    offset = np.asarray(camera.centre) - middle
    length = float(np.linalg.norm(offset))
    if length > radius:
        camera = replace(camera, centre=as_point(middle + offset * (radius / length)))
    nearest = _nearest(camera.centre, camera.axes()[2], dimensions)
    farthest = _FARTHEST * fit(camera, package_type, dimensions, aspect).distance
    return replace(camera, distance=min(max(camera.distance, nearest), max(farthest, nearest)))


def _nearest(centre: Point, backward: FloatArray, dimensions: Dimensions) -> float:
    """Distance at which an eye moving backward from the centre stands clear of the package."""
    half = np.array([dimensions.width, dimensions.depth, dimensions.height]) / 2
    start = np.asarray(centre) - (0.0, 0.0, half[2])
    speed = np.where(np.abs(backward) < 1e-9, 1e-9, backward)
    leaves = float(np.min(np.maximum((half - start) / speed, (-half - start) / speed)))
    return max(leaves, 0.0) + 0.25 * float(half.min()) + 0.02 * float(half.max())
