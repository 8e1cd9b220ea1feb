"""The shared state tells what stands: after own commits, after readings, and when their answers cross."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

from support.sizes import sized
from support.waiting import until

from packdesk.domain import transitions
from packdesk.domain.state import utc_text
from packdesk.services.shared_state import SharedState

if TYPE_CHECKING:
    import pytest

    from packdesk.store.base import StateStore

Stores = tuple["StateStore", "StateStore"]


class Held:
    """Lets a call of the store happen and holds its answer back."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, store: StateStore, name: str) -> None:
        self.asked, self.gate = threading.Event(), threading.Event()
        self._call = getattr(store, name)
        monkeypatch.setattr(store, name, self)

    def __call__(self, *words: Any) -> Any:
        answer = self._call(*words)
        self.asked.set()
        self.gate.wait(10)
        return answer


def following(store: StateStore) -> tuple[SharedState, list[float]]:
    """A shared state, and the widths it told."""
    shared, widths = SharedState(store), list[float]()
    shared.listener = lambda state, _gone: widths.append(state.package_dimensions.width)
    return shared, widths


async def set_width(shared: SharedState, width: float) -> None:
    edit = sized("box", width, 150, 100)
    await shared.commit(lambda state: transitions.resize(state, edit, utc_text()))


async def test_commits_and_readings_are_told(two_stores: Stores) -> None:
    shared, widths = following(two_stores[0])
    await set_width(shared, 110)
    assert widths == [100, 110], "what it was made of was read first"
    await set_width(shared, 120)
    await set_width(SharedState(two_stores[1]), 130)
    await shared.load()
    await set_width(shared, 130)  # changes nothing, which is judged on a reading
    assert widths == [100, 110, 120, 130, 130]


async def test_a_commit_answered_after_a_newer_reading_is_no_news(
    two_stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared, widths = following(two_stores[0])
    await set_width(shared, 110)
    write = Held(monkeypatch, two_stores[0], "write")
    writing = asyncio.create_task(set_width(shared, 120))
    await until(write.asked.is_set)
    assert shared.is_writing(two_stores[1].status().revision)
    await set_width(SharedState(two_stores[1]), 130)
    await shared.load()
    write.gate.set()
    await writing
    assert widths[-2:] == [130, 130]
    assert shared.revision == two_stores[1].status().revision
    assert not shared.is_writing(two_stores[1].status().revision)


async def test_a_reading_answered_after_a_newer_commit_is_read_again(
    two_stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared, widths = following(two_stores[0])
    await set_width(shared, 110)
    load = Held(monkeypatch, two_stores[0], "load")
    reading = asyncio.create_task(shared.load())
    await until(load.asked.is_set)
    monkeypatch.undo()
    await set_width(shared, 120)
    load.gate.set()
    assert (await reading).package_dimensions.width == 120
    assert 110 not in widths[widths.index(120) :]
