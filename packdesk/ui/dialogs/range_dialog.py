"""A range from a table: what the columns are, what is wrong, what is made, how a row looks, how far it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from packdesk.domain.ranges.messages import Wish
from packdesk.ui.dialogs.range_columns import ColumnList
from packdesk.ui.dialogs.range_form import RangeForm
from packdesk.ui.dialogs.range_preview import RowPreview
from packdesk.ui.dialogs.range_problems import ProblemList
from packdesk.ui.dialogs.range_source import RangeSource
from packdesk.ui.dialogs.range_table import RowTable
from packdesk.ui.dialogs.range_words import begin_words, end_words, noted_words, plan_words, step_words
from packdesk.ui.dialogs.writing_row import WritingRow
from packdesk.ui.dropping import dropped_table
from packdesk.ui.parts import GAP, MARGIN, Scrolled, button, column, label, restyle, rule
from packdesk.ui.screens import fit
from packdesk.ui.spoken import spoken
from packdesk.ui.wheel import guard_wheel

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QShowEvent

    from packdesk.domain.ranges.messages import Ended, Page, Planned, Seen, Step
    from packdesk.ui.theme import Theme

_FIRST_SIZE = QSize(1180, 760)
_LEFT, _RIGHT = 268, 324
_LEAST_PROBLEMS = 96


class RangeDialog(QDialog):
    """Non-modal: the base design can be changed beside it.

    Signals:
        edited: the table has to be looked through (again).
        row_chosen: place of a row that is to be drawn.
        page_wanted: place of the first row of a page.
        make_wanted: make the range.
    """

    edited = Signal()
    row_chosen = Signal(int)
    page_wanted = Signal(int)
    make_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Range from a table"))
        self.setAcceptDrops(True)
        self._planned: Planned | None = None
        self._running = False
        self.source, self.columns, self.table = RangeSource(), ColumnList(), RowTable()
        self.problems, self.form = ProblemList(), RangeForm()
        self.preview = RowPreview()
        self.summary, self.noted = label("", "muted", wrap=True), label("", "muted", wrap=True)
        self.report_button = button(self.tr("Open the report"))
        self.sheet_button = button(self.tr("Open the contact sheet"))
        self.writing = WritingRow(self.tr("Make range"))
        self.writing.start_button.setDefault(True)
        self._results: dict[QWidget, str] = {}
        self._place()
        self._connect()
        guard_wheel(self)
        self._show_what_is_missing()

    # --- what is set

    def wish(self) -> Wish | None:
        """What is to be looked through; None while there is no table."""
        if self.source.table is None:
            return None
        return Wish(
            table=str(self.source.table),
            sheet=self.source.sheet_said,
            design="" if self.source.design is None else str(self.source.design),
            columns=self.columns.said(),
            pattern=self.form.pattern.text(),
            kinds=self.form.wanted(),
            folder=self.form.folder.text().strip(),
            force=self.form.replacing.isChecked(),
        )

    @property
    def limit(self) -> float | None:
        """US dollars that paid pictures may cost; None where nothing was said."""
        return self.form.limit.value() or None

    def set_theme(self, theme: Theme) -> None:
        """Mark in the theme's colours."""
        self.table.set_theme(theme)

    # --- what is known

    def show_planned(self, planned: Planned) -> None:
        """A table was looked through."""
        self._planned = planned
        self.source.show_sheets(planned.sheets, planned.sheet)
        self.columns.show_table(planned)
        self.table.model_.show_table(planned)
        self.problems.show_problems(planned)
        self.form.show_example(planned.example)
        self.form.show_paid(paid=planned.paid and planned.paintings > 0)
        error = planned.error is not None or planned.count > 0
        words = spoken(planned.error.sentence()) if planned.error is not None else plan_words(planned)
        self._say(words, "error" if error else "good", noted_words(planned))
        self._show_what_is_missing()
        if planned.error is None and planned.rows:
            self._on_row(self.table.place)

    @Slot()
    def show_looking(self) -> None:
        """The table is being looked through."""
        self._planned = None
        self._say(self.tr("Looking through the table …"), "muted")
        self._show_what_is_missing()

    def show_page(self, page: Page) -> None:
        """Rows have come."""
        self.table.show_page(page)

    def show_seen(self, seen: Seen, image: QImage) -> None:
        """A row was drawn, or could not be."""
        if seen.row != self.table.place:
            return
        self.preview.show_seen(seen, image)
        self.form.show_example(seen.name)

    # --- while it is made

    def show_running(self, *, running: bool) -> None:
        """Whether the range is being made; nothing can be set meanwhile."""
        self._running = running
        for part in (self.source, self.columns, self.form):
            part.setEnabled(not running)
        self.writing.show_running(running=running)
        self.writing.cancel_button.setEnabled(running)
        if running:
            self.problems.begin_failures()
            self.table.model_.forget_failed()
            self._show_beginning()
            self._show_results("", ())
        self._show_what_is_missing()

    def _show_beginning(self) -> None:
        """How many rows there are is known before the first one is done, which takes longest."""
        total = self._planned.ready if self._planned is not None else 0
        self.writing.show_progress(0, total)
        self.writing.told.setText(begin_words(total))

    def show_cancelling(self) -> None:
        """It will end as soon as its rows can be left."""
        self.writing.cancel_button.setEnabled(False)
        self.writing.told.setText(self.tr("Ending …"))

    def show_step(self, step: Step) -> None:
        """One more row is done."""
        if not self._running:
            return
        if self.writing.cancel_button.isEnabled():
            self.writing.show_progress(step.done, step.total)
            self.writing.told.setText(step_words(step))
        if step.reason:
            self.problems.add_failure(step, self.table.model_.number(step.place))
            self.table.model_.mark_failed(step.place, spoken(step.reason))

    def show_ended(self, ended: Ended) -> tuple[str, bool]:
        """Nothing is being made any more; returns what became of it, and whether some of it failed."""
        self.show_running(running=False)
        if ended.error is not None:
            words = spoken(ended.error.sentence())
            self.writing.show_result(words, failed=True)
            return words, True
        file, words = Path(self.form.folder.text(), "-"), end_words(ended)
        self.writing.show_result(words, file=file, failed=bool(ended.failed))
        self._show_results(ended.report, ended.sheets)
        return words, bool(ended.failed)

    # --- Qt

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  (Qt's name)
        """Be as large as wanted at first, where the screen has room for it."""
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            fit(self, _FIRST_SIZE)
        super().showEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  (Qt's name)
        """Take tables."""
        if not self._running and dropped_table(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  (Qt's name)
        """Use the table that is dropped."""
        file = dropped_table(event.mimeData())
        if not self._running and file is not None:
            event.acceptProposedAction()
            self.source.use_table(file)

    # --- own

    def _place(self) -> None:
        self.problems.setMinimumHeight(_LEAST_PROBLEMS)
        self.problems.hide()
        self.noted.hide()
        middle = QSplitter(Qt.Orientation.Vertical)
        middle.addWidget(self.table)
        middle.addWidget(self.problems)
        middle.setStretchFactor(0, 3)
        middle.setStretchFactor(1, 1)
        middle.setChildrenCollapsible(False)
        columns = QHBoxLayout()
        columns.setSpacing(MARGIN)
        columns.addWidget(self._titled(self.tr("Columns"), Scrolled(self.columns), _LEFT))
        columns.addWidget(middle, 1)
        side = QWidget()
        right = column(side, gap=GAP)
        right.addWidget(self.preview)
        right.addWidget(self.form)
        right.addStretch(1)
        scrolled = Scrolled(side)
        scrolled.setFixedWidth(_RIGHT)
        columns.addWidget(scrolled)
        ends = QHBoxLayout()
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(self.summary)
        told.addWidget(self.noted)
        ends.addLayout(told, 1)
        for one in (self.report_button, self.sheet_button):
            one.setAutoDefault(False)
            one.hide()
            ends.addWidget(one)
        layout = column(self, margin=MARGIN, gap=12)
        layout.addWidget(self.source)
        layout.addLayout(columns, 1)
        layout.addLayout(ends)
        layout.addWidget(rule())
        layout.addWidget(self.writing)

    @staticmethod
    def _titled(title: str, content: QWidget, width: int) -> QWidget:
        made = QWidget()
        made.setFixedWidth(width)
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label(title, "heading"))
        layout.addWidget(content, 1)
        return made

    def _connect(self) -> None:
        self.source.table_chosen.connect(self._on_table)
        for part in (self.source, self.columns, self.form):
            part.edited.connect(self.edited)
        self.form.limit_edited.connect(self._show_what_is_missing)
        self.table.row_chosen.connect(self._on_row)
        self.table.model_.page_wanted.connect(self.page_wanted)
        self.problems.place_shown.connect(self.table.go_to)
        self.problems.place_wanted.connect(self._go_to)
        self.writing.close_button.clicked.connect(self.close)
        self.writing.wanted.connect(self.make_wanted)
        self.writing.cancelled.connect(self.show_cancelling)
        for one in (self.report_button, self.sheet_button):
            one.clicked.connect(self._open_result)

    @Slot()
    def _on_table(self) -> None:
        assert self.source.table is not None, "it was chosen"
        self.columns.forget()
        self.form.begin_table(self.source.table)
        self.table.begin_table()
        self.preview.forget()
        self._say("", "muted", "")
        self._show_results("", ())
        self.writing.show_result("")
        self.edited.emit()

    @Slot(int)
    def _on_row(self, place: int) -> None:
        self.preview.show_drawing()
        self.row_chosen.emit(place)

    @Slot(int, int)
    def _go_to(self, place: int, column_: int) -> None:
        self.table.go_to(place, column_)
        self.table.setFocus()

    @Slot()
    def _show_what_is_missing(self) -> None:
        missing = self._missing()
        self.writing.allow(not missing, missing)

    def _missing(self) -> str:
        """Why nothing can be made; empty where it can."""
        if self.source.table is None:
            return self.tr("Choose a table first.")
        if self._planned is None:
            return self.tr("The table is being looked through.")
        if self._planned.error is not None or self._planned.count:
            return self.tr("What is wrong with the table has to be mended first.")
        return self._not_set(self._planned)

    def _not_set(self, planned: Planned) -> str:
        """What somebody has to say before anything can be made."""
        if not self.form.wanted():
            return self.tr("Tick a kind of file first.")
        if not self.form.folder.text().strip():
            return self.tr("Choose a folder first.")
        if planned.paid and planned.paintings and self.form.limit.value() < planned.usd:
            return self.tr("Say first what it may cost: as much as is told below the table.")
        return ""

    def _say(self, words: str, role: str, noted: str | None = None) -> None:
        """Say how the table is; what was noted on it stays while it is looked through again."""
        if noted is not None:
            self.noted.setText(noted)
            self.noted.setVisible(bool(noted))
        self.summary.setText(words)
        self.summary.setProperty("role", role)
        restyle(self.summary)

    def _show_results(self, report: str, sheets: tuple[str, ...]) -> None:
        self._results = {self.report_button: report, self.sheet_button: sheets[0] if sheets else ""}
        for one, file in self._results.items():
            one.setVisible(bool(file))

    @Slot()
    def _open_result(self) -> None:
        sender = self.sender()
        assert isinstance(sender, QWidget), "one of the buttons"
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._results[sender]))
