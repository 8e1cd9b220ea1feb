"""How full screen is left, said over the picture for a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer

from packdesk.ui.parts import label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

SHOWN_MS = 4000
_BELOW = 28


class WayOut(QObject):
    """Words at the lower edge of a view, which take neither keys nor clicks.

    Attributes:
        words: the label.
        rest: runs while they are shown.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.words = label(self.tr("Esc leaves full screen"), "over")
        self.words.setParent(over)
        self.words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.words.hide()
        self.rest = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self.rest.timeout.connect(self.words.hide)
        over.installEventFilter(self)

    def show_if(self, wanted: bool) -> None:  # noqa: FBT001  (its only argument)
        """Show the words for a moment, or take them away."""
        if wanted:
            self.words.adjustSize()
            self._place()
            self.rest.start()
        else:
            self.rest.stop()
        self.words.setVisible(wanted)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Stay in place when the view is resized."""
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        left = (self._over.width() - self.words.width()) // 2
        self.words.move(left, self._over.height() - self.words.height() - _BELOW)
