"""A worker of RQ with a warm process: what a row needs is imported and fetched once, not for each row.

RQ's own `SpawnWorker` begins a process for every job. This one keeps it, and only begins another where it has
ended. All else is RQ's: the queue, heartbeats, retries, and what becomes of the rows of a worker that went.
"""

from __future__ import annotations

import contextlib
import logging
import os
import time
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, SecretStr
from rq import worker_registration
from rq.exceptions import StopRequested
from rq.executions import Execution
from rq.worker import BaseWorker, SpawnWorker

from packdesk.batch.files import own_folder
from packdesk.batch.process import application
from packdesk.batch.team.bench import Bench
from packdesk.batch.team.given_up import new_name
from packdesk.batch.team.job import SERIALIZER, RowJob, bench
from packdesk.batch.team.server import FAULTS, QUEUE, TeamServer
from packdesk.batch.team.telling import QuietScheduler, Teller, one_line, plainly
from packdesk.child import settle_in
from packdesk.errors import UnexpectedError
from packdesk.processes import own_processes
from packdesk.stopping import StoppedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    from rq.job import Job
    from rq.queue import Queue

HEARTBEAT_S = 10
LEASE_S = 30
"""A row belongs to its worker so long after its last heartbeat; then another may take it."""
_POLITENESS = 10
_ENDING_S = 3.0
_PAUSE_S = 2.0
_MOST_DEATHS = 2
_BACK = "back"
_log = logging.getLogger(__name__)


class Post(BaseModel):
    """What the warm process has to know.

    Attributes:
        url: of the team's server.
        root: the place all ranges lie in.
        draws: whether there is a display.
    """

    model_config = ConfigDict(frozen=True)

    url: SecretStr
    root: str
    draws: bool = True


class QuietlyEnding(BaseWorker):
    """A worker of RQ that ends without a word of the thread that listens for commands."""

    def _pubsub_exception_handler(self, exc: Exception, pubsub: Any, pubsub_thread: Any) -> None:
        """RQ closes the connection while the thread still reads from it."""
        if isinstance(exc, OSError | ValueError) and not pubsub_thread._running.is_set():  # noqa: SLF001  (redis tells it no other way)
            return
        super()._pubsub_exception_handler(exc, pubsub, pubsub_thread)


class TeamWorker(QuietlyEnding, SpawnWorker):
    """Takes rows from the queue, one at a time, and has its warm process make them.

    Attributes:
        post: set before `work` is called.
        stopping: whether somebody asked it to end.
        teller: hears whether the server answers.
        sick: whether it takes no more rows, for its process has ended by itself twice in a row.
    """

    post: Post
    stopping = False
    sick = False
    teller: Teller | None = None

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._horse: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._deaths = 0

    def request_stop(self, signum: int, frame: Any) -> None:
        """End after the row it makes; at once where it makes none."""
        self.stopping = True
        try:
            super().request_stop(signum, frame)  # type: ignore[no-untyped-call]  # RQ names no types here
        except FAULTS as error:  # it would write down that it was asked: nobody can be told
            raise StopRequested from error

    def heartbeat(self, *args: Any, **named: Any) -> None:
        """Tell the server that the worker lives, and whoever looks that the server does."""
        super().heartbeat(*args, **named)
        if self.teller:
            self.teller.there()
            if not self.connection.sismember(self.redis_workers_keys, self.key):
                self._register_again()

    def _register_again(self) -> None:
        """After a pause past its lease, or where the server has lost all; RQ does it when it begins."""
        with self.connection.pipeline() as pipeline:
            pipeline.hset(self.key, mapping=self.serialize())
            worker_registration.register(self, pipeline)
            pipeline.execute()

    def _start_scheduler(self, burst: bool = False, *_: Any) -> None:  # noqa: FBT001, FBT002  (RQ's)
        """As RQ does, with one that ends without a word when its server has gone."""
        self.scheduler = QuietScheduler(
            self.queues, connection=self.connection, logging_level="WARNING", serializer=self.serializer
        )
        self.scheduler.begin(burst=burst)

    def get_heartbeat_ttl(self, job: Job, working_time: float = 0.0) -> int:
        """How long a row stays this worker's without a heartbeat, in seconds."""
        del job, working_time
        return LEASE_S

    def fork_work_horse(self, job: Job, queue: Queue) -> None:
        """Give the job to the warm process, and begin one where there is none."""
        if self._horse is None or not self._horse.is_alive():
            self._horse, self._pipe = self._begun()
        execution = self.execution
        assert execution is not None, "RQ prepares it first"
        assert self._pipe is not None, "it comes with the process"
        try:
            self._pipe.send((self.key, job.id, queue.name, execution.id))
        except OSError:  # it ended just now; waiting for it tells
            _log.warning("The process that makes rows has ended")
        self._horse_pid = self._horse.pid or 0

    def wait_for_horse(self) -> tuple[int | None, int | None, Any]:
        """Wait until the job is done; RQ interrupts this for heartbeats."""
        assert self._horse is not None, "it was given a job"
        assert self._pipe is not None, "likewise"
        try:
            self._pipe.recv()
        except (EOFError, OSError):
            self._horse.join(_ENDING_S)
            ended = self._horse.exitcode or 0
            status = -ended if ended < 0 else (ended or 1) << 8
            self._deaths += 1
            return self._horse.pid, status, None
        self._deaths = 0
        return self._horse.pid, os.EX_OK, None

    def handle_work_horse_killed(self, job: Job, retpid: Any, ret_val: Any, rusage: Any) -> None:
        """After two deaths in a row it is rather the machine than the row: it goes back, and none is taken.

        A row goes back so once; else one that ends every process would end every worker.
        """
        super().handle_work_horse_killed(job, retpid, ret_val, rusage)  # type: ignore[no-untyped-call]  # as below
        if self._deaths < _MOST_DEATHS:
            return
        self.sick = True
        self._stop_requested = True
        if not job.meta.get(_BACK):
            job.meta[_BACK] = True
            job.save_meta()  # type: ignore[no-untyped-call]  # RQ names no types here
            job.retries_left = (job.retries_left or 0) + 1

    def kill_horse(self, *_: Any) -> None:
        """End the warm process and what it makes."""
        if self._horse is not None:
            self._horse.kill()

    def stop_scheduler(self) -> None:
        """End RQ's scheduler, also one that has begun just now: it does not hear a signal so soon."""
        process = self.scheduler._process if self.scheduler else None  # noqa: SLF001  (as RQ does here)
        if process is not None and process.pid:
            process.terminate()
            process.join(_ENDING_S)
            process.kill()
            process.join()

    def dismiss(self) -> None:
        """Let the warm process go."""
        if self._horse is not None and self._pipe is not None:
            self._pipe.close()
            self._horse.terminate()
            self._horse.join(_ENDING_S)
            self._horse.kill()
            self._horse.join()

    def _begun(self) -> tuple[SpawnProcess, Connection]:
        context = own_processes()
        ours, theirs = context.Pipe()
        process = context.Process(target=serve_rows, args=(theirs, self.post), daemon=True)
        process.start()
        theirs.close()
        return process, ours


def serve_rows(jobs: Connection, post: Post) -> None:
    """The warm process: perform jobs until the worker goes.

    Args:
        jobs: brings the worker's key and the ids of job, queue and execution; takes None for each job done.
        post: what has to be known.
    """
    from packdesk.app.interrupting import interruptible  # noqa: PLC0415  (in this process alone)

    settle_in(_POLITENESS)
    plainly(one_line)
    server = TeamServer(post.url.get_secret_value())
    quietly = contextlib.suppress(StoppedError)  # asked to end while a row is made
    with interruptible(), application(draws=post.draws) as room, own_folder() as folder, quietly:
        bench.set(Bench(post.root, folder, server, room))
        while True:
            try:
                told = jobs.recv()
            except EOFError:
                return
            _perform(server, *told)
            jobs.send(None)


def _perform(server: TeamServer, key: str, job_id: str, queue_name: str, execution_id: str) -> None:
    """As RQ's own process for one job does it; what RQ cannot write down its registries find later."""
    named: dict[str, Any] = {"connection": server.connection, "serializer": SERIALIZER}
    try:
        worker = TeamWorker.find_by_key(key, job_class=RowJob, **named)
        if worker is None:
            return
        job = RowJob.fetch(job_id, **named)
        queue = worker.queue_class(queue_name, job_class=RowJob, **named)
        execution = Execution.fetch(execution_id, job_id, connection=server.connection)
        worker.perform_job(job, queue, execution)
    except FAULTS:  # its worker tells
        _log.info("Job %s could not be ended: the server is gone", job_id)
    except Exception:  # noqa: BLE001  (whatever RQ raises; the worker goes on)
        _log.exception("Job %s could not be ended", job_id)


def new_worker(server: TeamServer, post: Post) -> TeamWorker:
    """A worker on the team's queue."""
    worker = TeamWorker(
        [QUEUE],
        name=new_name(),
        connection=server.connection,
        job_class=RowJob,
        serializer=SERIALIZER,
        job_monitoring_interval=HEARTBEAT_S,
        maintenance_interval=LEASE_S // 2,
        worker_ttl=LEASE_S * 2,
        log_job_description=False,
    )
    worker.post = post
    return worker


def _sick() -> UnexpectedError:
    return UnexpectedError(
        "The process that makes rows ended twice in a row: the worker takes no more. "
        "Its last row is put back.",
        "The log says more.",
        terminal="Look at what it wrote above, and start the worker again.",
    )


def work_on(
    server: TeamServer, post: Post, *, burst: bool = False, tell: Callable[[str], None] = _log.warning
) -> None:
    """Take rows until somebody ends it, also where the server is gone for a while. Blocks.

    Args:
        server: the team's.
        post: what the warm process has to know.
        burst: whether it ends with the last row.
        tell: takes lines about the server.

    Raises:
        UnexpectedError: its process ended by itself twice in a row.
    """
    teller = Teller(server, tell)
    plainly(teller)
    with contextlib.suppress(StopRequested):  # while it waited for the server
        _work_on(server, post, teller, burst=burst)


def _work_on(server: TeamServer, post: Post, teller: Teller, *, burst: bool) -> None:
    while True:
        worker: TeamWorker | None = None
        try:
            worker = new_worker(server, post)
            worker.teller = teller
            worker.work(burst=burst, with_scheduler=True)
            if worker.sick:
                raise _sick()
            if burst or worker.stopping:
                return
        except FAULTS:
            if worker is not None and worker.stopping:  # it could not say that it goes
                return
            teller.gone()
        finally:
            if worker is not None:
                worker.dismiss()
        time.sleep(_PAUSE_S)
