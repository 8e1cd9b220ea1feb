"""Where the key for Gemini is entered, tested and removed. It is never shown again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import SecretStr
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from packdesk.ui.parts import GAP, button, column, label, restyle
from packdesk.ui.spoken import error_text

if TYPE_CHECKING:
    from packdesk.errors import PackdeskError


class KeyField(QWidget):
    """A password line, two buttons, and a line that says how it stands.

    Signals:
        entered: a key, as `SecretStr`.
        tested: the user wants to know whether it works.
        removed: the key shall be forgotten.
    """

    entered = Signal(object)
    tested = Signal()
    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleName(self.tr("Gemini key"))
        self.line.setPlaceholderText(self.tr("Paste a key and press Return"))
        self.test_button = button(self.tr("Test key"))
        self.remove_button = button(self.tr("Remove"))
        self.state = label("", "muted", wrap=True)
        layout = column(self, gap=3)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.line, 1)
        row.addWidget(self.test_button)
        row.addWidget(self.remove_button)
        layout.addLayout(row)
        layout.addWidget(self.state)
        self.line.editingFinished.connect(self._on_entered)
        self.test_button.clicked.connect(self._on_test)
        self.remove_button.clicked.connect(self.removed)
        self.show_source("none")

    @Slot(str)
    def show_source(self, source: str) -> None:
        """Say where the key is: `environment`, `key store`, `session` or `none`."""
        words = {
            "environment": self.tr("A key is set in the environment."),
            "key store": self.tr("A key is kept in this computer's key store."),
            "session": self.tr("A key is kept until packdesk is closed: this computer has no key store."),
            "none": self.tr("No key yet. Without one, artwork is painted on this computer."),
        }
        self.line.setEnabled(source != "environment")
        self.remove_button.setEnabled(source in {"key store", "session"})
        self.test_button.setEnabled(source != "none")
        self._say(words[source], "muted")

    @Slot()
    def show_works(self) -> None:
        """The service takes the key."""
        self._say(self.tr("✓ The key works and the model is there."), "good")

    @Slot(object)
    def show_problem(self, error: PackdeskError) -> None:
        """The key cannot be used, and why."""
        self._say(error_text(error), "error")

    @Slot()
    def _on_entered(self) -> None:
        text = self.line.text().strip()
        if text:
            self.line.clear()  # it is not kept in a widget
            self.entered.emit(SecretStr(text))

    @Slot()
    def _on_test(self) -> None:
        self._say(self.tr("Asking Google …"), "muted")
        self.tested.emit()

    def _say(self, text: str, role: str) -> None:
        self.state.setText(text)
        self.state.setProperty("role", role)
        restyle(self.state)
