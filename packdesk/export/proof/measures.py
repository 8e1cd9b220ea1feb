"""How deep the flaps of a blank are as they are drawn: where there is no room, they are not as asked for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from packdesk.domain.dieline.fold import fold_plates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.domain.curves import Point2, Segment
    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.geometry import FloatArray

TAB = "tab"
"""The kind of a disc's tabs: there are dozens, all alike."""
_OVERLAP = "overlap"


class Flap(NamedTuple):
    """One flap.

    Attributes:
        kind: `glue`, `tuck`, `dust`, `seal`, `tab`, `overlap`: what its plate is called, without its number.
        depth: from its crease to its far end, in millimetres.
        middle: of it on the sheet.
        upright: whether its depth runs down the sheet.
    """

    kind: str
    depth: float
    middle: Point2
    upright: bool


def flaps_of(dieline: Dieline) -> list[Flap]:
    """Every flap of a blank; a wrap's overlap counts as one."""
    plates = [plate for plate in fold_plates(dieline) if plate.panel_id is None]
    strips = [plate.outline for plate in plates if plate.plate_id.startswith(_OVERLAP)]
    found = [
        _flap(plate.plate_id.rstrip("-0123456789").rpartition("-")[2], plate.outline, plate.hinge)
        for plate in plates
        if plate.hinge is not None and not plate.plate_id.startswith(_OVERLAP)
    ]
    return [*found, *_overlap(strips)]


def _flap(kind: str, outline: FloatArray, hinge: Segment) -> Flap:
    start, along = np.array(hinge.start), np.subtract(hinge.end, hinge.start)
    away = outline - start
    depths = np.abs(along[0] * away[:, 1] - along[1] * away[:, 0]) / math.hypot(*along)
    return Flap(kind, float(depths.max()), _middle(outline), abs(along[0]) > abs(along[1]))


def _overlap(strips: list[FloatArray]) -> Iterator[Flap]:
    if strips:
        corners = np.concatenate(strips)
        yield Flap(_OVERLAP, float(np.ptp(corners[:, 0])), _middle(corners), upright=False)


def _middle(corners: FloatArray) -> Point2:
    low, high = corners.min(axis=0), corners.max(axis=0)
    return float(low[0] + high[0]) / 2, float(low[1] + high[1]) / 2
