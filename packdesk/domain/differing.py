"""Which lines of our blank differ from a supplier's dieline, and by how much.

A line of ours is as far off as its worst place is from the nearest line of theirs of the same direction.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from packdesk.domain.curves import Arc, Path, Segment, split
from packdesk.domain.dashes import joined
from packdesk.domain.dieline.outline import bounds
from packdesk.domain.dieline.values import LineType
from packdesk.domain.lacking import Lacking, lacking

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from packdesk.domain.curves import Curve
    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.supplied import Overlay, Polyline

TOLERANCE_MM = 0.1
FAR_MM = 10.0
"""What is further off is another line."""
COMPARED = (LineType.CUT, LineType.CREASE, LineType.PERFORATION)
_STEP_MM, _STEP_DEGREES = 4.0, 3.75
_SAME_DIRECTION = math.sin(math.radians(10.0))
_ROUNDING = 1e-4  # our own files keep a tenth of a micrometre

_Array = np.ndarray


@dataclass(frozen=True)
class Difference:
    """A line of ours that is not where theirs is.

    Attributes:
        kind: what it means.
        curve: where it lies on our sheet.
        off: how far in millimetres; None where none of theirs is within `FAR_MM`.
    """

    kind: LineType
    curve: Curve
    off: float | None

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, upper, right and lower side of the rectangle around it."""
        return bounds([self.curve])

    @property
    def path(self) -> Path:
        """The line, to be drawn."""
        return Path((self.curve,))


@dataclass(frozen=True)
class Comparison:
    """A supplier's dieline under ours.

    Attributes:
        overlay: what was compared.
        die: its lines that a die follows, as they lie on our sheet.
        beside: its other lines, likewise.
        differences: our lines that are not where theirs are, the worst first.
        lacking: their lines that ours has none for.
    """

    overlay: Overlay
    die: tuple[Polyline, ...]
    beside: tuple[Polyline, ...]
    differences: tuple[Difference, ...]
    lacking: tuple[Lacking, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether there is anything to look at."""
        return bool(self.differences or self.lacking)


def compared(overlay: Overlay, dieline: Dieline) -> Comparison:
    """Put a supplier's dieline under ours and compare them; takes a tenth of a second."""
    overlay = replace(overlay, dieline=overlay.dieline.in_likely_unit(dieline.width, dieline.height))
    die, beside = overlay.placed(dieline.width, dieline.height)
    found = differences(dieline, die)
    names = [line.name for line in overlay.dieline.die_lines()]
    return Comparison(overlay, die, beside, found, lacking(_reaching(dieline, found), die, names))


def other_way(found: Comparison, dieline: Dieline) -> Comparison | None:
    """Theirs turned or mirrored, where that meets far more of our lines; takes seconds, so look seldom.

    Only looked for where most of our lines have none of theirs near them.
    """
    count = sum(line.kind in COMPARED for line in dieline.lines for _ in line.path.curves)
    if sum(one.off is None for one in found.differences) <= count / 2:
        return None
    now = found.overlay.placement
    ways = [replace(now, turns=turns, mirrored=mirrored) for turns in range(4) for mirrored in (False, True)]
    tried = [compared(replace(found.overlay, placement=way), dieline) for way in ways if way != now]
    best = min(tried, key=lambda one: len(one.differences))
    return best if len(best.differences) < len(found.differences) / 2 else None


def differences(dieline: Dieline, theirs: Iterable[Polyline]) -> tuple[Difference, ...]:
    """Our lines that are off by more than `TOLERANCE_MM`, the worst first.

    Args:
        dieline: ours.
        theirs: lines of the supplier's die, as they lie on our sheet.
    """
    pieces = joined(_pieces(theirs))
    found = [
        Difference(line.kind, curve, off)
        for line in dieline.lines
        if line.kind in COMPARED
        for curve in line.path.curves
        if (off := _off(curve, pieces)) is None or off > TOLERANCE_MM + _ROUNDING
    ]
    return tuple(sorted(found, key=lambda one: -math.inf if one.off is None else -one.off))


def _reaching(dieline: Dieline, found: Iterable[Difference]) -> _Array:
    """Our lines as straight pieces, as of `lacking`; near is as far off as that line of theirs is."""
    off = {id(one.curve): one.off for one in found}
    rows = []
    for line in dieline.lines:
        for curve in line.path.curves if line.kind in COMPARED else ():
            reach = TOLERANCE_MM + (off.get(id(curve)) or 0.0) + _ROUNDING
            places = [sample[:2] for sample in _samples(curve)]
            rows += [(*a, *b, reach) for a, b in pairwise(places)]
    return np.array(rows, dtype=float).reshape(-1, 5)


def _pieces(lines: Iterable[Polyline]) -> _Array:
    """Straight pieces, a row each: x and y of both ends."""
    rows = [(*a, *b) for line in lines for a, b in pairwise(line) if a != b]
    return np.array(rows, dtype=float).reshape(-1, 4)


def _off(curve: Curve, pieces: _Array) -> float | None:
    left, top, right, bottom = bounds([curve])
    across, down = pieces[:, 0::2], pieces[:, 1::2]
    near = (
        (across.max(axis=1) >= left - FAR_MM)
        & (across.min(axis=1) <= right + FAR_MM)
        & (down.max(axis=1) >= top - FAR_MM)
        & (down.min(axis=1) <= bottom + FAR_MM)
    )
    if not near.any():
        return None
    off = max(_distances(sample, pieces[near]) for sample in _samples(curve))
    return off if off <= FAR_MM else None


def _distances(sample: Sequence[float], pieces: _Array) -> float:
    """From a place to the nearest piece of its direction."""
    x, y, along_x, along_y = sample
    start, step = pieces[:, :2], pieces[:, 2:] - pieces[:, :2]
    length = np.hypot(step[:, 0], step[:, 1])
    same = np.abs(step[:, 0] * along_y - step[:, 1] * along_x) <= _SAME_DIRECTION * length
    if not same.any():
        return math.inf
    start, step, length = start[same], step[same], length[same]
    from_start = np.array([x, y]) - start
    share = np.clip((from_start * step).sum(axis=1) / length**2, 0.0, 1.0)
    away = from_start - share[:, None] * step
    return float(np.hypot(away[:, 0], away[:, 1]).min())


def _samples(curve: Curve) -> list[tuple[float, float, float, float]]:
    """Places on a curve, its ends among them, each with its direction."""
    if isinstance(curve, Segment):
        length = math.dist(curve.start, curve.end)
        along = (curve.x2 - curve.x1) / length, (curve.y2 - curve.y1) / length
        count = max(1, math.ceil(length / _STEP_MM))
        shares = [number / count for number in range(count + 1)]
        return [(curve.x1 + s * length * along[0], curve.y1 + s * length * along[1], *along) for s in shares]
    parts = split(curve, min(_STEP_DEGREES, math.degrees(_STEP_MM / curve.radius)))
    places = [*(part.start for part in parts), parts[-1].end]
    return [(*place, *_tangent(curve, place)) for place in places]


def _tangent(arc: Arc, place: tuple[float, float]) -> tuple[float, float]:
    right, down = (place[0] - arc.x) / arc.radius, (place[1] - arc.y) / arc.radius
    return -down, right
