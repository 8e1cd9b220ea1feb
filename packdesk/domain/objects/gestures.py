"""What a pointer or a key does to an object: chosen, moved, drawn larger, turned, snapped. In millimetres."""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.objects.values import Barcode, PictureObject

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from packdesk.domain.objects.recipe import Recipe
    from packdesk.domain.objects.values import PanelObject

LEAST_MM = 0.5
"""Smaller than that nothing is drawn by hand."""
DIGITS = 3
_SAME = 1e-6
TURN_STEP = 15.0
"""Degrees a turned object snaps to."""
HANDLES = ((-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0))
"""Corners and sides of a box, from the upper left one clockwise: across and down, -1, 0 or 1."""


Box = tuple[float, float, float, float]


class Snapped(NamedTuple):
    """How far something is moved to lie on guides.

    Attributes:
        right: to the right.
        down: downwards.
        across: of upright guides, from the panel's left edge.
        along: of level ones, from its upper edge.
        met: boxes of the objects that they are of, for each the nearest one: left, top, right, bottom.
    """

    right: float = 0.0
    down: float = 0.0
    across: tuple[float, ...] = ()
    along: tuple[float, ...] = ()
    met: tuple[Box, ...] = ()


def object_at(recipe: Recipe, x: float, y: float, reach: float = 0.0) -> PanelObject | None:
    """The topmost object at a place that can be chosen there: neither hidden nor locked.

    Args:
        recipe: the objects.
        x: of the place.
        y: of the place.
        reach: how far beside its box an object is still meant, where no box is at the place itself.
    """
    near = None
    for one in reversed(recipe.objects):
        if one.hidden or one.locked:
            continue
        across, down = one.place.inverse().point(x, y)
        if 0 <= across <= one.width and 0 <= down <= one.height:
            return one
        if near is None and -reach <= across <= one.width + reach and -reach <= down <= one.height + reach:
            near = one
    return near


def moved(one: PanelObject, right: float, down: float) -> PanelObject:
    """The object elsewhere."""
    return one.model_copy(update={"x": round(one.x + right, DIGITS), "y": round(one.y + down, DIGITS)})


def can_resize(one: PanelObject) -> bool:
    """Whether its box can be drawn larger: that of a code follows from what it holds."""
    return not isinstance(one, Barcode)


def resized(
    one: PanelObject, handle: tuple[int, int], x: float, y: float, *, even: bool = False
) -> PanelObject:
    """The object with a handle of its box at a place; the opposite one stays where it is.

    Args:
        one: the object.
        handle: one of `HANDLES`.
        x: of the place on the panel.
        y: of the place on the panel.
        even: whether width and height keep their ratio; those of a picture do at its corners.
    """
    if not can_resize(one):
        return one
    across, down = handle
    fixed = (1 - across) / 2 * one.width, (1 - down) / 2 * one.height
    there = one.place.inverse().point(x, y)
    width = max(LEAST_MM, (there[0] - fixed[0]) * across) if across else one.width
    height = max(LEAST_MM, (there[1] - fixed[1]) * down) if down else one.height
    if across and down and (even or isinstance(one, PictureObject)):
        scale = max(width / one.width, height / one.height)
        width, height = one.width * scale, one.height * scale
    width, height = round(width, DIGITS), round(height, DIGITS)
    made = one.model_copy(update={"width": width, "height": height})
    stays = one.place.point(*fixed)
    now = made.place.point((1 - across) / 2 * width, (1 - down) / 2 * height)
    return moved(made, stays[0] - now[0], stays[1] - now[1])


def turned(one: PanelObject, x: float, y: float, *, free: bool = False) -> PanelObject:
    """The object turned so that its upper side looks at a place; by steps of `TURN_STEP` unless `free`."""
    right, down = x - one.x - one.width / 2, y - one.y - one.height / 2
    if not (right or down):
        return one
    degrees = math.degrees(math.atan2(right, -down))
    degrees = round(degrees, 1) if free else round(degrees / TURN_STEP) * TURN_STEP
    return one.model_copy(update={"turn": degrees % 360 if degrees else 0.0})


def turned_by(one: PanelObject, degrees: float) -> PanelObject:
    """The object turned further, clockwise."""
    return one.model_copy(update={"turn": round((one.turn + degrees) % 360, DIGITS)})


def box_of(one: PanelObject) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of the turned box."""
    across, down = zip(*one.corners, strict=True)
    return min(across), min(down), max(across), max(down)


class Guides(NamedTuple):
    """Where something snaps.

    Attributes:
        across: places of upright guides, in order.
        along: of level ones.
        boxes: of the objects some of them are of.
    """

    across: tuple[float, ...]
    along: tuple[float, ...]
    boxes: tuple[Box, ...] = ()


def guides_of(others: Iterable[PanelObject], size: tuple[float, float], safe: float) -> Guides:
    """Edges, middle and safe area of a panel, and edges and middles of objects that are seen.

    Args:
        others: on the panel, without what is moved.
        size: width and height of the panel.
        safe: how far the safe area is from its edges.
    """
    boxes = [box_of(other) for other in others if not other.hidden]
    return Guides(
        _guides(size[0], safe, [(box[0], box[2]) for box in boxes]),
        _guides(size[1], safe, [(box[1], box[3]) for box in boxes]),
        tuple(boxes),
    )


def snapped(one: PanelObject, guides: Guides, within: float) -> Snapped:
    """How far an object is from the nearest guides; farther off than `within` nothing snaps."""
    box = box_of(one)
    right, across = _snap((box[0], box[2]), guides.across, within)
    down, along = _snap((box[1], box[3]), guides.along, within)
    there = box[0] + right, box[1] + down, box[2] + right, box[3] + down
    met = [*(_nearest(guide, 0, there, guides.boxes) for guide in across)]
    met += (_nearest(guide, 1, there, guides.boxes) for guide in along)
    return Snapped(right, down, across, along, tuple({one: None for one in met if one is not None}))


def _nearest(guide: float, way: int, there: Box, boxes: Sequence[Box]) -> Box | None:
    """The box nearest to another one of those that have a line of that guide."""
    near = 10.0**-DIGITS
    having = [
        box
        for box in boxes
        if abs(box[way] - guide) < near
        or abs(box[way + 2] - guide) < near
        or abs((box[way] + box[way + 2]) / 2 - guide) < near
    ]
    beside = 1 - way
    middle = there[beside] + there[beside + 2]
    return min(having, key=lambda box: abs(box[beside] + box[beside + 2] - middle), default=None)


def _guides(length: float, safe: float, spans: Sequence[tuple[float, float]]) -> tuple[float, ...]:
    own = [0.0, length, length / 2, safe, length - safe]
    return tuple(sorted({*own, *(place for low, high in spans for place in (low, high, (low + high) / 2))}))


def _snap(
    span: tuple[float, float], guides: Sequence[float], within: float
) -> tuple[float, tuple[float, ...]]:
    places = span[0], (span[0] + span[1]) / 2, span[1]
    near = [(place, guide) for place in places for guide in _near(guides, place)]
    off, step = min((abs(guide - place), guide - place) for place, guide in near)
    if off > within:
        return 0.0, ()
    moved_places = [place + step for place in places]
    met = {
        round(guide, DIGITS) for at in moved_places for guide in _near(guides, at) if abs(guide - at) < _SAME
    }
    return step, tuple(sorted(met))


def _near(guides: Sequence[float], place: float) -> Sequence[float]:
    """The guides on both sides of a place."""
    at = bisect_left(guides, place)
    return guides[max(0, at - 1) : at + 2]
