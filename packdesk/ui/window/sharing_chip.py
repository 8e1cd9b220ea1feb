"""The sign in the status bar that a design is shared on this machine, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from packdesk.domain.text import cut
from packdesk.ui.parts import tip

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

_LENGTH = 60
_PAGE = "/review"
"""What a browser shows of the design; programs take the address itself."""


class SharingChip(QToolButton):
    """Hidden while nothing is shared; its menu copies the link, opens it, and stops.

    Attributes:
        address: where the design is shared; empty while it is not.

    Signals:
        share_wanted: share the design.
        stop_wanted: share it no longer.
        told: what was done, in words.
        changed: whether the design is shared, or about to be.
    """

    share_wanted = Signal()
    stop_wanted = Signal()
    told = Signal(str)
    changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sharing")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.address = ""
        self._action: QAction | None = None
        menu = QMenu(self)
        self._copy = menu.addAction(self.tr("&Copy link"), self._on_copy)
        self._open = menu.addAction(self.tr("&Open in the browser"), self._on_open)
        menu.addSeparator()
        menu.addAction(self.tr("&Stop sharing"), self._on_stop)
        self.setMenu(menu)
        self.hide()

    def follow(self, action: QAction) -> None:
        """Have the menu entry that switches sharing on and off agree; it waits until a design is known."""
        self._action = action
        action.setEnabled(False)
        action.triggered.connect(self._on_switched)

    @Slot()
    def allow(self) -> None:
        """There is a design that can be shared."""
        if self._action is not None:
            self._action.setEnabled(True)

    @Slot(str)
    def show_shared(self, address: str) -> None:
        """The design is shared at this address."""
        self.address = address
        place = cut(address.partition("://")[2] or address, _LENGTH)
        self._show(self.tr("◉ Shared on this machine: {0}").format(place))
        self.setToolTip(
            tip(self.tr("Programs and pages on this machine see and change this design: {0}").format(address))
        )

    @Slot()
    def show_stopped(self) -> None:
        """The design is not shared."""
        self.address = ""
        self.hide()
        self._tell(shared=False)

    def _show(self, words: str) -> None:
        self.setText(words)
        for entry in (self._copy, self._open):
            entry.setEnabled(bool(self.address))
        self.show()
        self._tell(shared=True)

    def _tell(self, *, shared: bool) -> None:
        if self._action is not None:
            self._action.setChecked(shared)
        self.changed.emit(shared)

    @Slot(bool)
    def _on_switched(self, on: bool) -> None:  # noqa: FBT001  (a slot)
        if on:
            self._show(self.tr("◌ Sharing on this machine …"))
            self.share_wanted.emit()
        else:
            self._on_stop()

    @Slot()
    def _on_stop(self) -> None:
        self.show_stopped()
        self.stop_wanted.emit()

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.address + _PAGE)
        self.told.emit(self.tr("The link is copied."))

    @Slot()
    def _on_open(self) -> None:
        QDesktopServices.openUrl(QUrl(self.address + _PAGE))
