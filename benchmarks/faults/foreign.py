"""Our programs beside one that reads, thinks and writes back whole: whose edits are lost?

Ours must never destroy its edits. What it destroys of ours is brought back where repair is on.

Run: python benchmarks/faults/foreign.py [SEED]
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from servers import Pace, in_processes, plain, redis_server, start_document, url_of
from tables import table
from writers import count_up

from packdesk.domain.wire import decode_state
from packdesk.store.base import KEY
from packdesk.store.redis import RedisStore

WRITERS, ROUNDS = 4, 3


PACES = (
    Pace("hammering, thinks 3 ms", 150, 150, 0, 0.003, 0),
    Pace("busy, thinks 3 ms", 60, 60, 0.05, 0.003, 0.05),
    Pace("busy, thinks 100 ms", 60, 20, 0.05, 0.1, 0.05),
)


def naive(port: int, pace: Pace, seed: int) -> None:
    """A program that knows nothing of us."""
    client, choice = plain(port), random.Random(seed)
    for _ in range(pace.theirs):
        document = json.loads(client.get(KEY) or b"{}")
        document["foreign"] = document.get("foreign", 0) + 1
        time.sleep(choice.uniform(0.5, 1.5) * pace.thinks_s)
        client.set(KEY, json.dumps(document))
        time.sleep(choice.uniform(0.5, 1.5) * pace.their_pause_s)


def run(port: int, pace: Pace, seed: int, *, journal: bool) -> tuple[int, int, float, float]:
    """What was lost of theirs and of ours, the seconds it took, and the median of our edits in ms."""
    start_document(port)
    jobs = [
        (count_up, (url_of(port), f"writer_{number}", pace.ours, journal, pace.our_pause_s))
        for number in range(WRITERS)
    ]
    results, seconds = in_processes([*jobs, (naive, (port, pace, seed))])
    store = RedisStore(url_of(port), journal=journal)
    found = decode_state(store.load() or b"").model_extra or {}
    store.close()
    ours = sum(int(found.get(f"writer_{number}", 0)) for number in range(WRITERS))
    times = sorted(time for result in results[:WRITERS] for time in result[0])
    theirs = pace.theirs - int(found.get("foreign", 0))
    return theirs, WRITERS * pace.ours - ours, seconds, times[len(times) // 2]


def main() -> int:
    first = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    seeds = range(first, first + ROUNDS)
    rows, kept = [], True
    with redis_server() as port:
        for pace in PACES:
            for journal in (False, True):
                runs = [run(port, pace, seed, journal=journal) for seed in seeds]
                theirs, ours = sum(one[0] for one in runs), sum(one[1] for one in runs)
                wanted = (ROUNDS * pace.theirs, ROUNDS * WRITERS * pace.ours)
                row: list[object] = [pace.name, "on" if journal else "off"]
                row += [f"{theirs}/{wanted[0]}", f"{ours}/{wanted[1]}", 100 * ours / wanted[1]]
                rows.append([*row, sum(one[2] for one in runs), sorted(one[3] for one in runs)[1]])
                kept = kept and not theirs and not (journal and ours)
    print(f"{WRITERS} of ours and one foreign program, seeds {first} to {first + ROUNDS - 1}\n")
    table(["pace", "repair", "theirs lost", "ours lost", "%", "seconds", "our median ms"], rows)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
