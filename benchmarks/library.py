"""How large the library grows while sliders rest, what tidying leaves, and whether everything is still shown.

Real services over a local store, artwork painted here. Every picture that was ever on the design is asked for
by its old URL at the end. Exits 1 if one is not shown, the budget is passed, or something in use is taken.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import random
import statistics
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tables import table  # makes the tests' room importable

# isort: split

from support.sizes import sized
from support.studio import Studio

from packdesk.app.core import build_services, choose_store
from packdesk.app.display import painting
from packdesk.domain.order import GenerationOrder
from packdesk.domain.panels import PANEL_IDS
from packdesk.settings import read_settings
from packdesk.store.sqlite import SqliteStore
from packdesk.textures.inventory import Stocktaker
from packdesk.textures.library import TextureLibrary, hash_in_url
from packdesk.textures.notes import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.domain.state import PackagingState
    from packdesk.services.container import Services
    from packdesk.settings import Settings

PROMPT = 'vintage floral in navy and blush, "Sol Field"'
MB = 2**20


class Size(NamedTuple):
    pictures: int
    mb: float
    files: int


class Desk:
    """Services with folders of their own."""

    def __init__(self, folder: Path, **settings: object) -> None:
        chosen = {"data_dir": folder, "cache_dir": folder / "cache", "provider": "offline", **settings}
        self.settings: Settings = read_settings(**chosen)
        self.store = choose_store(self.settings)
        self.services: Services = build_services(self.settings, self.store)
        self.seen: set[str] = set()

    async def rest(self, rng: random.Random) -> float:
        """A slider comes to rest; seconds until the artwork is cut and in place."""
        sides = [round(rng.uniform(40, 200), 1) for _ in range(3)]
        started = time.perf_counter()
        await self.services.designs.update_dimensions(sized("box", *sides))
        state = await self.services.pictures.refit()
        seconds = time.perf_counter() - started
        self.remember(state)
        return seconds

    def remember(self, state: PackagingState) -> None:
        """Note what each of the panels shows."""
        self.seen |= {texture.texture_url for texture in state.panel_textures.values()}

    async def given(self, most: int) -> tuple[int, int]:
        """How many of the URLs that ever were on the design give the very same picture, and of how many."""
        urls = random.Random(3).sample(sorted(self.seen), min(most, len(self.seen)))
        pngs = [await self.services.pictures.read_picture(url) for url in urls]
        same = sum(
            hashlib.sha256(png).hexdigest() == hash_in_url(url) for url, png in zip(urls, pngs, strict=True)
        )
        return same, len(urls)

    def size(self) -> Size:
        folder = self.settings.library_dir
        files = [path for path in folder.iterdir() if path.is_file()]
        pictures = [path for path in files if path.suffix == ".png"]
        return Size(len(pictures), sum(path.stat().st_size for path in files) / MB, len(files))

    async def close(self) -> None:
        await self.services.aclose()
        self.store.close()


async def thirty(rests: int, dpi: float) -> bool:
    print(f"{rests} random rests of a slider, artwork of {dpi:g} dpi, the default budget\n")
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), dpi=dpi)
        rows: list[list[object]] = []

        def note(what: str) -> None:
            rows.append([what, *desk.size()])

        outcome = await desk.services.generation.generate(GenerationOrder(PROMPT))
        desk.remember(outcome.state)
        note("artwork made")
        rng = random.Random(1)
        for _ in range(rests):
            await desk.rest(rng)
        note(f"after {rests} rests")
        await desk.services.tidying.aclose()  # the window is closed
        await desk.services.tidying.tidy()
        note("after packdesk tidy")
        shown = desk.size().pictures
        same, asked = await desk.given(most=10_000)
        note(f"all {asked} URLs read again")
        await desk.services.tidying.tidy()
        note("after packdesk tidy")
        table(["", "pictures", "MB", "files"], rows)
        print(f"{same} of {asked} old URLs gave the same picture, byte by byte\n")
        panels = len((await desk.services.designs.get_state()).panel_textures)
        await desk.close()
        return same == asked and panels == len(PANEL_IDS["box"]) and shown >= panels


async def thousand(rests: int, dpi: float, budget_mb: int) -> bool:
    print(f"{rests} random rests, artwork of {dpi:g} dpi; seconds a rest, and the most the cuts ever took\n")
    rows: list[list[object]] = []
    good = True
    for limit in (100_000, budget_mb):
        with tempfile.TemporaryDirectory() as folder:
            desk = Desk(Path(folder), dpi=dpi, cuts_mb=limit)
            looks = _counted_looks(desk)
            await desk.services.generation.generate(GenerationOrder(PROMPT))
            rng, times, most = random.Random(2), [], 0.0
            for _ in range(rests):
                times.append(await desk.rest(rng))
                if limit == budget_mb:
                    most = max(most, _listed_mb(desk))
            most = max(most, _listed_mb(desk))
            count = len(looks)
            same, asked = await desk.given(most=300)
            name = "no budget to speak of" if limit > budget_mb else f"budget {limit} MB"
            middle, worst = 1000 * statistics.median(times), 1000 * max(times)
            rows.append([name, middle, worst, most, count, f"{same} of {asked}"])
            good = good and same == asked and (limit > budget_mb or most <= limit)
            await desk.close()
    table(["", "median ms", "longest ms", "most MB", "looks", "old URLs shown"], rows)
    return good


def _listed_mb(desk: Desk) -> float:
    """The pictures that are no origins, by what lies in the folder."""
    folder = desk.settings.library_dir
    return sum(path.stat().st_size for path in folder.glob("*.png") if _is_cut(path)) / MB


_KNOWN: dict[str, bool] = {}


def _is_cut(path: Path) -> bool:
    if path.stem not in _KNOWN:
        note = path.with_suffix(".json")
        _KNOWN[path.stem] = (
            note.exists() and Origin.model_validate_json(note.read_bytes()).source != path.stem
        )
    return _KNOWN[path.stem]


def _counted_looks(desk: Desk) -> list[float]:
    looks: list[float] = []
    tidying = desk.services.tidying
    shrink = tidying._shrink

    def counted() -> None:
        started = time.perf_counter()
        shrink()
        looks.append(time.perf_counter() - started)

    tidying._shrink = counted  # type: ignore[method-assign]  # it is measured
    return looks


def scanning(cuts: int) -> None:
    print(f"A look at a library of {cuts:,} cuts, in a worker; how long another thread stood still, ms\n")
    with tempfile.TemporaryDirectory() as folder:
        library = TextureLibrary(Path(folder))
        source = "a" * 64
        (Path(folder) / f"{source}.png").write_bytes(b"x")
        for number in range(cuts):
            note = Origin(source=source, dpi=1, panel=(100, 100), wanted_dpi=30)
            (Path(folder) / f"{number:064x}.png").write_bytes(b"x")
            (Path(folder) / f"{number:064x}.json").write_bytes(note.model_dump_json().encode())
        stock, rows = Stocktaker(library), []
        for name in ("first", "later"):
            with gaps() as longest:
                started = time.perf_counter()
                assert len(stock.take_stock().cuts) == cuts
                took = 1000 * (time.perf_counter() - started)
            rows.append([name, took, 1000 * longest[0]])
        table(["look", "ms", "longest gap"], rows)


class gaps:  # noqa: N801  (reads as a word of the language)
    """The longest time a thread that only counts time did not come round."""

    def __enter__(self) -> list[float]:
        self._longest, self._stop = [0.0], threading.Event()
        self._thread = threading.Thread(target=self._count)
        self._thread.start()
        return self._longest

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _count(self) -> None:
        last = time.perf_counter()
        while not self._stop.wait(0.001):
            now = time.perf_counter()
            self._longest[0] = max(self._longest[0], now - last)
            last = now


async def interleavings(runs: int) -> bool:
    print(
        f"{runs} random runs of two programs (sizes, imports, generations, undo), a third tidies amid them\n"
    )
    moments = removed = lost = 0
    shown = True
    for seed in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            store = SqliteStore(Path(folder) / "store.sqlite3")
            studio = Studio(store, Path(folder), random.Random(1000 + seed))
            await studio.run(steps=6)
            moments, removed = moments + studio.strikes, removed + studio.removed
            lost, shown = lost + len(studio.lost), shown and studio.readable()
            await studio.close()
            store.close()
    table(
        ["runs", "tidied", "removed", "in use and gone", "all shown"], [[runs, moments, removed, lost, shown]]
    )
    return not lost and shown


def _parts(words: argparse.Namespace) -> Iterator[bool]:
    with painting():
        yield asyncio.run(thirty(words.few, 150))
        yield asyncio.run(thousand(words.many, 72, words.budget))
    scanning(6000)
    yield asyncio.run(interleavings(words.runs))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--few", type=int, default=30)
    parser.add_argument("--many", type=int, default=1000)
    parser.add_argument("--budget", type=int, default=8, help="MB")
    parser.add_argument("--runs", type=int, default=200)
    if not all(list(_parts(parser.parse_args()))):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
