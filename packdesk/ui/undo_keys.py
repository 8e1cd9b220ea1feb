"""Undo and redo by key: of what is being typed, while something is; otherwise of the design."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

_KEYS = QKeySequence.StandardKey


class UndoKeys:
    """Who has the keys for undo and redo while the focus is in a field.

    By themselves Qt's fields take both keys always. One that returns true for the event without accepting it
    lets the window's shortcut have it. A key that is held goes on with what it began: one that has taken back
    the last of a text does not go on into the design; pressed anew, it does.
    """

    def __init__(self) -> None:
        self._left, self._released = True, 0

    def leaves(self, event: QEvent, *, undo: bool, redo: bool) -> bool:
        """Whether the field has to leave an event alone: a key for undo or redo, of which it has none itself.

        Args:
            event: any event of the field.
            undo: whether the field has something to take back.
            redo: whether it has something to do again.
        """
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.KeyRelease:
            self._released = event.timestamp()
        if event.type() != QEvent.Type.ShortcutOverride:
            return False
        undoes, redoes = event.matches(_KEYS.Undo), event.matches(_KEYS.Redo)
        if not (undoes or redoes):
            return False
        if not self._is_held(event):
            self._left = not (undo if undoes else redo)
        if self._left:
            event.ignore()
        return self._left

    def _is_held(self, event: QKeyEvent) -> bool:
        # X11 sends a release and a press of the same moment for each repeat; Qt does not always see it.
        return event.isAutoRepeat() or (event.timestamp() != 0 and event.timestamp() == self._released)


class LineEdit(QLineEdit):
    """A line of text that leaves Undo and Redo to the design while it has nothing to take back."""

    def __init__(self) -> None:
        super().__init__()
        self._undo_keys = UndoKeys()

    def event(self, event: QEvent) -> bool:
        """See `UndoKeys`."""
        leaves = self._undo_keys.leaves(event, undo=self.isUndoAvailable(), redo=self.isRedoAvailable())
        return leaves or super().event(event)
