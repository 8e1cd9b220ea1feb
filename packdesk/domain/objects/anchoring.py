"""Objects on a panel of another size: each keeps its distance to what it holds to, none is scaled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.objects.values import Across, Down

if TYPE_CHECKING:
    from packdesk.domain.objects.recipe import Recipe
    from packdesk.domain.objects.values import PanelObject
    from packdesk.domain.panels import FlatSize

_DIGITS = 6
"""Millimetres are rounded to so many, so that a size that comes back brings every object back."""
_ACROSS = {Across.LEFT: 0.0, Across.CENTRE: 0.5, Across.RIGHT: 1.0}
_DOWN = {Down.TOP: 0.0, Down.MIDDLE: 0.5, Down.BOTTOM: 1.0}


def laid_on(recipe: Recipe, size: FlatSize) -> Recipe:
    """The recipe for a panel of that size."""
    if recipe.panel == (size.width, size.height):
        return recipe
    wider, taller = size.width - recipe.panel[0], size.height - recipe.panel[1]
    objects = tuple(_moved(one, wider, taller) for one in recipe.objects)
    return recipe.model_copy(update={"panel": (size.width, size.height), "objects": objects})


def _moved(one: PanelObject, wider: float, taller: float) -> PanelObject:
    x = round(one.x + _ACROSS[one.across] * wider, _DIGITS)
    y = round(one.y + _DOWN[one.down] * taller, _DIGITS)
    return one.model_copy(update={"x": x, "y": y})
