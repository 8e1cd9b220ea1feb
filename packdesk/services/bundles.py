"""Designs as files: saved for others, and opened in place of the current one."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packdesk.domain.handover import carried, check_replaceable, replaced
from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.state import utc_text
from packdesk.errors import BadPictureError, PackdeskError
from packdesk.services.holder import clear_up_dead_generation
from packdesk.store.bundle.format import MAX_PICTURE_BYTES
from packdesk.store.bundle.reading import read_bundle
from packdesk.store.bundle.writing import write_bundle

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.domain.state import PackagingState
    from packdesk.services.commits import SharedState
    from packdesk.services.pictures import PictureService
    from packdesk.store.bundle.format import BundleContents
    from packdesk.textures.library import TextureLibrary


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
    """

    def __init__(self, shared: SharedState, library: TextureLibrary, pictures: PictureService) -> None:
        self._shared = shared
        self._library = library
        self._pictures = pictures

    async def save(self, file: Path, preview: bytes | None = None) -> dict[str, PackdeskError]:
        """Write the current design; returns why panels are bare in the file, by panel.

        Args:
            file: the bundle; what is there is replaced.
            preview: a PNG of the package, see `write_bundle`.

        Raises:
            OutputUnwritableError: the file cannot be written.
            BundleError: the design cannot be held by a bundle.
        """
        state = await self._shared.load()
        pictures: dict[str, bytes] = {}
        missing: dict[str, PackdeskError] = {}
        for panel_id in PANEL_IDS[state.package_type]:
            texture = state.panel_textures.get(panel_id)
            if texture is None:
                continue
            try:
                pictures[panel_id] = await self._read(texture.texture_url)
            except PackdeskError as error:
                missing[panel_id] = error
        await asyncio.to_thread(write_bundle, file, state, pictures, preview)
        return missing

    async def open(self, file: Path, *, replace_artwork: bool = False) -> OpenedBundle:
        """Make a bundle the current design, in one write.

        Args:
            file: the bundle.
            replace_artwork: whether artwork of the current design may be lost.

        Raises:
            BundleError: it cannot be opened; nothing is changed, as with every other error.
            InvalidInputError: the current design has artwork that may not be lost.
            GenerationBusyError: artwork is being made for the current design.
            LibraryUnwritableError: the pictures cannot be kept.
        """
        await self._clear_up()
        check_replaceable(await self._shared.load(), with_artwork=replace_artwork)
        contents = await asyncio.to_thread(read_bundle, file)
        opened = await asyncio.to_thread(place_bundle, contents, self._library)
        now = utc_text()
        before: list[PackagingState] = []

        def mutate(state: PackagingState) -> PackagingState:
            check_replaceable(state, with_artwork=replace_artwork)
            before.append(state)
            return replaced(state, opened, now)

        state = await self._shared.commit(mutate)
        return OpenedBundle(state, before[-1], contents.damages)

    async def _read(self, url: str) -> bytes:
        png = await self._pictures.read_picture(url)
        if len(png) > MAX_PICTURE_BYTES:
            raise BadPictureError(
                f"The picture has {len(png) / 2**20:.0f} MB, which is too much for a bundle.",
                "Scale it down, and import it again.",
            )
        return png

    async def _clear_up(self) -> None:
        status = await self._shared.status()
        if status.record and not status.lease_ms:
            await clear_up_dead_generation(self._shared, status.record)


def place_bundle(contents: BundleContents, library: TextureLibrary) -> PackagingState:
    """Keep a bundle's pictures in a library; returns its design with their URLs there.

    Raises:
        LibraryUnwritableError: the library cannot be written.
    """
    # A picture this machine has already is taken as it is: then what it was cut from is known, too.
    urls = {
        panel_id: library.find(picture.sha256) or library.add(picture.clean)
        for panel_id, picture in contents.pictures.items()
    }
    return carried(contents.state, urls)
