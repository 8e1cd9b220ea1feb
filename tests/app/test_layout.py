"""The window's layout: kept, brought back, reset, and never in the way."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QByteArray, QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from support.sessions import running_tasks

from packdesk.app.core import build_services
from packdesk.app.layout_keeper import LayoutKeeper, layout_file, read_layout
from packdesk.generation.offline.provider import OfflineProvider
from packdesk.jobs.opening import Opening
from packdesk.jobs.session import Session
from packdesk.settings import read_settings
from packdesk.store.sqlite import SqliteStore
from packdesk.ui.theme import LIGHT
from packdesk.ui.window.dock_title import DockTitle
from packdesk.ui.window.wiring import make_window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from packdesk.ui.window.main_window import MainWindow


@contextmanager
def opened(qtbot: QtBot, folder: Path) -> Iterator[MainWindow]:
    """A window as it was left, on its own session."""
    store = SqliteStore(folder / "store.sqlite3")
    session = Session(Opening.of(build_services(read_settings(), store, OfflineProvider())))
    window = make_window(session, LIGHT, samples=0)
    window.restore_layout(read_layout())
    LayoutKeeper(session.bridge, window)
    with qtbot.waitExposed(window):
        window.show()
    try:
        with qtbot.waitSignal(session.state_changed):
            session.begin()
        yield window
    finally:
        window.close()
        store.close()
        window.deleteLater()


def rest(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until the layout is told and written."""
    if window._rest.isActive():
        with qtbot.waitSignal(window.layout_changed):
            pass
    qtbot.waitUntil(lambda: not running_tasks(window._session.bridge))


def float_artwork(window: MainWindow) -> None:
    window.artwork_dock.setFloating(True)


def hide_package(window: MainWindow) -> None:
    window.package_dock.toggleViewAction().trigger()


def swap_docks(window: MainWindow) -> None:
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, window.package_dock)


def widen_artwork(window: MainWindow) -> None:
    window.resizeDocks([window.artwork_dock], [470], Qt.Orientation.Horizontal)


def move_the_splitter(window: MainWindow) -> None:
    splitter = window.centre.splitter
    splitter.setSizes([300, sum(splitter.sizes()) - 300])
    splitter.splitterMoved.emit(300, 1)


def put_flat_beside(window: MainWindow) -> None:
    window.actions_["beside"].trigger()


def hide_flat(window: MainWindow) -> None:
    window.actions_["flat"].trigger()


CHANGES = (
    float_artwork,
    hide_package,
    swap_docks,
    widen_artwork,
    move_the_splitter,
    put_flat_beside,
    hide_flat,
)


def looks(window: MainWindow) -> dict[str, object]:
    """What of the layout can be seen."""
    seen: dict[str, object] = {name: window.actions_[name].isChecked() for name in ("flat", "beside")}
    for dock in (window.package_dock, window.artwork_dock):
        name = dock.objectName()
        seen[f"{name} hidden"] = dock.isHidden()
        seen[f"{name} floats"] = dock.isFloating()
        seen[f"{name} area"] = window.dockWidgetArea(dock)
        if not dock.isHidden() and not dock.isFloating():
            seen[f"{name} width"] = dock.width()
    seen["flat hidden"] = window.flat.isHidden()
    if not window.flat.isHidden():
        seen["flat share"] = round(window.centre.flat_share(), 1)
    return seen


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_back_at_the_next_start(
    qtbot: QtBot, tmp_path: Path, change: Callable[[MainWindow], None]
) -> None:
    with opened(qtbot, tmp_path) as window:
        rest(window, qtbot)
        first = looks(window)
        change(window)
        qtbot.waitUntil(lambda: looks(window) != first)
        rest(window, qtbot)
        changed = looks(window)
    with opened(qtbot, tmp_path) as window:
        qtbot.waitUntil(lambda: looks(window) == changed)
        window.actions_["reset_layout"].trigger()
        qtbot.waitUntil(lambda: looks(window) == first)


def test_a_change_just_before_closing_is_kept(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot, tmp_path) as window:
        rest(window, qtbot)
        window.actions_["beside"].trigger()
    assert read_layout()["beside"] is True


def test_size_and_place_of_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot, tmp_path) as window:
        window.setGeometry(60, 70, 1111, 777)
        qtbot.waitUntil(lambda: window.size().toTuple() == (1111, 777))
        rest(window, qtbot)
    with opened(qtbot, tmp_path) as window:
        qtbot.waitUntil(lambda: window.size().toTuple() == (1111, 777))
        assert window.pos() == QPoint(60, 70)


def test_full_screen_is_not_kept(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot, tmp_path) as window:
        rest(window, qtbot)
        before = looks(window)
        window.actions_["full_screen"].trigger()
        qtbot.waitUntil(window.isFullScreen)
        qtbot.waitUntil(lambda: not window._rest.isActive())
    with opened(qtbot, tmp_path) as window:
        assert not window.isFullScreen()
        assert looks(window) == before


def test_resetting_ends_full_screen(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot, tmp_path) as window:
        before = looks(window)
        window.actions_["full_screen"].trigger()
        window.actions_["reset_layout"].trigger()
        assert not window.presentation.active
        assert window.menuBar().isVisible()
        qtbot.waitUntil(lambda: looks(window) == before)


@pytest.mark.parametrize("by", ["menu", "title"])
def test_a_panel_that_was_hidden_floating_and_reset_can_be_hidden_again(
    qtbot: QtBot, tmp_path: Path, by: str
) -> None:
    with opened(qtbot, tmp_path) as window:
        dock = window.package_dock
        title = dock.titleBarWidget()
        assert isinstance(title, DockTitle)
        hide = dock.toggleViewAction().trigger if by == "menu" else title.hide_button.click
        dock.setFloating(True)
        qtbot.waitUntil(dock.isVisible)
        hide()
        window.actions_["reset_layout"].trigger()
        qtbot.waitUntil(dock.isVisible)
        hide()
        assert dock.isHidden()
        assert not dock.toggleViewAction().isChecked()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "\0" * 50,
        '{"version": 99}',
        '{"version": 1, "geometry": 5, "docks": [], "flat": "no", "beside": {}, "flat_share": "x"}',
        '{"version": 1, "geometry": "AAAA", "docks": "ÄÖ", "flat_share": 1e300}',
        '{"version": 1, "flat_share": -1, "flat": null, "perspective": 7}',
    ],
)
def test_a_file_that_cannot_be_used_is_passed_over(qtbot: QtBot, tmp_path: Path, text: str) -> None:
    with opened(qtbot, tmp_path) as window:
        usual = looks(window)
        shown = window.size()
    layout_file().parent.mkdir(parents=True, exist_ok=True)
    layout_file().write_text(text, "utf-8")
    with opened(qtbot, tmp_path) as window:
        seen = looks(window)
        assert seen["package hidden"] is seen["artwork hidden"] is False
        assert window.size() == shown
        assert seen.keys() <= usual.keys()
    assert read_layout() == {} or read_layout()["version"] in {1, 99}


def test_a_folder_in_the_way_stops_nobody(qtbot: QtBot, tmp_path: Path) -> None:
    layout_file().mkdir(parents=True)
    with opened(qtbot, tmp_path) as window:
        window.actions_["beside"].trigger()
        rest(window, qtbot)
        assert window.isVisible()


def test_a_window_off_the_screens_is_brought_back(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot, tmp_path) as window:
        rest(window, qtbot)
        values = window.layout_values()
    geometry = bytearray(QByteArray.fromBase64(values["geometry"].encode()).data())
    far = b"".join(number.to_bytes(4, "big", signed=True) for number in (9000, 9000, 10_200, 9900))
    # Qt's format: magic number and version (8 bytes), then the frame's and the window's rectangle.
    geometry[8:40] = far + far
    values["geometry"] = bytes(QByteArray(bytes(geometry)).toBase64().data()).decode()
    layout_file().write_text(json.dumps(values), "utf-8")
    with opened(qtbot, tmp_path) as window:
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        place = QRect(window.pos(), window.size())
        assert any(screen.contains(place.topLeft()) for screen in screens), place
