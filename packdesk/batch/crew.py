"""Processes that take rows one by one. One that dies costs its row a second try, and no other anything."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any

from packdesk.batch.files import unwritable
from packdesk.batch.journal import RowRecord
from packdesk.batch.process import work
from packdesk.errors import UnexpectedError
from packdesk.processes import own_processes
from packdesk.sentence import Sentence
from packdesk.stopping import Stop

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    from packdesk.batch.process import Workshop
    from packdesk.batch.running import Listener
    from packdesk.services.ranges.orders import RowOrder


TRIES = 2
ROW_S = 600.0
"""No row takes longer; what does has hung."""
_MOST_DEATHS = 3 * TRIES
"""In a row, with no row made between: then it is the machine, and not rows."""
_REMEDY = "The log says more."
_HERE = "Look at what it wrote above."
_POLL_S = 0.2
"""As soon a stop is seen."""
_ENDING_S = 3.0


@dataclass
class _Hand:
    """One process and the row it has."""

    process: SpawnProcess
    pipe: Connection
    order: RowOrder | None = None
    ready: bool = False
    since: float = field(default_factory=time.monotonic)


class Crew:
    """Makes rows in so many processes.

    Args:
        workshop: what they need to know.
        count: of processes.
        stop: whether the range is still wanted.
    """

    def __init__(self, workshop: Workshop, count: int, stop: Stop | None = None) -> None:
        self._workshop = workshop
        self._count = count
        self._stop = stop or Stop()
        self._context = own_processes()
        self._hands: list[_Hand] = []
        self._tries: dict[str, int] = {}
        self._deaths = 0

    def make(self, orders: Sequence[RowOrder], listener: Listener) -> None:
        """Make all rows; blocks.

        Args:
            orders: the rows.
            listener: told each record, and whether anything was done for it.

        Raises:
            OutputUnwritableError: what is known of a row cannot be kept: no room is left.
            StoppedError: the range is wanted no longer; rows that are made stay.
            UnexpectedError: the processes end before they have begun, or again and again.
        """
        waiting = deque(orders)
        try:
            self._hands = [self._hired() for _ in range(min(self._count, len(orders)))]
            while waiting or any(hand.order for hand in self._hands):
                self._stop.check()
                self._hear(waiting, listener)
        finally:
            self._dismiss()

    def _hired(self) -> _Hand:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=work, args=(theirs, self._workshop), daemon=True)
        process.start()
        theirs.close()
        return _Hand(process, ours)

    def _hear(self, waiting: deque[RowOrder], listener: Listener) -> None:
        ready = wait([hand.pipe for hand in self._hands], _POLL_S)
        for hand in list(self._hands):
            if hand.pipe in ready:
                self._take(hand, waiting, listener)
            elif hand.order is not None and time.monotonic() - hand.since > ROW_S:
                hand.process.kill()

    def _take(self, hand: _Hand, waiting: deque[RowOrder], listener: Listener) -> None:
        try:
            kind, told = hand.pipe.recv()
        except (EOFError, OSError):
            self._replace(hand, waiting, listener)
            return
        order, hand.order, hand.ready = hand.order, None, True
        if order is not None:
            self._deaths = 0
            self._told(order, kind, told, listener)
        if waiting:
            hand.order, hand.since = waiting.popleft(), time.monotonic()
            try:
                hand.pipe.send(hand.order)
            except OSError:  # it has ended meanwhile
                self._replace(hand, waiting, listener)

    def _told(self, order: RowOrder, kind: str, told: Any, listener: Listener) -> None:
        if kind == "unwritable":
            raise unwritable(str(self._workshop.folder))
        record, fresh = told if kind == "done" else (lost(order, told), True)
        listener(record, fresh)

    def _replace(self, hand: _Hand, waiting: deque[RowOrder], listener: Listener) -> None:
        """A process has ended by itself: another one takes its place, and its row once more."""
        self._hands.remove(hand)
        hand.process.join(_ENDING_S)
        order = hand.order
        self._deaths += 1
        if not hand.ready and order is None:
            raise UnexpectedError(
                "The process that makes rows ended before it began.", _REMEDY, terminal=_HERE
            )
        if self._deaths >= _MOST_DEATHS:
            raise UnexpectedError(
                "The processes that make rows end again and again. Rows that are made stay.",
                _REMEDY,
                terminal=_HERE,
            )
        if order is not None:
            self._tries[order.name] = self._tries.get(order.name, 0) + 1
            if self._tries[order.name] < TRIES:
                waiting.append(order)
            else:
                listener(lost(order, "the process ended"), True)  # noqa: FBT003  (as all listeners are told)
        if waiting:
            self._hands.append(self._hired())

    def _dismiss(self) -> None:
        """End all: those at rest by themselves, others politely, so that they take away what they began."""
        for hand in self._hands:
            try:
                hand.pipe.send(None) if hand.order is None else hand.process.terminate()
            except OSError:
                hand.process.terminate()
        for hand in self._hands:
            hand.process.join(_ENDING_S)
            hand.process.kill()
            hand.process.join()
            hand.pipe.close()
        self._hands = []


def lost(order: RowOrder, fault: str) -> RowRecord:
    """The record of a row whose process could not write one."""
    return unmade(order, Sentence("The row could not be made: {fault}.", fault=fault))


def unmade(order: RowOrder, reason: str) -> RowRecord:
    """The record of a row of which nothing could be begun, and why."""
    return RowRecord(
        row=order.row.number, name=order.name, inputs="", state="failed", code=order.row.code, reason=reason
    )
