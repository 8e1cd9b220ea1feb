"""The address of a Redis server: checked before it is used, and never shown with its password."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from packdesk.errors import InvalidSettingError
from packdesk.sentence import Sentence

_OURS = {
    "client_name",
    "decode_responses",
    "health_check_interval",
    "protocol",
    "retry_on_timeout",
    "single_connection_client",
    "socket_connect_timeout",
    "socket_timeout",
}
_SCHEMES = ("redis://", "rediss://", "unix://")
_FILES = ("ssl_ca_certs", "ssl_certfile", "ssl_keyfile")


def public_address(url: str) -> str:
    """The address without user name and password, for messages."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", f":{parts.port}" if parts.port else ""
    except ValueError:
        return "unreadable"
    if "@" in f"{parts.path}{parts.query}{parts.fragment}":  # a password with / or ? or # written plainly
        return "unreadable"
    return f"{host}{port}{parts.path}" or "this machine"


def checked_address(url: str) -> str:
    """The address without options that are packdesk's own to set, such as time limits.

    Raises:
        InvalidSettingError: it is none, its end is no database number, or a file it names is not there.
    """
    base, _, query = url.partition("?")
    # A # begins a fragment, whatever it was meant as.
    if "#" in url or not base.startswith(_SCHEMES):
        raise no_address(url)
    if not base.startswith("unix:"):
        try:
            path = urlsplit(base).path.strip("/")
        except ValueError:
            raise no_address(url) from None
        if path and not path.isdecimal():
            raise no_address(url)
    for name, values in parse_qs(query).items():
        if name in _FILES and not Path(values[-1]).is_file():
            raise InvalidSettingError(
                Sentence(
                    "The file {file}, which the server's address names as {name}, is not there.",
                    file=values[-1],
                    name=name,
                ),
                "Correct the path in the settings; it must be one on this computer.",
                terminal="PACKDESK_REDIS_URL, the settings file or an option has it.",
            )
    kept = "&".join(part for part in query.split("&") if part.partition("=")[0] not in _OURS)
    return f"{base}?{kept}" if kept else base


def no_address(url: str) -> InvalidSettingError:
    """The error for an address nobody can connect to."""
    return InvalidSettingError(
        Sentence("“{address}” is not the address of a Redis server.", address=public_address(url)),
        "Use redis://host:port/number, rediss:// for TLS, or unix:///path; "
        "a password with / ? # @ needs them as %2F %3F %23 %40.",
        terminal="PACKDESK_REDIS_URL, the settings file or an option has it.",
    )
