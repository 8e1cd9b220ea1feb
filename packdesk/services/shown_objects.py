"""What panels with objects show, taken apart for files. Blocks."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING

from packdesk.domain.objects.drawn import PlacedPicture
from packdesk.domain.objects.shown import ShownObjects
from packdesk.services.panel_objects import of_panels
from packdesk.services.placing import beneath, kept_objects
from packdesk.textures.foreign.decoding import DrawingPaths, paths_apart
from packdesk.textures.kinds import DRAWINGS, kind_of
from packdesk.textures.objects.overlaying import drawn_over

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.domain.objects.drawn import DrawnObject
    from packdesk.domain.state import PackagingState, PanelTexture
    from packdesk.textures.library import TextureLibrary

_MOST_PATHS = 16
"""Drawings kept as paths: a range has the same logo on every product."""


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
    pngs = {name: pictures.png(name) for name in used}
    return shown_of(kept.recipe.panel, artwork, objects, pngs, drawings)


def shown_of(
    panel: tuple[float, float],
    beneath: bytes,
    objects: tuple[DrawnObject, ...],
    pictures: Mapping[str, bytes],
    drawings: Mapping[str, bytes],
) -> ShownObjects:
    """A panel taken apart; `drawings` are the PDF and SVG files of its pictures, by the picture's SHA-256."""
    paths = {name: _paths(data) for name, data in drawings.items() if data}
    return ShownObjects(
        panel,
        beneath,
        objects,
        pictures,
        {name: one.page for name, one in paths.items() if one.page},
        {name: one.markup for name, one in paths.items() if one.markup},
    )


@lru_cache(maxsize=_MOST_PATHS)
def _paths(drawing: bytes) -> DrawingPaths:
    kind = kind_of(drawing)
    return paths_apart(kind, drawing) if kind in DRAWINGS else DrawingPaths()
