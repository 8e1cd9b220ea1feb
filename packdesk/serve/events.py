"""News as server-sent events. A client that does not read loses its connection, and blocks nobody.

https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from packdesk.serve.answers import refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.types import Receive, Scope, Send

HEARTBEAT_S = 15.0
MAX_CLIENTS = 4000
MAX_WAITING = 64
_HEARTBEAT = b": still here\n\n"


class _Client:
    """News on its way to one client.

    Args:
        abort: ends its connection at once.
    """

    def __init__(self, abort: Callable[[], None]) -> None:
        self._abort = abort
        self._news: asyncio.Queue[bytes] = asyncio.Queue(MAX_WAITING)
        self.over = False

    def put(self, message: bytes) -> None:
        """Send it soon; a client that has not read that many before is dropped."""
        try:
            self._news.put_nowait(message)
        except asyncio.QueueFull:
            self.over = True
            self._abort()  # what it has not read would be kept for it

    def end(self) -> None:
        """Send nothing more."""
        self.over = True
        with contextlib.suppress(asyncio.QueueFull):
            self._news.put_nowait(b"")

    async def next(self) -> bytes:
        """What is sent next: news, or a heartbeat when there is none for a while."""
        try:
            async with asyncio.timeout(HEARTBEAT_S):
                return await self._news.get()
        except TimeoutError:
            return _HEARTBEAT


class EventHub:
    """Tells every client what happens."""

    def __init__(self) -> None:
        self._clients: set[_Client] = set()
        self._closed = False

    @property
    def count(self) -> int:
        """How many clients there are."""
        return len(self._clients)

    @property
    def full(self) -> bool:
        """Whether no further client is taken."""
        return self._closed or self.count >= MAX_CLIENTS

    def publish(self, name: str, news: dict[str, Any]) -> None:
        """Send an event to everybody."""
        message = event(name, news)
        for client in self._clients:
            client.put(message)

    def close(self) -> None:
        """End every stream."""
        self._closed = True
        for client in self._clients:
            client.end()

    @contextlib.contextmanager
    def client(self, abort: Callable[[], None]) -> Iterator[_Client]:
        """A further client, inside the block; `abort` ends its connection."""
        client = _Client(abort)
        self._clients.add(client)
        try:
            yield client
        finally:
            self._clients.discard(client)


def event(name: str, news: dict[str, Any]) -> bytes:
    """One event as it is sent."""
    return f"event: {name}\ndata: {json.dumps(news, separators=(',', ':'))}\n\n".encode("ascii")


class EventStream(Response):
    """The answer that goes on until client or server ends it.

    Args:
        hub: where news come from.
        first: what is sent at once.
    """

    media_type = "text/event-stream"

    def __init__(self, hub: EventHub, first: bytes) -> None:
        super().__init__(headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._hub = hub
        self._first = first

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send news until the client has gone, reads too slowly, or the hub closes."""
        if self._hub.full:
            await refused(503, "Too many clients follow the design.")(scope, receive, send)
            return
        with self._hub.client(scope["state"]["abort"]) as client:
            leaving = asyncio.ensure_future(_gone(receive))
            leaving.add_done_callback(lambda _: client.end())
            try:
                await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
                message = b"retry: 2000\n\n" + self._first
                while not client.over:
                    await send({"type": "http.response.body", "body": message, "more_body": True})
                    message = await client.next()
            finally:
                leaving.cancel()
        await send({"type": "http.response.body", "body": b""})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
