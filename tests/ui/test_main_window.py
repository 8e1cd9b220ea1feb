"""The window: what a designer does and sees."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QPushButton, QWidget
from support.providers import picture_bytes
from support.sessions import SessionDesk
from support.sizes import sized
from support.writing import put

from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.wire import decode_state
from packdesk.services.designs import DesignService
from packdesk.services.shared_state import SharedState
from packdesk.store.sqlite import SqliteStore
from packdesk.textures.incoming import IncomingPicture
from packdesk.ui.dialogs.settings_dialog import SettingsDialog
from packdesk.ui.package.dimension_row import GRAINS
from packdesk.ui.row_list import ROW_ROLE
from packdesk.ui.screens import FRAME
from packdesk.ui.theme import DARK, LIGHT
from packdesk.ui.window.main_window import FIRST_SIZE
from packdesk.ui.window.wiring import make_window

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot
    from ui.conftest import Window

    from packdesk.domain.state import PackagingState

PROMPT = "vintage floral pattern"


def statuses(open_window: Window) -> list[str]:
    panels = open_window.window.artwork.list
    return [panels.item(row).data(ROW_ROLE).status for row in range(panels.count())]


def stored(open_window: Window) -> PackagingState:
    raw = open_window.desk.store.load()
    assert raw
    return decode_state(raw)


def type_prompt(open_window: Window, text: str = PROMPT) -> None:
    open_window.window.artwork.prompt.edit.setPlainText(text)


def test_the_empty_design(open_window: Window) -> None:
    window = open_window.window
    assert statuses(open_window) == ["empty"] * 6
    assert window.package.box_button.isChecked()
    assert not window.messages.isVisible()
    assert not window.artwork.progress.isVisible()
    assert "Local" in window.status.connection.text()


def test_a_slider_moves_the_picture_at_once_and_is_saved(open_window: Window, qtbot: QtBot) -> None:
    window = open_window.window
    window.package.width_row.slider.setValue(222 * GRAINS)
    scene = window.view.scene()
    assert scene
    assert scene.dimensions.width == 222
    qtbot.waitUntil(lambda: not open_window.desk.session.unsaved)
    assert stored(open_window).package_dimensions.width == 222


def test_another_programs_size_moves_the_slider_without_an_echo(open_window: Window, qtbot: QtBot) -> None:
    edits: list[object] = []
    open_window.window.package.size_edited.connect(edits.append)
    asyncio.run(
        DesignService(SharedState(open_window.desk.store)).update_dimensions(sized("box", 150, 333, 44))
    )
    qtbot.waitUntil(lambda: open_window.window.package.height_row.field.value() == 333)
    assert open_window.window.package.depth_row.slider.value() / GRAINS == 44
    assert edits == []


def test_switching_to_a_cylinder_and_back(open_window: Window, qtbot: QtBot) -> None:
    window = open_window.window
    QTest.mouseClick(window.package.cylinder_button, Qt.MouseButton.LeftButton)
    assert statuses(open_window) == ["empty"] * 3
    assert not window.package.depth_row.isVisible()
    window.package.width_row.slider.setValue(90 * GRAINS)
    qtbot.waitUntil(lambda: not open_window.desk.session.unsaved)
    assert stored(open_window).package_dimensions.as_tuple() == (90, 150, 90)
    QTest.mouseClick(window.package.box_button, Qt.MouseButton.LeftButton)
    assert window.package.depth_row.isVisible()
    assert window.package.box_button.isChecked()


def test_generate_all_from_the_prompt(open_window: Window, qtbot: QtBot) -> None:
    window = open_window.window
    type_prompt(open_window)
    with qtbot.waitSignal(open_window.desk.session.generation.finished):
        QTest.mouseClick(window.artwork.prompt.all_button, Qt.MouseButton.LeftButton)
        assert window.artwork.progress.isVisible()
        assert not window.artwork.prompt.all_button.isEnabled()
    qtbot.waitUntil(lambda: len(open_window.desk.session.textures.pixmaps.images()) == 6)
    assert statuses(open_window) == ["art"] * 6
    assert not window.artwork.progress.isVisible()
    scene = window.view.scene()
    assert scene
    assert set(scene.textures) == set(PANEL_IDS["box"])


def test_control_return_generates(open_window: Window, qtbot: QtBot) -> None:
    type_prompt(open_window)
    edit = open_window.window.artwork.prompt.edit
    with qtbot.waitSignal(open_window.desk.session.generation.finished):
        QTest.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert edit.toPlainText() == PROMPT


def test_failures_are_told_with_their_panels(open_window: Window, qtbot: QtBot) -> None:
    window = open_window.window
    open_window.desk.provider.failing = ("left",)
    type_prompt(open_window)
    with qtbot.waitSignal(open_window.desk.session.generation.finished):
        window.artwork.prompt.all_button.click()
    assert window.messages.isVisible()
    assert "left" in window.messages.text.text()
    assert "bad day" in window.messages.text.text()
    qtbot.waitUntil(lambda: statuses(open_window) == ["art", "art", "failed", "art", "art", "art"])
    assert "bad day" in window.artwork.list.item(2).toolTip()
    open_window.desk.provider.failing = ()
    with qtbot.waitSignal(open_window.desk.session.generation.finished):
        window.artwork.prompt.all_button.click()
    assert not window.messages.isVisible()
    qtbot.waitUntil(lambda: statuses(open_window) == ["art"] * 6)


def test_cancel_by_button_and_by_escape(open_window: Window, qtbot: QtBot) -> None:
    window, desk = open_window
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    type_prompt(open_window)
    for stop in (
        window.artwork.progress.cancel_button.click,
        lambda: QTest.keyClick(window, Qt.Key.Key_Escape),
    ):
        desk.provider.gate = asyncio.Event()
        desk.provider.requests.clear()
        window.artwork.prompt.all_button.click()
        qtbot.waitUntil(lambda: "working" in statuses(open_window))
        with qtbot.waitSignal(desk.session.generation.stopped):
            stop()
        assert statuses(open_window) == ["empty"] * 6


def test_a_selection_is_in_step_everywhere(open_window: Window, qtbot: QtBot) -> None:
    window = open_window.window
    window.artwork.list.setCurrentRow(3)
    scene = window.view.scene()
    assert scene
    assert scene.selected == "right"
    assert window.artwork.prompt.one_button.text() == "Generate Right"
    window.view.show_named_view("front", glide=False)
    centre = QPoint(window.view.width() // 2, window.view.height() // 2)
    QTest.mouseClick(window.view, Qt.MouseButton.LeftButton, pos=centre)
    assert window.artwork.list.currentItem().data(ROW_ROLE).panel_id == "front"
    QTest.mouseClick(window.view, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert window.artwork.list.currentItem() is None
    assert not window.artwork.prompt.one_button.isEnabled()


def test_one_panel_is_generated_for_the_selection(open_window: Window, qtbot: QtBot) -> None:
    window = open_window.window
    type_prompt(open_window)
    window.artwork.list.setCurrentRow(4)
    with qtbot.waitSignal(open_window.desk.session.generation.finished) as blocker:
        window.artwork.prompt.one_button.click()
    assert blocker.args[0].finished == ("top",)


@pytest.mark.parametrize("text", ["", "ab", "logo", "x" * 2001])
def test_unusable_prompts_are_answered_in_the_bar(open_window: Window, qtbot: QtBot, text: str) -> None:
    type_prompt(open_window, text)
    with qtbot.waitSignal(open_window.desk.session.failed):
        open_window.window.artwork.prompt.all_button.click()
    assert open_window.window.messages.isVisible()
    assert open_window.window.artwork.prompt.all_button.isEnabled()
    assert open_window.window.artwork.prompt.prompt() == text


def test_arriving_pictures_set_no_sizes(
    open_window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = open_window.desk.session
    sized_again: list[PackagingState] = []
    states: list[PackagingState] = []
    monkeypatch.setattr(open_window.window.package, "show_state", sized_again.append)
    session.state_changed.connect(states.append)
    type_prompt(open_window, PROMPT)
    open_window.window.artwork.prompt.all_button.click()
    qtbot.waitUntil(lambda: len(session.pixmaps.images()) == 6 and not session.job.running)
    assert sized_again == states


def test_a_type_switch_forgets_the_selected_panel_at_once(
    open_window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    window, session = open_window.window, open_window.desk.session
    (tmp_path / "a.png").write_bytes(picture_bytes())
    session.artwork.put_pictures({"front": IncomingPicture.of_file(tmp_path / "a.png")})
    qtbot.waitUntil(lambda: len(session.pixmaps.images()) == 1)
    window.select("front")
    selected: list[str | None] = []

    def look() -> None:
        assert window.flat.sheet is not None
        selected.append(window.flat.sheet.scene.selected)

    session.textures.changed.connect(look)  # the pictures go before the state changes
    window.package.cylinder_button.click()
    assert selected == [None]


def test_an_import_shows(open_window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    good, bad = tmp_path / "a.png", tmp_path / "b.png"
    good.write_bytes(picture_bytes())
    bad.write_text("nothing")
    open_window.desk.session.artwork.put_pictures({"top": IncomingPicture.of_file(good)})
    qtbot.waitUntil(lambda: statuses(open_window)[4] == "art")
    with qtbot.waitSignal(open_window.desk.session.failed):
        open_window.desk.session.artwork.put_pictures({"front": IncomingPicture.of_file(bad)})
    assert "no picture packdesk can read" in open_window.window.messages.text.text()
    assert statuses(open_window)[0] == "empty"


def test_generation_elsewhere_is_shown_and_blocks(open_window: Window, qtbot: QtBot) -> None:
    window, desk = open_window
    busy = b"""{"package_type": "box", "package_dimensions": {"width": 90, "height": 90, "depth": 90},
        "in_progress": true, "bulk_generation_in_progress": true, "generating_panels": ["front", "top"]}"""
    put(desk.store, busy)
    qtbot.waitUntil(window.artwork.progress.isVisible)
    assert statuses(open_window) == ["working", "empty", "empty", "empty", "working", "empty"]
    assert not window.artwork.progress.cancel_button.isVisible()
    assert not window.artwork.prompt.all_button.isEnabled()
    put(desk.store, busy.replace(b"true", b"false"))
    qtbot.waitUntil(window.artwork.prompt.all_button.isEnabled)
    assert not window.artwork.progress.isVisible()


def test_a_missing_picture_is_marked(open_window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    desk = open_window.desk
    gone = "file:///gone/" + "a" * 64 + ".png"
    text = f"""{{"package_type": "box", "package_dimensions": {{"width": 90, "height": 90, "depth": 90}},
        "panel_textures": {{"back": {{"panel_id": "back", "texture_url": "{gone}"}}}}}}"""
    put(desk.store, text.encode())
    qtbot.waitUntil(lambda: statuses(open_window)[1] == "missing")
    assert "shared artwork folder" in open_window.window.artwork.list.item(1).toolTip()


def test_light_and_dark(open_window: Window, qtbot: QtBot) -> None:
    window = open_window.window
    light = window.grab().toImage().pixelColor(20, 400).lightness()
    window.actions_["dark"].trigger()
    scene = window.view.scene()
    assert scene
    assert scene.accent == DARK.accent
    qtbot.waitUntil(window.updatesEnabled)
    assert window.grab().toImage().pixelColor(20, 400).lightness() < light - 100
    window.actions_["dark"].trigger()


def test_every_control_has_a_name(open_window: Window) -> None:
    for widget in open_window.window.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            named = widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())
            inside = widget.parentWidget()
            assert named or (inside and inside.accessibleName()), widget


@pytest.mark.parametrize("size", [(1280, 720), (1440, 900)])
def test_no_text_is_cut(open_window: Window, size: tuple[int, int]) -> None:
    window = open_window.window
    window.resize(*size)
    window.artwork.list.setCurrentRow(5)
    labels = [widget for widget in window.findChildren(QLabel) if not widget.wordWrap()]
    texts: list[QLabel | QAbstractButton] = [*labels, *window.findChildren(QAbstractButton)]
    for widget in texts:
        if widget.isVisible() and widget.text():
            assert widget.width() >= widget.sizeHint().width(), widget.text()


def test_the_window_fits_small_screens(open_window: Window) -> None:
    window = open_window.window
    assert window.screen().availableGeometry().contains(window.geometry())
    window.artwork.prompt.edit.setPlainText("logo")
    window.messages.show_text("A message " * 20, actions=[("Try again", window.messages.hide)])
    window.resize(907, 472)  # 1366x768 at 150 %
    assert window.size().toTuple() == (907, 472)
    assert window.minimumSizeHint().height() < 560
    for part in (window.artwork.prompt.senders, window.artwork.prompt.all_button, window.status):
        assert part.isVisible()
        assert window.rect().contains(QRect(part.mapTo(window, QPoint()), part.size())), part
    content = window.artwork.prompt.parentWidget()
    assert content is not None
    assert content.minimumSizeHint().width() <= content.width(), "nothing is cut at its right"


def test_dialogs_fit_small_screens(open_window: Window) -> None:
    window = open_window.window
    for name in ("export", "cheat_sheet", "log"):
        window.actions_[name].trigger()
    export = window.exports.dialog
    assert export is not None
    settings = SettingsDialog(window)
    for dialog in (*window.findChildren(QDialog), settings):
        dialog.resize(907, 472)
        assert dialog.size().toTuple() == (907, 472), dialog
    start = export.writing.start_button
    assert export.rect().contains(QRect(start.mapTo(export, QPoint()), start.size()))


def test_closing_saves_the_last_position(open_window: Window) -> None:
    open_window.window.package.height_row.slider.setValue(301 * GRAINS)
    open_window.window.close()
    assert stored(open_window).package_dimensions.height == 301


def test_moving_one_side_leaves_the_others_to_the_last_digit(open_window: Window, qtbot: QtBot) -> None:
    asyncio.run(open_window.desk.services.designs.update_dimensions(sized("box", 100.25, 150, 33.333)))
    qtbot.waitUntil(lambda: open_window.desk.session.state.package_dimensions.width == 100.25)
    open_window.window.package.height_row.slider.setValue(200 * GRAINS)
    qtbot.waitUntil(lambda: not open_window.desk.session.unsaved)
    assert stored(open_window).package_dimensions.as_tuple() == (100.25, 200, 33.333)


def test_what_other_programs_wrote_is_never_markup(open_window: Window, qtbot: QtBot) -> None:
    window, desk = open_window
    evil = "<h1>big</h1><img src='/tmp/x.png'>"
    document = {
        "package_type": "box",
        "package_dimensions": {"width": 90, "height": 90, "depth": 90},
        "panel_textures": {"back": {"panel_id": "back", "texture_url": "x:", "prompt": evil}},
        "in_progress": True,
        "generating_panels": [evil],
        "last_error": evil * 2000,
    }
    put(desk.store, json.dumps(document).encode())
    qtbot.waitUntil(window.artwork.progress.isVisible)
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in window.artwork.findChildren(QLabel))
    assert window.artwork.progress.height() < 120
    assert window.messages.height() < 200
    assert "<h1>" not in window.artwork.list.item(1).toolTip()


def test_an_import_is_not_offered_as_a_prompt(open_window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(picture_bytes())
    open_window.desk.session.artwork.put_pictures({"top": IncomingPicture.of_file(tmp_path / "a.png")})
    qtbot.waitUntil(lambda: statuses(open_window)[4] == "art")
    assert open_window.window.artwork.prompt.prompt() == ""


def test_there_and_back_ends_saving(open_window: Window, qtbot: QtBot) -> None:
    row = open_window.window.package.width_row
    row.slider.setValue(140 * GRAINS)
    assert open_window.window.status._saving.text()
    row.slider.setValue(100 * GRAINS)
    qtbot.waitUntil(lambda: not open_window.window.status._saving.text())


@pytest.mark.parametrize("choice", ["Continue", "Apply the 4", "Discard"])
def test_what_a_cancelled_job_finished_is_offered(open_window: Window, qtbot: QtBot, choice: str) -> None:
    window, desk = open_window
    desk.provider.endless = ("top", "bottom")
    type_prompt(open_window)
    window.artwork.prompt.all_button.click()
    qtbot.waitUntil(lambda: desk.session.generation.view.done == 4)
    desk.session.generation.cancel()
    qtbot.waitUntil(window.messages.isVisible)
    assert "4 of 6 panels are done" in window.messages.text.text()
    desk.provider.endless = ()
    desk.provider.requests.clear()
    buttons = {made.text(): made for made in window.messages.findChildren(QPushButton)}
    assert list(buttons) == ["Continue", "Apply the 4", "Discard"]
    buttons[choice].click()
    wanted = {"Continue": 6, "Apply the 4": 4, "Discard": 0}[choice]
    qtbot.waitUntil(lambda: len(desk.session.textures.pixmaps.images()) == wanted)
    qtbot.waitUntil(lambda: not list((desk.folder / "jobs").glob("*.json")))
    assert not window.messages.isVisible()
    assert len(desk.provider.requests) == (2 if choice == "Continue" else 0)


def test_a_window_as_large_as_its_screen_allows_finds_out_who_makes_artwork_after_a_frame(
    qtbot: QtBot, tmp_path: Path
) -> None:
    store = SqliteStore(tmp_path / "store.sqlite3")
    desk = SessionDesk(store, tmp_path)
    window = make_window(desk.session, LIGHT, samples=0)
    assert window.size() == FIRST_SIZE.boundedTo(window.screen().availableSize() - FRAME)
    with qtbot.waitSignal(desk.session.state_changed):
        desk.session.begin()
    assert desk.provider.prepared == 0
    window.show()
    qtbot.waitUntil(lambda: desk.provider.prepared == 1)
    window.view.repaint()
    assert desk.provider.prepared == 1
    window.close()
    desk.close()
    store.close()


def test_a_start_is_offered_once_it_is_known_that_there_is_none(qtbot: QtBot, tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "store.sqlite3")
    desk = SessionDesk(store, tmp_path)
    window = make_window(desk.session, LIGHT, samples=0)
    window.show_panels()
    assert window.centre.welcome.isHidden()
    with qtbot.waitSignal(desk.session.document_read):
        desk.session.begin()
    assert not window.centre.welcome.isHidden()
    window.close()
    desk.close()
    store.close()


def test_all_panels_are_seen_in_a_low_window(open_window: Window, qtbot: QtBot) -> None:
    window, panels = open_window.window, open_window.window.artwork.list
    window.resize(1280, 900)
    qtbot.waitUntil(lambda: panels.visualItemRect(panels.item(0)).height() > 46)
    window.resize(1280, 680)
    qtbot.waitUntil(lambda: panels.visualItemRect(panels.item(0)).height() < 46)
    qtbot.waitUntil(lambda: panels.verticalScrollBar().maximum() == 0)
