"""The status bar: where the design is kept, whether that answers, whether it is shared, who paints."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QStatusBar, QToolButton, QWidget

from packdesk.domain.text import cut
from packdesk.jobs.opening import REFUSED
from packdesk.ui.parts import restyle, tip
from packdesk.ui.window.sharing_chip import SharingChip

TOLD_MS = 6000


class Status(QStatusBar):
    """Shows the connection on the left, on the right the provider, and what goes on beside the window.

    Attributes:
        sharing: that this window shares its design.
        ranges: how far a range is.
    """

    def __init__(self, place: str, provider: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.connection = QLabel()
        self.connection.setToolTip(tip(place))
        self._saving = QLabel()
        self.sharing = SharingChip()
        self.ranges = QToolButton()
        self.ranges.setObjectName("ranges")
        self.ranges.hide()
        self.sharing.changed.connect(self._show_sharing)
        self.sharing.told.connect(self.tell)
        self._offline = self._unsaved = self._shares = False
        self._state = self._document = ""
        self.provider = QLabel()
        self.show_provider(provider)
        self.addWidget(self.connection)
        self.addWidget(self._saving, 1)
        self.addPermanentWidget(self.ranges)
        self.addPermanentWidget(self.sharing)
        self.addPermanentWidget(self.provider)

    @Slot(str)
    def tell(self, text: str) -> None:
        """Say something for a while."""
        self.showMessage(text, TOLD_MS)

    def show_provider(self, name: str) -> None:
        """Who makes artwork."""
        words = {"offline": self.tr("painted on this computer"), "gemini": "Gemini"}
        self.provider.setText(self.tr("Artwork: {0}").format(words.get(name, cut(name, 40))))

    def show_connection(self, state: str) -> None:
        """`connecting`, `local`, `shared`, `offline`, `read-only`, `unwritable` or `review`."""
        self._state = state
        self._offline = state in {"offline", *REFUSED}
        self.show_saving(self._unsaved)
        self._show_state()

    @Slot()
    def show_readable(self) -> None:
        """What stands in the store is shown."""
        self._show_document("")

    @Slot()
    def show_unreadable(self) -> None:
        """What stands in the store cannot be read."""
        self._show_document("unreadable")

    @Slot(bool)
    def show_gone(self, gone: bool) -> None:  # noqa: FBT001  (a slot)
        """The design that is shown is gone from the store, or is there again."""
        self._show_document("gone" if gone else "")

    @Slot(bool)
    def _show_sharing(self, shares: bool) -> None:  # noqa: FBT001  (a slot)
        self._shares = shares
        self._show_state()

    def _show_document(self, document: str) -> None:
        self._document = document
        self._show_state()

    def _show_state(self) -> None:
        words = {
            "connecting": self.tr("○ Connecting …"),
            "unreadable": self.tr("▲ The stored design cannot be read"),
            "gone": self.tr("▲ The stored design is gone"),
            "local": self.tr("● Local") if self._shares else self.tr("● Local, not shared"),
            "shared": self.tr("● Shared"),
            "offline": self.tr("○ Offline: last known design"),
            "read-only": self.tr("◐ Shared, read-only for now"),
            "unwritable": self.tr("◐ Local, cannot be saved now"),
            "review": self.tr("◇ Review (read-only)"),
        }
        state = self._state if self._offline else self._document or self._state
        self.connection.setText(words[state])
        self.connection.setProperty("state", state)
        restyle(self.connection)

    def show_saving(self, unsaved: bool) -> None:  # noqa: FBT001  (a slot)
        """Whether an edit still waits to be written."""
        self._unsaved = unsaved
        words = self.tr("Not saved yet") if self._offline else self.tr("Saving …")
        self._saving.setText(words if unsaved else "")
