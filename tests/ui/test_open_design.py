"""Opening bundles in the window: by menu, from the recent ones, dropped; taken back; and what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton, QWidget
from support.hostile_bundles import sound_bundle
from support.providers import picture_bytes
from support.sizes import set_size
from support.writing import put

from packdesk.domain.transitions import begin
from packdesk.domain.wire import encode_state
from packdesk.errors import BundleError, GenerationBusyError
from packdesk.jobs.recent_files import MOST
from packdesk.textures.incoming import IncomingPicture
from packdesk.ui.parts import tip
from packdesk.ui.window.menus import RecentMenu

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot
    from ui.conftest import Window

COPY = Qt.DropAction.CopyAction


@pytest.fixture
def open_window(shared_window: Window) -> Window:
    """On a shared store: elsewhere a file becomes a design of its own (test_shelf.py)."""
    return shared_window


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    file = tmp_path / "tea.packdesk"
    file.write_bytes(sound_bundle())
    return file


@pytest.fixture
def art(open_window: Window, qtbot: QtBot, tmp_path: Path) -> Window:
    """A picture on the front of a box of another size."""
    session = open_window.desk.session
    file = tmp_path / "art.png"
    file.write_bytes(picture_bytes())
    set_size(session, 70, 80, 90)
    session.artwork.put_pictures({"front": IncomingPicture.of_file(file)})
    qtbot.waitUntil(lambda: bool(session.state.panel_textures))
    return open_window


def mime(*files: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return data


def drop(widget: QWidget, data: QMimeData) -> bool:
    """Drag something over a widget and let go; whether it was taken all the way."""
    place = QPoint(5, 5)
    keys, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(place, COPY, data, buttons, keys)
    move = QDragMoveEvent(place, COPY, data, buttons, keys)
    let_go = QDropEvent(QPointF(place), COPY, data, buttons, keys)
    taken = True
    for event in (enter, move, let_go):
        event.ignore()
        QApplication.sendEvent(widget, event)
        taken = taken and event.isAccepted()
    return taken


def question(window: Window) -> QMessageBox:
    (box,) = (one for one in window.window.findChildren(QMessageBox) if one.isVisible())
    return box


def say(box: QMessageBox, text: str) -> None:
    next(made for made in box.findChildren(QPushButton) if made.text().replace("&", "") == text).click()


def opened(window: Window, qtbot: QtBot, file: Path) -> None:
    with qtbot.waitSignal(window.desk.session.bundles.opened):
        window.window.designs.open(file)


def test_an_empty_design_gives_way_unasked(open_window: Window, qtbot: QtBot, bundle: Path) -> None:
    opened(open_window, qtbot, bundle)
    state = open_window.desk.session.state
    assert len(state.panel_textures) == 6
    qtbot.waitUntil(lambda: len(open_window.desk.session.textures.pixmaps.images()) == 6)
    assert open_window.desk.errors == []


def test_artwork_gives_way_once_that_is_agreed_and_comes_back(
    art: Window, qtbot: QtBot, bundle: Path
) -> None:
    session = art.desk.session
    before = session.state
    art.window.designs.open(bundle)
    box = question(art)
    assert "tea.packdesk" in box.text()
    with qtbot.waitSignal(session.bundles.opened):
        say(box, "Open")
    assert len(session.state.panel_textures) == 6
    with qtbot.waitSignal(session.history.applied):
        art.window.actions_["undo"].trigger()
    assert session.state.panel_textures == before.panel_textures
    assert session.state.package_dimensions == before.package_dimensions
    with qtbot.waitSignal(session.history.applied):
        art.window.actions_["redo"].trigger()
    assert len(session.state.panel_textures) == 6


def test_nothing_is_opened_when_it_is_not_agreed(art: Window, bundle: Path) -> None:
    before = art.desk.session.state
    art.window.designs.open(bundle)
    say(question(art), "Cancel")
    QApplication.processEvents()
    assert art.desk.session.state == before
    assert art.desk.session.recent.files == ()


def test_a_size_that_waits_is_written_first_and_comes_back(
    open_window: Window, qtbot: QtBot, bundle: Path
) -> None:
    session = open_window.desk.session
    set_size(session, 33, 44, 55)
    opened(open_window, qtbot, bundle)
    assert session.state.package_dimensions.width == 100
    with qtbot.waitSignal(session.history.applied):
        open_window.window.actions_["undo"].trigger()
    assert session.state.package_dimensions.as_tuple() == (33, 44, 55)


def test_the_menu_asks_for_a_file(
    open_window: Window, qtbot: QtBot, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def get(*words: object) -> tuple[str, str]:
        asked.extend(str(word) for word in words)
        return str(bundle), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", get)
    with qtbot.waitSignal(open_window.desk.session.bundles.opened):
        open_window.window.actions_["open"].trigger()
    assert "*.packdesk" in asked[-1]
    assert open_window.window.actions_["open"].shortcut().toString() == "Ctrl+O"


def test_a_bundle_may_be_dropped_anywhere(open_window: Window, qtbot: QtBot, bundle: Path) -> None:
    window = open_window.window
    prompt = window.artwork.prompt
    places: list[QWidget] = [window, window.view, window.flat, window.artwork.list]
    places += [window.artwork.list.viewport(), prompt.edit.viewport(), prompt.reference]
    for widget in places:
        told: list[object] = []
        window.bundle_drops.dropped.disconnect()
        window.bundle_drops.dropped.connect(told.append)
        assert drop(widget, mime(bundle)), widget
        assert told == [bundle], widget
    assert prompt.prompt() == "", "its address is no prompt"


def test_a_dropped_bundle_is_opened(open_window: Window, qtbot: QtBot, bundle: Path) -> None:
    with qtbot.waitSignal(open_window.desk.session.bundles.opened):
        assert drop(open_window.window, mime(bundle))
    assert len(open_window.desk.session.state.panel_textures) == 6


def test_a_dropped_table_opens_a_range_of_it(
    open_window: Window, qtbot: QtBot, bundle: Path, tmp_path: Path
) -> None:
    window, table = open_window.window, tmp_path / "Tea.CSV"
    with qtbot.waitSignal(window.ranges.asked) as asked:
        assert drop(window.view, mime(table))
    assert asked.args[0].wish.table == str(table)
    assert window.ranges.dialog is not None
    assert window.ranges.dialog.isVisible()
    window.ranges.running = True
    drop(window, mime(tmp_path / "other.csv"))
    assert window.ranges.dialog.source.table == table, "it is being made"
    window.ranges.running = False
    window.ranges.dialog.close()


def test_other_files_are_left_to_those_who_take_them(art: Window, qtbot: QtBot, tmp_path: Path) -> None:
    text = tmp_path / "words.txt"
    text.write_text("words")
    assert not drop(art.window, mime(text))
    assert not drop(art.window.view, mime(text))
    reference = art.window.artwork.prompt.reference
    drop(reference, mime(tmp_path / "art.png"))
    assert reference.file == tmp_path / "art.png"


@pytest.mark.parametrize("content", [b"GIF89a", None])
def test_what_is_no_bundle_is_told_and_leaves_everything(
    open_window: Window, qtbot: QtBot, tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "tea.packdesk"
    if content is not None:
        file.write_bytes(content)
    open_window.desk.session.recent.restore([str(file)])
    before = open_window.desk.session.state
    with qtbot.waitSignal(open_window.desk.session.bundles.refused):
        open_window.window.designs.open(file)
    assert isinstance(open_window.desk.errors[-1], BundleError)
    assert open_window.desk.session.state == before
    gone = content is None
    qtbot.waitUntil(lambda: (open_window.desk.session.recent.files == ()) == gone)


def test_what_could_not_be_read_of_a_bundle_is_told(
    open_window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "tea.packdesk"
    file.write_bytes(sound_bundle()[:2600])
    with qtbot.waitSignal(open_window.desk.session.failed):
        open_window.window.designs.open(file)
    assert "The bundle is damaged" in open_window.window.messages.text.text()
    assert open_window.desk.session.state.panel_textures


def test_nothing_is_opened_while_artwork_is_made(open_window: Window, qtbot: QtBot, bundle: Path) -> None:
    session = open_window.desk.session
    put(
        open_window.desk.store,
        encode_state(begin(session.state, ["front"], "2026-01-01T00:00:00Z", bulk=False)),
    )
    with qtbot.waitSignal(session.bundles.refused):
        open_window.window.designs.open(bundle)
    assert isinstance(open_window.desk.errors[-1], GenerationBusyError)


def test_recent_designs_are_in_the_menu_and_in_the_layout(
    open_window: Window, qtbot: QtBot, bundle: Path
) -> None:
    window = open_window.window
    menu = window.recent_menu
    assert not menu.menuAction().isEnabled()
    opened(open_window, qtbot, bundle)
    assert menu.menuAction().isEnabled()
    assert menu.actions()[0].text() == "tea.packdesk"
    assert menu.actions()[0].toolTip() == tip(str(bundle))
    assert window.layout_values()["recent"] == [str(bundle)]
    with qtbot.waitSignal(open_window.desk.session.bundles.opened):
        menu.actions()[0].trigger()
        say(question(open_window), "Open")
    menu.actions()[-1].trigger()
    assert open_window.desk.session.recent.files == ()
    assert not menu.menuAction().isEnabled()


def test_recent_designs_are_ten_at_most_and_those_that_are_gone_go(
    open_window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window.window
    values = window.layout_values()
    files = [tmp_path / f"{number}.packdesk" for number in range(15)]
    for file in files[1:]:
        file.write_bytes(b"")
    window.restore_layout(values | {"recent": [str(file) for file in files]})
    assert list(open_window.desk.session.recent.files) == files[:MOST]
    window.recent_menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: list(open_window.desk.session.recent.files) == files[1:MOST])
    assert window.recent_menu.actions()[0].text() == "1.packdesk"


@pytest.mark.parametrize("kept", [None, "tea", 3, [1, None, ""], {"a": 1}])
def test_a_list_that_is_none_is_passed_over(open_window: Window, kept: object) -> None:
    window = open_window.window
    window.restore_layout(window.layout_values() | {"recent": kept})
    assert open_window.desk.session.recent.files == ()


def test_names_that_stand_twice_have_their_place_beside(qtbot: QtBot, tmp_path: Path) -> None:
    menu = RecentMenu()
    qtbot.addWidget(menu)
    menu.show_files([tmp_path / "a" / "R&D.packdesk", tmp_path / "b" / "R&D.packdesk"])
    shown = [action.text() for action in menu.actions()[:2]]
    assert shown == ["R&&D.packdesk – a", "R&&D.packdesk – b"]
