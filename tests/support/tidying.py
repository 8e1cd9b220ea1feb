"""Tidying for services that keep everything in one folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.services.tidying import TidyService
from packdesk.services.uses import UseFinder

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.store.base import StateStore
    from packdesk.textures.library import TextureLibrary


def tidying_over(
    store: StateStore, library: TextureLibrary, folder: Path, budget: int = 10**9
) -> TidyService:
    """Tidying for services whose jobs and copies are in that folder."""
    return TidyService(library, UseFinder(store, library, folder), budget, shared=False)
