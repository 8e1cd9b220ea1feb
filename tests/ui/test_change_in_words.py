"""A change in words, from the window: of all of a panel, of a rectangle, and when it is not offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from support.providers import picture_bytes

from packdesk.textures.incoming import IncomingPicture
from packdesk.ui.dialogs.change_dialog import ChangeDialog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from ui.conftest import Window


@pytest.fixture
def shown(open_window: Window, qtbot: QtBot) -> Window:
    """A window whose front shows a picture, and is selected."""
    session = open_window.desk.session
    with qtbot.waitSignal(session.textures.changed):
        session.artwork.put_pictures(
            {"front": IncomingPicture("a.png", encode=lambda: picture_bytes(size=(142, 213)))}
        )
    qtbot.waitUntil(lambda: session.pixmaps.get("front") is not None)
    open_window.window.select("front")
    return open_window


def ask(shown: Window) -> ChangeDialog:
    shown.window.actions_["change"].trigger()
    (dialog,) = shown.window.findChildren(ChangeDialog)
    return dialog


def test_a_rectangle_is_drawn_and_changed_as_one_step(shown: Window, qtbot: QtBot) -> None:
    session, stack = shown.desk.session, shown.window.history.stack
    before, steps = session.state.panel_textures["front"].texture_url, stack.count()
    dialog = ask(shown)
    assert not dialog.go.isEnabled()
    dialog.words.setText("make the flowers blue")
    place = dialog.picker._place()
    corner, other = place.topLeft(), place.center()
    QTest.mousePress(dialog.picker, Qt.MouseButton.LeftButton, pos=corner - QPoint(20, 20))
    QTest.mouseMove(dialog.picker, other)
    QTest.mouseRelease(dialog.picker, Qt.MouseButton.LeftButton, pos=other)
    area = dialog.picker.area()
    assert area is not None
    assert (area.x, area.y) == (0, 0)
    assert [area.width, area.height] == pytest.approx([50, 75], abs=0.6)
    with qtbot.waitSignal(session.generation.finished):
        dialog.go.click()
    (request,) = shown.desk.provider.requests
    assert request.change is not None
    assert not request.change.whole
    assert session.state.panel_textures["front"].texture_url != before
    assert session.state.panel_textures["front"].prompt == "Imported from a.png"
    assert stack.count() == steps + 1
    with qtbot.waitSignal(session.history.applied):
        stack.undo()
    assert session.state.panel_textures["front"].texture_url == before


def test_a_click_takes_the_rectangle_away(shown: Window) -> None:
    dialog = ask(shown)
    middle = dialog.picker.rect().center()
    QTest.mousePress(dialog.picker, Qt.MouseButton.LeftButton, pos=middle - QPoint(60, 60))
    QTest.mouseMove(dialog.picker, middle)
    QTest.mouseRelease(dialog.picker, Qt.MouseButton.LeftButton, pos=middle)
    assert dialog.picker.area() is not None
    QTest.mouseClick(dialog.picker, Qt.MouseButton.LeftButton, pos=middle)
    assert dialog.picker.area() is None
    dialog.reject()


def test_it_is_offered_for_one_panel_with_a_picture(shown: Window) -> None:
    change = shown.window.actions_["change"]
    assert change.isEnabled()
    shown.window.select_panels(["front", "back"])
    assert not change.isEnabled()
    shown.window.select("back")
    assert not change.isEnabled()
