"""Which parts of a blank go on with a panel's artwork: the panel with its bleed, and the flaps on it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.dieline.build import blank_plates
from packdesk.domain.dieline.outline import flattened, polygon
from packdesk.domain.dieline.wrap import rectangle, wrap_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packdesk.domain.curves import Path, Point2
    from packdesk.domain.dieline.values import Dieline


_SHARPEST = 0.5
"""Corners sharper than this are not pushed out all the way to where their edges meet."""


class InkedArea(NamedTuple):
    """A closed outline on the blank, and the panel whose artwork goes on there.

    Of a flap it is its own outline with bleed: what lies beyond the cut is cut off.
    """

    panel_id: str
    outline: Path


def inked_areas(dieline: Dieline) -> tuple[InkedArea, ...]:
    """All areas of a blank that artwork of the whole blank reaches: flaps first, panels over them."""
    panels = tuple(InkedArea(panel.panel_id, panel.artwork) for panel in dieline.panels)
    return (*_flaps(dieline), *panels)


def _flaps(dieline: Dieline) -> tuple[InkedArea, ...]:
    bleed = dieline.options.bleed
    if dieline.package_type == "cylinder":
        wrap = wrap_of(dieline.manufacturing, dieline.options)
        left, top, _, bottom = wrap.label
        overlap = rectangle(-bleed, top - bleed, left + bleed, bottom + bleed)
        return (InkedArea("body", overlap),) if wrap.overlap else ()
    return tuple(
        InkedArea(plate.parent, grown_outline(flattened(plate.outline), bleed))
        for plate in blank_plates(dieline.manufacturing, dieline.options)
        if plate.panel_id is None and plate.parent is not None
    )


def grown_outline(corners: Sequence[Point2], by: float) -> Path:
    """The outline through corners walked clockwise, each edge moved outwards by so many millimetres."""
    count = len(corners)
    ways = [_way(corners[index], corners[(index + 1) % count]) for index in range(count)]
    points = []
    for index, (x, y) in enumerate(corners):
        before, after = ways[index - 1], ways[index]
        # Walked clockwise, outside is to the left: (down, -right) of the way. Both edges push the corner out.
        out = before[1] + after[1], -before[0] - after[0]
        share = max(1 + before[0] * after[0] + before[1] * after[1], _SHARPEST)
        points.append((x + by * out[0] / share, y + by * out[1] / share))
    return polygon(points)


def _way(start: Point2, end: Point2) -> Point2:
    length = math.dist(start, end)
    return (end[0] - start[0]) / length, (end[1] - start[1]) / length
