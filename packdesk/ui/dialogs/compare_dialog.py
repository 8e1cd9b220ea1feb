"""Two pictures side by side, or one over the other with a slider between them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QSlider, QWidget

from packdesk.domain.text import cut
from packdesk.ui.parts import GAP, MARGIN, button, column, label

_STEPS = 1000
_TITLE_LENGTH = 60
_GROUND = "#f0ede8"  # plain board, in both themes
_FIRST_SIZE = QSize(900, 620)


class ComparedPictures(QWidget):
    """Paints both, each as large as there is room; in a dialog of its own the mouse moves the slider."""

    def __init__(self, slider: QSlider) -> None:
        super().__init__()
        self._pictures: tuple[QPixmap, QPixmap] | None = None
        self._slider = slider
        self._over = False
        self.setMinimumSize(320, 220)
        self.setAccessibleName(self.tr("Two pictures"))
        slider.valueChanged.connect(self._follow)

    def show_pictures(self, first: QImage, second: QImage) -> None:
        """Compare these."""
        self._pictures = QPixmap.fromImage(first), QPixmap.fromImage(second)
        self.update()

    def set_over(self, over: bool) -> None:  # noqa: FBT001  (its only argument)
        """Lay one over the other, or both side by side."""
        self._over = over
        self.setCursor(Qt.CursorShape.SplitHCursor if over else Qt.CursorShape.ArrowCursor)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Paint both."""
        del event
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            if self._pictures is None:
                painter.setPen(self.palette().placeholderText().color())
                painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("Loading …"))
            elif self._over:
                self._paint_over(painter, *self._pictures)
            else:
                half = self.width() // 2
                for picture, left in zip(self._pictures, (0, half + GAP), strict=True):
                    _paint(painter, picture, _fitted(picture, QRect(left, 0, half - GAP, self.height())))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt's name)
        """Move the slider here."""
        self._move(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt's name)
        """Move the slider along."""
        self._move(event)

    def _paint_over(self, painter: QPainter, first: QPixmap, second: QPixmap) -> None:
        """The first left of the slider, the second right of it, both as large as there is room."""
        area = self._shared_area(first, second)
        edge = area.left() + area.width() * self._slider.value() / _STEPS
        for picture, left, right in ((first, area.left(), edge), (second, edge, area.right() + 1)):
            painter.save()
            painter.setClipRect(QRectF(left, area.top(), right - left, area.height()))
            _paint(painter, picture, _fitted(picture, self.rect()))
            painter.restore()
        for colour, width in ((QColor("#000000"), 3.0), (QColor("#ffffff"), 1.4)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(QPointF(edge, area.top()), QPointF(edge, area.bottom()))

    def _shared_area(self, first: QPixmap, second: QPixmap) -> QRect:
        return _fitted(first, self.rect()).united(_fitted(second, self.rect()))

    def _move(self, event: QMouseEvent) -> None:
        if self._over and self._pictures is not None and event.buttons() & Qt.MouseButton.LeftButton:
            area = self._shared_area(*self._pictures)
            share = (event.position().x() - area.left()) / max(1, area.width())
            self._slider.setValue(round(share * _STEPS))

    @Slot()
    def _follow(self) -> None:
        self.update()


class CompareDialog(QDialog):
    """Shows two pictures as soon as they are read.

    Args:
        parent: the window it opens above.
        first: what stands for the first picture.
        second: likewise for the other one.
    """

    def __init__(self, parent: QWidget, first: str, second: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Compare two pictures"))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _STEPS)
        self.slider.setValue(_STEPS // 2)
        self.slider.setAccessibleName(self.tr("Place of the slider"))
        self.pictures = ComparedPictures(self.slider)
        self.beside = button(self.tr("Side by side"), kind="segment")
        self.over = button(self.tr("Slider"), kind="segment")
        self._place(first, second)
        self.over.toggled.connect(self._set_over)
        self.beside.setChecked(True)
        self._set_over(over=False)
        self.resize(_FIRST_SIZE.boundedTo(parent.window().size()))

    def _place(self, first: str, second: str) -> None:
        group = QButtonGroup(self)
        head, names = QHBoxLayout(), QHBoxLayout()
        for one in (self.beside, self.over):
            one.setCheckable(True)
            one.setAutoDefault(False)
            group.addButton(one)
            head.addWidget(one)
        head.addSpacing(GAP)
        head.addWidget(self.slider, 1)
        for words in (first, second):
            name = label(cut(words, _TITLE_LENGTH), "muted", wrap=True)
            name.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            names.addWidget(name, 1)
        layout = column(self, margin=MARGIN)
        layout.addLayout(head)
        layout.addWidget(self.pictures, 1)
        layout.addLayout(names)

    @Slot(bool)
    def _set_over(self, over: bool) -> None:  # noqa: FBT001  (a slot)
        self.pictures.set_over(over)
        self.slider.setEnabled(over)


def _fitted(picture: QPixmap, area: QRect) -> QRect:
    place = QRect(area.topLeft(), picture.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio))
    place.moveCenter(area.center())
    return place


def _paint(painter: QPainter, picture: QPixmap, area: QRect) -> None:
    painter.fillRect(area, QColor(_GROUND))
    painter.drawPixmap(area, picture)
