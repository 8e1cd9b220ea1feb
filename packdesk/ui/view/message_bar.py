"""What is said above the picture: news and errors, and as long as it is so, that nothing can be changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QToolButton, QWidget

from packdesk.domain.text import cut
from packdesk.ui.icons import line_icon
from packdesk.ui.parts import GAP, button, label, restyle, tip
from packdesk.ui.spoken import error_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from packdesk.errors import PackdeskError
    from packdesk.ui.theme import Theme

TEXT_LENGTH, BAR_LENGTH = 600, 300
"""Characters kept of a text, and shown in the bar; its tooltip has the rest."""
BESIDE_LENGTH = 60
"""Beside a longer text there is room for one button only; more stand below it."""

MOST_KEPT = 20
PASSING_MS = 12_000
"""How long one stands that goes by itself."""


@dataclass(frozen=True)
class Message:
    """One message.

    Attributes:
        text: what it says.
        kind: `info` or `error`.
        actions: a name and what it does, for each button; any of them closes the message.
        cause: names what it is about; the message ends when that does.
        passing: nothing can be done about it, so it goes by itself.
    """

    text: str
    kind: str = "info"
    actions: Sequence[tuple[str, Callable[[], None]]] = ()
    cause: str = ""
    passing: bool = False


class MessageBar(QFrame):
    """Shows the newest message; closing it brings the one before back, until none is left.

    Signals:
        dismissed: the user closed a message; its cause.
    """

    dismissed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self._messages: list[Message] = []
        self._theme: Theme | None = None
        self.passing_timer = QTimer(self, singleShot=True, interval=PASSING_MS)
        self.passing_timer.timeout.connect(self._end_passing)
        self._icon = QLabel()
        self._buttons, self._below = QHBoxLayout(), QHBoxLayout()
        self.text = label("", wrap=True)
        self.text.setMinimumWidth(1)  # else a long word, such as an address, would widen the window
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._older = label("", "muted")
        self.close_button = QToolButton()
        self.close_button.setIconSize(QSize(16, 16))
        self.close_button.setAccessibleName(self.tr("Close the message"))
        self.close_button.clicked.connect(self._close_newest)
        self._place()
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in the theme's colours."""
        self._theme = theme
        self.close_button.setIcon(line_icon("close", theme.muted))
        self._draw_icon()

    def show_error(
        self,
        error: PackdeskError,
        actions: Sequence[tuple[str, Callable[[], None]]] = (),
        *,
        cause: str = "",
        passing: bool = False,
    ) -> None:
        """An error with its remedy."""
        self.show_text(error_text(error), kind="error", actions=actions, cause=cause, passing=passing)

    def show_text(
        self,
        text: str,
        *,
        kind: str = "info",
        actions: Sequence[tuple[str, Callable[[], None]]] = (),
        cause: str = "",
        passing: bool = False,
        below: bool = False,
    ) -> None:
        """A message of kind `info` or `error`; one with the same text, or of the same cause, is replaced.

        The arguments are those of `Message`; one that stands `below` is an offer, which hides no news.
        """
        shown = cut(text, TEXT_LENGTH)
        kept = [one for one in self._messages if one.text != shown and not (cause and one.cause == cause)]
        made = Message(shown, kind, actions, cause, passing)
        self._messages = [made, *kept[-MOST_KEPT:]] if below else [*kept[-MOST_KEPT:], made]
        self._show_newest()

    def end(self, *causes: str) -> None:
        """These causes have ended, and their messages with them."""
        kept = [one for one in self._messages if one.cause not in causes]
        if len(kept) < len(self._messages):
            self._messages = kept
            self._show_newest()

    def shows(self, cause: str) -> bool:
        """Whether there is a message of that cause."""
        return any(one.cause == cause for one in self._messages)

    def _place(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(16, 9, 8, 9)
        layout.setSpacing(10)
        layout.addWidget(self._icon, 0, 0)
        layout.addWidget(self.text, 0, 1)
        layout.addLayout(self._buttons, 0, 2)
        layout.addWidget(self._older, 0, 3)
        layout.addWidget(self.close_button, 0, 4)
        layout.addLayout(self._below, 1, 1, 1, 4)
        layout.setColumnStretch(1, 1)

    @Slot()
    def _close_newest(self) -> None:
        closed = self._messages.pop() if self._messages else None
        self._show_newest()
        if closed is not None:
            self.dismissed.emit(closed.cause)

    @Slot()
    def _end_passing(self) -> None:
        self._messages = [one for one in self._messages if not one.passing]
        self._show_newest()

    def _show_newest(self) -> None:
        if any(one.passing for one in self._messages):
            self.passing_timer.start()
        if not self._messages:
            self.hide()
            return
        newest, older = self._messages[-1], len(self._messages) - 1
        self._show_actions(newest)
        self.text.setText(cut(newest.text, BAR_LENGTH))
        self.text.setToolTip(tip(newest.text) if len(newest.text) > BAR_LENGTH else "")
        self._older.setText(self.tr("{0} more").format(older))
        self._older.setVisible(older > 0)
        self.setProperty("kind", newest.kind)
        self._draw_icon()
        restyle(self)
        self.show()

    def _show_actions(self, message: Message) -> None:
        for row in (self._buttons, self._below):
            while (item := row.takeAt(0)) is not None:
                widget = item.widget()
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
        below = len(message.actions) > 1 and len(message.text) > BESIDE_LENGTH
        row = self._below if below else self._buttons
        for name, act in message.actions:
            made = button(name)
            made.clicked.connect(self._close_newest)
            made.clicked.connect(act)
            row.addWidget(made)
        if below:
            row.addStretch(1)

    def _draw_icon(self) -> None:
        if self._theme is not None:
            kind = self._messages[-1].kind if self._messages else "info"
            colour = self._theme.error if kind == "error" else self._theme.accent
            self._icon.setPixmap(line_icon(kind, colour).pixmap(20, 20))


_ICON = 18


class Banner(QFrame):
    """Shown while the design cannot be changed.

    Signals:
        copy_wanted: make what is reviewed the current design.
        settings_wanted: show the settings.
    """

    copy_wanted = Signal()
    settings_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._icon, self.text = label(""), label("", wrap=True)
        self.copy_button = button(self.tr("Edit a copy"))
        self.settings_button = button(self.tr("Settings …"))
        self.copy_button.clicked.connect(self.copy_wanted)
        self.settings_button.clicked.connect(self.settings_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 16, 7)
        row.setSpacing(GAP)
        row.addWidget(self._icon)
        row.addWidget(self.text, 1)
        row.addWidget(self.copy_button)
        row.addWidget(self.settings_button)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw the icon in the theme's colour."""
        self._icon.setPixmap(line_icon("info", theme.accent).pixmap(_ICON, _ICON))

    @Slot(str)
    def follow_connection(self, connection: str) -> None:
        """Show it where the design is open read-only, or its server takes no changes."""
        texts = {
            "review": self.tr("You are looking at a bundle. Nothing in it can be changed here."),
            "read-only": self.tr(
                "The server takes no changes for now. You can look at the design and export it."
            ),
            "unwritable": self.tr(
                "The disk takes no changes for now. You can look at the design and export it elsewhere."
            ),
        }
        self.text.setText(texts.get(connection, ""))
        self.copy_button.setVisible(connection == "review")
        self.settings_button.setVisible(connection == "read-only")
        self.setVisible(connection in texts)
