"""The middle of the window: messages above, the package in 3D, and its flat view below or beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QSplitter, QWidget

from packdesk.ui.dropping import is_offer, offer
from packdesk.ui.flat.view import FlatView
from packdesk.ui.parts import column
from packdesk.ui.side_switch import SideSwitch
from packdesk.ui.view.look_bar import LookBar
from packdesk.ui.view.message_bar import Banner, MessageBar
from packdesk.ui.view.sight_key import SightKey
from packdesk.ui.view.way_out import WayOut
from packdesk.ui.view.welcome import Welcome
from packdesk.viewer.view import PackageView

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from packdesk.ui.theme import Theme

FLAT_SHARE = 0.36
_EDGE = 8


class Centre(QWidget):
    """Places the views.

    Signals:
        arranged: the views were arranged otherwise by the user.
    """

    arranged = Signal()

    def __init__(self, samples: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner = Banner()
        self.messages = MessageBar()
        self.view = PackageView(samples=samples)
        self.look_bar = LookBar()
        self.key = SightKey()
        self.flat = FlatView()
        self.side = SideSwitch(self.flat)
        self.side.move(_EDGE, _EDGE)
        self.flat.above = self.side
        self.drops = ViewDrops(self.view)
        self.welcome = Welcome()
        self.way_out = WayOut(self.view)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._solid())
        self.splitter.addWidget(self.flat)
        self.splitter.setStretchFactor(0, 1)
        self._above = QWidget()  # hides the messages without hiding from them whether there are any
        above = column(self._above, gap=0)
        above.addWidget(self.banner)
        above.addWidget(self.messages)
        above.addWidget(self.key)
        layout = column(self, gap=0)
        layout.addWidget(self._above)
        layout.addWidget(self.splitter, 1)
        self._share: float | None = FLAT_SHARE
        self._flat_wanted, self._alone = True, False
        self.splitter.splitterMoved.connect(self.arranged)

    def _solid(self) -> QWidget:
        """The package in 3D with what stands below it."""
        solid = QWidget()
        layout = column(solid, gap=0)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.welcome)
        layout.addWidget(self.look_bar)
        return solid

    def set_theme(self, theme: Theme) -> None:
        """Apply the theme to the messages; the views get it with their scenes."""
        self.banner.set_theme(theme)
        self.messages.set_theme(theme)
        self.look_bar.set_theme(theme)

    @Slot(bool)
    def show_flat(self, shown: bool) -> None:  # noqa: FBT001  (a slot)
        """Show or hide the flat view."""
        if shown != self._flat_wanted:
            self._flat_wanted = shown
            self._show_flat()
            self.arranged.emit()

    @Slot(bool)
    def set_alone(self, alone: bool) -> None:  # noqa: FBT001  (a slot)
        """Show nothing but the 3D view for a while; messages and the flat view wait."""
        self._alone = alone
        self.way_out.show_if(alone)
        self._above.setVisible(not alone)
        self.look_bar.setVisible(not alone)
        self._show_flat()

    @Slot(bool)
    def set_beside(self, beside: bool) -> None:  # noqa: FBT001  (a slot)
        """Put the flat view beside the 3D view, or below it."""
        wanted = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if self.splitter.orientation() != wanted:
            self.splitter.setOrientation(wanted)
            self.share_out()
            self.arranged.emit()

    def share_out(self, flat_share: float = FLAT_SHARE) -> None:
        """Give the flat view that share of the room."""
        if not self.isVisible():
            self._share = flat_share
            return
        horizontal = self.splitter.orientation() == Qt.Orientation.Horizontal
        room = self.splitter.width() if horizontal else self.splitter.height()
        self.splitter.setSizes([round(room * (1 - flat_share)), round(room * flat_share)])

    def _show_flat(self) -> None:
        self.flat.setVisible(self._flat_wanted and not self._alone)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  (Qt's name)
        """Share the room out now that there is any."""
        super().showEvent(event)
        share, self._share = self._share, None
        if share is not None:
            QTimer.singleShot(0, self, lambda: self.share_out(share))

    def flat_share(self) -> float:
        """The share of the room the flat view has."""
        solid, flat = self.splitter.sizes()
        return flat / (solid + flat) if flat else FLAT_SHARE


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
