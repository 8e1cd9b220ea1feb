"""Saves pictures of the package: of the view as it is, of named views, or of a full turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from packdesk.ui.dialogs.picture_form import PictureForm
from packdesk.ui.dialogs.view_list import ViewList
from packdesk.ui.parts import MARGIN, button, column, rule
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
        cancelled: the running drawing is not wanted.
        edited: something was set that the preview shows.
    """

    save_wanted = Signal()
    cancelled = Signal()
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Save pictures"))
        self.preview = PicturePreview()
        self.form = PictureForm()
        self.views = ViewList()
        self.progress = QProgressBar()
        self.cancel_button = button(self.tr("Cancel"))
        self.close_button = button(self.tr("Close"))
        self.save_button = button(self.tr("Save …"), kind="primary")
        self._place()
        self._connect()
        guard_wheel(self)
        self.show_running(running=False)
        self._show_kind()

    def show_running(self, *, running: bool) -> None:
        """Show whether something is being drawn."""
        for widget in (self.progress, self.cancel_button):
            widget.setVisible(running)
        self.progress.setRange(0, 0)
        self._running = running
        self._show_save()

    def show_progress(self, done: int, total: int) -> None:
        """How many pictures of how many are done."""
        self.progress.setRange(0, total if done else 0)
        self.progress.setValue(done)

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
        layout.addLayout(self._bottom())

    def _bottom(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(220)
        self.progress.setAccessibleName(self.tr("Drawing progress"))
        beside = (self.views.keep_button, self.views.remove_button)
        for one in (self.cancel_button, self.close_button, self.save_button, *beside):
            one.setAutoDefault(False)  # Enter belongs to the fields
        row.addWidget(self.progress)
        row.addWidget(self.cancel_button)
        row.addStretch(1)
        row.addWidget(self.close_button)
        row.addWidget(self.save_button)
        return row

    def _connect(self) -> None:
        self.form.edited.connect(self._show_kind)
        self.views.edited.connect(self._show_save)
        self.cancel_button.clicked.connect(self.cancelled)
        self.close_button.clicked.connect(self.close)
        self.save_button.clicked.connect(self.save_wanted)

    @Slot()
    def _show_kind(self) -> None:
        film = self.form.choice().film
        self.views.setVisible(not film)
        self._show_save()
        self.edited.emit()

    @Slot()
    def _show_save(self) -> None:
        wanted = self.form.choice().film or bool(self.views.ticked())
        self.save_button.setEnabled(wanted and not self._running)
        self.save_button.setToolTip("" if wanted else self.tr("Tick a view first."))
