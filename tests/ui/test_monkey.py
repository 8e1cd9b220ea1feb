"""Eight hundred random actions: nothing warns or raises, and whenever all is quiet the window is in step."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QDockWidget, QFileDialog, QMessageBox
from support.in_step import differences, state_in, what_waits
from support.monkey import Monkey

from packdesk.errors import UnexpectedError
from packdesk.jobs import refitter, size_saver
from packdesk.services import following
from packdesk.store.sqlite import SqliteStore
from packdesk.ui.artwork import panel_commands
from packdesk.ui.window import picture_commands, sheet_commands

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot
    from ui.conftest import Window

SEED = int(os.environ.get("MONKEY_SEED", "1"))
ROUNDS = int(os.environ.get("MONKEY_ROUNDS", "1"))
ACTIONS = 200
A_BREATH = 0.3
HURRY = 0.65
QUIET_MS = 10_000


@pytest.fixture(autouse=True)
def little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses between tries are short."""
    monkeypatch.setattr(refitter, "REST_MS", 20)
    monkeypatch.setattr(size_saver, "SAVE_EVERY_MS", 20)
    monkeypatch.setattr(size_saver, "RETRY_AFTER_MS", 40)
    monkeypatch.setattr(following, "LOST_POLL_S", (0.02,))


@pytest.fixture(params=range(SEED, SEED + ROUNDS))
def monkey(
    request: pytest.FixtureRequest, open_window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Monkey]:
    other = SqliteStore(tmp_path / "store.sqlite3")
    made = Monkey(request.param, *open_window, other, tmp_path)
    monkeypatch.setattr(panel_commands, "ask_for_pictures", made.choose_files)
    monkeypatch.setattr(sheet_commands, "ask_for_picture", made.choose_file)
    for module in (panel_commands, picture_commands, sheet_commands):
        monkeypatch.setattr(module, "ask_where_to_save", made.choose_target)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", made.name_target)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", made.name_file)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", made.name_files)
    monkeypatch.setattr(QMessageBox, "warning", made.answer)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _folder: None)
    made.window.exports.open()  # it stays one of the windows
    assert made.window.exports.dialog is not None
    made.window.exports.dialog.close()
    made.window.pictures.open()
    assert made.window.pictures.dialog is not None
    made.window.pictures.dialog.close()
    made.window.ranges.open()
    assert made.window.ranges.dialog is not None
    made.window.ranges.dialog.close()
    made.window.shelf.open()
    assert made.window.shelf.dialog is not None
    made.window.shelf.dialog.close()
    yield made
    made.calm_down()
    QGuiApplication.clipboard().clear()
    other.close()


def nothing(found: list[str]) -> None:
    """A condition for `waitUntil` that says what is missing."""
    assert found == []


def breathe(monkey: Monkey, qtbot: QtBot) -> None:
    """Let everything come to rest, then compare."""
    monkey.calm_down()
    desk, other = monkey.desk, monkey.other
    qtbot.waitUntil(lambda: nothing(what_waits(desk, other)), timeout=QUIET_MS)
    assert differences(monkey.window, desk, state_in(other)) == []


def objects(monkey: Monkey) -> int:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return len(monkey.window.findChildren(QObject))


def other_windows() -> list[str]:
    tops = [widget for widget in QApplication.topLevelWidgets() if not isinstance(widget, QDockWidget)]
    return sorted(type(widget).__name__ for widget in tops)


def test_random_actions(monkey: Monkey, qtbot: QtBot) -> None:
    windows = other_windows()
    for number in range(ACTIONS):
        name = monkey.act()
        sys.stdout.write(f"seed {monkey.seed}, {number}: {name}\n")
        if monkey.random.random() < HURRY:
            continue  # the next action comes before the window has reacted to this one
        QApplication.processEvents()
        assert not [error for error in monkey.desk.errors if isinstance(error, UnexpectedError)]
        if monkey.random.random() < A_BREATH:
            breathe(monkey, qtbot)
    breathe(monkey, qtbot)
    assert other_windows() == windows
