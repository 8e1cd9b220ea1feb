"""Our lines that differ, the worst first, and after them lines of theirs that ours lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyleOptionViewItem

from packdesk.ui.row_list import ROW_ROLE, RowDelegate, RowList
from packdesk.ui.supplied.words import off_words, place_words, title_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packdesk.domain.differing import Difference
    from packdesk.domain.lacking import Lacking
    from packdesk.ui.units import Unit

_PAD, _GAP = 8, 2
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
MOST_ROWS = 500


class Row(NamedTuple):
    """What is painted of a difference."""

    title: str
    off: str
    place: str


class DifferenceDelegate(RowDelegate):
    """Paints a `Row`: what line it is and how far off, below that where."""

    gap = 1

    def sizeHint(  # noqa: N802  (Qt's name)
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Two lines."""
        del index
        assert isinstance(option.widget, QListWidget), "a list asks"
        height = 2 * option.fontMetrics.height() + _GAP + 2 * (_PAD + self.gap)
        return QSize(option.widget.viewport().width(), height)

    def paint_row(self, painter: QPainter, area: QRect, value: Row, *, selected: bool) -> None:
        """Paint one row."""
        del selected
        words = area.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        plain, bold = painter.font(), QFont(painter.font())
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(self.theme.error))
        painter.drawText(words, _RIGHT, value.off)
        painter.setPen(QColor(self.theme.text))
        painter.drawText(words, _LEFT, value.title)
        painter.setFont(plain)
        painter.setPen(QColor(self.theme.muted))
        metrics = painter.fontMetrics()
        below = words.adjusted(0, metrics.height() + _GAP, 0, 0)
        shown = metrics.elidedText(value.place, Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, _LEFT, shown)


class DifferenceList(RowList):
    """Choosing one shows the line.

    Signals:
        chosen: the `Difference` or `Lacking`, None for none.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(DifferenceDelegate())
        self._shown: tuple[Difference | Lacking, ...] = ()
        self.setAccessibleName(self.tr("Lines that differ"))
        self.currentRowChanged.connect(self._on_row)
        self.itemClicked.connect(self._on_item)

    def show_differences(self, found: Sequence[Difference | Lacking], unit: Unit) -> None:
        """Show these; no line is chosen."""
        self._shown = tuple(found[:MOST_ROWS])
        with QSignalBlocker(self):
            self.clear()
            for one in self._shown:
                row = Row(title_words(one), off_words(one, unit), place_words(one, unit))
                item = QListWidgetItem(self)
                item.setData(ROW_ROLE, row)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.title}, {row.off}. {row.place}")
                item.setToolTip(row.place)

    @Slot(int)
    def _on_row(self, row: int) -> None:
        self.chosen.emit(self._shown[row] if 0 <= row < len(self._shown) else None)

    @Slot(QListWidgetItem)
    def _on_item(self, item: QListWidgetItem) -> None:
        self._on_row(self.row(item))
