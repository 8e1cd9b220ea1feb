"""Panels cut anew for the size they have now, with what runs on from wall to wall. All of it blocks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from packdesk.domain.objects.running import guests, joined, runs
from packdesk.domain.panels import goes_around, panel_sizes
from packdesk.domain.transitions import Recut, outgrown_panels
from packdesk.errors import BadRecipeError
from packdesk.services.placing import cut, kept_objects, noted, size_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.domain.objects.recipe import Recipe
    from packdesk.domain.state import PackagingState
    from packdesk.services.placing import LaidPicture
    from packdesk.textures.holds import Hold
    from packdesk.textures.library import TextureLibrary


def recuts(library: TextureLibrary, state: PackagingState, hold: Hold, dpi: float) -> list[Recut]:
    """Cuts for panels whose picture was made for another size, or what runs on there lies elsewhere now.

    Pictures whose origin is not known here stay as they are.

    Raises:
        LibraryUnwritableError: the library cannot be written.
    """
    return list(_recuts(library, state, hold, dpi))


def _recuts(library: TextureLibrary, state: PackagingState, hold: Hold, dpi: float) -> Iterator[Recut]:
    outgrown = outgrown_panels(state)
    together = _together(library, state) if outgrown else {}
    for panel_id in dict.fromkeys((*outgrown, *together)):
        former, size = state.panel_textures[panel_id].texture_url, size_of(state, panel_id)
        laid = noted(library, former)
        if laid is not None:  # else the picture is shown as it is
            laid = _with(laid, together.get(panel_id))
            url = cut(library, laid, size, hold, dpi=dpi, wraps=goes_around(panel_id))
            yield Recut(panel_id, former, url, size)


def _with(laid: LaidPicture, recipe: Recipe | None) -> LaidPicture:
    if recipe is None or laid.objects is None:
        return laid
    return replace(laid, objects=laid.objects.model_copy(update={"recipe": recipe}))


def _together(library: TextureLibrary, state: PackagingState) -> dict[str, Recipe]:
    """The recipes that change as the walls they run over do."""
    recipes = {}
    for panel_id, texture in state.panel_textures.items():
        try:
            kept = kept_objects(library, texture)
        except BadRecipeError:  # that panel stays the picture it is
            continue
        if kept is not None:
            recipes[panel_id] = kept.recipe
    if not any(map(runs, (one for recipe in recipes.values() for one in recipe.objects))):
        return {}
    sizes = panel_sizes(state.package_type, state.package_dimensions)
    known = {name: recipe for name, recipe in recipes.items() if name in sizes}
    made = joined(state.package_type, sizes, known)
    return {name: made[name] for name, recipe in known.items() if guests(made[name]) != guests(recipe)}
