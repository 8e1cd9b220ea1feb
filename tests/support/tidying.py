"""Tidying, and the list of all pictures, for services that keep everything in one folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.services.archive import ArchiveService
from packdesk.services.tidying import TidyService
from packdesk.services.uses import UseFinder
from packdesk.textures.picture_index import PictureIndex
from packdesk.textures.thumbnails import ThumbnailCache

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.store.base import StateStore
    from packdesk.textures.library import TextureLibrary


def tidying_over(
    store: StateStore, library: TextureLibrary, folder: Path, budget: int = 10**9
) -> TidyService:
    """Tidying for services whose jobs and copies are in that folder."""
    return TidyService(library, UseFinder(store, library, folder), budget, shared=False)


def archive_over(
    store: StateStore, library: TextureLibrary, folder: Path, *, shared: bool = False
) -> ArchiveService:
    """The list of all pictures, likewise."""
    return ArchiveService(
        library,
        PictureIndex(folder / "archive" / "index.sqlite3", library),
        ThumbnailCache(folder / "archive" / "thumbnails.sqlite3"),
        UseFinder(store, library, folder),
        shared=shared,
    )
