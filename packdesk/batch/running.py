"""A range made from beginning to end: one at a time in a folder, gone on with where it was left."""

from __future__ import annotations

import itertools
import statistics
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from packdesk.batch.contact import contact_sheets
from packdesk.batch.files import unwritable
from packdesk.batch.former import FormerFiles
from packdesk.batch.journal import Journal
from packdesk.batch.report import report_of
from packdesk.batch.whose import claim
from packdesk.domain.ranges.naming import CONTACT_SHEET, OURS, REPORT
from packdesk.errors import OutputUnwritableError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from packdesk.batch.files import RangeFiles
    from packdesk.batch.former import FormerProduct
    from packdesk.batch.journal import RowRecord
    from packdesk.services.ranges.orders import RowOrder

    Listener = Callable[[RowRecord, bool], None]
    ProgressListener = Callable[["RangeProgress"], None]

_REPORT = f"{REPORT}.csv"
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
        notes: what else is worth a look on it.
    """

    name: str
    done: int
    failed: int
    total: int
    left_s: float | None
    reason: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class RangeOutcome:
    """What became of a range.

    Attributes:
        made: rows made now.
        kept: rows that had been made of the same before.
        failed: rows that failed.
        noted: rows that are made and have something worth a look, which the report tells.
        report: where the table is that tells of each.
        contact_sheets: where there is a picture of each.
        seconds: it took.
        former: files of an earlier run that are no product of the table now; they stay.
    """

    made: int
    kept: int
    failed: int
    report: str
    contact_sheets: tuple[str, ...]
    seconds: float
    noted: int = 0
    former: tuple[str, ...] = ()


class Hands(Protocol):
    """Whoever makes rows: processes of this machine, or a team."""

    def make(self, orders: Sequence[RowOrder], listener: Listener) -> None:
        """Make all rows; blocks. The listener is told each record, and whether anything was done for it.

        Raises:
            PackdeskError: no row can be made any more.
        """
        ...


class RangeRun:
    """Makes the rows of a plan.

    Args:
        files: of the range.
        hands: make them.
        orders: the rows.
        title: of the contact sheet.
        source: the table, by its file and sheet.
        force: whether files that are not of this range may be replaced.
    """

    def __init__(
        self,
        files: RangeFiles,
        hands: Hands,
        orders: Sequence[RowOrder],
        title: str,
        *,
        source: str,
        force: bool = False,
    ) -> None:
        self._files = files
        self._hands = hands
        self._orders = orders
        self._title = title
        self._source = source
        self._force = force
        self._journal = Journal(files)
        self._made = self._kept = self._failed = self._noted = 0
        self._ends: deque[float] = deque(maxlen=_LATEST)

    def run(self, listener: ProgressListener) -> RangeOutcome:
        """Make what is not made yet; blocks. Whatever ends it, what was made is told in the report.

        Raises:
            NotPossibleError: another range is being made in the same folder.
            OutputUnwritableError: the folder cannot be written, something of that name is in it, or it is
                another table's.
            UnexpectedError: no process could be begun.
        """
        began = time.monotonic()
        self._check_ours()
        self._files.open()
        with self._files.alone():
            claim(self._files, self._source, force=self._force)
            self._ends.append(time.monotonic())
            try:
                self._hands.make(self._orders, self._heard(listener))
            finally:
                former = self._report()
            sheets = []
            told = contact_sheets(self._title, self._records(), len(self._orders), self._files)
            for name, document in told:
                self._write(name, document)
                sheets.append(self._named(name))
        seconds = time.monotonic() - began
        return RangeOutcome(
            self._made,
            self._kept,
            self._failed,
            self._named(_REPORT),
            tuple(sheets),
            seconds,
            noted=self._noted,
            former=former,
        )

    def _report(self) -> tuple[str, ...]:
        """Write it; returns files that are no product now."""
        former = FormerFiles(self._files, self._journal, self._orders)
        found: list[FormerProduct] = []

        def left() -> list[FormerProduct]:
            found.extend(former.found())
            return found

        self._write(_REPORT, report_of(former.watched(self._records()), left))
        return tuple(name for product in found for name in product.files)

    def _check_ours(self) -> None:
        """A folder without anything of ours may have files of the same names."""
        if self._force or self._files.there(OURS):
            return
        for name in (_REPORT, f"{CONTACT_SHEET}.pdf"):
            if self._files.there(name):
                raise OutputUnwritableError(
                    Sentence("{target} already exists.", target=self._named(name)),
                    "Choose another folder, or have its files replaced.",
                    terminal="--force replaces it.",
                )

    def _write(self, name: str, data: bytes) -> None:
        try:
            self._files.write(name, data)
        except OSError as error:
            raise unwritable(self._named(name)) from error

    def _named(self, name: str) -> str:
        return f"{self._files.place.rstrip('/')}/{name}"

    def _heard(self, listener: ProgressListener) -> Listener:
        def heard(record: RowRecord, fresh: bool) -> None:  # noqa: FBT001  (a listener of the hands)
            if record.state == "failed":
                self._failed += 1
                if not record.inputs:  # its process could not say so itself
                    former = self._journal.read(record.name)
                    self._journal.write(record.model_copy(update={"others": former.ours if former else {}}))
                self._files.check_room()
            elif fresh:
                self._made += 1
            else:
                self._kept += 1
            self._noted += record.state == "made" and bool(record.notes)
            if fresh:
                self._ends.append(time.monotonic())
            done, total = self._made + self._kept + self._failed, len(self._orders)
            left_s = self._left_s(total - done)
            notes = record.notes if record.state == "failed" else ()
            listener(RangeProgress(record.name, done, self._failed, total, left_s, record.reason, notes))

        return heard

    def _left_s(self, rows: int) -> float | None:
        """By the pace of the latest rows, at first since the beginning; unknown before there are two.

        Processes that began together end their first rows together: the time between those says nothing.
        """
        if len(self._ends) < 3:
            return None
        times = list(self._ends)
        pace = statistics.fmean(after - before for before, after in itertools.pairwise(times))
        return rows * pace

    def _records(self) -> Iterator[tuple[RowOrder, RowRecord | None]]:
        records = self._journal.read_all(order.name for order in self._orders)
        return zip(self._orders, records, strict=True)
