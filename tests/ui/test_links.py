"""Links as the window shows them: a mark, a menu, a message with a way on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image
from PySide6.QtWidgets import QPushButton

from packdesk.ui.row_list import ROW_ROLE

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot
    from ui.conftest import Window

    from packdesk.ui.artwork.panel_rows import PanelRow


def row_of(opened: Window, row: int = 0) -> PanelRow:
    found: PanelRow = opened.window.artwork.list.item(row).data(ROW_ROLE)
    return found


def buttons(opened: Window) -> dict[str, QPushButton]:
    found = opened.window.messages.findChildren(QPushButton)
    return {one.text(): one for one in found if not one.isHidden()}


def linked(opened: Window, qtbot: QtBot, file: Path) -> None:
    Image.new("RGB", (300, 400), (200, 30, 30)).save(file)
    opened.window.select("front")
    opened.window.links.link_files([file])
    qtbot.waitUntil(lambda: row_of(opened).link == "followed")


def test_a_linked_panel_says_so_and_is_unlinked(open_window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    actions = open_window.window.actions_
    assert not actions["unlink"].isVisible()
    linked(open_window, qtbot, tmp_path / "tea.png")
    tip = open_window.window.artwork.list.item(0).toolTip()
    assert "Linked to tea.png, saved " in tip
    assert actions["unlink"].isVisible()
    assert "Linked to tea.png" in actions["show_file"].toolTip()
    assert open_window.window.history.stack.undoText() == "linked picture"
    actions["unlink"].trigger()
    qtbot.waitUntil(lambda: not row_of(open_window).link)
    assert not actions["unlink"].isVisible()
    assert row_of(open_window).status == "art"


def test_a_missing_file_is_told_with_ways_on(open_window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "tea.png"
    linked(open_window, qtbot, file)
    file.rename(tmp_path / "moved.png")
    qtbot.waitUntil(lambda: row_of(open_window).note == "File missing")
    messages = open_window.window.messages
    assert f"The linked file {file} is missing." in messages.text.text()
    qtbot.waitUntil(lambda: set(buttons(open_window)) == {"Find …", "Unlink"})
    (tmp_path / "moved.png").rename(file)
    qtbot.waitUntil(lambda: not messages.isVisible())
    assert row_of(open_window).link == "followed"


def test_several_missing_files_are_one_message(open_window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    files = [tmp_path / "front.png", tmp_path / "back.png"]
    for file in files:
        Image.new("RGB", (300, 400), (200, 30, 30)).save(file)
    open_window.window.select("front")
    open_window.window.links.link_files(files)
    qtbot.waitUntil(lambda: [row_of(open_window, row).link for row in (0, 1)] == ["followed"] * 2)
    for file in files:
        file.unlink()
    text = open_window.window.messages.text
    qtbot.waitUntil(lambda: "2 linked files are missing: front.png, back.png" in text.text())
    qtbot.waitUntil(lambda: "Unlink" in buttons(open_window))
    buttons(open_window)["Unlink"].click()
    qtbot.waitUntil(lambda: not any(row_of(open_window, row).link for row in (0, 1)))
