"""A range made for a window: its progress and its end as messages."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from packdesk.batch.here import run_here
from packdesk.batch.planning import check_money
from packdesk.domain.ranges.messages import MOST_NOTES, Ended, Make, Step, Told
from packdesk.domain.ranges.naming import REPORT
from packdesk.errors import NotPossibleError
from packdesk.stopping import StoppedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from packdesk.batch.looking import LookedAt
    from packdesk.batch.running import RangeOutcome, RangeProgress
    from packdesk.domain.ranges.messages import Answered
    from packdesk.stopping import Stop

_PACE_S = 0.05
"""Between two steps that are told: a window shows no more. Rows that fail are all told."""


class _Listener:
    """Tells the window of rows."""

    def __init__(self, places: dict[str, int], answer: Callable[[Answered], None]) -> None:
        self._places = places
        self._answer = answer
        self._told = 0.0
        self.latest: RangeProgress | None = None

    def __call__(self, progress: RangeProgress) -> None:
        """One more row is done."""
        self.latest = progress
        now = time.monotonic()
        if now - self._told < _PACE_S and not progress.reason and progress.done < progress.total:
            return
        self._told = now
        self._answer(
            Step(
                name=progress.name,
                place=self._places[progress.name],
                done=progress.done,
                failed=progress.failed,
                total=progress.total,
                left_s=progress.left_s,
                reason=progress.reason,
                notes=progress.notes,
            )
        )


def made(looked: LookedAt, asked: Make, stop: Stop, answer: Callable[[Answered], None]) -> Ended:
    """Make the range that was looked through last; blocks. Rows that are made stay, whatever ends it.

    Raises:
        PackdeskError: it cannot be made, or not gone on with.
    """
    try:
        planned = looked.planned(asked.number)
    except NotPossibleError as error:
        return Ended(error=Told.of(error.full_text()), outdated=True)
    check_money(planned, asked.limit)
    listener = _Listener({one.name: place for place, one in enumerate(planned.plan.orders)}, answer)
    report = planned.workshop.folder / f"{REPORT}.csv"
    total = len(planned.plan.orders)
    began = time.monotonic()
    try:
        with run_here(planned, os.cpu_count() or 1, stop) as run:
            outcome = run.run(listener)
    except StoppedError:
        latest = listener.latest
        done, failed = (latest.done, latest.failed) if latest else (0, 0)
        return Ended(
            made=done - failed,
            failed=failed,
            total=total,
            seconds=time.monotonic() - began,
            cancelled=True,
            report=_there(report),
        )
    return _ended(outcome, total)


def _ended(outcome: RangeOutcome, total: int) -> Ended:
    return Ended(
        made=outcome.made,
        kept=outcome.kept,
        failed=outcome.failed,
        total=total,
        seconds=outcome.seconds,
        report=outcome.report,
        sheets=outcome.contact_sheets,
        noted=outcome.noted,
        former=len(outcome.former),
        former_names=outcome.former[:MOST_NOTES],
    )


def _there(file: Path) -> str:
    return str(file) if file.is_file() else ""
