"""Nicks: gaps in the knife around a blank, whose bridges hold it in the sheet until it is stripped.

They are what the die has, not what the blank is: the dieline's cuts stay closed, and whoever draws the
knife asks for it here. Holes and slots have none: what falls out of them is to fall.

Nicks stand at equal distances along all of an outline that is straight, at least `_CORNER_MM` off its corners
(a disc without straight pieces has them on its rim). Where there is no room for all, there are fewer.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.curves import Arc, Path, Segment
from packdesk.domain.dieline.allowances import LEAST_KNIFE_MM
from packdesk.domain.dieline.outline import flattened
from packdesk.domain.dieline.values import LineType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from packdesk.domain.curves import Curve, Point2
    from packdesk.domain.dieline.values import Dieline

_CORNER_MM = 2.0


class _Free(NamedTuple):
    """A curve that nicks may stand on, and where that begins and ends along it."""

    number: int
    begins: float
    ends: float


def knife(dieline: Dieline) -> tuple[Path, ...]:
    """The cuts as the die has them: outlines in runs between their nicks, all else whole."""
    options, found = dieline.options, []
    for path in dieline.of_kind(LineType.CUT):
        wanted = options.nicks and options.nick_width > 0 and _is_outline(path)
        found += _runs(path, options.nicks, options.nick_width) if wanted else [path]
    return tuple(found)


def nick_count(dieline: Dieline) -> int:
    """How many nicks a blank really has."""
    options = dieline.options
    outlines = [path for path in dieline.of_kind(LineType.CUT) if _is_outline(path)]
    return sum(len(_places(path.curves, options.nicks, options.nick_width)) for path in outlines)


def _is_outline(path: Path) -> bool:
    """Whether a cut bounds a piece: those run clockwise, holes the other way."""
    return path.closed and _signed_area(flattened(path.curves)) > 0


def _signed_area(points: Sequence[Point2]) -> float:
    after = (*points[1:], points[0])
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(points, after, strict=True)) / 2


def _places(curves: Sequence[Curve], count: int, width: float) -> list[tuple[int, float]]:
    """Curve and distance along it of the middle of each nick."""
    free = list(_free(curves, width, Segment)) or list(_free(curves, width, Arc))
    room = sum(one.ends - one.begins for one in free)
    # Two that are next to each other leave a knife of its least length between them.
    count = min(count, math.floor(room / (width + LEAST_KNIFE_MM)) + 1 if free else 0)
    if not count or not width:
        return []
    places: list[tuple[int, float]] = []
    passed, number = 0.0, 0
    for nick in range(count):
        wanted = (nick + 0.5) * room / count
        while wanted > passed + free[number].ends - free[number].begins and number < len(free) - 1:
            passed += free[number].ends - free[number].begins
            number += 1
        places.append((free[number].number, free[number].begins + wanted - passed))
    return places


def _free(curves: Sequence[Curve], width: float, kind: type[Curve]) -> Iterator[_Free]:
    margin = _CORNER_MM + width / 2
    for number, curve in enumerate(curves):
        length = _length(curve)
        if isinstance(curve, kind) and length >= 2 * margin:
            yield _Free(number, margin, length - margin)


def _length(curve: Curve) -> float:
    if isinstance(curve, Segment):
        return math.dist(curve.start, curve.end)
    return math.radians(abs(curve.sweep)) * curve.radius


def _runs(path: Path, count: int, width: float) -> list[Path]:
    """What is left of an outline between its nicks."""
    places = _places(path.curves, count, width)
    if not places:
        return [path]
    runs: list[list[Curve]] = [[]]
    for number, curve in enumerate(path.curves):
        here = 0.0
        for _, middle in (place for place in places if place[0] == number):
            runs[-1].append(_part(curve, here, middle - width / 2))
            runs.append([])
            here = middle + width / 2
        runs[-1].append(_part(curve, here, _length(curve)) if here else curve)
    runs[0] = [*runs.pop(), *runs[0]]  # the outline begins between two nicks
    return [Path(tuple(run)) for run in runs]


def _part(curve: Curve, start: float, end: float) -> Curve:
    """A curve from one distance along it to another."""
    length = _length(curve)
    if isinstance(curve, Arc):
        first = curve.start_angle + curve.sweep * start / length
        return replace(curve, start_angle=first, sweep=curve.sweep * (end - start) / length)
    across, down = (curve.x2 - curve.x1) / length, (curve.y2 - curve.y1) / length
    return Segment(
        curve.x1 + start * across, curve.y1 + start * down, curve.x1 + end * across, curve.y1 + end * down
    )
