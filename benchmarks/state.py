"""The shared state side by side: naive GET and SET, WATCH and MULTI, and ours; watching against polling.

Every figure comes from one run against one server of its own. Writers are processes, watchers are threads.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import statistics
import threading
import time
from typing import TYPE_CHECKING, Any

import redis
from redis.connection import AbstractConnection
from servers import in_processes, plain, redis_server, start_document, url_of
from tables import table

from packdesk.domain.wire import decode_state
from packdesk.errors import PackdeskError, StoreBusyError
from packdesk.services.shared_state import SharedState
from packdesk.store.base import KEY, revision_of
from packdesk.store.redis import RedisStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.domain.state import PackagingState

    Edit = Callable[[], None]

WRITERS, EDITS = (1, 4, 16), 150
SIZES, WATCHERS = {"4 KB": 4_000, "3 MB": 3_000_000}, (1, 10, 100)
POLL_S, IDLE_S, CHANGES = 2.0, 4.0, 3
_trips = itertools.count()


def count_round_trips() -> None:
    """Every batch of commands that goes to the server is a round trip, in this process from now on."""
    send = AbstractConnection.send_packed_command

    def counted(self: Any, *words: Any, **options: Any) -> Any:
        next(_trips)
        return send(self, *words, **options)

    AbstractConnection.send_packed_command = counted  # type: ignore[method-assign]


def trips_so_far() -> int:
    return int(repr(_trips).split("(")[1].rstrip(")"))


def counted_up(raw: bytes, field: str) -> str:
    document = json.loads(raw)
    document[field] = document.get(field, 0) + 1
    return json.dumps(document, separators=(",", ":"))


def naive(port: int, field: str) -> Edit:
    client = plain(port)

    def edit() -> None:
        client.set(KEY, counted_up(client.get(KEY), field))

    return edit


def watch_multi(port: int, field: str) -> Edit:
    client = plain(port)

    def edit() -> None:
        while True:
            with contextlib.suppress(redis.WatchError), client.pipeline() as pipeline:
                pipeline.watch(KEY)
                new = counted_up(pipeline.get(KEY), field)
                pipeline.multi()
                pipeline.set(KEY, new)
                pipeline.execute()
                return

    return edit


def ours(port: int, field: str, *, journal: bool = True) -> Edit:
    shared = SharedState(RedisStore(url_of(port), journal=journal))
    loop = asyncio.new_event_loop()

    def mutate(state: PackagingState) -> PackagingState:
        return state.model_copy(update={field: (state.model_extra or {}).get(field, 0) + 1})

    def edit() -> None:
        while True:
            with contextlib.suppress(StoreBusyError):
                loop.run_until_complete(shared.commit(mutate))
                return

    loop.run_until_complete(shared.load())
    return edit


def ours_without_repair(port: int, field: str) -> Edit:
    return ours(port, field, journal=False)


METHODS = {
    "naive GET/SET": naive,
    "WATCH/MULTI": watch_multi,
    "ours": ours,
    "ours, repair off": ours_without_repair,
}


def one_writer(method: str, port: int, field: str) -> tuple[list[float], int]:
    """Milliseconds of every edit, and the round trips they took."""
    count_round_trips()
    edit, times = METHODS[method](port, field), []
    plain(port).ping()
    before = trips_so_far()
    for _ in range(EDITS):
        started = time.perf_counter()
        edit()
        times.append(1000 * (time.perf_counter() - started))
    return times, trips_so_far() - before


def writing(port: int) -> None:
    print(f"Writing: {EDITS} edits a process, each its own field, document of 3.4 KB\n")
    rows: list[list[object]] = []
    for writers in WRITERS:
        first = 0.0
        for method in METHODS:
            start_document(port)
            jobs = [(one_writer, (method, port, f"writer_{number}")) for number in range(writers)]
            results, seconds = in_processes(jobs)
            times = sorted(time for times, _ in results for time in times)
            stands = decode_state(plain(port).get(KEY) or b"").model_extra or {}
            done = writers * EDITS
            kept = sum(int(stands.get(f"writer_{number}", 0)) for number in range(writers))
            rate, trips = done / seconds, sum(trips for _, trips in results) / done
            first = first or rate
            row: list[object] = [f"{method}, {writers}", f"{done - kept}/{done}", rate, rate / first]
            rows.append([*row, times[len(times) // 2], times[len(times) * 99 // 100], trips])
    headers = ["method, writers", "lost", "edits/s", "x naive", "median ms", "p99 ms", "round trips"]
    table(headers, rows)


class Watcher(threading.Thread):
    """Notes when it first sees each revision."""

    def __init__(self, port: int, over: threading.Event) -> None:
        super().__init__(daemon=True)
        self.port = port
        self.over = over
        self.seen: dict[str, float] = {}
        self.faults = 0

    def note(self, revision: str) -> None:
        self.seen.setdefault(revision, time.perf_counter())


class Polling(Watcher):
    """GET every two seconds."""

    def run(self) -> None:
        client = plain(self.port)
        while not self.over.is_set():
            with contextlib.suppress(redis.RedisError):
                self.note(revision_of(client.get(KEY)))
            self.over.wait(POLL_S)


class Ours(Watcher):
    """Hints at once, the status every two seconds, as the window does."""

    def run(self) -> None:
        store = RedisStore(url_of(self.port))
        while not self.over.is_set():
            try:
                self.note(store.status().revision)
            except PackdeskError:
                self.faults += 1
            until = time.monotonic() + POLL_S
            while not self.over.is_set() and time.monotonic() < until:
                if store.wait(0.25):
                    break
        store.close()


def traffic(client: redis.Redis) -> int:
    """Bytes the server has moved in both directions."""
    facts = client.info("stats")
    return int(facts["total_net_input_bytes"]) + int(facts["total_net_output_bytes"])


def watch(port: int, kind: type[Watcher], size: int, number: int) -> tuple[float, float, float, int]:
    """Median and longest ms until a change is seen, idle bytes per second and watcher, and faults."""
    start_document(port, size)
    client, over = plain(port), threading.Event()
    watchers = [kind(port, over) for _ in range(number)]
    for watcher in watchers:
        watcher.start()
        time.sleep(POLL_S / 2 / number)
    time.sleep(POLL_S / 2)
    readings = [traffic(client) for _ in range(5)]  # the least: a watcher may ask between two of them
    asking = min(later - earlier for earlier, later in itertools.pairwise(readings))
    moved = traffic(client)
    time.sleep(IDLE_S)
    idle = max(0, traffic(client) - moved - asking) / IDLE_S / number
    delays: list[float] = []
    for change in range(CHANGES):
        raw = counted_up(client.get(KEY), f"change_{change}").encode()
        started = time.perf_counter()
        client.set(KEY, raw)
        time.sleep(1.15 * POLL_S)
        seen = [watcher.seen.get(revision_of(raw)) for watcher in watchers]
        delays += [1000 * (moment - started) for moment in seen if moment]
    over.set()
    for watcher in watchers:
        watcher.join()
    missed = CHANGES * number - len(delays)
    faults = missed + sum(watcher.faults for watcher in watchers)
    return statistics.median(delays or [0.0]), max(delays, default=0.0), idle, faults


def watching(port: int) -> None:
    print(f"Watching: {CHANGES} changes by plain SET; idle bytes per second and watcher, both directions\n")
    rows: list[list[object]] = []
    for size_name, size in SIZES.items():
        for number in WATCHERS:
            polled = watch(port, Polling, size, number)
            told = watch(port, Ours, size, number)
            place = f"{size_name}, {number} watching"
            rows.append([f"{place}: GET every {POLL_S:.0f} s", *polled, 1.0, 1.0])
            ratios = (told[0] / polled[0] if polled[0] else 0.0, told[2] / polled[2])
            rows.append([f"{place}: ours", *told, *(f"{ratio:.2g}" for ratio in ratios)])
    table(["", "median ms", "max ms", "idle B/s", "missed", "x latency", "x bytes"], rows)


def main() -> None:
    started = time.monotonic()
    with redis_server() as port:
        writing(port)
        watching(port)
    print(f"{time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
