"""Whoever follows the shared design hears each thing once, and goes on whatever happens."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import TYPE_CHECKING

import pytest
from support.stores import FlakyStore
from support.waiting import until
from support.writing import put

from packdesk.errors import ForeignDocumentError, PackdeskError, StoreUnavailableError, UnexpectedError
from packdesk.services import following
from packdesk.services.designs import DesignService
from packdesk.services.following import Follower, FollowerNews
from packdesk.services.shared_state import SharedState

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from packdesk.domain.state import PackagingState
    from packdesk.store.base import StateStore, StoreStatus


class MoodyStore(FlakyStore):
    """Ends in a fault of ours while `mood` is set; counts how often it was asked."""

    mood = False
    asked = 0

    def status(self) -> StoreStatus:
        self.asked += 1
        if self.mood:
            raise RuntimeError("a fault of ours")
        return super().status()


class Heard:
    """What a follower told."""

    def __init__(self, store: StateStore) -> None:
        self.store = MoodyStore(store)
        self.reached: list[bool] = []
        self.unreadable = 0
        self.failures: list[PackdeskError] = []
        self.heights: list[float] = []
        self.shared = SharedState(self.store)
        self.shared.listener = self._on_state
        news = FollowerNews(self.reached.append, self._on_unreadable, self.failures.append)
        self.follower = Follower(self.shared, DesignService(self.shared), news)

    def _on_unreadable(self) -> None:
        self.unreadable += 1

    def _on_state(self, state: PackagingState, _gone: bool) -> None:
        self.heights.append(state.package_dimensions.height)

    async def asked_again(self) -> None:
        """Wait until it has asked twice more."""
        before = self.store.asked
        await until(lambda: self.store.asked > before + 2)

    def told(self) -> list[type[PackdeskError]]:
        return [type(error) for error in self.failures]


@pytest.fixture
async def heard(store: StateStore, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Heard]:
    monkeypatch.setattr(following, "LOST_POLL_S", (0.01, 0.02))
    monkeypatch.setattr(following, "FAULT_POLL_S", 0.01)
    monkeypatch.setattr(following, "POLL_S", 0.05)
    heard = Heard(store)
    task = asyncio.create_task(heard.follower.follow())
    yield heard
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


def design(height: float) -> bytes:
    size = {"width": 90, "height": height, "depth": 92}
    return json.dumps({"package_type": "box", "package_dimensions": size}).encode()


async def test_a_change_by_another_program_is_heard_once(heard: Heard) -> None:
    put(heard.store.inner, design(91))
    await until(lambda: heard.heights[-1:] == [91])
    put(heard.store.inner, design(95))
    await until(lambda: heard.heights[-1:] == [95])
    told = len(heard.heights)
    await heard.asked_again()
    assert (len(heard.heights), heard.reached, heard.failures) == (told, [True], [])


async def test_an_outage_is_told_once_and_so_is_its_end(heard: Heard) -> None:
    await until(lambda: heard.reached == [True])
    heard.store.outage.set()
    await until(lambda: heard.reached == [True, False])
    await heard.asked_again()
    assert heard.told() == [StoreUnavailableError]
    put(heard.store.inner, design(97))
    heard.store.outage.clear()
    await until(lambda: heard.reached == [True, False, True] and heard.heights[-1:] == [97])
    heard.store.outage.set()
    await until(lambda: heard.told() == [StoreUnavailableError] * 2)


async def test_a_document_nobody_can_read_is_told_once_and_the_next_is_taken(heard: Heard) -> None:
    await until(lambda: heard.heights)
    put(heard.store.inner, b'{"package_type": "pyramid"}')
    await until(lambda: heard.unreadable)
    await heard.asked_again()
    assert (heard.unreadable, len(heard.failures)) == (1, 1)
    assert isinstance(heard.failures[0], ForeignDocumentError)
    put(heard.store.inner, design(93))
    await until(lambda: heard.heights[-1:] == [93])


async def test_a_fault_of_ours_is_told_once_each_time_and_it_follows_on(
    heard: Heard, caplog: pytest.LogCaptureFixture
) -> None:
    for times in (1, 2):
        heard.store.mood = True
        await until(lambda: heard.told() == [UnexpectedError] * times)  # noqa: B023  (awaited here)
        await heard.asked_again()
        assert len(heard.failures) == times
        heard.store.mood = False
        put(heard.store.inner, design(90 + times))
        await until(lambda: heard.heights[-1:] == [90 + times])  # noqa: B023  (as above)
    assert [record.message for record in caplog.records].count("Following the design failed") == 2
