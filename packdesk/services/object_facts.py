"""What preflight has to know of objects. Blocks, and decodes pictures."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PIL import Image

from packdesk.domain.colour import srgb_light
from packdesk.domain.objects.anchoring import laid_on
from packdesk.domain.objects.gestures import box_of
from packdesk.domain.objects.kept import KeptObjects
from packdesk.domain.objects.numbers import waits_for_number
from packdesk.domain.objects.reach import room_of
from packdesk.domain.objects.recipe import Recipe
from packdesk.domain.objects.values import Barcode, Text
from packdesk.domain.preflight.object_rules import ObjectFacts
from packdesk.domain.units import MM_PER_INCH, reached_dpi
from packdesk.errors import BadRecipeError
from packdesk.services.placing import kept_objects, noted, size_of
from packdesk.textures.codes import texts_of_codes
from packdesk.textures.objects.bare import BARE_PIXELS, is_bare
from packdesk.textures.objects.svg_group import rgb_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.domain.objects.gestures import Box
    from packdesk.domain.panels import FlatSize
    from packdesk.domain.state import PackagingState
    from packdesk.textures.library import TextureLibrary

_LIGHT = np.array([0.2126, 0.7152, 0.0722])
_OTHER = 40
"""Levels a pixel has to differ from an ink to be what is behind it."""


def object_facts(
    library: TextureLibrary, state: PackagingState, pictures: Mapping[str, bytes]
) -> dict[str, ObjectFacts]:
    """By panel, of those with objects whose flattened picture is there."""
    found = {}
    for panel_id, png in pictures.items():
        texture = state.panel_textures.get(panel_id)
        try:
            kept = kept_objects(library, texture)
        except BadRecipeError as error:
            nothing = KeptObjects(recipe=Recipe.empty(size_of(state, panel_id)))
            found[panel_id] = ObjectFacts(nothing, unreadable=(error.sentence, error.remedy))
            continue
        if kept is not None:
            size = size_of(state, panel_id)
            dpi = _artwork_dpi(library, state.panel_textures[panel_id].texture_url, size)
            found[panel_id] = facts_of_kept(kept, size, png, dpi)
    return found


def _artwork_dpi(library: TextureLibrary, url: str, size: FlatSize) -> float | None:
    """Of what a panel's picture was cut from; None for bare board, and where that was not noted."""
    origin = library.origin(url)
    if origin is None:
        return None
    pixels = origin.dpi * max(size.width, size.height) / MM_PER_INCH
    if pixels <= BARE_PIXELS + 1:
        laid = noted(library, url)
        if laid is None or is_bare(laid.png):
            return None
    cut_dpi = reached_dpi(size, origin.wanted_dpi) if origin.wanted_dpi else origin.dpi
    return min(origin.dpi, cut_dpi)


def facts_of_kept(
    kept: KeptObjects, size: FlatSize, png: bytes, artwork_dpi: float | None = None
) -> ObjectFacts:
    """What is known of the objects of a panel of that size, flattened in that picture; see `ObjectFacts`."""
    laid = kept.model_copy(update={"recipe": laid_on(kept.recipe, size)})
    pixels = _on_board(laid, png)
    return ObjectFacts(
        laid,
        _unread(laid, png),
        _contrasts(laid, pixels),
        _in_red_light(laid, pixels),
        artwork_dpi=artwork_dpi,
    )


def _unread(kept: KeptObjects, png: bytes) -> frozenset[str] | None:
    codes = [one for one in kept.recipe.objects if isinstance(one, Barcode) and not one.hidden]
    codes = [one for one in codes if not waits_for_number(one.symbology, one.value)]  # meant not to be read
    texts = texts_of_codes(png) if codes else ()
    if texts is None:
        return None
    return frozenset(one.id for one in codes if not any(one.value in text for text in texts))


def _on_board(kept: KeptObjects, png: bytes) -> npt.NDArray[np.uint8]:
    """The panel's pixels on white board; none where nothing is looked for in them."""
    if not any(isinstance(one, Text | Barcode) and not one.hidden for one in kept.recipe.objects):
        return np.zeros((0, 0, 3), np.uint8)
    with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
        picture = opened.convert("RGBA")
    board = Image.new("RGBA", picture.size, "white")
    board.alpha_composite(picture)
    return np.asarray(board.convert("RGB"))


def _contrasts(kept: KeptObjects, pixels: npt.NDArray[np.uint8]) -> dict[str, float]:
    texts = [one for one in kept.recipe.objects if isinstance(one, Text) and not one.hidden]
    return {one.id: _contrast(one, _part(room_of(one, kept), pixels, kept.recipe.panel)) for one in texts}


def _in_red_light(kept: KeptObjects, pixels: npt.NDArray[np.uint8]) -> dict[str, tuple[float, float]]:
    """How much the bars of codes and their ground give back; an ink's red is near what it does at 660 nm."""
    codes = [one for one in kept.recipe.objects if isinstance(one, Barcode) and not one.hidden]
    return {one.id: _red(one, pixels, kept.recipe.panel) for one in codes}


def _red(one: Barcode, pixels: npt.NDArray[np.uint8], panel: tuple[float, float]) -> tuple[float, float]:
    ink = np.array(rgb_of(one.ink))
    if one.plate is not None:
        ground = np.array(rgb_of(one.plate))
    else:
        part = _part(box_of(one), pixels, panel)
        behind = part[np.abs(part.astype(int) - ink).max(axis=1) > _OTHER]
        ground = np.median(behind, axis=0) if len(behind) else ink
    bars = one.opacity * ink + (1 - one.opacity) * ground
    red = srgb_light(np.array([bars[0], ground[0]]) / 255)
    return float(red[0]), float(red[1])


def _contrast(one: Text, part: npt.NDArray[np.uint8]) -> float:
    """Of the ink on the middle of what is behind it in its box and beyond (WCAG 2.2, contrast ratio)."""
    ink = np.array(rgb_of(one.ink))
    behind = part[np.abs(part.astype(int) - ink).max(axis=1) > _OTHER]
    if len(behind) < max(1, len(part) // 20):  # all of it looks like the ink, if any of it is on the panel
        return 1.0 if len(part) else 21.0
    lights = srgb_light(np.array([np.median(behind, axis=0), ink]) / 255) @ _LIGHT
    return float((lights.max() + 0.05) / (lights.min() + 0.05))


def _part(box: Box, pixels: npt.NDArray[np.uint8], panel: tuple[float, float]) -> npt.NDArray[np.uint8]:
    """The pixels in a box, each a row."""
    across, down = pixels.shape[1] / panel[0], pixels.shape[0] / panel[1]
    left, top, right, bottom = box
    return pixels[
        max(0, int(top * down)) : max(0, int(bottom * down)),
        max(0, int(left * across)) : max(0, int(right * across)),
    ].reshape(-1, 3)
