"""Where the user puts a reference picture for the next generation: chosen or dropped, shown by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from packdesk.domain.text import cut
from packdesk.ui.dropping import ask_for_picture, dropped_file
from packdesk.ui.icons import line_icon
from packdesk.ui.parts import TIP_LENGTH, button, tip

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from packdesk.ui.theme import Theme


class ReferenceWell(QWidget):
    """A button that names the reference picture, and one that removes it.

    Signals:
        changed: there is another reference, or none.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file: Path | None = None
        self.choose_button: QPushButton = button("", kind="quiet")
        self.choose_button.setIconSize(QSize(16, 16))
        self.remove_button = QToolButton()
        self.remove_button.setIconSize(QSize(14, 14))
        self.remove_button.setAccessibleName(self.tr("Remove the reference picture"))
        self.remove_button.setToolTip(self.tr("Remove the reference picture"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.choose_button, 1)
        layout.addWidget(self.remove_button)
        self.setAcceptDrops(True)
        self.choose_button.clicked.connect(self._on_choose)
        self.remove_button.clicked.connect(self._on_remove)
        self._show()

    def set_file(self, file: Path | None) -> None:
        """Use this picture, or none."""
        if file != self.file:
            self.file = file
            self._show()
            self.changed.emit()

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in the theme's colours."""
        self.choose_button.setIcon(line_icon("picture", theme.text, theme.disabled))
        self.remove_button.setIcon(line_icon("close", theme.muted, theme.disabled))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  (Qt's name)
        """Take picture files."""
        if dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  (Qt's name)
        """Use the dropped picture."""
        file = dropped_file(event.mimeData())
        if file is not None:
            event.acceptProposedAction()
            self.set_file(file)

    def _show(self) -> None:
        name = cut(self.file.name, TIP_LENGTH) if self.file else ""
        shown = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, 130)
        self.choose_button.setText(shown or self.tr("Reference …"))
        self.choose_button.setToolTip(
            tip(self.tr("Reference picture: {0}").format(name))
            if name
            else self.tr("A logo or mock-up the model is shown; drop a picture here")
        )
        self.remove_button.setVisible(self.file is not None)

    @Slot()
    def _on_choose(self) -> None:
        file = ask_for_picture(self, self.tr("Reference picture"))
        if file is not None:
            self.set_file(file)

    @Slot()
    def _on_remove(self) -> None:
        self.set_file(None)
