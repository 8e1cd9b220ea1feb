"""The store shared with other programs: one string at one Redis key. The only module that imports redis.

Lua scripts do each step at once, for the server runs nothing else meanwhile. Side keys carry the key in
braces, which puts them into its cluster slot.
"""

from __future__ import annotations

import contextlib
import random
import ssl
import time
from importlib import resources
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from packdesk.errors import InvalidSettingError
from packdesk.store.base import (
    KEY,
    LEASE_MS,
    OPERATIONS_KEPT_MS,
    StoreStatus,
    Verdict,
    Write,
    WriteResult,
    revision_of,
)
from packdesk.store.faults import told

if TYPE_CHECKING:
    from collections.abc import Callable

CALL_TIMEOUT_S = 1.0
DEADLINE_S = 2.5
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.02, 0.25
JOURNAL_ENTRIES = 16
_LEASE, _HOLDER, _TURN, _OPERATIONS, _HEAD, _JOURNAL = (
    f"{{{KEY}}}:{name}" for name in ("lease", "holder", "turn", "ops", "head", "journal")
)


class RedisStore:
    """A `StateStore` on a Redis server.

    Every call gives up after `DEADLINE_S`: redis-py's own retries are off, for nested ones add up to minutes.
    Sending a write again is safe, the server remembers its operation.
    """

    kind = "shared"

    def __init__(self, url: str, *, journal: bool = True) -> None:
        self.place = _public_address(url)
        self._client = _client(url)
        self._hints = _Hints(url)
        self._journal = JOURNAL_ENTRIES if journal else 0
        self._write, self._renew, self._status = (
            self._client.register_script(_script(name)) for name in ("write.lua", "renew.lua", "status.lua")
        )

    def load(self) -> bytes | None:
        """See `StateStore.load`."""
        value = self._call(lambda: self._client.get(KEY))
        return None if value is None else bytes(value)

    def write(self, write: Write) -> WriteResult:
        """See `StateStore.write`."""
        keys = [KEY, _LEASE, _HOLDER, _TURN, _OPERATIONS, _HEAD, _JOURNAL]
        words: list[bytes | str | int] = [revision_of(write.expected), write.new, write.operation]
        words += [str(write.lease), write.record, write.turn, LEASE_MS, OPERATIONS_KEPT_MS, self._journal]
        verdict, turn, record = self._call(lambda: self._write(keys=keys, args=words))
        return WriteResult(Verdict(verdict.decode()), int(turn), record.decode())

    def renew(self, record: str) -> bool:
        """See `StateStore.renew`."""
        return bool(self._call(lambda: self._renew(keys=[_LEASE, _HOLDER], args=[record, LEASE_MS])))

    def status(self) -> StoreStatus:
        """See `StateStore.status`."""
        revision, lease_ms, record = self._call(lambda: self._status(keys=[KEY, _LEASE, _HOLDER]))
        return StoreStatus(revision.decode(), max(0, int(lease_ms)), record.decode())

    def wait(self, seconds: float) -> bool:
        """See `StateStore.wait`."""
        return self._hints.wait(seconds)

    def set_aside(self) -> str | None:
        """See `StateStore.set_aside`."""
        name = f"{{{KEY}}}:backup:{time.time_ns() // 1_000_000}"
        try:
            self._client.rename(KEY, name)
        except redis.RedisError as error:
            if "no such key" in str(error):
                return None
            raise told(_kind(error), self.place) from None
        return name

    def close(self) -> None:
        """See `StateStore.close`."""
        self._hints.close()
        with contextlib.suppress(redis.RedisError):  # a connection that is gone needs no closing
            self._client.close()

    def _call(self, command: Callable[[], Any]) -> Any:
        deadline, pause = time.monotonic() + DEADLINE_S, _FIRST_PAUSE_S
        while True:
            try:
                return command()
            except redis.RedisError as error:
                kind = _kind(error)
                # redis-py's messages may quote the address with its password: none of them goes on.
                if kind not in {"unreachable", "frozen"} or time.monotonic() + pause > deadline:
                    raise told(kind, self.place) from None
            time.sleep(pause * random.uniform(0.5, 1))  # noqa: S311  (spreads clients, no secret)
            pause = min(2 * pause, _LONGEST_PAUSE_S)


class _Hints:
    """Says when the key was written, by whomever, through the server's invalidation messages.

    `CLIENT TRACKING ... BCAST` needs no setting on the server (Redis 6 or newer). One connection listens, one
    keeps the tracking on and points it there. Where that is refused, waiting is only waiting.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._refused = False
        self._tracker: redis.Redis | None = None
        self._listener: Any = None

    def wait(self, seconds: float) -> bool:
        """True as soon as the key was written, False after that time."""
        if self._refused:
            time.sleep(seconds)
            return False
        try:
            if self._listener is None:
                self._listener = self._listen()
                return True  # something may have been written before anybody listened
            message = self._listener.get_message(ignore_subscribe_messages=True, timeout=seconds)
        except redis.ResponseError:
            self._refused = True
            return False
        except (redis.RedisError, OSError):  # the status call tells of it; the next wait listens anew
            self.close()
            time.sleep(seconds)
            return False
        return message is not None

    def close(self) -> None:
        """Let go of both connections."""
        listener, tracker, self._listener, self._tracker = self._listener, self._tracker, None, None
        with contextlib.suppress(redis.RedisError, OSError):  # gone already
            if listener is not None:
                listener.close()
            if tracker is not None:
                tracker.close()

    def _listen(self) -> Any:
        # Any: redis-py's own annotations leave this class half typed.
        listener: Any = _client(self._url, protocol=2).pubsub()  # type: ignore[no-untyped-call]
        listener.execute_command("CLIENT", "ID")
        number = listener.parse_response(timeout=CALL_TIMEOUT_S)
        listener.subscribe("__redis__:invalidate")
        self._tracker = _client(self._url, protocol=2, single_connection_client=True)
        self._tracker.client_tracking_on(clientid=number, prefix=[KEY], bcast=True)
        return listener


_KINDS: tuple[tuple[type[redis.RedisError], str], ...] = (
    (redis.AuthenticationError, "password"),  # a ConnectionError too, so it comes first
    (redis.exceptions.NoPermissionError, "permission"),
    (redis.exceptions.ReadOnlyError, "read-only"),
    (redis.exceptions.OutOfMemoryError, "memory"),
    (redis.BusyLoadingError, "loading"),
    (redis.TimeoutError, "frozen"),
)


def _kind(error: redis.RedisError) -> str:
    """Which of `faults.FAULTS` an error of redis-py is."""
    for known, kind in _KINDS:
        if isinstance(error, known):
            return kind
    text = str(error)
    for word, kind in (
        ("WRONGTYPE", "type"),
        ("MISCONF", "disk"),
        ("NOAUTH", "password"),
        ("OOM ", "memory"),
    ):
        if text.startswith(word):
            return kind
    if isinstance(error, redis.ConnectionError):
        return _connection_kind(error, text)
    return "refused"


def _connection_kind(error: redis.RedisError, text: str) -> str:
    if "CERTIFICATE_VERIFY_FAILED" in text:
        return "certificate"
    if isinstance(error.__cause__, ssl.SSLError) or "WRONG_VERSION_NUMBER" in text:
        return "tls"
    return "unreachable"


def _client(url: str, **options: Any) -> redis.Redis:
    try:
        return redis.Redis.from_url(
            url,
            socket_timeout=CALL_TIMEOUT_S,
            socket_connect_timeout=CALL_TIMEOUT_S,
            retry=Retry(NoBackoff(), 0),
            health_check_interval=0,
            client_name="packdesk",
            **options,
        )
    except (ValueError, redis.RedisError):
        raise InvalidSettingError(
            f"PACKDESK_REDIS_URL ({_public_address(url)}) is not a Redis address.",
            "Use redis://host:port/number, rediss:// for TLS, or unix:///path.",
        ) from None


def _public_address(url: str) -> str:
    """The address without user name and password, for messages."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", f":{parts.port}" if parts.port else ""
    except ValueError:
        return "unreadable"
    return f"{host}{port}{parts.path}" or "unnamed"


def _script(name: str) -> str:
    return resources.files("packdesk.store").joinpath(name).read_text("utf-8")
