"""Commands are found by typing, and done by Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from packdesk.app.translations import use_language
from packdesk.ui.actions import WindowActions
from packdesk.ui.dialogs.command_palette import CommandPalette, commands_of, found

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot
    from ui.conftest import Window


@pytest.fixture
def german(qapp: QApplication) -> Iterator[WindowActions]:
    use_language(qapp, "de")
    actions = WindowActions(qapp)
    yield actions
    actions.deleteLater()
    use_language(qapp, "en")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("expo", "export"),
        ("full", "full_screen"),
        ("gen all", "generate_all"),
        ("unfold", "fold"),
        ("turntbl", "turntable"),
    ],
)
def test_the_best_comes_first(qapp: QApplication, typed: str, first: str) -> None:
    actions = WindowActions(qapp)
    assert found(commands_of(actions), typed)[0].action is actions[first]
    actions.deleteLater()


@pytest.mark.parametrize(
    ("typed", "first"),
    [("vollbild", "full_screen"), ("full screen", "full_screen"), ("ruck", "undo"), ("undo", "undo")],
)
def test_both_languages_and_letters_without_their_marks(
    german: WindowActions, typed: str, first: str
) -> None:
    assert found(commands_of(german), typed)[0].action is german[first]


def test_every_command_is_there_with_its_keys(qapp: QApplication) -> None:
    actions = WindowActions(qapp)
    shown = commands_of(actions)
    assert {one.action for one in shown} == {actions[spec.name] for spec in actions.specs} - {
        actions["palette"]
    }
    assert next(one for one in shown if one.action is actions["export"]).keys == "Ctrl+E"
    actions["export"].setEnabled(False)
    assert found(commands_of(actions), "")[-1].action is actions["export"], "what cannot be done comes last"
    assert found(shown, "nothing of this kind") == []
    actions.deleteLater()


def test_by_keyboard_alone(open_window: Window, qtbot: QtBot) -> None:
    window = open_window.window
    window.actions_["palette"].trigger()
    palette = window.findChild(CommandPalette)
    assert palette
    palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # so that it can be looked at afterwards
    assert palette.focusWidget() is palette.field
    QTest.keyClicks(palette.field, "flat view")
    assert palette.list.count() == 2
    first = palette.list.currentItem().text()
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentItem().text() != first
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    with qtbot.waitSignal(window.actions_["flat"].triggered):
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.isVisible()


def test_what_else_stands_in_the_menus_is_found(open_window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window.window
    window.recent_menu.show_files([tmp_path / "Yuzu.packdesk"])
    window.actions_["palette"].trigger()
    palette = window.findChild(CommandPalette)
    assert palette
    palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # so that it can be looked at afterwards
    for name in ("package", "artwork"):
        QTest.keyClicks(palette.field, f"workspace {name}")
        assert palette.list.item(0).text().startswith("Workspace: ")
        palette.field.clear()
    QTest.keyClicks(palette.field, "yuzu")
    assert palette.list.item(0).text() == "Open recent: Yuzu.packdesk"
    palette.field.clear()
    QTest.keyClicks(palette.field, "generations")
    with qtbot.waitSignal(window.generations.dock.visibilityChanged):
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.generations.dock.isVisible()


def test_nothing_found_is_nothing_done(open_window: Window, qtbot: QtBot) -> None:
    window = open_window.window
    window.actions_["palette"].trigger()
    palette = window.findChild(CommandPalette)
    assert palette
    palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # so that it can be looked at afterwards
    QTest.keyClicks(palette.field, "qqqq")
    assert palette.nothing.isVisible()
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
