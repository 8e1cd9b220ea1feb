"""That colours are looked at as a press would print them, and what the colours that marks them mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QLinearGradient, QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from packdesk.domain.sight import LEAST_INK, MOST_INK, OVER, WARNING, Sight
from packdesk.domain.text import cut
from packdesk.ui.parts import GAP, button, label, tip

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from packdesk.export.press.options import PressOptions

_NAME_LENGTH = 28
_SCALE, _SWATCH = QSize(96, 12), QSize(16, 12)
_EDGE, _LEAST_NAME = 10, 60


class SightKey(QWidget):
    """A line above the views, there while colours are not as on the screen.

    Signals:
        ended: they shall be as on the screen again.
    """

    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sight key")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.named = label("")
        self.named.setMinimumWidth(_LEAST_NAME)
        self._none, self._limit = label("", "small"), label("", "small")
        self.scale = _Patch(_SCALE, LEAST_INK, MOST_INK)
        self.mark = _Patch(_SWATCH, OVER, OVER)
        self.marked = label("", "small")
        self.off_button = button(self.tr("Off"), tip=self.tr("Colours as on the screen"))
        self.off_button.clicked.connect(self.ended)
        row = QHBoxLayout(self)
        row.setContentsMargins(_EDGE, 4, _EDGE, 4)
        row.setSpacing(GAP)
        row.addWidget(self.named)
        row.addSpacing(GAP)
        for one in (self._none, self.scale, self._limit, self.mark, self.marked):
            row.addWidget(one)
        row.addStretch(1)
        row.addWidget(self.off_button)
        self.hide()

    def show_sight(self, sight: Sight, press: PressOptions | None) -> None:
        """How colours are looked at, and by which press."""
        self.setVisible(sight is not Sight.SCREEN and press is not None)
        if press is None:
            return
        inks, marks = sight is Sight.INKS, sight in {Sight.INKS, Sight.GAMUT}
        for one in (self._none, self.scale, self._limit):
            one.setVisible(inks)
        for one in (self.mark, self.marked):
            one.setVisible(marks)
        name = cut(press.profile.name, _NAME_LENGTH)
        words = self.tr("Ink on {0}") if inks else self.tr("Colours as printed on {0}")
        self.named.setText(words.format(name))
        self.named.setToolTip(tip(str(press.profile)))
        self._none.setText(self.tr("{0} %").format(0))
        self._limit.setText(self.tr("{0} %").format(f"{press.ink_limit:g}"))
        self.mark.show_colours(*(OVER, OVER) if inks else (WARNING, WARNING))
        over = self.tr("more than {0} %").format(f"{press.ink_limit:g}")
        self.marked.setText(over if inks else self.tr("out of reach"))


class _Patch(QWidget):
    """Goes from one colour on its left to another."""

    def __init__(self, size: QSize, left: tuple[int, int, int], right: tuple[int, int, int]) -> None:
        super().__init__()
        self._colours = left, right
        self.setFixedSize(size)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_colours(self, left: tuple[int, int, int], right: tuple[int, int, int]) -> None:
        """Show these instead."""
        self._colours = left, right
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Paint it."""
        del event
        across = QLinearGradient(0, 0, self.width(), 0)
        for place, colour in enumerate(self._colours):
            across.setColorAt(place, QColor(*colour))
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.setBrush(across)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
