"""Designs under stress: two processes that do anything in any order and are killed; then two real windows.

    python benchmarks/faults/designs.py [--count 1000] [--seed N] [--only actions|windows]

Actions: new, duplicate, rename, delete, restore, empty the bin, go on with another, switch the type, import,
open a bundle, generate (offline painter), take a picture of Generations again, remove one, keep a copy of a
shared design, tidy. Both processes do them at one data folder; one or the other is killed (`kill -9`) again
and again, and another takes its place. In the end no design is gone that was not deleted and emptied, each
panel shows what was put on it last, no name stands twice, and every picture can be read after tidying.

Windows: see `design_windows.py`. They need Xvfb, openbox and redis-server. Exits 1 when anything is lost.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import io
import json
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks"), str(ROOT / "benchmarks/faults")]

from design_journal import Journal, Verdict, read_journals  # noqa: E402
from design_windows import windows  # noqa: E402
from servers import FORK  # noqa: E402
from tables import table  # noqa: E402

from packdesk.app.core import choose_store, open_services, texture_library  # noqa: E402
from packdesk.app.display import painting  # noqa: E402
from packdesk.domain.order import GenerationOrder  # noqa: E402
from packdesk.domain.panels import PANEL_IDS  # noqa: E402
from packdesk.domain.size_edit import SizeEdit  # noqa: E402
from packdesk.errors import PackdeskError  # noqa: E402
from packdesk.services.archive import ArchiveQuery  # noqa: E402
from packdesk.settings import Settings, read_settings  # noqa: E402
from packdesk.store.shelf import FIRST, Shelf, ShelvedDesign  # noqa: E402
from packdesk.store.sqlite import SqliteStore  # noqa: E402
from packdesk.textures.incoming import IncomingPicture  # noqa: E402
from packdesk.textures.library import hash_in_url  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from packdesk.domain.state import PackagingState
    from packdesk.services.container import Services

NAMES = ("Tea", "tea", "Coffee/1", "☕", "x" * 300, "Untitled", "../..")
EVERY_PANEL = sorted({panel for panels in PANEL_IDS.values() for panel in panels})
WAYS = {
    "new": 4,
    "duplicate": 6,
    "rename": 6,
    "delete": 10,
    "restore": 5,
    "empty": 6,
    "go_on": 4,
    "switch": 6,
    "import": 14,
    "generate": 5,
    "use": 10,
    "remove": 3,
    "bundle": 4,
    "keep_copy": 5,
    "tidy": 4,
}
LEAST = 4
"""Designs there, so that none has to begin in the place of the first one."""
CUTS_BYTES = 60_000
SHARED = "redis://127.0.0.1:6379/0"


class Hands:
    """One process: does things, and writes each down before and after."""

    def __init__(self, folder: Path, name: str, seed: int) -> None:
        self._settings = settings_in(folder)
        self._random = random.Random(seed)
        self._shelf = Shelf(self._settings.data_dir)
        self._journal = Journal(folder / f"journal-{name}")
        self._work = folder / f"work-{name}"
        self._work.mkdir()
        self._loop = asyncio.new_event_loop()

    def act(self) -> None:
        """Any one thing."""
        way = self._random.choices(list(WAYS), list(WAYS.values()))[0]
        if len(self._shelf.designs()) < LEAST:
            self._new()
        else:
            getattr(self, f"_{way}")(self._random.choice(self._shelf.everything()))

    def _new(self, _design: ShelvedDesign | None = None) -> None:
        name = self._random.choice(NAMES)
        with self._journal.act("new", makes=True, name=name, panels=EVERY_PANEL) as end:
            end |= {"design": self._shelf.new(name).id, "shows": dict.fromkeys(EVERY_PANEL)}

    def _duplicate(self, design: ShelvedDesign) -> None:
        with self._journal.act("duplicate", makes=True, panels=EVERY_PANEL) as end:
            before = self._shelf.state_of(design)
            made = self._shelf.duplicate(design)
            with contextlib.suppress(PackdeskError):  # the other process emptied it meanwhile
                if self._shelf.state_of(design) == before:
                    end["shows"] = shown(before)
            end["design"] = made.id

    def _rename(self, design: ShelvedDesign) -> None:
        name = self._random.choice(NAMES)
        with self._journal.act("rename", design=design.id, name=name):
            self._shelf.rename(design, name)

    def _delete(self, design: ShelvedDesign) -> None:
        with self._journal.act("delete", design=design.id):
            self._shelf.delete(design)

    def _restore(self, design: ShelvedDesign) -> None:
        with self._journal.act("restore", design=design.id):
            self._shelf.restore(design)

    def _empty(self, _design: ShelvedDesign) -> None:
        """One in the bin, and now and then all."""
        bin_ = self._shelf.bin()
        if bin_:
            only = "" if self._random.random() < 0.1 else self._random.choice(bin_).id
            with self._journal.act("empty", design=only) as end:
                end["gone"] = self._shelf.empty(only=only)

    def _go_on(self, design: ShelvedDesign) -> None:
        """As a window opens it, or the one used last."""
        named = design.id if self._random.random() < 0.7 else None
        with self._journal.act("go_on", named=named), self._shelf.opened(named) as held:
            self._shelf.state_of(held)

    def _switch(self, design: ShelvedDesign) -> None:
        kind = self._random.choice(("box", "cylinder"))
        edit = SizeEdit.of(kind, 80, 150, 80, switches=True)

        async def switch(services: Services) -> dict[str, str | None]:
            state = await services.designs.update_dimensions(edit)
            return {} if state.panel_textures else shown(state)

        self._change("switch", design, switch)

    def _import(self, design: ShelvedDesign) -> None:
        file = self._picture()

        async def put(services: Services) -> dict[str, str | None]:
            panel = await self._panel_of(services)
            return only(panel, await services.pictures.import_picture(panel, file))

        self._change("import", design, put)

    def _generate(self, design: ShelvedDesign) -> None:
        prompt = f"stripes in {self._random.choice(('red', 'jade', 'gold'))} {self._random.getrandbits(20)}"

        async def paint(services: Services) -> dict[str, str | None]:
            done = await services.generation.generate(
                GenerationOrder(prompt, (await self._panel_of(services),))
            )
            return {panel: picture for panel, picture in shown(done.state).items() if panel in done.finished}

        self._change("generate", design, paint)

    def _use(self, design: ShelvedDesign) -> None:
        """Undo by Generations: a picture of any time on a panel again."""

        async def put(services: Services) -> dict[str, str | None]:
            found = await self._known(services)
            panel = await self._panel_of(services)
            done = await services.pictures.put_pictures({panel: IncomingPicture("again", kept=found)})
            for failure in done.failures.values():
                raise failure
            return only(panel, done.state)

        self._change("use", design, put)

    def _remove(self, design: ShelvedDesign) -> None:
        """A picture of Generations for good; one that is in use stays."""

        async def remove(services: Services) -> None:
            found = await self._known(services)
            with self._journal.act("remove", picture=found):
                await services.archive.delete(found)

        self._with(design, remove)

    def _bundle(self, design: ShelvedDesign) -> None:
        file = self._work / "saved.packdesk"

        async def save(services: Services) -> None:
            await services.bundles.save(file)

        async def open_(services: Services) -> dict[str, str | None]:
            return shown((await services.bundles.open(file)).state)

        self._with(design, save)
        with self._journal.act("new", makes=True, name="Opened", panels=EVERY_PANEL) as end:
            made = self._shelf.new("Opened")
            end |= {"design": made.id, "shows": dict.fromkeys(EVERY_PANEL)}
        self._change("bundle", made, open_)

    def _keep_copy(self, design: ShelvedDesign) -> None:
        """A shared design gives way; what it shows may be on the shelf already."""
        state = self._shelf.state_of(design)
        if not state.panel_textures:
            return
        with self._journal.act("keep_copy", makes=True, name="Shared", panels=EVERY_PANEL) as end:
            made = self._shelf.keep_copy(state, SHARED, "Shared")
            if made is not None:
                end |= {"design": made.id, "shows": shown(state)}

    def _tidy(self, design: ShelvedDesign) -> None:
        async def tidy(services: Services) -> None:
            with self._journal.act("tidy"):
                await services.tidying.tidy()

        self._with(design, tidy)

    # --- what they share

    def _change(
        self,
        what: str,
        design: ShelvedDesign,
        work: Callable[[Services], Awaitable[dict[str, str | None]]],
    ) -> None:
        async def change(services: Services) -> None:
            with self._journal.act(what, design=design.id, panels=EVERY_PANEL) as end:
                end["shows"] = await work(services)
                end["sources"] = {
                    panel: self._source(picture) for panel, picture in end["shows"].items() if picture
                }

        self._with(design, change)

    def _with(self, design: ShelvedDesign, work: Callable[[Services], Awaitable[None]]) -> None:
        """As a window does it, which holds the design, or as a command, which does not."""

        async def closing(services: Services) -> None:
            async with aclosing(services):
                services.tidying.use_budget(CUTS_BYTES)
                await work(services)

        with contextlib.ExitStack() as stack:
            if self._random.random() < 0.5:
                store = SqliteStore(stack.enter_context(self._shelf.opened(design.id)).file)
            else:
                store = choose_store(self._settings.model_copy(update={"design": design.id}))
            services = stack.enter_context(open_services(self._settings, store=store))
            self._loop.run_until_complete(closing(services))

    async def _panel_of(self, services: Services) -> str:
        state = await services.designs.get_state()
        return self._random.choice(PANEL_IDS[state.package_type])

    async def _known(self, services: Services) -> str:
        found = await services.archive.search(ArchiveQuery())
        return self._random.choice(found.pictures).sha256

    def _source(self, picture: str) -> str | None:
        note = texture_library(self._settings).note(picture)
        return None if note is None else note.source

    def _picture(self) -> Path:
        file = self._work / "art.png"
        file.write_bytes(picture(self._random.getrandbits(24)))
        return file


def picture(number: int) -> bytes:
    """A small picture of its own for each number."""
    made = Image.new("RGB", (48, 64), (number & 255, number >> 8 & 255, number >> 16))
    made.putpixel((1, 1), (number >> 16, number & 255, number >> 8 & 255))
    data = io.BytesIO()
    made.save(data, "PNG")
    return data.getvalue()


def shown(state: PackagingState) -> dict[str, str | None]:
    """The picture on each panel there is, None where there is none."""
    urls = state.texture_urls()
    return {panel: hash_in_url(urls[panel]) if panel in urls else None for panel in EVERY_PANEL}


def only(panel: str, state: PackagingState) -> dict[str, str | None]:
    """The picture on that panel."""
    return {panel: shown(state)[panel]}


def settings_in(folder: Path) -> Settings:
    """Everything in that folder; small pictures."""
    places = {f"{name}_dir": folder / name for name in ("data", "cache")}
    return read_settings(**places, dpi=36.0, provider="offline")


def first_design(folder: Path) -> None:
    """The only design of an older version, with artwork."""
    settings = settings_in(folder)
    file = folder / "first.png"
    file.write_bytes(picture(1))
    journal = Journal(folder / "journal-first")
    facts = {"makes": True, "design": FIRST, "name": "Untitled", "panels": EVERY_PANEL}
    with journal.act("new", **facts) as end, open_services(settings) as services:
        state = asyncio.run(services.pictures.import_picture("front", file))
        end |= {"shows": shown(state), "sources": {}}


def hands(folder: Path, name: str, seed: int, count: int, done: Any) -> None:
    """What a process does until all is done, or it is killed."""
    with painting():
        one = Hands(folder, name, seed)
        while done.value < count:
            try:
                one.act()
            except PackdeskError as error:  # what the other one took away, or has
                told(folder, f"{type(error).__name__}: {error.sentence}")
            except Exception:  # noqa: BLE001  (it is a fault, and told in the end)
                told(folder, traceback.format_exc(), fault=True)
            with done.get_lock():
                done.value += 1


def told(folder: Path, words: str, *, fault: bool = False) -> None:
    """Write down what an action said."""
    with (folder / ("faults" if fault else "refusals")).open("a", encoding="utf-8") as file:
        file.write(json.dumps(words) + "\n")


def actions(count: int, seed: int, keep: Path | None = None) -> list[str]:
    """Have two processes act, kill one of them again and again; what was lost."""
    chance, done, kills = random.Random(seed), FORK.Value("i", 0), 0
    with contextlib.nullcontext(keep) if keep else tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        first_design(folder)

        def begin(name: str) -> Any:
            process = FORK.Process(target=hands, args=(folder, name, seed * 1000 + len(begun), count, done))
            process.start()
            begun.append(name)
            return process

        begun: list[str] = []
        running = {name: begin(name) for name in ("a0", "b0")}
        while done.value < count:
            time.sleep(chance.uniform(0.2, 1.0))
            name = chance.choice(list(running))
            if done.value < count and running[name].is_alive():
                _kill(folder, name, running.pop(name))
                kills += 1
                following = f"{name[0]}{int(name[1:]) + 1}"
                running[following] = begin(following)
        for process in running.values():
            process.join()
        return _judged(folder, done.value, kills)


def _kill(folder: Path, name: str, process: Any) -> None:
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    with (folder / f"journal-{name}").open("a") as file:
        file.write(json.dumps({"killed": time.monotonic()}) + "\n")


def _judged(folder: Path, done: int, kills: int) -> list[str]:
    settings = settings_in(folder)
    with open_services(settings, store=SqliteStore(folder / "none.sqlite3")) as services:
        asyncio.run(services.tidying.tidy())
    verdict = Verdict(read_journals(folder), Shelf(settings.data_dir), texture_library(settings))
    table(("what", "count"), [("all actions", done), ("kill -9", kills), *verdict.facts()])
    faults = folder / "faults"
    broken = [json.loads(line) for line in faults.read_text().splitlines()] if faults.exists() else []
    return [*verdict.lost, *(f"an action broke: {trace}" for trace in broken)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--only", choices=("actions", "windows"))
    parser.add_argument("--keep", type=Path, help="an empty folder where the designs and journals stay")
    parser.add_argument("--pictures", type=Path, help="a folder for pictures of the windows' screen")
    words = parser.parse_args()
    sys.stdout.write(f"seed {words.seed}\n")
    lost = [] if words.only == "windows" else actions(words.count, words.seed, words.keep)
    lost += [] if words.only == "actions" else windows(words.pictures)
    for one in lost:
        sys.stdout.write(f"LOST: {one}\n")
    return int(bool(lost))


if __name__ == "__main__":
    sys.exit(main())
