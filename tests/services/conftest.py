"""Services over each store, with a scripted provider."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from support.providers import ScriptedProvider
from support.stores import CountingStore

from packdesk.services.designs import DesignService
from packdesk.services.generation import GenerationOptions, GenerationService
from packdesk.services.pictures import PictureService
from packdesk.textures.disk import DiskCache
from packdesk.textures.library import TextureLibrary
from packdesk.textures.reader import TextureReader

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.store.base import StateStore


@dataclass
class Desk:
    """One running packdesk without a window."""

    store: CountingStore
    provider: ScriptedProvider
    library: TextureLibrary
    designs: DesignService
    generation: GenerationService
    pictures: PictureService


@pytest.fixture
def desk(store: StateStore, tmp_path: Path) -> Desk:
    counting, provider = CountingStore(store), ScriptedProvider()
    library = TextureLibrary(tmp_path / "library")
    reader = TextureReader(library, DiskCache(tmp_path / "cache", 10_000_000))
    return Desk(
        counting,
        provider,
        library,
        DesignService(counting),
        GenerationService(counting, provider, library, GenerationOptions(dpi=36, parallel=2)),
        PictureService(counting, library, reader),
    )
