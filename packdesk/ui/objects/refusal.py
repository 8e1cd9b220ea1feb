"""Why what was typed in a field cannot be used, below that field, with what may be meant."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QScrollArea, QWidget

from packdesk.ui.parts import button, column, label, restyle


class Refusal(QWidget):
    """Marks a field, and says what is wrong with what stands there; hidden while nothing is.

    Args:
        field: what is marked.

    Signals:
        taken: what was offered shall stand there.
    """

    taken = Signal(str)

    def __init__(self, field: QWidget) -> None:
        super().__init__()
        self._field, self._offered = field, ""
        self.told = label("", "error", wrap=True)
        self.offer = button("", kind="icon")
        self.offer.clicked.connect(self._take)
        layout = column(self, gap=4)
        layout.addWidget(self.told)
        layout.addWidget(self.offer)
        self._laid = QTimer(self, singleShot=True, interval=0)  # once the layouts have made room for it
        self._laid.timeout.connect(self._reveal)
        self.hide()

    def tell(self, reason: str, offered: str = "") -> None:
        """Say why, and offer something that could stand there; an empty reason: it is mended."""
        self._offered = offered
        self.told.setText(reason)
        self.offer.setText(self.tr("Take {text}").format(text=offered))
        self.offer.setVisible(bool(offered))
        self.setVisible(bool(reason))
        self._field.setProperty("error", bool(reason))
        self._field.setAccessibleDescription(reason)
        restyle(self._field)
        if reason:
            self._laid.start()

    @Slot()
    def _take(self) -> None:
        self.taken.emit(self._offered)

    @Slot()
    def _reveal(self) -> None:
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None and self.isVisible():
            around.ensureWidgetVisible(self, 0, 8)
