"""A generation in a process of its own, to be killed or stopped: what both experiments need."""

from __future__ import annotations

import asyncio
import io
import multiprocessing
import os
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packdesk.domain.order import GenerationOrder

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PIL import Image

import packdesk.store.redis
import packdesk.store.sqlite_lease
from packdesk.domain.panels import PANEL_IDS
from packdesk.errors import PackdeskError
from packdesk.generation.offline.provider import OfflineProvider
from packdesk.services import lease
from packdesk.services.designs import DesignService
from packdesk.services.generation import GenerationOptions, GenerationService
from packdesk.services.shared_state import SharedState
from packdesk.services.tidying import TidyService
from packdesk.services.unfinished import UnfinishedService
from packdesk.services.uses import UseFinder
from packdesk.store.job_records import JobFolder
from packdesk.store.redis import RedisStore
from packdesk.store.sqlite import SqliteStore
from packdesk.textures.check import CleanPicture, clean_picture
from packdesk.textures.disk import DiskCache
from packdesk.textures.library import TextureLibrary
from packdesk.textures.reader import TextureReader

if TYPE_CHECKING:
    from packdesk.domain.request import PanelRequest
    from packdesk.store.base import StateStore

BOX = PANEL_IDS["box"]
LEASE_MS, RENEW_S = 600, 0.2
# Children are forked from a process that has no connection and no thread, and is warm.
SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["generating"])


def shorten_lease() -> None:
    """A lease that runs out while one looks on, in this process."""
    packdesk.store.redis.LEASE_MS = packdesk.store.sqlite_lease.LEASE_MS = LEASE_MS
    lease.RENEW_S = RENEW_S


@dataclass(frozen=True)
class Place:
    """Where a run happens: the store's address, its folder, and how long a panel takes."""

    store: str
    folder: Path
    panel_s: float

    @property
    def asked(self) -> list[str]:
        """The panels the provider was asked for so far, by whomever."""
        file = self.folder / "asked.txt"
        return file.read_text().split() if file.exists() else []


class SlowPainter(OfflineProvider):
    """Writes down what it is asked for, takes its time, and paints one colour."""

    def __init__(self, place: Place, seed: int) -> None:
        super().__init__()
        self._place = place
        self._choice = random.Random(seed)

    async def generate(self, request: PanelRequest) -> CleanPicture:
        with (self._place.folder / "asked.txt").open("a") as file:
            file.write(f"{request.panel_id}\n")
        await asyncio.sleep(self._choice.uniform(0.5, 1.5) * self._place.panel_s)
        colour = (self._choice.randrange(256), self._choice.randrange(256), 90)
        buffer = io.BytesIO()
        Image.new("RGB", (30, 40), colour).save(buffer, "PNG")
        return clean_picture(buffer.getvalue())


class Desk:
    """The services over a place, as the application connects them."""

    def __init__(self, place: Place, seed: int = 0) -> None:
        redis = place.store.startswith("redis:")
        self.store: StateStore = RedisStore(place.store) if redis else SqliteStore(Path(place.store))
        shared = SharedState(self.store)
        jobs = JobFolder(place.folder / "jobs", self.store.place)
        library = TextureLibrary(place.folder / "textures")
        tidying = TidyService(library, UseFinder(self.store, library, place.folder), 10**9, shared=False)
        options = GenerationOptions(dpi=36, parallel=2)
        self.designs = DesignService(shared)
        reader = TextureReader(library, DiskCache(place.folder / "cache", 10_000_000))
        self.generation = GenerationService(
            shared, SlowPainter(place, seed), reader, jobs, options, tidying=tidying
        )
        self.unfinished = UnfinishedService(shared, jobs, self.generation)

    async def prompts(self) -> set[str]:
        """The prompts that stand on the panels; several while a batch is on them in part."""
        textures = (await self.designs.get_state()).panel_textures
        return {textures[panel].prompt if panel in textures else "" for panel in BOX}


def generate(place: Place, prompt: str, seed: int, line: Any) -> None:
    """The child: tells its start and how it ended."""
    shorten_lease()
    desk = Desk(place, seed)
    line.send("start")
    try:
        asyncio.run(desk.generation.generate(GenerationOrder(prompt)))
    except PackdeskError as error:
        line.send(type(error).__name__)
    else:
        line.send("done")
    line.close()
    os._exit(0)


def start_generating(place: Place, prompt: str, seed: int) -> tuple[Any, Any]:
    """A child about to generate, and the line to it."""
    here, there = SERVER.Pipe()
    child = SERVER.Process(target=generate, args=(place, prompt, seed, there), daemon=True)
    child.start()
    there.close()
    assert here.recv() == "start"
    return child, here


async def lease_over(desk: Desk) -> None:
    """Wait until nobody's lease runs."""
    give_up = time.monotonic() + 20 * LEASE_MS / 1000
    while (await asyncio.to_thread(desk.store.status)).lease_ms:
        if time.monotonic() > give_up:
            raise SystemExit("the lease does not end")
        await asyncio.sleep(0.02)
