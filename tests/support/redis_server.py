"""A real redis-server on a free port of this machine, with a data folder of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from typing import TYPE_CHECKING

import redis

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class RedisServer:
    """Started and stopped by the tests; further words of its configuration are passed on to it.

    With `tls` it speaks TLS only and needs a certificate among those words. With a file of settings it is a
    Sentinel.
    """

    def __init__(self, folder: Path, *words: str, tls: bool = False, sentinel: Path | None = None) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"{'rediss' if tls else 'redis'}://127.0.0.1:{self.port}/0"
        ports = ["--port", "0", "--tls-port"] if tls else ["--port"]
        self._words = [
            *([str(sentinel), "--sentinel"] if sentinel else ["--save", ""]),
            *ports,
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--dir",
            str(folder),
            *words,
        ]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *, wait_for_data: bool = True) -> None:
        """Start it and wait until it answers, also when the answer is a refusal."""
        program = shutil.which("redis-server")
        assert program, "redis-server is needed; `make system` installs it"
        self._process = subprocess.Popen([program, *self._words], stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and self._process.poll() is None:
            answer = self._answer()
            if answer is not None and not (wait_for_data and answer.startswith(b"-LOADING")):
                return
            time.sleep(0.01)
        self.stop()
        raise AssertionError("redis-server did not start")

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None

    def restart(self) -> None:
        """Stop it and start it again on the same port."""
        self.stop()
        self.start()

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """Its process is stopped inside the block: connections stand, answers do not come."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self._process.pid, signal.SIGCONT)

    @contextlib.contextmanager
    def running(self) -> Iterator[RedisServer]:
        """It runs inside the block."""
        self.start()
        try:
            yield self
        finally:
            self.stop()

    def url_for(self, user: str, password: str) -> str:
        """Its address with a user name and a password in it."""
        return self.url.replace("://", f"://{user}:{password}@")

    def client(self, **options: str) -> redis.Redis:
        """A plain client, as a program that knows nothing of packdesk uses one."""
        return redis.Redis(port=self.port, socket_timeout=5, **options)  # type: ignore[arg-type]

    def _answer(self) -> bytes | None:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(64)
        except ConnectionResetError:  # what a TLS port says to that
            return b""
        except OSError:
            return None


def free_port() -> int:
    """A port nobody listens on just now; a cluster speaks on the one 10,000 above it, too."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        if port <= 55_535:
            return port
