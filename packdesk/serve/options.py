"""Where the server listens and whom it lets in."""

from __future__ import annotations

import ipaddress
import re
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from packdesk.errors import InvalidInputError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import SecretStr

MIN_TOKEN = 16
_ORIGIN = re.compile(r"https?://[a-z0-9.:\[\]_-]{1,255}")


@dataclass(frozen=True)
class ServeOptions:
    """What `packdesk serve` was told; it cannot be made otherwise than safe.

    Attributes:
        host: the address to listen at.
        port: the port; 0 takes a free one.
        spare: how many of the next ports are tried where it is taken.
        origins: pages that may use it from a browser: scheme, host and port.
        names: more host names it is reached by, lower case.
        token: what clients must show; None asks for nothing.
        certificate: a PEM file for TLS; None speaks plain HTTP.
        key: its private key, where that is not in the same file.

    Raises:
        InvalidInputError: it would listen to others without token and TLS, or something cannot be used.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    spare: int = 0
    origins: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    token: SecretStr | None = None
    certificate: Path | None = None
    key: Path | None = None

    def __post_init__(self) -> None:
        for origin in self.origins:
            _check_origin(origin)
        if self.token is not None and len(self.token.get_secret_value()) < MIN_TOKEN:
            raise InvalidInputError(
                Sentence("The token is too short: it needs at least {least} characters.", least=MIN_TOKEN),
                "PACKDESK_SERVE_TOKEN has it; “openssl rand -hex 32” makes one.",
            )
        if not is_loopback(self.host) and (self.token is None or self.certificate is None):
            raise InvalidInputError(
                Sentence(
                    "Others than this computer are served only with a token and TLS: {host}.",
                    host=self.host[:80],
                ),
                "Set PACKDESK_SERVE_TOKEN and name --certificate and --key, or leave --host out.",
            )
        self.tls()

    @property
    def scheme(self) -> str:
        """`http` or `https`."""
        return "http" if self.certificate is None else "https"

    @property
    def address(self) -> str:
        """Under which clients reach it: every address of the computer is none."""
        host = self.names[0] if self.names and _is_unspecified(self.host) else self.host
        return f"[{host.strip('[]')}]" if ":" in host else host

    def tls(self) -> ssl.SSLContext | None:
        """How connections are encrypted; None for not at all.

        Raises:
            InvalidInputError: certificate and key cannot be used.
        """
        if self.certificate is None:
            return None
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        try:
            context.load_cert_chain(self.certificate, self.key, password=_no_password)
        except (OSError, ValueError) as error:  # what is wrong with them is an OSError, too
            raise InvalidInputError(
                Sentence("The certificate {file} cannot be used.", file=self.certificate),
                "Name a PEM file with --certificate, and its key, which has no password, with --key.",
            ) from error
        return context


def _is_unspecified(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_unspecified
    except ValueError:
        return not host


def is_loopback(host: str) -> bool:
    """Whether only this computer reaches that address."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def host_of(address: str) -> str:
    """The host of an address or a `Host` header, lower case; empty where there is none."""
    try:
        return (urlsplit(address if "//" in address else f"//{address}").hostname or "").lower()
    except ValueError:
        return ""


def _check_origin(origin: str) -> None:
    if not _ORIGIN.fullmatch(origin):
        raise InvalidInputError(
            Sentence("“{origin}” is not the origin of a page.", origin=origin[:60]),
            "Write scheme, host and port, such as http://localhost:3000.",
        )


def _no_password() -> str:
    return ""  # else OpenSSL asks on the terminal
