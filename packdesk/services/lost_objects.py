"""Objects another program took off by putting its own picture on their panel. Blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.objects.lost import TakenOff
from packdesk.errors import BadRecipeError
from packdesk.services.placing import kept_objects
from packdesk.textures.library import hash_in_url

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from packdesk.domain.objects.recipe import Recipe
    from packdesk.domain.state import PackagingState
    from packdesk.textures.library import TextureLibrary


def taken_off(library: TextureLibrary, before: PackagingState, after: PackagingState) -> dict[str, Recipe]:
    """What lay over panels that show somebody else's picture now, by panel.

    Pictures that packdesk put there have a note; a panel that is bare was cleared on purpose.
    """
    lost = {}
    for panel_id, texture in after.panel_textures.items():
        was = before.panel_textures.get(panel_id)
        if was is None or was.texture_url == texture.texture_url or _is_ours(library, texture.texture_url):
            continue
        try:
            kept = kept_objects(library, was)
        except BadRecipeError:  # the panel was a picture already
            continue
        if kept is not None and kept.recipe.objects:
            lost[panel_id] = kept.recipe
    return lost


def gone_since(library: TextureLibrary, state: PackagingState, laid: TakenOff | None) -> dict[str, Recipe]:
    """What packdesk laid on panels that show somebody else's picture now, by panel."""
    there = {} if laid is None else laid.of(state)
    urls = state.texture_urls()
    return {name: recipe for name, recipe in there.items() if not _is_ours(library, urls[name])}


def laid_now(
    laid: TakenOff | None, state: PackagingState, recipes: Mapping[str, Recipe], gone: Collection[str] = ()
) -> TakenOff:
    """What was laid on a design's panels until now, with what lies there now; `gone` is forgotten."""
    before = laid.panels if laid is not None and laid.began == state.created_at else {}
    panels = {name: recipe for name, recipe in {**before, **recipes}.items() if recipe.objects}
    return TakenOff(
        began=state.created_at, panels={name: one for name, one in panels.items() if name not in gone}
    )


def _is_ours(library: TextureLibrary, url: str) -> bool:
    sha256 = hash_in_url(url)
    return sha256 is not None and (library.note(sha256) is not None or library.making(sha256) is not None)
