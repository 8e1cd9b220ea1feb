"""The Redis server a team meets at, and the names of what lies there."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from importlib import resources
from typing import TYPE_CHECKING, Any

import redis
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from redis.exceptions import LockError

from packdesk.batch.files import taken
from packdesk.errors import PackdeskError, StoreUnavailableError
from packdesk.sentence import Sentence
from packdesk.services.ranges.orders import RangeOptions
from packdesk.store.address import checked_address, public_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

QUEUE = "packdesk"
KEPT_S = 7 * 24 * 3600
"""What is known of a range stays so long after anything happened to it."""
_RANGES = "packdesk:ranges"
_TURN_S = 30.0
"""A turn of a machine that has gone ends by itself."""
_ALONE_S = 60.0
_CALL_S = 15.0
FAULTS = (redis.ConnectionError, redis.TimeoutError)
"""What passes."""
Connection = redis.Redis
ServerFault = redis.RedisError
"""Whatever the server or the way to it says."""


class QueuedRange(BaseModel):
    """What a worker has to know of a range before it takes a row of it.

    Attributes:
        run: tells this time from others in the same folder.
        total: rows.
        design: SHA-256 of the base design's file, its name among the inputs.
        options: how rows are made.
        provider: who paints.
        rate: requests a minute the whole team may send to the provider; 0 as many as it likes.
        force: whether files that are not of the range may be replaced.
        began: seconds since 1970.
    """

    model_config = ConfigDict(frozen=True)

    run: str
    total: int
    design: str = Field(pattern="^[0-9a-f]{64}$")
    options: RangeOptions
    provider: str
    rate: float = Field(default=0.0, ge=0, le=100_000)
    force: bool = False
    began: float = 0.0


class TeamServer:
    """Knows the ranges of a team, and whose turn it is. Calls block, and raise redis-py's errors.

    Args:
        url: of the server.

    Raises:
        InvalidSettingError: it is no address.
    """

    def __init__(self, url: str) -> None:
        self.place = public_address(url)
        self.connection = redis.Redis.from_url(
            checked_address(url), socket_connect_timeout=_CALL_S, health_check_interval=30
        )
        self._pace = self.connection.register_script(
            resources.files(__package__).joinpath("pace.lua").read_text("utf-8")
        )

    def check(self) -> None:
        """Find out whether it answers.

        Raises:
            StoreUnavailableError: it does not.
        """
        try:
            self.connection.ping()
        except redis.RedisError as error:
            raise self.unreachable() from error

    def unreachable(self) -> PackdeskError:
        """The error where it does not answer."""
        return StoreUnavailableError(
            Sentence("The team's server at {place} does not answer.", place=self.place),
            "Check its address, and whether it runs.",
        )

    def gone(self) -> Sentence:
        """What is told when it has gone for a while."""
        return Sentence("The team's server at {place} is gone. Waiting for it.", place=self.place)

    def back(self) -> Sentence:
        """What is told when it answers again."""
        return Sentence("The team's server at {place} is back.", place=self.place)

    # --- ranges

    def begin(self, name: str, queued: QueuedRange) -> None:
        """Have workers take rows of this run, and of no other in the same folder."""
        key = _key(name)
        with self.connection.pipeline() as pipeline:
            pipeline.delete(key, f"{key}:rows", f"{key}:told")
            pipeline.set(key, queued.model_dump_json(), ex=KEPT_S)
            pipeline.set(f"{key}:total", queued.total, ex=KEPT_S)
            pipeline.zadd(_RANGES, {name: time.time()})
            pipeline.zremrangebyscore(_RANGES, 0, time.time() - KEPT_S)
            pipeline.execute()

    def find(self, name: str) -> QueuedRange | None:
        """What is known of a range; None where it was stopped, or what is there cannot be read."""
        try:
            return QueuedRange.model_validate_json(self.connection.get(_key(name)) or b"")
        except ValidationError:
            return None

    def stop(self, name: str, run: str) -> None:
        """Have no more rows of a run made."""
        queued = self.find(name)
        if queued is not None and queued.run == run:
            self.connection.delete(_key(name))

    def total(self, name: str) -> int:
        """Rows of a range, also of one that was stopped."""
        told = self.connection.get(f"{_key(name)}:total")
        return int(told) if told and _text(told).isdecimal() else 0

    def names(self) -> list[str]:
        """Ranges something is known of, the latest first."""
        return [_text(name) for name in self.connection.zrevrange(_RANGES, 0, 999)]

    def tell(self, name: str, row: str, state: str, record: str) -> None:
        """Tell whoever listens what became of a row, and count it."""
        key = _key(name)
        with self.connection.pipeline() as pipeline:
            pipeline.hset(f"{key}:rows", row, state)
            pipeline.rpush(f"{key}:told", record)
            for one in (key, f"{key}:rows", f"{key}:told"):
                pipeline.expire(one, KEPT_S)
            pipeline.execute()

    def count(self, name: str, states: Mapping[str, str]) -> None:
        """Count rows, without telling whoever listens."""
        if states:
            key = f"{_key(name)}:rows"
            with self.connection.pipeline() as pipeline:
                for row, state in states.items():
                    pipeline.hset(key, row, state)
                pipeline.expire(key, KEPT_S)
                pipeline.execute()

    def heard(self, name: str, seconds: float) -> dict[str, Any] | None:
        """What was told next; None where nothing was for so long."""
        told = self.connection.blpop([f"{_key(name)}:told"], timeout=seconds)
        return None if told is None else dict(json.loads(told[1]))

    def states(self, name: str) -> list[str]:
        """What became of the rows that were told."""
        return [_text(state) for state in self.connection.hvals(f"{_key(name)}:rows")]

    # --- turns

    @contextlib.contextmanager
    def turn(self, name: str) -> Iterator[None]:
        """While nobody else of the team has the turn of that name; waits for it."""
        lock = self.connection.lock(f"packdesk:turn:{name}", timeout=_TURN_S, thread_local=False)
        lock.acquire()
        over = threading.Event()
        keeper = threading.Thread(target=_keep, args=(lock, over), daemon=True)
        keeper.start()
        try:
            yield
        finally:
            over.set()
            keeper.join()
            with contextlib.suppress(LockError, *FAULTS):  # another machine's, after a pause too long
                lock.release()

    @contextlib.contextmanager
    def alone(self, name: str) -> Iterator[Callable[[], None]]:
        """While a range is made, and no other of that name; yields what has to be called now and then.

        Raises:
            NotPossibleError: another one is.
        """
        lock = self.connection.lock(f"{_key(name)}:alone", timeout=_ALONE_S, thread_local=False)
        if not lock.acquire(blocking=False):
            raise taken(name)
        try:
            yield lambda: _renewed(lock)
        finally:
            with contextlib.suppress(LockError, *FAULTS):
                lock.release()

    def wait_s(self, provider: str, rate: float) -> float:
        """Take a place among the team's requests to a provider; returns after how many seconds it comes."""
        return int(self._pace(keys=[f"packdesk:pace:{provider}"], args=[60_000 / rate])) / 1000


def _keep(lock: Any, over: threading.Event) -> None:
    """A turn lasts as long as its process, and little longer."""
    while not over.wait(_TURN_S / 4):
        with contextlib.suppress(LockError, *FAULTS):
            lock.reacquire()


def _renewed(lock: Any) -> None:
    with contextlib.suppress(LockError):  # a pause that was too long; whoever took it then is told
        lock.reacquire()


def _text(told: Any) -> str:
    return bytes(told).decode("utf-8", "replace")


def _key(name: str) -> str:
    return f"packdesk:range:{name}"
