"""The one place where news and errors appear: a bar above the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from packdesk.ui.icons import line_icon
from packdesk.ui.parts import button, label, restyle, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from packdesk.errors import PackdeskError
    from packdesk.ui.theme import Theme


TEXT_LENGTH = 600


class MessageBar(QFrame):
    """Shows one message, the newest, until it is closed or outdated."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self._kind = "info"
        self._theme: Theme | None = None
        self._icon = QLabel()
        self._buttons = QHBoxLayout()
        self.text = label("", wrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.close_button = QToolButton()
        self.close_button.setIconSize(QSize(16, 16))
        self.close_button.setAccessibleName(self.tr("Close the message"))
        self.close_button.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 9, 8, 9)
        layout.setSpacing(10)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.text, 1)
        layout.addLayout(self._buttons)
        layout.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in the theme's colours."""
        self._theme = theme
        self.close_button.setIcon(line_icon("close", theme.muted))
        self._draw_icon()

    def show_error(self, error: PackdeskError) -> None:
        """An error with its remedy."""
        self.show_text(error.full_text(), kind="error")

    def show_text(
        self, text: str, *, kind: str = "info", actions: Sequence[tuple[str, Callable[[], None]]] = ()
    ) -> None:
        """A message of kind `info` or `error`, with a button for each action; any of them closes the bar."""
        self._kind = kind
        self._show_actions(actions)
        self.text.setText(shortened(text, TEXT_LENGTH))
        self.setProperty("kind", kind)
        self._draw_icon()
        restyle(self)
        self.show()

    def _show_actions(self, actions: Sequence[tuple[str, Callable[[], None]]]) -> None:
        while (item := self._buttons.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for name, act in actions:
            made = button(name)
            made.clicked.connect(self.hide)
            made.clicked.connect(act)
            self._buttons.addWidget(made)

    def _draw_icon(self) -> None:
        if self._theme is not None:
            colour = self._theme.error if self._kind == "error" else self._theme.accent
            self._icon.setPixmap(line_icon(self._kind, colour).pixmap(20, 20))
