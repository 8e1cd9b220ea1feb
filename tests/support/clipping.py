"""Whether texts of widgets have the room they need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QToolButton,
    QWidget,
)

from packdesk.ui.artwork.panel_list import PanelList, resolution, words_area
from packdesk.ui.parts import GAP
from packdesk.ui.row_list import ROW_ROLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QFontMetrics

    from packdesk.ui.artwork.panel_rows import PanelRow

SLACK = 1


def faults(root: QWidget) -> str:
    """All of both, a line each."""
    return "\n".join([*unnamed(root), *clipped(root)])


def unnamed(root: QWidget) -> list[str]:
    """Visible widgets for keys or mouse that a screen reader could not name."""
    found = []
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            named = widget.accessibleName() or (
                isinstance(widget, QAbstractButton | QLabel) and widget.text()
            )
            whole = widget.focusProxy()
            inside = widget.parentWidget()
            inner = inside is not None and widget.objectName().startswith("qt_") and inside.accessibleName()
            if not named and not inner and not (whole is not None and whole.accessibleName()):
                found.append(_told(widget, ""))
    return found


def clipped(root: QWidget) -> list[str]:
    """Visible texts that are cut off or do not lie within their window."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not root.window():
            continue
        for text, room, needed in _texts(widget):
            if needed > room + SLACK:
                found.append(f"{_told(widget, text)} has {room}, needs {needed}")
        if any(True for _ in _texts(widget)) and not _lies_inside(widget):
            found.append(f"{_told(widget, '')} is covered by an edge")
    return found


def _texts(widget: QWidget) -> Iterator[tuple[str, int, int]]:
    """Each text with the pixels it has and those it needs."""
    metrics = widget.fontMetrics()
    if isinstance(widget, QLabel):
        yield from _of_label(widget, metrics)
    elif isinstance(widget, QAbstractButton):
        shows_icon_only = isinstance(widget, QToolButton) and (
            widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
        )
        if widget.text() and not shows_icon_only:
            yield widget.text(), widget.width(), widget.sizeHint().width()
            yield widget.text(), widget.height(), metrics.height()
    elif isinstance(widget, QTabBar):
        for tab in range(widget.count()):
            room = widget.tabRect(tab).width()
            yield widget.tabText(tab), room, metrics.horizontalAdvance(widget.tabText(tab))
            yield widget.tabText(tab), widget.width(), widget.tabRect(tab).right()
    elif isinstance(widget, QComboBox):
        yield widget.currentText(), widget.width(), widget.minimumSizeHint().width()
    elif isinstance(widget, QAbstractSpinBox):
        line = widget.findChild(QLineEdit)
        assert line is not None
        yield widget.text(), line.width(), metrics.horizontalAdvance(widget.text())
    elif isinstance(widget, QLineEdit | QPlainTextEdit) and widget.placeholderText():
        yield from _of_placeholder(widget, metrics)
    elif isinstance(widget, PanelList):
        yield from _of_list(widget)


def _of_label(widget: QLabel, metrics: QFontMetrics) -> Iterator[tuple[str, int, int]]:
    if not widget.text():
        return
    area = widget.contentsRect()
    if widget.wordWrap():
        yield widget.text(), widget.height(), widget.heightForWidth(widget.width())
        longest = max(widget.text().split() or [""], key=metrics.horizontalAdvance)
        yield longest, area.width(), metrics.horizontalAdvance(longest)
    else:
        yield widget.text(), area.width(), metrics.horizontalAdvance(widget.text())
        yield widget.text(), area.height(), metrics.height()


def _of_placeholder(
    widget: QLineEdit | QPlainTextEdit, metrics: QFontMetrics
) -> Iterator[tuple[str, int, int]]:
    text = widget.placeholderText()
    if isinstance(widget, QPlainTextEdit):
        port = widget.viewport().rect()
        needed = metrics.boundingRect(QRect(0, 0, port.width() - 8, 10_000), Qt.TextFlag.TextWordWrap, text)
        yield text, port.height() - 8, needed.height()
    else:
        yield text, widget.contentsRect().width(), metrics.horizontalAdvance(text)


def _of_list(widget: PanelList) -> Iterator[tuple[str, int, int]]:
    metrics = widget.fontMetrics()
    for number in range(widget.count()):
        item = widget.item(number)
        row: PanelRow = item.data(ROW_ROLE)
        room = words_area(widget.visualItemRect(item)).width()
        for left, right in ((row.name, row.note), (row.size, resolution(row, metrics, room))):
            needed = metrics.horizontalAdvance(left) + metrics.horizontalAdvance(right) + GAP
            yield f"{left} {right}", room, needed


def _lies_inside(widget: QWidget) -> bool:
    """Whether nothing around cuts the widget off; what can be scrolled may be out of sight."""
    if isinstance(widget.parentWidget(), QTabBar):
        return True
    area = _scrolls(widget)
    content = area.widget() if area is not None else None
    if area is not None and content is not None:
        place = QRect(widget.mapTo(content, QPoint()), widget.size())
        sideways = area.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        fits = sideways or place.right() < area.viewport().width()
        return fits and content.rect().contains(place)
    return widget.visibleRegion().boundingRect() == widget.rect() or widget.visibleRegion().isEmpty()


def _scrolls(widget: QWidget) -> QScrollArea | None:
    """What scrolls a widget up and down."""
    inside = widget.parentWidget()
    while inside is not None and not isinstance(inside, QScrollArea):
        inside = inside.parentWidget()
    return inside


def _told(widget: QWidget, text: str) -> str:
    inside = type(widget.parentWidget()).__name__
    return f"{type(widget).__name__} in {inside} “{text or widget.accessibleName() or widget.objectName()}”"
