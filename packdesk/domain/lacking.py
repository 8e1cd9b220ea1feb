"""Lines of a supplier's dieline that our blank lacks, found piece by piece of 2 mm."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import numpy as np

from packdesk.domain.curves import Path, Segment
from packdesk.domain.supplied import box_around

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from packdesk.domain.supplied import Polyline

_STEP_MM = 2.0
_LEAST_MM = 1.0
"""What is shorter is a corner cut otherwise, and told of our line there."""
_AT_ONCE = 1000
_SAME_DIRECTION = math.sin(math.radians(10.0))
_MOST = 1000

_Array = np.ndarray


@dataclass(frozen=True)
class Lacking:
    """A line of theirs, or a part of one, that is none of ours.

    Attributes:
        points: as they lie on our sheet.
        name: of its layer, as far as there is one.
    """

    points: Polyline
    name: str = ""

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, upper, right and lower side of the rectangle around it."""
        return box_around([self.points])

    @property
    def path(self) -> Path:
        """The line, to be drawn."""
        return Path(tuple(Segment(*a, *b) for a, b in pairwise(self.points)))


def lacking(ours: _Array, theirs: Sequence[Polyline], names: Sequence[str]) -> tuple[Lacking, ...]:
    """The first `_MOST` of theirs that lie near none of ours of their direction (10 degrees).

    Args:
        ours: straight pieces, a row each: x and y of both ends, and how near is near.
        theirs: lines of the supplier's die, as they lie on our sheet.
        names: of their layers.
    """
    found: list[Lacking] = []
    for line, name in zip(theirs, names, strict=True):
        for points in _strange(_finely(line), ours):
            found.append(Lacking(points, name))
            if len(found) == _MOST:
                return tuple(found)
    return tuple(found)


def _finely(line: Polyline) -> Polyline:
    """The line in pieces no longer than `_STEP_MM`."""
    points = [line[0]]
    for (x1, y1), (x2, y2) in pairwise(line):
        count = max(1, math.ceil(math.hypot(x2 - x1, y2 - y1) / _STEP_MM))
        points += [(x1 + (x2 - x1) * n / count, y1 + (y2 - y1) * n / count) for n in range(1, count + 1)]
    return tuple(points)


def _strange(line: Polyline, ours: _Array) -> Iterator[Polyline]:
    """Parts of a line whose pieces are none of ours."""
    ends = np.array(line, dtype=float)
    pieces = np.hstack([ends[:-1], ends[1:]])
    parts = [pieces[at : at + _AT_ONCE] for at in range(0, len(pieces), _AT_ONCE)]
    known = np.concatenate([_known(part, ours) for part in parts])
    for is_known, numbers in groupby(range(len(known)), key=lambda number: bool(known[number])):
        own = list(numbers)
        part = line[own[0] : own[-1] + 2]
        if not is_known and sum(math.dist(*ends) for ends in pairwise(part)) >= _LEAST_MM:
            yield part


def _known(pieces: _Array, ours: _Array) -> _Array:
    """Whether the middle of each lies near one of ours that runs as it does; a dot always does."""
    (x, y), (right, down) = ours[:, :2].T, (ours[:, 2:4] - ours[:, :2]).T
    length = np.hypot(right, down)
    over, up = (pieces[:, 2:] - pieces[:, :2]).T[..., None]
    middle_x, middle_y = ((pieces[:, :2] + pieces[:, 2:]) / 2).T[..., None]
    from_x, from_y = middle_x - x, middle_y - y
    share = np.clip((from_x * right + from_y * down) / length**2, 0.0, 1.0)
    away = np.hypot(from_x - share * right, from_y - share * down)
    same = np.abs(over * down - up * right) <= _SAME_DIRECTION * np.hypot(over, up) * length
    near = away <= ours[:, 4]
    known: _Array = (same & near).any(axis=1)
    return known
