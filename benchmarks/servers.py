"""What the measurements share: a server of their own, a proxy that loses answers, processes."""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import redis

from packdesk.domain.state import PackagingState, default_state, utc_text
from packdesk.domain.wire import encode_state
from packdesk.store.base import KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

FORK = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class Pace:
    """How fast everybody works: our edits, its edits, and the pauses (means, in seconds)."""

    name: str
    ours: int
    theirs: int
    our_pause_s: float
    thinks_s: float
    their_pause_s: float


@contextlib.contextmanager
def redis_server() -> Iterator[int]:
    """The port of a redis-server of our own, empty."""
    program = shutil.which("redis-server")
    if program is None:
        raise SystemExit("redis-server is needed; `make system` installs it")
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        words = ["--port", str(port), "--bind", "127.0.0.1", "--dir", folder, "--save", ""]
        process = subprocess.Popen([program, *words], stdout=subprocess.DEVNULL)
        try:
            _wait_for(port)
            yield port
        finally:
            process.terminate()
            process.wait()


def _wait_for(port: int) -> None:
    for _ in range(500):
        with contextlib.suppress(redis.ConnectionError):
            plain(port).ping()
            return
        time.sleep(0.01)
    raise SystemExit("redis-server did not start")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def plain(port: int) -> redis.Redis:
    """A client as a program that knows nothing of packdesk has one."""
    return redis.Redis(port=port)


def url_of(port: int) -> str:
    """The server's address for packdesk."""
    return f"redis://127.0.0.1:{port}/0"


def start_document(port: int, size: int = 3400) -> None:
    """An empty server with a design of about that many bytes."""
    filler = "x" * max(0, size - 300)
    state = PackagingState.model_validate(
        {**default_state().model_dump(), "filler": filler, "created_at": utc_text()}
    )
    plain(port).flushall()
    plain(port).set(KEY, encode_state(state))


def in_processes(jobs: Sequence[tuple[Callable[..., Any], tuple[Any, ...]]]) -> tuple[list[Any], float]:
    """Run each job in a process of its own, all starting at once: their results, and the seconds it took."""
    gate, answers = FORK.Barrier(len(jobs) + 1), FORK.SimpleQueue()
    processes = [
        FORK.Process(target=_job, args=(gate, answers, index, *job)) for index, job in enumerate(jobs)
    ]
    for process in processes:
        process.start()
    gate.wait()
    started = time.perf_counter()
    results = dict(answers.get() for _ in processes)
    seconds = time.perf_counter() - started
    for process in processes:
        process.join()
    for result in results.values():
        if isinstance(result, Exception):
            raise result
    return [results[index] for index in range(len(jobs))], seconds


def _job(gate: Any, answers: Any, index: int, work: Callable[..., Any], words: tuple[Any, ...]) -> None:
    gate.wait()
    try:
        answers.put((index, work(*words)))
    except Exception as error:  # noqa: BLE001  (told by the parent)
        answers.put((index, RuntimeError(f"{type(error).__name__}: {error}")))


@contextlib.contextmanager
def losing_proxy(port: int, every: int) -> Iterator[int]:
    """The port of a proxy that has every command done, but cuts off every n-th reply."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    process = FORK.Process(target=_proxy, args=(listener, port, every), daemon=True)
    process.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        process.kill()
        process.join()
        listener.close()


def _proxy(listener: socket.socket, port: int, every: int) -> None:
    replies = itertools.count(1)
    while True:
        client, _ = listener.accept()
        server = socket.create_connection(("127.0.0.1", port))
        for source, target, counter in ((client, server, None), (server, client, replies)):
            threading.Thread(target=_pass_on, args=(source, target, counter, every), daemon=True).start()


def _pass_on(source: socket.socket, target: socket.socket, replies: Any, every: int) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            if replies is not None and next(replies) % every == 0:
                break
            target.sendall(data)
    for end in (source, target):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
