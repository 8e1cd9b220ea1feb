"""Holes in the pieces of a folded blank: an outline walks along a bridge to each, around it, and back.

Where a hole begins at the edge of a piece, the outline goes into it as into a bay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from packdesk.domain.curves import Segment
from packdesk.domain.dieline.outline import flattened, shared
from packdesk.domain.dieline.slits import hang_holes
from packdesk.domain.dieline.tray_plates import slots

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from packdesk.domain.dieline.plates import Plate
    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.geometry import FloatArray

_SAME_MM = 1e-9


def holes_of(dieline: Dieline, plates: Sequence[Plate]) -> list[FloatArray]:
    """The holes of a box's blank, each (n, 2) corners walked counter-clockwise."""
    paths = (*hang_holes(plates), *slots(plates, dieline.options, dieline.manufacturing))
    return [np.array(flattened(path.curves)) for path in paths]


def pierced(plate: Plate, holes: Iterable[FloatArray]) -> FloatArray:
    """(n, 2) corners of a plate's outline, clockwise, with the holes that lie in it."""
    outline = np.array(flattened(plate.outline))
    left, top, right, bottom = plate.box
    for hole in holes:
        middle = hole.mean(axis=0)
        if left < middle[0] < right and top < middle[1] < bottom:
            outline = _opened(outline, hole)
    return outline


def _opened(outline: FloatArray, hole: FloatArray) -> FloatArray:
    """The outline with a hole; one that has an edge on the outline is a bay of it."""
    for at, corner in enumerate(outline):
        side = Segment(*corner, *outline[(at + 1) % len(outline)])
        for begins in range(len(hole)):
            before, after = hole[begins - 1], hole[begins]
            if shared(side, Segment(*before, *after)):
                return np.concatenate([outline[: at + 1], np.roll(hole, -begins, axis=0), outline[at + 1 :]])
    return _bridged(outline, hole)


def _bridged(outline: FloatArray, hole: FloatArray) -> FloatArray:
    """The outline with a hole, by the shortest way from a corner of the one to one of the other."""
    apart = np.linalg.norm(outline[:, None] - hole[None], axis=2)
    at, begins = np.unravel_index(int(apart.argmin()), apart.shape)
    around = np.roll(hole, -begins, axis=0)
    return np.concatenate([outline[: at + 1], around, around[:1], outline[at:]])


def bridges(outline: FloatArray) -> NDArray[np.bool_]:
    """(n,) whether the side from each corner to the next is a bridge: it is walked again the other way."""
    after = np.roll(outline, -1, axis=0)
    there = np.abs(outline[:, None] - after[None]).max(axis=2) < _SAME_MM
    back = np.abs(after[:, None] - outline[None]).max(axis=2) < _SAME_MM
    twice: NDArray[np.bool_] = (there & back).any(axis=1)
    return twice
