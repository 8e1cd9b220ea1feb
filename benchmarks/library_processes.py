"""Three processes that resize, import and generate at one design; a fourth tidies their library all the time.

After each action the current design is read: every picture it names must lie in the library. One that was
just taken up again may be away for the moment in which it is put back. Exits 1 if one stays away.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import multiprocessing
import random
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tables import table  # makes the tests' room importable

# isort: split

from support.providers import ScriptedProvider, picture_bytes
from support.sizes import sized

from packdesk.app.core import build_services, choose_store
from packdesk.domain.order import GenerationOrder
from packdesk.errors import GenerationBusyError
from packdesk.settings import read_settings
from packdesk.textures.library import hashes_in

if TYPE_CHECKING:
    from multiprocessing.queues import SimpleQueue

    from packdesk.services.container import Services
    from packdesk.store.base import StateStore

WORKERS, BUDGET = 3, 40_000
PUT_BACK_S = 0.1
Counts = tuple[int, int, int, int]
"""Actions, pictures removed, away for a moment, missing."""


def opened(folder: Path) -> tuple[StateStore, Services]:
    settings = read_settings(data_dir=folder, cache_dir=folder / "cache", dpi=40)
    store = choose_store(settings)
    return store, build_services(settings, store, ScriptedProvider())


def missing(store: StateStore, folder: Path) -> tuple[int, int]:
    """How many pictures the design names and the library lacks at this moment, and still a little later."""
    raw = store.load() or b""
    gone = [name for name in hashes_in(raw) if not (folder / "textures" / f"{name}.png").exists()]
    if not gone or store.load() != raw:
        return 0, 0
    time.sleep(PUT_BACK_S)
    away = [name for name in gone if not (folder / "textures" / f"{name}.png").exists()]
    return len(gone), len(away) if store.load() == raw else 0


async def act(services: Services, rng: random.Random) -> None:
    chance = rng.random()
    if chance < 0.5:
        await services.designs.update_dimensions(sized("box", *(rng.randint(30, 90) for _ in range(3))))
        await services.pictures.refit()
    elif chance < 0.8:
        data = picture_bytes(rng.randint(0, 99), (60, 50))
        await services.pictures.put_picture(rng.choice(("front", "back", "top")), data, "a file")
    else:
        with contextlib.suppress(GenerationBusyError):
            await services.generation.generate(
                GenerationOrder(
                    "red roses",
                    (
                        "left",
                        "right",
                    ),
                )
            )


async def work(folder: Path, seed: int, until: float) -> Counts:
    store, services = opened(folder)
    services.tidying.use_budget(BUDGET)
    rng, actions, away, lost = random.Random(seed), 0, 0, 0
    while time.time() < until:
        await act(services, rng)
        actions += 1
        found = missing(store, folder)
        away, lost = away + found[0], lost + found[1]
    await services.aclose()
    store.close()
    return actions, 0, away, lost


async def tidy(folder: Path, until: float) -> Counts:
    store, services = opened(folder)
    times = removed = 0
    while time.time() < until:
        removed += (await services.tidying.tidy()).removed.pictures
        times += 1
    await services.aclose()
    store.close()
    return times, removed, 0, 0


def run(folder: Path, number: int, until: float, told: SimpleQueue[tuple[str, Counts]]) -> None:
    if number < WORKERS:
        told.put((f"program {number + 1}", asyncio.run(work(folder, number, until))))
    else:
        told.put(("tidying", asyncio.run(tidy(folder, until))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    seconds = parser.parse_args().seconds
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        told, until = context.SimpleQueue(), time.time() + seconds
        words = [(Path(folder), number, until, told) for number in range(WORKERS + 1)]
        processes = [context.Process(target=run, args=one) for one in words]
        for process in processes:
            process.start()
        found = dict(told.get() for _ in processes)
        for process in processes:
            process.join()
    table(
        ["", "actions", "removed", "away for a moment", "missing"],
        [[name, *found[name]] for name in sorted(found)],
    )
    if any(lost for *_, lost in found.values()):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
