"""A sheet that is being moved snaps to the lines of the blank."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.curves import Segment
from packdesk.domain.dieline.outline import bounds
from packdesk.domain.dieline.values import LineType

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.sheet.placement import SheetPlacement

_KINDS = (LineType.CUT, LineType.CREASE, LineType.BLEED)
_LEVEL = 1e-6


class SnapLines(NamedTuple):
    """Where upright and level lines of a blank are, in millimetres."""

    across: tuple[float, ...]
    down: tuple[float, ...]


class Snapped(NamedTuple):
    """A placement, and the lines it has snapped to, if any."""

    placement: SheetPlacement
    across: float | None
    down: float | None


def snap_lines(dieline: Dieline) -> SnapLines:
    """Cuts, creases, bleed, and the middle of the blank."""
    across, down = {dieline.width / 2}, {dieline.height / 2}
    for kind in _KINDS:
        for path in dieline.of_kind(kind):
            left, top, right, bottom = bounds(path.curves)
            across |= {left, right}
            down |= {top, bottom}
            for curve in path.curves:
                if isinstance(curve, Segment) and abs(curve.x1 - curve.x2) < _LEVEL:
                    across.add(curve.x1)
                if isinstance(curve, Segment) and abs(curve.y1 - curve.y2) < _LEVEL:
                    down.add(curve.y1)
    return SnapLines(tuple(sorted(across)), tuple(sorted(down)))


def snapped(placement: SheetPlacement, lines: SnapLines, reach: float) -> Snapped:
    """The placement moved so that an edge or the middle of the sheet lies on a line that is near.

    Args:
        placement: of the sheet.
        lines: of the blank.
        reach: millimetres that are near.
    """
    corners = placement.corners()
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    top, bottom = min(y for _, y in corners), max(y for _, y in corners)
    across = _nearest((left, right, placement.x), lines.across, reach)
    down = _nearest((top, bottom, placement.y), lines.down, reach)
    moved = placement.moved(across[0] if across else 0.0, down[0] if down else 0.0)
    return Snapped(moved, across[1] if across else None, down[1] if down else None)


def _nearest(places: Iterable[float], lines: Iterable[float], reach: float) -> tuple[float, float] | None:
    """How far to move to the nearest line, and that line."""
    lines = tuple(lines)
    found = [(line - place, line) for place in places for line in lines if abs(line - place) <= reach]
    return min(found, key=lambda step: abs(step[0])) if found else None
