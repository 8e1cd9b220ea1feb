"""Objects in the bleed: what lies at the edge of a panel goes on beyond it, in its own ink.

It goes on as the artwork beneath does, and as the panel's pixels do in pictures of the blank: mirrored at
the edge, or on a cylinder's body from its other end. So a plate to the edge, a band or a pattern is one ink
on one plate out to where it is cut, and a spot ink is no pixel anywhere.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from packdesk.domain.affine import Affine
from packdesk.domain.dieline.inked import flap_areas
from packdesk.domain.dieline.outline import bounds, flattened
from packdesk.domain.dieline.thick import strip
from packdesk.domain.panels import goes_around
from packdesk.export.flat.placed_objects import PlacedObjects, placed_objects
from packdesk.export.flat.sheet import Box

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.domain.curves import Path
    from packdesk.domain.objects.drawn import DrawnObject
    from packdesk.export.flat.sheet import Sheet

_UNDER_MM = 0.05
"""So far what goes on lies under what it goes on from, so that no screen shows a seam at the cut."""
_SIDES = (-1, 0, 1)


class Bleeding(NamedTuple):
    """What goes on beyond one side or corner of a panel.

    Attributes:
        name: unlike that of all others of the sheet.
        panel: the panel's objects as they lie there, mirrored or not.
        objects: from the bottom to the top.
        outlines: it is seen within the box of the panel and any of these.
    """

    name: str
    panel: PlacedObjects
    objects: tuple[DrawnObject, ...]
    outlines: tuple[Path, ...]


def bleeding_objects(sheet: Sheet) -> Iterator[Bleeding]:
    """Of every panel that has objects at its edge. Round ones go on by themselves."""
    flaps = flap_areas(sheet.dieline) if sheet.dieline.options.flap_art else ()
    shapes = {panel.panel_id: panel.shape for panel in sheet.dieline.panels}
    for placed in placed_objects(sheet):
        if shapes[placed.panel_id] == "rectangle":
            over = (flap.outline for flap in flaps if flap.panel_id == placed.panel_id)
            yield from _beyond(placed, (placed.outline, *over))


def _beyond(placed: PlacedObjects, outlines: tuple[Path, ...]) -> Iterator[Bleeding]:
    width, height = placed.shown.panel
    depth = _depth(placed)
    around = goes_around(placed.panel_id)
    for across, down in product(_SIDES, _SIDES):
        objects = tuple(
            one._replace(label="", is_guest=True)  # a piece of it: its words are read on the panel
            for one in placed.shown.objects
            if (across or down) and _reaches(one, (width, height), (across, down), depth, around=around)
        )
        if not (objects and _is_seen(placed, (across, down), outlines)):
            continue
        under = _UNDER_MM if all(one.opacity >= 1 for one in objects) else 0.0
        name = f"{placed.panel_id}-bleed-{3 * (down + 1) + across + 2}"
        place = _gone_on(across, down, (width, height), around=around).then(placed.place)
        there = placed._replace(panel_id=name, place=place, box=_box(placed, (across, down), under))
        yield Bleeding(name, there, objects, outlines)


def _depth(placed: PlacedObjects) -> float:
    """How far the panel's artwork goes on at most, in millimetres."""
    left, top, right, bottom = bounds(placed.outline.curves)
    box = placed.box
    return max(box.left - left, box.top - top, right - box.right, bottom - box.bottom, 0.0)


def _reaches(
    one: DrawnObject, size: tuple[float, float], sides: tuple[int, int], depth: float, *, around: bool
) -> bool:
    """Whether an object is so near to these sides that what goes on beyond them shows it."""
    points = list(one.reach())
    if not points:
        return False
    for axis, (side, length) in enumerate(zip(sides, size, strict=True)):
        near, far = min(point[axis] for point in points), max(point[axis] for point in points)
        end = -side if around and axis == 0 else side
        if not (near < length and far > 0) or (end < 0 and near >= depth):
            return False
        if end > 0 and far <= length - depth:
            return False
    return True


def _is_seen(placed: PlacedObjects, sides: tuple[int, int], outlines: tuple[Path, ...]) -> bool:
    """Whether artwork goes on there at all: over a crease it does not."""
    box = _box(placed, sides, 0.0)
    for outline in outlines:
        points = np.array([(*point, 0.0) for point in flattened(outline.curves)])
        kept = strip(strip(points, 0, box.left, box.right), 1, box.top, box.bottom)
        if len(kept) and min(np.ptp(kept[:, 0]), np.ptp(kept[:, 1])) > _UNDER_MM:
            return True
    return False


def _box(placed: PlacedObjects, sides: tuple[int, int], under: float) -> Box:
    """What is beyond these sides, on the sheet."""
    (left, right), (top, bottom) = (
        _span(side, length, under) for side, length in zip(sides, placed.shown.panel, strict=True)
    )
    xs, ys = zip(*(placed.place.point(x, y) for x in (left, right) for y in (top, bottom)), strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def _span(side: int, length: float, under: float) -> tuple[float, float]:
    return {-1: (-length, under), 0: (0.0, length), 1: (length - under, 2 * length)}[side]


def _gone_on(across: int, down: int, size: tuple[float, float], *, around: bool) -> Affine:
    """From the upright panel to what goes on beyond a side, in its millimetres."""
    width, height = size
    if around:
        sideways = Affine.shift(across * width, 0)
    else:
        sideways = Affine(-1, 0, 0, 1, 0 if across < 0 else 2 * width, 0) if across else Affine.shift(0, 0)
    if not down:
        return sideways
    return sideways.then(Affine(1, 0, 0, -1, 0, 0 if down < 0 else 2 * height))
