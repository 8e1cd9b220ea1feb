"""Pictures dropped on a panel in the 3D view."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragMoveEvent, QDropEvent

from packdesk.ui.dropping import is_offer, offer
from packdesk.viewer.view import PackageView


class ViewDrops(QObject):
    """Listens to a view's drag and drop.

    Signals:
        hovered: the panel a picture is dragged over, '' for none.
        dropped: panel id and `Offer`.
    """

    hovered = Signal(str)
    dropped = Signal(str, object)

    def __init__(self, view: PackageView) -> None:
        super().__init__(view)
        view.setAcceptDrops(True)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Take pictures over a panel, refuse everything else."""
        if event.type() == QEvent.Type.DragLeave:
            self.hovered.emit("")
            return True
        if not isinstance(event, QDropEvent):
            return False
        assert isinstance(watched, PackageView), "see __init__"
        panel = watched.panel_at(event.position())
        data = event.mimeData()
        taken = is_offer(data)
        if isinstance(event, QDragMoveEvent):  # entering counts as moving
            event.setAccepted(taken and (bool(panel) or event.type() == QEvent.Type.DragEnter))
            self.hovered.emit(panel if taken else "")
            return True
        if event.type() != QEvent.Type.Drop or not panel or not taken:
            return False
        self.hovered.emit("")
        event.acceptProposedAction()
        self.dropped.emit(panel, offer(data))
        return True
