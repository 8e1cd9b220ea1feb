"""Fetching a picture over HTTP without trusting the address it came with."""

from __future__ import annotations

import contextlib
import ipaddress
import queue
import socket
import threading
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import urllib3

from packdesk.errors import TextureUnavailableError
from packdesk.sentence import Sentence
from packdesk.textures.incoming import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable

DEADLINE_S = 15.0
_CONNECT_S = 5.0
_CHUNK = 64 * 1024
_CARRYING_IPV4 = (ipaddress.IPv6Network("::/96"), ipaddress.IPv6Network("64:ff9b::/96"))
_NOT_PUBLIC = tuple(  # of IANA's special-purpose registry, where releases of Python differ
    map(ipaddress.IPv6Network, ("::ffff:0:0/96", "64:ff9b:1::/48", "3fff::/20", "5f00::/16", "100::/64"))
)
_PLACES = threading.BoundedSemaphore(8)
"""Requests at a time. Nothing ends one whose name server sleeps but the system's patience."""


def fetch_picture(url: str, *, allow_private: bool = False) -> bytes:
    """Return the bytes behind an http or https URL, at most `MAX_BYTES` within `DEADLINE_S` seconds.

    The name is resolved once, judged, and that very address is connected to, so a name cannot change its
    meaning in between. Redirects are not followed. The work is done on a thread of its own: a server may drip
    headers beyond any timeout of a read. When the time is over its connection is closed, and the thread ends.

    Raises:
        TextureUnavailableError: unreachable, too large, too slow, or in a private network without permission.
    """
    fetching = _Fetching(url, allow_private=allow_private)
    found = fetching.result(DEADLINE_S)
    if isinstance(found, TextureUnavailableError):
        raise found
    if isinstance(found, Exception):
        raise TextureUnavailableError(
            Sentence("The picture of this panel could not be fetched from {place}.", place=_host(url)),
            "Check the network, or generate the panel again.",
        ) from found
    return found


class _Fetching:
    """One request on a thread of its own that can be ended from outside."""

    def __init__(self, url: str, *, allow_private: bool) -> None:
        self._url = url
        self._allow_private = allow_private
        self._answer: queue.SimpleQueue[bytes | Exception] = queue.SimpleQueue()
        self._guard = threading.Lock()
        self._connection: socket.socket | None = None
        self._over = False

    def result(self, patience_s: float) -> bytes | Exception:
        """What came, or why nothing did."""
        if not _PLACES.acquire(timeout=patience_s):
            return TimeoutError("other servers keep all places")
        threading.Thread(target=self._work, name="picture-fetch", daemon=True).start()
        try:
            return self._answer.get(timeout=patience_s)
        except queue.Empty:
            self._end()
            return TimeoutError()

    def _work(self) -> None:
        try:
            self._answer.put(self._fetch())
        except Exception as error:  # noqa: BLE001  (told by the caller's thread)
            self._answer.put(error)
        finally:
            self._hang_up()
            _PLACES.release()

    def _end(self) -> None:
        with self._guard:
            self._over = True
        self._hang_up()

    def _hang_up(self) -> None:
        with self._guard:
            connection, self._connection = self._connection, None
        if connection is not None:
            with connection, contextlib.suppress(OSError):  # the other side may have been first
                connection.shutdown(socket.SHUT_RDWR)

    def _connected(self, sock: socket.socket) -> None:
        with self._guard:
            if self._over:
                raise TimeoutError
            self._connection = sock.dup()  # TLS takes the socket itself over

    def _fetch(self) -> bytes:
        parts = urlsplit(self._url)
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        address = _resolve(host, port, allow_private=self._allow_private)
        target = parts.path or "/"
        if parts.query:
            target += f"?{parts.query}"
        headers = {"Host": parts.netloc.rpartition("@")[2], "Accept-Encoding": "identity"}
        with _pool(parts.scheme, host, address, port, self._connected) as pool:
            answer = pool.request(
                "GET", target, headers=headers, redirect=False, retries=False, preload_content=False
            )
            try:
                return _body(answer)
            finally:
                answer.close()


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "its server")[:80]
    except ValueError:
        return "its server"


def _pool(
    scheme: str, host: str, address: str, port: int, connected: Callable[[socket.socket], None]
) -> urllib3.HTTPConnectionPool:
    """Connections to that address; `connected` is told of each before anything is said on it."""
    timeout = urllib3.Timeout(connect=_CONNECT_S, read=_CONNECT_S)
    pool = (
        urllib3.HTTPSConnectionPool(
            address, port, timeout=timeout, server_hostname=host, assert_hostname=host
        )
        if scheme == "https"
        else urllib3.HTTPConnectionPool(address, port, timeout=timeout)
    )
    made = pool.ConnectionCls

    class Told(made):  # type: ignore[valid-type, misc]  # urllib3 makes connections of the pool's class
        def _new_conn(self) -> socket.socket:
            with contextlib.ExitStack() as unwanted:
                sock: socket.socket = unwanted.enter_context(super()._new_conn())
                connected(sock)
                unwanted.pop_all()
                return sock

    pool.ConnectionCls = Told
    return pool


def _resolve(host: str, port: int, *, allow_private: bool) -> str:
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    address = str(answers[0][4][0])
    if not allow_private and not _is_public(address):
        raise TextureUnavailableError(
            Sentence("The picture of this panel is at {place}, inside a private network.", place=host[:80]),
            "Import the picture instead.",
            terminal="PACKDESK_ALLOW_PRIVATE_URLS=1 has it fetched, if you trust that server.",
        )
    return address


def _is_public(address: str) -> bool:
    judged = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(judged, ipaddress.IPv6Address):
        if judged.is_site_local or any(judged in one for one in _NOT_PUBLIC):
            return False
        # An IPv4 address may hide inside, and network address translation leads there.
        hidden = judged.sixtofour
        if hidden is None and any(judged in prefix for prefix in _CARRYING_IPV4):
            hidden = ipaddress.IPv4Address(int(judged) & 0xFFFFFFFF)
        judged = hidden or judged
    return judged.is_global and not judged.is_multicast


def _body(answer: urllib3.BaseHTTPResponse) -> bytes:
    """As it came: nothing is unpacked, for pictures are, and a small answer could become any size."""
    if answer.status != 200:
        raise ValueError(f"HTTP {answer.status}")
    if answer.headers.get("Content-Encoding", "identity").strip().lower() not in {"", "identity"}:
        raise ValueError("packed, though it was asked for plainly")
    deadline = time.monotonic() + DEADLINE_S
    received = bytearray()
    for chunk in answer.stream(_CHUNK, decode_content=False):
        received += chunk
        if len(received) > MAX_BYTES:
            raise ValueError("too large")
        if time.monotonic() > deadline:
            raise ValueError("too slow")
    return bytes(received)
