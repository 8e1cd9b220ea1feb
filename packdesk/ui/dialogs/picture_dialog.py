"""Saves pictures of the package: of the view as it is, of named views, or of a full turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from packdesk.ui.dialogs.picture_form import PictureForm
from packdesk.ui.dialogs.view_list import ViewList
from packdesk.ui.dialogs.writing_row import WritingRow
from packdesk.ui.parts import MARGIN, column, rule
from packdesk.ui.wheel import guard_wheel

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

PREVIEW = QSize(380, 300)


class PicturePreview(QWidget):
    """Shows a picture as large as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QPixmap()
        self.setMinimumSize(PREVIEW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Preview"))

    def show_picture(self, image: QImage) -> None:
        """Show another one."""
        self._picture = QPixmap.fromImage(image)
        self.update()

    @property
    def empty(self) -> bool:
        """Whether there is no picture."""
        return self._picture.isNull()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Paint it in the middle, with a border, as see-through pictures end nowhere."""
        del event
        if self._picture.isNull():
            return
        room = self.rect().adjusted(0, 0, -1, -1)
        size = self._picture.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            left, top = (room.width() - size.width()) // 2, (room.height() - size.height()) // 2
            painter.drawPixmap(left, top, size.width(), size.height(), self._picture)
            painter.setPen(self.palette().mid().color())
            painter.drawRect(left, top, size.width(), size.height())


class PictureDialog(QDialog):
    """Non-modal: the package can be turned beside it.

    Signals:
        save_wanted: what is set is to be saved.
        edited: something was set that the preview shows.
    """

    save_wanted = Signal()
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Save pictures"))
        self.preview = PicturePreview()
        self.form = PictureForm()
        self.views = ViewList()
        self.writing = WritingRow(self.tr("Save …"), counted=self.tr("{0} of {1} pictures"))
        self._place()
        self._connect()
        guard_wheel(self)
        self._show_kind()

    def _place(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(MARGIN)
        right.addWidget(self.form)
        right.addWidget(self.views, 1)
        columns = QHBoxLayout()
        columns.setSpacing(20)
        columns.addWidget(self.preview, 3)
        columns.addLayout(right, 2)
        layout = column(self, margin=MARGIN, gap=MARGIN)
        layout.addLayout(columns, 1)
        layout.addWidget(rule())
        layout.addWidget(self.writing)
        for one in (self.views.keep_button, self.views.remove_button):
            one.setAutoDefault(False)  # Enter belongs to the fields

    def _connect(self) -> None:
        self.form.edited.connect(self._show_kind)
        self.views.edited.connect(self._show_save)
        self.writing.close_button.clicked.connect(self.close)
        self.writing.wanted.connect(self.save_wanted)

    @Slot()
    def _show_kind(self) -> None:
        film = self.form.choice().film
        self.views.setVisible(not film)
        self._show_save()
        self.edited.emit()

    @Slot()
    def _show_save(self) -> None:
        wanted = self.form.choice().film or bool(self.views.ticked())
        self.writing.allow(wanted, self.tr("Tick a view first."))
