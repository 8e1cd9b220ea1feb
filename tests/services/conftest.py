"""Services over each store, with a scripted provider."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from support.gemini_server import GeminiServer
from support.providers import ScriptedProvider
from support.stores import CountingStore
from support.tidying import archive_over, tidying_over

from packdesk.services.bundles import BundleService
from packdesk.services.designs import DesignService
from packdesk.services.documents import DocumentService
from packdesk.services.generation import GenerationOptions, GenerationService
from packdesk.services.inside import InsideService
from packdesk.services.links import LinkService
from packdesk.services.objects import ObjectService
from packdesk.services.pictures import PictureService
from packdesk.services.reviews import ReviewService
from packdesk.services.shared_state import SharedState
from packdesk.services.sheets import SheetService
from packdesk.services.unfinished import UnfinishedService
from packdesk.store.job_records import JobFolder
from packdesk.store.kept_appearance import KeptAppearance
from packdesk.store.links import KeptLinks
from packdesk.store.reviews import KeptReviews
from packdesk.textures.disk import DiskCache
from packdesk.textures.library import TextureLibrary
from packdesk.textures.objects.letterer import ProcessLetterer
from packdesk.textures.reader import TextureReader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from packdesk.services.archive import ArchiveService
    from packdesk.store.base import StateStore


@dataclass
class Desk:
    """One running packdesk without a window."""

    store: CountingStore
    provider: ScriptedProvider
    library: TextureLibrary
    jobs: JobFolder
    shared: SharedState
    designs: DesignService
    generation: GenerationService
    pictures: PictureService
    objects: ObjectService
    sheets: SheetService
    inside: InsideService
    links: LinkService
    unfinished: UnfinishedService
    bundles: BundleService
    documents: DocumentService
    archive: ArchiveService
    reviews: ReviewService
    appearance: KeptAppearance
    folder: Path

    def jobs_with_pictures(self, count: int) -> Iterator[Path]:
        """Job records on disk with that many finished pictures."""
        for path in self.folder.glob("*.json"):
            if len(json.loads(path.read_text())["textures"]) >= count:
                yield path


@pytest.fixture
def gemini() -> Iterator[GeminiServer]:
    """A local server for this test only."""
    with GeminiServer() as server:
        yield server


@pytest.fixture(scope="session")
def letterer() -> Iterator[ProcessLetterer]:
    """Sets lettering in a process that is started when it is needed first."""
    made = ProcessLetterer()
    yield made
    made.close()


@pytest.fixture
def desk(store: StateStore, tmp_path: Path, letterer: ProcessLetterer) -> Desk:
    counting, provider = CountingStore(store), ScriptedProvider()
    library = TextureLibrary(tmp_path / "library")
    shared = SharedState(counting)
    jobs = JobFolder(tmp_path / "jobs", store.place)
    reader = TextureReader(library, DiskCache(tmp_path / "cache", 10_000_000))
    options = GenerationOptions(dpi=36, parallel=2)
    tidying = tidying_over(counting, library, tmp_path)
    pictures = PictureService(shared, library, reader, 36, tidying)
    objects = ObjectService(shared, library, pictures, letterer)
    generation = GenerationService(shared, provider, reader, jobs, options, tidying=tidying, objects=objects)
    appearance, kept = (
        KeptAppearance(tmp_path / "appearance", store.place),
        KeptReviews(tmp_path, store.place),
    )
    sheets = SheetService(shared, reader, pictures)
    bundles = BundleService(shared, library, pictures, appearance, kept)
    sheets = SheetService(shared, reader, pictures)
    return Desk(
        store=counting,
        provider=provider,
        library=library,
        jobs=jobs,
        shared=shared,
        designs=DesignService(shared),
        generation=generation,
        pictures=pictures,
        objects=objects,
        sheets=sheets,
        inside=InsideService(shared, reader, pictures, sheets, appearance),
        links=LinkService(shared, pictures, sheets, library, KeptLinks(tmp_path, store.place)),
        unfinished=UnfinishedService(shared, jobs, generation),
        bundles=bundles,
        documents=DocumentService(shared, bundles, library, pictures),
        archive=archive_over(counting, library, tmp_path),
        reviews=ReviewService(shared, kept, appearance),
        appearance=appearance,
        folder=tmp_path / "jobs",
    )
