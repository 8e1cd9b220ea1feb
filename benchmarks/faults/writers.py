"""Many processes edit one design at once: is every edit there, once?

Each of them counts in a field of its own; a lost edit or one applied twice shows in the sum.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from servers import in_processes, losing_proxy, redis_server, start_document, url_of
from tables import table

from packdesk.domain.wire import decode_state
from packdesk.errors import StoreBusyError
from packdesk.services.shared_state import SharedState
from packdesk.store.redis import RedisStore
from packdesk.store.sqlite import SqliteStore

if TYPE_CHECKING:
    from packdesk.domain.state import PackagingState
    from packdesk.store.base import StateStore

PROCESSES, EDITS, EVERY = 16, 200, 20


def open_store(place: str) -> StateStore:
    return RedisStore(place) if place.startswith("redis:") else SqliteStore(Path(place))


def count_up(
    place: str, field: str, edits: int = EDITS, journal: bool = True, pause_s: float = 0
) -> tuple[list[float], int]:
    """Edit so many times: how long each took in milliseconds, and how often it was told to try again."""
    choice = random.Random(field)

    def mutate(state: PackagingState) -> PackagingState:
        return state.model_copy(update={field: (state.model_extra or {}).get(field, 0) + 1})

    async def work() -> tuple[list[float], int]:
        shared, times, refused = SharedState(store), [], 0
        while len(times) < edits:
            started = time.perf_counter()
            try:
                await shared.commit(mutate)
            except StoreBusyError:
                refused += 1
                continue
            times.append(1000 * (time.perf_counter() - started))
            await asyncio.sleep(choice.uniform(0.5, 1.5) * pause_s)
        return times, refused

    store = RedisStore(place, journal=journal) if place.startswith("redis:") else open_store(place)
    try:
        return asyncio.run(work())
    finally:
        store.close()


def counted(place: str) -> dict[str, int]:
    """Every counter that stands in the store."""
    store = open_store(place)
    extra: dict[str, Any] = decode_state(store.load() or b"").model_extra or {}
    store.close()
    return {name: number for name, number in extra.items() if isinstance(number, int)}


def run(name: str, place: str, truth: str) -> tuple[list[object], bool]:
    jobs = [(count_up, (place, f"writer_{number}")) for number in range(PROCESSES)]
    results, seconds = in_processes(jobs)
    times = sorted(time for times, _ in results for time in times)
    found = counted(truth)
    exact = sum(found.get(f"writer_{number}", 0) == EDITS for number in range(PROCESSES))
    wanted, stands = PROCESSES * EDITS, sum(found.values())
    row: list[object] = [name, f"{stands}/{wanted}", f"{exact}/{PROCESSES}", wanted / seconds]
    row += [times[len(times) // 2], times[len(times) * 99 // 100], sum(refused for _, refused in results)]
    return row, exact == PROCESSES and stands == wanted


def main() -> int:
    rows, kept = [], True
    with redis_server() as port, tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "store.sqlite3")
        with losing_proxy(port, EVERY) as proxy:
            for name, place, truth in (
                ("SQLite", file, file),
                ("Redis", url_of(port), url_of(port)),
                (f"Redis, every {EVERY}th reply lost", url_of(proxy), url_of(port)),
            ):
                start_document(port)
                row, good = run(name, place, truth)
                rows.append(row)
                kept = kept and good
    print(f"{PROCESSES} processes, {EDITS} edits each\n")
    table(["store", "edits found", "exact", "edits/s", "median ms", "p99 ms", "told busy"], rows)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
