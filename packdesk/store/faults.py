"""What a Redis server can say or do wrong, each as a sentence with a remedy."""

from __future__ import annotations

from packdesk.errors import ForeignDocumentError, PackdeskError, StoreRefusedError, StoreUnavailableError
from packdesk.store.base import KEY

_LOCALLY = "leave PACKDESK_REDIS_URL empty to work locally"


def told(kind: str, place: str) -> PackdeskError:
    """The error for a kind of fault at an address (without password); unknown kinds count as refused."""
    error, sentence, remedy = FAULTS.get(kind, FAULTS["refused"])
    return error(sentence.format(place=place), remedy)


FAULTS: dict[str, tuple[type[PackdeskError], str, str]] = {
    "unreachable": (
        StoreUnavailableError,
        "The Redis server at {place} cannot be reached.",
        f"Start it or check address and network; {_LOCALLY}.",
    ),
    "frozen": (
        StoreUnavailableError,
        "The Redis server at {place} took the connection but does not answer.",
        "It may be overloaded or stopped, or the address may be a TLS port (then use rediss://).",
    ),
    "loading": (
        StoreUnavailableError,
        "The Redis server at {place} is starting and still loads its data.",
        "packdesk goes on by itself when it is ready.",
    ),
    "password": (
        StoreRefusedError,
        "The Redis server at {place} refused the user name or password.",
        "Correct them in PACKDESK_REDIS_URL: redis://user:password@host:port/0.",
    ),
    "permission": (
        StoreRefusedError,
        "The account at the Redis server at {place} may not do what packdesk needs.",
        f"It needs GET, SET, EVALSHA and SCRIPT on {KEY} and {{{KEY}}}:*; ask whoever runs the server.",
    ),
    "read-only": (
        StoreRefusedError,
        "The Redis server at {place} is a read-only replica.",
        "The design can be looked at. To change it, point PACKDESK_REDIS_URL at the primary server.",
    ),
    "memory": (
        StoreRefusedError,
        "The Redis server at {place} is out of memory and takes no more writes.",
        "Raise maxmemory or free some on the server; nothing was changed.",
    ),
    "disk": (
        StoreRefusedError,
        "The Redis server at {place} cannot save to its disk and takes no more writes.",
        "Look at its log and free space on its disk; nothing was changed.",
    ),
    "certificate": (
        StoreRefusedError,
        "The certificate of the Redis server at {place} is not trusted.",
        "Name the authority's file in the address: rediss://…?ssl_ca_certs=/path/ca.pem.",
    ),
    "tls": (
        StoreRefusedError,
        "The Redis server at {place} does not speak TLS on this port.",
        "Use redis:// instead of rediss://, or the server's TLS port.",
    ),
    "refused": (
        StoreRefusedError,
        "The Redis server at {place} refused a command packdesk needs.",
        f"It has to be Redis 5 or newer (or Valkey) and allow scripts; {_LOCALLY}.",
    ),
    "type": (
        ForeignDocumentError,
        f"The Redis key {KEY} at {{place}} holds something other than a plain value.",
        "Nothing was changed. “packdesk reset” moves it aside and starts anew.",
    ),
}
