"""Fetching a picture over HTTP without trusting the address it came with."""

from __future__ import annotations

import ipaddress
import socket
import time
from urllib.parse import urlsplit

import urllib3

from packdesk.errors import TextureUnavailableError
from packdesk.textures.check import MAX_BYTES

DEADLINE_S = 20.0
_CONNECT_S = 5.0
_CHUNK = 64 * 1024


def fetch_picture(url: str, *, allow_private: bool = False) -> bytes:
    """Return the bytes behind an http or https URL, at most `MAX_BYTES` within `DEADLINE_S` seconds.

    The name is resolved once, judged, and that very address is connected to, so a name cannot change its
    meaning in between. Redirects are not followed.

    Raises:
        TextureUnavailableError: unreachable, too large, too slow, or in a private network without permission.
    """
    try:
        return _fetch(url, allow_private=allow_private)
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        host = urlsplit(url).hostname or "its server"
        raise TextureUnavailableError(
            f"The picture of this panel could not be fetched from {host}.",
            "Check the network, or generate the panel again.",
        ) from error


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
    if not allow_private and not ipaddress.ip_address(address.partition("%")[0]).is_global:
        raise TextureUnavailableError(
            f"The picture of this panel is at {host}, inside a private network.",
            "If you trust that server, set PACKDESK_ALLOW_PRIVATE_URLS=1.",
        )
    return address


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
