"""Two programs at one design, and a third that tidies their library in the middle of what they do."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING

from packdesk.domain.change import difference
from packdesk.domain.order import GenerationOrder
from packdesk.errors import PackdeskError
from packdesk.services.designs import DesignService
from packdesk.services.generation import GenerationOptions, GenerationService
from packdesk.services.pictures import PictureService
from packdesk.services.shared_state import SharedState, state_from
from packdesk.services.unfinished import UnfinishedService
from packdesk.store.job_records import JobFolder
from packdesk.textures.disk import DiskCache
from packdesk.textures.library import TextureLibrary, hash_in_url, hashes_in
from packdesk.textures.reader import TextureReader
from support.providers import ScriptedProvider, picture_bytes
from support.sizes import sized
from support.stores import CountingStore
from support.tidying import tidying_over
from support.waiting import until

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

    from packdesk.domain.change import DesignChange, DesignParts
    from packdesk.domain.state import PackagingState
    from packdesk.services.tidying import TidyService
    from packdesk.store.base import StateStore, Write, WriteResult
    from packdesk.textures.check import CleanPicture

DPI = 25.4
PANELS = ("front", "back", "left", "right", "top", "bottom")


class StruckStore(CountingStore):
    """Somebody tidies before and after every write."""

    def __init__(self, inner: StateStore, strike: Callable[[], None]) -> None:
        super().__init__(inner)
        self._strike = strike

    def write(self, write: Write) -> WriteResult:
        self._strike()
        result = super().write(write)
        self._strike()
        return result


class StruckLibrary(TextureLibrary):
    """Somebody tidies before and after every picture is written."""

    def __init__(self, folder: Path, strike: Callable[[], None], making: set[str]) -> None:
        super().__init__(folder)
        self._strike = strike
        self._making = making

    def _add(self, picture: CleanPicture) -> str:
        self._strike()
        url = super()._add(picture)
        self._making.add(picture.sha256)
        self._strike()
        return url


class Program:
    """One packdesk: its services, and what a window would remember for undo."""

    def __init__(self, store: StateStore, folder: Path, strike: Callable[[], None], making: set[str]) -> None:
        struck = StruckStore(store, strike)
        self.library = StruckLibrary(folder / "library", strike, making)
        self.tidying = tidying_over(struck, self.library, folder)
        self.provider = ScriptedProvider()
        self.shared = SharedState(struck)
        self._jobs = folder / "jobs"
        jobs, reader = JobFolder(self._jobs, "there"), TextureReader(self.library, DiskCache(folder / "c", 9))
        options = GenerationOptions(dpi=DPI, parallel=2)
        self.designs = DesignService(self.shared)
        self.generation = GenerationService(
            self.shared, self.provider, reader, jobs, options, tidying=self.tidying
        )
        self.pictures = PictureService(self.shared, self.library, reader, DPI, self.tidying)
        self.unfinished = UnfinishedService(self.shared, jobs, self.generation)
        self.undo: list[DesignChange] = []
        self._shown: list[set[str]] = []

    async def size(self, rng: random.Random) -> None:
        await self.designs.update_dimensions(sized("box", *(rng.randint(20, 60) for _ in range(3))))
        await self.pictures.refit()

    async def bring(self, rng: random.Random) -> None:
        data = picture_bytes(rng.randint(0, 9), (rng.randint(20, 40), 30))
        await self.pictures.put_picture(rng.choice(PANELS), data, "a file")

    async def turn(self, rng: random.Random) -> None:
        await self.pictures.turn(rng.choice(PANELS))

    async def generate(self, rng: random.Random) -> None:
        await self.generation.generate(GenerationOrder("red roses", tuple(rng.sample(PANELS, 2))))

    async def break_off(self, rng: random.Random) -> None:
        """A generation that is cancelled once one of its panels is done."""
        panels = rng.sample(PANELS, 2)
        self.provider.endless = (panels[1],)
        running = asyncio.create_task(self.generation.generate(GenerationOrder("blue waves", tuple(panels))))
        try:
            await until(lambda: any(hashes_in(path.read_bytes()) for path in self._jobs.glob("*.json")))
        finally:
            self.provider.endless = ()
            running.cancel()
            await asyncio.wait([running])

    async def apply(self, _: random.Random) -> None:
        for record in (await self.unfinished.list())[:1]:
            await self.unfinished.apply(record.id)

    async def reset(self, _: random.Random) -> None:
        await self.designs.reset()

    async def take_back(self, rng: random.Random) -> None:
        if self.undo:
            await self.designs.apply_change(rng.choice(self.undo).back())
            await self.pictures.refit()

    async def act(self, rng: random.Random) -> None:
        """Do something, and remember it as a window does."""
        actions = (self.size, self.bring, self.turn, self.generate, self.apply, self.reset, self.take_back)
        weights = (9, 2, 2, 2, 1, 0.3, 3)
        action = rng.choices((*actions, self.break_off), (*weights, 0.5))[0]
        before = await self.shared.load()
        with contextlib.suppress(PackdeskError):  # what cannot be done now is refused
            await action(rng)
        after = await self.shared.load()
        change = difference("picture", before, after)
        if change is not None and action != self.take_back:
            self.undo.append(change)
        await self.show(after)

    async def show(self, state: PackagingState) -> None:
        """Mark what a window needs."""
        self._shown = [*self._shown[-1:], {one.texture_url for one in state.panel_textures.values()}]
        await self.tidying.hold(set().union(*self._shown, *(urls_of(change) for change in self.undo)))


class Studio:
    """Runs both programs in turn, tidies at random, and looks whether anything that is used has gone."""

    def __init__(self, store: StateStore, folder: Path, rng: random.Random) -> None:
        self.store = store
        self.folder = folder
        self.rng = rng
        self.lost: set[str] = set()
        self.removed = self.strikes = 0
        self._making: set[str] = set()
        self._one_at_a_time = threading.RLock()
        self.programs = [Program(store, folder, self.strike, self._making) for _ in range(2)]
        library = TextureLibrary(folder / "library")
        self._tidying: list[TidyService] = [tidying_over(store, library, folder, size) for size in (1, 3000)]

    async def run(self, steps: int) -> None:
        await self.programs[0].generation.generate(GenerationOrder("red roses"))
        await self._settle()
        for _ in range(steps):
            await self.rng.choice(self.programs).act(self.rng)
            await self._settle()
            self.strike()

    async def _settle(self) -> None:
        for program in self.programs:
            await program.show(await program.shared.load())
        self._making.clear()

    async def close(self) -> None:
        for program in self.programs:
            await program.tidying.aclose()

    def strike(self) -> None:
        """Tidy, perhaps, and look what became of it."""
        with self._one_at_a_time:
            if self.rng.random() < 0.4:
                self.strikes += 1
                tidying = self.rng.choice(self._tidying)
                before = self._pictures()
                if self.rng.random() < 0.5:
                    tidying._tidy(dry_run=False)
                else:
                    tidying._look_at = -1
                    tidying._shrink()
                self.removed += len(before - self._pictures())
                self.lost |= self.used() - self._pictures()

    def used(self) -> set[str]:
        """What any design uses, found without the code that is tried."""
        documents = [self.store.load() or b"", *self.store.backups()]
        documents += [path.read_bytes() for path in (self.folder / "jobs").glob("*.json")]
        urls = {
            texture.texture_url
            for program in self.programs
            for change in program.undo
            for parts in (change.before, change.after)
            for texture in parts.textures.values()
            if texture
        }
        named = {sha256 for url in urls if (sha256 := hash_in_url(url))}
        return named.union(self._making, *map(hashes_in, documents))

    def _pictures(self) -> set[str]:
        return {path.stem for path in (self.folder / "library").glob("*.png")}

    def readable(self) -> bool:
        """Whether every panel of the design shows a picture."""
        state = state_from(self.store.load())
        library = TextureLibrary(self.folder / "library")
        names = [hash_in_url(texture.texture_url) for texture in state.panel_textures.values()]
        return all(library.read(name or "") for name in names)


def urls_of(change: DesignChange) -> set[str]:
    """The pictures an undo step needs, in both directions."""
    return _urls(change.before) | _urls(change.after)


def _urls(parts: DesignParts) -> set[str]:
    return {texture.texture_url for texture in parts.textures.values() if texture}
