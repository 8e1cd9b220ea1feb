"""Everything below the window, put together from settings."""

from __future__ import annotations

import contextlib
import hashlib
import os
import socket
from functools import partial
from typing import TYPE_CHECKING

from packdesk.app.choices import dieline_options, key_keeper
from packdesk.app.paying import ledger_of, price_file
from packdesk.domain.change import DesignChange
from packdesk.domain.objects.lost import TakenOff
from packdesk.domain.pack_words import PackWords
from packdesk.domain.supplied import Overlay
from packdesk.errors import InvalidSettingError
from packdesk.files import sweep, tighten
from packdesk.generation.auto import AutoProvider
from packdesk.generation.gemini.provider import GeminiOptions, GeminiProvider
from packdesk.services.archive import ArchiveService
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
from packdesk.services.tidying import TidyService
from packdesk.services.unfinished import UnfinishedService
from packdesk.services.uses import UseFinder
from packdesk.settings import settings_file
from packdesk.starting import begin
from packdesk.store.address import public_address
from packdesk.store.job_records import JobFolder
from packdesk.store.kept_appearance import KeptAppearance
from packdesk.store.kept_file import KeptValue
from packdesk.store.last_seen import LastSeen
from packdesk.store.ledger import read_prices
from packdesk.store.links import KeptLinks
from packdesk.store.read_only import OfflineStore
from packdesk.store.reviews import KeptReviews
from packdesk.store.shelf import Shelf
from packdesk.textures.addresses import TextureAddresses
from packdesk.textures.disk import DiskCache
from packdesk.textures.library import TextureLibrary
from packdesk.textures.objects.letterer import ProcessLetterer
from packdesk.textures.picture_index import PictureIndex
from packdesk.textures.reader import TextureReader
from packdesk.textures.thumbnails import ThumbnailCache

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.generation.base import Provider
    from packdesk.generation.keys import KeyKeeper
    from packdesk.generation.pace import Pace
    from packdesk.settings import Settings
    from packdesk.store.base import StateStore


MB = 2**20


def choose_store(settings: Settings) -> StateStore:
    """Redis when an address is set, else a design of this machine: the one the settings name, or used last.

    Raises:
        InvalidSettingError: the address is none, or a design is named beside it.
        InvalidInputError: there is no design of that name.
    """
    if settings.redis_url is None:
        shelf = Shelf(settings.data_dir)
        return (shelf.named(settings.design) if settings.design else shelf.current()).store()
    check_one_design(settings)
    if settings.offline:
        place = public_address(settings.redis_url.get_secret_value())
        return OfflineStore(LastSeen(settings.data_dir / "offline", place), place)
    from packdesk.store.redis import RedisStore  # noqa: PLC0415  (only who shares pays for the import)

    return RedisStore(settings.redis_url.get_secret_value(), journal=settings.repair)


def check_one_design(settings: Settings) -> None:
    """Refuse the name of a design where a store is shared.

    Raises:
        InvalidSettingError: there is one.
    """
    if settings.design is not None:
        raise InvalidSettingError(
            "A shared store has one design only.", "Leave the name out, or use no shared store."
        )


def choose_provider(
    settings: Settings, keys: KeyKeeper, *, beside_window: bool = False, pace: Pace | None = None
) -> Provider:
    """The provider the settings ask for; offline on purpose there is only the one that needs no network.

    Args:
        settings: what is wanted.
        keys: where a key is looked for.
        beside_window: whether a window must stay quick meanwhile, so that painting gets processes of its own.
        pace: knows when a picture that is paid for may be asked for.

    Raises:
        InvalidSettingError: the address of the model's service cannot be used.
    """
    from packdesk.generation.offline.provider import OfflineProvider, ProcessWorkers  # noqa: PLC0415  (brings QtGui)

    count = settings.parallel or OfflineProvider.profile.usual_parallel
    offline = OfflineProvider(ProcessWorkers(count) if beside_window else None)
    if settings.provider == "offline" or settings.offline:
        return offline
    gemini = gemini_provider(settings, keys, pace)
    return gemini if settings.provider == "gemini" else AutoProvider(keys, gemini, offline)


def gemini_provider(settings: Settings, keys: KeyKeeper, pace: Pace | None = None) -> GeminiProvider:
    """Gemini as the settings want it asked.

    Raises:
        InvalidSettingError: its address is neither https nor on this machine.
    """
    options = GeminiOptions(
        model=settings.gemini_model,
        tier=None if settings.gemini_size == "auto" else settings.gemini_size,
        ratio=None if settings.gemini_ratio == "auto" else settings.gemini_ratio,
        url=settings.gemini_url,
        deadline_s=settings.gemini_deadline_s,
    )
    prices = partial(read_prices, price_file())
    return GeminiProvider(keys, options, meter=ledger_of(settings), prices=prices, pace=pace)


def generation_options(settings: Settings) -> GenerationOptions:
    """How artwork is made."""
    return GenerationOptions(dpi=settings.dpi, parallel=settings.parallel, all_at_once=settings.all_at_once)


def texture_library(settings: Settings) -> TextureLibrary:
    """The texture folders. What is cut there carries a name made of this machine's and the data folder's."""
    place = f"{socket.gethostname()}:{settings.data_dir.absolute()}"
    maker = hashlib.sha256(place.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    private = settings.texture_dir is None
    return TextureLibrary(settings.library_dir, settings.shared_texture_dirs, maker, private=private)


def texture_reader(settings: Settings, library: TextureLibrary) -> TextureReader:
    """Reads textures from the library, the cache and the network, as far as the settings allow."""
    cache = DiskCache(settings.cache_dir / "textures", settings.cache_mb * MB)
    return TextureReader(library, cache, allow_private=settings.allow_private_urls, offline=settings.offline)


def use_finder(settings: Settings, store: StateStore, library: TextureLibrary) -> UseFinder:
    """Looks into every design of this machine, whatever its store."""

    def others() -> list[StateStore]:
        designs = Shelf(settings.data_dir).everything()
        return [one.store() for one in designs if one.file.exists() and str(one.file) != store.place]

    return UseFinder(store, library, settings.data_dir, others)


def tidy_service(settings: Settings, store: StateStore, library: TextureLibrary) -> TidyService:
    """What keeps the library small."""
    finder = use_finder(settings, store, library)
    return TidyService(library, finder, settings.cuts_mb * MB, shared=settings.shares_library)


def archive_service(settings: Settings, store: StateStore, library: TextureLibrary) -> ArchiveService:
    """Lists the library; its index is for this machine and this very folder."""
    place = hashlib.sha256(os.fsencode(library.folder.absolute())).hexdigest()[:16]
    folder = settings.cache_dir / "generations"
    return ArchiveService(
        library,
        PictureIndex(folder / f"{place}.sqlite3", library),
        ThumbnailCache(folder / "thumbnails.sqlite3"),
        use_finder(settings, store, library),
        shared=settings.shares_library,
    )


def kept_appearance(settings: Settings, store: StateStore) -> KeptAppearance:
    """How the design of a store is shown on this machine."""
    return KeptAppearance(settings.data_dir / "appearance", store.place)


def kept_loss(settings: Settings, store: StateStore) -> KeptValue[DesignChange]:
    """What took artwork off the design of a store last, so that the next window can offer it."""
    return KeptValue(settings.data_dir / "lost", store.place, DesignChange)


def review_service(
    settings: Settings, store: StateStore, shared: SharedState, kept: KeptReviews
) -> ReviewService:
    """What reviewers say of the design of a store; nothing is added to one that is only looked at."""
    shown, blank = kept_appearance(settings, store), dieline_options(settings)
    return ReviewService(shared, kept, shown, blank, read_only=store.kind == "review")


def link_service(
    settings: Settings,
    store: StateStore,
    shared: SharedState,
    sheets: SheetService,
    *,
    pictures: PictureService,
    library: TextureLibrary,
) -> LinkService:
    """The links of the design of a store to files; one that is only looked at follows none."""
    kept = KeptLinks(settings.data_dir, store.place)
    return LinkService(shared, pictures, sheets, library, kept, read_only=store.kind == "review")


def shelf_service(
    settings: Settings, store: StateStore, library: TextureLibrary, shared: SharedState
) -> ShelfService:
    """The designs of this machine; one that has to give way in the store is kept there."""
    shelf = ShelfService(Shelf(settings.data_dir), store, library)
    shared.follower = shelf.keep
    return shelf


def shared_state(
    settings: Settings, store: StateStore, library: TextureLibrary, last_seen: LastSeen
) -> SharedState:
    """The design in a store, where our own pictures are named as the settings want it."""
    addresses = TextureAddresses(library, settings.texture_urls, settings.serve_url)
    return SharedState(store, last_seen if store.kind == "shared" else None, addresses)


def _object_service(
    settings: Settings,
    store: StateStore,
    shared: SharedState,
    library: TextureLibrary,
    pictures: PictureService,
) -> ObjectService:
    taken_off, laid = (
        KeptValue(settings.data_dir / name, store.place, TakenOff) for name in ("taken_off", "laid_objects")
    )
    return ObjectService(shared, library, pictures, ProcessLetterer(), taken_off, laid=laid)


def build_services(settings: Settings, store: StateStore, provider: Provider | None = None) -> Services:
    """Connect the services to a store, a provider (default: the settings') and the texture folders."""
    last_seen = LastSeen(settings.data_dir / "offline", store.place)
    library = texture_library(settings)
    shared = shared_state(settings, store, library, last_seen)
    jobs = JobFolder(settings.data_dir / "jobs", store.place)
    tidying, reader = tidy_service(settings, store, library), texture_reader(settings, library)
    pictures = PictureService(shared, library, reader, settings.dpi, tidying)
    spending = SpendingService(ledger_of(settings), price_file())
    objects = _object_service(settings, store, shared, library, pictures)
    making = partial(GenerationService, tidying=tidying, spending=spending, objects=objects)
    words = KeptValue(settings.data_dir / "words", store.place, PackWords)
    painter = provider or choose_provider(settings, key_keeper(settings))
    generation = making(shared, painter, reader, jobs, generation_options(settings), words=words)
    shown, reviews = kept_appearance(settings, store), KeptReviews(settings.data_dir, store.place)
    bundles = BundleService(shared, library, pictures, shown, reviews, words=words)
    sheets = SheetService(shared, reader, pictures)
    return Services(
        shared=shared,
        designs=DesignService(shared, last_seen, kept_loss(settings, store)),
        generation=generation,
        pictures=pictures,
        objects=objects,
        sheets=sheets,
        inside=InsideService(shared, reader, pictures, sheets, shown),
        links=link_service(settings, store, shared, sheets, pictures=pictures, library=library),
        unfinished=UnfinishedService(shared, jobs, generation),
        bundles=bundles,
        documents=DocumentService(shared, bundles, library, pictures),
        tidying=tidying,
        spending=spending,
        archive=archive_service(settings, store, library),
        appearance=shown,
        overlay=KeptValue(settings.data_dir / "overlay", store.place, Overlay),
        reviews=review_service(settings, store, shared, reviews),
        shelf=shelf_service(settings, store, library, shared),
        store_kind=store.kind,
        store_place=store.place,
    )


@contextlib.contextmanager
def open_services(
    settings: Settings, provider: Provider | None = None, store: StateStore | None = None
) -> Iterator[Services]:
    """Services whose store (default: the settings') is closed at the end."""
    begin()
    _close_folders(settings)
    with contextlib.closing(store or choose_store(settings)) as opened:
        services = build_services(settings, opened, provider)
        with contextlib.closing(services.pictures):
            yield services


def _close_folders(settings: Settings) -> None:
    """Folders of ours are for their owner only; what killed processes left there goes."""
    shared = [*settings.shared_texture_dirs, *([settings.texture_dir] if settings.texture_dir else [])]
    cache = settings.cache_dir / "textures"
    for folder in (settings.data_dir, cache):
        tighten(folder, shared)
    data = settings.data_dir
    ours = (data, data / "jobs", data / "offline", settings.library_dir, cache, settings_file().parent)
    for folder in ours:
        sweep(folder)
