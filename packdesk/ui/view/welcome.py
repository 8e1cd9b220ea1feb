"""What is offered while there is no artwork: a sample, and ways to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from packdesk.ui.parts import GAP, MARGIN, button, label

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class Welcome(QFrame):
    """A strip below the view, which hides nothing of the package; a narrow one says less.

    Signals:
        sample_wanted: make sample artwork.
        prompt_wanted: the user wants to describe the artwork.
        import_wanted: the user has pictures already.
    """

    sample_wanted = Signal()
    prompt_wanted = Signal()
    import_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("welcome")
        title = label(self.tr("Start your package"), "title")
        text = label(
            self.tr("Set its size on the left, then give every panel its artwork."), "muted", wrap=True
        )
        self.sample_button = button(self.tr("Try a sample"), kind="primary")
        self.prompt_button = button(self.tr("Describe artwork"))
        self.import_button = button(self.tr("Import a picture"))
        self._first_to_go = (text, title, self.prompt_button, self.import_button)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        row.setSpacing(GAP)
        row.addWidget(title)
        row.addWidget(text, 1)
        row.addStretch()
        for one in (self.sample_button, self.prompt_button, self.import_button):
            row.addWidget(one)
        self.sample_button.clicked.connect(self.sample_wanted)
        self.prompt_button.clicked.connect(self.prompt_wanted)
        self.import_button.clicked.connect(self.import_wanted)
        self.hide()

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """It is as narrow as the view."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Show what has room."""
        super().resizeEvent(event)
        room = self.width() - 2 * MARGIN
        needed = self.sample_button.sizeHint().width()
        for one in reversed(self._first_to_go):
            needed += GAP + one.sizeHint().width()
            one.setVisible(needed <= room)
