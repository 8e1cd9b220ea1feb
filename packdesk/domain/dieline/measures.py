"""The dimension lines of a dieline: above the blank and to its right, so that none crosses artwork."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from packdesk.domain.dieline.values import Measure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packdesk.domain.curves import Point2
    from packdesk.domain.dieline.values import PlacedPanel

_BESIDE = 8.0


def measures_of(
    panels: Iterable[PlacedPanel], width: float, height: float, bleed: float
) -> tuple[Measure, ...]:
    """Width, depth and height of the package (a cylinder's way around, diameter and height), and the blank's.

    They start and end at the edge of the blank's bounding rectangle, those of the whole blank further out.

    Args:
        panels: of the blank.
        width: of the cut outline.
        height: of the cut outline.
        bleed: around it.
    """
    named = {panel.panel_id: panel for panel in panels}
    lead = named["front"] if "front" in named else named["body"]
    side = named["left"] if "left" in named else named["top"]
    near, far = bleed + _BESIDE, bleed + 2 * _BESIDE
    parts = [_across(side, near), _across(lead, near), _down(lead, width, near)]
    if side.shape == "disc":
        # It lies above the label, whose measure goes to the row of the whole blank's.
        parts[1] = _across(lead, far)
        far += _BESIDE
    return (
        *parts,
        _measure((0.0, 0.0), (width, 0.0), far),
        _measure((width, 0.0), (width, height), bleed + 2 * _BESIDE),
    )


def _across(panel: PlacedPanel, offset: float) -> Measure:
    return _measure((panel.x, 0.0), (panel.x + panel.width, 0.0), offset)


def _down(panel: PlacedPanel, right: float, offset: float) -> Measure:
    return _measure((right, panel.y), (right, panel.y + panel.height), offset)


def _measure(start: Point2, end: Point2, offset: float) -> Measure:
    return Measure(start, end, offset, math.dist(start, end))
