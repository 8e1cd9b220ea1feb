"""The gate every request passes: who asks, from which page, how much and how often."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import ipaddress
import logging
import time
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException

from packdesk.domain.review import MAX_ANSWER_BYTES
from packdesk.serve.answers import for_fault, refused
from packdesk.serve.options import host_of
from packdesk.textures.addresses import TEXTURE_PATH

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from packdesk.serve.options import ServeOptions

MAX_BODY = 64 * 1024
MAX_ORDER = 16 * 2**20
"""Of a generation, which may bring a picture as a `data:` URL."""
BODY_S = 30.0
SEND_S = 60.0
REVIEW_PATH, ANSWERS_PATH = "/review", "/packaging/review/answers"
OPEN_PATHS = ("/health", TEXTURE_PATH)
"""Without a token: nothing of the design is in the first, and the second's names cannot be guessed."""
_ORDERS = "/packaging/panels/generate"
_LARGER = {_ORDERS: MAX_ORDER, ANSWERS_PATH: MAX_ANSWER_BYTES}
_SAFE = ("GET", "HEAD", "OPTIONS")
_FORGET_ABOVE = 4096
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}
_LAST = {"Connection": "close"}
"""Else the rest of the request would be read."""
_log = logging.getLogger(__name__)


class Rate(NamedTuple):
    """So many requests a second, and so many at once."""

    per_s: float
    at_once: float


class Limiter:
    """Counts requests of each client. Source: the token bucket of ITU-T I.371.

    Args:
        rate: what a client may ask for.
        clock: seconds that only grow.
    """

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._clock = clock
        self._left: dict[str, tuple[float, float]] = {}

    def takes(self, client: str) -> bool:
        """Whether a client may ask once more now."""
        now = self._clock()
        left, since = self._left.get(client, (self._rate.at_once, now))
        left = min(self._rate.at_once, left + (now - since) * self._rate.per_s)
        if len(self._left) > _FORGET_ABOVE:
            self._left.clear()
        self._left[client] = (max(left - 1, 0.0), now) if left >= 1 else (left, now)
        return left >= 1


class Guard:
    """An ASGI application around another one.

    Args:
        app: what answers those who may ask.
        options: who may.
    """

    def __init__(self, app: ASGIApp, options: ServeOptions) -> None:
        self._app = app
        self._names = {"localhost", options.host.lower(), *options.names} - {""}
        self._origins = set(options.origins)
        token = options.token
        self._token = None if token is None else _digest(token.get_secret_value())
        self._changes = Limiter(Rate(60, 120))
        self._orders = Limiter(Rate(2, 30))
        self._strangers = Limiter(Rate(1, 20))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        began, answer = time.monotonic(), _Answer(scope, send)
        try:
            refusal = self._refusal(scope)
            if refusal is not None:
                await refusal(scope, receive, answer.send)
            else:
                await self._app(scope, _bounded(scope, receive), answer.send)
        except Exception as error:  # noqa: BLE001  (uvicorn would print where it happened)
            await _end(answer, for_fault(error), scope, receive)
        finally:
            took = (time.monotonic() - began) * 1000
            _log.info(
                "%s %s %d %.0f ms", scope["method"], ascii(scope["path"])[1:-1][:200], answer.status, took
            )

    def _refusal(self, scope: Scope) -> Response | None:
        """Why a request is not answered, or None."""
        headers = Headers(scope=scope)
        if not self._is_name(host_of(headers.get("host", ""))):
            return refused(421, "This server does not answer to that name.")
        if not self._is_page(scope, headers):
            return refused(403, "The page that asks may not use this server. “--origin” allows it.")
        client = (scope["client"] or ("",))[0]
        if not self._is_known(scope, headers):
            if not self._strangers.takes(client):
                return refused(429, "Too many wrong tokens. Wait a minute.", {"Retry-After": "60"})
            return refused(
                401, "A token is needed, and none or a wrong one was sent.", {"WWW-Authenticate": "Bearer"}
            )
        return self._too_often(scope, client)

    def _too_often(self, scope: Scope, client: str) -> Response | None:
        if scope["method"] in _SAFE:
            return None
        limiter = self._orders if scope["path"].startswith(_ORDERS) else self._changes
        if limiter.takes(client):
            return None
        return refused(429, "Too many requests. Wait a moment.", {"Retry-After": "2"})

    def _is_name(self, host: str) -> bool:
        """Whether that is a name of ours. An address always is: to rebind one, a stranger needs a name."""
        try:
            return bool(ipaddress.ip_address(host))
        except ValueError:
            return host in self._names

    def _is_page(self, scope: Scope, headers: Headers) -> bool:
        origin = headers.get("origin")
        if origin is not None:
            return origin in self._origins or origin == f"{scope['scheme']}://{headers.get('host', '')}"
        # A browser that does not name the page: pictures may be shown anywhere, their names are known to few.
        # A link to the review page, in a mail, leads to a page of ours that the mail cannot look into.
        foreign = headers.get("sec-fetch-site") == "cross-site"
        linked = scope["path"] == REVIEW_PATH and headers.get("sec-fetch-mode") == "navigate"
        return not foreign or linked or scope["path"].startswith(TEXTURE_PATH)

    def _is_known(self, scope: Scope, headers: Headers) -> bool:
        if self._token is None or scope["path"].startswith(OPEN_PATHS):
            return True
        scheme, _, shown = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            # What a browser asks for by itself (pictures, events) has no such header.
            query = parse_qs(scope["query_string"].decode("latin-1")) if scope["method"] in _SAFE else {}
            shown = query.get("token", [""])[0]
        return hmac.compare_digest(_digest(shown.strip()), self._token)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()  # of one length, whatever is sent


class _Answer:
    """Sends an answer in time, with the headers every one has, and remembers its status."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope = scope
        self._send = send
        self.status = 0

    async def send(self, message: Message) -> None:
        """As ASGI's `send`. A client that takes nothing for a minute loses its connection."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        try:
            async with asyncio.timeout(SEND_S):
                await self._send(message)
        except TimeoutError:
            self.abort()

    def abort(self) -> None:
        """End the connection at once."""
        self._scope["state"]["abort"]()


async def _end(answer: _Answer, fault: Response, scope: Scope, receive: Receive) -> None:
    if answer.status:
        answer.abort()  # half an answer must not look like a whole one
    else:
        await fault(scope, receive, answer.send)


def _bounded(scope: Scope, receive: Receive) -> Receive:
    """The request's body, as long and as slow as it may be."""
    most = next((size for path, size in _LARGER.items() if scope["path"].startswith(path)), MAX_BODY)
    deadline = asyncio.get_running_loop().time() + BODY_S
    taken, whole = 0, False

    async def bounded() -> Message:
        nonlocal taken, whole
        if whole:
            return await receive()
        try:
            async with asyncio.timeout_at(deadline):
                message = await receive()
        except TimeoutError:
            raise HTTPException(408, "The request took too long to arrive.", _LAST) from None
        taken += len(message.get("body", b""))
        whole = not message.get("more_body", False)
        if taken > most:
            raise HTTPException(
                413, f"The request is too large: at most {most // 1024:,} KB are taken.", _LAST
            )
        return message

    return bounded
