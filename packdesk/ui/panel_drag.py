"""A panel's artwork on its way to another panel, by drag and drop within one packdesk."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag, QDropEvent, QPixmap

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

KIND = "application/x-packdesk-panel"
_LONGEST = 64
_SHOWN = 72  # pixels of the picture under the pointer


def panel_data(panel_id: str) -> QMimeData:
    """A panel as data to be dragged; another packdesk, with another design, does not know it."""
    data = QMimeData()
    data.setData(KIND, f"{os.getpid()}:{panel_id}".encode())
    return data


def dragged_panel(data: QMimeData) -> str:
    """The panel that is dragged, '' if it is none of this packdesk's."""
    content = bytes(data.data(KIND).data()[:_LONGEST]) if data.hasFormat(KIND) else b""
    process, _, panel_id = content.decode("ascii", "replace").partition(":")
    return panel_id if process == str(os.getpid()) else ""


def copies(event: QDropEvent) -> bool:
    """Whether the panel shall keep its artwork: Ctrl is held."""
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def take(event: QDropEvent) -> None:
    """Accept a panel over another one, and have the pointer show what would happen."""
    event.setDropAction(Qt.DropAction.CopyAction if copies(event) else Qt.DropAction.MoveAction)
    event.accept()


def drag_panel(source: QObject, panel_id: str, picture: QPixmap) -> None:
    """Drag a panel until it is dropped anywhere."""
    drag = QDrag(source)
    drag.setMimeData(panel_data(panel_id))
    shown = picture.scaled(
        _SHOWN, _SHOWN, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    drag.setPixmap(shown)
    drag.setHotSpot(QPoint(shown.width() // 2, shown.height() // 2))
    drag.exec(Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, Qt.DropAction.MoveAction)
