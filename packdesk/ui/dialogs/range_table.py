"""The rows of a table as they come, page by page; cells that cannot be used are marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QTableView

from packdesk.domain.ranges.messages import PAGE_ROWS, Mark, Told
from packdesk.ui.dialogs.range_words import field_name
from packdesk.ui.icons import line_icon
from packdesk.ui.parts import MARGIN, tip
from packdesk.ui.spoken import spoken
from packdesk.ui.theme import LIGHT

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from packdesk.domain.ranges.messages import Page, Planned
    from packdesk.ui.theme import Theme

    Index = QModelIndex | QPersistentModelIndex

_NOWHERE = QModelIndex()
_ROLE = Qt.ItemDataRole
_LEAST_WIDTH, _MOST_WIDTH, _ROW_HEIGHT = 64, 260, 28
_PAD = 34
"""Beside a cell's words; the sign of one that cannot be used finds room there, whenever it comes."""
_MOST_PAGES = 200
"""Kept: what was looked at long ago is asked for again."""


class RowModel(QAbstractTableModel):
    """A table by pages.

    Signals:
        page_wanted: the place of a page's first row.
    """

    page_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._headings: tuple[str, ...] = ()
        self._fields: tuple[str, ...] = ()
        self._count = 0
        self._pages: dict[int, Page] = {}
        self._marks: dict[tuple[int, int], Mark] = {}
        self._wrong: set[int] = set()
        self._failed: dict[int, Mark] = {}
        self._asked: set[int] = set()
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Mark in the theme's colours."""
        self._ground, self._sign = QColor(theme.error_ground), QIcon(line_icon("error", theme.error))
        self._tell_all()

    def show_table(self, planned: Planned) -> None:
        """Show another table, or the same with other problems; its rows are asked for anew."""
        same = (planned.headings, planned.rows) == (self._headings, self._count)
        if not same:
            self.beginResetModel()
        self._headings, self._fields, self._count = planned.headings, planned.fields, planned.rows
        former = self._pages
        self._pages, self._marks, self._failed, self._asked = {}, {}, {}, set()
        self._wrong = set()
        if not same:
            self.endResetModel()
            return
        self._pages = former  # shown until they come again
        for first in former:
            self._ask(first)
        self._tell_all()
        if self._headings:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._headings) - 1)

    def show_page(self, page: Page) -> None:
        """Rows have come."""
        if page.first >= self._count or not page.cells:
            return
        if len(self._pages) >= _MOST_PAGES and page.first not in self._pages:
            gone = next(iter(self._pages))
            del self._pages[gone]
            self._asked.discard(gone)
        last = page.first + len(page.cells) - 1
        self._pages[page.first] = page
        self._marks = {at: mark for at, mark in self._marks.items() if not page.first <= at[0] <= last}
        self._marks |= {(mark.place, mark.column): mark for mark in page.marks}
        self._wrong = {place for place, _ in self._marks}
        self.dataChanged.emit(self.index(page.first, 0), self.index(last, len(self._headings) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Vertical, page.first, last)

    def mark_failed(self, place: int, why: str) -> None:
        """A row could not be made."""
        self._failed[place] = Mark(place=place, column=-1, told=Told.of(why))
        self._tell_all()

    def forget_failed(self) -> None:
        """Rows are made anew."""
        self._failed = {}
        self._tell_all()

    @property
    def headings(self) -> tuple[str, ...]:
        """Of its columns."""
        return self._headings

    def number(self, place: int) -> int:
        """Of a row as a spreadsheet counts; 0 where it has not come yet."""
        page = self._pages.get(place - place % PAGE_ROWS)
        return page.numbers[place % PAGE_ROWS] if page and place % PAGE_ROWS < len(page.numbers) else 0

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802  (Qt's name)
        """All rows, also those that have not come."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802  (Qt's name)
        """One for each heading."""
        return 0 if parent.isValid() else len(self._headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:  # noqa: N802  (Qt's name)
        """A heading with what it is taken for; the number of a row, signed where something in it is wrong."""
        if role == _ROLE.DecorationRole and orientation == Qt.Orientation.Vertical:
            return self._sign if section in self._wrong or section in self._failed else None
        if role != _ROLE.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            number = self.number(section)
            return str(number) if number else "…"
        field = self._fields[section]
        return f"{self._headings[section]}\n{field_name(field) if field else '–'}"

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """A cell; a page that is not there is asked for."""
        place, column = index.row(), index.column()
        if role == _ROLE.DisplayRole:
            return self._text(place, column)
        mark = self._marks.get((place, column)) or self._marks.get((place, -1)) or self._failed.get(place)
        if mark is None:
            return None
        return self._marked(mark, column, role)

    def _marked(self, mark: Mark, column: int, role: int) -> Any:
        """How a cell that cannot be used looks, and what is said of it."""
        if role == _ROLE.BackgroundRole:
            return self._ground
        if role == _ROLE.DecorationRole:
            return self._sign if column == mark.column else None  # of a whole row its number has it
        if role == _ROLE.ToolTipRole:
            return tip(spoken(mark.told.sentence()))
        return spoken(mark.told.sentence()) if role == _ROLE.AccessibleDescriptionRole else None

    def _text(self, place: int, column: int) -> str:
        first = place - place % PAGE_ROWS
        self._ask(first)
        page = self._pages.get(first)
        if page is None or place - first >= len(page.cells):
            return "…"
        cells = page.cells[place - first]
        return cells[column] if column < len(cells) else ""

    def _ask(self, first: int) -> None:
        if first not in self._asked:
            self._asked.add(first)
            self.page_wanted.emit(first)

    def _tell_all(self) -> None:
        if self._count and self._headings:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(self._headings) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self._count - 1)


class RowTable(QTableView):
    """The table; a row is chosen to be looked at.

    Signals:
        row_chosen: its place.
    """

    row_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.model_ = RowModel()
        self._fitted: tuple[str, ...] = ()
        self.setModel(self.model_)
        self.setObjectName("rows")
        self.setAccessibleName(self.tr("Rows of the table"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.selectionModel().currentRowChanged.connect(self._on_row)

    def set_theme(self, theme: Theme) -> None:
        """Mark in the theme's colours."""
        self.model_.set_theme(theme)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Say what belongs here while nothing does."""
        super().paintEvent(event)
        if self.model_.columnCount():
            return
        room = self.viewport().rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        words = self.tr("Each row becomes a product: the design with other words, codes, sizes and pictures")
        with QPainter(self.viewport()) as painter:
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)

    def begin_table(self) -> None:
        """Another table, which is looked at from its first cell on."""
        self._fitted = ()
        self.setCurrentIndex(QModelIndex())
        self._show_first()

    def show_page(self, page: Page) -> None:
        """Rows have come; the first ones of another table say how wide its columns are."""
        self.model_.show_page(page)
        if self.model_.headings != self._fitted:
            self._fitted = self.model_.headings
            if not self.currentIndex().isValid():
                self._show_first()
            header = self.horizontalHeader()
            for column in range(len(self._fitted)):
                wanted = max(self.sizeHintForColumn(column), header.sectionSizeHint(column))
                self.setColumnWidth(column, min(max(wanted + _PAD, _LEAST_WIDTH), _MOST_WIDTH))

    def go_to(self, place: int, column: int) -> None:
        """Show and choose a cell; the first one of a row where the whole row is meant."""
        index = self.model_.index(place, max(column, 0))
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        self.setCurrentIndex(index)

    def _show_first(self) -> None:
        self.scrollToTop()
        self.horizontalScrollBar().setValue(0)

    @property
    def place(self) -> int:
        """Of the chosen row; the first one where none is."""
        return max(self.currentIndex().row(), 0)

    @Slot(QModelIndex, QModelIndex)
    def _on_row(self, current: QModelIndex, _former: QModelIndex) -> None:
        if current.isValid():
            self.row_chosen.emit(current.row())
