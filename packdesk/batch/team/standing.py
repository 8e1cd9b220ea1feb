"""How the ranges of a team fare, and its workers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from rq import Queue

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
        return {
            "ranges": [_range(server, name) for name in server.names()],
            "workers": _workers(queue),
            "waiting": queue.count + queue.scheduled_job_registry.count,
        }
    except ServerFault as error:
        raise server.unreachable() from error


def _range(server: TeamServer, name: str) -> dict[str, Any]:
    queued, states = server.find(name), Counter(server.states(name))
    told = sum(states.values())
    total = max(told, queued.total if queued else server.total(name))
    return {
        "name": cut(name, _LONGEST),
        "total": total,
        "made": states["made"],
        "kept": states["kept"],
        "failed": states["failed"],
        "left": total - told,
        "going": queued is not None and told < total,
    }


def _workers(queue: Queue) -> list[dict[str, Any]]:
    workers = TeamWorker.all(queue=queue, job_class=RowJob, serializer=SERIALIZER)
    return [_worker(one) for one in workers]


def _worker(worker: Any) -> dict[str, Any]:
    job = worker.get_current_job_id()
    return {
        "name": cut(worker.name, _LONGEST),
        "host": cut(worker.hostname or "?", _LONGEST),
        "doing": f"row {job.rpartition('-')[2]}" if job else str(worker.get_state()),
    }
