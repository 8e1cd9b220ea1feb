"""Clients that say or read too little lose their connections, and block nobody."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import TYPE_CHECKING

import uvicorn

from packdesk.serve import guard, protocol
from packdesk.serve.events import MAX_WAITING, EventHub, EventStream, event
from packdesk.serve.guard import Guard
from packdesk.serve.options import ServeOptions
from packdesk.serve.protocol import PatientProtocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import pytest
    from starlette.types import ASGIApp, Receive, Scope, Send

LARGE = {"text": "x" * 200_000}


@contextlib.asynccontextmanager
async def listening(app: ASGIApp) -> AsyncIterator[int]:
    """The port of a server in this loop, as `packdesk serve` runs it."""
    config = uvicorn.Config(
        Guard(app, ServeOptions()), http=PatientProtocol, ws="none", lifespan="off", log_config=None
    )
    server = uvicorn.Server(config)
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign, assignment]  # pytest's stay
    with socket.create_server(("127.0.0.1", 0)) as opened:
        running = asyncio.create_task(server.serve([opened]))
        while not server.started:  # noqa: ASYNC110  (uvicorn sets no event)
            await asyncio.sleep(0.01)
        try:
            yield opened.getsockname()[1]
        finally:
            server.should_exit = True
            await running


async def ended(reader: asyncio.StreamReader) -> bytes:
    """Everything until the connection ends."""
    with contextlib.suppress(ConnectionResetError):
        return await reader.read()
    return b""


async def nothing(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that reads the whole body and then answers."""
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body"})


async def test_half_a_head_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "PATIENCE_S", 0.1)
    async with listening(nothing) as port:
        for said in (b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: localhost\r\n"):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(said)
            assert await ended(reader) == b""
            writer.close()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b"204" in await reader.readuntil(b"\r\n\r\n")
        writer.write(b"GET / HT")
        assert await ended(reader) == b"", "nor for half of a second one"
        writer.close()


async def test_half_a_body_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "BODY_S", 0.1)
    async with listening(nothing) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nabc")
        assert await reader.readuntil(b"\r\n\r\n")
        writer.close()


async def test_who_does_not_read_the_news_is_dropped_and_others_have_them() -> None:
    hub = EventHub()
    stream = EventStream(hub, event("revision", {}))
    async with listening(stream) as port:
        request = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
        clients = [await asyncio.open_connection("127.0.0.1", port, limit=2**22) for _ in range(2)]
        for reader, writer in clients:
            writer.write(request)
            await reader.readuntil(b"event: revision")
        stuck, reads = clients[0], clients[1]
        stuck[1].transport.pause_reading()  # type: ignore[attr-defined]  # a client that does not read
        for _ in range(3 * MAX_WAITING):
            hub.publish("progress", LARGE)
            await reads[0].readuntil(b"event: progress")
            await asyncio.sleep(0)
        async with asyncio.timeout(60):
            while hub.count > 1:  # noqa: ASYNC110  (a client leaves when the server notices)
                await asyncio.sleep(0.01)
        hub.publish("revision", {})
        await reads[0].readuntil(b"event: revision")
        for _, writer in clients:
            writer.close()
        hub.close()
