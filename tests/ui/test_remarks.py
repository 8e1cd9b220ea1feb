"""Answers come back: the dock "Remarks", and pins over both views."""

from __future__ import annotations

import asyncio
import itertools
import json
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QHelpEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QFileDialog, QMainWindow, QToolTip, QWidget
from support.answers import answer, remark, sealed
from support.sizes import sized

from packdesk.domain.remarks import board_of
from packdesk.ui.remarks.remarks_panel import MOST_ROWS
from packdesk.ui.row_list import ROW_ROLE
from packdesk.ui.window.remarks import MOST_PINS
from packdesk.ui.window.restorable_window import VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot
    from ui.conftest import Window

    from packdesk.domain.remarks import Board
    from packdesk.domain.review import IssuedReview
    from packdesk.ui.remarks.pins import PinLayer
    from packdesk.ui.remarks.remarks_panel import RemarksPanel

FRONT, BACK = f"{1:032x}", f"{2:032x}"


@pytest.fixture
def review(open_window: Window, qtbot: QtBot) -> IssuedReview:
    """A page of the box that is shown."""
    session = open_window.desk.session
    with qtbot.waitSignal(session.saving_changed, check_params_cb=lambda unsaved: not unsaved):
        session.set_size(sized("box", 100, 150, 60))
    return asyncio.run(open_window.desk.services.reviews.issue("Yuzu tea"))


def back(review: IssuedReview, reviewer: str, *remarks: dict[str, Any], **values: object) -> str:
    design = {"id": None, "name": review.name, "hash": review.hash}
    return sealed(answer(reviewer, *remarks, review=review.id, design=design, **values), review)


def answers(review: IssuedReview, folder: Path) -> list[Path]:
    """Of three reviewers, as files."""
    said = [
        back(review, "Ada", remark(1), verdict="changes"),
        back(review, "Ben", remark(2, "Nice.", panel="back", at="2026-11-28T07:00:01Z"), verdict="approved"),
        back(review, "Cleo", verdict="approved"),
    ]
    files = [folder / f"{number}-answer.json" for number in range(len(said))]
    for file, text in zip(files, said, strict=True):
        file.write_text(text)
    return files


def board(opened: Window) -> Board:
    found = opened.desk.session.reviews.board
    assert found is not None
    return found


def drop(opened: Window, files: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    target, copy = opened.window.artwork.list, Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(target, QDropEvent(QPointF(5, 5), copy, data, left, none))


def answered(opened: Window, qtbot: QtBot, files: list[Path]) -> RemarksPanel:
    drop(opened, files)
    reviews = opened.desk.session.reviews
    qtbot.waitUntil(lambda: reviews.board is not None and len(reviews.board.opinions) == len(files))
    panel = opened.window.remarks.panel
    assert panel is not None, "the dock opens by itself"
    return panel


def titles(panel: RemarksPanel) -> list[str]:
    return [panel.list.item(row).data(ROW_ROLE).title for row in range(panel.list.count())]


def test_nothing_of_it_is_there_before_there_is_something_to_see(open_window: Window, qtbot: QtBot) -> None:
    remarks = open_window.window.remarks
    assert remarks.dock.isHidden()
    assert remarks.panel is None
    assert remarks.layers == ()
    remarks.dock.toggleViewAction().trigger()
    panel = remarks.panel
    assert panel is not None
    qtbot.waitUntil(panel.hint.isVisible)  # it lies over the artwork
    assert not panel.reply.isVisible()


def test_answers_that_are_dropped_are_listed_verdicts_first(
    open_window: Window, qtbot: QtBot, review: IssuedReview, tmp_path: Path
) -> None:
    panel = answered(open_window, qtbot, answers(review, tmp_path))
    qtbot.waitUntil(lambda: panel.list.count() == 5)
    assert titles(panel) == [
        "Ada asks for changes",
        "Approved by Ben",
        "Approved by Cleo",
        "Front · Ada",
        "Back · Ben",
    ]
    assert panel.count.text() == "2 open"
    solid, flat = open_window.window.remarks.layers
    assert solid.isVisible()
    assert (solid.spot_of(FRONT) is None, solid.spot_of(BACK) is None) == (False, True), "it hides one"
    assert flat.spot_of(FRONT) is not None
    assert flat.spot_of(BACK) is not None


def test_all_orders_come_to_the_same(
    open_window: Window, qtbot: QtBot, review: IssuedReview, tmp_path: Path
) -> None:
    services, files = open_window.desk.services, answers(review, tmp_path)
    state = open_window.desk.session.state
    kept = services.reviews._kept
    for order in itertools.permutations(files):
        kept.change(state.created_at, lambda now: now.model_copy(update={"answers": ()}))
        open_window.desk.session.reviews.take(order)
        qtbot.waitUntil(lambda: len(kept.read(state.created_at).answers) == 3)
        whole = board_of(kept.read(state.created_at), review.hash)
        qtbot.waitUntil(lambda: open_window.desk.session.reviews.board == whole)  # noqa: B023  (asked at once)
        assert [one.reviewer for one in board(open_window).opinions] == ["Ada", "Ben", "Cleo"]


def test_a_remark_that_is_chosen_shows_its_panel_and_a_pin_its_remark(
    open_window: Window, qtbot: QtBot, review: IssuedReview, tmp_path: Path
) -> None:
    window = open_window.window
    panel = answered(open_window, qtbot, answers(review, tmp_path))
    qtbot.waitUntil(lambda: panel.list.count() == 5)
    solid, flat = window.remarks.layers
    panel.list.setCurrentRow(4)
    qtbot.waitUntil(lambda: solid.spot_of(BACK) is not None)
    assert solid.spot_of(FRONT) is None
    assert window.artwork.list.currentRow() >= 0
    scene = window.view.scene()
    assert scene is not None
    assert scene.selected == "back"
    window.remarks.dock.hide()
    click(flat, FRONT)
    assert window.remarks.dock.isVisible()
    assert panel.list.current() == FRONT
    qtbot.waitUntil(lambda: solid.spot_of(FRONT) is not None)
    click(flat, BACK)
    qtbot.waitUntil(lambda: solid.spot_of(BACK) is not None)
    panel.list.select("")
    click(solid, BACK)
    assert panel.list.current() == BACK


def click(layer: PinLayer, name: str) -> None:
    spot = layer.spot_of(name)
    assert spot is not None
    over = layer._over
    QTest.mouseMove(over, spot.toPoint())
    QTest.mouseClick(over, Qt.MouseButton.LeftButton, pos=spot.toPoint())


def test_a_drag_that_begins_on_a_pin_is_the_view_s(
    open_window: Window, qtbot: QtBot, review: IssuedReview, tmp_path: Path
) -> None:
    window = open_window.window
    panel = answered(open_window, qtbot, answers(review, tmp_path))
    qtbot.waitUntil(lambda: panel.list.count() == 5)
    solid = window.remarks.layers[0]
    spot = solid.spot_of(FRONT)
    assert spot is not None
    begun, camera, left = spot.toPoint(), window.view.camera(), Qt.MouseButton.LeftButton
    QTest.mousePress(window.view, left, pos=begun)
    drag(window.view, begun + QPoint(1, 1))
    assert window.view.camera() == camera
    for step in (30, 60):
        drag(window.view, begun + QPoint(step, 0))
    QTest.mouseRelease(window.view, left, pos=begun + QPoint(60, 0))
    assert window.view.camera().azimuth == pytest.approx(camera.azimuth - 60 * 0.45)
    assert panel.list.current() == ""
    moved = solid.spot_of(FRONT)
    assert moved is not None
    assert moved.x() > spot.x() + 5, "it goes with the package"


def drag(over: QWidget, place: QPoint) -> None:
    """Move with the left button held: `QTest.mouseMove` holds none."""
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    at = QPointF(place)
    moved = QMouseEvent(QEvent.Type.MouseMove, at, over.mapToGlobal(at), Qt.MouseButton.NoButton, left, none)
    QApplication.sendEvent(over, moved)


def test_it_is_replied_to_closed_and_opened_again(
    open_window: Window, qtbot: QtBot, review: IssuedReview, tmp_path: Path
) -> None:
    panel = answered(open_window, qtbot, answers(review, tmp_path))
    qtbot.waitUntil(lambda: panel.list.count() == 5)
    assert not panel.reply.isEnabled()
    panel.list.setCurrentRow(4)
    QTest.keyClicks(panel.reply, "Thank you.")
    panel.list.setCurrentRow(3)
    assert panel.reply.text() == "", "it was for the other one"
    QTest.keyClicks(panel.reply, "Done.")
    QTest.keyClick(panel.reply, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(board(open_window).threads[0].replies))
    assert (panel.reply.text(), panel.send.isEnabled()) == ("", False)
    assert "Done." in panel.list.item(3).data(Qt.ItemDataRole.AccessibleTextRole)
    panel.close_button.click()
    qtbot.waitUntil(lambda: board(open_window).open == 1)
    flat = open_window.window.remarks.layers[1]
    assert flat.spot_of(FRONT) is not None, "it is chosen"
    panel.list.setCurrentRow(4)
    assert panel.reply.text() == "Thank you."
    assert flat.spot_of(FRONT) is None, "it is done with"
    panel.only_open.click()
    assert titles(panel)[3:] == ["Back · Ben"]
    open_window.window.remarks.choose(FRONT)
    assert panel.list.current() == FRONT, "what is chosen is listed"
    panel.close_button.click()
    qtbot.waitUntil(lambda: board(open_window).open == 2)


def test_what_cannot_be_kept_is_told_and_the_words_stay(
    open_window: Window, qtbot: QtBot, review: IssuedReview, tmp_path: Path
) -> None:
    panel = answered(open_window, qtbot, answers(review, tmp_path))
    qtbot.waitUntil(lambda: panel.list.count() == 5)
    panel.list.setCurrentRow(3)
    folder = open_window.desk.services.reviews._kept._folder
    folder.rename(folder.with_name("away"))
    folder.write_text("no folder")
    QTest.keyClicks(panel.reply, "Done.")
    with qtbot.waitSignal(open_window.desk.session.failed):
        panel.send.click()
    assert panel.reply.text() == "Done."


def test_a_reply_sent_at_the_very_end_is_kept(
    open_window: Window, qtbot: QtBot, review: IssuedReview, tmp_path: Path
) -> None:
    panel = answered(open_window, qtbot, answers(review, tmp_path)[:1])
    qtbot.waitUntil(lambda: panel.list.count() == 2)
    panel.list.setCurrentRow(1)
    QTest.keyClicks(panel.reply, "Done.")
    panel.send.click()
    began = open_window.desk.session.state.created_at
    open_window.window.close()
    assert [note.text for note in open_window.desk.services.reviews._kept.read(began).notes] == ["Done."]


@pytest.mark.parametrize("damage", ["forged", "cut", "other", "future"])
def test_what_cannot_be_taken_is_told_and_changes_nothing(
    open_window: Window, qtbot: QtBot, review: IssuedReview, tmp_path: Path, damage: str
) -> None:
    good, *others = answers(review, tmp_path)
    text = others[0].read_text()
    others[0].write_text(
        {
            "forged": text.replace("Nice", "Ugly"),
            "cut": text[:-30],
            "other": text.replace(review.id, "f" * 32),
            "future": json.dumps(json.loads(text) | {"packdesk_answer": 2}),
        }[damage]
    )
    with qtbot.waitSignal(open_window.desk.session.failed):
        answered(open_window, qtbot, [good])
        open_window.window.designs.open(others[0])
    assert open_window.window.messages.isVisible()
    assert [one.reviewer for one in board(open_window).opinions] == ["Ada"]


def test_files_are_chosen_by_open_and_in_the_dock_and_text_is_pasted(
    open_window: Window, qtbot: QtBot, review: IssuedReview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = answers(review, tmp_path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(first), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(second)], ""))
    taken = open_window.desk.session.reviews.taken
    with qtbot.waitSignal(taken):
        open_window.window.actions_["open"].trigger()
    panel = open_window.window.remarks.panel
    assert panel is not None
    with qtbot.waitSignal(taken):
        panel.add.click()
    QGuiApplication.clipboard().setText(third.read_text())
    with qtbot.waitSignal(taken):
        panel.paste.click()
    qtbot.waitUntil(lambda: len(board(open_window).opinions) == 3)
    assert "Approved by Cleo: no remarks." in open_window.window.status.currentMessage()


def test_pins_can_be_hidden_and_are_in_no_picture(
    open_window: Window, qtbot: QtBot, review: IssuedReview, tmp_path: Path
) -> None:
    window = open_window.window
    before = window.view.picture(200, 150)
    panel = answered(open_window, qtbot, answers(review, tmp_path))
    qtbot.waitUntil(lambda: panel.list.count() == 5)
    assert window.view.picture(200, 150) == before
    solid, flat = window.remarks.layers
    for switch in (panel.pins.click, window.actions_["pins"].trigger):
        switch()
        shown = window.actions_["pins"].isChecked()
        assert (solid.isVisible(), flat.isVisible(), panel.pins.isChecked()) == (shown, shown, shown)
    assert shown
    window.actions_["full_screen"].setChecked(True)
    assert not solid.isVisible()
    window.actions_["full_screen"].setChecked(False)
    assert solid.isVisible()
    window.actions_["pins"].setChecked(False)
    values = window.layout_values()
    window.actions_["pins"].setChecked(True)
    window.restore_layout(values)
    assert not window.actions_["pins"].isChecked()


def test_a_pin_says_what_was_said_as_it_is(
    open_window: Window, qtbot: QtBot, review: IssuedReview, tmp_path: Path
) -> None:
    file = tmp_path / "script-answer.json"
    file.write_text(back(review, "<b>Ada</b>", remark(1, "<script>alert(1)</script>")))
    panel = answered(open_window, qtbot, [file])
    qtbot.waitUntil(lambda: panel.list.count() == 2)
    flat = open_window.window.remarks.layers[1]
    spot = flat.spot_of(FRONT)
    assert spot is not None
    pin = flat.pin_at(spot)
    assert pin is not None
    assert pin.words == "Front · <b>Ada</b>: <script>alert(1)</script>"
    at = spot.toPoint()
    QApplication.sendEvent(open_window.window.flat, QHelpEvent(QEvent.Type.ToolTip, at, at))
    assert "&lt;script&gt;" in QToolTip.text()
    QToolTip.hideText()


def test_another_program_s_answer_comes_by_itself_and_a_new_version_makes_it_stale(
    open_window: Window, qtbot: QtBot, review: IssuedReview, tmp_path: Path
) -> None:
    session, remarks = open_window.desk.session, open_window.window.remarks
    remarks.show()
    panel = remarks.panel
    assert panel is not None
    asyncio.run(open_window.desk.services.reviews.take(answers(review, tmp_path)[1].read_text()))
    session.reviews._look_again()
    qtbot.waitUntil(lambda: titles(panel) == ["Approved by Ben", "Back · Ben"])
    session.set_size(sized("box", 100, 150, 61))
    qtbot.waitUntil(lambda: titles(panel)[:1] == ["Ben approved an earlier version"])
    session.set_size(sized("box", 100, 150, 60))
    qtbot.waitUntil(lambda: titles(panel)[:1] == ["Approved by Ben"])
    with qtbot.waitSignal(session.changed_here):
        session.clear()
    qtbot.waitUntil(lambda: session.reviews.board is None)
    assert titles(panel) == []
    assert not any(layer.isVisible() for layer in remarks.layers)
    open_window.window.history.stack.undo()
    qtbot.waitUntil(lambda: titles(panel) == ["Approved by Ben", "Back · Ben"])


def test_of_very_many_the_first_are_shown(
    open_window: Window, qtbot: QtBot, review: IssuedReview, tmp_path: Path
) -> None:
    files = []
    for number in range(3):
        said = [remark(1000 * number + one + 1) for one in range(400)]
        files.append(tmp_path / f"{number}-answer.json")
        files[-1].write_text(back(review, f"Ada {number}", *said))
    panel = answered(open_window, qtbot, files)
    qtbot.waitUntil(lambda: panel.list.count() == MOST_ROWS + 1)
    assert titles(panel)[-1].startswith("… and 203 more.")
    flat = open_window.window.remarks.layers[1]
    assert len(flat._pins) == MOST_PINS
    last = board(open_window).threads[-1].remark.id
    open_window.window.remarks.choose(last)
    assert flat.spot_of(last) is not None


def test_where_a_design_is_only_looked_at_nothing_is_added(open_window: Window) -> None:
    remarks = open_window.window.remarks
    remarks.follow_connection("review")
    remarks.show()
    panel = remarks.panel
    assert panel is not None
    assert not panel.add.isEnabled()
    assert not panel.paste.isEnabled()
    remarks.follow_connection("local")
    assert panel.add.isEnabled()


def older_layout(values: dict[str, Any]) -> dict[str, Any]:
    """As the version before this dock kept it."""
    old = QMainWindow()
    old.setCentralWidget(QWidget())
    areas = Qt.DockWidgetArea
    for name, area in (
        ("package", areas.LeftDockWidgetArea),
        ("artwork", areas.RightDockWidgetArea),
        ("generations", areas.BottomDockWidgetArea),
    ):
        dock = QDockWidget(name, old)
        dock.setObjectName(name)
        old.addDockWidget(area, dock)
    return values | {"docks": bytes(old.saveState(VERSION).toBase64().data()).decode()}


def test_a_layout_of_an_older_version_has_the_dock_over_the_artwork(open_window: Window) -> None:
    window = open_window.window
    values = older_layout(window.layout_values())
    assert not window.knows_dock(values, window.remarks.dock)
    window.restore_layout(values)
    assert window.remarks.dock.isHidden()
    window.remarks.show()
    assert window.tabifiedDockWidgets(window.artwork_dock) == [window.remarks.dock]
    assert window.knows_dock(window.layout_values(), window.remarks.dock)
