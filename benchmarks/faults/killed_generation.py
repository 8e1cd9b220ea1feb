"""kill -9 at random moments of a generation: nothing half done, no flag left, no picture asked for twice.

Run: python benchmarks/faults/killed_generation.py [KILLS] [SEED]
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from generating import BOX, LEASE_MS, Desk, Place, lease_over, shorten_lease, start_generating
from servers import plain, redis_server, url_of
from tables import table

from packdesk.domain.order import GenerationOrder

BEFORE, AFTER = "red roses all over", "blue waves all over"
PANEL_S = 0.015


class Findings:
    """What the kills met, and every promise that was broken."""

    def __init__(self) -> None:
        self.moments: Counter[str] = Counter()
        self.broken: list[str] = []
        self.flags_ms: list[float] = []
        self.asked_again = 0

    def expect(self, run: str, promise: str, *, holds: bool) -> None:
        if not holds:
            self.broken.append(f"{run}: {promise}")


async def one_kill(place: Place, name: str, delay_s: float, seed: int, found: Findings) -> None:
    """One generation, killed after a while, and what is left of it."""
    desk = Desk(place, seed + 1)
    try:
        await desk.generation.generate(GenerationOrder(BEFORE))
        child, line = start_generating(place, AFTER, seed)
        await asyncio.sleep(delay_s)
        child.kill()  # SIGKILL
        killed = time.monotonic()
        child.join()
        line.close()
        stands = await desk.prompts()
        found.expect(name, "the batch is there all or nothing", holds=stands in ({BEFORE}, {AFTER}))
        was_raised = (await desk.designs.get_status()).in_progress
        found.moments[await moment(desk, stands, raised=was_raised)] += 1
        await lease_over(desk)
        await desk.designs.clear_dead_generation()
        if was_raised:
            found.flags_ms.append(1000 * (time.monotonic() - killed))
        status = await desk.designs.get_status()
        found.expect(name, "the flags fall", holds=not status.in_progress and not status.generating_panels)
        found.expect(name, "it is told", holds=bool(status.last_error) == was_raised)
        await finish(desk, place, name, found, committed=stands == {AFTER})
    finally:
        desk.store.close()


async def moment(desk: Desk, stands: set[str], *, raised: bool) -> str:
    if stands == {AFTER}:
        return "committed"
    if not raised:
        return "not begun"
    jobs = await desk.unfinished.list()
    return f"{len(jobs[0].textures) if jobs else 0} of 6 noted"


async def finish(desk: Desk, place: Place, name: str, found: Findings, *, committed: bool) -> None:
    """Take the job up where it was left, or begin it again."""
    jobs = await desk.unfinished.list()
    before = len(place.asked)
    found.expect(name, "at most one job is left", holds=len(jobs) <= 1)
    if jobs:
        await desk.unfinished.resume(jobs[0].id)
        asked = place.asked[before:]
        found.asked_again += len(set(asked) & set(jobs[0].textures))
        found.expect(
            name, "only missing panels are asked for", holds=sorted(asked) == sorted(jobs[0].missing())
        )
    elif not committed:
        await desk.generation.generate(GenerationOrder(AFTER))
    found.expect(name, "everything is on the panels", holds=await desk.prompts() == {AFTER})
    found.expect(name, "no job is left", holds=not await desk.unfinished.list())
    state = await desk.designs.get_state()
    pictures = [
        place.folder / "textures" / Path(panel.texture_url).name for panel in state.panel_textures.values()
    ]
    found.expect(name, "every picture is in the library", holds=all(path.exists() for path in pictures))


async def usual_seconds(place: Place) -> float:
    """How long an undisturbed generation takes from its start."""
    child, line = start_generating(place, AFTER, 0)
    started = time.monotonic()
    assert line.recv() == "done"
    child.join()
    return time.monotonic() - started


async def all_kills(port: int, base: Path, kills: int, seed: int) -> dict[str, Findings]:
    found = {"SQLite": Findings(), "Redis": Findings()}
    choice, usual = random.Random(seed), {}
    for number in range(-2, kills):
        name = ("SQLite", "Redis")[number % 2]
        folder = base / f"run{number}"
        folder.mkdir()
        plain(port).flushall()
        place = Place(url_of(port) if name == "Redis" else str(folder / "store.sqlite3"), folder, PANEL_S)
        if number < 0:
            usual[name] = await usual_seconds(place)
            continue
        delay_s = choice.uniform(0, 1.15 * usual[name])
        await one_kill(
            place, f"{name} run {number}, {1000 * delay_s:.0f} ms", delay_s, seed + number, found[name]
        )
    return found


def main() -> int:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    shorten_lease()
    assert len(BOX) == 6
    with redis_server() as port, tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(all_kills(port, Path(folder), kills, seed))
    moments = sorted(set(found["SQLite"].moments) | set(found["Redis"].moments))
    print(f"{kills} kills of a generation of 6 panels, lease {LEASE_MS} ms, seed {seed}\n")
    table(
        ["killed when", *found], [[when, *(one.moments[when] for one in found.values())] for when in moments]
    )
    rows: list[list[object]] = [["promises broken", *(len(one.broken) for one in found.values())]]
    rows += [["finished pictures asked for again", *(one.asked_again for one in found.values())]]
    rows += [["flags fell after ms, at most", *(max(one.flags_ms, default=0.0) for one in found.values())]]
    table(["", *found], rows)
    broken = [sentence for one in found.values() for sentence in one.broken]
    print("\n".join(broken))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
