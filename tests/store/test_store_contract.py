"""What every store promises, on SQLite and on a real redis-server."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from packdesk.store.base import revision_of

if TYPE_CHECKING:
    from packdesk.store.base import StateStore


def test_an_empty_store_has_nothing(store: StateStore) -> None:
    assert store.load() is None
    assert store.revision() == ""


def test_the_first_commit_expects_nothing(store: StateStore) -> None:
    assert store.commit(None, b"one").committed
    assert store.load() == b"one"


def test_bytes_come_back_as_they_went(store: StateStore) -> None:
    raw = bytes(range(256)) * 40
    assert store.commit(None, raw).committed
    assert store.load() == raw
    assert store.revision() == revision_of(raw)


def test_a_stale_commit_writes_nothing_and_tells_what_stands(store: StateStore) -> None:
    store.commit(None, b"one")
    refused = store.commit(None, b"two")
    assert (refused.committed, refused.current) == (False, b"one")
    refused = store.commit(b"other", b"two")
    assert (refused.committed, refused.current) == (False, b"one")
    assert store.load() == b"one"


def test_expecting_a_value_where_there_is_none(store: StateStore) -> None:
    refused = store.commit(b"one", b"two")
    assert (refused.committed, refused.current) == (False, None)


def test_two_programs_see_each_other(two_stores: tuple[StateStore, StateStore]) -> None:
    first, second = two_stores
    first.commit(None, b"one")
    assert second.load() == b"one"
    assert second.commit(b"one", b"two").committed
    assert not first.commit(b"one", b"three").committed
    assert first.revision() == second.revision() == revision_of(b"two")


def test_concurrent_counters_lose_nothing(two_stores: tuple[StateStore, StateStore]) -> None:
    def count(store: StateStore) -> None:
        current = store.load()
        for _ in range(50):
            while True:
                result = store.commit(current, str(int(current or b"0") + 1).encode())
                current = result.current
                if result.committed:
                    break

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count, [*two_stores, *two_stores]))
    assert two_stores[0].load() == b"200"


def test_a_closed_store_opens_again(store: StateStore) -> None:
    store.commit(None, b"one")
    store.close()
    assert store.load() == b"one"
