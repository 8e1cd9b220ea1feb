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
SAVED_LATER = frozenset({"size", "type"})
"""Kinds of changes that are shown, and recorded here, before the store has taken them."""


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
        self._sizing: _Step | None = None
        self._unsaved: list[_Step] = []
        self._silent = False
        self._asked: deque[int] = deque(maxlen=LONGEST)  # the steps asked for, -1 for back

    @Slot(object)
    def record(self, change: DesignChange) -> None:
        """Remember a change that was made."""
        # Widened in place: a command Qt merges into another one is never freed on Python's side.
        if self._sizing is not None and change.kind == "size" and self._is_newest(self._sizing):
            self._sizing.change = self._sizing.change.then(change)
            self._note_unsaved(self._sizing)
            return
        step = _Step(self, change)
        self._sizing = step if change.kind == "size" else None
        with self._quietly():
            self.stack.push(step)
        if change.kind in SAVED_LATER:
            self._note_unsaved(step)

    @Slot(bool)
    def follow_saving(self, unsaved: bool) -> None:  # noqa: FBT001  (a slot)
        """Once everything is in the store, what was set stays a step."""
        if not unsaved:
            self._unsaved.clear()

    @Slot()
    def forget_unsaved(self) -> None:
        """What was set last was refused: it never happened, so it is no step."""
        refused, self._unsaved = self._unsaved, []
        for step in reversed(refused):
            if self._is_newest(step):
                step.setObsolete(True)  # taking it back removes it
                with self._quietly():
                    self.stack.undo()
        self._sizing = None

    def _note_unsaved(self, step: _Step) -> None:
        if step not in self._unsaved:
            self._unsaved.append(step)

    @Slot()
    def end_gesture(self) -> None:
        """The next size change is a step of its own."""
        self._sizing = None

    @Slot(int)
    def refuse(self, count: int) -> None:
        """The last `count` wanted changes were not made, so the stack goes back as many steps."""
        with self._quietly():
            index = self.stack.index() - sum([self._asked.pop() for _ in range(min(count, len(self._asked)))])
            self.stack.setIndex(max(0, min(self.stack.count(), index)))

    def ask(self, change: DesignChange, *, backwards: bool) -> None:
        """A step is to be taken back or done again."""
        if not self._silent:
            self._asked.append(-1 if backwards else 1)
            self.wanted.emit(change.back() if backwards else change)

    def _is_newest(self, step: _Step) -> bool:
        done = self.stack.index()
        return done == self.stack.count() and self.stack.command(done - 1) is step

    @contextlib.contextmanager
    def _quietly(self) -> Iterator[None]:
        # Pushing a command and moving the index run it, and here it is done already.
        self._silent = True
        try:
            yield
        finally:
            self._silent = False


class _Step(QUndoCommand):
    def __init__(self, history: History, change: DesignChange) -> None:
        super().__init__(_step_name(change))
        self._history = history
        self.change = change

    def undo(self) -> None:
        self._history.ask(self.change, backwards=True)

    def redo(self) -> None:
        self._history.ask(self.change, backwards=False)


def _step_name(change: DesignChange) -> str:
    return {
        "size": translate("history", "size"),
        "type": translate("history", "package type"),
        "picture": translate("history", "imported picture"),
        "link": translate("history", "linked picture"),
        "placement": translate("history", "placement"),
        "panel cleared": translate("history", "cleared panel"),
        "panels swapped": translate("history", "swapped panels"),
        "panel copied": translate("history", "copied panel"),
        "objects": translate("history", "objects"),
        "generation": translate("history", "generated artwork"),
        "new design": translate("history", "new design"),
        "opened design": translate("history", "opened design"),
    }[change.kind]
