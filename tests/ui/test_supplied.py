"""A supplier's dieline in the window: opened, placed, compared, kept, taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from support.supplied import BOX, blank, with_crease_moved, written
from support.windows import opened

from packdesk.domain.size_edit import SizeEdit
from packdesk.domain.supplied import Corner

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from packdesk.ui.supplied.supplied_panel import SuppliedPanel
    from packdesk.ui.window.main_window import MainWindow


def lay_under(qtbot: QtBot, window: MainWindow, file: Path) -> SuppliedPanel:
    with qtbot.waitSignals([window.supplied.overlays.changed, window.supplied.overlays.opened]):
        window.supplied.overlays.open(file)
    assert window.supplied.panel is not None
    return window.supplied.panel


def set_box(qtbot: QtBot, window: MainWindow) -> None:
    edit = SizeEdit("box", BOX)
    with qtbot.waitSignal(window.flat.blank_changed):
        window.package.size_edited.emit(edit)


def test_a_dieline_is_opened_compared_placed_and_kept(qtbot: QtBot, tmp_path: Path) -> None:
    file = written(with_crease_moved(blank(), 0.3), tmp_path, "dxf")
    with opened(qtbot, tmp_path / "data") as window:
        set_box(qtbot, window)
        panel = lay_under(qtbot, window, file)
        qtbot.waitUntil(lambda: panel.list.count() == 2)  # theirs has a perforation
        assert panel.result.text() == "1 line differs by more than 0.1 mm · 1 only in theirs"
        assert window.flat.sheet is not None
        assert window.flat.sheet.overlay is not None
        before = window.flat.camera
        place = panel.list.visualItemRect(panel.list.item(0)).center()
        QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert window.flat.sheet.overlay.marked is not None
        assert window.flat.camera.scale > before.scale
        with qtbot.waitSignal(window.supplied.overlays.changed):
            panel.form.right.setValue(2.5)
        with qtbot.waitSignal(window.supplied.overlays.changed):
            panel.form.mirrored.click()
        assert "only in theirs" in panel.result.text()
        with qtbot.waitSignal(window.supplied.overlays.changed):
            panel.form.mirrored.click()
        assert panel.list.count() > 10
        panel.form.ours.setCurrentIndex(panel.form.ours.findData(Corner.LOWER_RIGHT))
        with qtbot.waitSignal(window.supplied.overlays.changed):
            panel.form.ours.activated.emit(3)
    with opened(qtbot, tmp_path / "data") as window:
        qtbot.waitUntil(lambda: window.flat.sheet is not None and window.flat.sheet.overlay is not None)
        window.supplied.show()
        again = window.supplied.panel
        assert again is not None
        assert not again.form.mirrored.isChecked()
        assert again.form.right.millimetres() == pytest.approx(2.5)
        assert again.form.ours.currentData() == Corner.LOWER_RIGHT
        again.off.click()
        assert window.flat.sheet is not None
        assert window.flat.sheet.overlay is None
        qtbot.waitUntil(again.open.isVisible)
