"""The dialog of ranges: what is told of a table, where it is marked, what has to be said first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from packdesk.domain.ranges.messages import Ended, Mark, Page, Planned, Problem, Seen, Step, Told
from packdesk.sentence import Sentence
from packdesk.ui.dialogs.range_dialog import RangeDialog
from packdesk.ui.window.range_watch import RANGE

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from ui.conftest import Window

HEADINGS, FIELDS = ("Marke", "EAN", "Lager"), ("brand", "code", "")
MISTYPED = Told.of(Sentence("There is no file {file}.", file="a.png"))
PROBLEM = Problem(row=3, place=1, column=1, heading="EAN", told=MISTYPED, remedy=Told.of("Mend it."))
GOOD = Planned(number=1, headings=HEADINGS, fields=FIELDS, rows=3, ready=3, paintings=4, example="Sol-2")


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> RangeDialog:
    made = RangeDialog()
    qtbot.addWidget(made)
    made.show()
    made.source.use_table(tmp_path / "range.csv")
    return made


def page(*marks: Mark) -> Page:
    return Page(first=0, numbers=(2, 3, 4), cells=(("Sol", "1", "9"),) * 3, marks=marks)


def test_what_is_set_is_what_is_wished(dialog: RangeDialog, qtbot: QtBot, tmp_path: Path) -> None:
    dialog.show_planned(GOOD)
    wish = dialog.wish()
    assert wish is not None
    assert (wish.columns, wish.kinds, wish.folder) == (None, ("pdf",), str(tmp_path / "range"))
    box = dialog.columns.boxes["Lager"]
    assert (box.currentText(), box.accessibleName()) == ("Not used", "What the column Lager is")
    with qtbot.waitSignal(dialog.edited):
        box.setCurrentIndex(box.findData("weight"))
    with qtbot.waitSignal(dialog.edited):
        dialog.form.kinds["render"].click()
    with qtbot.waitSignal(dialog.edited):
        dialog.form.pattern.setText("{code}")
    with qtbot.waitSignal(dialog.edited):
        dialog.form.replacing.click()
    wish = dialog.wish()
    assert wish is not None
    assert wish.columns == {"Marke": "brand", "EAN": "code", "Lager": "weight"}
    assert (wish.kinds, wish.pattern, wish.force) == (("pdf", "render"), "{code}", True)
    dialog.source.use_table(tmp_path / "other.csv")
    wish = dialog.wish()
    assert wish is not None
    assert wish.columns is None, "another table has other columns"
    assert not wish.force, "another table is not agreed to"


def test_a_problem_is_marked_listed_and_gone_to(dialog: RangeDialog, qtbot: QtBot) -> None:
    pages: list[int] = []
    dialog.page_wanted.connect(pages.append)
    noted = (Told.of(Sentence("The headings are taken from row {row}.", row=3)),)
    wrong = GOOD.model_copy(update={"problems": (PROBLEM,), "count": 1, "ready": 0, "notes": noted})
    dialog.show_planned(wrong)
    table = dialog.table
    assert table.model_.index(2, 0).data() == "…"
    assert pages == [0]
    dialog.show_page(page(Mark(place=1, column=1, told=MISTYPED)))
    assert table.model_.headerData(1, Qt.Orientation.Horizontal) == "EAN\nBarcode"
    cell, other = table.model_.index(1, 1), table.model_.index(1, 0)
    description = Qt.ItemDataRole.AccessibleDescriptionRole
    assert (cell.data(description), other.data(description)) == ("There is no file a.png.", None)
    assert cell.data(Qt.ItemDataRole.BackgroundRole) is not None
    signs = [
        table.model_.headerData(place, Qt.Orientation.Vertical, Qt.ItemDataRole.DecorationRole)
        for place in range(3)
    ]
    assert [sign is not None for sign in signs] == [False, True, False], "seen wherever the table stands"
    assert dialog.summary.text() == "3 rows. 1 cell or row cannot be used."
    assert (dialog.noted.text(), dialog.noted.isVisible()) == ("The headings are taken from row 3.", True)
    assert not dialog.writing.start_button.isEnabled()
    item = dialog.problems.item(0)
    assert item.text() == "Row 3, column “EAN”: There is no file a.png. Mend it."
    with qtbot.waitSignal(dialog.row_chosen) as chosen:
        dialog.problems.setCurrentItem(item)
    assert chosen.args == [1]
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, 1)
    dialog.show_planned(GOOD)
    assert dialog.problems.isHidden()
    assert dialog.writing.start_button.isEnabled()


def test_problems_are_walked_through_by_keys(dialog: RangeDialog) -> None:
    later = PROBLEM.model_copy(update={"row": 4, "place": 2, "column": -1, "heading": ""})
    whole = PROBLEM.model_copy(update={"row": 0, "place": -1, "column": -1, "heading": ""})
    dialog.show_planned(GOOD.model_copy(update={"problems": (PROBLEM, later, whole), "count": 3, "ready": 0}))
    dialog.show_page(page())
    at = []
    problems, table = dialog.problems, dialog.table
    problems.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return):
        assert dialog.focusWidget() is problems
        QTest.keyClick(problems, key)
        at.append((table.currentIndex().row(), table.currentIndex().column()))
    assert dialog.focusWidget() is table
    assert set(at) == {(1, 1), (2, 0)}
    assert at[-3:] == [(2, 0)] * 3, "the last one is about no row"
    problems.setCurrentRow(0)
    assert table.currentIndex().row() == 1
    table.go_to(2, 2)
    QTest.mouseClick(
        problems.viewport(), Qt.MouseButton.LeftButton, pos=problems.visualItemRect(problems.item(0)).center()
    )
    assert (table.currentIndex().row(), dialog.focusWidget()) == (1, problems)


def test_enter_on_a_row_that_failed_goes_there_and_makes_nothing(dialog: RangeDialog, qtbot: QtBot) -> None:
    dialog.show_planned(GOOD)
    dialog.show_page(page())
    dialog.problems.add_failure(Step(name="Sol-3", place=1, done=1, failed=1, total=3, reason="No."), 3)
    dialog.problems.setFocus()
    dialog.problems.setCurrentRow(0)
    with qtbot.assertNotEmitted(dialog.make_wanted):
        QTest.keyClick(dialog.problems, Qt.Key.Key_Return)
    assert dialog.focusWidget() is dialog.table


def test_headings_leave_room_for_what_they_are_taken_for(dialog: RangeDialog, tmp_path: Path) -> None:
    long = tuple(f"{place}. Nettofüllmenge der kleinen Verkaufspackung in Gramm" for place in range(12))
    many = GOOD.model_copy(update={"headings": long, "fields": ("",) * 12})
    dialog.resize(1280, 720)
    dialog.show_planned(many)
    rows = tuple(("Sol",) * 12 for _ in range(3))
    dialog.show_page(Page(first=0, numbers=(2, 3, 4), cells=rows))
    QApplication.processEvents()
    seen = dialog.columns.parentWidget()
    assert seen is not None, "it is scrolled"
    assert dialog.columns.minimumSizeHint().width() <= seen.width(), "or it is cut at its right"
    for box in dialog.columns.boxes.values():
        assert box.isVisible()
        assert box.mapTo(seen, box.rect().topRight()).x() < seen.width()
        assert box.width() >= box.minimumSizeHint().width()
    bar = dialog.table.horizontalScrollBar()
    dialog.table.go_to(2, 11)
    assert bar.value() > 0
    dialog.source.use_table(tmp_path / "other.csv")
    dialog.show_planned(many.model_copy(update={"rows": 2}))
    dialog.show_page(Page(first=0, numbers=(2, 3), cells=rows[:2]))
    assert (bar.value(), dialog.table.currentIndex().isValid()) == (0, False), "seen from its first cell on"


def test_what_has_to_be_said_first(dialog: RangeDialog) -> None:
    start = dialog.writing.start_button
    dialog.show_looking()
    assert (start.isEnabled(), start.toolTip()) == (False, "The table is being looked through.")
    dialog.show_planned(GOOD.model_copy(update={"paid": True, "usd": 1.5}))
    assert not dialog.form.limit.isHidden()
    assert "US$ 1.50" in dialog.summary.text().replace("\u00a0", " ")
    assert (start.isEnabled(), dialog.limit) == (False, None)
    dialog.form.limit.setValue(1.49)
    assert not start.isEnabled()
    dialog.form.limit.setValue(1.5)
    assert (start.isEnabled(), dialog.limit) == (True, 1.5)
    dialog.form.kinds["pdf"].click()
    dialog.show_planned(GOOD)
    assert start.toolTip() == "Tick a kind of file first."
    dialog.show_planned(GOOD.model_copy(update={"kept": 2}))
    assert dialog.summary.text() == "3 rows, made before: 2, pictures to be painted: 4."
    dialog.show_planned(Planned(number=2, error=Told.of(Sentence("The table is empty."))))
    assert dialog.summary.text() == "The table is empty."
    assert dialog.table.model_.columnCount() == 0


def test_a_row_that_was_chosen_meanwhile_is_not_shown(dialog: RangeDialog) -> None:
    dialog.show_planned(GOOD)
    dialog.show_page(page())
    dialog.table.go_to(2, 0)
    dialog.show_seen(Seen(row=0, name="Sol-2"), QImage(8, 8, QImage.Format.Format_RGB32))
    assert dialog.preview.caption.text() == "Drawing the row …"
    dialog.show_seen(Seen(row=2, name="Sol-4", painted_here=True), QImage())
    assert dialog.preview.caption.text() == "Sol-4, for now as this computer paints it."
    dialog.show_seen(Seen(row=2, error=MISTYPED), QImage())
    assert (dialog.preview.told.text(), dialog.preview.caption.text()) == ("There is no file a.png.", "")
    assert dialog.form.example.text() == "", "its files have no name"


def test_a_range_is_followed_to_its_end(dialog: RangeDialog, tmp_path: Path) -> None:
    dialog.show_planned(GOOD)
    dialog.show_page(page())
    dialog.show_running(running=True)
    assert not dialog.form.isEnabled()
    assert dialog.writing.told.text() == "0 of 3: the first ones are begun …"
    step = Step(name="Sol-3", place=1, done=2, failed=1, total=3, left_s=150.0, reason="No barcode.")
    step = step.model_copy(update={"notes": ("Tills need 80 %.",)})
    dialog.show_step(step)
    assert dialog.writing.told.text() == "2 of 3, 1 failed, 2 min left"
    assert dialog.problems.item(0).text() == "Row 3, Sol-3: No barcode. Tills need 80 %."
    assert not dialog.problems.isHidden()
    failed, fine = (
        dialog.table.model_.index(row, 1).data(Qt.ItemDataRole.AccessibleDescriptionRole) for row in (1, 2)
    )
    assert (failed, fine) == ("No barcode.", None)
    dialog.problems.setCurrentRow(0)
    dialog.show_seen(Seen(row=1, name="Sol-3"), QImage())
    assert dialog.form.example.text() == "For example: Sol-3"
    dialog.writing.cancel_button.click()
    assert dialog.writing.told.text() == "Ending …"
    dialog.show_step(step)
    assert dialog.writing.told.text() == "Ending …"
    report = str(tmp_path / "report.csv")
    dialog.show_ended(Ended(made=1, failed=1, total=3, cancelled=True, report=report))
    assert dialog.writing.told.text() == (
        "Cancelled: 1 made, 1 failed. Rows left: 1. “Make range” goes on with them."
    )
    assert dialog.form.isEnabled()
    assert (dialog.report_button.isHidden(), dialog.sheet_button.isHidden()) == (False, True)
    assert not dialog.writing.folder_button.isHidden()
    dialog.show_ended(Ended(made=1, kept=2, total=3, noted=2, seconds=4.2, report=report, sheets=(report,)))
    assert dialog.writing.told.text() == (
        "1 made, 2 made before, in 4 s. 2 rows have something worth a look: see the report."
    )
    assert not dialog.sheet_button.isHidden()
    dialog.show_ended(Ended(made=1, total=1, former=4, former_names=("a.pdf", "b.pdf")))
    assert dialog.writing.told.text().endswith(
        "4 files of an earlier run are no product now (a.pdf, b.pdf, …)."
    )
    dialog.show_ended(Ended(error=MISTYPED))
    assert dialog.writing.told.property("role") == "error"


def test_a_sheet_is_chosen_from_those_of_the_workbook(dialog: RangeDialog, qtbot: QtBot) -> None:
    def wished() -> str:
        wish = dialog.wish()
        assert wish is not None
        return wish.sheet

    sheet = dialog.source.sheet
    dialog.show_planned(GOOD.model_copy(update={"sheet": "Range", "sheets": ("Range",)}))
    assert not sheet.isVisible(), "there is nothing to choose"
    several = GOOD.model_copy(update={"sheet": "Range", "sheets": ("Hidden", "Range", "Old")})
    dialog.show_planned(several)
    assert sheet.isVisible()
    assert (sheet.currentText(), wished()) == ("Range", ""), "whatever the first one is called"
    with qtbot.waitSignal(dialog.edited):
        sheet.setCurrentIndex(2)
        sheet.activated.emit(2)
    assert wished() == "Old"
    dialog.show_planned(several.model_copy(update={"sheet": "Old"}))
    assert (sheet.currentText(), wished()) == ("Old", "Old")
    dialog.source.use_table(dialog.source.table or Path())
    assert wished() == ""


def test_a_table_is_dropped_and_a_base_chosen(
    dialog: RangeDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("a.png", "tea.XLSX")])
    copied, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    dialog.dropEvent(QDropEvent(QPointF(5, 5), copied, data, left, Qt.KeyboardModifier.NoModifier))
    assert dialog.source.table == tmp_path / "tea.XLSX"
    base = tmp_path / "base.packdesk"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(base), ""))
    box = dialog.source.base
    box.setCurrentIndex(1)
    box.activated.emit(1)
    wish = dialog.wish()
    assert wish is not None
    assert (wish.design, box.currentText()) == (str(base), "base.packdesk")
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert dialog.source.design is None


def test_the_menu_opens_it_and_asks_once_nothing_is_typed(
    open_window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    ranges = open_window.window.ranges
    open_window.window.actions_["range"].trigger()
    dialog = ranges.dialog
    assert dialog is not None
    with qtbot.waitSignal(ranges.asked) as asked:
        dialog.source.use_table(tmp_path / "range.csv")
        dialog.form.pattern.setText("{row}")
    plan = asked.args[0]
    assert (plan.kind, plan.wish.pattern, plan.wish.design) == ("plan", "{row}", "")
    ranges.answer(GOOD.model_copy(update={"number": plan.number - 1}))
    assert not dialog.writing.start_button.isEnabled(), "an answer to an earlier question"
    ranges.answer(GOOD.model_copy(update={"number": plan.number}))
    with qtbot.waitSignal(ranges.asked, check_params_cb=lambda one: one.kind == "make") as asked:
        dialog.writing.start_button.click()  # pages of the table may be asked for besides
    assert (asked.args[0].kind, asked.args[0].number) == ("make", plan.number)
    told = Told.of(Sentence("The table has changed meanwhile."))
    with qtbot.waitSignal(ranges.asked, check_params_cb=lambda one: one.kind == "plan") as asked:
        ranges.answer(Ended(error=told, outdated=True))
    ranges.answer(GOOD.model_copy(update={"number": asked.args[0].number}))
    assert dialog.writing.told.text() == "The table has changed meanwhile."
    dialog.writing.start_button.click()
    with qtbot.waitSignal(ranges.closed):
        ranges.answer(Ended(made=3, total=3))
        dialog.close()


def test_a_range_goes_on_without_its_dialog_and_holds_the_window(
    open_window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    window, ranges = open_window.window, open_window.window.ranges
    chip, messages = window.status.ranges, window.messages
    window.actions_["range"].trigger()
    dialog = ranges.dialog
    assert dialog is not None
    with qtbot.waitSignal(ranges.asked) as asked:
        dialog.source.use_table(tmp_path / "range.csv")
    ranges.answer(GOOD.model_copy(update={"number": asked.args[0].number}))
    dialog.writing.start_button.click()
    dialog.close()
    ranges.answer(Step(name="Sol-3", place=1, done=2, failed=1, total=3, left_s=150.0, reason="No barcode."))
    assert (chip.isVisible(), chip.text()) == (True, "◔ Range: 2 of 3, 1 failed, 2 min left")

    def question() -> QMessageBox:
        assert not window.close()
        (box,) = (one for one in window.findChildren(QMessageBox) if one.isVisible())
        return box

    with qtbot.waitSignal(ranges.kept):
        question().reject()
    box = question()
    ranges.answer(Ended(made=2, failed=1, total=3))
    assert not box.isVisible(), "there is nothing to ask any more"
    assert not chip.isVisible()
    assert messages.shows(RANGE)
    assert "2 made, 1 failed" in messages.text.text()
    chip.click()
    assert dialog.isVisible()
    assert not messages.shows(RANGE)

    with qtbot.waitSignal(ranges.asked, check_params_cb=lambda one: one.kind == "plan") as asked:
        ranges.look_again()
    ranges.answer(GOOD.model_copy(update={"number": asked.args[0].number}))
    dialog.writing.start_button.click()
    question().accept()
    assert not window.isVisible()
