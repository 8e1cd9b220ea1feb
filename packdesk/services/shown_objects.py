"""What panels with objects show, taken apart for files. Blocks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from packdesk.domain.objects.drawn import PlacedPicture
from packdesk.domain.objects.shown import ShownObjects
from packdesk.services.panel_objects import of_panels
from packdesk.services.placing import beneath, kept_objects
from packdesk.textures.foreign.decoding import page_apart
from packdesk.textures.kinds import PDF, kind_of
from packdesk.textures.objects.overlaying import drawn_over

if TYPE_CHECKING:
    from packdesk.domain.state import PackagingState, PanelTexture
    from packdesk.textures.library import TextureLibrary


def shown_objects(library: TextureLibrary, state: PackagingState) -> dict[str, ShownObjects]:
    """By panel; a panel whose objects or artwork cannot be read is not in it, and stays a picture."""
    return of_panels(state, partial(_shown, library), "are drawn as pixels")


def _shown(library: TextureLibrary, texture: PanelTexture) -> ShownObjects | None:
    kept = kept_objects(library, texture)
    artwork = beneath(library, texture.texture_url) if kept is not None else None
    if kept is None or artwork is None:
        return None
    objects, pictures = drawn_over(library, kept)
    used = {part.picture for one in objects for part in one.parts if isinstance(part, PlacedPicture)}
    drawings = {name: library.drawing(name) for name in used}
    pages = {name: page_apart(data) for name, data in drawings.items() if data and kind_of(data) == PDF}
    return ShownObjects(
        kept.recipe.panel,
        artwork,
        objects,
        {name: pictures.png(name) for name in used},
        {name: page for name, page in pages.items() if page},
    )
