"""What preflight found, the gravest first, beside what is to be exported."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyleOptionViewItem

from packdesk.domain.preflight import Finding, Level
from packdesk.domain.text import cut
from packdesk.ui.icons import line_icon
from packdesk.ui.row_list import ROW_ROLE, RowDelegate, RowList
from packdesk.ui.spoken import spoken
from packdesk.ui.translation import translate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent


TEXT_LENGTH = 600
_ICON, _PAD, _GAP = 18, 8, 3
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class FindingDelegate(RowDelegate):
    """Paints a `Finding`: an icon in its level's colour, the sentence, and the remedy below it."""

    def sizeHint(  # noqa: N802  (Qt's name)
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """As high as its words need."""
        metrics: QFontMetrics = option.fontMetrics
        finding: Finding = index.data(ROW_ROLE)
        assert isinstance(option.widget, QListWidget), "a list asks"
        width = option.widget.viewport().width()
        area = QRect(0, 0, width - _ICON - 3 * _PAD, 10_000)
        height = _height(metrics, area, finding.sentence)
        if finding.remedy:
            height += _GAP + _height(metrics, area, finding.remedy)
        return QSize(width, max(_ICON, height) + 2 * _PAD)

    def paint_row(self, painter: QPainter, area: QRect, value: Finding, *, selected: bool) -> None:
        """Paint one row."""
        del selected
        name, colour = {
            Level.ERROR: ("error", self.theme.error),
            Level.WARNING: ("warning", self.theme.warning),
            Level.NOTE: ("info", self.theme.muted),
        }[value.level]
        icon = QRect(area.left() + _PAD, area.top() + _PAD, _ICON, _ICON)
        line_icon(name, colour).paint(painter, icon)
        words = area.adjusted(_ICON + 2 * _PAD, _PAD, -_PAD, 0)
        painter.setPen(QColor(self.theme.text))
        painter.drawText(words, _WRAPPED, value.sentence)
        below = _height(painter.fontMetrics(), words, value.sentence) + _GAP
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(words.adjusted(0, below, 0, 0), _WRAPPED, value.remedy)


class FindingList(RowList):
    """Clicking a finding about a panel shows its place.

    Signals:
        shown_wanted: the `Finding`.
    """

    shown_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__(FindingDelegate())
        self.setAccessibleName(self.tr("Preflight"))
        self.itemClicked.connect(self._on_item)
        self.itemActivated.connect(self._on_item)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show them in their order; where they are the same, nothing moves."""
        shown = [_shown(finding) for finding in findings]
        if [self.item(row).data(ROW_ROLE) for row in range(self.count())] == shown:
            return
        self.clear()
        for finding in shown:
            item = QListWidgetItem(self)
            item.setData(ROW_ROLE, finding)
            words = f"{finding.level.value}: {finding.sentence} {finding.remedy}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Wrap anew."""
        self.scheduleDelayedItemsLayout()
        super().resizeEvent(event)

    @Slot(QListWidgetItem)
    def _on_item(self, item: QListWidgetItem) -> None:
        finding: Finding = item.data(ROW_ROLE)
        if finding.panel_id is not None:
            self.shown_wanted.emit(finding)


def _shown(finding: Finding) -> Finding:
    # A reason why a picture cannot be had may quote what another program wrote.
    return replace(
        finding,
        sentence=cut(spoken(finding.sentence), TEXT_LENGTH),
        remedy=cut(spoken(finding.remedy), TEXT_LENGTH),
    )


def _height(metrics: QFontMetrics, area: QRect, text: str) -> int:
    return metrics.boundingRect(QRect(0, 0, area.width(), 10_000), _WRAPPED, text).height()


def summary(findings: Sequence[Finding]) -> str:
    """How many errors and warnings there are."""
    counted = Counter(finding.level for finding in findings)
    parts = []
    if errors := counted[Level.ERROR]:
        words = translate("preflight", "1 error") if errors == 1 else translate("preflight", "{0} errors")
        parts.append(words.format(errors))
    if warnings := counted[Level.WARNING]:
        words = (
            translate("preflight", "1 warning") if warnings == 1 else translate("preflight", "{0} warnings")
        )
        parts.append(words.format(warnings))
    return ", ".join(parts) or translate("preflight", "No problems found")


def gravest_role(findings: Sequence[Finding]) -> str:
    """The style sheet's role for that."""
    levels = {finding.level for finding in findings}
    if Level.ERROR in levels:
        return "error"
    return "warning" if Level.WARNING in levels else "good"
