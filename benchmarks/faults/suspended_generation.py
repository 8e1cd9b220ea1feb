"""A generation stopped past its lease while another one runs: the old one is refused, the newer stands.

Run: python benchmarks/faults/suspended_generation.py [RUNS] [SEED]
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
import tempfile
from collections import Counter
from pathlib import Path

from generating import LEASE_MS, Desk, Place, lease_over, shorten_lease, start_generating
from servers import plain, redis_server, url_of
from tables import table

from packdesk.domain.order import GenerationOrder

OLD, NEW = "red roses all over", "blue waves all over"
PANEL_S = 0.08


async def one_stop(place: Place, delay_s: float, seed: int) -> tuple[str, bool]:
    """How the stopped generation ended, and whether the newer one stands."""
    desk = Desk(place, seed)
    child, line = start_generating(place, OLD, seed)
    try:
        while not place.asked:  # noqa: ASYNC110  (another process; from its first question on it holds the lease)
            await asyncio.sleep(0.005)
        await asyncio.sleep(delay_s)
        os.kill(child.pid, signal.SIGSTOP)
        try:
            await lease_over(desk)
            await desk.generation.generate(GenerationOrder(NEW))
        finally:
            os.kill(child.pid, signal.SIGCONT)
        ended = str(await asyncio.to_thread(line.recv))
        state = await desk.designs.get_state()
        stands = await desk.prompts() == {NEW} and not state.generating and state.last_error is None
        return ended, stands
    finally:
        child.kill()
        child.join()
        desk.store.close()


async def all_stops(port: int, base: Path, runs: int, seed: int) -> dict[str, list[tuple[str, bool]]]:
    ends: dict[str, list[tuple[str, bool]]] = {"SQLite": [], "Redis": []}
    choice = random.Random(seed)
    for number in range(runs):
        name = ("SQLite", "Redis")[number % 2]
        folder = base / f"run{number}"
        folder.mkdir()
        plain(port).flushall()
        place = Place(url_of(port) if name == "Redis" else str(folder / "store.sqlite3"), folder, PANEL_S)
        # Six panels, two at a time, at least 40 ms each: it is stopped in the middle of the work.
        ends[name].append(await one_stop(place, choice.uniform(0, 0.1), seed + number))
    return ends


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    shorten_lease()
    with redis_server() as port, tempfile.TemporaryDirectory() as folder:
        ends = asyncio.run(all_stops(port, Path(folder), runs, seed))
    print(f"{runs} generations stopped past their lease of {LEASE_MS} ms, seed {seed}\n")
    told = Counter((name, end) for name, many in ends.items() for end, _ in many)
    outcomes = sorted({end for _, end in told})
    rows = [[f"the stopped one ended: {end}", *(told[name, end] for name in ends)] for end in outcomes]
    rows.append(["the newer one stands", *(sum(stands for _, stands in many) for many in ends.values())])
    table(["", *ends], rows)
    everything = [one for many in ends.values() for one in many]
    return 0 if all(one == ("GenerationSupersededError", True) for one in everything) else 1


if __name__ == "__main__":
    sys.exit(main())
