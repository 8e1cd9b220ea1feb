"""Rows given to a team, and what it says of them; the other side of `worker`."""

from __future__ import annotations

import contextlib
import logging
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from rq import Queue, Retry

from packdesk.batch.journal import RowRecord
from packdesk.batch.team.bench import begin_in, keep_input
from packdesk.batch.team.given_up import GIVEN, GIVEN_UP, STRANGE_TRIES, given_up, standings
from packdesk.batch.team.job import FUNCTION, ROW_S, SERIALIZER, RowJob, TeamRow, encoded
from packdesk.batch.team.server import FAULTS, KEPT_S, QUEUE, ServerFault
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from packdesk.batch.files import RangeFiles
    from packdesk.batch.running import Listener
    from packdesk.batch.team.given_up import Standing
    from packdesk.batch.team.server import QueuedRange, TeamServer
    from packdesk.services.ranges.orders import RowOrder

_AT_ONCE = 200
_LISTEN_S = 2.0
_QUIET_S = 15.0
"""Without a word for so long, the queue is asked what became of the rows."""
_PAUSE_S = 2.0
_RESULT_S = 3600
_STRANGERS = Sentence(
    "A worker of another program takes rows from the queue “{queue}”, and cannot make them. "
    "They are put back.",
    queue=QUEUE,
)
_log = logging.getLogger(__name__)


class Team:
    """Has the workers of a queue make rows: `Hands` of a `RangeRun`.

    Args:
        server: the team's.
        name: of the range.
        queued: what workers have to know of it.
        files: of the range.
        tables: the folder that names of pictures are meant from.
        design: the base design's file.
        tell: takes what somebody who waits should know.
    """

    def __init__(
        self,
        server: TeamServer,
        name: str,
        queued: QueuedRange,
        files: RangeFiles,
        *,
        tables: Path,
        design: Path,
        tell: Callable[[Sentence], None] | None = None,
    ) -> None:
        self._server = server
        self._name = name
        self._queued = queued
        self._files = files
        self._tables = tables
        self._design = design
        self._tell = tell or _log.warning
        self._told: set[str] = set()
        self._strange: Counter[str] = Counter()
        self._states: dict[str, str] = {}
        self._inputs: dict[str, str] = {}
        self._queue = Queue(QUEUE, connection=server.connection, serializer=SERIALIZER, job_class=RowJob)

    def give(self, orders: Sequence[RowOrder]) -> None:
        """Put the rows in the queue.

        Raises:
            StoreUnavailableError: the server does not answer.
            OSError: a file they need cannot be put where all reach it.
        """
        begin_in(self._files, self._queued.run, self._design)
        try:
            self._server.begin(self._name, self._queued)
            self._enqueue(orders)
        except ServerFault as error:
            raise self._server.unreachable() from error

    def make(self, orders: Sequence[RowOrder], listener: Listener) -> None:
        """See `Hands.make`."""
        with self._server.alone(self._name) as renew:
            waiting = {order.name: order for order in orders}
            self.give(orders)
            try:
                self._listen(waiting, listener, renew)
            finally:
                if waiting:
                    self._take_back(waiting.values())

    def _listen(self, waiting: dict[str, RowOrder], listener: Listener, renew: Any) -> None:
        quiet, gone = time.monotonic(), False
        while waiting:
            try:
                renew()
                told = self._server.heard(self._name, _LISTEN_S)
                gone = gone and self._tell_back()
                if told is None and time.monotonic() - quiet > _QUIET_S:
                    self._look_after(waiting, listener)
                    quiet = time.monotonic()
            except FAULTS:
                gone = gone or self._tell_gone()
                time.sleep(_PAUSE_S)
                continue
            record = _record(told)
            if record is not None and waiting.pop(record.name, None) is not None:
                quiet = time.monotonic()
                fresh = bool(told and told.get("fresh"))
                self._states[record.name] = record.state if fresh else "kept"
                listener(record, fresh)

    def _tell_gone(self) -> bool:
        self._tell(self._server.gone())
        return True

    def _tell_back(self) -> bool:
        self._tell(self._server.back())
        return False

    def _tell_once(self, sentence: Sentence) -> None:
        if sentence not in self._told:
            self._told.add(sentence)
            self._tell(sentence)

    def _look_after(self, waiting: dict[str, RowOrder], listener: Listener) -> None:
        """Rows that RQ has given up are failed; those it knows nothing of are given once more."""
        again: list[RowOrder] = []
        orders = list(waiting.values())
        known = standings(self._server.connection, [self._job_id(order) for order in orders])
        for order, standing in zip(orders, known, strict=True):
            if standing.status is None or (
                standing.status in GIVEN_UP and self._may_go_back(order, standing)
            ):
                again.append(order)
            elif standing.status in GIVEN_UP:
                self._give_up(waiting.pop(order.name), standing, listener)
        if again:
            self._put_back(again)

    def _may_go_back(self, order: RowOrder, standing: Standing) -> bool:
        """Whether a row that a worker of another program has taken may wait for one of ours."""
        if standing.strange:
            self._strange[order.name] += 1
            self._tell_once(_STRANGERS)
        return standing.strange and self._strange[order.name] <= STRANGE_TRIES

    def _give_up(self, order: RowOrder, standing: Standing, listener: Listener) -> None:
        connection = self._server.connection
        record = given_up(order, standing, self._job_id(order), connection=connection, serializer=SERIALIZER)
        self._states[order.name] = GIVEN
        self._server.count(self._name, {order.name: GIVEN})
        listener(record, True)  # noqa: FBT003  (as all listeners are told)

    def _put_back(self, orders: Sequence[RowOrder]) -> None:
        """Put rows into the queue once more; a server that has lost all is told of the range again."""
        if self._server.find(self._name) is None:
            self._server.begin(self._name, self._queued)
            self._server.count(self._name, self._states)
        for order in orders:
            self._queue.failed_job_registry.remove(self._job_id(order))
        self._enqueue(orders)

    def _enqueue(self, orders: Sequence[RowOrder]) -> None:
        for start in range(0, len(orders), _AT_ONCE):
            some = orders[start : start + _AT_ONCE]
            self._queue.enqueue_many([self._job(order) for order in some])

    def _told_of(self, order: RowOrder) -> TeamRow:
        """A row as a worker is told of it: its files are called by what they contain."""
        row = order.row
        kept = {name: self._kept(name) for name in (*row.pictures.values(), row.sheet) if name}
        ours = {name: f"{sha256}{_ending(name)}" for name, sha256 in kept.items()}
        renamed = row.model_copy(
            update={
                "pictures": {panel: ours[name] for panel, name in row.pictures.items()},
                "sheet": ours.get(row.sheet, ""),
            }
        )
        return TeamRow(
            range_name=self._name,
            run=self._queued.run,
            order=order.model_copy(update={"row": renamed}),
            inputs={ours[name]: sha256 for name, sha256 in kept.items()},
        )

    def _job(self, order: RowOrder) -> Any:
        return Queue.prepare_data(
            FUNCTION,
            args=(encoded(self._told_of(order)),),
            job_id=self._job_id(order),
            timeout=ROW_S,
            result_ttl=_RESULT_S,
            failure_ttl=KEPT_S,
            retry=Retry(max=1),  # of a worker that went, or a fault of ours: elsewhere, once
            description=f"{self._name}: row {order.row.number}",
        )

    def _kept(self, name: str) -> str:
        """The SHA-256 of a row's file, which is among the inputs from now on."""
        if name not in self._inputs:
            self._inputs[name] = keep_input(self._files, self._tables / name)
        return self._inputs[name]

    def _job_id(self, order: RowOrder) -> str:
        return f"{self._queued.run}-{order.row.number}"

    def _take_back(self, orders: Iterable[RowOrder]) -> None:
        """Rows that are not begun are not wanted any more; those that are go on to their end."""
        with contextlib.suppress(ServerFault):
            self._server.stop(self._name, self._queued.run)
            with self._server.connection.pipeline(transaction=False) as pipeline:
                for order in orders:
                    self._queue.remove(self._job_id(order), pipeline=pipeline)
                pipeline.execute()


def _record(told: dict[str, Any] | None) -> RowRecord | None:
    try:
        return None if told is None else RowRecord.model_validate(told["record"])
    except (KeyError, ValidationError):
        _log.warning("Something was told that is no row's record")
        return None


def _ending(name: str) -> str:
    """Of a file's name, by which its kind may be known."""
    _, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and ending.isalnum() and len(ending) <= 8 else ""
