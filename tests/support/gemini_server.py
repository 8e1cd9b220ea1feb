"""A local server that speaks the protocol of Google's picture models, and misbehaves when told to.

It listens on 127.0.0.1 only, answers `generateContent` and the list of models, and remembers every request.
The faults are in `gemini_faults`, the answers in `gemini_answers`.
"""

from __future__ import annotations

import contextlib
import inspect
import json
import math
import re
import select
import socket
import struct
import sys
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from typing import TYPE_CHECKING, Any, Self

from support.gemini_answers import (
    answer,
    draw_picture,
    model_list,
    picture_part,
    pixel_size,
    read_request,
    refusal,
    wrong_key,
)
from support.gemini_faults import FAULTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.gemini_answers import SeenRequest

LIST_PATH = re.compile(r"/v1(?:beta)?/models(?:\?.*)?")
LOOK_S = 0.02  # how long a waiting thread may overlook that the server ends


@dataclass
class _Fault:
    """One scripted fault and how often it is still to happen."""

    act: Callable[..., None]
    times: int | None
    when: Callable[[SeenRequest], bool] | None
    details: dict[str, Any]


@dataclass
class _Round:
    """All that happens between two resets; a request belongs to the round it came in."""

    requests: list[SeenRequest] = field(default_factory=list)
    faults: list[_Fault] = field(default_factory=list)
    active: int = 0
    most_active: int = 0
    hung_up: int = 0
    over: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, seen: SeenRequest) -> None:
        with self.lock:
            self.requests.append(seen)
            self.active += 1
            self.most_active = max(self.most_active, self.active)

    def end(self, *, hung_up: bool) -> None:
        with self.lock:
            self.active -= 1
            self.hung_up += hung_up

    def take_fault(self, seen: SeenRequest) -> _Fault | None:
        """The first fault that is meant for this request."""
        with self.lock:
            for fault in self.faults:
                if fault.times != 0 and (fault.when is None or fault.when(seen)):
                    if fault.times is not None:
                        fault.times -= 1
                    return fault
        return None


class GeminiServer:
    """Runs inside a `with` block; an error of its own comes out when the block is left."""

    key = "AIza-packdesk-tests-only-opens-nothing-"

    def __init__(self) -> None:
        self.url = ""
        self.delay_s = 0.0
        self.picture: Callable[[SeenRequest, int, int], bytes] = draw_picture
        self.failures: list[Exception] = []
        self.round = _Round()

    @property
    def requests(self) -> list[SeenRequest]:
        return self.round.requests

    @property
    def most_active(self) -> int:
        """The most requests that were in work at the same time."""
        return self.round.most_active

    @property
    def hung_up(self) -> int:
        """Clients that went away before they had their answer."""
        return self.round.hung_up

    def fault(
        self,
        kind: str,
        *,
        times: int | None = None,
        when: Callable[[SeenRequest], bool] | None = None,
        **details: Any,
    ) -> None:
        """Spoil the next answers, for ever or so many times, or only the answers to some requests."""
        inspect.signature(FAULTS[kind]).bind(None, **details)
        self.round.faults.append(_Fault(FAULTS[kind], times, when, details))

    def reset(self) -> None:
        """Forget faults, requests and counts; what hangs is hung up on."""
        ended, self.round = self.round, _Round()
        ended.over.set()

    def __enter__(self) -> Self:
        self._listener = _Listener(self)
        self.url = f"http://127.0.0.1:{self._listener.server_address[1]}"
        self._thread = threading.Thread(
            target=self._listener.serve_forever, args=(LOOK_S,), name="gemini-server"
        )
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.round.over.set()
        self._listener.shutdown()
        self._thread.join()
        self._listener.hang_up()
        self._listener.server_close()  # waits for the threads
        if self.failures:
            raise ExceptionGroup("the local server failed", self.failures)


class _Listener(ThreadingTCPServer):
    """Accepts connections, each with a thread of its own, and knows them all."""

    request_queue_size = 64

    def __init__(self, owner: GeminiServer) -> None:
        self.owner = owner
        self._lock = threading.Lock()
        self._connections: set[Any] = set()
        super().__init__(("127.0.0.1", 0), Exchange)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Wake every thread that reads from or writes to its client."""
        with self._lock:
            for connection in self._connections:
                with contextlib.suppress(OSError):  # a fault may have closed it
                    connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, *_: Any) -> None:
        caught = sys.exception()
        if isinstance(caught, Exception) and not isinstance(caught, ConnectionError):
            self.owner.failures.append(caught)


class _OverError(Exception):
    """The server was reset or left while an exchange was waiting."""


class Exchange(BaseHTTPRequestHandler):
    """One connection to a client, and the request on it that is being answered."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Listener
    seen: SeenRequest

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (named by the base class)
        pass

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of the picture that was asked for."""
        return pixel_size(self.seen.ratio, self.seen.size)

    def draw(self, width: int | None = None, height: int | None = None) -> bytes:
        """The file of the picture that was asked for, or of one with other sides."""
        across, down = self.pixels
        return self.server.owner.picture(self.seen, width or across, height or down)

    def wait(self, seconds: float | None) -> None:
        """Let time pass; raises when the client hangs up, or when the server is reset or left."""
        end = math.inf if seconds is None else time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._check_client(min(LOOK_S, left))
            if self._round.over.is_set():
                raise _OverError

    def send_json(self, told: Any, *, code: int = 200, headers: dict[str, str] | None = None) -> None:
        self.send(json.dumps(told).encode(), code=code, headers=headers)

    def send(
        self,
        body: bytes,
        *,
        code: int = 200,
        content_type: str = "application/json; charset=UTF-8",
        headers: dict[str, str] | None = None,
        length: int | None = None,
    ) -> None:
        """Send headers and body; a `length` beside the body's own promises more or less of it."""
        self._check_client()
        self.send_response(code)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def abort(self) -> None:
        """Tear the connection down (RST)."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def _check_client(self, patience_s: float = 0.0) -> None:
        """Raise when the client has hung up; look for so long."""
        readable, _, _ = select.select([self.connection], [], [], patience_s)
        if readable and not self.connection.recv(1, socket.MSG_PEEK):
            raise ConnectionAbortedError

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        raw = self.rfile.read(length)
        if len(raw) < length:  # the client gave up before it had asked
            self.close_connection = True
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.seen = read_request(self.path, headers, raw)
        self._round = self.server.owner.round
        self._round.begin(self.seen)
        gone = False
        try:
            self._answer()
        except (ConnectionError, _OverError) as caught:
            gone = isinstance(caught, ConnectionError) and not self._round.over.is_set()
            self.close_connection = True
        finally:
            self._round.end(hung_up=gone)

    def _answer(self) -> None:
        """Look at the key, then at what is asked for; what is in order may meet a fault."""
        owner = self.server.owner
        listing = LIST_PATH.fullmatch(self.path) is not None
        if self.seen.headers.get("x-goog-api-key") != owner.key:
            self.send_json(wrong_key(), code=400)
        elif not listing and (refused := refusal(self.seen)):
            self.send_json(refused, code=refused["error"]["code"])
        elif fault := self._round.take_fault(self.seen):
            fault.act(self, **fault.details)
        else:
            self.wait(owner.delay_s)
            picture = None if listing else picture_part(self.draw())
            self.send_json(answer(self.seen, picture) if picture else model_list())
