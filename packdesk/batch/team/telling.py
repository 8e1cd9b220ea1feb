"""What RQ writes of a server that has gone and of foreign jobs, in one plain line each."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Any

from rq.scheduler import RQScheduler

from packdesk.batch.team.server import FAULTS
from packdesk.domain.text import cut

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from packdesk.batch.team.server import TeamServer

_LOGS = ("rq.worker", "rq.scheduler", "rq.job", "rq.queue", "rq.registry")
_GONE = ("could not connect to Redis", "Redis connection timeout", "Scheduler [PID")
"""Beginnings of what RQ says, again and again, while the server is gone."""
_AT_ONCE = "cold shut down"
"""What it says of a second Ctrl-C."""
_FAILED = "exception raised while executing"
_UNREAD, _NO_ROW = "<DeserializationError>", "What lies in the queue is no row of a range."
_LONGEST = 300


class QuietScheduler(RQScheduler):
    """RQ's scheduler, which ends without a word where its server has gone: its worker begins it again.

    It ends with its worker, however that ends.
    """

    _worker = 0

    def begin(self, *, burst: bool) -> None:
        """Have a process of its own do its work, unless another one does; in a burst what is due now."""
        self._worker = os.getpid()
        self.acquire_locks(auto_start=not burst)  # type: ignore[no-untyped-call]  # RQ names no types here
        if burst and self.acquired_locks:
            self.enqueue_scheduled_jobs()  # type: ignore[no-untyped-call]  # likewise
            self.release_locks()  # type: ignore[no-untyped-call]  # likewise

    def work(self) -> None:
        """Put rows back into the queue when their time has come."""
        try:
            super().work()  # type: ignore[no-untyped-call]  # likewise
        except FAULTS:
            return

    def heartbeat(self) -> None:
        """Tell the server that it lives, and look whether its worker does."""
        super().heartbeat()  # type: ignore[no-untyped-call]  # likewise
        self._stop_requested = self._stop_requested or os.getppid() != self._worker


class Teller(logging.Filter):
    """Tells once that the server is gone, and once that it is back.

    Args:
        server: the team's.
        tell: takes lines for people.
    """

    def __init__(self, server: TeamServer, tell: Callable[[str], None]) -> None:
        super().__init__()
        self._server, self._tell, self._is_gone = server, tell, False

    def gone(self) -> None:
        """The server does not answer."""
        if not self._is_gone:
            self._is_gone = True
            self._tell(self._server.gone())

    def there(self) -> None:
        """The server has answered."""
        if self._is_gone:
            self._is_gone = False
            self._tell(self._server.back())

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record is told as it is: none of the server, and of others a line."""
        if _AT_ONCE in str(record.msg):
            self._tell("Ended at once. The row it was making is made anew by another worker.")
            return False
        if any(part in str(record.msg) for part in _GONE) or _is_fault(record.exc_info):
            self.gone()
            return False
        return one_line(record)


def one_line(record: logging.LogRecord) -> bool:
    """Cut a record to what is said in it, without the way there; a job that failed by the fault alone."""
    record.exc_info = record.exc_text = None
    if _FAILED in str(record.msg) and isinstance(record.args, tuple) and len(record.args) == 4:
        _, job, function, told = record.args
        said = _NO_ROW if function == _UNREAD else _last(str(told))
        record.msg, record.args = "Job %s: %s", (job, said)
    else:
        record.msg, record.args = _first(record.getMessage()), ()
    return True


def _is_fault(exc_info: Any) -> bool:
    return bool(exc_info) and isinstance(exc_info, tuple) and isinstance(exc_info[1], FAULTS)


def _last(text: str) -> str:
    """The last line of a traceback, without the name of a module."""
    line = text.strip().rpartition("\n")[2]
    kind, colon, said = line.partition(": ")
    return cut(said if colon else kind.rpartition(".")[2], _LONGEST)


def _first(text: str) -> str:
    return cut(text.strip().partition("\n")[0], _LONGEST).replace("%", "%%")


def plainly(told: Callable[[logging.LogRecord], bool] | Teller, logs: Sequence[str] = _LOGS) -> None:
    """Have RQ's logs go through a filter, and through no former one of ours."""
    for name in logs:
        log = logging.getLogger(name)
        for former in [one for one in log.filters if isinstance(one, Teller) or one is one_line]:
            log.removeFilter(former)
        log.addFilter(told)
