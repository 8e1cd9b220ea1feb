"""Two versions of a panel's objects put together over the one both began with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from packdesk.domain.objects.recipe import Recipe
    from packdesk.domain.objects.values import PanelObject


def merge(base: Recipe, mine: Recipe, theirs: Recipe) -> Recipe:
    """What both have done, object by object and property by property.

    Where both changed the same property, mine stands. What one removed and the other changed stays. The panel
    is theirs, for that is the newer one. The order is that of whoever changed it, else theirs.

    Args:
        base: what both began with.
        mine: one version.
        theirs: the other one.
    """
    was, ours, others = _by_id(base), _by_id(mine), _by_id(theirs)
    merged = {name: _merged(was.get(name), ours.get(name), others.get(name)) for name in {**others, **ours}}
    there = {name: one for name, one in merged.items() if one is not None}
    order = _order(base.ids, mine.ids, theirs.ids)
    return theirs.with_objects(tuple(there[name] for name in order if name in there))


def _by_id(recipe: Recipe) -> dict[str, PanelObject]:
    return {one.id: one for one in recipe.objects}


def _merged(
    was: PanelObject | None, mine: PanelObject | None, theirs: PanelObject | None
) -> PanelObject | None:
    if mine in (theirs, was):
        return theirs
    if theirs in (was, None):
        return mine
    if mine is None:
        return theirs
    if was is None or not type(was) is type(mine) is type(theirs):
        return mine
    changed = {
        name: getattr(mine, name)
        for name in type(mine).model_fields
        if getattr(mine, name) != getattr(was, name)
    }
    return theirs.model_copy(update=changed)


def _order(base: tuple[str, ...], mine: tuple[str, ...], theirs: tuple[str, ...]) -> list[str]:
    common = set(base) & set(mine)
    moved = [name for name in base if name in common] != [name for name in mine if name in common]
    order, other = (list(mine), theirs) if moved else (list(theirs), mine)
    before = ""
    for name in other:
        if name not in order:  # above what it stands on there
            order.insert(order.index(before) + 1 if before in order else len(order), name)
        before = name
    return order
