"""The process ends with its exit code, whatever threads are still at work."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import _thread, threading, time
from concurrent.futures import ThreadPoolExecutor
from packdesk.app.leaving import leave

begun = threading.Event()
def work():
    begun.set()
    {work}

def pool():
    ThreadPoolExecutor(1).submit(work)

# As a pool on a thread of Qt's: its threads are daemons, yet Python would wait for them.
{start}
begun.wait()
leave(3)
raise SystemExit(4)
"""


@pytest.mark.parametrize("start", ["_thread.start_new_thread(pool, ())", "pool()"])
@pytest.mark.parametrize(("work", "code"), [("time.sleep(600)", 3), ("pass", 4)])
def test_no_thread_holds_the_end_up(start: str, work: str, code: int) -> None:
    words = [sys.executable, "-c", PROGRAM.format(work=work, start=start)]
    if work == "pass":
        words[-1] = words[-1].replace("ThreadPoolExecutor(1).submit(work)", "work()")
    assert subprocess.run(words, timeout=60, check=False).returncode == code


POOL = """
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from packdesk.app.leaving import leave

if __name__ == "__main__":
    pool = ProcessPoolExecutor(1, get_context("fork"))
    pool.submit(abs, 1).result()
    painting = pool.submit(time.sleep, 600)
    while not painting.running():
        time.sleep(0.01)
    pool.shutdown(wait=False, cancel_futures=True)
    leave(3)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks")
def test_no_painter_holds_the_end_up() -> None:
    assert subprocess.run([sys.executable, "-c", POOL], timeout=60, check=False).returncode == 3
