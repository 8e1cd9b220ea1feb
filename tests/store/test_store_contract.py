"""What every store promises, on SQLite and on a real redis-server."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from support.writing import put

from packdesk.store import base
from packdesk.store.base import KEY, LeaseStep, Verdict, Write, revision_of
from packdesk.store.redis import RedisStore
from packdesk.store.sqlite import SqliteStore

if TYPE_CHECKING:
    from support.redis_server import RedisServer

    from packdesk.store.base import StateStore


def test_an_empty_store_has_nothing(store: StateStore) -> None:
    assert store.load() is None
    assert store.status() == base.StoreStatus("", 0, "")


def test_the_first_write_expects_nothing(store: StateStore) -> None:
    assert store.write(Write(None, b"one")).verdict is Verdict.WRITTEN
    assert store.load() == b"one"


def test_bytes_come_back_as_they_went(store: StateStore) -> None:
    raw = bytes(range(256)) * 40
    put(store, raw)
    assert store.load() == raw
    assert store.status().revision == revision_of(raw)


@pytest.mark.parametrize("expected", [None, b"other"])
def test_a_stale_write_changes_nothing(store: StateStore, expected: bytes | None) -> None:
    put(store, b"one")
    assert store.write(Write(expected, b"two")).verdict is Verdict.CONFLICT
    assert store.load() == b"one"


def test_expecting_a_value_where_there_is_none(store: StateStore) -> None:
    assert store.write(Write(b"one", b"two")).verdict is Verdict.CONFLICT
    assert store.load() is None


def test_an_operation_sent_again_is_done_once(two_stores: tuple[StateStore, StateStore]) -> None:
    first, second = two_stores
    write = Write(None, b"one")
    assert first.write(write).verdict is Verdict.WRITTEN
    put(second, b"two")
    assert first.write(write).verdict is Verdict.WRITTEN, "its answer was lost, it was done"
    assert first.load() == b"two", "and is not done again"


def test_a_refused_operation_is_not_remembered(store: StateStore) -> None:
    put(store, b"one")
    write = Write(b"other", b"two", operation="the-operation")
    assert store.write(write).verdict is Verdict.CONFLICT
    assert store.write(Write(b"one", b"two", operation="the-operation")).verdict is Verdict.WRITTEN
    assert store.load() == b"two"


def test_two_programs_see_each_other(two_stores: tuple[StateStore, StateStore]) -> None:
    first, second = two_stores
    put(first, b"one")
    assert second.load() == b"one"
    put(second, b"two")
    assert first.write(Write(b"one", b"three")).verdict is Verdict.CONFLICT
    assert first.status() == second.status()


def test_concurrent_counters_lose_nothing(two_stores: tuple[StateStore, StateStore]) -> None:
    def count(store: StateStore) -> None:
        for _ in range(50):
            verdict = None
            while verdict is not Verdict.WRITTEN:
                current = store.load()
                verdict = store.write(Write(current, str(int(current or b"0") + 1).encode())).verdict

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count, [*two_stores, *two_stores]))
    assert two_stores[0].load() == b"200"


def test_one_holder_at_a_time(two_stores: tuple[StateStore, StateStore]) -> None:
    first, second = two_stores
    taken = first.write(Write(None, b"one", LeaseStep.TAKE, "me"))
    assert (taken.verdict, taken.fencing_token) == (Verdict.WRITTEN, 1)
    refused = second.write(Write(b"one", b"two", LeaseStep.TAKE, "you"))
    assert (refused.verdict, refused.record) == (Verdict.BUSY, "me")
    status = second.status()
    assert status.record == "me"
    assert 0 < status.lease_ms <= base.LEASE_MS
    assert first.load() == b"one"


def test_others_may_write_while_the_lease_runs(two_stores: tuple[StateStore, StateStore]) -> None:
    first, second = two_stores
    first.write(Write(None, b"one", LeaseStep.TAKE, "me"))
    assert second.write(Write(b"one", b"two")).verdict is Verdict.WRITTEN
    assert first.status().record == "me"


def test_the_lease_is_given_back_with_the_result(store: StateStore) -> None:
    turn = store.write(Write(None, b"one", LeaseStep.TAKE, "me")).fencing_token
    assert store.write(Write(b"one", b"two", LeaseStep.END, "me", turn)).verdict is Verdict.WRITTEN
    assert store.status() == base.StoreStatus(revision_of(b"two"), 0, "")
    assert store.write(Write(b"two", b"three", LeaseStep.TAKE, "you")).fencing_token == turn + 1


def test_a_conflict_changes_no_lease(store: StateStore) -> None:
    assert store.write(Write(b"other", b"one", LeaseStep.TAKE, "me")).verdict is Verdict.CONFLICT
    assert store.status().record == ""
    turn = store.write(Write(None, b"one", LeaseStep.TAKE, "me")).fencing_token
    assert store.write(Write(b"other", b"two", LeaseStep.END, "me", turn)).verdict is Verdict.CONFLICT
    assert store.status().record == "me"


@pytest.fixture
def short_lease(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("sqlite_lease", "redis"):
        monkeypatch.setattr(f"packdesk.store.{module}.LEASE_MS", 60)


def run_out(store: StateStore) -> None:
    while store.status().lease_ms:
        time.sleep(0.01)


@pytest.mark.usefixtures("short_lease")
def test_a_lease_runs_out_and_is_renewed(store: StateStore) -> None:
    store.write(Write(None, b"one", LeaseStep.TAKE, "me"))
    run_out(store)
    assert store.status().record == "me", "who held it is remembered"
    assert store.renew("me"), "nobody else took it, so it is taken up again"
    assert store.status().lease_ms
    assert not store.renew("you")


@pytest.mark.usefixtures("short_lease")
def test_a_newer_turn_fences_the_older_holder_off(two_stores: tuple[StateStore, StateStore]) -> None:
    first, second = two_stores
    turn = first.write(Write(None, b"one", LeaseStep.TAKE, "me")).fencing_token
    run_out(first)
    newer = second.write(Write(b"one", b"two", LeaseStep.TAKE, "you")).fencing_token
    assert first.write(Write(b"two", b"late", LeaseStep.END, "me", turn)).verdict is Verdict.SUPERSEDED
    assert not first.renew("me")
    assert second.write(Write(b"two", b"three", LeaseStep.END, "you", newer)).verdict is Verdict.WRITTEN
    assert first.write(Write(b"three", b"late", LeaseStep.END, "me", turn)).verdict is Verdict.SUPERSEDED
    assert first.load() == b"three"


@pytest.mark.usefixtures("short_lease")
def test_a_late_holder_may_end_while_nobody_was_faster(store: StateStore) -> None:
    turn = store.write(Write(None, b"one", LeaseStep.TAKE, "me")).fencing_token
    run_out(store)
    assert store.write(Write(b"one", b"two", LeaseStep.END, "me", turn)).verdict is Verdict.WRITTEN


@pytest.mark.usefixtures("short_lease")
def test_exactly_one_clears_up_after_a_dead_holder(two_stores: tuple[StateStore, StateStore]) -> None:
    first, second = two_stores
    first.write(Write(None, b"one", LeaseStep.TAKE, "me"))
    busy = second.write(Write(b"one", b"cleared", LeaseStep.RECOVER, "me"))
    assert (busy.verdict, busy.record) == (Verdict.BUSY, "me")
    run_out(first)

    def clear(store: StateStore) -> Verdict:
        return store.write(Write(b"one", b"cleared", LeaseStep.RECOVER, "me")).verdict

    with ThreadPoolExecutor(4) as pool:
        verdicts = list(pool.map(clear, [*two_stores, *two_stores]))
    assert sorted(verdicts) == [Verdict.SUPERSEDED] * 3 + [Verdict.WRITTEN]
    assert first.load() == b"cleared"
    assert first.status().record == ""


def test_a_change_elsewhere_ends_the_wait(two_stores: tuple[StateStore, StateStore]) -> None:
    first, second = two_stores
    put(first, b"one")
    first.status()
    first.wait(0.05)  # may hint without reason when it begins to listen
    assert not first.wait(0.05)
    later = threading.Timer(0.1, lambda: put(second, b"two"))
    later.start()
    started = time.monotonic()
    hinted = any(first.wait(0.25) for _ in range(20))
    later.join()  # the hint may come before the writer has its answer
    assert hinted
    assert time.monotonic() - started < 4, "the hint came before the waits were over"
    assert first.status().revision == revision_of(b"two")


def test_what_stands_is_moved_aside(store: StateStore) -> None:
    assert store.set_aside() is None
    put(store, b"{broken")
    name = store.set_aside()
    assert name
    assert name.removeprefix("{").startswith("packaging:current")
    assert store.load() is None
    put(store, b"new")
    assert _raw(store, name) == b"{broken"


def test_what_was_moved_aside_is_found_again(store: StateStore) -> None:
    assert store.backups() == []
    put(store, b"{broken")
    store.set_aside()
    put(store, b"new")
    assert store.backups() == [b"{broken"]


def test_all_that_is_moved_aside_in_one_moment_is_kept(store: StateStore) -> None:
    for number in range(20):
        put(store, b"%d" % number)
        store.set_aside()
    assert sorted(int(one) for one in store.backups()) == list(range(20))


def test_what_is_no_document_beside_the_key_is_passed_over(empty_redis: RedisServer) -> None:
    store, client = RedisStore(empty_redis.url), empty_redis.client()
    client.lpush(f"{{{KEY}}}:backup:1", "a list")
    client.set(f"{{{KEY}}}:backup:2", b"\xff\xfe")
    client.mset({f"other:{number}": "x" for number in range(2500)})
    assert store.backups() == [b"\xff\xfe"]
    store.close()


def _raw(store: StateStore, name: str) -> bytes:
    if isinstance(store, RedisStore):
        return store._call(lambda: store._client.get(name))  # type: ignore[no-any-return]
    assert isinstance(store, SqliteStore)
    rows = store._open().execute("SELECT value FROM current WHERE key = ?", (name,))
    return bytes(rows.fetchone()[0])


def test_a_closed_store_opens_again(store: StateStore) -> None:
    put(store, b"one")
    store.close()
    assert store.load() == b"one"


def test_what_it_says_of_itself(store: StateStore) -> None:
    put(store, b"x" * 5000)
    assert isinstance(store, SqliteStore | RedisStore)
    facts = store.server_facts()
    if isinstance(store, SqliteStore):
        assert (facts["SQLite"].count("."), facts["journal"]) == (2, "wal")
        assert facts["size"].endswith(" KB")
        assert float(facts["size"].split()[0]) >= 4
    else:
        assert facts["role"] == "master"
