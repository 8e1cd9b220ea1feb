"""Objects lined up with each other or with their panel, spread evenly, and copied. In millimetres."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from packdesk.domain.objects.gestures import box_of, moved
from packdesk.domain.objects.recipe import Recipe, free_id, put

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from packdesk.domain.objects.values import PanelObject

_Box = tuple[float, float, float, float]
_BESIDE_MM = 3.0
"""A copy lies beside what it is of."""
LEAST_SPREAD = 3


class Line(StrEnum):
    """What boxes are lined up by."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


class Spread(StrEnum):
    """Which way objects are spread."""

    ACROSS = "across"
    DOWN = "down"


_ACROSS = {Line.LEFT: 0.0, Line.CENTRE: 0.5, Line.RIGHT: 1.0}
_DOWN = {Line.TOP: 0.0, Line.MIDDLE: 0.5, Line.BOTTOM: 1.0}


def grouped(recipe: Recipe, ones: Sequence[PanelObject]) -> tuple[PanelObject, ...]:
    """Objects as one group, of a name no other has; fewer than two as none. Guests of other panels stay."""
    own = [one for one in ones if not one.of]
    name = _free_group({one.group for one in recipe.objects}) if len(own) > 1 else ""
    return tuple(one.model_copy(update={"group": name}) for one in own)


def can_group(ones: Sequence[PanelObject]) -> bool:
    """Whether they can be one group, and are not already."""
    own = [one for one in ones if not one.of]
    return len(own) > 1 and ({one.group for one in own} == {""} or len({one.group for one in own}) > 1)


def can_ungroup(ones: Sequence[PanelObject]) -> bool:
    """Whether one of them is in a group."""
    return any(one.group for one in ones if not one.of)


def ungrouped(ones: Sequence[PanelObject]) -> tuple[PanelObject, ...]:
    """Objects each on its own."""
    return tuple(one.model_copy(update={"group": ""}) for one in ones if not one.of)


def aligned(ones: Sequence[PanelObject], line: Line, panel: tuple[float, float]) -> tuple[PanelObject, ...]:
    """The objects lined up: one with its panel, several with the box around them. Locked ones stay.

    Args:
        ones: the objects; turned ones by the box around them.
        line: by what.
        panel: width and height of their panel.
    """
    around = (0.0, 0.0, *panel) if len(ones) == 1 else _around(ones)
    made = []
    for one in ones:
        box, right, down = box_of(one), 0.0, 0.0
        if line in _ACROSS:
            right = _gap(around[0], around[2], box[0], box[2], _ACROSS[line])
        else:
            down = _gap(around[1], around[3], box[1], box[3], _DOWN[line])
        made.append(one if one.locked else moved(one, right, down))
    return tuple(made)


def spread(ones: Sequence[PanelObject], way: Spread) -> tuple[PanelObject, ...]:
    """The objects with equal gaps between them; the outermost two stay. Fewer than three stay as they are."""
    if len(ones) < LEAST_SPREAD:
        return tuple(ones)
    low, high = (0, 2) if way is Spread.ACROSS else (1, 3)
    boxes = {one.id: box_of(one) for one in ones}
    ordered = sorted(ones, key=lambda one: boxes[one.id][low] + boxes[one.id][high])
    first, last = boxes[ordered[0].id], boxes[ordered[-1].id]
    inner = sum(boxes[one.id][high] - boxes[one.id][low] for one in ordered[1:-1])
    gap = (last[low] - first[high] - inner) / (len(ordered) - 1)
    made, place = {}, first[high] + gap
    for one in ordered[1:-1]:
        step = place - boxes[one.id][low]
        place += boxes[one.id][high] - boxes[one.id][low] + gap
        across, down = (step, 0.0) if way is Spread.ACROSS else (0.0, step)
        made[one.id] = one if one.locked else moved(one, across, down)
    return tuple(made.get(one.id, one) for one in ones)


def units(ones: Sequence[PanelObject]) -> list[tuple[PanelObject, ...]]:
    """What is moved as one: the objects of each group, and each that is in none."""
    found: dict[str | int, list[PanelObject]] = {}
    for number, one in enumerate(ones):
        found.setdefault(one.group or number, []).append(one)
    return [tuple(unit) for unit in found.values()]


def with_copies(recipe: Recipe, copies: Sequence[PanelObject]) -> tuple[Recipe, tuple[str, ...]]:
    """The recipe with copies on top, and their IDs.

    They lie where they lay, beside what lies there already, and on the panel: what would be beyond it
    comes into its middle. Copies of a group lie to each other as they did, and are a group of their own.
    """
    taken = {(one.kind, one.x, one.y) for one in recipe.objects}
    groups, placed = {one.group for one in recipe.objects}, {}
    for unit in units(copies):
        name = _free_group(groups) if len(unit) > 1 else ""
        groups.add(name)
        for one, copy in zip(unit, _beside(unit, recipe.panel, taken), strict=True):
            placed[one.id] = copy.model_copy(update={"locked": False, "of": "", "group": name})
            taken.add((copy.kind, copy.x, copy.y))
    names = []
    for one in copies:
        names.append(free_id(recipe, one.kind))
        recipe = put(placed[one.id].model_copy(update={"id": names[-1]}))(recipe)
    return recipe, tuple(names)


def _beside(
    unit: Sequence[PanelObject], panel: tuple[float, float], taken: Collection[tuple[str, float, float]]
) -> Sequence[PanelObject]:
    """All of a unit moved by the same, so that none of it lies just where something is."""
    left, top, right, bottom = _around(unit)
    if right <= 0 or bottom <= 0 or left >= panel[0] or top >= panel[1]:
        step = (panel[0] - left - right) / 2, (panel[1] - top - bottom) / 2
        unit = [moved(one, *step) for one in unit]
    while any((one.kind, one.x, one.y) in taken for one in unit):
        unit = [moved(one, _BESIDE_MM, _BESIDE_MM) for one in unit]
    return unit


def _free_group(taken: Collection[str]) -> str:
    number = 1
    while f"group-{number}" in taken:
        number += 1
    return f"group-{number}"


def _gap(low: float, high: float, own_low: float, own_high: float, share: float) -> float:
    return low + share * (high - low) - (own_low + share * (own_high - own_low))


def _around(ones: Sequence[PanelObject]) -> _Box:
    lefts, tops, rights, bottoms = zip(*(box_of(one) for one in ones), strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
