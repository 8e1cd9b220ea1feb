"""Designs as other programs keep them, in a file or under a key: read in any layout known."""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING

from packdesk.chosen_file import read_chosen
from packdesk.domain.handover import carried, check_replaceable
from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.text import cut
from packdesk.domain.wire import MAX_DOCUMENT_BYTES, design_of
from packdesk.errors import BundleError, ForeignDocumentError, InvalidInputError, NotPossibleError
from packdesk.sentence import Sentence
from packdesk.services.bundles import opened_with
from packdesk.services.collecting import collect_artwork
from packdesk.store.base import KEY
from packdesk.textures.check import clean_picture

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.domain.state import PackagingState
    from packdesk.services.bundles import BundleService, OpenedBundle
    from packdesk.services.collecting import CollectedArtwork
    from packdesk.services.pictures import PictureService
    from packdesk.services.shared_state import SharedState
    from packdesk.textures.holds import Hold
    from packdesk.textures.library import TextureLibrary


class DocumentService:
    """Makes a document the current design. The document itself stays as it is.

    Args:
        shared: the current design.
        bundles: puts another design in its place.
        library: where the document's pictures are kept.
        pictures: how its textures are read.
    """

    def __init__(
        self,
        shared: SharedState,
        bundles: BundleService,
        library: TextureLibrary,
        pictures: PictureService,
    ) -> None:
        self._shared = shared
        self._bundles = bundles
        self._library = library
        self._pictures = pictures

    async def open_key(self, name: str = KEY, *, replace_artwork: bool = False) -> OpenedBundle:
        """Open what is stored under a name, be it the current design's: then that is moved aside first.

        Raises:
            InvalidInputError: nothing is there.
            NotPossibleError: the current design can be read as it is; or it has artwork
                that may not be lost.
            BundleError: it has no layout we know; nothing is changed, as with every other error.
            ForeignDocumentError: the same of the current design.
            GenerationBusyError: artwork is being made for the current design.
        """
        raw = await self._shared.named(name)
        if raw is None:
            raise InvalidInputError(
                Sentence("Nothing is stored under “{name}”.", name=name[:80]), "Check its name."
            )
        if name != KEY:
            return await self._open(raw, name, replace_artwork=replace_artwork)
        try:
            await self._shared.load()
        except ForeignDocumentError:
            return await self._open(raw, None, replace_artwork=replace_artwork)
        raise NotPossibleError("That is the current design already.", "Nothing has to be opened.")

    async def open_file(self, file: Path, *, replace_artwork: bool = False) -> OpenedBundle:
        """Open a JSON document in a file.

        Raises:
            BundleError: it cannot be read. All others as `open_key` does.
        """
        raw = await asyncio.to_thread(_content, file)
        return await self._open(raw, str(file), replace_artwork=replace_artwork)

    async def _open(self, raw: bytes, source: str | None, *, replace_artwork: bool) -> OpenedBundle:
        # Without a source it is what stands for the current design, and is moved aside.
        try:
            design = await asyncio.to_thread(design_of, raw)
        except ForeignDocumentError as error:
            if source is None:
                raise
            raise _no_design(source) from error
        if source is not None:
            check_replaceable(await self._shared.load(), with_artwork=replace_artwork)
        artwork = await collect_artwork(design, self._pictures)
        damages = tuple(
            Sentence("{panel}: {reason}", panel=panel_id, reason=why.full_text())
            for panel_id, why in artwork.missing.items()
        )
        with self._library.holds.holding() as hold:
            opened = await asyncio.to_thread(self._kept, design, artwork, hold)
            if source is None:
                await self._shared.set_aside()
            return await self._bundles.put_in_place(opened, damages, replace_artwork=replace_artwork)

    def _kept(self, design: PackagingState, artwork: CollectedArtwork, hold: Hold) -> PackagingState:
        urls: dict[str, str] = {}
        for panel_id, png in artwork.pictures.items():
            hold.take(hashlib.sha256(png).hexdigest())
            picture = clean_picture(png)
            hold.take(picture.sha256)
            urls[panel_id] = self._library.add(picture, opened_with(design, panel_id))
        return carried(design, {name: urls[name] for name in PANEL_IDS[design.package_type] if name in urls})


def _no_design(source: str) -> BundleError:
    return BundleError(
        Sentence("{source} holds no design packdesk can read.", source=cut(source, 200)),
        "Name a bundle, or a document as packdesk keeps it.",
    )


def _content(file: Path) -> bytes:
    return read_chosen(file, MAX_DOCUMENT_BYTES, BundleError, Sentence("Name a bundle or a JSON document."))
