"""The lease of a generation: one holds it, and nobody who died keeps it."""

from __future__ import annotations

import asyncio
import contextlib
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from support.stores import FlakyStore
from support.waiting import until

from packdesk.domain import transitions
from packdesk.domain.state import utc_text
from packdesk.errors import (
    GenerationBusyError,
    GenerationSupersededError,
    StoreRefusedError,
    StoreUnavailableError,
)
from packdesk.services import lease as leases
from packdesk.services.lease import GenerationLease, clear_dead_generation
from packdesk.services.shared_state import SharedState
from packdesk.store.base import LeaseStep

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from packdesk.domain.state import PackagingState
    from packdesk.store.base import StateStore, Write, WriteResult


def begin(state: PackagingState) -> PackagingState:
    return transitions.begin(state, ["front"], utc_text(), bulk=False)


def unchanged(state: PackagingState) -> PackagingState:
    return transitions.fail(state, "the result", utc_text())


def never() -> None:
    raise AssertionError("it did not have to wait")


@pytest.fixture
def shared(store: StateStore) -> SharedState:
    return SharedState(FlakyStore(store))


def shorten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have leases run out at once."""
    for module in ("sqlite_lease", "redis"):
        monkeypatch.setattr(f"packdesk.store.{module}.LEASE_MS", 1)


async def runs_out(shared: SharedState) -> None:
    await until(lambda: not shared._store.status().lease_ms)


async def test_it_is_taken_once_and_given_back_with_the_result(shared: SharedState) -> None:
    lease, state = await GenerationLease.take(shared, "job", begin)
    assert state.generating_panels == ["front"]
    with pytest.raises(GenerationBusyError):
        await GenerationLease.take(shared, "other", begin)
    assert not await clear_dead_generation(shared), "it lives"
    state = await lease.commit(unchanged, never)
    assert (state.generating, state.last_error) == (False, "the result")
    status = await shared.status()
    assert (status.lease_ms, status.record) == (0, "")
    assert not await clear_dead_generation(shared), "there is none"


async def test_flags_of_who_died_are_cleared_once(
    shared: SharedState, monkeypatch: pytest.MonkeyPatch
) -> None:
    shorten(monkeypatch)
    await GenerationLease.take(shared, "job", begin)
    await runs_out(shared)
    assert await clear_dead_generation(shared)
    state = await shared.load()
    assert (state.generating, state.last_error) == (False, transitions.INTERRUPTED)
    assert not await clear_dead_generation(shared)


async def test_flags_of_who_died_stay_where_nothing_can_be_written(
    shared: SharedState, store: StateStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    shorten(monkeypatch)
    await GenerationLease.take(shared, "job", begin)
    await runs_out(shared)

    def refuses(_write: Write) -> WriteResult:
        raise StoreRefusedError("Read-only.", "Ask for more.")

    flaky = shared._store
    monkeypatch.setattr(flaky, "write", refuses)
    assert not await clear_dead_generation(shared)
    assert store.status().record


async def test_who_was_suspended_does_not_write_over_the_next(
    shared: SharedState, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "RENEW_S", 1000)
    shorten(monkeypatch)
    lease, _ = await GenerationLease.take(shared, "job", begin)
    await runs_out(shared)
    await GenerationLease.take(shared, "next", begin)
    with pytest.raises(GenerationSupersededError):
        await lease.commit(unchanged, never)
    await lease.end("too late")
    assert (await shared.load()).last_error != "too late"
    monkeypatch.setattr(leases, "RENEW_S", 0.01)
    with pytest.raises(GenerationSupersededError):
        await lease.while_held(asyncio.sleep(60))


async def test_a_lease_that_ran_out_is_good_while_nobody_takes_it(
    shared: SharedState, monkeypatch: pytest.MonkeyPatch
) -> None:
    shorten(monkeypatch)
    lease, _ = await GenerationLease.take(shared, "job", begin)
    await runs_out(shared)
    assert (await lease.commit(unchanged, never)).last_error == "the result"


async def test_work_ends_or_fails_while_it_is_held(shared: SharedState) -> None:
    lease, _ = await GenerationLease.take(shared, "job", begin)
    await lease.while_held(asyncio.sleep(0))

    async def fails() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await lease.while_held(fails())
    await lease.end(None)
    assert (await shared.load()).last_error is None


async def test_a_result_waits_for_the_store_and_says_so_once(
    shared: SharedState, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "RETRY_S", 0.01)
    lease, _ = await GenerationLease.take(shared, "job", begin)
    flaky, waited = shared._store, []
    assert isinstance(flaky, FlakyStore)
    flaky.outage.set()
    writing = asyncio.create_task(lease.commit(unchanged, lambda: waited.append(1)))
    await until(lambda: waited)
    await lease.end(None)  # nobody can give it back now
    flaky.outage.clear()
    assert (await writing).last_error == "the result"
    assert waited == [1]


async def test_patience_ends(shared: SharedState, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "RETRY_S", 0.01)
    monkeypatch.setattr(leases, "PATIENCE_S", 0.0)
    lease, _ = await GenerationLease.take(shared, "job", begin)
    flaky, waited = shared._store, []
    assert isinstance(flaky, FlakyStore)
    flaky.outage.set()
    with pytest.raises(StoreUnavailableError):
        await lease.commit(unchanged, lambda: waited.append(1))
    assert waited == []


@pytest.mark.parametrize("step", [LeaseStep.TAKE, LeaseStep.END])
async def test_a_cancel_while_the_write_is_on_its_way(
    shared: SharedState, step: LeaseStep, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_its_way, may_land = asyncio.Event(), asyncio.Event()
    usual = shared.commit_with_lease

    async def slow(*words: object) -> tuple[PackagingState, WriteResult]:
        if step in words:
            on_its_way.set()
            await may_land.wait()
        return await usual(*words)  # type: ignore[arg-type]  # as they came

    work: Callable[[], Coroutine[Any, Any, object]]
    if step is LeaseStep.END:
        lease, _ = await GenerationLease.take(shared, "job", begin)
        work = partial(lease.commit, unchanged, never)
    else:
        work = partial(GenerationLease.take, shared, "job", begin)
    monkeypatch.setattr(shared, "commit_with_lease", slow)
    task = asyncio.create_task(work())
    await on_its_way.wait()
    task.cancel()
    may_land.set()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    assert task.cancelled() == (step is LeaseStep.TAKE), "a result that landed is one"
    state = await shared.load()
    assert not state.generating
    assert state.last_error == (None if step is LeaseStep.TAKE else "the result")
    assert not (await shared.status()).lease_ms
