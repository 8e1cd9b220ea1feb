"""Fetching a picture over HTTP without trusting the address it came with."""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
import time
from urllib.parse import urlsplit

import urllib3

from packdesk.errors import TextureUnavailableError
from packdesk.textures.check import MAX_BYTES

DEADLINE_S = 15.0
_CONNECT_S = 5.0
_CHUNK = 64 * 1024
_CARRYING_IPV4 = (ipaddress.IPv6Network("::/96"), ipaddress.IPv6Network("64:ff9b::/96"))


def fetch_picture(url: str, *, allow_private: bool = False) -> bytes:
    """Return the bytes behind an http or https URL, at most `MAX_BYTES` within `DEADLINE_S` seconds.

    The name is resolved once, judged, and that very address is connected to, so a name cannot change its
    meaning in between. Redirects are not followed. The work is done on a thread of its own that is left to
    itself when the time is over: a server may drip headers, and a name server may sleep, beyond any timeout.

    Raises:
        TextureUnavailableError: unreachable, too large, too slow, or in a private network without permission.
    """
    answer: queue.SimpleQueue[bytes | Exception] = queue.SimpleQueue()

    def work() -> None:
        try:
            answer.put(_fetch(url, allow_private=allow_private))
        except Exception as error:  # noqa: BLE001  (told by the caller's thread)
            answer.put(error)

    threading.Thread(target=work, name="picture-fetch", daemon=True).start()
    try:
        found = answer.get(timeout=DEADLINE_S)
    except queue.Empty:
        found = TimeoutError()
    if isinstance(found, TextureUnavailableError):
        raise found
    if isinstance(found, Exception):
        raise TextureUnavailableError(
            f"The picture of this panel could not be fetched from {_host(url)}.",
            "Check the network, or generate the panel again.",
        ) from found
    return found


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "its server")[:80]
    except ValueError:
        return "its server"


def _fetch(url: str, *, allow_private: bool) -> bytes:
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = _resolve(host, port, allow_private=allow_private)
    target = parts.path or "/"
    if parts.query:
        target += f"?{parts.query}"
    headers = {"Host": parts.netloc.rpartition("@")[2]}
    with _pool(parts.scheme, host, address, port) as pool:
        answer = pool.request(
            "GET", target, headers=headers, redirect=False, retries=False, preload_content=False
        )
        try:
            if answer.status != 200:
                raise ValueError(f"HTTP {answer.status}")
            return _body(answer)
        finally:
            answer.close()


def _pool(scheme: str, host: str, address: str, port: int) -> urllib3.HTTPConnectionPool:
    timeout = urllib3.Timeout(connect=_CONNECT_S, read=_CONNECT_S)
    if scheme == "https":
        return urllib3.HTTPSConnectionPool(
            address, port, timeout=timeout, server_hostname=host, assert_hostname=host
        )
    return urllib3.HTTPConnectionPool(address, port, timeout=timeout)


def _resolve(host: str, port: int, *, allow_private: bool) -> str:
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    address = str(answers[0][4][0])
    if not allow_private and not _is_public(address):
        raise TextureUnavailableError(
            f"The picture of this panel is at {host[:80]}, inside a private network.",
            "If you trust that server, set PACKDESK_ALLOW_PRIVATE_URLS=1.",
        )
    return address


def _is_public(address: str) -> bool:
    judged = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(judged, ipaddress.IPv6Address):
        # An IPv4 address may hide inside, and network address translation leads there.
        hidden = judged.ipv4_mapped or judged.sixtofour
        if hidden is None and any(judged in prefix for prefix in _CARRYING_IPV4):
            hidden = ipaddress.IPv4Address(int(judged) & 0xFFFFFFFF)
        if hidden is not None:
            judged = hidden
        elif judged.is_site_local:
            return False
    return judged.is_global and not judged.is_multicast


def _body(answer: urllib3.BaseHTTPResponse) -> bytes:
    deadline = time.monotonic() + DEADLINE_S
    received = bytearray()
    for chunk in answer.stream(_CHUNK):
        received += chunk
        if len(received) > MAX_BYTES:
            raise ValueError("too large")
        if time.monotonic() > deadline:
            raise ValueError("too slow")
    return bytes(received)
