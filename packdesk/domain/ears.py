"""Triangles of an outline that no point sees all of: ears are cut off one by one (Meisters, 1975)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from packdesk.domain.geometry import FloatArray

_NOTHING = 1e-9


def triangulated(corners: FloatArray) -> FloatArray:
    """(3 n, 2) corners of triangles that cover an outline of (m, 2) corners, walked as it is."""
    return _cut(corners.astype(float).tobytes())


@lru_cache(maxsize=64)
def _cut(corners: bytes) -> FloatArray:
    """Of the same few flaps over and over, while a package folds."""
    points = np.frombuffer(corners).reshape(-1, 2)
    way = np.sign(crossed(points, np.roll(points, -1, 0)).sum())
    left, found = list(range(len(points))), []
    while len(left) > 2:
        ear = next((at for at in range(len(left)) if _is_ear(points, left, at, way)), 0)
        found += [left[ear - 1], left[ear], left[(ear + 1) % len(left)]]
        del left[ear]
    return points[found]


def _is_ear(points: FloatArray, left: list[int], at: int, way: float) -> bool:
    """Whether a corner's triangle lies within the outline, with no other corner in it."""
    three = [left[at - 1], left[at], left[(at + 1) % len(left)]]
    corners = points[three]
    if way * crossed(corners[1] - corners[0], corners[2] - corners[1]) <= _NOTHING:
        return False
    others = points[[index for index in left if index not in three]]
    # A hole is reached by a bridge, so its ends are corners twice: neither is in the way of the other.
    others = others[(np.abs(others[:, None] - corners[None]).max(axis=2) > _NOTHING).all(axis=1)]
    sides = np.roll(corners, -1, 0) - corners
    inside = way * crossed(sides[:, None], others[None] - corners[:, None]) > -_NOTHING
    return not inside.all(axis=0).any()


def crossed(one: FloatArray, other: FloatArray) -> FloatArray:
    """Twice the area of the triangle of two ways in a plane, signed; both (..., 2)."""
    product: FloatArray = one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0]
    return product
