"""What stands in the keys beside the value, or in SQLite's lease, counts as absent unless we put it there."""

from __future__ import annotations

import sqlite3
import time
from typing import TYPE_CHECKING, Any

import pytest
from support.writing import put

from packdesk.store.base import KEY, LEASE_MS, LeaseStep, Verdict, Write
from packdesk.store.redis import RedisStore
from packdesk.store.sqlite import SqliteStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import redis
    from support.redis_server import RedisServer

NAMES = ("lease", "holder", "turn", "ops", "head", "versions", "whole")
BAD: dict[str, Callable[[redis.Redis, str], Any]] = {
    "bytes": lambda client, key: client.set(key, b"\xff\xfe"),
    "megabyte": lambda client, key: client.set(key, b"9" * 2**20),
    "words": lambda client, key: client.set(key, "nan"),
    "negative": lambda client, key: client.set(key, "-1e300"),
    "list": lambda client, key: client.rpush(key, b"\xff", b"12 o {", b"no version"),
    "hash": lambda client, key: client.hset(key, "a", "b"),
    "set": lambda client, key: client.sadd(key, "a"),
    "scores": lambda client, key: client.zadd(key, {"a": 1e300}),
    "future": lambda client, key: client.set(key, "packdesk", px=100 * LEASE_MS),
}
START = b'{"package_type":"box","package_dimensions":{"width":100,"height":150,"depth":100}}'


def side(name: str) -> str:
    return f"{{{KEY}}}:{name}"


@pytest.fixture
def server(empty_redis: RedisServer) -> redis.Redis:
    return empty_redis.client()


@pytest.fixture
def shared(empty_redis: RedisServer) -> Iterator[RedisStore]:
    made = RedisStore(empty_redis.url)
    put(made, START)
    yield made
    made.close()


def generate(store: RedisStore | SqliteStore) -> None:
    """A generation from its beginning to its end."""
    assert store.status().lease_ms == 0
    raw = store.load()
    taken = store.write(Write(raw, START + b" ", LeaseStep.TAKE, "me"))
    assert (taken.verdict, store.status().record) == (Verdict.WRITTEN, "me")
    assert 0 < store.status().lease_ms <= LEASE_MS
    assert store.renew("me")
    ended = store.write(Write(START + b" ", START + b"  ", LeaseStep.END, "me", taken.fencing_token))
    assert ended.verdict is Verdict.WRITTEN


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("name", NAMES)
def test_a_bad_side_key_counts_as_absent(
    shared: RedisStore, server: redis.Redis, name: str, bad: str
) -> None:
    server.delete(side(name))
    BAD[bad](server, side(name))
    server.set(KEY, START.replace(b"150", b"151"))  # the journal is asked
    assert shared.load()
    generate(shared)


@pytest.mark.parametrize("bad", BAD)
def test_reset_mends_all_of_them(shared: RedisStore, server: redis.Redis, bad: str) -> None:
    for name in NAMES:
        server.delete(side(name))
        BAD[bad](server, side(name))
    shared.mend()
    kinds = {name: server.type(side(name)) for name in NAMES}
    sound = {"turn": b"string", "ops": b"zset", "head": b"string", "versions": b"list"}
    assert kinds.pop("lease") == b"none"
    assert all(kind in {b"none", sound.get(name, b"string")} for name, kind in kinds.items())
    assert shared.mend() == 0
    generate(shared)


def test_mending_leaves_what_is_sound(shared: RedisStore, server: redis.Redis) -> None:
    shared.write(Write(shared.load(), START + b" ", LeaseStep.TAKE, "me"))
    before = {name: server.dump(side(name)) for name in NAMES}
    assert shared.mend() == 0
    assert {name: server.dump(side(name)) for name in NAMES} == before


def test_a_lease_without_an_end_is_none(shared: RedisStore, server: redis.Redis) -> None:
    server.set(side("lease"), "packdesk")
    server.set(side("holder"), "packdesk")
    generate(shared)


def test_an_expiry_somebody_set_stays(shared: RedisStore, server: redis.Redis) -> None:
    server.pexpire(KEY, 60_000)
    put(shared, START + b" ")
    assert 0 < server.pttl(KEY) <= 60_000
    server.persist(KEY)
    put(shared, START + b"  ")
    assert server.pttl(KEY) == -1


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("until_ms", 2**53),
        ("until_ms", "in two hours"),
        ("until_ms", "soon"),
        ("until_ms", -1),
        ("record", b"\xff\xfe"),
        ("record", "x" * 2**20),
        ("record", 7),
        ("turn", "many"),
        ("turn", -5),
        ("turn", 2**60),
        ("id", None),
    ],
)
def test_a_bad_lease_in_the_file_counts_as_absent_and_is_mended(
    tmp_path: Path, column: str, value: object
) -> None:
    store = SqliteStore(tmp_path / "state.db")
    put(store, START)
    if value == "in two hours":  # the clock was ahead when it was taken
        value = int(time.time() * 1000) + 7_200_000
    connection = sqlite3.connect(tmp_path / "state.db")
    if column == "id":
        connection.execute("DELETE FROM lease")
    else:
        connection.execute(f"UPDATE lease SET {column} = ?", (value,))
    connection.commit()
    connection.close()
    assert store.status().lease_ms == 0
    store.mend()
    assert store.mend() == 0
    generate(store)
    store.close()


@pytest.mark.parametrize("bad", ["list", "hash", "set"])
def test_another_type_at_the_key_itself_is_no_hindrance_to_mending(
    shared: RedisStore, server: redis.Redis, bad: str
) -> None:
    server.delete(KEY)
    BAD[bad](server, KEY)
    assert shared.mend() == 0
    assert shared.set_aside()
