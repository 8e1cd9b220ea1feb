"""Small widgets the panels share."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QStyle,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from packdesk.domain.text import cut

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPaintEvent

MARGIN = 16
GAP = 8
TIP_LENGTH = 500


def label(text: str, role: str = "value", *, wrap: bool = False) -> QLabel:
    """A label in one of the style sheet's roles."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)  # what other programs wrote is never markup
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    return made


def tip(*lines: str) -> str:
    """A tooltip that shows texts as they are, each on a line of its own, `TIP_LENGTH` characters at most."""
    # Marked as rich: Qt would guess from what stands in it, and show what is escaped in one without markup.
    shown = "<br>".join(html.escape(cut(line, TIP_LENGTH)) for line in lines if line)
    return f"<qt>{shown}</qt>" if shown else ""


def button(text: str, *, kind: str = "", tip: str = "") -> QPushButton:
    """A push button; `kind` is `primary` or `segment` in the style sheet."""
    made = QPushButton(text)
    made.setProperty("kind", kind)
    made.setToolTip(tip)
    return made


def tool(name: str, *, checkable: bool = False) -> QToolButton:
    """A small button with an icon, which somebody has to draw; its name is told by its tooltip."""
    made = QToolButton()
    made.setProperty("kind", "small")
    made.setIconSize(QSize(18, 18))
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.setCheckable(checkable)
    return made


def choice_box(name: str, offered: Iterable[tuple[object, str]]) -> QComboBox:
    """A box to choose one of several values, each with its words."""
    made = QComboBox()
    made.setAccessibleName(name)
    for value, text in offered:
        made.addItem(text, value)
    return made


class Scrolled(QScrollArea):
    """Scrolls up and down where it is not high enough for its content, and on request sideways too."""

    def __init__(self, content: QWidget, *, sideways: bool = False) -> None:
        super().__init__()
        self._content = content
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        if not sideways:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """Whoever places it says how narrow it may be: a layout that wraps lines does not know."""
        return QSize(0, 0)

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """As large as all of it, with room for a scroll bar beside it."""
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self.verticalScrollBar())
        return self._content.sizeHint() + QSize(bar, 0)


class ElidedLabel(QLabel):
    """One line of plain text, cut with an ellipsis where there is no room for all of it."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """As narrow as its ellipsis."""
        return QSize(self.fontMetrics().horizontalAdvance("…"), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Draw what fits."""
        fits = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        rest = self.palette(), self.isEnabled(), fits, self.foregroundRole()
        self.style().drawItemText(QPainter(self), self.rect(), self.alignment(), *rest)


def rule() -> QFrame:
    """A thin line between sections."""
    line = QFrame()
    line.setProperty("role", "rule")
    return line


def column(parent: QWidget, *, margin: int = 0, gap: int = GAP) -> QVBoxLayout:
    """A vertical layout for the parent."""
    layout = QVBoxLayout(parent)
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(gap)
    return layout


def restyle(widget: QWidget) -> None:
    """Apply the style sheet again after a property it looks at has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
