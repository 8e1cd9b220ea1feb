"""Pictures side by side, as many in a row as there is room for; only what is seen is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QContextMenuEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QListView, QStyleOptionViewItem

from packdesk.ui.generations.picture_model import PICTURE_ROLE, THUMBNAIL_ROLE
from packdesk.ui.generations.words import picture_facts, picture_time, picture_title
from packdesk.ui.icons import line_icon
from packdesk.ui.row_list import ROW_ROLE, RowDelegate

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPixmap, QResizeEvent

    from packdesk.textures.picture_index import IndexedPicture
    from packdesk.ui.generations.picture_model import PictureModel
    from packdesk.ui.theme import Theme

LEAST_CELL, CELL_HEIGHT = 132, 176
_PAD, _THUMB_HEIGHT, _STAR = 8, 100, 18
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}

assert PICTURE_ROLE == ROW_ROLE, "the delegate paints the value a row keeps there"


class PictureDelegate(RowDelegate):
    """Paints a thumbnail, the words below it, and for which panel and when it was made."""

    gap = 2
    cell = QSize(LEAST_CELL, CELL_HEIGHT)
    _thumbnail: QPixmap | None = None

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one picture."""
        self._thumbnail = index.data(THUMBNAIL_ROLE)
        super().paint(painter, option, index)

    def sizeHint(  # noqa: N802  (Qt's name)
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """All cells are alike."""
        del option, index
        return self.cell

    def paint_row(self, painter: QPainter, area: QRect, value: IndexedPicture, *, selected: bool) -> None:
        """Paint a picture and its words."""
        del selected
        inner = area.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        place = QRect(inner.left(), inner.top(), inner.width(), _THUMB_HEIGHT)
        self.paint_picture(painter, place, self._thumbnail)
        if value.favourite:
            star = QRect(inner.right() - _STAR, inner.top(), _STAR, _STAR)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.panel))
            painter.drawEllipse(star.adjusted(-2, -2, 2, 2))
            line_icon("starred", self.theme.accent).paint(painter, star)
        words = inner.adjusted(0, _THUMB_HEIGHT + 4, 0, 0)
        self.write_line(painter, words, picture_title(value), self.theme.text)
        words.translate(0, painter.fontMetrics().height())
        for text in filter(None, (picture_facts(value), picture_time(value))):
            self.write_line(painter, words, text, self.theme.muted)
            words.translate(0, painter.fontMetrics().height())


class PictureGrid(QListView):
    """The pictures; any number may be selected, and dragged onto panels.

    Signals:
        chosen: a picture was asked for by two clicks or Return.
        menu_wanted: a place on the screen.
        delete_wanted: the selected pictures shall go.
    """

    chosen = Signal(object)
    menu_wanted = Signal(QPoint)
    delete_wanted = Signal()

    def __init__(self, model: PictureModel) -> None:
        super().__init__()
        self._delegate = PictureDelegate()
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # or cells would flicker
        self.setDragEnabled(True)
        self.setDragDropMode(QListView.DragDropMode.DragOnly)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.setMouseTracking(True)
        self.setMinimumHeight(CELL_HEIGHT)  # a row is seen whole
        self.setObjectName("pictures")
        self.setAccessibleName(self.tr("Pictures"))
        self._pictures = model

    def set_theme(self, theme: Theme) -> None:
        """Paint in the theme's colours."""
        self._delegate.theme = theme
        self.viewport().update()

    def selected(self) -> list[IndexedPicture]:
        """The selected pictures, as they are listed."""
        rows = sorted(self.selectionModel().selectedIndexes(), key=lambda index: index.row())
        return [index.data(PICTURE_ROLE) for index in rows]

    def show_pictures(self, pictures: list[IndexedPicture]) -> None:
        """List these; what is selected and where one has scrolled to stay."""
        names, place = [one.sha256 for one in self.selected()], self.verticalScrollBar().value()
        if not self._pictures.show_pictures(pictures):
            return
        for sha256 in names:
            if (row := self._pictures.row(sha256)) is not None:
                index = self._pictures.index(row)
                self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
        self.doItemsLayout()
        self.verticalScrollBar().setValue(place)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Give the cells of a row all of its width."""
        width = self.viewport().width() - 1
        cell = QSize(width // max(1, width // LEAST_CELL), CELL_HEIGHT)
        if cell != self._delegate.cell:
            self._delegate.cell = cell
            self.setGridSize(cell)
        super().resizeEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802  (Qt's name)
        """Ask for the menu of what is selected."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            place = self.visualRect(index).center() if by_key else event.pos()
            self.menu_wanted.emit(self.viewport().mapToGlobal(place))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt's name)
        """A picture is chosen by two clicks."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(index.data(PICTURE_ROLE))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Choose by Return, delete by Delete; arrows and letters are Qt's."""
        if event.key() in _ENTER and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex().data(PICTURE_ROLE))
        elif event.matches(QKeySequence.StandardKey.Delete):
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)
