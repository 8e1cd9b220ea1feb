"""The triangles of an open package's pieces: printed side, inside and cut edge, and the bleed on its flaps.

Board lies inwards of the blank's plane, so that printed sides meet at their creases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from packdesk.domain.dieline.holes import bridges
from packdesk.domain.dieline.inked import carrier, inked_depths
from packdesk.domain.dieline.inside import inside_points, seen_from_inside
from packdesk.domain.dieline.printed import picture_points
from packdesk.viewer.unfolding import fan

if TYPE_CHECKING:
    from packdesk.domain.curves import Point2
    from packdesk.domain.dieline.motion import FoldPlate
    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.geometry import FloatArray

WIDTHS = {"a_sheet": 3, "a_uv": 2, "a_normal": 3, "a_tilt": 1}
_COLUMNS = sum(WIDTHS.values())
_OVER_MM = -0.03  # the bleed over the bare flap
_NO_ART = 2.0  # beyond every picture
_NOTHING_MM = 1e-6
_INWARDS = np.array([0.0, 0.0, 1.0])


class Range(NamedTuple):
    """Vertices that follow each other in the mesh."""

    first: int
    length: int


class PieceRanges(NamedTuple):
    """Where a piece is in the mesh.

    Attributes:
        printed: its printed side.
        inner: its inside.
        edge: its cut edge.
        bleed: what its neighbour's artwork covers of a flap; empty for a panel.
        inked: the neighbour's panel, '' for a panel.
    """

    printed: Range
    inner: Range
    edge: Range
    bleed: Range
    inked: str


def fold_mesh(dieline: Dieline, plates: tuple[FoldPlate, ...]) -> tuple[FloatArray, dict[str, PieceRanges]]:
    """(n, 9) vertices, columns as `WIDTHS` says, and where each piece is among them."""
    parts: list[FloatArray] = []
    count = 0

    def add(part: FloatArray) -> Range:
        nonlocal count
        parts.append(part)
        count += len(part)
        return Range(count - len(part), len(part))

    parents = {plate.plate_id: plate.parent for plate in plates if plate.panel_id is None}
    depths, caliper = inked_depths(dieline), dieline.options.caliper
    inside = seen_from_inside(dieline)
    folds = _folds(plates)
    ranges = {}
    for plate in plates:
        inked = "" if plate.panel_id or not plate.hinge else carrier(plate.parent or "", parents)
        depth = depths.get(plate.plate_id, 0.0)
        bleed = _bleed(dieline, plate, inked, depth) if inked else np.empty((0, _COLUMNS))
        ranges[plate.plate_id] = PieceRanges(
            add(_printed(dieline, plate)),
            add(_inner(inside, plate, caliper)),
            add(_edge(plate, caliper, np.array(folds[plate.plate_id]).reshape(-1, 2, 2))),
            add(bleed),
            inked,
        )
    return np.concatenate(parts), ranges


def _folds(plates: tuple[FoldPlate, ...]) -> dict[str, list[tuple[Point2, Point2]]]:
    """Where each piece is folded: its own hinge, and those of what hangs on it."""
    folds: dict[str, list[tuple[Point2, Point2]]] = {plate.plate_id: [] for plate in plates}
    for plate in plates:
        if plate.hinge is not None and plate.parent is not None:
            for piece in (plate.plate_id, plate.parent):
                folds[piece].append((plate.hinge.start, plate.hinge.end))
    return folds


def _vertices(places: FloatArray, uvs: FloatArray, normals: FloatArray, tilt: FloatArray) -> FloatArray:
    return np.column_stack([places, uvs, np.broadcast_to(normals, places.shape), tilt])


def _level(points: FloatArray, z: float) -> FloatArray:
    return np.column_stack([points, np.full(len(points), z)])


def _bare(points: FloatArray) -> FloatArray:
    return np.full((len(points), 2), _NO_ART)


def tilt(plate: FoldPlate, points: FloatArray) -> FloatArray:
    """-1 to 1 over a strip of a label, whose normals lean towards its neighbours; 0 on what stays flat."""
    if not plate.plate_id.startswith(("body-", "overlap-", "tube-")):
        return np.zeros(len(points))
    left, right = plate.outline[:, 0].min(), plate.outline[:, 0].max()
    lean: FloatArray = (2 * points[:, 0] - left - right) / (right - left)
    return lean


def _printed(dieline: Dieline, plate: FoldPlate) -> FloatArray:
    points = fan(plate.outline)
    uvs = picture_points(dieline.panel(plate.panel_id), points) if plate.panel_id else _bare(points)
    return _vertices(_level(points, 0.0), uvs, -_INWARDS, tilt(plate, points))


def _inner(inside: Dieline, plate: FoldPlate, caliper: float) -> FloatArray:
    points = fan(plate.outline).reshape(-1, 3, 2)[:, ::-1].reshape(-1, 2)
    shown = inside.panel(plate.panel_id) if plate.panel_id else None
    uvs = _bare(points) if shown is None else inside_points(shown, inside.width, points)
    return _vertices(_level(points, caliper), uvs, _INWARDS, tilt(plate, points))


def _edge(plate: FoldPlate, caliper: float, hinges: FloatArray) -> FloatArray:
    edges = _cut_edges(plate.outline, hinges)
    if not caliper or not len(edges):
        return np.empty((0, _COLUMNS))
    start, end = edges[:, 0], edges[:, 1]
    along = end - start
    # Walked clockwise, outside is to the left.
    outwards = np.column_stack([along[:, 1], -along[:, 0], np.zeros(len(along))])
    outwards /= np.linalg.norm(outwards, axis=1, keepdims=True)
    corners = [_level(start, 0.0), _level(end, 0.0), _level(end, caliper), _level(start, caliper)]
    places = np.stack([corners[index] for index in (0, 1, 2, 0, 2, 3)], axis=1).reshape(-1, 3)
    normals = np.repeat(outwards, 6, axis=0)
    return _vertices(places, _bare(places), normals, np.zeros(len(places)))


def _cut_edges(outline: FloatArray, hinges: FloatArray) -> FloatArray:
    """(n, 2, 2) what of an outline is no fold: there an edge would lie in the neighbour's face.

    Args:
        outline: of a piece, clockwise.
        hinges: (m, 2, 2) of the piece and of those that hang on it.
    """
    kept: list[tuple[FloatArray, FloatArray]] = []
    sides = zip(outline, np.roll(outline, -1, 0), bridges(outline), strict=True)
    for start, end, inner in sides:
        if inner:
            continue
        along = end - start
        length = float(np.linalg.norm(along))
        if length < _NOTHING_MM:
            continue
        way = along / length
        across = np.array([-way[1], way[0]])
        free = [(0.0, length)]
        for hinge in hinges:
            if np.abs((hinge - start) @ across).max() < _NOTHING_MM:
                low, high = sorted(((hinge - start) @ way).tolist())
                free = [part for a, b in free for part in ((a, min(b, low)), (max(a, high), b))]
        kept += [(start + a * way, start + b * way) for a, b in free if b - a > _NOTHING_MM]
    return np.array(kept).reshape(-1, 2, 2)


def _bleed(dieline: Dieline, plate: FoldPlate, panel_id: str, inked: float) -> FloatArray:
    """The strip of a flap along its crease, with the neighbour's picture mirrored as it is printed there."""
    assert plate.hinge is not None
    start, end = np.array(plate.hinge.start), np.array(plate.hinge.end)
    along = (end - start) / np.linalg.norm(end - start)
    away = (plate.outline - start) @ np.array([along[1], -along[0]])
    kept = _nearer(plate.outline, away, inked)
    if len(kept) < 3:
        return np.empty((0, _COLUMNS))
    points = fan(kept)
    uvs = 1 - np.abs(1 - np.abs(picture_points(dieline.panel(panel_id), points)))
    return _vertices(_level(points, _OVER_MM), uvs, -_INWARDS, np.zeros(len(points)))


def _nearer(outline: FloatArray, away: FloatArray, limit: float) -> FloatArray:
    """What of an outline is no further away than a limit."""
    kept: list[FloatArray] = []
    for here, after, far, then in zip(outline, np.roll(outline, -1, 0), away, np.roll(away, -1), strict=True):
        if far <= limit:
            kept.append(here)
        if (far - limit) * (then - limit) < 0:
            kept.append(here + (after - here) * (limit - far) / (then - far))
    return np.array(kept).reshape(-1, 2)
