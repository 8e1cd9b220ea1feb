"""Undo and redo by key: of what is being typed, while something is; otherwise of the design."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence

_KEYS = QKeySequence.StandardKey


def leaves_to_window(event: QEvent, *, undo: bool, redo: bool) -> bool:
    """Whether a field has to leave an event alone: a key for undo or redo, of which it has none itself.

    By themselves Qt's fields take both keys always. One that returns true for the event without accepting it
    lets the window's shortcut have it.

    Args:
        event: any event of the field.
        undo: whether the field has something to take back.
        redo: whether it has something to do again.
    """
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    leaves = (event.matches(_KEYS.Undo) and not undo) or (event.matches(_KEYS.Redo) and not redo)
    if leaves:
        event.ignore()
    return leaves
