"""Stores that cannot be used say so."""

from __future__ import annotations

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from packdesk.errors import ForeignDocumentError, InvalidSettingError, StoreUnavailableError
from packdesk.store.base import KEY, Write
from packdesk.store.redis import RedisStore
from packdesk.store.sqlite import SqliteStore

if TYPE_CHECKING:
    from pathlib import Path

    from support.redis_server import RedisServer


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "store.sqlite3").mkdir()
    with pytest.raises(StoreUnavailableError, match=r"store\.sqlite3") as caught:
        SqliteStore(tmp_path / "store.sqlite3").load()
    assert caught.value.remedy


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("x")
    with pytest.raises(StoreUnavailableError):
        SqliteStore(tmp_path / "data" / "store.sqlite3").load()


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    path.write_bytes(b"my diary " * 200)
    with pytest.raises(StoreUnavailableError, match="damaged"):
        SqliteStore(path).write(Write(None, b"{}"))
    assert path.read_bytes() == b"my diary " * 200


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(StoreUnavailableError, match=r"127\.0\.0\.1:1\b"):
        RedisStore("redis://user:secret@127.0.0.1:1/0").load()


def test_the_password_is_in_no_message() -> None:
    store = RedisStore("redis://user:secret@127.0.0.1:1/0")
    with pytest.raises(StoreUnavailableError) as caught:
        store.load()
    assert "secret" not in caught.value.full_text() + store.place + repr(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("url", ["http://x", "nonsense", "redis://:secret@host:port/", "redis://[::1"])
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(InvalidSettingError) as caught:
        RedisStore(url)
    assert "secret" not in caught.value.full_text()


def test_another_type_at_the_key_is_told_and_kept(empty_redis: RedisServer) -> None:
    client = empty_redis.client()
    client.lpush(KEY, "x")
    store = RedisStore(empty_redis.url)
    for call in (store.load, store.status, lambda: store.write(Write(None, b"{}"))):
        with pytest.raises(ForeignDocumentError):
            call()
    assert client.lrange(KEY, 0, -1) == [b"x"]


def test_a_wrong_password_is_told_at_once(redis_server: RedisServer) -> None:
    url = f"redis://someone:wrong@127.0.0.1:{redis_server.port}/0"
    with pytest.raises(StoreUnavailableError, match="password"):
        RedisStore(url).load()


def test_programs_that_make_the_same_new_file_wait_for_each_other(tmp_path: Path) -> None:
    together = threading.Barrier(8)

    def open_it(path: Path) -> None:
        with contextlib.closing(SqliteStore(path)) as store:
            together.wait()
            store.load()

    for number in range(20):
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(open_it, [tmp_path / f"{number}.sqlite3"] * 8))
