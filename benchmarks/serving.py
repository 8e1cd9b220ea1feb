"""`packdesk serve` under load: beside a bare Starlette, with idle followers, with a slider, before a fuzzer.

Clients of `/packaging/status` ask on kept connections as fast as they are answered. Exits 1 when less than
half of the bare application's requests are answered, when a state with six pictures takes 2 KB or more, when
the last step of the slider is not what is stored, or when the fuzzer finds a failure (`--fuzz 100`, needs
schemathesis in an environment of its own: name its program with `--schemathesis`).
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from tables import table

# isort: split
from support.redis_server import free_port
from support.server import serving
from support.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.server import Served

SECONDS, CLIENTS, FOLLOWERS = 5.0, 64, 1000
BARE = """
import sys
import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

async def status(request):
    return JSONResponse({"in_progress": False, "generating_panel": None, "generating_panels": [],
        "bulk_generation_in_progress": False, "last_error": None, "updated_at": "2026-11-28T04:16:55.810Z"})

app = Starlette(routes=[Route("/packaging/status", status)])
uvicorn.run(app, port=int(sys.argv[1]), http="h11", access_log=False, log_config=None, lifespan="off")
"""


class Load(NamedTuple):
    """What clients met: answers a second, and milliseconds to one."""

    per_s: float
    median_ms: float
    p99_ms: float


class Use(NamedTuple):
    """What a process holds and has used: resident megabytes, seconds of a processor."""

    mb: float
    cpu_s: float


@contextlib.contextmanager
def bare() -> Iterator[str]:
    """The same answer from Starlette alone, by the same uvicorn and h11."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-c", BARE, str(port)], stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.05)


async def load(base: str, clients: int, seconds: float) -> Load:
    """Ask for the status on so many connections for a while."""
    place, took = urlsplit(base), []
    request = f"GET /packaging/status HTTP/1.1\r\nHost: {place.netloc}\r\n\r\n".encode()
    end = time.perf_counter() + seconds

    async def client() -> None:
        reader, writer = await asyncio.open_connection(place.hostname, place.port)
        while (began := time.perf_counter()) < end:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r")[0])
            await reader.readexactly(length)
            assert head.startswith(b"HTTP/1.1 200"), head
            took.append(time.perf_counter() - began)
        writer.close()

    await asyncio.gather(*(client() for _ in range(clients)))
    took.sort()
    return Load(len(took) / seconds, statistics.median(took) * 1000, took[int(len(took) * 0.99)] * 1000)


def measured(served: Served, clients: int, seconds: float) -> float:
    """Print both, in turn and three times; returns the median share."""
    rows, shares = [], []
    with bare() as base:
        for _ in range(3):
            plain = asyncio.run(load(base, clients, seconds))
            ours = asyncio.run(load(served.base, clients, seconds))
            rows += [("Starlette alone", *plain), ("packdesk serve", *ours)]
            shares.append(ours.per_s / plain.per_s)
    table((f"GET /packaging/status, {clients} clients", "a second", "median ms", "p99 ms"), rows)
    share = statistics.median(shares)
    print(f"share of the bare application: {share:.2f}\n")
    return share


def use_of(pid: int) -> Use:
    """Of a process, as Linux tells it."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    pages, ticks = int(fields[21]), int(fields[11]) + int(fields[12])
    return Use(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, ticks / os.sysconf("SC_CLK_TCK"))


async def followers(served: Served, count: int, seconds: float) -> None:
    """What clients of the events cost that are told nothing but that the server is there."""
    place, pid = urlsplit(served.base), served.process.pid
    before, streams = use_of(pid), []
    for _ in range(count):
        reader, writer = await asyncio.open_connection(place.hostname, place.port)
        writer.write(f"GET /packaging/events HTTP/1.1\r\nHost: {place.netloc}\r\n\r\n".encode())
        await reader.readuntil(b"event: revision")
        streams.append((reader, writer))
    there = use_of(pid)
    await asyncio.sleep(seconds)
    rested = use_of(pid)
    began = time.perf_counter()
    sizes = {"package_type": "box", "dimensions": {"width": 101, "height": 150, "depth": 80}}
    answer = await asyncio.to_thread(served.post, "/packaging/update-dimensions", sizes)
    assert answer.status == 200
    await asyncio.gather(*(reader.readuntil(b"event: revision") for reader, _ in streams))
    told_ms = (time.perf_counter() - began) * 1000
    for _, writer in streams:
        writer.close()
    rows = [
        ("memory without, MB", before.mb),
        ("memory with, MB", there.mb),
        ("KB a client", (there.mb - before.mb) * 1024 / count),
        (f"processor over {seconds:.0f} s at rest, %", (rested.cpu_s - there.cpu_s) / seconds * 100),
        ("a change told to all, ms", told_ms),
    ]
    table((f"{count} idle clients of /packaging/events", ""), rows)


def slider(served: Served, per_s: int = 20, seconds: int = 10) -> bool:
    """A page's slider, each step a request of its own, up to six at once; is the last value stored?"""
    took: list[float] = []

    def step(width: int) -> None:
        began = time.perf_counter()
        sizes = {"package_type": "box", "dimensions": {"width": width, "height": 150, "depth": 80}}
        assert served.post("/packaging/update-dimensions", sizes).status == 200
        took.append((time.perf_counter() - began) * 1000)

    widths = [100 + number for number in range(per_s * seconds)]
    with ThreadPoolExecutor(6) as connections:
        for width in widths:
            connections.submit(step, width)
            time.sleep(1 / per_s)
    stored = served.get("/packaging/state").json["package_dimensions"]["width"]
    took.sort()
    rows = [("steps answered", len(took)), ("median ms", statistics.median(took)), ("longest ms", took[-1])]
    table(
        (f"a slider of {per_s} steps a second for {seconds} s", ""),
        [*rows, ("last", widths[-1]), ("stored", stored)],
    )
    return len(took) == len(widths) and stored == widths[-1]


def six_pictures(served: Served) -> int:
    """The bytes of a state with artwork on all panels."""
    order = {"prompt": "vintage floral pattern", "package_type": "box"}
    assert served.post("/packaging/panels/generate-all", order).status == 200
    served.idle()
    answer = served.get("/packaging/state")
    assert len(answer.json["panel_textures"]) == 6
    table(("a state with six pictures", "bytes"), [("GET /packaging/state", len(answer.content))])
    return len(answer.content)


def fuzzed(served: Served, program: str, examples: int) -> bool:
    """Every request a fuzzer makes of the description; True without a failure."""
    command = [program, "run", f"{served.base}/openapi.json", "--url", served.base, "-n", str(examples)]
    # Whether a prompt is worth painting, or a design has pictures, no schema tells.
    command += ["--exclude-checks", "positive_data_acceptance"]
    orders = r"/packaging/panels/generate(-all)?$"
    runs = [
        ["--exclude-path", "/packaging/events", "--exclude-path-regex", orders],  # events never end
        ["--include-path-regex", orders, "--rate-limit", "2/s"],  # faster ones are refused
    ]
    return [subprocess.run([*command, *words], check=False).returncode for words in runs] == [0, 0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--fuzz", type=int, default=0, metavar="EXAMPLES", help="of each address")
    parser.add_argument("--schemathesis", default="schemathesis", help="the fuzzer's program")
    words = parser.parse_args()
    sys.exit(0 if all(list(_promises(words))) else 1)


def _promises(words: Any) -> Iterator[bool]:
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Shell(Path(folder), PACKDESK_PROVIDER="offline"), verbose=False) as served,
    ):
        if words.fuzz:
            yield fuzzed(served, words.schemathesis, words.fuzz)
            return
        yield measured(served, CLIENTS, words.seconds) >= 0.5
        yield six_pictures(served) < 2048
        yield slider(served)
        asyncio.run(followers(served, FOLLOWERS, 30.0))


if __name__ == "__main__":
    main()
