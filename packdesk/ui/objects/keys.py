"""What keys mean for objects, the same on the sheet, in 3D and in the list."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

_FINE_MM, _STEP_MM = 0.1, 1.0
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Meant(Enum):
    """What is to be done."""

    PASTE = auto()
    COPY = auto()
    CUT = auto()
    ALL = auto()
    NONE = auto()
    DELETE = auto()
    DUPLICATE = auto()
    OPEN = auto()
    MOVE = auto()


CHANGES = frozenset({Meant.PASTE, Meant.CUT, Meant.DELETE, Meant.DUPLICATE, Meant.OPEN, Meant.MOVE})
_STANDARD = {
    QKeySequence.StandardKey.Paste: Meant.PASTE,
    QKeySequence.StandardKey.Copy: Meant.COPY,
    QKeySequence.StandardKey.Cut: Meant.CUT,
    QKeySequence.StandardKey.SelectAll: Meant.ALL,
}
_KEYS = {
    Qt.Key.Key_Escape: Meant.NONE,
    Qt.Key.Key_Delete: Meant.DELETE,
    Qt.Key.Key_Backspace: Meant.DELETE,
    Qt.Key.Key_F2: Meant.OPEN,
    Qt.Key.Key_Return: Meant.OPEN,
    Qt.Key.Key_Enter: Meant.OPEN,
    **dict.fromkeys(_ARROWS, Meant.MOVE),
}


def meant_by(event: QKeyEvent) -> Meant | None:
    """What a key means, if anything."""
    for keys, meant in _STANDARD.items():
        if event.matches(keys):
            return meant
    key = Qt.Key(event.key())
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return Meant.DUPLICATE if key == Qt.Key.Key_D else None
    return _KEYS.get(key)


def step_of(event: QKeyEvent) -> tuple[float, float]:
    """How far an arrow key moves something, to the right and downwards in millimetres; Shift finely."""
    right, down = _ARROWS[Qt.Key(event.key())]
    step = _FINE_MM if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _STEP_MM
    return right * step, down * step
