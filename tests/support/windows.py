"""Windows on designs of their own, as a program opens them one after the other."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from packdesk.app.core import build_services
from packdesk.generation.offline.provider import OfflineProvider
from packdesk.jobs.opening import Opening
from packdesk.jobs.session import Session
from packdesk.settings import read_settings
from packdesk.store.sqlite import SqliteStore
from packdesk.ui.theme import LIGHT
from packdesk.ui.window.wiring import make_window
from support.sessions import running_tasks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from packdesk.ui.theme import Theme
    from packdesk.ui.window.main_window import MainWindow

SIZE = 1100, 760


@contextmanager
def opened(qtbot: QtBot, folder: Path, theme: Theme = LIGHT) -> Iterator[MainWindow]:
    """A window on the design of a folder."""
    store = SqliteStore(folder / "store.sqlite3")
    settings = read_settings().model_copy(update={"data_dir": folder, "cache_dir": folder / "cache"})
    session = Session(Opening.of(build_services(settings, store, OfflineProvider())))
    window = make_window(session, theme, samples=0)
    window.resize(*SIZE)
    with qtbot.waitExposed(window):
        window.show()
    try:
        with qtbot.waitSignal(session.document_read):
            session.begin()
        qtbot.waitUntil(lambda: not running_tasks(session.bridge))
        yield window
    finally:
        window.close()
        store.close()
        window.deleteLater()
