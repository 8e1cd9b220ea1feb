"""How a design looks, kept and read: what a window happens to show meanwhile takes no kept look's place."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from support.sessions import SessionDesk

from packdesk.domain.appearance import Appearance
from packdesk.domain.look import Finish, Look
from packdesk.store.kept_appearance import KeptAppearance
from packdesk.store.sqlite import SqliteStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

KEPT, EARLY = (Appearance(Look(finish=finish)) for finish in (Finish.FOIL, Finish.KRAFT))


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """A disk that answers the first question when this is set."""
    answering = threading.Event()
    read = KeptAppearance.read

    def late(self: KeptAppearance) -> Appearance | None:
        assert answering.wait(60)
        return read(self)

    monkeypatch.setattr(KeptAppearance, "read", late)
    return answering


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[SessionDesk]:
    store = SqliteStore(tmp_path / "store.sqlite3")
    yield (made := SessionDesk(store, tmp_path))
    made.close()
    store.close()


def test_a_kept_look_that_is_read_late_is_shown_and_stays(
    desk: SessionDesk, slow: threading.Event, qtbot: QtBot
) -> None:
    desk.services.appearance.write(KEPT)
    with qtbot.waitSignal(desk.session.document_read):
        desk.session.begin()
    desk.session.appearance.keep(EARLY)
    with qtbot.waitSignal(desk.session.appearance.found) as found:
        slow.set()
    assert found.args == [KEPT]
    desk.session.appearance.finish(5)
    assert desk.services.appearance.read() == KEPT


def test_where_none_was_kept_an_early_one_is(desk: SessionDesk, slow: threading.Event, qtbot: QtBot) -> None:
    desk.session.appearance.keep(EARLY)
    with qtbot.waitSignal(desk.session.document_read):
        desk.session.begin()
    slow.set()
    qtbot.waitUntil(lambda: desk.services.appearance.read() == EARLY)
