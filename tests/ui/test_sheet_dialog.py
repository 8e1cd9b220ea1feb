"""Artwork of the whole blank in the window: shown over the blank, set right by hand or typed, agreed to."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from support.pdf_parts import document
from support.pointing import drag, drag_over, drop, turn_wheel
from support.sheets import file_of, painted, turned

from packdesk.textures.foreign.parts import page_alone
from packdesk.textures.incoming import FIRST_PAGE
from packdesk.ui.dialogs.part_dialog import PartDialog
from packdesk.ui.dialogs.sheet_dialog import SheetDialog
from packdesk.ui.dropping import offer_files

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from ui.conftest import Window

    from packdesk.domain.dieline.values import Dieline
    from packdesk.ui.dialogs.sheet_canvas import SheetCanvas

PER_MM = 2.0
GUIDE = "Cut (packdesk guide)"


def blank_of(open_window: Window) -> Dieline:
    sheet = open_window.window.flat.sheet
    assert sheet is not None
    return sheet.scene.dieline


@pytest.fixture
def dialog(open_window: Window, qtbot: QtBot, tmp_path: Path) -> SheetDialog:
    """Of a sheet turned by a quarter, dropped beside the package."""
    flat, artwork = open_window.window.flat, open_window.desk.session.artwork
    file = tmp_path / "carton.png"
    file.write_bytes(
        file_of(turned(painted(blank_of(open_window), random.Random(8), per_mm=PER_MM), 1), PER_MM)
    )
    open_window.window.actions_["flat"].setChecked(True)
    qtbot.waitUntil(flat.isVisible)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    with qtbot.waitSignal(artwork.sheet_found):
        assert drag_over(flat, data, QPointF(5, 5))
        assert drop(flat, data, QPointF(5, 5))
    (found,) = open_window.window.findChildren(SheetDialog)
    qtbot.waitUntil(found.isVisible)
    return found


def on_screen(canvas: SheetCanvas, x: float, y: float) -> QPointF:
    return canvas._to_pixels().map(QPointF(x, y))


def test_a_sheet_beside_the_package_is_for_all_panels(
    dialog: SheetDialog, open_window: Window, qtbot: QtBot
) -> None:
    assert dialog.placement().turns == 3
    assert not dialog.again.isEnabled()
    with qtbot.waitSignal(open_window.desk.session.changed_here):
        dialog.go.click()
    assert len(open_window.desk.session.state.panel_textures) == 6
    flat = open_window.window.flat
    qtbot.waitUntil(lambda: flat.sheet is not None and flat.sheet.beside is not None)  # flaps and bleed
    stack = open_window.window.history.stack
    assert stack.count() == 1
    with qtbot.waitSignal(open_window.desk.session.history.applied):
        stack.undo()
    assert open_window.desk.session.state.panel_textures == {}
    qtbot.waitUntil(lambda: flat.sheet is not None and flat.sheet.beside is None)


def test_it_is_moved_scaled_turned_and_mirrored_by_hand(dialog: SheetDialog) -> None:
    canvas, found = dialog.canvas, dialog.placement()
    canvas.snaps = False
    middle = on_screen(canvas, found.x, found.y)
    drag(canvas, middle, middle + QPointF(40, -24))
    scale = canvas._camera().scale
    assert dialog.placement().x == pytest.approx(found.x + 40 / scale)
    assert dialog.top.millimetres() == pytest.approx(-3 - 24 / scale, abs=1e-3)
    moved = dialog.placement()
    corner, middle = canvas._corners()[0], on_screen(canvas, moved.x, moved.y)
    drag(canvas, corner, middle + (corner - middle) * 0.5)
    assert dialog.placement().scale == pytest.approx(0.5, rel=0.01)
    handle = canvas._turn_handle()
    away = handle - middle
    drag(canvas, handle, middle + QPointF(-away.y(), away.x()))
    assert (dialog.placement().turns, dialog.placement().angle) == (0, 0)
    dialog.angle.setValue(-170)
    assert (dialog.placement().turns, dialog.placement().angle) == (2, 10)
    assert dialog.angle.value() == -170
    dialog.angle.setValue(0)
    dialog.mirrored.click()
    assert dialog.placement().mirrored
    before = dialog.placement().scale
    turn_wheel(canvas, middle, 1)
    assert dialog.placement().scale > before
    dialog.again.click()
    assert dialog.placement() == found


def test_it_snaps_to_lines_that_are_near(dialog: SheetDialog) -> None:
    canvas, found = dialog.canvas, dialog.placement()
    left, top = dialog.left.millimetres(), dialog.top.millimetres()
    middle, scale = on_screen(canvas, found.x, found.y), canvas._camera().scale
    drag(canvas, middle, middle + QPointF(3 * scale + 2, 3 * scale - 2))
    assert (dialog.left.millimetres(), dialog.top.millimetres()) == pytest.approx((left + 3, top + 3))
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    QTest.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert (dialog.left.millimetres(), dialog.top.millimetres()) == pytest.approx((left + 2, top + 3.1))


def test_what_is_typed_counts_to_the_last_digit(dialog: SheetDialog) -> None:
    dialog.scale.setValue(50)
    dialog.angle.setValue(10)
    dialog.left.setValue(-12.5)
    dialog.top.setValue(7)
    placement = dialog.placement()
    assert (placement.scale, placement.turns, placement.angle) == (0.5, 0, 10)
    assert min(x for x, _ in placement.corners()) == pytest.approx(-12.5)
    assert min(y for _, y in placement.corners()) == pytest.approx(7)
    dialog.turn_left.click()
    assert dialog.placement().turns == 3
    assert dialog.angle.value() == -80


def test_several_files_are_no_artwork_for_the_whole_package(open_window: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignal(open_window.window.status.messageChanged) as told:
        open_window.window.flat.sheet_dropped.emit(offer_files([Path("a.png"), Path("b.png")]))
    assert told.args == ["Artwork for the whole package is one file."]


def test_a_template_is_saved_where_the_user_says(
    open_window: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from packdesk.ui.window import sheet_commands

    file = tmp_path / "carton.svg"
    monkeypatch.setattr(sheet_commands, "ask_where_to_save", lambda *_: file)
    with qtbot.waitSignal(open_window.desk.session.saved):
        open_window.window.actions_["template"].trigger()
    assert b"packdesk-guide-cut" in file.read_bytes()


def test_a_sheet_that_is_followed_marks_its_panels_and_is_put_again(
    dialog: SheetDialog, open_window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    links, window = open_window.desk.session.links, open_window.window
    assert not dialog.follows.isChecked()
    dialog.follows.setChecked(True)
    with qtbot.waitSignal(open_window.desk.session.changed_here):
        dialog.go.click()
    qtbot.waitUntil(lambda: len(links.views) == 6)
    qtbot.waitUntil(
        lambda: "Linked to carton.png, with the whole package" in window.artwork.list.item(5).toolTip()
    )
    (tmp_path / "carton.png").write_bytes(file_of(Image.new("RGB", (700, 300), "red"), PER_MM))
    ways = window.messages.findChildren

    def put_again() -> list[QPushButton]:
        return [
            one for one in ways(QPushButton) if one.text() == "Put it there again …" and not one.isHidden()
        ]

    qtbot.waitUntil(lambda: bool(put_again()))
    assert "where it lies is not certain" in window.messages.text.text()
    with qtbot.waitSignal(open_window.desk.session.artwork.sheet_found):
        put_again()[0].click()
    qtbot.waitUntil(lambda: bool(window.findChildren(SheetDialog)))
    again = window.findChildren(SheetDialog)[-1]
    assert again.follows.isChecked()
    again.reject()
    window.select("top")
    window.actions_["unlink"].trigger()
    qtbot.waitUntil(lambda: not links.views)


def test_pages_and_layers_of_a_sheet_are_asked_for_and_our_guides_are_none(
    open_window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    window, artwork = open_window.window, open_window.desk.session.artwork
    drawn, template = tmp_path / "drawn.pdf", tmp_path / "template.pdf"
    drawn.write_bytes(document(layers=("German", "English", GUIDE), off=("English",)))
    template.write_bytes(page_alone(document(layers=("Art", GUIDE)), FIRST_PAGE))
    window.flat.sheet_dropped.emit(offer_files([drawn]))
    qtbot.waitUntil(lambda: bool(window.findChildren(PartDialog)))
    (asked,) = window.findChildren(PartDialog)
    assert [asked.layers.item(row).text() for row in range(asked.layers.count())] == ["German", "English"]
    asked.page.setValue(2)
    with qtbot.waitSignal(artwork.sheet_found) as found:
        asked.import_button.click()
    assert found.args[0].facts.width == pytest.approx(110 * 25.4 / 72)
    qtbot.waitUntil(lambda: not window.findChildren(PartDialog))
    with qtbot.waitSignal(artwork.sheet_found):
        window.flat.sheet_dropped.emit(offer_files([template]))
    assert not window.findChildren(PartDialog), "there is nothing to choose"
