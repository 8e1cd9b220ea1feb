"""The chosen row in 3D, or why it cannot be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from packdesk.ui.dialogs.picture_dialog import PicturePreview
from packdesk.ui.parts import MARGIN, column, label, restyle
from packdesk.ui.spoken import spoken

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from packdesk.domain.ranges.messages import Seen

_SIZE = QSize(240, 176)
_CAPTION_LINES = 2
_CORNER = 6


class RowPreview(QWidget):
    """A picture with its caption; what stands below keeps its place, however long a reason is."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = _Picture()
        self.picture.setAccessibleName(self.tr("The chosen row in 3D"))
        self.told = self.picture.told
        self.caption = label("", "small", wrap=True)
        self.caption.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.caption.setMinimumHeight(_CAPTION_LINES * self.caption.fontMetrics().lineSpacing())
        layout = column(self, gap=4)
        layout.addWidget(self.picture)
        layout.addWidget(self.caption)
        self.forget()

    def forget(self) -> None:
        """No row is chosen yet."""
        self._show(QImage(), "", self.tr("A row that is chosen is shown here in 3D."), "muted")

    def show_drawing(self) -> None:
        """A row is being drawn: the former one is there till then."""
        self.told.clear()
        self.caption.setText(self.tr("Drawing the row …"))

    def show_seen(self, seen: Seen, image: QImage) -> None:
        """A row was drawn, or could not be."""
        if seen.error is not None:
            self._show(QImage(), "", spoken(seen.error.sentence()), "small-error")
        elif seen.painted_here:
            self._show(image, self.tr("{0}, for now as this computer paints it.").format(seen.name))
        else:
            self._show(image, seen.name)

    def _show(self, image: QImage, caption: str, told: str = "", role: str = "") -> None:
        self.picture.show_picture(image)
        self.caption.setText(caption)
        self.told.setText(told)
        if role:
            self.told.setProperty("role", role)
            restyle(self.told)


class _Picture(PicturePreview):
    """A frame with words where there is no picture."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(_SIZE.height())
        self.setMinimumWidth(_SIZE.width())
        self.told = label("", "muted", wrap=True)
        self.told.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column(self, margin=MARGIN).addWidget(self.told)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """The place of the picture is seen before it is there."""
        super().paintEvent(event)
        if self.empty:
            with QPainter(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(self.palette().mid().color())
                painter.drawRoundedRect(
                    self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), _CORNER, _CORNER
                )
