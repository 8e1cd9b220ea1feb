"""What the environment says about the way to Google: proxies and certificates, checked before they are used.

The HTTP client reads the same (`urllib.request.getproxies`; OpenSSL's SSL_CERT_FILE and SSL_CERT_DIR). Its
errors do not say which variable is at fault.
"""

from __future__ import annotations

import os
import ssl
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import getproxies

from packdesk.errors import ProviderSetupError
from packdesk.sentence import Sentence

_SCHEMES = frozenset({"http", "https", "socks5", "socks5h"})
_CERTIFICATES = "Correct the path, or remove the variable to trust what this system trusts."


@dataclass(frozen=True)
class Proxy:
    """A proxy of the environment.

    Attributes:
        variable: which names it; where none does, the system's settings do.
        scheme: how it is spoken to, such as `socks5`; empty for an address that cannot be read.
        place: host and port, without user name and password.
    """

    variable: str
    scheme: str
    place: str


def proxies() -> list[Proxy]:
    """The proxies that requests to https addresses may take; the first is taken."""
    found = getproxies()
    return [_proxy(kind, found[kind]) for kind in ("https", "all", "http") if found.get(kind)]


def check_network() -> None:
    """Check what the HTTP client is going to read.

    Raises:
        ProviderSetupError: it could not use it. The sentence names the variable.
    """
    for proxy in proxies():
        if proxy.scheme not in _SCHEMES:
            raise ProviderSetupError(
                Sentence("{variable} names a proxy of a kind packdesk cannot use.", variable=proxy.variable),
                "Let its address begin with http://, https:// or socks5://, or remove it.",
            )
    _check_certificates()


def _check_certificates() -> None:
    file, folder = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    if folder and not any(Path(one).is_dir() for one in folder.split(os.pathsep)):
        raise ProviderSetupError("SSL_CERT_DIR names a folder that is not there.", _CERTIFICATES)
    if not file:
        return
    try:
        ssl.create_default_context(cafile=file)
    except ssl.SSLError:
        raise ProviderSetupError("SSL_CERT_FILE names a file without certificates.", _CERTIFICATES) from None
    except OSError:
        raise ProviderSetupError("SSL_CERT_FILE names a file that cannot be read.", _CERTIFICATES) from None


def _proxy(kind: str, address: str) -> Proxy:
    names = (f"{kind}_proxy", f"{kind}_proxy".upper())
    variable = next((name for name in names if os.environ.get(name)), "The system's setting for a proxy")
    try:
        parts = urlsplit(address if "://" in address else f"http://{address}")
        port = f":{parts.port}" if parts.port else ""
        return Proxy(variable, parts.scheme if parts.hostname else "", f"{parts.hostname}{port}")
    except ValueError:
        return Proxy(variable, "", "")
