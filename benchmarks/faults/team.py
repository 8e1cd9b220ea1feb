"""A range made by 1, 2 and 4 workers on a redis-server; one killed, one stopped past its lease and continued.

Rows a minute for each number of workers; then rows lost, and rows made twice: every file's place is looked at
all the time, and a second file in it is told. With `--pace`, pictures by a model that a server of our own
plays: how many requests a minute the workers send where the limit is 30. Exits 1 if a row is lost or made
twice, or the limit is not held within 5 %. Linux only.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tests"))

import ranges
from servers import redis_server
from support.gemini_server import GeminiServer
from tables import table

from packdesk.batch.files import FolderFiles
from packdesk.batch.journal import Journal
from packdesk.batch.team.worker import LEASE_S

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT = 30.0
SLACK = 0.05


class Desk:
    """A team's place, its server, and the processes at work there."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.place = folder / "place"
        self.place.mkdir(exist_ok=True)
        self.environment = {
            **ranges.environment(folder),
            "PACKDESK_QUEUE_URL": f"redis://127.0.0.1:{port}/0",
        }
        self.workers: list[subprocess.Popen[bytes]] = []

    def work(self, count: int) -> None:
        words = [sys.executable, "-m", "packdesk", "worker", "--place", str(self.place)]
        for _ in range(count):
            self.workers.append(
                subprocess.Popen(
                    words, env=self.environment, stderr=subprocess.DEVNULL, start_new_session=True
                )
            )

    def rest(self) -> None:
        """All workers end, however they are."""
        for worker in self.workers:
            for one in ranges.family(worker.pid):
                os.kill(one, signal.SIGCONT)
            worker.terminate()
        for worker in self.workers:
            worker.wait()
        self.workers = []

    def batch(self, csv: Path, base: Path, name: str, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "packdesk", "batch", str(csv), "--design", str(base)]
        command += ["--out", str(self.place / name), "--name", "{row}", *words]
        return subprocess.Popen(command, env=self.environment, stderr=subprocess.PIPE)


class Places:
    """Looks at the files of rows, and counts those that took a place where one was already."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.seen: dict[str, tuple[int, int]] = {}
        self.twice = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def _look(self) -> None:
        while not self._ended.wait(0.05):
            for file in list(self.out.glob("*.pdf")) if self.out.is_dir() else ():
                about = file.stat()
                now = about.st_ino, about.st_mtime_ns
                if file.stem.isdecimal() and self.seen.setdefault(file.name, now) != now:
                    self.twice += 1
                    self.seen[file.name] = now

    def end(self) -> None:
        self._ended.set()
        self._thread.join()


def lost(out: Path, rows: int) -> int:
    journal = Journal(FolderFiles(out))
    records = [journal.read(str(number)) for number in range(2, rows + 2)]
    return sum(record is None or record.state != "made" for record in records)


def signalled(worker: subprocess.Popen[bytes], what: signal.Signals) -> None:
    for one in ranges.family(worker.pid):
        os.kill(one, what)


def one_range(desk: Desk, asked: argparse.Namespace, workers: int, *, faults: bool) -> tuple[object, ...]:
    """Make the range in a folder of its own; returns a line of the table."""
    name = f"{workers}{'-faults' if faults else ''}"
    desk.work(workers)
    out, places = desk.place / name, Places(desk.place / name)
    base, csv = desk.folder / "base.packdesk", desk.folder / "range.csv"
    began = time.monotonic()
    process = desk.batch(csv, base, name, "--kinds", asked.kinds)
    if faults:
        _plant(desk, places, asked.rows)
    process.communicate()
    minutes = (time.monotonic() - began) / 60
    if faults:
        time.sleep(5)  # for whoever is still at a row
    places.end()
    desk.rest()
    return name, f"{asked.rows / minutes:.1f}", lost(out, asked.rows), places.twice, process.returncode


def _plant(desk: Desk, places: Places, rows: int) -> None:
    """One worker killed with a row in hand, another stopped past its lease with one, then continued."""
    while len(places.seen) < rows // 4:
        time.sleep(0.1)
    time.sleep(random.uniform(0, 1))
    signalled(desk.workers[0], signal.SIGKILL)
    signalled(desk.workers[1], signal.SIGSTOP)
    time.sleep(LEASE_S * 2)
    signalled(desk.workers[1], signal.SIGCONT)


def paced(desk: Desk, asked: argparse.Namespace) -> tuple[int, float]:
    """Requests in the busiest minute, and in a mean one, where each panel of each row is drawn anew."""
    csv = desk.folder / "drawn.csv"
    prompts = [f"Blue waves {number}" for number in range(asked.drawn)]
    csv.write_text("\n".join(["prompt", *prompts]), "utf-8")
    moments: list[float] = []
    with GeminiServer() as server, _noting(server, moments):
        desk.environment |= {
            "PACKDESK_PROVIDER": "gemini",
            "PACKDESK_GEMINI_URL": server.url,
            "GEMINI_API_KEY": server.key,
            "PACKDESK_GEMINI_SIZE": "1K",
        }
        desk.work(4)
        base = desk.folder / "base.packdesk"
        words = ("--limit", "1000", "--rate", f"{LIMIT:g}", "--dpi", "150")
        process = desk.batch(csv, base, "drawn", *words)
        print(process.communicate()[1].decode()[-300:])
        desk.rest()
    busiest = max(sum(start <= one < start + 60 for one in moments) for start in moments)
    return busiest, 60 * (len(moments) - 1) / (moments[-1] - moments[0])


class _noting:  # noqa: N801  (reads as a word)
    """The moments of a server's requests, as they come."""

    def __init__(self, server: GeminiServer, moments: list[float]) -> None:
        self._server = server
        self._moments = moments
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def _look(self) -> None:
        while not self._ended.wait(0.02):
            new = len(self._server.requests) - len(self._moments)
            self._moments += [time.monotonic()] * new

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()


def made_ready(folder: Path, asked: argparse.Namespace) -> None:
    ranges.make_base(folder, objects=True)
    ranges.write_table(folder / "range.csv", asked.rows)


def lines(desk: Desk, asked: argparse.Namespace) -> Iterator[tuple[object, ...]]:
    for workers in asked.workers:
        yield one_range(desk, asked, workers, faults=False)
    yield one_range(desk, asked, 4, faults=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2, 4])
    parser.add_argument("--kinds", default="pdf,render,bundle")
    parser.add_argument("--pace", action="store_true", help="only the limit of requests")
    parser.add_argument("--drawn", type=int, default=16, help="rows of it, six pictures each")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="team-") as folder, redis_server() as port:
        desk = Desk(Path(folder), port)
        made_ready(Path(folder), asked)
        if asked.pace:
            busiest, mean = paced(desk, asked)
            table(("limit", "busiest minute", "mean"), [(f"{LIMIT:g}", busiest, f"{mean:.1f}")])
            return int(busiest > LIMIT * (1 + SLACK) or mean > LIMIT * (1 + SLACK))
        told = list(lines(desk, asked))
        table(("workers", "rows a minute", "lost", "twice", "exit"), told)
        return int(any(line[2] or line[3] for line in told))


if __name__ == "__main__":
    raise SystemExit(main())
