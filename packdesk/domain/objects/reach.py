"""How far objects reach on their panel: lettering by its letters, whatever its box; others by their box."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from packdesk.domain.objects.gestures import box_of
from packdesk.domain.objects.lettering import lettering_key
from packdesk.domain.objects.values import Text

if TYPE_CHECKING:
    from packdesk.domain.objects.gestures import Box
    from packdesk.domain.objects.kept import KeptObjects
    from packdesk.domain.objects.values import PanelObject

_Boxes = npt.NDArray[np.float64]
_NUMBERS_ONLY = str.maketrans("MLC", "   ")
_MOST_KEPT = 1024


def reach_of(one: PanelObject, kept: KeptObjects) -> Box:
    """Left, top, right, bottom of what an object covers on its panel, in millimetres."""
    boxes = _boxes(one, kept)
    left, top = boxes[:, :2].min(axis=0)
    right, bottom = boxes[:, 2:].max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def room_of(one: PanelObject, kept: KeptObjects) -> Box:
    """The box of an object, with letters beyond it."""
    box, reach = box_of(one), reach_of(one, kept)
    return min(box[0], reach[0]), min(box[1], reach[1]), max(box[2], reach[2]), max(box[3], reach[3])


def covers(one: PanelObject, kept: KeptObjects, box: Box) -> bool:
    """Whether an object, of lettering a letter, lies in a box on its panel."""
    boxes = _boxes(one, kept)
    across = (boxes[:, 0] < box[2]) & (boxes[:, 2] > box[0])
    return bool((across & (boxes[:, 1] < box[3]) & (boxes[:, 3] > box[1])).any())


def overhang(one: PanelObject, kept: KeptObjects, more: float) -> Box | None:
    """What is around letters that lie beyond their box by more than that; in the box's millimetres."""
    outline = _outline(one, kept)
    if not outline:
        return None
    parts = _parts(outline)
    left, top = (float(low) for low in parts[:, :2].min(axis=0))
    right, bottom = (float(high) for high in parts[:, 2:].max(axis=0))
    beyond = max(-left, -top, right - one.width, bottom - one.height)
    return (left, top, right, bottom) if beyond > more else None


def _boxes(one: PanelObject, kept: KeptObjects) -> _Boxes:
    """A row of left, top, right, bottom on the panel for each part of an object: of letters their paths."""
    outline = _outline(one, kept)
    if not outline:  # no lettering, or none that is drawn
        return np.array([box_of(one)])
    left, top, right, bottom = _parts(outline).T
    place = one.place
    x, y = np.array([left, right, right, left]), np.array([top, top, bottom, bottom])
    across, down = place.a * x + place.c * y + place.e, place.b * x + place.d * y + place.f
    return np.array([across.min(axis=0), down.min(axis=0), across.max(axis=0), down.max(axis=0)]).T


def _outline(one: PanelObject, kept: KeptObjects) -> str:
    lettering = kept.lettering.get(lettering_key(one)) if isinstance(one, Text) else None
    return "" if lettering is None else lettering.outline


@lru_cache(_MOST_KEPT)
def _parts(outline: str) -> _Boxes:
    """Left, top, right, bottom of every closed path, its handles included, in millimetres of the box."""
    parts = [part.translate(_NUMBERS_ONLY).split() for part in outline.split("Z")[:-1]]
    points = np.array([number for part in parts for number in part], np.float64).reshape(-1, 2)
    starts = np.cumsum([0, *(len(part) // 2 for part in parts[:-1])])
    return np.hstack([np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts)])
