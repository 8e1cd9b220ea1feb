"""The dock "Generations": every picture back on a panel in two clicks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from support.providers import picture_bytes
from support.sessions import SessionDesk
from ui.conftest import Window

from packdesk.domain.order import GenerationOrder
from packdesk.store.sqlite import SqliteStore
from packdesk.textures.check import clean_picture
from packdesk.textures.notes import making_of
from packdesk.ui.dialogs.compare_dialog import CompareDialog
from packdesk.ui.dropping import is_offer, offer
from packdesk.ui.generations.picture_model import MOST_THUMBNAILS, PICTURE_ROLE, THUMBNAIL_ROLE
from packdesk.ui.picture_drag import KIND
from packdesk.ui.theme import LIGHT
from packdesk.ui.window.wiring import make_window

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QAction
    from pytestqt.qtbot import QtBot

    from packdesk.textures.library import TextureLibrary
    from packdesk.ui.generations.generations_panel import GenerationsPanel
    from packdesk.ui.generations.picture_grid import PictureGrid

PROMPT = "Botanical herbs, “Fern House”"


def library_of(opened: Window) -> TextureLibrary:
    return opened.desk.services.archive._library


def add_pictures(opened: Window, count: int) -> None:
    for number in range(count):
        making = making_of("answer", f"words {number}", f"2026-01-01T00:00:{number:02}Z", "back", seed=number)
        library_of(opened).add(clean_picture(picture_bytes(number, (60, 40))), making)


def open_dock(opened: Window, qtbot: QtBot, count: int) -> GenerationsPanel:
    generations = opened.window.generations
    generations.dock.toggleViewAction().trigger()
    panel = generations.panel
    assert panel is not None
    qtbot.waitUntil(lambda: panel.model.rowCount() == count)
    qtbot.waitUntil(lambda: not panel.grid.visualRect(panel.model.index(0)).isEmpty())
    return panel


def place_of(grid: PictureGrid, row: int) -> QPoint:
    return grid.visualRect(grid.model().index(row, 0)).center()


def select(panel: GenerationsPanel, qtbot: QtBot, *rows: int) -> None:
    for row in rows:
        held = Qt.KeyboardModifier.ControlModifier if row != rows[0] else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(panel.grid.viewport(), Qt.MouseButton.LeftButton, held, place_of(panel.grid, row))


def entry(opened: Window, text: str) -> QAction:
    menu = opened.window.generations.menu()
    assert menu is not None
    return next(one for one in menu.actions() if one.text().replace("&", "") == text)


def test_nothing_of_it_is_there_before_it_is_opened(open_window: Window) -> None:
    generations = open_window.window.generations
    assert generations.dock.isHidden()
    assert generations.panel is None
    assert generations.menu() is None


def test_open_from_the_start_it_is_filled_once_the_services_are_there(qtbot: QtBot, tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "store.sqlite3")
    desk = SessionDesk(store, tmp_path)
    window = make_window(desk.session, LIGHT, samples=0)
    add_pictures(Window(window, desk), 2)
    window.generations.dock.show()
    with qtbot.waitExposed(window):
        window.show()
    panel = window.generations.panel
    assert panel is not None
    assert panel.hint.isVisible()
    desk.session.begin()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2)
    window.close()
    desk.close()
    store.close()
    window.deleteLater()


def test_two_clicks_put_a_picture_back_with_its_words(open_window: Window, qtbot: QtBot) -> None:
    window, desk = open_window
    with qtbot.waitSignal(desk.session.generation.finished):
        desk.session.generation.generate(GenerationOrder(PROMPT, ("front",)))
    panel = open_dock(open_window, qtbot, 1)
    with qtbot.waitSignal(desk.session.changed_here):
        desk.session.clear()
    QTest.mouseDClick(panel.grid.viewport(), Qt.MouseButton.LeftButton, pos=place_of(panel.grid, 0))
    qtbot.waitUntil(lambda: "front" in desk.session.state.panel_textures)
    assert desk.session.state.panel_textures["front"].prompt == PROMPT
    window.select("left")
    QTest.mouseDClick(panel.grid.viewport(), Qt.MouseButton.LeftButton, pos=place_of(panel.grid, 0))
    qtbot.waitUntil(lambda: "left" in desk.session.state.panel_textures)
    qtbot.waitUntil(lambda: desk.shown("left") is not None)
    window.history.stack.undo()
    qtbot.waitUntil(lambda: "left" not in desk.session.state.panel_textures)


def test_what_is_made_meanwhile_comes_to_the_top(open_window: Window, qtbot: QtBot) -> None:
    add_pictures(open_window, 3)
    panel = open_dock(open_window, qtbot, 3)
    select(panel, qtbot, 1)
    (chosen,) = panel.grid.selected()
    open_window.desk.session.generation.generate(GenerationOrder(PROMPT, ("front",)))
    qtbot.waitUntil(lambda: panel.model.rowCount() == 4)
    assert panel.model.index(0).data() == PROMPT
    assert panel.grid.selected() == [chosen]
    assert panel.count.text() == "4 pictures"


def test_what_another_program_made_is_seen_when_one_comes_back(open_window: Window, qtbot: QtBot) -> None:
    add_pictures(open_window, 1)
    panel = open_dock(open_window, qtbot, 1)
    add_pictures(open_window, 3)
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 3)


def test_it_searches_marks_and_uses_words_again(open_window: Window, qtbot: QtBot) -> None:
    add_pictures(open_window, 5)
    panel = open_dock(open_window, qtbot, 5)
    panel.search.setText("words 2")
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1)
    assert panel.count.text() == "1 of 5 pictures"
    select(panel, qtbot, 0)
    entry(open_window, "Use the words again").trigger()
    assert open_window.window.artwork.prompt.prompt() == "words 2"
    entry(open_window, "Favourite").trigger()
    qtbot.waitUntil(lambda: panel.model.index(0).data(PICTURE_ROLE).favourite)
    panel.search.clear()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 5)
    panel.favourites.click()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1)
    assert panel.model.index(0).data() == "words 2"
    select(panel, qtbot, 0)
    assert entry(open_window, "Favourite").isChecked()
    panel.search.setText("nothing")
    qtbot.waitUntil(lambda: panel.model.rowCount() == 0)
    assert panel.hint.text() == "No picture matches."
    assert panel.hint.isVisible()


def test_thumbnails_come_for_what_is_seen_only(open_window: Window, qtbot: QtBot) -> None:
    add_pictures(open_window, 30)
    panel = open_dock(open_window, qtbot, 30)
    seen = panel.model.index(0)
    qtbot.waitUntil(lambda: seen.data(THUMBNAIL_ROLE) is not None)
    assert len(panel.model._thumbnails) < 30 <= MOST_THUMBNAILS


def test_two_are_compared_and_an_unused_one_is_deleted(open_window: Window, qtbot: QtBot) -> None:
    add_pictures(open_window, 3)
    panel = open_dock(open_window, qtbot, 3)
    select(panel, qtbot, 0)
    assert not panel.compare.isEnabled()
    select(panel, qtbot, 0, 2)
    panel.compare.click()
    dialog = open_window.window.findChild(CompareDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.pictures._pictures is not None)
    dialog.over.click()
    left = dialog.slider.value()
    QTest.mouseClick(dialog.pictures, Qt.MouseButton.LeftButton, pos=QPoint(5, 50))
    assert dialog.slider.value() < left
    dialog.reject()
    select(panel, qtbot, 1)
    entry(open_window, "Delete …").trigger()
    box = open_window.window.findChild(QMessageBox)
    assert box is not None
    box.accept()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2)


def test_one_on_a_design_stays_and_that_is_told(open_window: Window, qtbot: QtBot) -> None:
    desk = open_window.desk
    with qtbot.waitSignal(desk.session.generation.finished):
        desk.session.generation.generate(GenerationOrder(PROMPT, ("front",)))
    panel = open_dock(open_window, qtbot, 1)
    select(panel, qtbot, 0)
    with qtbot.waitSignal(desk.session.failed) as told:
        desk.session.archive.delete([panel.grid.selected()[0].sha256])
    assert told.args is not None
    assert "in use" in str(told.args[0])
    assert panel.model.rowCount() == 1


def test_a_damaged_index_is_told_and_nothing_is_missing(open_window: Window, qtbot: QtBot) -> None:
    add_pictures(open_window, 2)
    file = open_window.desk.folder / "archive" / "index.sqlite3"
    file.parent.mkdir()
    file.write_bytes(b"no index" * 1000)
    panel = open_dock(open_window, qtbot, 2)
    assert "made anew" in panel.note.text()
    assert panel.note.isVisible()


def test_pictures_are_dragged_onto_panels(open_window: Window, qtbot: QtBot) -> None:
    add_pictures(open_window, 2)
    panel = open_dock(open_window, qtbot, 2)
    data = panel.model.mimeData([panel.model.index(0), panel.model.index(1)])
    assert is_offer(data)
    open_window.window.commands.put("front", offer(data))
    qtbot.waitUntil(lambda: len(open_window.desk.session.state.panel_textures) == 2)
    assert open_window.desk.session.state.panel_textures["front"].prompt == "words 1"


@pytest.mark.parametrize(
    "content",
    [b"", b"[", b"{}", b'{"process": 1, "pictures": []}', b'{"pictures": 1, "process": 0}', b"[" * 100_000],
)
def test_what_others_drag_under_our_name_is_no_picture(content: bytes) -> None:
    data = QMimeData()
    data.setData(KIND, content)
    assert offer(data).pictures == ()
