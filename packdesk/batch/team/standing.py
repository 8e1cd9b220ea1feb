"""How the ranges of a team fare, and its workers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from rq import Queue

from packdesk.batch.team.given_up import GIVEN, is_ours
from packdesk.batch.team.job import SERIALIZER, RowJob
from packdesk.batch.team.server import QUEUE, ServerFault
from packdesk.batch.team.worker import TeamWorker
from packdesk.domain.text import cut

if TYPE_CHECKING:
    from packdesk.batch.team.server import TeamServer

_LONGEST = 200


def standing_of(server: TeamServer) -> dict[str, Any]:
    """Ranges, workers and rows that wait, as plain values.

    Raises:
        StoreUnavailableError: the server does not answer.
    """
    try:
        queue = Queue(QUEUE, connection=server.connection, serializer=SERIALIZER, job_class=RowJob)
        workers = TeamWorker.all(queue=queue, job_class=RowJob, serializer=SERIALIZER)
        return {
            "ranges": [_range(server, queue, name) for name in server.names()],
            "workers": [_worker(one) for one in workers if is_ours(one.name)],
            "strangers": sum(not is_ours(one.name) for one in workers),
            "waiting": queue.count + queue.scheduled_job_registry.count,
        }
    except ServerFault as error:
        raise server.unreachable() from error


def _range(server: TeamServer, queue: Queue, name: str) -> dict[str, Any]:
    queued, states = server.find(name), Counter(server.states(name))
    total = queued.total if queued else server.total(name)
    if queued and (states[GIVEN] or sum(states.values()) < total):
        states[GIVEN] = max(states[GIVEN], _given_up(queue, queued.run))
    told = sum(states.values())
    total = max(told, total)
    return {
        "name": cut(name, _LONGEST),
        "total": total,
        "made": states["made"],
        "kept": states["kept"],
        "failed": states["failed"] + states[GIVEN],
        "left": total - told,
        "going": queued is not None and told < total,
    }


def _given_up(queue: Queue, run: str) -> int:
    """Rows of a run that RQ has given up, and of which nobody who waits has told."""
    ids = queue.failed_job_registry.get_job_ids(cleanup=False)
    return sum(one.startswith(f"{run}-") for one in ids)


def _worker(worker: Any) -> dict[str, Any]:
    job = worker.get_current_job_id()
    return {
        "name": cut(worker.name, _LONGEST),
        "host": cut(worker.hostname or "?", _LONGEST),
        "doing": f"row {job.rpartition('-')[2]}" if job else str(worker.get_state()),
    }
