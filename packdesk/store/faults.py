"""Faults of a Redis server, each as a sentence with a remedy."""

from __future__ import annotations

from packdesk.errors import ForeignDocumentError, PackdeskError, StoreRefusedError, StoreUnavailableError, Way
from packdesk.sentence import Sentence
from packdesk.store.base import KEY

_LOCALLY = "or empty the server's address in the settings to work on this computer"
_ADDRESS = "the server's address in the settings"

ACCESS = (
    f"~{KEY} ~{{{KEY}}}:* &__redis__:invalidate "
    "+@read +@write +@scripting +@connection +@pubsub +time -@dangerous +info"
)
"""What an account of packdesk's own has to be given, in the words of Redis's access lists."""


PASSING = frozenset({"unreachable", "frozen", "handshake", "dropped", "full"})
"""Faults that may be over a moment later, so that trying again is worth it."""
_WAITED_FOR = PASSING | {"script", "cut off", "loading"}
"""Faults that end by themselves, or with the server's start; of the others somebody has to mend something."""

_MESSAGES: tuple[tuple[str, str], ...] = (
    ("HELLO must be called", "login"),
    ("Authentication required", "login"),
    ("NOAUTH", "login"),
    ("user executing the script can't run", "permission"),
    ("ACL failure", "permission"),
    ("NOPERM", "permission"),
    ("WRONGTYPE", "type"),
    ("READONLY", "read-only"),
    ("MISCONF", "disk"),
    ("OOM ", "memory"),
    ("MASTERDOWN", "cut off"),
    ("Link with MASTER is down", "cut off"),
    ("NOREPLICAS", "replicas"),
    ("running a script", "script"),
    ("max number of clients", "full"),
    ("DENIED", "protected"),
    ("DB index is out of range", "database"),
    ("SELECT is not allowed in cluster mode", "cluster database"),
    ("unknown command", "commands"),
    ("CERTIFICATE_VERIFY_FAILED", "certificate"),
    ("certificate required", "own certificate"),
    ("handshake operation timed out", "handshake"),
    ("[SSL: ", "tls"),
    ("Timeout connecting", "unreachable"),
    ("Connection reset", "dropped"),
    ("Broken pipe", "dropped"),
    ("Connection closed", "dropped"),
)


def kind_in_message(message: str) -> str | None:
    """The kind of fault in a message of the server; scripts put their own words before it."""
    return next((kind for words, kind in _MESSAGES if words in message), None)


_CLASSES = {
    "AuthenticationError": "password",  # a ConnectionError too, so it comes before that
    "NoPermissionError": "permission",
    "ReadOnlyError": "read-only",
    "OutOfMemoryError": "memory",
    "BusyLoadingError": "loading",
    "MasterDownError": "cut off",
    "ClusterDownError": "cluster",
    "AskError": "cluster",  # MovedError is one
    "InvalidResponse": "stranger",
    "TimeoutError": "frozen",
    "ConnectionError": "unreachable",
}


def fault_kind(error: Exception) -> str:
    """Which of `FAULTS` an error of the client library is.

    The message is examined first: the library has few classes for many faults. That of a timeout in a TLS
    handshake is in the error's context.
    """
    names = {one.__name__ for one in type(error).__mro__}
    kinds = (kind for name, kind in _CLASSES.items() if name in names)
    return kind_in_message(f"{error.__context__}") or kind_in_message(f"{error}") or next(kinds, "refused")


def store_error(kind: str, place: str) -> PackdeskError:
    """The error for a kind of fault at an address (without password); unknown kinds count as refused."""
    sentence, remedy = FAULTS.get(kind, FAULTS["refused"])
    error: type[PackdeskError] = StoreUnavailableError if kind in _WAITED_FOR else StoreRefusedError
    ways: tuple[Way, ...] | None = (Way.SETTINGS,)
    if kind == "type":
        error, ways = ForeignDocumentError, None
    return error(Sentence(sentence, place=place), remedy, terminal=_TYPED.get(kind), ways=ways)


_TYPED = {
    "permission": f"ACL SETUSER name {ACCESS}",
    "script": "SCRIPT KILL on the server ends that script.",
    "cluster": f"CLUSTER KEYSLOT {KEY} and CLUSTER NODES tell which.",
}
"""What whoever runs the server types."""

FAULTS: dict[str, tuple[str, str]] = {
    "unreachable": (
        "The Redis server at {place} cannot be reached.",
        f"Start it, check address and network, {_LOCALLY}.",
    ),
    "frozen": (
        "The Redis server at {place} took the connection but does not answer.",
        "It may be overloaded or stopped; packdesk goes on by itself when it answers.",
    ),
    "handshake": (
        "The Redis server at {place} took the connection but does not answer in TLS.",
        "It may speak no TLS on this port (then use redis://), or be overloaded or stopped.",
    ),
    "dropped": (
        "The Redis server at {place} took the connection and closed it at once.",
        "It may be a TLS port (then use rediss://), just restarting, or no Redis server.",
    ),
    "full": (
        "The Redis server at {place} has no room for another connection.",
        "Close programs that use it, or raise maxclients in redis.conf.",
    ),
    "script": (
        "The Redis server at {place} is busy with a long script of another program.",
        "packdesk goes on by itself when that is done.",
    ),
    "cut off": (
        "The Redis server at {place} is a replica that has lost its primary server.",
        f"packdesk goes on by itself when it is found again; or point {_ADDRESS} at the primary.",
    ),
    "loading": (
        "The Redis server at {place} is starting and still loads its data.",
        "packdesk goes on by itself when it is ready.",
    ),
    "password": (
        "The Redis server at {place} refused the user name or password.",
        f"Correct them in {_ADDRESS}: redis://user:password@host:port/0.",
    ),
    "login": (
        "The Redis server at {place} wants a password, and its address has none.",
        f"Write it into {_ADDRESS}: redis://user:password@host:port/0, or redis://:password@host:port/0.",
    ),
    "permission": (
        "The account at the Redis server at {place} may not do what packdesk needs.",
        "Ask whoever runs the server to give it the rights packdesk needs.",
    ),
    "read-only": (
        "The Redis server at {place} is a read-only replica.",
        f"The design can be looked at. To change it, point {_ADDRESS} at the primary server.",
    ),
    "memory": (
        "The Redis server at {place} is out of memory and takes no more writes.",
        "Raise maxmemory or free some on the server; nothing was changed.",
    ),
    "disk": (
        "The Redis server at {place} cannot save to its disk and takes no more writes.",
        "Look at its log and free space on its disk; nothing was changed.",
    ),
    "replicas": (
        "The Redis server at {place} misses its replicas and takes no more writes.",
        "Start them, or lower min-replicas-to-write; nothing was changed.",
    ),
    "protected": (
        "The Redis server at {place} is in protected mode and takes no programs of other machines.",
        f"Give it a password (requirepass in redis.conf) and write that into {_ADDRESS}.",
    ),
    "database": (
        "The Redis server at {place} has no database of that number.",
        f"End {_ADDRESS} in a number the server has, such as /0.",
    ),
    "cluster database": (
        "The Redis server at {place} belongs to a cluster, which has database 0 only.",
        f"End {_ADDRESS} in /0, or leave the number out.",
    ),
    "commands": (
        "What answers at {place} does not know the commands packdesk needs.",
        (
            "It may be a Redis Sentinel (usual port 26379), which keeps no data: point the address at the "
            "server it watches. Or it is older than Redis 6, or allows no scripts."
        ),
    ),
    "cluster": (
        "The Redis server at {place} belongs to a cluster that keeps the design elsewhere or is incomplete.",
        f"Point {_ADDRESS} at the node that keeps the design.",
    ),
    "certificate": (
        "The certificate of the Redis server at {place} is not trusted.",
        "Name the authority's file in the server's address in the settings: rediss://…?ssl_ca_certs=/path/ca.pem.",
    ),
    "own certificate": (
        "The Redis server at {place} wants a certificate from packdesk too.",
        "Name it in the server's address in the settings: rediss://…?ssl_certfile=/path/packdesk.pem&ssl_keyfile=/path/packdesk.key.",
    ),
    "tls": (
        "The Redis server at {place} does not speak TLS on this port.",
        "Use redis:// instead of rediss://, or the server's TLS port.",
    ),
    "stranger": (
        "What answers at {place} is no Redis server.",
        f"Correct host and port in {_ADDRESS}; the usual port is 6379.",
    ),
    "refused": (
        "The Redis server at {place} refused a command packdesk needs.",
        f"It has to be Redis 6 or newer (or Valkey) and allow scripts; {_LOCALLY}.",
    ),
    "type": (
        f"The Redis key {KEY} at {{place}} holds something other than a plain value.",
        "Nothing was changed. It can be moved aside, kept under another name, to start anew.",
    ),
}
"""Sentence and remedy of each kind."""
