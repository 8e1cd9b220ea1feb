"""A range made from beginning to end: one at a time in a folder, gone on with where it was left."""

from __future__ import annotations

import contextlib
import itertools
import shutil
import statistics
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from filelock import Timeout

from packdesk.batch.contact import write_contact_sheets
from packdesk.batch.crew import Crew
from packdesk.batch.journal import OURS, Journal
from packdesk.batch.report import write_report
from packdesk.domain.ranges.naming import CONTACT_SHEET, REPORT
from packdesk.errors import NotPossibleError, OutputUnwritableError
from packdesk.files import check_free, process_lock
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from packdesk.batch.journal import RowRecord
    from packdesk.batch.process import Workshop
    from packdesk.services.ranges.orders import RowOrder

    ProgressListener = Callable[["RangeProgress"], None]

LEAST_FREE = 16 * 2**20
"""Bytes; less than a row needs."""
_LATEST = 50
"""Rows the time left is judged by."""


@dataclass(frozen=True)
class RangeProgress:
    """One more row is done.

    Attributes:
        name: of its files.
        done: rows that are, those made earlier included.
        failed: how many of them failed.
        total: rows of the range.
        left_s: seconds until all are probably done, once that can be judged.
        reason: why this one failed; empty where it did not.
    """

    name: str
    done: int
    failed: int
    total: int
    left_s: float | None
    reason: str = ""


@dataclass(frozen=True)
class RangeOutcome:
    """What became of a range.

    Attributes:
        made: rows made now.
        kept: rows that had been made of the same before.
        failed: rows that failed.
        report: the table that tells of each.
        contact_sheets: with a picture of each.
        seconds: it took.
    """

    made: int
    kept: int
    failed: int
    report: Path
    contact_sheets: tuple[Path, ...]
    seconds: float


class RangeRun:
    """Makes the rows of a plan.

    Args:
        workshop: what they are made of, and where they go.
        orders: the rows.
        count: of processes.
        title: of the contact sheet.
    """

    def __init__(self, workshop: Workshop, orders: Sequence[RowOrder], count: int, title: str) -> None:
        self._workshop = workshop
        self._orders = orders
        self._count = count
        self._title = title
        self._journal = Journal(workshop.folder)
        self._made = self._kept = self._failed = 0
        self._ends: deque[float] = deque(maxlen=_LATEST)

    def run(self, listener: ProgressListener) -> RangeOutcome:
        """Make what is not made yet; blocks. Whatever ends it, what was made is told in the report.

        Raises:
            NotPossibleError: another range is being made in the same folder.
            OutputUnwritableError: the folder cannot be written, or something of that name is in it.
            UnexpectedError: no process could be begun.
        """
        began = time.monotonic()
        with self._alone():
            try:
                Crew(self._workshop, self._count).make(self._orders, self._heard(listener))
            finally:
                report = write_report(self._workshop.folder, self._records())
            sheets = write_contact_sheets(
                self._workshop.folder, self._title, self._records(), len(self._orders), self._journal
            )
        seconds = time.monotonic() - began
        return RangeOutcome(self._made, self._kept, self._failed, report, tuple(sheets), seconds)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        folder = self._workshop.folder
        if not (folder / OURS).is_dir():
            for name in (f"{REPORT}.csv", f"{CONTACT_SHEET}.pdf"):
                check_free(folder / name, force=self._workshop.force)
        self._journal.open()
        try:
            with process_lock(folder / OURS / "lock", private=False).acquire(timeout=0):
                yield
        except Timeout as error:
            raise NotPossibleError(
                Sentence("Another range is being made in {folder}.", folder=folder),
                "Wait for its end, or name another folder.",
            ) from error

    def _heard(self, listener: ProgressListener) -> Callable[[RowRecord, bool], None]:
        def heard(record: RowRecord, fresh: bool) -> None:  # noqa: FBT001  (a listener of the crew)
            if record.state == "failed":
                self._failed += 1
                if not record.inputs:  # its process could not say so itself
                    former = self._journal.read(record.name)
                    self._journal.write(record.model_copy(update={"files": former.files if former else {}}))
                self._check_room()
            elif fresh:
                self._made += 1
            else:
                self._kept += 1
            if fresh:
                self._ends.append(time.monotonic())
            done, total = self._made + self._kept + self._failed, len(self._orders)
            progress = RangeProgress(
                record.name, done, self._failed, total, self._left_s(total - done), record.reason
            )
            listener(progress)

        return heard

    def _check_room(self) -> None:
        """A disk that is full fails every row: none of them need be tried."""
        folder = self._workshop.folder
        if shutil.disk_usage(folder).free < LEAST_FREE:
            raise OutputUnwritableError(
                Sentence("The disk of {folder} is full.", folder=folder),
                "Free some space, and make the range again: it goes on where it is.",
            )

    def _left_s(self, rows: int) -> float | None:
        """By the pace of the latest rows; nothing is known before there are two."""
        if len(self._ends) < 2:
            return None
        times = list(self._ends)
        pace = statistics.fmean(after - before for before, after in itertools.pairwise(times))
        return rows * pace

    def _records(self) -> Iterator[tuple[RowOrder, RowRecord | None]]:
        return ((order, self._journal.read(order.name)) for order in self._orders)
