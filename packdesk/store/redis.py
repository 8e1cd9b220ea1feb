"""The store shared with other programs: one string at one Redis key. The only module that imports redis.

A Lua script compares the SHA-1 of the stored bytes and writes in one step (SCRIPT semantics: the server runs
nothing else meanwhile).
"""

from __future__ import annotations

import contextlib
import time
from importlib import resources
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from packdesk.errors import ForeignDocumentError, InvalidSettingError, PackdeskError, StoreUnavailableError
from packdesk.store.base import KEY, CommitResult, revision_of

if TYPE_CHECKING:
    from collections.abc import Callable

CALL_TIMEOUT_S = 1.0
DEADLINE_S = 2.5
_PAUSE_S = 0.1


class RedisStore:
    """A `StateStore` on a Redis server.

    Every call gives up after `DEADLINE_S`: redis-py's own retries are off, for nested ones add up to minutes.
    """

    kind = "shared"

    def __init__(self, url: str) -> None:
        self.place = _public_address(url)
        self._client = _client(url)
        self._commit = self._client.register_script(_script("commit.lua"))
        self._revision = self._client.register_script(_script("revision.lua"))

    def load(self) -> bytes | None:
        """See `StateStore.load`."""
        value = self._call(lambda: self._client.get(KEY))
        return None if value is None else bytes(value)

    def commit(self, expected: bytes | None, new: bytes) -> CommitResult:
        """See `StateStore.commit`."""
        answer = self._call(lambda: self._commit(keys=[KEY], args=[revision_of(expected), new]))
        if answer[0] == 1:
            return CommitResult(committed=True, current=new)
        return CommitResult(committed=False, current=answer[1] if len(answer) > 1 else None)

    def revision(self) -> str:
        """See `StateStore.revision`."""
        return bytes(self._call(lambda: self._revision(keys=[KEY]))).decode("ascii")

    def close(self) -> None:
        """See `StateStore.close`."""
        with contextlib.suppress(redis.RedisError):  # a connection that is gone needs no closing
            self._client.close()

    def _call(self, command: Callable[[], Any]) -> Any:
        deadline = time.monotonic() + DEADLINE_S
        while True:
            try:
                return command()
            except redis.AuthenticationError as error:  # a ConnectionError too, but waiting does not help
                raise self._told(error) from None
            except (redis.ConnectionError, redis.TimeoutError) as error:
                if time.monotonic() + _PAUSE_S > deadline:
                    raise self._told(error) from None
                time.sleep(_PAUSE_S)
            except redis.RedisError as error:
                raise self._told(error) from None

    def _told(self, error: redis.RedisError) -> PackdeskError:
        # redis-py's messages may quote the URL; the sentence names the address only.
        if str(error).startswith("WRONGTYPE"):
            return ForeignDocumentError(f"The Redis key {KEY} holds something other than a plain value.")
        if isinstance(error, redis.AuthenticationError):
            return StoreUnavailableError(
                f"The Redis server at {self.place} refused the user name or password.",
                "Correct them in PACKDESK_REDIS_URL.",
            )
        if isinstance(error, redis.ResponseError):
            return StoreUnavailableError(
                f"The Redis server at {self.place} refused the command: {str(error)[:120]}.",
                "Ask whoever runs it, or leave PACKDESK_REDIS_URL empty to work locally.",
            )
        return StoreUnavailableError(
            f"The Redis server at {self.place} does not answer.",
            "Start it or check the network; leave PACKDESK_REDIS_URL empty to work locally.",
        )


def _client(url: str) -> redis.Redis:
    try:
        return redis.Redis.from_url(
            url,
            socket_timeout=CALL_TIMEOUT_S,
            socket_connect_timeout=CALL_TIMEOUT_S,
            retry=Retry(NoBackoff(), 0),
            health_check_interval=0,
            client_name="packdesk",
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
