"""Verdicts and remarks as a list: who approves, then each remark with what was replied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyleOptionViewItem

from packdesk.ui.icons import line_icon
from packdesk.ui.remarks.words import checked_words, place_words, verdict_words, when_words
from packdesk.ui.row_list import ROW_ROLE, RowDelegate, RowList
from packdesk.ui.translation import translate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from packdesk.domain.remarks import Opinion, Thread

_HEAD, _PAD, _GAP, _INDENT = 22, 8, 3, 14
_WRAPPED = int(Qt.TextFlag.TextWrapAnywhere | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_WORDS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


class Line(NamedTuple):
    """Some text of a row: its words, whether they step back, and how far they are indented."""

    text: str
    muted: bool = False
    indent: int = 0


@dataclass(frozen=True)
class Row:
    """A verdict or a remark, ready to be painted.

    Attributes:
        remark: the ID of a remark; empty for a verdict.
        number: of its pin; 0 for a verdict.
        kind: `approved`, `changes`, `undecided`, `stale`, `open` or `closed`.
        title: what stands in its first line.
        lines: below that.
    """

    remark: str
    number: int
    kind: str
    title: str
    lines: tuple[Line, ...]

    @property
    def spoken(self) -> str:
        """For screen readers."""
        number = f"{self.number}. " if self.number else ""
        return f"{number}{self.title}. " + " ".join(line.text for line in self.lines)


def opinion_row(opinion: Opinion) -> Row:
    """A reviewer's verdict."""
    kind = "stale" if opinion.stale else opinion.verdict or "undecided"
    below = " · ".join(filter(None, (when_words(opinion.at), checked_words(opinion))))
    return Row("", 0, kind, verdict_words(opinion), (Line(below, muted=True),))


def remark_row(thread: Thread) -> Row:
    """A remark and what was replied."""
    about = [when_words(thread.remark.at)]
    if thread.stale:
        about.append(translate("remarks", "of an earlier version"))
    if thread.closed:
        about.append(translate("remarks", "closed"))
    lines = [Line(thread.remark.text, muted=thread.closed), Line(" · ".join(filter(None, about)), muted=True)]
    lines += [Line(f"↳ {note.text}", muted=thread.closed, indent=_INDENT) for note in thread.replies]
    kind = "closed" if thread.closed else "open"
    return Row(thread.remark.id, thread.number, kind, place_words(thread), tuple(lines))


def note_row(text: str) -> Row:
    """Something about the list itself."""
    return Row("", 0, "undecided", text, ())


class RemarkDelegate(RowDelegate):
    """Paints a `Row`."""

    gap = 1

    def sizeHint(  # noqa: N802  (Qt's name)
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """As high as its words need."""
        assert isinstance(option.widget, QListWidget), "a list asks"
        width = option.widget.viewport().width()
        metrics: QFontMetrics = option.fontMetrics
        row: Row = index.data(ROW_ROLE)
        room = width - _HEAD - 3 * _PAD
        height = _height(QFontMetrics(_bold(option.font)), room, row.title)
        height += sum(_height(metrics, room - line.indent, line.text) + _GAP for line in row.lines)
        return QSize(width, max(_HEAD, height) + 2 * _PAD + 2 * self.gap)

    def paint_row(self, painter: QPainter, area: QRect, value: Row, *, selected: bool) -> None:
        """Paint one row."""
        del selected
        self._paint_head(painter, QRect(area.left() + _PAD, area.top() + _PAD, _HEAD, _HEAD), value)
        words = area.adjusted(_HEAD + 2 * _PAD, _PAD, -_PAD, 0)
        plain = painter.font()
        painter.setFont(_bold(plain))
        painter.setPen(QColor(self.theme.muted if value.kind in {"closed", "stale"} else self.theme.text))
        top = words.top()
        painter.drawText(words, _WORDS, value.title)
        top += _height(painter.fontMetrics(), words.width(), value.title) + _GAP
        painter.setFont(plain)
        for line in value.lines:
            painter.setPen(QColor(self.theme.muted if line.muted else self.theme.text))
            place = QRect(words.left() + line.indent, top, words.width() - line.indent, 100_000)
            painter.drawText(place, _flags(painter.fontMetrics(), place.width(), line.text), line.text)
            top += _height(painter.fontMetrics(), place.width(), line.text) + _GAP

    def _paint_head(self, painter: QPainter, place: QRect, row: Row) -> None:
        icons = {
            "approved": ("approved", self.theme.good),
            "changes": ("change", self.theme.warning),
            "undecided": ("info", self.theme.muted),
            "stale": ("info", self.theme.muted),
        }
        if row.kind in icons:
            name, colour = icons[row.kind]
            line_icon(name, colour).paint(painter, place.adjusted(1, 1, -1, -1))
            return
        closed = row.kind == "closed"
        painter.setPen(QPen(QColor(self.theme.border), 1.2) if closed else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.field if closed else self.theme.accent))
        painter.drawEllipse(QRectF(place))
        font = _bold(painter.font())
        painter.save()
        font.setPixelSize(12 if row.number < 100 else 10)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.muted if closed else self.theme.on_accent))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(row.number))
        painter.restore()


class RemarkList(RowList):
    """Verdicts on top, then remarks by their numbers.

    Signals:
        chosen: the ID of a remark the user has selected; empty for none.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(RemarkDelegate())
        self.setAccessibleName(self.tr("Remarks"))
        self._rows: list[Row] = []
        self._showing = False
        self.currentItemChanged.connect(self._on_current)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these; what was selected stays so, and where they are the same, nothing moves."""
        if list(rows) == self._rows:
            return
        current, scrolled = self.current(), self.verticalScrollBar().value()
        self._showing = True
        self._rows = list(rows)
        self.clear()
        for row in rows:
            item = QListWidgetItem(self)
            item.setData(ROW_ROLE, row)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, row.spoken)
            if not row.remark:
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self._showing = False
        self.select(current)
        self.verticalScrollBar().setValue(scrolled)

    def current(self) -> str:
        """The ID of the remark that is selected; empty for none."""
        row = self.currentRow()
        return self._rows[row].remark if row >= 0 else ""

    def select(self, remark: str) -> None:
        """Select a remark and bring it into view, without telling of it; none where it is not listed."""
        self._showing = True
        names = [row.remark for row in self._rows]
        self.setCurrentRow(names.index(remark) if remark and remark in names else -1)
        self._showing = False

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Wrap anew."""
        self.scheduleDelayedItemsLayout()
        super().resizeEvent(event)

    @Slot()
    def _on_current(self) -> None:
        if not self._showing:
            self.chosen.emit(self.current())


def _bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made


def _flags(metrics: QFontMetrics, width: int, text: str) -> int:
    """Between words; anywhere where one of them is too long for a line."""
    longest = max(text.split(), key=len, default="")
    return _WRAPPED if metrics.horizontalAdvance(longest) > width else _WORDS


def _height(metrics: QFontMetrics, width: int, text: str) -> int:
    place = QRect(0, 0, width, 100_000)
    return metrics.boundingRect(place, _flags(metrics, width, text), text).height()
