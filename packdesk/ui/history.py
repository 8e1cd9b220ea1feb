"""Undo and redo of what this window did. Nothing of it outlives the session."""

from __future__ import annotations

import contextlib
from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from packdesk.ui.translation import translate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.domain.change import DesignChange

LONGEST = 200
_SIZE_STEP = 1


class History(QObject):
    """A stack of `DesignChange`s.

    Size changes of one gesture are one step. A step is carried out by whoever listens to `wanted`; when that
    is refused, `refuse` puts the stack back to where the design is.

    Signals:
        wanted: a `DesignChange` to make.
    """

    wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stack = QUndoStack(self)
        self.stack.setUndoLimit(LONGEST)
        self._gesture = 0
        self._silent = False
        self._asked: deque[int] = deque(maxlen=LONGEST)  # the steps asked for, -1 for back

    @Slot(object)
    def record(self, change: DesignChange) -> None:
        """Remember a change that was made."""
        with self._quietly():
            self.stack.push(_Step(self, change, self._gesture))

    @Slot()
    def end_gesture(self) -> None:
        """The next size change is a step of its own."""
        self._gesture += 1

    @Slot(object, int)
    def refuse(self, _error: object, count: int) -> None:
        """The last `count` wanted changes were not made, so the stack goes back as many steps."""
        with self._quietly():
            index = self.stack.index() - sum([self._asked.pop() for _ in range(min(count, len(self._asked)))])
            self.stack.setIndex(max(0, min(self.stack.count(), index)))

    def ask(self, change: DesignChange, *, backwards: bool) -> None:
        """A step is to be taken back or done again."""
        if not self._silent:
            self._asked.append(-1 if backwards else 1)
            self.wanted.emit(change.back() if backwards else change)

    @contextlib.contextmanager
    def _quietly(self) -> Iterator[None]:
        # Pushing a command and moving the index run it, and here it is done already.
        self._silent = True
        try:
            yield
        finally:
            self._silent = False


class _Step(QUndoCommand):
    def __init__(self, history: History, change: DesignChange, gesture: int) -> None:
        super().__init__(_step_name(change))
        self._history = history
        self.change = change
        self.gesture = gesture

    def id(self) -> int:
        return _SIZE_STEP if self.change.kind == "size" else -1

    def mergeWith(self, other: QUndoCommand) -> bool:  # noqa: N802  (Qt's name)
        if not isinstance(other, _Step) or other.gesture != self.gesture:
            return False
        self.change = self.change.then(other.change)
        return True

    def undo(self) -> None:
        self._history.ask(self.change, backwards=True)

    def redo(self) -> None:
        self._history.ask(self.change, backwards=False)


def _step_name(change: DesignChange) -> str:
    return {
        "size": translate("history", "size"),
        "type": translate("history", "package type"),
        "picture": translate("history", "imported picture"),
        "placement": translate("history", "placement"),
        "panel cleared": translate("history", "cleared panel"),
        "generation": translate("history", "generated artwork"),
        "new design": translate("history", "new design"),
    }[change.kind]
