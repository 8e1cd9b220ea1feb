"""The store shared with other programs: one string at one Redis key.

Lua scripts do each step at once, for the server runs nothing else meanwhile. Side keys carry the key in
braces, which puts them into its cluster slot.
"""

from __future__ import annotations

import contextlib
import random
import time
from functools import partial
from importlib import resources
from itertools import count
from typing import TYPE_CHECKING, Any

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from packdesk.errors import PackdeskError, StoreRefusedError
from packdesk.store.address import checked_address, no_address, public_address
from packdesk.store.base import (
    KEY,
    LEASE_MS,
    MAX_RECORD_BYTES,
    OPERATIONS_KEPT_MS,
    StoreStatus,
    Verdict,
    Write,
    WriteResult,
    readable_record,
    revision_of,
)
from packdesk.store.faults import PASSING, fault_kind, store_error
from packdesk.store.journal import ENTRIES, KEPT_MS, StaleWriteRepair, log_repair

if TYPE_CHECKING:
    from collections.abc import Callable

CALL_TIMEOUT_S = 1.0
DEADLINE_S = 2.5
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.02, 0.25
_CONTENDED_PAUSE_S = 0.004
_LEASE, _HOLDER, _FENCING_TOKEN, _OPERATIONS, _HEAD, _VERSIONS, _WHOLE = (
    f"{{{KEY}}}:{name}" for name in ("lease", "holder", "turn", "ops", "head", "versions", "whole")
)
_BACKUPS = f"{{{KEY}}}:backup:*"
_NAMES_A_STEP = 1000


class RedisStore:
    """A `StateStore` on a Redis server.

    Every call fails after `DEADLINE_S`: redis-py's own retries are off, as nested ones add up to minutes.
    Sending a write again is safe, the server remembers its operation.
    """

    kind = "shared"

    def __init__(self, url: str, *, journal: bool = True) -> None:
        self.place = public_address(url)
        self._client = _client(url)
        self._changes = _ChangeListener(url)
        self._repair = StaleWriteRepair() if journal else None
        self._write, self._renew, self._status, self._mend = (
            self._client.register_script(_script(f"{name}.lua"))
            for name in ("write", "renew", "status", "mend")
        )

    def load(self) -> bytes | None:
        """See `StateStore.load`. With a journal, a stale write of another program is repaired on the way."""
        merged = None
        try:
            # Beside programs that write all the time it takes many attempts.
            deadline = time.monotonic() + DEADLINE_S
            while self._repair and time.monotonic() < deadline:
                value, head = self._call(lambda: self._client.mget(KEY, _HEAD))
                if value is None:  # nothing, or no plain value: GET tells
                    break
                merged, stands = self._repaired(value, (head or b"").decode("ascii", "replace"))
                if stands:
                    return merged
                time.sleep(random.uniform(0, _CONTENDED_PAUSE_S))  # noqa: S311  (spreads clients, no secret)
        except StoreRefusedError:
            merged = None  # a read-only account reads without repair
        if merged is not None:  # to build on the foreign value would lose for good what it has undone
            return merged
        value = self._call(lambda: self._client.get(KEY))
        return None if value is None else bytes(value)

    def load_named(self, name: str) -> bytes | None:
        """See `StateStore.load_named`."""
        plain = self._call(lambda: self._client.type(name)) == b"string"
        return self._call(lambda: self._client.get(name)) if plain else None

    def write(self, write: Write) -> WriteResult:
        """See `StateStore.write`."""
        keys = [KEY, _LEASE, _HOLDER, _FENCING_TOKEN, _OPERATIONS, _HEAD, _VERSIONS, _WHOLE]
        expected, entry, replaced = (
            self._repair.note_write(write) if self._repair else (revision_of(write.expected), b"", b"")
        )
        words: list[bytes | str | int] = [expected, write.new, write.operation]
        words += [str(write.lease), write.record, write.fencing_token]
        words += [LEASE_MS, OPERATIONS_KEPT_MS, ENTRIES]
        words += [entry, replaced, 0 if entry in {b"", write.new} else KEPT_MS]
        verdict, token, record = self._call(lambda: self._write(keys=keys, args=words))
        return WriteResult(Verdict(verdict.decode()), int(token), readable_record(record))

    def renew(self, record: str) -> bool:
        """See `StateStore.renew`."""
        return bool(self._call(lambda: self._renew(keys=[_LEASE, _HOLDER], args=[record, LEASE_MS])))

    def status(self) -> StoreStatus:
        """See `StateStore.status`."""
        revision, lease_ms, record = self._status_now()
        return StoreStatus(revision.decode(), max(0, int(lease_ms)), readable_record(record))

    def wait(self, seconds: float) -> bool:
        """See `StateStore.wait`."""
        return self._changes.wait(seconds)

    def set_aside(self) -> str | None:
        """See `StateStore.set_aside`."""
        names = (f"{{{KEY}}}:backup:{at}" for at in count(time.time_ns() // 1_000_000))
        try:
            # Two may be set aside in one millisecond.
            name = next(name for name in names if self._client.renamenx(KEY, name))
        except redis.RedisError as error:
            if "no such key" in str(error):
                return None
            raise store_error(fault_kind(error), self.place) from None
        return name

    def mend(self) -> int:
        """See `StateStore.mend`."""
        record = self.load_named(_HOLDER)
        keys = [_LEASE, _HOLDER, _FENCING_TOKEN, _OPERATIONS, _HEAD, _VERSIONS, _WHOLE]
        words = [LEASE_MS, "" if readable_record(record) else "1"]
        return int(self._call(lambda: self._mend(keys=keys, args=words)))

    def backups(self) -> list[bytes]:
        """See `StateStore.beside`; looks through all names of the server's database, in steps."""
        scan = partial(self._client.scan_iter, match=_BACKUPS, count=_NAMES_A_STEP)
        names = set(self._call(lambda: list(scan())))
        return [value for name in names if (value := self.load_named(name.decode("utf-8", "replace")))]

    def server_facts(self) -> dict[str, str]:
        """Which server it is, its role, whether it writes every change to disk, and what may end the design.

        `appendonly` is left out where the server keeps its configuration to itself; `eviction` is its
        maxmemory-policy, `maxmemory` in bytes (0: no limit); `expires_s` are the seconds left of a design
        that expires.
        """
        info = self._call(self._client.info)
        name = "valkey" if "valkey_version" in info else "redis"
        facts = {"server": f"{name.title()} {info.get(f'{name}_version', '')}".strip()}
        facts["role"] = str(info.get("role", ""))
        facts |= {"eviction": info.get("maxmemory_policy", ""), "maxmemory": info.get("maxmemory", 0)}
        left = self._call(lambda: self._client.ttl(KEY))
        facts |= {"expires_s": left} if left >= 0 else {}
        with contextlib.suppress(PackdeskError):
            facts |= self._call(lambda: self._client.config_get("appendonly"))
        return {key: _text(value) for key, value in facts.items()}

    def close(self) -> None:
        """See `StateStore.close`."""
        self._changes.close()
        with contextlib.suppress(redis.RedisError):  # a connection that is gone needs no closing
            self._client.close()

    def _repaired(self, value: bytes, head: str) -> tuple[bytes, bool]:
        """The value after repair of a stale write, and whether that is stored."""
        if self._repair is None or not self._repair.is_needed(value, head):
            return value, True
        merge = self._repair.judge(value, head, self._journal_now(), partial(self.load_named, _WHOLE))
        if merge is None:
            return value, True
        if self.write(Write(value, merge.raw)).verdict is not Verdict.WRITTEN:
            self._repair.not_written(merge, value)
            return merge.raw, False
        log_repair(merge)
        return merge.raw, True

    def _status_now(self) -> Any:
        words = [LEASE_MS, MAX_RECORD_BYTES]
        return self._call(lambda: self._status(keys=[KEY, _LEASE, _HOLDER], args=words))

    def _journal_now(self) -> tuple[list[bytes], tuple[int, int], bool]:
        """The journal, the server's time, and whether a generation runs, in one round trip."""
        entries, clock, leased = self._call(self._asked_at_once)
        if isinstance(clock, Exception):
            raise store_error("refused", self.place)
        return entries if isinstance(entries, list) else [], clock, leased == 1

    def _asked_at_once(self) -> Any:
        pipeline = self._client.pipeline(transaction=False)
        pipeline.lrange(_VERSIONS, 0, -1)
        pipeline.time()
        pipeline.exists(_LEASE)
        # A side key may hold anything; the time is nobody's to set.
        return pipeline.execute(raise_on_error=False)

    def _call(self, command: Callable[[], Any]) -> Any:
        deadline, pause, seen = time.monotonic() + DEADLINE_S, _FIRST_PAUSE_S, set()
        while True:
            try:
                return command()
            except redis.RedisError as error:
                seen.add(fault_kind(error))
                # A server without room hangs up, sometimes before its reason is read.
                kind = "full" if "full" in seen else fault_kind(error)
                # redis-py's messages may quote the address with its password: none of them is passed on.
                if kind not in PASSING or time.monotonic() + pause > deadline:
                    raise store_error(kind, self.place) from None
            time.sleep(pause * random.uniform(0.5, 1))  # noqa: S311  (spreads clients, no secret)
            pause = min(2 * pause, _LONGEST_PAUSE_S)


class _ChangeListener:
    """Waits for writes of the key by any program, through the server's invalidation messages.

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
        except (redis.RedisError, OSError):  # the status call reports it; the next wait listens anew
            was_listening = self._listener is not None
            self.close()
            if not was_listening:
                time.sleep(seconds)
            return was_listening  # a broken connection is a reason to ask at once
        return message is not None

    def close(self) -> None:
        """Close both connections."""
        listener, tracker, self._listener, self._tracker = self._listener, self._tracker, None, None
        with contextlib.suppress(redis.RedisError, OSError):  # gone already
            if listener is not None:
                listener.close()
            if tracker is not None:
                tracker.close()

    def _listen(self) -> Any:
        # Any: redis-py's own annotations leave this class half typed.
        listener: Any = _client(self._url).pubsub()  # type: ignore[no-untyped-call]
        listener.execute_command("CLIENT", "ID")
        number = listener.parse_response(timeout=CALL_TIMEOUT_S)
        listener.subscribe("__redis__:invalidate")
        self._tracker = _client(self._url, single_connection_client=True)
        self._tracker.client_tracking_on(clientid=number, prefix=[KEY], bcast=True)
        return listener


def _client(url: str, **options: Any) -> redis.Redis:
    try:
        client = redis.Redis.from_url(
            checked_address(url),
            socket_timeout=CALL_TIMEOUT_S,
            socket_connect_timeout=CALL_TIMEOUT_S,
            retry=Retry(NoBackoff(), 0),
            health_check_interval=0,
            # Nothing but AUTH and SELECT before the first command: some proxies refuse HELLO and CLIENT.
            protocol=2,
            driver_info=None,
            **options,
        )
        client.connection_pool.make_connection()  # connects nothing, but says which options are none
    except (redis.ConnectionError, redis.TimeoutError, redis.ResponseError):
        raise  # from an option that connects at once
    except (ValueError, TypeError, redis.RedisError):
        raise no_address(url) from None
    return client


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def _script(name: str) -> str:
    return resources.files("packdesk.store").joinpath(name).read_text("utf-8")
