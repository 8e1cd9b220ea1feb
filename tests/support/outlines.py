"""Measures outlines with other means than the program's own: sampled points, shoelace areas, crossings."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import strategies as st

from packdesk.domain.curves import Segment
from packdesk.domain.dieline.values import DielineOptions, DielineStyle
from packdesk.domain.dimensions import Dimensions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packdesk.domain.curves import Curve, Path, Point2
    from packdesk.domain.dieline.values import PlacedPanel
    from packdesk.domain.geometry import FloatArray, PanelMesh

side = st.floats(10, 2000)
boxes = st.builds(
    lambda width, height, depth: Dimensions(width=width, height=height, depth=depth), side, side, side
)
tubes = st.builds(lambda across, height: Dimensions(width=across, height=height, depth=across), side, side)
options = st.builds(
    DielineOptions,
    style=st.sampled_from([DielineStyle.STRAIGHT_TUCK, DielineStyle.REVERSE_TUCK, DielineStyle.CROSS]),
    caliper=st.floats(0, 5),
    glue_flap=st.just(0.0) | st.floats(0, 100),
    tuck=st.just(0.0) | st.floats(0, 200),
    bleed=st.just(0.0) | st.floats(0.1, 10),
    safe=st.just(0.0) | st.floats(0.1, 50),
    perforated=st.booleans(),
)


def mesh_area(mesh: PanelMesh) -> float:
    """Sum of the triangles' areas."""
    a, b, c = mesh.positions[0::3], mesh.positions[1::3], mesh.positions[2::3]
    return float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2)


def sheet_points(panel: PlacedPanel, uvs: FloatArray) -> FloatArray:
    """Where on the sheet points of a panel's picture lie: the reverse of `picture_points`, (n, 2) each."""
    angle = math.radians(panel.rotation)
    forth = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    return np.asarray(((uvs - 0.5) * (panel.width, panel.height)) @ forth + panel.centre)


def sampled(curves: Iterable[Curve]) -> FloatArray:
    """Points along curves, without the last one's end."""
    points: list[Point2] = []
    for curve in curves:
        points.append(curve.start)
        if not isinstance(curve, Segment):
            steps = max(4, round(abs(curve.sweep) / 2))
            angles = [math.radians(curve.start_angle + curve.sweep * k / steps) for k in range(1, steps)]
            points += [
                (curve.x + curve.radius * math.cos(a), curve.y + curve.radius * math.sin(a)) for a in angles
            ]
    return np.array(points)


def area(points: FloatArray) -> float:
    """The area of a polygon; positive if it runs clockwise as seen on the sheet."""
    after = np.roll(points, -1, axis=0)
    return float((points[:, 0] * after[:, 1] - after[:, 0] * points[:, 1]).sum() / 2)


def exact_area(curves: Iterable[Curve]) -> float:
    """The area inside closed curves by Green's theorem, arcs included exactly."""
    total = 0.0
    for curve in curves:
        (x1, y1), (x2, y2) = curve.start, curve.end
        total += (x1 * y2 - x2 * y1) / 2
        if not isinstance(curve, Segment):
            turn = math.radians(curve.sweep)
            total += curve.radius**2 * (turn - math.sin(turn)) / 2
    return total


def is_chained(path: Path, within: float = 1e-7) -> bool:
    """Whether every curve begins where the one before ends, and the first where the last ends."""
    following = (*path.curves[1:], path.curves[0])
    return path.closed and all(
        math.dist(one.end, other.start) < within for one, other in zip(path.curves, following, strict=True)
    )


def crosses_itself(points: FloatArray) -> bool:
    """Whether two sides of a polygon that are not neighbours meet."""
    start, end = points, np.roll(points, -1, axis=0)

    def left_of(a: FloatArray, b: FloatArray, p: FloatArray) -> FloatArray:
        found: FloatArray = (b[..., 0] - a[..., 0]) * (p[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (
            p[..., 0] - a[..., 0]
        )
        return found

    a, b, c, d = start[:, None], end[:, None], start[None], end[None]
    meets = (left_of(a, b, c) * left_of(a, b, d) < 0) & (left_of(c, d, a) * left_of(c, d, b) < 0)
    return bool(meets.any())


def heading(curve: Curve, *, at_end: bool) -> FloatArray:
    """The unit direction in which a curve starts or ends."""
    if isinstance(curve, Segment):
        along = np.subtract(curve.end, curve.start)
        return np.asarray(along / np.linalg.norm(along))
    angle = math.radians(curve.start_angle + (curve.sweep if at_end else 0.0))
    turn = math.copysign(1.0, curve.sweep)
    return np.array([-math.sin(angle) * turn, math.cos(angle) * turn])


def apart(one: FloatArray, other: FloatArray, grain: float = 1e-6) -> bool:
    """Whether two convex polygons share no area (some side of one has all of the other beyond it)."""
    for polygon in (one, other):
        sides = np.roll(polygon, -1, axis=0) - polygon
        for normal in np.column_stack([sides[:, 1], -sides[:, 0]]) / np.linalg.norm(sides, axis=1)[:, None]:
            a, b = one @ normal, other @ normal
            if a.max() < b.min() + grain or b.max() < a.min() + grain:
                return True
    return False
