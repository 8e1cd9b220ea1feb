"""`packdesk serve` as a real process, and a client of the standard library."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from support.shell import Shell

PATIENCE_S = 60.0


@dataclass(frozen=True)
class Answer:
    """What was answered."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.content)

    @property
    def detail(self) -> Any:
        return self.json["detail"]


class Served:
    """A running server.

    Args:
        process: it.
        base: where it listens: scheme, host and port.
        log: what it says.
        tls: how its certificate is judged.
    """

    def __init__(
        self, process: subprocess.Popen[bytes], base: str, log: Path, tls: ssl.SSLContext | None = None
    ) -> None:
        self.process = process
        self._log = log
        self.base = base
        self._tls = tls

    def connection(self, timeout: float = PATIENCE_S) -> http.client.HTTPConnection:
        place = urlsplit(self.base)
        host, port = place.hostname or "", place.port
        if self._tls is not None:
            return http.client.HTTPSConnection(host, port, context=self._tls, timeout=timeout)
        return http.client.HTTPConnection(host, port, timeout=timeout)

    def ask(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request on a connection of its own; a body that is no bytes becomes JSON."""
        sent = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        with contextlib.closing(self.connection()) as connection:
            connection.request(method, path, sent, dict(headers or {}))
            answer = connection.getresponse()
            lower = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, lower, answer.read())

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask(
            "GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )

    def post(self, path: str, body: object = None, **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask("POST", path, body, named)

    def idle(self) -> Any:
        """The status once nothing is generated."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            status = self.get("/packaging/status").json
            if not status["in_progress"]:
                return status
            time.sleep(0.05)
        raise AssertionError("it generates for ever")

    @contextlib.contextmanager
    def events(self, path: str = "/packaging/events") -> Iterator[Events]:
        """Its events, as they come."""
        with contextlib.closing(self.connection()) as connection:
            connection.request("GET", path)
            yield Events(connection.getresponse())

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """Ask it to end; exit code and everything it said."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_S), self.told()

    def told(self) -> str:
        """Everything it said, its log too."""
        return self._log.read_text("utf-8")


class Events:
    """A stream of server-sent events."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.answer = answer

    def next(self, name: str) -> Any:
        """The next event of that name."""
        found = ""
        while line := self.answer.readline().decode():
            if line.startswith("event: "):
                found = line[7:].strip()
            elif line.startswith("data: ") and found == name:
                return json.loads(line[6:])
        raise AssertionError("the stream has ended")


@contextlib.contextmanager
def serving(
    shell: Shell, *words: str, tls: ssl.SSLContext | None = None, verbose: bool = True
) -> Iterator[Served]:
    """A server of that shell at a free port, ended with the block."""
    before = ("--verbose",) if verbose else ()
    command = [sys.executable, "-m", "packdesk", *before, "serve", "--port", "0", *words]
    log = shell.folder / f"serve-{time.monotonic_ns()}.log"
    with log.open("wb") as told:
        process = subprocess.Popen(
            command,
            env=shell.environment,
            cwd=shell.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=told,
        )
    try:
        yield Served(process, _address(process, log), log, tls)
    finally:
        if process.poll() is None:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(PATIENCE_S)
            process.kill()
        process.wait()


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and process.poll() is None:
        found = re.search(r" at (https?://\S+)\n", log.read_text("utf-8"))
        if found:
            return found.group(1)
        time.sleep(0.01)
    raise AssertionError(f"it did not start: {log.read_text('utf-8')}")
