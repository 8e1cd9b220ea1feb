"""Designs as files: saved for others, and opened in place of the current one."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from packdesk.domain.appearance import Appearance, shown_with_kept
from packdesk.domain.handover import carried, check_replaceable, replaced
from packdesk.domain.panels import panel_sizes
from packdesk.domain.remarks import Reviews
from packdesk.domain.state import utc_text
from packdesk.services.bundled_inside import bundled_inside, place_inside, too_large
from packdesk.services.bundled_objects import bundled_objects, place_objects
from packdesk.services.collecting import collect_artwork
from packdesk.services.lease import clear_dead_generation
from packdesk.store.bundle.archive import MAX_PICTURE_BYTES
from packdesk.store.bundle.files import read_bundle, write_bundle
from packdesk.textures.notes import making_of

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.domain.pack_words import PackWords
    from packdesk.domain.state import PackagingState
    from packdesk.errors import PackdeskError
    from packdesk.services.pictures import PictureService
    from packdesk.services.shared_state import SharedState
    from packdesk.store.bundle.files import BundleContents
    from packdesk.store.kept_appearance import KeptAppearance
    from packdesk.store.kept_file import KeptValue
    from packdesk.store.reviews import KeptReviews
    from packdesk.textures.holds import Hold
    from packdesk.textures.library import TextureLibrary
    from packdesk.textures.notes import Making


@dataclass(frozen=True)
class OpenedBundle:
    """A bundle that became the current design.

    Attributes:
        state: the current design now.
        before: the design whose place it took.
        damages: a sentence for each thing in the bundle that could not be read.
    """

    state: PackagingState
    before: PackagingState
    damages: tuple[str, ...]


class BundleService:
    """Saves the current design as a bundle, and opens bundles.

    Args:
        shared: the design.
        library: where the pictures of opened bundles are kept.
        pictures: how textures are read.
        appearance: how the design is shown.
        reviews: what was said of it.
        words: those that stand on its pack.
    """

    def __init__(
        self,
        shared: SharedState,
        library: TextureLibrary,
        pictures: PictureService,
        appearance: KeptAppearance,
        reviews: KeptReviews,
        *,
        words: KeptValue[PackWords] | None = None,
    ) -> None:
        self._shared = shared
        self._library = library
        self._pictures = pictures
        self._appearance = appearance
        self._reviews = reviews
        self._words = words

    async def save(
        self,
        file: Path,
        preview: bytes | None = None,
        state: PackagingState | None = None,
        shown: Appearance | None = None,
    ) -> dict[str, PackdeskError]:
        """Write a design; returns why panels are bare in the file, by panel.

        Args:
            file: the bundle; what is there is replaced.
            preview: a PNG of the package, see `write_bundle`.
            state: the design; without one, the current one is asked for.
            shown: how it is shown, except for named views and finishes on parts; without it, as it is kept.

        Raises:
            OutputUnwritableError: the file cannot be written.
            BundleError: the design cannot be held by a bundle.
        """
        state = state or await self._shared.load()
        artwork = await collect_artwork(state, self._pictures)
        large = {panel_id: png for panel_id, png in artwork.pictures.items() if len(png) > MAX_PICTURE_BYTES}
        kept = {panel_id: png for panel_id, png in artwork.pictures.items() if panel_id not in large}
        appearance = await asyncio.to_thread(self._appearance.read)
        if shown is not None:
            appearance = shown_with_kept(shown, appearance or Appearance())
        bundle = partial(bundled_inside, self._library, appearance or Appearance(), state)
        inside = await asyncio.to_thread(bundle)
        reviews = await asyncio.to_thread(self._reviews.read, state.created_at)
        words = await asyncio.to_thread(self._words.read) if self._words else None
        objects = await asyncio.to_thread(bundled_objects, self._library, state)
        write = partial(write_bundle, reviews=reviews, words=words, objects=objects)
        shown_so = None if appearance is None else inside.appearance
        insides = inside.pictures.values()
        await asyncio.to_thread(
            partial(write, file, state, kept, preview, appearance=shown_so, inside=insides)
        )
        refused = {panel_id: too_large(png) for panel_id, png in large.items()}
        return {**inside.missing, **artwork.missing, **refused}

    async def open(self, file: Path, *, replace_artwork: bool = False) -> OpenedBundle:
        """Make a bundle the current design, in one write.

        Args:
            file: the bundle.
            replace_artwork: whether artwork of the current design may be lost.

        Raises:
            BundleError: it cannot be opened; nothing is changed, as with every other error.
            NotPossibleError: the current design has artwork that may not be lost.
            GenerationBusyError: artwork is being made for the current design.
            LibraryUnwritableError: the pictures cannot be kept.
        """
        await clear_dead_generation(self._shared)
        contents = await asyncio.to_thread(read_bundle, file)
        check_replaceable(await self._shared.load(), with_artwork=replace_artwork)
        with self._library.holds.holding() as hold:
            opened = await asyncio.to_thread(place_bundle, contents, self._library, hold)
            done = await self.put_in_place(opened, contents.damages, replace_artwork=replace_artwork)
            began = done.state.created_at
            shown = await asyncio.to_thread(place_inside, contents, self._library, hold, began)
            if shown is not None:
                await asyncio.to_thread(self._appearance.write, shown)
        if contents.reviews != Reviews():
            await asyncio.to_thread(self._reviews.change, began, lambda kept: kept | contents.reviews)
        if contents.words is not None and self._words is not None:
            await asyncio.to_thread(self._words.write, contents.words)
        return done

    async def put_in_place(
        self, opened: PackagingState, damages: tuple[str, ...], *, replace_artwork: bool
    ) -> OpenedBundle:
        """Make a design whose pictures are in the library the current one, as `open` does."""
        now = utc_text()
        before: list[PackagingState] = []

        def mutate(state: PackagingState) -> PackagingState:
            check_replaceable(state, with_artwork=replace_artwork)
            before.append(state)
            return replaced(state, opened, now)

        state = await self._shared.commit(mutate)
        return OpenedBundle(state, before[-1], damages)


def place_bundle(contents: BundleContents, library: TextureLibrary, hold: Hold) -> PackagingState:
    """Keep a bundle's pictures in a library; returns its design with their URLs there.

    Args:
        contents: of the bundle.
        library: where the pictures are kept.
        hold: keeps those that are there already from being removed before the design names them.

    Raises:
        LibraryUnwritableError: the library cannot be written.
    """
    hold.take(*(picture.sha256 for picture in contents.pictures.values()))
    clean = {panel_id: picture.clean for panel_id, picture in contents.pictures.items()}
    covered = place_objects(library, contents.objects, clean, hold)
    # A picture this machine has already is taken as it is: then what it was cut from is known, too.
    urls = {
        panel_id: library.find(picture.sha256)
        or covered.get(panel_id)
        or library.add(picture.clean, opened_with(contents.state, panel_id))
        for panel_id, picture in contents.pictures.items()
    }
    return carried(contents.state, urls)


def opened_with(state: PackagingState, panel_id: str) -> Making:
    """The note of a picture that came with a design."""
    texture = state.panel_textures.get(panel_id)
    size = panel_sizes(state.package_type, state.package_dimensions).get(panel_id)
    return making_of("opened", texture.prompt if texture else "", utc_text(), panel_id, size)
