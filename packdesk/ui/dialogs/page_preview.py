"""The page that is chosen, small."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QWidget

from packdesk.ui.translation import translate

if TYPE_CHECKING:
    from packdesk.textures.images import WidgetImage

_SIZE = QSize(260, 300)
_PAD = 8
_WAITING_OPACITY = 0.45


class PagePreview(QFrame):
    """Shows a picture as large as fits; while another one is drawn, the former one is pale."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(_SIZE)
        self.setAccessibleName(translate("page preview", "Preview of the page"))
        self._image = QImage()
        self._waits = True
        self.words = translate("page preview", "Drawing …")

    @property
    def image(self) -> QImage:
        """What is shown; null where there is nothing yet, or nothing can be shown."""
        return self._image

    def wait(self) -> None:
        """Another one is being drawn."""
        self._waits = True
        self.words = translate("page preview", "Drawing …")
        self.update()

    def show_image(self, image: WidgetImage) -> None:
        """Show a page."""
        self._image, self._waits, self.words = image, False, ""
        self.update()

    def show_words(self, words: str) -> None:
        """Say why there is none."""
        self._image, self._waits, self.words = QImage(), False, words
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Part of Qt's protocol."""
        super().paintEvent(event)
        painter = QPainter(self)
        area = QRectF(self.rect()).adjusted(_PAD, _PAD, -_PAD, -_PAD)
        if self._image.isNull():
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(area, flags, self.words)
            return
        size = self._image.size().scaled(area.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(area.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(_WAITING_OPACITY if self._waits else 1)
        painter.drawImage(place, self._image)
        painter.setOpacity(1)
        painter.setPen(QColor(128, 128, 128, 120))  # a white page on white, too
        painter.drawRect(place)
