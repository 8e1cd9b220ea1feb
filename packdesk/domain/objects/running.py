"""Objects that run on over the upright edges of their panel, onto the walls beside it.

Such an object belongs to one panel. Every wall it reaches has a guest: the same object, as it lies there,
below that wall's own. Guests are made of their owners, and never changed by themselves.
"""

from __future__ import annotations

import hashlib
from itertools import accumulate
from typing import TYPE_CHECKING

from packdesk.domain.objects.anchoring import laid_on
from packdesk.domain.objects.gestures import box_of
from packdesk.domain.objects.recipe import Recipe
from packdesk.domain.objects.values import Barcode
from packdesk.errors import InvalidInputError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from packdesk.domain.dimensions import PackageType
    from packdesk.domain.objects.values import PanelObject
    from packdesk.domain.panels import FlatSize

WALLS: dict[PackageType, tuple[str, ...]] = {
    "box": ("front", "right", "back", "left"),
    "cylinder": ("body",),
}
"""From each to the one at its right edge; the last one meets the first."""
_LEAST_MM = 1e-6
_DIGITS = 6


def runs(one: PanelObject) -> bool:
    """Whether an object goes on beyond its panel. Codes never do: no reader looks around a corner."""
    return not isinstance(one, Barcode) and one.runs_on


def own(recipe: Recipe) -> tuple[PanelObject, ...]:
    """The objects that belong to a panel."""
    return tuple(one for one in recipe.objects if not one.of)


def guests(recipe: Recipe) -> tuple[PanelObject, ...]:
    """What runs on from other walls, or from the same one around a tube."""
    return tuple(one for one in recipe.objects if one.of)


def with_guests(recipe: Recipe, ones: Sequence[PanelObject]) -> Recipe:
    """The recipe with these guests in place of those it has."""
    objects = (*ones, *own(recipe))
    return recipe if objects == recipe.objects else recipe.with_objects(objects)


def check_guests(before: Recipe, after: Recipe) -> None:
    """Make sure an edit leaves guests as they are.

    Raises:
        InvalidInputError: it does not.
    """
    stays = set(guests(after))
    for one in guests(before):
        if one not in stays:
            raise InvalidInputError(
                Sentence("This object belongs to the panel “{panel}” and only runs on here.", panel=one.of),
                "Select that panel to change it.",
            )


def guest_ids(owner: str, object_id: str) -> tuple[str, str]:
    """What guests of an object are called: those beyond its panel's right edge, and beyond its left one."""
    return _guest_id(owner, "right", object_id), _guest_id(owner, "left", object_id)


def joined(
    package_type: PackageType, sizes: Mapping[str, FlatSize], recipes: Mapping[str, Recipe]
) -> dict[str, Recipe]:
    """The recipes on panels of these sizes, with the guests their owners have there.

    Args:
        package_type: says which walls meet.
        sizes: of all panels.
        recipes: by panel; walls that are not among them are bare, and come in where they get guests.
    """
    laid = {name: laid_on(recipe, sizes[name]) for name, recipe in recipes.items()}
    walls = WALLS[package_type]
    wanted: dict[str, list[PanelObject]] = {name: [] for name in walls}
    for name in walls:
        for one in own(laid[name]) if name in laid else ():
            if runs(one):
                for wall, guest in _pieces(one, name, walls, sizes):
                    wanted[wall].append(guest)
    for name, ones in wanted.items():
        if ones or name in laid:
            laid[name] = with_guests(laid.get(name) or Recipe.empty(sizes[name]), ones)
    return laid


def _pieces(
    one: PanelObject, name: str, walls: Sequence[str], sizes: Mapping[str, FlatSize]
) -> Iterator[tuple[str, PanelObject]]:
    """The walls an object reaches, going right and left once around at most, with its guest on each."""
    left, _, right, _ = box_of(one)
    at, count = walls.index(name), len(walls)
    widths = {wall: sizes[wall].width for wall in walls}
    onwards = [walls[(at + step) % count] for step in range(1, max(2, count))]
    back = [walls[(at - step) % count] for step in range(1, max(2, count))]
    starts = accumulate((widths[wall] for wall in onwards[:-1]), initial=widths[name])
    for wall, start in zip(onwards, starts, strict=True):
        if right > start + _LEAST_MM:
            yield wall, _guest(one, name, "right", -start)
    for wall, start in zip(back, accumulate(widths[wall] for wall in back), strict=True):
        if left < widths[wall] - start - _LEAST_MM:
            yield wall, _guest(one, name, "left", start)


def _guest(one: PanelObject, owner: str, side: str, right: float) -> PanelObject:
    fields = {
        "id": _guest_id(owner, side, one.id),
        "of": owner,
        "x": round(one.x + right, _DIGITS),
        "group": "",
    }
    return one.model_copy(update=fields | {"locked": True, "runs_on": False})


def _guest_id(owner: str, side: str, object_id: str) -> str:
    named = hashlib.sha256(f"{owner} {side} {object_id}".encode()).hexdigest()[:24]
    return f"from-{named}"
