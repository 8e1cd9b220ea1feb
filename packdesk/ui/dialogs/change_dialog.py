"""A change of a panel's picture in words, of all of it or of a rectangle drawn on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from packdesk.domain.area import LEAST_MM, Area
from packdesk.domain.order import GenerationOrder, PanelChange
from packdesk.domain.pack_words import NO_WORDS
from packdesk.domain.prompts import MAX_PROMPT, advice, is_prompt
from packdesk.ui.parts import GAP, MARGIN, button, column, label
from packdesk.ui.spoken import spoken
from packdesk.ui.units import Unit, sides_text
from packdesk.ui.wording import panel_name

if TYPE_CHECKING:
    from packdesk.domain.panels import FlatSize

_FIRST_SIZE = QSize(620, 680)
_GROUND = "#f0ede8"  # plain board, in both themes
_SHADE = 110


class AreaPicker(QWidget):
    """A panel's picture, on which a rectangle may be drawn; a click beside it takes it away.

    Signals:
        changed: there is another rectangle, or none.
    """

    changed = Signal()

    def __init__(self, picture: QPixmap, size: FlatSize) -> None:
        super().__init__()
        self._picture, self._size = picture, size
        self._from: QPointF | None = None
        self._drawn: QRectF | None = None
        self.setMinimumSize(240, 200)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(self.tr("The panel's picture"))

    def area(self) -> Area | None:
        """The rectangle in millimetres; None for all of the panel."""
        if self._drawn is None:
            return None
        across, down = self._size.width, self._size.height
        place = self._drawn
        return Area(place.x() * across, place.y() * down, place.width() * across, place.height() * down)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt's name)
        """Begin a rectangle."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = self._share(event.position())
            self._show(None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt's name)
        """Draw it."""
        if self._from is not None:
            self._show(QRectF(self._from, self._share(event.position())).normalized())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt's name)
        """It is done; one that is next to nothing was a click."""
        del event
        area, self._from = self.area(), None
        if area is not None and min(area.width, area.height) < LEAST_MM:
            self._show(None)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Paint the picture; what will stay lies in the shade."""
        del event
        place = self._place()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.fillRect(place, QColor(_GROUND))
            painter.drawPixmap(place, self._picture)
            if self._drawn is None:
                return
            chosen = self._on_screen(self._drawn, place)
            painter.setClipRegion(painter.clipRegion().united(place).subtracted(chosen))
            painter.fillRect(place, QColor(0, 0, 0, _SHADE))
            painter.setClipping(False)
            for colour, width in ((QColor("#000000"), 3), (QColor("#ffffff"), 1)):
                painter.setPen(QPen(colour, width))
                painter.drawRect(chosen)

    def _show(self, drawn: QRectF | None) -> None:
        self._drawn = drawn
        self.update()
        self.changed.emit()

    def _place(self) -> QRect:
        shape = QSize(round(self._size.width * 10), round(self._size.height * 10))
        place = QRect(self.rect().topLeft(), shape.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio))
        place.moveCenter(self.rect().center())
        return place

    def _share(self, point: QPointF) -> QPointF:
        place = QRectF(self._place())
        across, down = (point.x() - place.x()) / place.width(), (point.y() - place.y()) / place.height()
        return QPointF(min(1.0, max(0.0, across)), min(1.0, max(0.0, down)))

    @staticmethod
    def _on_screen(drawn: QRectF, place: QRect) -> QRect:
        left, top = place.x() + drawn.x() * place.width(), place.y() + drawn.y() * place.height()
        return QRectF(left, top, drawn.width() * place.width(), drawn.height() * place.height()).toRect()


class ChangeDialog(QDialog):
    """Asks what shall change.

    Args:
        parent: the window it opens above.
        panel_id: the panel.
        size: of the panel.
        picture: what it shows.
        unit: of the lengths shown.

    Signals:
        wanted: a `GenerationOrder`.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget, panel_id: str, size: FlatSize, picture: QPixmap, unit: Unit) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Change in words"))
        self._panel_id, self._unit = panel_id, unit
        self.picker = AreaPicker(picture, size)
        self.words = QLineEdit()
        self.words.setMaxLength(MAX_PROMPT)
        self.words.setAccessibleName(self.tr("What shall change"))
        self.words.setPlaceholderText(self.tr("make the flowers blue"))
        self._where, self._advice = label("", "muted", wrap=True), label("", "warning", wrap=True)
        self.go = button(self.tr("Change"), kind="primary")
        self.leave = button(self.tr("Cancel"))
        self._place()
        self._connect()
        self.resize(_FIRST_SIZE.boundedTo(parent.window().size()))

    def _connect(self) -> None:
        self.go.setDefault(True)
        self.leave.setAutoDefault(False)
        self.go.clicked.connect(self._send)
        self.leave.clicked.connect(self.reject)
        self.picker.changed.connect(self._tell)
        self.words.textChanged.connect(self._tell)
        self.words.setFocus()
        self._tell()

    def _place(self) -> None:
        layout = column(self, margin=MARGIN, gap=GAP)
        layout.addWidget(
            label(
                self.tr("What shall change on the panel {0}?").format(panel_name(self._panel_id)), "heading"
            )
        )
        layout.addWidget(self.words)
        layout.addWidget(self._advice)
        layout.addWidget(self.picker, 1)
        row = QHBoxLayout()
        row.addWidget(self._where, 1)
        row.addWidget(self.leave)
        row.addWidget(self.go)
        layout.addLayout(row)

    @Slot()
    def _tell(self) -> None:
        area, words = self.picker.area(), self.words.text()
        if area is None:
            self._where.setText(self.tr("All of the panel. Draw a rectangle to change only that."))
        else:
            told = self.tr("Only the rectangle, {0}; the rest stays as it is.")
            sides = round(area.width, 1), round(area.height, 1)
            self._where.setText(told.format(sides_text(sides, self._unit)))
        self._advice.setText(spoken(advice(words)))
        self._advice.setVisible(bool(self._advice.text()))
        self.go.setEnabled(is_prompt(words))

    @Slot()
    def _send(self) -> None:
        change = PanelChange(self.picker.area())
        self.wanted.emit(GenerationOrder(self.words.text(), (self._panel_id,), words=NO_WORDS, change=change))
        self.accept()
