"""Four of our processes beside a web application that writes the document whole, with pictures in it.

Ours put textures on a panel each and look before every edit whether the last one stands. It sets sizes,
old ones too, makes a picture and takes it away, and looks whether these stand. Nobody's edit may be lost.

Run: python benchmarks/faults/beside_webapp.py [SEED] [--naive]
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tests" / "support"))

from servers import Pace, in_processes, plain, redis_server, url_of
from tables import table
from webapp import WebApp, picture

from packdesk.domain import transitions
from packdesk.domain.state import PackagingState, PanelTexture, default_state, utc_text
from packdesk.domain.wire import encode_state
from packdesk.errors import StoreBusyError
from packdesk.services.shared_state import SharedState
from packdesk.store.base import KEY
from packdesk.store.redis import RedisStore

if TYPE_CHECKING:
    from collections.abc import Sequence

PANELS = ("front", "back", "left", "right")
SEEDS, SETTLED_S = 3, 0.3


HUMAN = Pace("human", 15, 30, 0.4, 0.02, 0.15)
HAMMERING = Pace("hammering", 100, 60, 0, 0.003, 0)
SIZES = {"2 KB": 0, "60 KB": 56_000, "1 MB": 1_000_000, "5 MB": 5_000_000}


def document(pictures_bytes: int) -> PackagingState:
    """A design whose six panels have pictures in the document, of so many bytes together."""
    textures = {
        panel: PanelTexture(
            panel_id=panel, texture_url=picture(pictures_bytes // 6, panel), generated_at=utc_text()
        )
        for panel in (*PANELS, "bottom")
    }
    return default_state().model_copy(update={"panel_textures": textures, "created_at": utc_text()})


def ours(url: str, panel: str, pace: Pace, seed: int, repair: bool) -> tuple[int, list[float]]:
    """Put textures on a panel: how many did not stand before the next, and the time each edit took in ms."""
    choice, store = random.Random(f"{seed} {panel}"), RedisStore(url, journal=repair)

    async def stands(shared: SharedState, prompt: str) -> bool:
        seen = (await shared.load()).panel_textures.get(panel)
        return not prompt or (seen is not None and seen.prompt == prompt)

    async def work() -> tuple[int, list[float]]:
        shared, last, lost, times = SharedState(store), "", 0, []
        for number in range(pace.ours):
            lost += not await stands(shared, last)
            last = f"{panel} {number}"
            times.append(await put(shared, panel, last))
            await asyncio.sleep(choice.uniform(0.5, 1.5) * pace.our_pause_s)
        await asyncio.sleep(SETTLED_S)
        return lost + (not await stands(shared, last)), times

    try:
        return asyncio.run(work())
    finally:
        store.close()


async def put(shared: SharedState, panel: str, prompt: str) -> float:
    """Put a texture on a panel; how long that took in ms."""
    url = f"file:///{prompt}.png"
    made = PanelTexture(panel_id=panel, texture_url=url, prompt=prompt, generated_at=utc_text())
    started = time.perf_counter()
    while True:
        with contextlib.suppress(StoreBusyError):
            await shared.commit(
                lambda state: transitions.put_textures(state, "box", {panel: made}, utc_text())
            )
            return 1000 * (time.perf_counter() - started)


def theirs(port: int, pace: Pace, seed: int, picture_bytes: int) -> tuple[int, int, int]:
    """What the web application wrote, lost, and had undone."""
    app = WebApp(plain(port), seed, thinks_s=pace.thinks_s, picture_bytes=picture_bytes)
    choice = random.Random(seed)
    for _ in range(pace.theirs):
        app.act()
        time.sleep(choice.uniform(0.5, 1.5) * pace.their_pause_s)
    time.sleep(SETTLED_S)
    app.look()
    return app.writes, app.lost, app.undone


def run(port: int, pace: Pace, size: int, seed: int, *, repair: bool) -> tuple[int, int, int, list[float]]:
    """What was lost of theirs and of ours, what was undone of theirs, and our times."""
    server = plain(port)
    server.flushall()
    server.set(KEY, encode_state(document(size)))
    jobs = [(ours, (url_of(port), panel, pace, seed, repair)) for panel in PANELS]
    results, _ = in_processes([*jobs, (theirs, (port, pace, seed, max(400, size // 6)))])
    _, lost, undone = results[-1]
    return lost, sum(one[0] for one in results[:-1]), undone, [ms for one in results[:-1] for ms in one[1]]


def main(words: Sequence[str]) -> int:
    first = int(next((word for word in words if word.isdigit()), "1"))
    repair = "--naive" not in words
    rows, kept = [], True
    with redis_server() as port:
        for pace in (HUMAN, HAMMERING):
            for name, size in SIZES.items():
                runs = [run(port, pace, size, seed, repair=repair) for seed in range(first, first + SEEDS)]
                lost = [sum(one[index] for one in runs) for index in range(3)]
                times = sorted(ms for one in runs for ms in one[3])
                edits = SEEDS * len(PANELS) * pace.ours
                rows.append([pace.name, name, lost[0], f"{lost[1]}/{edits}", lost[2], times[len(times) // 2]])
                kept = kept and not any(lost)
    print(f"Four of ours and a web application, seeds {first} to {first + SEEDS - 1}, repair {repair}\n")
    table(["pace", "document", "theirs lost", "ours lost", "edits undone", "our median ms"], rows)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
