"""The list of pictures as Qt's views want it; thumbnails come when they are seen."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QImage, QPixmap

from packdesk.ui.generations.words import described, picture_title
from packdesk.ui.parts import tip
from packdesk.ui.picture_drag import picture_data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packdesk.textures.picture_index import IndexedPicture
    from packdesk.ui.units import Unit

PICTURE_ROLE = Qt.ItemDataRole.UserRole
THUMBNAIL_ROLE = Qt.ItemDataRole.UserRole + 1
MOST_THUMBNAILS = 400
"""In memory, of some 100 KB each; those seen longest ago go first."""
_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class PictureModel(QAbstractListModel):
    """Pictures in their order.

    Signals:
        thumbnail_wanted: the name of a picture that is seen without a thumbnail.
    """

    thumbnail_wanted = Signal(str)

    def __init__(self, unit: Unit) -> None:
        super().__init__()
        self._pictures: Sequence[IndexedPicture] = ()
        self._rows: dict[str, int] = {}
        self._thumbnails: OrderedDict[str, QPixmap] = OrderedDict()
        self._unit = unit

    def show_pictures(self, pictures: Sequence[IndexedPicture]) -> bool:
        """List these; whether they are others than before."""
        if pictures == self._pictures:
            return False
        self.beginResetModel()
        self._pictures = pictures
        self._rows = {picture.sha256: row for row, picture in enumerate(pictures)}
        self.endResetModel()
        return True

    def set_unit(self, unit: Unit) -> None:
        """Tell sizes in that unit."""
        self._unit = unit

    def row(self, sha256: str) -> int | None:
        """Where a picture is."""
        return self._rows.get(sha256)

    @Slot(str, object)
    def put_thumbnail(self, sha256: str, image: QImage | None) -> None:
        """Show a picture's thumbnail; None says that there is none."""
        self._thumbnails[sha256] = QPixmap() if image is None else QPixmap.fromImage(image)
        while len(self._thumbnails) > MOST_THUMBNAILS:
            self._thumbnails.popitem(last=False)
        if (row := self._rows.get(sha256)) is not None:
            place = self.index(row)
            self.dataChanged.emit(place, place, [THUMBNAIL_ROLE])

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802  (Qt's name)
        """How many pictures there are."""
        return 0 if parent.isValid() else len(self._pictures)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a view shows of a picture."""
        if not index.isValid():
            return None
        picture = self._pictures[index.row()]
        if role == PICTURE_ROLE:
            return picture
        if role == THUMBNAIL_ROLE:
            return self._thumbnail(picture.sha256)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return picture_title(picture)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(*described(picture, self._unit).split("\n"))
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Pictures can be selected and dragged."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802  (Qt's name)
        """Pictures to be dragged onto panels."""
        return picture_data([self._pictures[index.row()] for index in indexes])

    def _thumbnail(self, sha256: str) -> QPixmap | None:
        found = self._thumbnails.get(sha256)
        if found is None:
            self.thumbnail_wanted.emit(sha256)
            return None
        self._thumbnails.move_to_end(sha256)
        return found
