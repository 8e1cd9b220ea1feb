"""What preflight found, the gravest first, beside what is to be exported."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from packdesk.domain.preflight import Finding, Level
from packdesk.domain.text import cut
from packdesk.ui.icons import line_icon
from packdesk.ui.theme import LIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from packdesk.ui.theme import Theme

TEXT_LENGTH = 600
_ROLE = Qt.ItemDataRole.UserRole
_ICON, _PAD, _GAP = 18, 8, 3
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class FindingDelegate(QStyledItemDelegate):
    """Draws an icon in the level's colour, the sentence, and the remedy below it."""

    theme = LIGHT
    width = 260

    def sizeHint(  # noqa: N802  (Qt's name)
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """As high as its words need."""
        metrics: QFontMetrics = option.fontMetrics
        finding: Finding = index.data(_ROLE)
        area = QRect(0, 0, self.width - _ICON - 3 * _PAD, 10_000)
        height = _height(metrics, area, finding.sentence)
        if finding.remedy:
            height += _GAP + _height(metrics, area, finding.remedy)
        return QSize(self.width, max(_ICON, height) + 2 * _PAD)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row."""
        finding: Finding = index.data(_ROLE)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(self.theme.selected))
        name, colour = {
            Level.ERROR: ("error", self.theme.error),
            Level.WARNING: ("warning", self.theme.warning),
            Level.NOTE: ("info", self.theme.muted),
        }[finding.level]
        icon = QRect(rect.left() + _PAD, rect.top() + _PAD, _ICON, _ICON)
        line_icon(name, colour).paint(painter, icon)
        area = rect.adjusted(_ICON + 2 * _PAD, _PAD, -_PAD, 0)
        painter.setPen(QColor(self.theme.text))
        painter.drawText(area, _WRAPPED, finding.sentence)
        below = _height(painter.fontMetrics(), area, finding.sentence) + _GAP
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(area.adjusted(0, below, 0, 0), _WRAPPED, finding.remedy)


class FindingList(QListWidget):
    """Clicking a finding about a panel selects the panel.

    Signals:
        panel_wanted: the panel.
    """

    panel_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Preflight"))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._delegate = FindingDelegate(self)
        self.setItemDelegate(self._delegate)
        self.itemClicked.connect(self._on_item)
        self.itemActivated.connect(self._on_item)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show them in their order; where they are the same, nothing moves."""
        shown = [_shown(finding) for finding in findings]
        if [self.item(row).data(_ROLE) for row in range(self.count())] == shown:
            return
        self.clear()
        for finding in shown:
            item = QListWidgetItem(self)
            item.setData(_ROLE, finding)
            words = f"{finding.level.value}: {finding.sentence} {finding.remedy}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words)

    def set_theme(self, theme: Theme) -> None:
        """Paint in the theme's colours."""
        self._delegate.theme = theme
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Wrap anew."""
        self._delegate.width = self.viewport().width()
        self.scheduleDelayedItemsLayout()
        super().resizeEvent(event)

    @Slot(QListWidgetItem)
    def _on_item(self, item: QListWidgetItem) -> None:
        panel_id: str | None = item.data(_ROLE).panel_id
        if panel_id is not None:
            self.panel_wanted.emit(panel_id)


def _shown(finding: Finding) -> Finding:
    # A reason why a picture cannot be had may quote what another program wrote.
    return replace(
        finding, sentence=cut(finding.sentence, TEXT_LENGTH), remedy=cut(finding.remedy, TEXT_LENGTH)
    )


def _height(metrics: QFontMetrics, area: QRect, text: str) -> int:
    return metrics.boundingRect(QRect(0, 0, area.width(), 10_000), _WRAPPED, text).height()
