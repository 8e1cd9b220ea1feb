"""The real window over a local store, with a scripted provider."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from support.sessions import SessionDesk

from packdesk.store.sqlite import SqliteStore
from packdesk.ui.dropping import use_folder
from packdesk.ui.theme import LIGHT, load_fonts
from packdesk.ui.window.wiring import make_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from packdesk.ui.window.main_window import MainWindow


SMALL = 1100, 700


class Window(NamedTuple):
    """A shown window and what is behind it."""

    window: MainWindow
    desk: SessionDesk


class _SharedStore(SqliteStore):
    """One that says that others see it, too."""

    kind = "shared"


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    """A window on a design of this machine."""
    yield from opened_window(qtbot, SqliteStore(tmp_path / "store.sqlite3"), tmp_path)


@pytest.fixture
def shared_window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    """A window on the one design of a shared store."""
    yield from opened_window(qtbot, _SharedStore(tmp_path / "store.sqlite3"), tmp_path)


def opened_window(qtbot: QtBot, store: SqliteStore, tmp_path: Path) -> Iterator[Window]:
    load_fonts()
    use_folder("")
    desk = SessionDesk(store, tmp_path)
    window = make_window(desk.session, LIGHT, samples=0)
    window.resize(*SMALL)  # a picture of fewer pixels is drawn sooner
    with qtbot.waitExposed(window):
        window.show()
    with qtbot.waitSignal(desk.session.state_changed):
        desk.session.begin()
    yield Window(window, desk)
    window.close()
    desk.close()
    store.close()
    window.deleteLater()
