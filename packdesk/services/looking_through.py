"""Looks through a design's pictures for preflight: their sizes, their pixels, their ink, their lettering."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from packdesk.domain.panels import panel_sizes
from packdesk.domain.preflight.inside_rules import INSIDE
from packdesk.services.collecting import collect_artwork, facts_of

if TYPE_CHECKING:
    from packdesk.domain.area_finish import AreaFinish
    from packdesk.domain.panels import FlatSize
    from packdesk.domain.preflight import PictureFacts, PictureLooks
    from packdesk.domain.preflight.findings import Lettering
    from packdesk.domain.state import PackagingState
    from packdesk.services.collecting import CollectedArtwork
    from packdesk.services.container import Services

InkOf = Callable[[bytes], float]
"""The most ink, in percent, that any part of a picture gets on a press; equal for presses that are."""

_MOST_KEPT = 64


class LookThrough:
    """Remembers what it has seen: a picture is looked through once, however often it is asked for.

    Args:
        lettering: whether words are read as well, which takes a second or two for each panel.
    """

    def __init__(self, *, lettering: bool = False) -> None:
        self._lettering = lettering
        self._seen: dict[tuple[str, FlatSize, InkOf | None, tuple[AreaFinish, ...]], PictureLooks] = {}
        self._read: dict[tuple[str, FlatSize], tuple[Lettering, ...] | None] = {}

    async def read_lettering(self, state: PackagingState, services: Services) -> None:
        """Read the words in a design's pictures: `facts` tells of them from then on."""
        from packdesk.textures.lettering import read_lettering  # noqa: PLC0415  (only what is run is loaded)

        artwork = await collect_artwork(state, services.pictures)
        sizes, urls = panel_sizes(state.package_type, state.package_dimensions), state.texture_urls()
        for panel_id in artwork.pictures.keys() & sizes.keys():
            key = urls[panel_id], sizes[panel_id]
            if key not in self._read:
                read = await asyncio.to_thread(read_lettering, artwork.pictures[panel_id], sizes[panel_id])
                self._read = {**dict(list(self._read.items())[-_MOST_KEPT:]), key: read}

    async def facts(
        self,
        state: PackagingState,
        services: Services,
        ink: InkOf | None = None,
        artwork: CollectedArtwork | None = None,
        *,
        live: bool = False,
    ) -> dict[str, PictureFacts]:
        """What preflight has to know of a design's pictures, by panel.

        Args:
            state: the design.
            services: have its pictures.
            ink: for the press it is printed on, if that is known; what it raises is raised.
            artwork: the pictures, where they were read already.
            live: whether words of objects shall be text in the file; raises as `ObjectService.live` then.
        """
        artwork = artwork or await collect_artwork(state, services.pictures)
        objects = await services.objects.facts(state, artwork.pictures)
        outlined = (await services.objects.live(state)).outlined if live and objects else {}
        objects = {name: replace(one, outlined=outlined.get(name, {})) for name, one in objects.items()}
        facts = facts_of(artwork, await services.sheets.loose_fonts(state), objects)
        marks = await services.sheets.thin_marks(state)
        sizes, urls = panel_sizes(state.package_type, state.package_dimensions), state.texture_urls()
        kept = await asyncio.to_thread(services.appearance.read)
        for panel_id in artwork.pictures.keys() & sizes.keys():
            areas = tuple(area for area in (kept.areas if kept else ()) if area.panel_id == panel_id)
            key = urls[panel_id], sizes[panel_id], ink, areas
            if key not in self._seen:
                look = partial(_looks, artwork.pictures[panel_id], sizes[panel_id], ink, areas)
                looks = await asyncio.to_thread(look, lettering=self._lettering)
                self._seen = {**dict(list(self._seen.items())[-_MOST_KEPT:]), key: looks}
            looks = self._seen[key]
            if looks.lettering is None:
                looks = replace(looks, lettering=self._read.get(key[:2]))
            facts[panel_id] = replace(facts[panel_id], looks=looks, marks=marks.get(panel_id))
        for panel_id, off in (await services.objects.off.pending(state)).items():
            facts[panel_id] = replace(facts[panel_id], taken_off=len(off.objects))
        return {**facts, **await _inside_facts(state, services)}


async def _inside_facts(state: PackagingState, services: Services) -> dict[str, PictureFacts]:
    """Of the insides, by `INSIDE` and the panel; whatever the blank, which says more of them."""
    insides = facts_of(await services.inside.whole(state), {})
    return {f"{INSIDE}{panel_id}": facts for panel_id, facts in insides.items()}


def _looks(
    png: bytes, size: FlatSize, ink: InkOf | None, areas: tuple[AreaFinish, ...], *, lettering: bool
) -> PictureLooks:
    from packdesk.textures.codes import till_codes  # noqa: PLC0415  (only what is run is loaded)
    from packdesk.textures.inspecting import inspect  # noqa: PLC0415  (only what is run is loaded)

    looks = replace(inspect(png, size, areas), codes=till_codes(png, size))
    if ink is not None:
        looks = replace(looks, ink=ink(png))
    if lettering:
        from packdesk.textures.lettering import read_lettering  # noqa: PLC0415  (as above)

        looks = replace(looks, lettering=read_lettering(png, size))
    return looks
