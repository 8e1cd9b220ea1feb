"""A page of a PDF document is chosen when there are several, and layers where there are some."""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from support.foreign_files import pdf
from support.pdf_parts import document
from support.windows import opened

from packdesk.textures.incoming import Part
from packdesk.ui.dialogs.part_dialog import PartDialog
from packdesk.ui.dropping import offer_files

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from packdesk.ui.window.main_window import MainWindow

RED, BLUE = (255, 0, 0), (0, 0, 255)


def asked(qtbot: QtBot, window: MainWindow) -> PartDialog:
    qtbot.waitUntil(lambda: bool(window.findChildren(PartDialog)))
    (dialog,) = window.findChildren(PartDialog)
    return dialog


def colour(dialog: PartDialog) -> tuple[int, ...] | None:
    """In the middle of the picture of the page."""
    image = dialog.preview.image
    if image.isNull():
        return None
    return tuple(image.pixelColor(image.width() // 2, image.height() // 2).getRgb()[:3])


def test_a_page_is_asked_for_where_there_are_several(qtbot: QtBot, tmp_path: Path) -> None:
    several, single = tmp_path / "several.pdf", tmp_path / "single.pdf"
    several.write_bytes(document(layers=("Art", "Guides"), off=("Guides",)))
    single.write_bytes(pdf())
    with opened(qtbot, tmp_path / "data") as window:
        window.commands.put("front", offer_files([several]))
        dialog = asked(qtbot, window)
        assert dialog.part() == Part(1)
        assert dialog.size_label.text() == "35.28 × 70.56 mm"
        qtbot.waitUntil(lambda: colour(dialog) == RED)
        dialog.page.setValue(3)
        assert dialog.size_label.text() == "70.56 × 42.33 mm"
        qtbot.waitUntil(lambda: colour(dialog) == BLUE)
        dialog.layers.item(0).setCheckState(Qt.CheckState.Unchecked)
        assert dialog.part() == Part(3, frozenset())
        with qtbot.waitSignal(window.history.stack.canUndoChanged):
            dialog.import_button.click()
        qtbot.waitUntil(lambda: not window.findChildren(PartDialog))
        with qtbot.waitSignal(window.history.stack.indexChanged):
            window.commands.put("back", offer_files([single]))
        assert not window.findChildren(PartDialog), "there is nothing to choose"


def test_who_leaves_the_question_changes_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "several.pdf"
    file.write_bytes(document())
    with opened(qtbot, tmp_path / "data") as window:
        window.commands.put("front", offer_files([file]))
        asked(qtbot, window).reject()
        assert not window.history.stack.canUndo()


def test_a_page_that_is_being_drawn_is_left_when_the_question_is(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "several.pdf"
    file.write_bytes(document())
    with opened(qtbot, tmp_path / "data") as window:
        window.commands.put("front", offer_files([file]))
        dialog = asked(qtbot, window)
        for page in (2, 3, 1, 2):
            dialog.page.setValue(page)
            dialog._ask()
        with qtbot.waitSignal(dialog.finished):
            dialog.reject()
        qtbot.waitUntil(lambda: not window.findChildren(PartDialog))
        qtbot.waitUntil(lambda: not multiprocessing.active_children())
