"""Why RQ has given a row up: its process ended, a fault of ours, or a worker of another program took it."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any, NamedTuple

from rq.job import JobStatus
from rq.results import Result

from packdesk.batch.crew import lost, unmade
from packdesk.batch.team.job import RowJob, no_worker_of_ours

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from packdesk.batch.journal import RowRecord
    from packdesk.batch.team.server import Connection
    from packdesk.services.ranges.orders import RowOrder

STRANGE_TRIES = 3
"""So often a row goes back to the queue that a worker of another program has taken."""
GIVEN_UP = frozenset({JobStatus.FAILED, JobStatus.STOPPED, JobStatus.CANCELED})
GIVEN = "given up"
"""What is counted of a row that RQ has among its failed ones, too."""
_OURS = "packdesk-"
_ENDED = ("Work-horse terminated", "AbandonedJob", "Moved to FailedJobRegistry")
"""What RQ says of a row whose process or worker went."""
_FAULT = re.compile(r"(?:[\w.]*\.)?(\w+)(?::|$)")


class Standing(NamedTuple):
    """What RQ knows of a row's job.

    Attributes:
        status: None where it knows nothing of it.
        worker: who had it last; empty where nobody had.
    """

    status: JobStatus | None
    worker: str

    @property
    def strange(self) -> bool:
        """Whether a worker of another program had it."""
        return bool(self.worker) and not is_ours(self.worker)


def new_name() -> str:
    """What a worker of ours is called, so that others are known from it."""
    return f"{_OURS}{uuid.uuid4().hex}"


def is_ours(worker: str) -> bool:
    """Whether a worker of that name is one of packdesk."""
    return worker.startswith(_OURS)


def standings(connection: Connection, ids: Sequence[str]) -> Iterator[Standing]:
    """What RQ knows of jobs; one question to the server for all."""
    with connection.pipeline(transaction=False) as pipeline:
        for one in ids:
            pipeline.hmget(RowJob.key_for(one), "status", "worker_name")
        told = pipeline.execute()
    for status, worker in told:
        yield Standing(
            None if status is None else JobStatus(status.decode()), (worker or b"").decode("utf-8", "replace")
        )


def given_up(order: RowOrder, standing: Standing, job_id: str, **named: Any) -> RowRecord:
    """The record of a row that nobody will make any more.

    Args:
        order: the row.
        standing: of its job.
        job_id: its name.
        named: connection and serializer.
    """
    if standing.strange:
        return unmade(order, no_worker_of_ours().full_text())
    result = Result.fetch_latest(RowJob(job_id, **named), serializer=named["serializer"])
    return lost(order, _fault(result.exc_string if result else None))


def _fault(told: str | None) -> str:
    """The kind of a fault of ours, by the last line of what was written of it."""
    last = (told or "").strip().rpartition("\n")[2]
    found = _FAULT.match(last)
    if not found or any(word in last for word in _ENDED):
        return "the process ended"
    return found[1]
