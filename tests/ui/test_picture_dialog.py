"""Saving pictures from the window: without outlines, in every format, of named views, off its thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QMessageBox
from support.waiting import PROCESS_MS

from packdesk.ui.dialogs.view_list import THIS_VIEW

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot
    from ui.conftest import Window

    from packdesk.ui.dialogs.picture_dialog import PictureDialog
    from packdesk.viewer.view import PackageView


@pytest.fixture
def dialog(open_window: Window, qtbot: QtBot) -> PictureDialog:
    with qtbot.waitSignal(open_window.desk.session.appearance.views_changed):
        open_window.window.actions_["save_view"].trigger()
    made = open_window.window.pictures.dialog
    assert made is not None
    size(made, 200, 150)
    return made


def size(dialog: PictureDialog, width: int, height: int) -> None:
    dialog.form.width_field.setValue(width)
    dialog.form.height_field.setValue(height)


def choose(dialog: PictureDialog, ending: str, *, film: bool = False) -> None:
    for box, value in ((dialog.form.kind, film), (dialog.form.format, ending)):
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())


@pytest.fixture
def save(
    open_window: Window, dialog: PictureDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Path], None]:
    def to(file: Path) -> None:
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
        drawings = open_window.desk.session.drawings
        with qtbot.waitSignals([drawings.written, drawings.ended], timeout=PROCESS_MS):
            dialog.writing.start_button.click()

    return to


def keep_view(open_window: Window, dialog: PictureDialog, qtbot: QtBot, name: str) -> None:
    dialog.views.name.setText(name)
    with qtbot.waitSignal(open_window.desk.session.appearance.views_changed):
        dialog.views.keep_button.click()


def tick(dialog: PictureDialog, *names: str) -> None:
    for row in range(dialog.views.list.count()):
        item = dialog.views.list.item(row)
        wanted = item.data(Qt.ItemDataRole.UserRole) in names
        item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)


def accent_pixels(image: QImage) -> int:
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).astype(int)
    return int((pixels[..., 2] - pixels[..., 0] > 90).sum())


@pytest.mark.parametrize("ending", [".png", ".jpg", ".webp"])
def test_a_picture_has_the_size_and_format_that_were_set(
    dialog: PictureDialog, save: Callable[[Path], None], tmp_path: Path, ending: str
) -> None:
    choose(dialog, ending)
    dialog.form.transparent.setChecked(True)
    save(tmp_path / f"box{ending}")
    with Image.open(tmp_path / f"box{ending}") as picture:
        assert picture.size == (200, 150)
        clear = picture.convert("RGBA").getpixel((2, 2))
        assert isinstance(clear, tuple)
        assert clear[3] == (255 if ending == ".jpg" else 0)


def test_several_views_are_saved_in_one_go_and_found_again(
    open_window: Window, dialog: PictureDialog, save: Callable[[Path], None], qtbot: QtBot, tmp_path: Path
) -> None:
    view: PackageView = open_window.window.view
    view.show_named_view("front", glide=False)
    keep_view(open_window, dialog, qtbot, "Front/straight")
    view.show_named_view("top", glide=False)
    keep_view(open_window, dialog, qtbot, "Above")
    tick(dialog, "Front/straight", "Above")
    save(tmp_path / "box.png")
    files = [tmp_path / "box Front-straight.png", tmp_path / "box Above.png"]
    first, second = (QImage(str(file)) for file in files)
    assert not first.isNull()
    assert first != second
    dialog.views.list.setCurrentRow(1)
    with qtbot.waitSignal(open_window.desk.session.appearance.views_changed):
        dialog.views.remove_button.click()
    assert [one.name for one in open_window.desk.session.appearance.views] == ["Above"]
    dialog.views.list.itemActivated.emit(dialog.views.list.item(1))
    assert view.camera().elevation == 90


def test_nothing_is_replaced_unasked(
    open_window: Window,
    dialog: PictureDialog,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keep_view(open_window, dialog, qtbot, "Front")
    tick(dialog, THIS_VIEW, "Front")
    (tmp_path / "box Front.png").write_text("mine")
    asked: list[str] = []

    def refuse(_parent: object, _title: str, words: str, *_: object) -> QMessageBox.StandardButton:
        asked.append(words)
        return QMessageBox.StandardButton.No

    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "box.png"), ""))
    monkeypatch.setattr(QMessageBox, "warning", refuse)
    dialog.writing.start_button.click()
    assert len(asked) == 1
    assert not open_window.desk.session.drawings.running
    assert [file.name for file in tmp_path.glob("box*")] == ["box Front.png"]


def test_a_full_turn(dialog: PictureDialog, save: Callable[[Path], None], tmp_path: Path) -> None:
    choose(dialog, ".webp", film=True)
    dialog.form.seconds.setValue(0.5)
    dialog.form.rate.setValue(8)
    save(tmp_path / "turn.webp")
    assert dialog.writing.told.text() == f"Saved as {tmp_path / 'turn.webp'}."
    assert dialog.writing.folder_button.isVisible()
    with Image.open(tmp_path / "turn.webp") as film:
        assert (film.size, getattr(film, "n_frames", 1)) == ((200, 150), 4)


def test_a_drawing_that_is_cancelled_leaves_nothing(
    open_window: Window, dialog: PictureDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "box.webp"), ""))
    choose(dialog, ".webp", film=True)
    dialog.form.seconds.setValue(600)
    drawings, before = open_window.desk.session.drawings, set(tmp_path.iterdir())
    with qtbot.waitSignal(drawings.progressed, timeout=PROCESS_MS, check_params_cb=lambda done, _: done > 1):
        dialog.writing.start_button.click()
    assert set(tmp_path.iterdir()) != before
    assert dialog.writing.told.text().endswith(f" of {dialog.writing.progress.maximum()} pictures")
    assert not dialog.writing.start_button.isEnabled()
    with qtbot.waitSignal(drawings.ended, timeout=PROCESS_MS):
        dialog.writing.cancel_button.click()
    qtbot.waitUntil(lambda: set(tmp_path.iterdir()) == before)  # what drew it ends a moment later
    assert dialog.writing.told.text() == "Cancelled. Nothing was written.", "the count is over"
    assert dialog.writing.start_button.isEnabled()


def test_what_cannot_be_written_is_told(
    open_window: Window, dialog: PictureDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    target = tmp_path / "file" / "box.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    with qtbot.waitSignal(open_window.desk.session.failed, timeout=PROCESS_MS) as told:
        dialog.writing.start_button.click()
    assert str(target.parent) in told.args[0].sentence
    assert str(target.parent) in dialog.writing.told.text()


def test_copies_and_previews_have_no_outline(open_window: Window, qtbot: QtBot) -> None:
    window = open_window.window
    window.select("front")
    window.view.show_named_view("front", glide=False)
    qtbot.waitUntil(lambda: accent_pixels(window.view.grabFramebuffer()) > 100)
    window.actions_["copy_view"].trigger()
    for picture in (QGuiApplication.clipboard().image(), window.exports._drawn()):
        assert not picture.isNull()
        assert accent_pixels(picture) == 0
