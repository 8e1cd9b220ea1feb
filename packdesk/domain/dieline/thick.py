"""A folded blank as solid board: every plate a slab, every fold a strip of square section along its crease.

A slab reaches from its sheet by the board's outside gain towards the printed side and by its inside loss
towards the other. All folds of a closed box are right angles, so a slab's faces lie across an axis, and how
deep two of them are in each other is the least extent of what they share.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from packdesk.domain.dieline.build import blank_plates
from packdesk.domain.dieline.fold import folded, in_space
from packdesk.domain.dieline.outline import bounds, flattened
from packdesk.domain.dieline.plates import UNFOLDED, Role
from packdesk.domain.dieline.tray_plates import slots
from packdesk.domain.dieline.tucks import lock_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from packdesk.domain.dieline.board import Board
    from packdesk.domain.dieline.plates import Plate
    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.geometry import FloatArray

_NOTHING = 1e-7
_SAME = 1e-6


@dataclass(frozen=True)
class Slab:
    """A flat solid of a closed box.

    Attributes:
        names: the plate it is; of a fold the two it joins.
        axis: 0, 1 or 2, across which it is flat.
        low: of its extent along that axis, in millimetres.
        high: likewise.
        outline: (n, 3) its corners; what they say along `axis` does not count.
    """

    names: tuple[str, ...]
    axis: int
    low: float
    high: float
    outline: FloatArray


def slabs(dieline: Dieline) -> tuple[Slab, ...]:
    """The solids of a closed box that has a board: its plates, then its folds."""
    board = dieline.options.board
    assert board is not None, "a nominal blank has no thickness"
    matrices = folded(dieline, 1.0)
    plates = blank_plates(dieline.manufacturing, dieline.options)
    whole = [
        _slab((plate.plate_id,), _bent(plate, dieline), matrices[plate.plate_id], board) for plate in plates
    ]
    whole += [
        _slab((plate.plate_id, plate.parent or ""), outline, matrices[plate.parent or ""], board)
        for plate in plates
        for outline in _shoulders(plate, dieline)
    ]
    folds = (plate for plate in plates if plate.hinge and plate.role not in UNFOLDED)
    return (*whole, *(_fold(plate, matrices[plate.plate_id], board) for plate in folds))


def overlaps(dieline: Dieline) -> Iterator[tuple[float, str, str]]:
    """How deep each two solids of a closed box are in each other, and which.

    What a fold joins may touch, and a latch may be in the slot it goes through.
    """
    solids = slabs(dieline)
    joined = {frozenset(solid.names) for solid in solids if len(solid.names) > 1}
    joined |= set(_through(dieline, solids))
    for one, other in combinations(solids, 2):
        if set(one.names) & set(other.names) or frozenset(one.names + other.names) in joined:
            continue
        if (depth := _depth(one, other)) > _NOTHING:
            yield depth, " ".join(one.names), " ".join(other.names)


def _through(dieline: Dieline, solids: Iterable[Slab]) -> Iterator[frozenset[str]]:
    """A latch and the floor, where it is all within its slot there."""
    plates = blank_plates(dieline.manufacturing, dieline.options)
    latches = {plate.plate_id for plate in plates if plate.role is Role.LATCH}
    to_sheet = np.linalg.inv(folded(dieline, 1.0)[plates[0].plate_id])
    holes = [bounds(path.curves) for path in slots(plates, dieline.options, dieline.manufacturing)]
    for solid in solids:
        if solid.names[0] not in latches:
            continue
        faces = [solid.outline.copy(), solid.outline.copy()]
        faces[0][:, solid.axis], faces[1][:, solid.axis] = solid.low, solid.high
        seen = np.concatenate(faces) @ to_sheet[:3, :3].T + to_sheet[:3, 3]
        (left, upper), (right, lower) = seen[:, :2].min(0) + _NOTHING, seen[:, :2].max(0) - _NOTHING
        if any(hole[0] < left and hole[1] < upper and right < hole[2] and lower < hole[3] for hole in holes):
            yield frozenset((solid.names[0], plates[0].plate_id))


def _slab(names: tuple[str, ...], outline: FloatArray, matrix: FloatArray, board: Board) -> Slab:
    inwards = matrix[:3, 2]
    axis = int(np.abs(inwards).argmax())
    placed = in_space(matrix, outline)
    ends = placed[0, axis] + inwards[axis] * np.array([-board.outside_gain, board.inside_loss])
    return Slab(names, axis, float(ends.min()), float(ends.max()), placed)


def _bent(plate: Plate, dieline: Dieline) -> FloatArray:
    """What of a plate turns about its crease: of a locked tuck flap not the shoulders."""
    outline = np.array(flattened(plate.outline))
    cut = _shoulders(plate, dieline)
    if not cut:
        return outline
    # A shoulder's corners: at the end of the crease, in along it, out to the slit's end, back to the side.
    (_, inner, step, side), (_, last_inner, last_step, last_side) = cut
    return np.array([inner, step, side, *outline[1:-1], last_side, last_step, last_inner])


def _shoulders(plate: Plate, dieline: Dieline) -> tuple[FloatArray, ...]:
    """The ends of a lid, from its tuck flap's crease to the slits beyond it: they stay in its plane."""
    lock = lock_on(plate, dieline.options, dieline.manufacturing)
    if lock is None or not lock.shoulder or plate.hinge is None:
        return ()
    found = []
    for start, end, sign in (
        (plate.hinge.start, plate.hinge.end, 1),
        (plate.hinge.end, plate.hinge.start, -1),
    ):
        here = np.array(start)
        along = (np.array(end) - here) / math.dist(start, end)
        out = sign * lock.shoulder * np.array([along[1], -along[0]])
        inner = here + lock.slit * along
        found.append(np.array([here, inner, inner + out, here + out]))
    return tuple(found)


class Catch(NamedTuple):
    """How a dust flap holds the end of a tuck flap; millimetres.

    Attributes:
        over: how far it stands over that, of the board's caliper at most; 0 where its edge touches it.
        play: between it and the tuck flap's end below it.
        long: how much of it stands there, along the crease.
    """

    over: float
    play: float
    long: float


def catches(dieline: Dieline) -> dict[str, Catch]:
    """For each dust flap of a box that has a board and a locked tuck flap."""
    found = {}
    plates = {plate.plate_id: plate for plate in blank_plates(dieline.manufacturing, dieline.options)}
    solids = {solid.names[0]: solid for solid in slabs(dieline) if len(solid.names) == 1}
    for tuck in plates.values():
        lock = lock_on(tuck, dieline.options, dieline.manufacturing)
        if lock is None:
            continue
        flap, lid = solids[tuck.plate_id], solids[tuck.parent or ""]
        up = 1.0 if lid.low + lid.high > flap.outline[:, 2].min() + flap.outline[:, 2].max() else -1.0
        ends = max(
            (up * flap.outline[abs(flap.outline[:, 0] - side) < _SAME][:, 2]).max()
            for side in (flap.outline[:, 0].min(), flap.outline[:, 0].max())
        )
        for name, plate in plates.items():
            if plate.role is not Role.DUST or plate.side is not tuck.side:
                continue
            dust = solids[name]
            outwards = np.sign(flap.low + flap.high)
            reach = max(outwards * dust.outline[:, 1])
            inner = min(outwards * flap.low, outwards * flap.high)
            edge = dust.outline[outwards * dust.outline[:, 1] > reach - _SAME][:, 0]
            found[name] = Catch(
                min(reach - inner, flap.high - flap.low),
                min(up * dust.low, up * dust.high) - ends,
                float(np.ptp(edge)),
            )
    return found


def _fold(plate: Plate, matrix: FloatArray, board: Board) -> Slab:
    """The board behind a crease, out to the outer faces of both plates."""
    assert plate.hinge is not None
    assert plate.parent is not None
    start, end = np.array(plate.hinge.start), np.array(plate.hinge.end)
    along = (end - start) / np.linalg.norm(end - start)
    back = board.outside_gain * np.array([-along[1], along[0]])  # the plate lies to the left of its hinge
    outline = np.array([start, end, end + back, start + back])
    return _slab((plate.plate_id, plate.parent), outline, matrix, board)


def _depth(one: Slab, other: Slab) -> float:
    """How deep two slabs are in each other; 0 or less where they are apart."""
    if one.axis == other.axis:
        along = min(one.high, other.high) - max(one.low, other.low)
        return min(along, _apart(one, other)) if along > _NOTHING else along
    if not (_reaches(one, other) and _reaches(other, one)):
        return 0.0
    third = 3 - one.axis - other.axis
    first = strip(one.outline, other.axis, other.low, other.high)
    second = strip(other.outline, one.axis, one.low, one.high)
    if not (len(first) and len(second)):
        return 0.0
    low = max(first[:, third].min(), second[:, third].min())
    high = min(first[:, third].max(), second[:, third].max())
    if high - low <= _NOTHING:
        return float(high - low)
    first, second = strip(first, third, low, high), strip(second, third, low, high)
    if not (len(first) and len(second)):
        return 0.0
    return float(min(high - low, np.ptp(first[:, other.axis]), np.ptp(second[:, one.axis])))


def _reaches(one: Slab, other: Slab) -> bool:
    """Whether the outline of one comes between the faces of the other."""
    along = one.outline[:, other.axis]
    return bool(along.min() <= other.high and along.max() >= other.low)


def strip(outline: FloatArray, axis: int, low: float, high: float) -> FloatArray:
    """What of an outline lies between two levels of an axis; Sutherland and Hodgman's clipping, twice."""
    for level, sign in ((low, 1.0), (high, -1.0)):
        if not len(outline):
            break
        inside = sign * (outline[:, axis] - level)
        kept = []
        for here, after, was, is_in in zip(
            outline, np.roll(outline, -1, 0), inside, np.roll(inside, -1), strict=True
        ):
            if was >= 0:
                kept.append(here)
            if was * is_in < 0:
                kept.append(here + (after - here) * was / (was - is_in))
        outline = np.array(kept).reshape(-1, 3)
    return outline


def _apart(one: Slab, other: Slab) -> float:
    """How far one of two parallel slabs must move sideways to be clear, by the edges of convex outlines."""
    kept = [axis for axis in range(3) if axis != one.axis]
    first, second = one.outline[:, kept], other.outline[:, kept]
    least = np.inf
    for outline in (first, second):
        edges = np.roll(outline, -1, 0) - outline
        edges = edges[np.linalg.norm(edges, axis=1) > _NOTHING]
        normals = np.column_stack([-edges[:, 1], edges[:, 0]]) / np.linalg.norm(edges, axis=1)[:, None]
        low, high = first @ normals.T, second @ normals.T
        shared = np.minimum(low.max(0), high.max(0)) - np.maximum(low.min(0), high.min(0))
        least = min(least, float(shared.min()))
    return least
