"""What is offered while there is no artwork: a sample, and ways to begin."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from packdesk.ui.parts import GAP, button, column, label

MARGIN, MARGIN_BELOW = 18, 28


class Welcome(QFrame):
    """A card that floats over the lower part of a view; only its buttons where there is no room for more.

    Signals:
        sample_wanted: make sample artwork.
        prompt_wanted: the user wants to describe the artwork.
        import_wanted: the user has pictures already.
    """

    sample_wanted = Signal()
    prompt_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("card")
        self._over = over
        over.installEventFilter(self)
        self.sample_button = button(self.tr("Try a sample"), kind="primary")
        self.prompt_button = button(self.tr("Describe artwork"))
        self.import_button = button(self.tr("Import a picture"))
        title = label(self.tr("Start your package"), "title")
        text = label(self.tr("Set its size on the left, then give every panel its artwork."), "muted")
        self._words = QWidget()
        words = column(self._words, gap=6)
        words.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        words.addWidget(text, 0, Qt.AlignmentFlag.AlignHCenter)
        words.addSpacing(8)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(GAP)
        for one in (self.sample_button, self.prompt_button, self.import_button):
            self._row.addWidget(one)
        self._layout = column(self, margin=MARGIN, gap=0)
        self._layout.addWidget(self._words)
        self._layout.addLayout(self._row)
        self._wide = self.sizeHint().width()
        self.sample_button.clicked.connect(self.sample_wanted)
        self.prompt_button.clicked.connect(self.prompt_wanted)
        self.import_button.clicked.connect(self.import_wanted)
        self.hide()

    def show_if(self, wanted: bool) -> None:  # noqa: FBT001  (its only argument)
        """Show or hide it."""
        if wanted:
            self._place()
        self.setVisible(wanted)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Stay in place when the view is resized."""
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        narrow = self._wide > self._over.width()
        self._words.setVisible(not narrow)
        self._row.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )
        margin = GAP if narrow else MARGIN
        self._layout.setContentsMargins(margin, margin, margin, margin)
        self.adjustSize()
        below = min(MARGIN_BELOW, (self._over.height() - self.height()) // 2)
        left = (self._over.width() - self.width()) // 2
        self.move(max(0, left), max(0, self._over.height() - self.height() - below))
