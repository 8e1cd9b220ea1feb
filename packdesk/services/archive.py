"""Every picture ever made or imported: listed, searched, marked, shown small, deleted."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from packdesk.errors import (
    InvalidInputError,
    LibraryUnwritableError,
    NotPossibleError,
    TextureUnavailableError,
)
from packdesk.sentence import Sentence
from packdesk.textures.inventory import Stocktaker
from packdesk.textures.picture_index import archived
from packdesk.textures.removal import remove_kept
from packdesk.textures.thumbnails import make_thumbnail

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from packdesk.services.uses import UseFinder
    from packdesk.textures.inventory import Inventory
    from packdesk.textures.library import TextureLibrary
    from packdesk.textures.picture_index import IndexedPicture, PictureIndex
    from packdesk.textures.thumbnails import ThumbnailCache

LEAST_NAME = 4
"""Letters of a picture's name that say enough."""


@dataclass(frozen=True)
class ArchiveQuery:
    """Which pictures are asked for.

    Attributes:
        text: words that must all stand in what is known of a picture.
        favourites: only those that are marked.
    """

    text: str = ""
    favourites: bool = False


@dataclass(frozen=True)
class Found:
    """What a look into the folder brought.

    Attributes:
        pictures: those asked for, the newest first.
        total: how many there are.
        rebuilt: whether the index was damaged and has been made anew.
    """

    pictures: Sequence[IndexedPicture]
    total: int
    rebuilt: bool = False


class ArchiveService:
    """Lists the library by its index, which follows the folder.

    Args:
        library: the pictures.
        index: lists them.
        thumbnails: shows them small.
        finder: who uses them.
        shared: whether other machines keep pictures in the same folder.
    """

    def __init__(
        self,
        library: TextureLibrary,
        index: PictureIndex,
        thumbnails: ThumbnailCache,
        finder: UseFinder,
        *,
        shared: bool,
    ) -> None:
        self._library = library
        self._index = index
        self._thumbnails = thumbnails
        self._finder = finder
        self._shared = shared
        self._stock: Stocktaker | None = None
        self._one_at_a_time = threading.Lock()

    async def known(self, query: ArchiveQuery) -> Found:
        """What the index has now, at once; the folder is not looked at."""
        return await asyncio.to_thread(self._found, query)

    async def search(self, query: ArchiveQuery) -> Found:
        """What lies in the folder now.

        Raises:
            TextureUnavailableError: the folder cannot be read.
        """
        return await asyncio.to_thread(self._looked, query)

    async def named(self, beginning: str) -> IndexedPicture:
        """The picture whose name begins so.

        Raises:
            InvalidInputError: none does, or several do.
            TextureUnavailableError: the folder cannot be read.
        """
        return await asyncio.to_thread(self._named, beginning)

    async def set_favourite(self, *sha256s: str, favourite: bool) -> None:
        """Mark pictures, or take the mark off them.

        Raises:
            LibraryUnwritableError: the folder cannot be written.
        """
        for sha256 in sha256s:
            await asyncio.to_thread(self._library.set_favourite, sha256, favourite=favourite)

    async def thumbnail(self, sha256: str) -> bytes:
        """A small copy, as JPEG.

        Raises:
            TextureUnavailableError: the picture is not there any more, or is damaged.
            BadPictureError: likewise.
        """
        return await asyncio.to_thread(self._thumbnail, sha256)

    async def read(self, sha256: str) -> bytes:
        """The picture as PNG; raises as `thumbnail`."""
        return await asyncio.to_thread(self._library.read, sha256)

    def file(self, sha256: str) -> Path:
        """Where the picture lies."""
        return self._library.folder / f"{sha256}.png"

    async def delete(self, sha256: str) -> None:
        """Remove a picture for good, and what was cut from it.

        Raises:
            NotPossibleError: a design, a job or the undo of an open window uses it, or another machine may.
            LibraryUnwritableError: it cannot be removed, or it is not known what is in use.
            PackdeskError: likewise.
        """
        await asyncio.to_thread(self._delete, sha256)

    async def aclose(self) -> None:
        """Let go of what is held in memory."""
        await asyncio.to_thread(self._index.close)
        await asyncio.to_thread(self._thumbnails.close)

    def _found(self, query: ArchiveQuery) -> Found:
        pictures = self._index.search(query.text, favourites=query.favourites)
        total = len(pictures) if query == ArchiveQuery() else self._index.count()
        return Found(pictures, total, self._index.take_damaged())

    def _looked(self, query: ArchiveQuery) -> Found:
        with self._one_at_a_time:
            self._index.follow(self._taken_stock())
            found = self._found(query)
            if found.rebuilt:  # damaged after it had been brought up to date
                self._index.follow(self._taken_stock())
                found = replace(self._found(query), rebuilt=True)
            return found

    def _taken_stock(self) -> Inventory:
        if self._stock is None:
            self._stock = Stocktaker(self._library, shared=self._shared)
        try:
            if not self._library.folder.is_dir() and self._index.count():
                raise FileNotFoundError(self._library.folder)
            return self._stock.take_stock()
        except OSError as error:
            raise TextureUnavailableError(
                Sentence("The pictures in {folder} cannot be listed.", folder=self._library.folder),
                "Connect the folder again, or check that it can be read.",
            ) from error

    def _named(self, beginning: str) -> IndexedPicture:
        self._looked(ArchiveQuery())
        name = beginning.strip().lower()
        if len(name) < LEAST_NAME:
            raise InvalidInputError(
                Sentence("“{name}” is too short for the name of a picture.", name=beginning[:80]),
                "Give at least four letters of a name in the list.",
                terminal="“packdesk generations” lists them.",
            )
        found = self._index.named(name, 2)
        if len(found) == 1:
            return found[0]
        if found:
            raise InvalidInputError(
                Sentence("The names of several pictures begin with “{name}”.", name=beginning[:80]),
                "Give more of the name.",
            )
        raise InvalidInputError(
            Sentence("There is no picture whose name begins with “{name}”.", name=beginning[:80]),
            "Take a name of the list.",
            terminal="“packdesk generations” lists them.",
        )

    def _thumbnail(self, sha256: str) -> bytes:
        kept = self._thumbnails.get(sha256)
        if kept is None:
            kept = make_thumbnail(self._library.read(sha256))
            self._thumbnails.put(sha256, kept)
        return kept

    def _delete(self, sha256: str) -> None:
        with self._one_at_a_time:
            stock = self._taken_stock()
            stay = {entry.sha256 for entry in archived(stock)}
            cuts = [name for name, note in stock.notes.items() if note.source == sha256 and name not in stay]
            if self._shared:
                self._check_ours(sha256, cuts, stock)
            try:
                gone = remove_kept(self._library, sha256, cuts, self._needed)
            except OSError as error:
                raise LibraryUnwritableError(
                    Sentence("The picture cannot be removed from {folder}.", folder=self._library.folder),
                    "Check that the data folder and the texture folder can be read and are yours.",
                ) from error
        if not gone:
            raise NotPossibleError(
                "The picture is in use, so it stays.",
                "Take it off every design, and close the windows whose undo may bring it back.",
            )

    def _needed(self) -> set[str]:
        used = self._finder.find().all()
        return self._taken_stock().needed_by(used)

    def _check_ours(self, sha256: str, cuts: Sequence[str], stock: Inventory) -> None:
        """Of another machine's designs nothing is known here, only who has kept and cut pictures."""
        making = self._library.making(sha256)
        makers = {stock.notes[name].maker for name in cuts} | {making.maker if making else ""}
        if makers != {self._library.maker}:
            raise NotPossibleError(
                "Another computer may use the picture, so it stays.",
                "Remove the file from the shared folder if nobody needs it.",
            )
