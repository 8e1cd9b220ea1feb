"""What keys mean for objects, the same on the sheet, in 3D and in the list."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from packdesk.domain.objects.gestures import TURN_STEP, moved, turned_by

if TYPE_CHECKING:
    from packdesk.domain.objects.values import PanelObject

_FINE_MM, _STEP_MM = 0.1, 1.0
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}

_TURNS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_FINE_DEGREES = 1.0


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
    GROUP = auto()
    UNGROUP = auto()
    MOVE = auto()
    TURN = auto()


STEPS = frozenset({Meant.MOVE, Meant.TURN})
CHANGES = frozenset(set(Meant) - {Meant.COPY, Meant.ALL, Meant.NONE})
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
        if key == Qt.Key.Key_G and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return Meant.UNGROUP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else Meant.GROUP
        return Meant.TURN if key in _TURNS else Meant.DUPLICATE if key == Qt.Key.Key_D else None
    return _KEYS.get(key)


def stepped(one: PanelObject, event: QKeyEvent) -> PanelObject:
    """The object after a key that moves or turns; Shift does it finely."""
    fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if meant_by(event) is Meant.TURN:
        return turned_by(one, _TURNS[Qt.Key(event.key())] * (_FINE_DEGREES if fine else TURN_STEP))
    right, down = _ARROWS[Qt.Key(event.key())]
    step = _FINE_MM if fine else _STEP_MM
    return moved(one, right * step, down * step)
