"""A session (without a window) and the hands to use it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from packdesk.domain.change import DesignChange
from packdesk.domain.supplied import Overlay
from packdesk.jobs.opening import Opening
from packdesk.jobs.session import Session
from packdesk.services.bundles import BundleService
from packdesk.services.container import Services
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
from packdesk.services.shelf import ShelfService
from packdesk.services.spending import SpendingService
from packdesk.services.unfinished import UnfinishedService
from packdesk.store.job_records import JobFolder
from packdesk.store.kept_appearance import KeptAppearance
from packdesk.store.kept_file import KeptValue
from packdesk.store.last_seen import LastSeen
from packdesk.store.ledger import Ledger
from packdesk.store.links import KeptLinks
from packdesk.store.reviews import KeptReviews
from packdesk.store.shelf import Shelf
from packdesk.store.sqlite import SqliteStore
from packdesk.textures.disk import DiskCache
from packdesk.textures.library import TextureLibrary
from packdesk.textures.objects.letterer import ProcessLetterer
from packdesk.textures.reader import TextureReader
from support.providers import ScriptedProvider
from support.stores import FlakyStore
from support.tidying import archive_over, tidying_over

if TYPE_CHECKING:
    from packdesk.domain.state import PackagingState
    from packdesk.errors import PackdeskError
    from packdesk.generation.base import Provider
    from packdesk.jobs.bridge import Bridge
    from packdesk.store.base import StateStore


def services_over(store: StateStore, provider: Provider, folder: Path) -> Services:
    library = TextureLibrary(folder / "library")
    reader = TextureReader(library, DiskCache(folder / "cache", 10_000_000))
    last_seen = LastSeen(folder / "offline", store.place)
    shared, jobs = SharedState(store, last_seen), JobFolder(folder / "jobs", store.place)
    tidying = tidying_over(store, library, folder)
    options = GenerationOptions(dpi=36, parallel=2)
    pictures = PictureService(shared, library, reader, 36, tidying)
    objects = ObjectService(shared, library, pictures, ProcessLetterer())
    generation = GenerationService(shared, provider, reader, jobs, options, tidying=tidying, objects=objects)
    appearance = KeptAppearance(folder / "appearance", store.place)
    kept = KeptReviews(folder, store.place)
    sheets = SheetService(shared, reader, pictures)
    bundles = BundleService(shared, library, pictures, appearance, kept)
    sheets = SheetService(shared, reader, pictures)
    return Services(
        shared=shared,
        designs=DesignService(shared, last_seen, KeptValue(folder / "lost", store.place, DesignChange)),
        generation=generation,
        pictures=pictures,
        objects=objects,
        sheets=sheets,
        inside=InsideService(shared, reader, pictures, sheets, appearance),
        links=LinkService(shared, pictures, sheets, library, KeptLinks(folder, store.place)),
        unfinished=UnfinishedService(shared, jobs, generation),
        bundles=bundles,
        documents=DocumentService(shared, bundles, library, pictures),
        tidying=tidying,
        spending=SpendingService(Ledger(folder / "spending.sqlite3"), folder / "prices.json"),
        archive=archive_over(store, library, folder),
        appearance=appearance,
        overlay=KeptValue(folder / "overlay", store.place, Overlay),
        reviews=ReviewService(shared, kept, appearance),
        shelf=ShelfService(Shelf(folder), store, library),
        store_kind=store.kind,
        store_place=store.place,
    )


def running_tasks(bridge: Bridge) -> int:
    """How many of a bridge's tasks have not ended."""
    return sum(not task.ended for task in bridge._tasks)


class SessionDesk:
    """A session whose signals are remembered, and another program's hand at its store."""

    def __init__(self, store: StateStore, folder: Path) -> None:
        self.store = store
        # SQLite tells a connection of the writes of others only.
        self._of_session = SqliteStore(Path(store.place)) if store.kind == "local" else store
        self.folder = folder
        self.provider = ScriptedProvider()
        flaky = FlakyStore(self._of_session)
        self.outage = flaky.outage
        self.services = services_over(flaky, self.provider, folder)
        self.session = Session(Opening.of(self.services))
        self.states: list[PackagingState] = []
        self.errors: list[PackdeskError] = []
        self.session.state_changed.connect(self.states.append)
        self.session.failed.connect(self.errors.append)

    def close(self) -> None:
        """End the session and close its store."""
        self.session.close()
        self._of_session.close()

    def shown(self, panel_id: str) -> str | None:
        """The URL of the picture on the screen."""
        picture = self.session.textures.pixmaps.get(panel_id)
        return picture.url if picture else None
