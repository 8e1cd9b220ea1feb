"""Objects of panels on their way into bundles and out of them. Blocks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from packdesk.domain.objects.kept import KeptObjects
from packdesk.domain.objects.values import PictureObject
from packdesk.domain.state import utc_text
from packdesk.services.panel_objects import of_panels
from packdesk.services.placing import beneath, kept_objects
from packdesk.store.bundle.objects import BundledObjects
from packdesk.textures.notes import Above, Origin, making_of
from packdesk.textures.objects.flattening import LEAST_DPI, marked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.domain.state import PackagingState, PanelTexture
    from packdesk.store.bundle.objects import ReadObjects
    from packdesk.textures.check import CleanPicture
    from packdesk.textures.holds import Hold
    from packdesk.textures.library import TextureLibrary


def bundled_objects(library: TextureLibrary, state: PackagingState) -> dict[str, BundledObjects]:
    """What a bundle takes along; panels whose objects cannot be read are pictures in it."""
    return of_panels(state, partial(_bundled, library), "are not in the bundle")


def _bundled(library: TextureLibrary, texture: PanelTexture) -> BundledObjects | None:
    kept, note = kept_objects(library, texture), library.origin(texture.texture_url)
    artwork = beneath(library, texture.texture_url) if kept is not None else None
    if kept is None or note is None or artwork is None:
        return None
    pictures = {sha256: library.read(sha256) for sha256 in kept.pictures}
    drawings = {sha256: data for sha256 in kept.pictures if (data := library.drawing(sha256))}
    return BundledObjects(kept, artwork, note.dpi, note.wraps, pictures, drawings)


def place_objects(
    library: TextureLibrary,
    objects: Mapping[str, ReadObjects],
    flattened: Mapping[str, CleanPicture],
    hold: Hold,
) -> dict[str, str]:
    """Keep panels with objects that came with a bundle, and what is needed for them; their URLs, by panel.

    Args:
        library: where all is kept.
        objects: by panel.
        flattened: the panels' pictures; those of other panels are left alone.
        hold: keeps them from being deleted before a design shows them.

    Raises:
        LibraryUnwritableError: the library cannot be written.
    """
    return {
        panel_id: _place(library, one, flattened[panel_id], panel_id, hold)
        for panel_id, one in objects.items()
        if panel_id in flattened
    }


def _place(library: TextureLibrary, one: ReadObjects, clean: CleanPicture, panel_id: str, hold: Hold) -> str:
    note = making_of("opened", "", utc_text(), panel_id)
    hold.take(one.artwork.sha256, *(drawn.sha256 for drawn in one.pictures.values()))
    for kept in (one.artwork, *one.pictures.values()):
        library.add(kept, note)
    renamed = _renamed(one.kept, {name: drawn.sha256 for name, drawn in one.pictures.items()})
    above = Above(recipe=library.add_objects(renamed.packed()), pictures=renamed.pictures)
    picture = marked(clean.png, above.recipe)
    hold.take(picture.sha256)
    if library.note(picture.sha256) is None:  # else it is known here, and better
        origin = Origin(
            source=one.artwork.sha256,
            dpi=one.dpi,
            wraps=one.wraps,
            fit="crop",
            panel=renamed.recipe.panel,
            wanted_dpi=LEAST_DPI,
            kept=True,  # its bytes came with the bundle, and are made nowhere else
            objects=above,
        )
        library.note_origin(picture.sha256, origin)
    return library.add(picture)


def _renamed(kept: KeptObjects, names: Mapping[str, str]) -> KeptObjects:
    """With the pictures' names as they are after their check: another encoder made other bytes."""
    objects = tuple(
        one.model_copy(update={"picture": names[one.picture]}) if isinstance(one, PictureObject) else one
        for one in kept.recipe.objects
    )
    return KeptObjects.of(kept.recipe.with_objects(objects), kept.lettering)
