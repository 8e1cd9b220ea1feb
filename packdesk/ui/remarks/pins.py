"""Numbered pins over a view, one for each remark: never part of the picture it draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QHelpEvent, QMouseEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from packdesk.ui.flat.draft import font_of
from packdesk.ui.parts import tip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QPaintEvent

    from packdesk.viewer.pinning import Place

    Where = Callable[[Sequence[Place]], Sequence[tuple[float, float] | None]]

LARGE, SMALL = 24.0, 20.0
"""Pixels across the head; its lower left corner is the place."""
_TIP = 3.0
_EDGE = 3
_OPEN, _CHOSEN, _CLOSED, _RIM = "#1d4fc4", "#c2410c", "#6b7280", "#ffffff"
"""As on review pages, and on every artwork: they follow no theme."""


class Pin(NamedTuple):
    """A pin.

    Attributes:
        remark: the ID of its remark.
        number: on its head.
        place: where it is.
        closed: whether the remark is done with.
        words: what was said.
    """

    remark: str
    number: int
    place: Place
    closed: bool
    words: str


class PinLayer(QWidget):
    """Lies over a view and moves with what is in it.

    Args:
        over: the view.
        where: says where places are in it; None for what is not seen.
        size: of the pins.

    Signals:
        clicked: the ID of a remark.
    """

    clicked = Signal(str)

    def __init__(self, over: QWidget, where: Where, size: float = LARGE) -> None:
        super().__init__(over)
        self._over, self._where, self._size = over, where, size
        self._pins: tuple[Pin, ...] = ()
        self._chosen = ""
        self._spots: list[tuple[Pin, QPointF]] = []
        self._pointed = self._handing = False
        self._pressed: tuple[Pin, QMouseEvent] | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(over.rect())
        over.installEventFilter(self)

    def show_pins(self, pins: Sequence[Pin], chosen: str) -> None:
        """Show these, the chosen one above the others."""
        self._pins, self._chosen = tuple(pins), chosen
        self.follow()
        self.update()

    def follow(self) -> None:
        """The view looks from elsewhere, or shows something else."""
        spots = self._where([pin.place for pin in self._pins]) if self._pins else []
        found = [(pin, QPointF(*at)) for pin, at in zip(self._pins, spots, strict=True) if at is not None]
        found.sort(key=lambda one: (one[0].remark == self._chosen, -one[0].number))
        if found != self._spots:
            for _, at in (*self._spots, *found):
                self.update(self._reach(at))
            self._spots = found

    def spot_of(self, remark: str) -> QPointF | None:
        """The middle of a pin's head; None where it is not seen."""
        return next((self._head(at).center() for pin, at in self._spots if pin.remark == remark), None)

    def pin_at(self, position: QPointF) -> Pin | None:
        """The topmost pin there."""
        return next((pin for pin, at in reversed(self._spots) if self._head(at).contains(position)), None)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Paint those in the area that is painted."""
        self.follow()  # a view that paints itself tells of no move: this is painted with it
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for pin, at in self._spots:
                if event.region().intersects(self._reach(at)):
                    self._paint(painter, pin, self._head(at))

    def _paint(self, painter: QPainter, pin: Pin, head: QRectF) -> None:
        chosen = pin.remark == self._chosen
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 70))
        painter.drawPath(_shape(head.adjusted(-1, -0.5, 1, 1.5)))
        painter.setPen(QPen(QColor(_RIM), 2))
        painter.setBrush(QColor(_CHOSEN if chosen else _CLOSED if pin.closed else _OPEN))
        painter.drawPath(_shape(head.adjusted(1, 1, -1, -1)))
        painter.setFont(font_of(self._size / (2 if pin.number < 100 else 2.4), QFont.Weight.DemiBold))
        painter.drawText(head, Qt.AlignmentFlag.AlignCenter, str(pin.number))

    def _head(self, at: QPointF) -> QRectF:
        return QRectF(at.x(), at.y() - self._size, self._size, self._size)

    def _reach(self, at: QPointF) -> QRect:
        return self._head(at).toAlignedRect().adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Take clicks on pins, and say what they say; everything else is the view's."""
        del watched
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
            self.follow()
        elif isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            return self._explain(event)
        elif isinstance(event, QMouseEvent):
            return self._take(event)
        return False

    def _take(self, event: QMouseEvent) -> bool:
        pin = self.pin_at(event.position()) if self.isVisible() else None
        if self._pressed is not None:
            return self._follow_press(self._pressed, event)
        if event.type() == QEvent.Type.MouseMove and event.buttons() == Qt.MouseButton.NoButton:
            self._point(pin is not None)
        pressed = event.type() in {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick}
        plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        if pin is None or not (pressed and plain) or self._handing:
            return False
        self._pressed = pin, event.clone()
        return True

    def _follow_press(self, pressed: tuple[Pin, QMouseEvent], event: QMouseEvent) -> bool:
        """A click is the pin's; a drag is the view's, from where it began."""
        pin, begun = pressed
        if event.type() == QEvent.Type.MouseButtonRelease:
            self._pressed = None
            self.clicked.emit(pin.remark)
            return True
        way = (event.position() - begun.position()).manhattanLength()
        if event.type() != QEvent.Type.MouseMove or way < QApplication.startDragDistance():
            return True
        self._pressed, self._handing = None, True
        QApplication.sendEvent(self._over, begun)
        self._handing = False
        return False

    def _point(self, pointed: bool) -> None:  # noqa: FBT001  (its only argument)
        if pointed != self._pointed:
            self._pointed = pointed
            if pointed:
                self._over.setCursor(Qt.CursorShape.PointingHandCursor)
            else:
                self._over.unsetCursor()

    def _explain(self, event: QHelpEvent) -> bool:
        pin = self.pin_at(QPointF(event.pos())) if self.isVisible() else None
        if pin is None:
            return False
        QToolTip.showText(event.globalPos(), tip(pin.words), self._over)
        return True


def _shape(head: QRectF) -> QPainterPath:
    """A disc whose lower left corner is a point."""
    path = QPainterPath()
    path.addEllipse(head)
    corner = QPainterPath()
    corner.addRoundedRect(
        QRectF(head.left(), head.center().y(), head.width() / 2, head.height() / 2), _TIP / 2, _TIP / 2
    )
    return path.united(corner)
