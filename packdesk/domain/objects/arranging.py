"""Objects lined up with each other or with their panel, spread evenly, and copied. In millimetres."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from packdesk.domain.objects.gestures import box_of, moved
from packdesk.domain.objects.recipe import Recipe, put

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
    """The objects lined up: one or one group with its panel, several with the box around them.

    Args:
        ones: the objects; turned ones by the box around them. Those of a group stay as they lie to each
            other, and what is locked stays where it is.
        line: by what.
        panel: width and height of their panel.
    """
    parts = units(ones)
    around = (0.0, 0.0, *panel) if len(parts) == 1 else _around(ones)
    made: dict[str, PanelObject] = {}
    for unit in parts:
        box, right, down = _around(_movable(unit)), 0.0, 0.0
        if line in _ACROSS:
            right = _gap(around[0], around[2], box[0], box[2], _ACROSS[line])
        else:
            down = _gap(around[1], around[3], box[1], box[3], _DOWN[line])
        made |= _moved(unit, right, down)
    return tuple(made[one.id] for one in ones)


def spread(ones: Sequence[PanelObject], way: Spread) -> tuple[PanelObject, ...]:
    """The objects and groups with equal gaps between them; the outermost two stay, and fewer than three."""
    if len(parts := units(ones)) < LEAST_SPREAD:
        return tuple(ones)
    low, high = (0, 2) if way is Spread.ACROSS else (1, 3)
    boxed = [(_around(_movable(unit)), unit) for unit in parts]
    boxed.sort(key=lambda found: found[0][low] + found[0][high])
    (first, _), *inner, (last, _) = boxed
    gap = (last[low] - first[high] - sum(box[high] - box[low] for box, _ in inner)) / (len(parts) - 1)
    made: dict[str, PanelObject] = {}
    place = first[high] + gap
    for box, unit in inner:
        step = place - box[low]
        place += box[high] - box[low] + gap
        made |= _moved(unit, *((step, 0.0) if way is Spread.ACROSS else (0.0, step)))
    return tuple(made.get(one.id, one) for one in ones)


def units(ones: Sequence[PanelObject]) -> list[tuple[PanelObject, ...]]:
    """What is moved as one: the objects of each group, and each that is in none."""
    found: dict[str | int, list[PanelObject]] = {}
    for number, one in enumerate(ones):
        found.setdefault(one.group or number, []).append(one)
    return [tuple(unit) for unit in found.values()]


def with_groups(recipe: Recipe, names: Sequence[str]) -> tuple[str, ...]:
    """The IDs with those of their groups before them."""
    groups = {one.group for one in recipe.objects if one.id in names and one.group}
    others = (one.id for one in recipe.objects if one.group in groups and one.id not in names)
    return (*others, *names)


def with_copies(recipe: Recipe, copies: Sequence[PanelObject], names: Sequence[str]) -> Recipe:
    """The recipe with copies on top, by these IDs.

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
    new = (placed[one.id].model_copy(update={"id": name}) for one, name in zip(copies, names, strict=True))
    return put(*new)(recipe)


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


def _movable(unit: Sequence[PanelObject]) -> Sequence[PanelObject]:
    return [one for one in unit if not one.locked] or unit


def _moved(unit: Sequence[PanelObject], right: float, down: float) -> dict[str, PanelObject]:
    return {one.id: one if one.locked else moved(one, right, down) for one in unit}


def _gap(low: float, high: float, own_low: float, own_high: float, share: float) -> float:
    return low + share * (high - low) - (own_low + share * (own_high - own_low))


def _around(ones: Sequence[PanelObject]) -> _Box:
    lefts, tops, rights, bottoms = zip(*(box_of(one) for one in ones), strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
