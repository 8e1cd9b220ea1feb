"""Designs of this machine in the window: another one, the shelf, names, the bin, and a file as a design."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QMessageBox, QPushButton
from support.hostile_bundles import sound_bundle
from support.providers import picture_bytes
from support.sessions import running_tasks
from ui.conftest import opened_window

from packdesk.store.shelf import Shelf
from packdesk.store.sqlite import SqliteStore
from packdesk.textures.incoming import IncomingPicture
from packdesk.ui.row_list import ROW_ROLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot
    from ui.conftest import Window

    from packdesk.ui.dialogs.shelf_dialog import ShelfDialog


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    """On the first design of the shelf, with another one beside it."""
    shelf = Shelf(tmp_path)
    tea = shelf.new("Tea")
    with shelf.opened(tea.id):
        for made in opened_window(qtbot, SqliteStore(tea.file), tmp_path):
            if made.desk.session.shelf.own is None:
                with qtbot.waitSignal(made.desk.session.shelf.named):
                    pass
            yield made


@pytest.fixture
def dialog(window: Window, qtbot: QtBot, tmp_path: Path) -> ShelfDialog:
    Shelf(tmp_path).new("Coffee")
    shown(window, qtbot)
    made = window.window.shelf.dialog
    assert made is not None
    return made


def shown(window: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.desk.session.shelf.listed):
        window.window.actions_["designs"].trigger()


def names(dialog: ShelfDialog) -> list[str]:
    return [dialog.list.item(row).data(ROW_ROLE).design.name for row in range(dialog.list.count())]


def choose(dialog: ShelfDialog, name: str) -> None:
    dialog.list.setCurrentRow(names(dialog).index(name))


def paint(window: Window, qtbot: QtBot, folder: Path) -> None:
    (folder / "art.png").write_bytes(picture_bytes())
    with qtbot.waitSignal(window.desk.session.changed_here):
        window.desk.session.artwork.put_pictures({"front": IncomingPicture.of_file(folder / "art.png")})


def test_the_title_names_the_design(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    assert window.window.windowTitle() == "Tea – packdesk"
    own = window.desk.session.shelf.own
    assert own is not None
    with qtbot.waitSignal(window.desk.session.shelf.named):
        window.desk.session.shelf.rename(own, "Yuzu tea")
    assert window.window.windowTitle() == "Yuzu tea – packdesk"
    assert Shelf(tmp_path).named("yuzu tea").id == own.id


def test_a_name_given_by_another_program_is_seen_when_one_comes_back(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    shelf = Shelf(tmp_path)
    shelf.rename(shelf.named("Tea"), "Jasmine")
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    with qtbot.waitSignal(window.desk.session.shelf.named):
        app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert window.window.windowTitle() == "Jasmine – packdesk"


def test_what_goes_for_good_is_asked_about(
    window: Window, dialog: ShelfDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    shelf = Shelf(tmp_path)
    shelf.delete(shelf.named("Coffee"))
    with qtbot.waitSignal(window.desk.session.shelf.listed):
        dialog.bin.setChecked(True)
    choose(dialog, "Coffee")
    for agreed in (False, True):
        dialog.remove_button.click()
        question = dialog.findChild(QMessageBox)
        assert question is not None
        assert "Coffee" in question.text()
        assert question.defaultButton() == question.button(QMessageBox.StandardButton.Cancel)
        if agreed:
            with qtbot.waitSignal(window.desk.session.shelf.listed):
                question.accept()
        else:
            question.reject()
        qtbot.waitUntil(lambda: dialog.findChild(QMessageBox) is None)
        assert bool(shelf.bin()) != agreed


def test_new_makes_another_one_and_nothing_is_lost(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    paint(window, qtbot, tmp_path)
    with qtbot.waitSignal(window.window.shelf.design_wanted) as wanted:
        window.window.actions_["new"].trigger()
    assert wanted.args
    assert Shelf(tmp_path).named(wanted.args[0]).name == "Untitled"
    assert wanted.args[1] is None
    assert window.desk.session.state.panel_textures, "the former one stays as it is"


def test_another_window_has_one_of_its_own(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(window.window.shelf.window_wanted) as wanted:
        window.window.actions_["new_window"].trigger()
    assert wanted.args
    assert Shelf(tmp_path).named(wanted.args[0]).name == "Untitled"


def test_a_file_becomes_a_design_named_by_it(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    paint(window, qtbot, tmp_path)
    bundle = tmp_path / "Oolong.packdesk"
    bundle.write_bytes(sound_bundle())
    with qtbot.waitSignal(window.window.shelf.design_wanted) as wanted:
        window.window.designs.open(bundle)
    assert wanted.args
    assert (Shelf(tmp_path).named(wanted.args[0]).name, wanted.args[1]) == ("Oolong", bundle)


def test_the_shelf_lists_finds_and_opens(window: Window, dialog: ShelfDialog, qtbot: QtBot) -> None:
    assert sorted(names(dialog)) == ["Coffee", "Tea"]
    chosen = dialog.chosen()
    assert chosen is not None
    assert chosen.name == "Tea", "the one that is open here"
    assert not dialog.delete_button.isEnabled()
    with qtbot.waitSignal(window.desk.session.shelf.listed):
        dialog.search.setText("cof")
    assert names(dialog) == ["Coffee"]
    with qtbot.waitSignal(window.window.shelf.design_wanted) as wanted:
        QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    chosen = dialog.chosen()
    assert chosen is not None
    assert wanted.args == [chosen.id, None]
    assert not dialog.isVisible()


def test_return_on_the_own_design_goes_on(window: Window, dialog: ShelfDialog, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(window.window.shelf.design_wanted):
        QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_copies_the_bin_and_back(window: Window, dialog: ShelfDialog, qtbot: QtBot, tmp_path: Path) -> None:
    listed = window.desk.session.shelf.listed
    choose(dialog, "Coffee")
    with qtbot.waitSignal(listed):
        dialog.duplicate_button.click()
    assert sorted(names(dialog)) == ["Coffee", "Coffee 2", "Tea"]
    choose(dialog, "Coffee 2")
    with qtbot.waitSignal(listed):
        dialog.delete_button.click()
    assert sorted(names(dialog)) == ["Coffee", "Tea"]
    with qtbot.waitSignal(listed):
        dialog.bin.setChecked(True)
    assert names(dialog) == ["Coffee 2"]
    assert "30 days" in dialog.hint.text()
    with qtbot.waitSignal(listed):
        dialog.restore_button.click()
    assert names(dialog) == []
    assert sorted(one.name for one in Shelf(tmp_path).designs()) == ["Coffee", "Coffee 2", "Tea"]


def test_names_are_given_in_the_dialog_and_checked(
    window: Window, dialog: ShelfDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(dialog, "Coffee")
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("Tea", True))
    with qtbot.waitSignal(window.desk.session.shelf.listed):
        QTest.keyClick(dialog.list, Qt.Key.Key_F2)
    assert sorted(names(dialog)) == ["Tea", "Tea 2"]
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: (" ", True))
    with qtbot.waitSignal(window.desk.session.failed):
        dialog.rename_button.click()


def test_the_design_is_drawn_for_the_shelf(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    own = window.desk.session.shelf.own
    assert own is not None
    window.window.shelf.draw()
    assert not own.picture.exists(), "nobody has touched it"
    paint(window, qtbot, tmp_path)
    qtbot.waitUntil(lambda: window.desk.session.textures.settled)
    window.window.shelf.draw()
    qtbot.waitUntil(lambda: not running_tasks(window.desk.session.bridge))
    qtbot.waitUntil(own.picture.exists)
    shown(window, qtbot)
    assert window.window.shelf.dialog is not None
    assert not window.window.shelf.dialog.list.item(0).data(ROW_ROLE).picture.isNull()


def test_at_the_start_the_shelf_shows_where_there_is_a_choice(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(window.desk.session.shelf.listed):
        window.window.shelf.show_at_start()
    assert window.window.shelf.dialog is None, "there is one design only"
    Shelf(tmp_path).new("Coffee")
    window.window.shelf.show_at_start()
    qtbot.waitUntil(lambda: window.window.shelf.dialog is not None)


def test_a_new_design_for_everybody_is_asked_about(
    shared_window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    assert shared_window.window.windowTitle().startswith("Shared on ")
    paint(shared_window, qtbot, tmp_path)
    shared_window.window.actions_["new"].trigger()
    (box,) = shared_window.window.findChildren(QMessageBox)
    assert "everybody" in box.text()
    with qtbot.waitSignal(shared_window.desk.session.changed_here):
        next(one for one in box.findChildren(QPushButton) if one.text() == "Begin").click()
    assert not shared_window.desk.session.state.panel_textures
