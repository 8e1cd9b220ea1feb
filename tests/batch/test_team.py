"""Several machines at one range: rows on a real queue, files where all reach them, nothing foreign run."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import signal
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fsspec
import pytest
import redis
from PIL import Image
from pydantic import SecretStr
from rq import Queue, Retry, SimpleWorker
from rq.exceptions import StopRequested
from support.ranges import CODES, OPTIONS, Range
from support.shell import Shell

from packdesk.batch.already import RowInputs, made_before
from packdesk.batch.files import FolderFiles, own_folder
from packdesk.batch.journal import Journal
from packdesk.batch.team import worker as workers
from packdesk.batch.team.bench import INPUTS, RETRIES, RUN, Bench, begin_in
from packdesk.batch.team.given_up import STRANGE_TRIES, new_name
from packdesk.batch.team.hands import Team
from packdesk.batch.team.job import FUNCTION, SERIALIZER, RowJob, TeamRow, bench, encoded
from packdesk.batch.team.places import StoreFiles, TeamFolder, files_in, place_of
from packdesk.batch.team.server import QUEUE, QueuedRange, TeamServer
from packdesk.batch.team.standing import standing_of
from packdesk.batch.team.telling import Teller
from packdesk.batch.team.worker import Post, QuietlyEnding, TeamWorker, work_on
from packdesk.errors import (
    InvalidInputError,
    NotPossibleError,
    OutputUnwritableError,
    StoreUnavailableError,
    UnexpectedError,
)
from packdesk.processes import own_processes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from support.redis_server import RedisServer

    from packdesk.batch.files import RangeFiles
    from packdesk.batch.journal import RowRecord


@pytest.fixture
def server(redis_server: RedisServer) -> Iterator[TeamServer]:
    redis_server.client().flushdb()
    team = TeamServer(redis_server.url)
    yield team
    team.connection.close()


def queued(one: Range, base: Path, run: str = "run") -> QueuedRange:
    design = hashlib.sha256(base.read_bytes()).hexdigest()
    count = len(one.plan().orders)
    return QueuedRange(run=run, total=count, design=design, options=OPTIONS, provider="offline")


class Place:
    """A range of a team in a folder, and what makes rows of it in this process."""

    def __init__(self, folder: Path, base: Path, server: TeamServer, table: str) -> None:
        self.one = Range(folder, base, table)
        self.root = folder / "place"
        self.root.mkdir()
        self.server = server
        self.files = files_in(str(self.root), "tea", server)
        self.queued = queued(self.one, base)
        self.team = Team(server, "tea", self.queued, self.files, tables=folder, design=base)

    def rows(self) -> list[TeamRow]:
        orders = self.one.plan().orders
        return [TeamRow(range_name="tea", run="run", order=order) for order in orders]

    def bench(self, folder: Path) -> Bench:
        return Bench(str(self.root), folder, self.server, None)

    def record(self, name: str) -> RowRecord | None:
        return Journal(self.files).read(name)


@pytest.fixture
def place(tmp_path: Path, base: Path, server: TeamServer) -> Place:
    return Place(tmp_path, base, server, f"EAN\n{CODES[0]}\n{CODES[1]}")


# --- files


@pytest.fixture(params=["folder", "shared", "file store", "memory store"])
def files(request: pytest.FixtureRequest, tmp_path: Path, server: TeamServer) -> RangeFiles:
    if request.param == "folder":
        return FolderFiles(tmp_path / "tea")
    if request.param == "shared":
        return TeamFolder(tmp_path / "tea", server)
    kind, root = ("file", str(tmp_path)) if request.param == "file store" else ("memory", f"/{tmp_path.name}")
    return StoreFiles(fsspec.filesystem(kind), f"{root}/tea", f"{kind}://tea", server)


def test_files_are_kept_read_and_taken_away(files: RangeFiles, tmp_path: Path) -> None:
    files.open()
    files.write(".packdesk/rows/a.json", b"one")
    files.write(".packdesk/rows/a.json", b"two")
    assert files.read(".packdesk/rows/a.json") == b"two"
    assert files.sha256(".packdesk/rows/a.json") == hashlib.sha256(b"two").hexdigest()
    assert list(files.read_all([".packdesk/rows/a.json", "none", ".packdesk/rows"])) == [b"two", None, None]
    assert list(files.read_all(())) == []
    with files.staging() as folder:
        (folder / "a.pdf").write_bytes(b"%PDF")
        files.put(folder / "a.pdf", "a.pdf")
    assert not folder.exists()
    assert files.there("a.pdf")
    assert files.read("a.pdf") == b"%PDF"
    assert files.listed(".packdesk/rows") == [".packdesk/rows/a.json"]
    assert files.listed("none") == []
    files.remove("a.pdf")
    files.remove("a.pdf")
    assert not files.there("a.pdf")
    assert files.sha256("a.pdf") == ""
    with pytest.raises(OSError):
        files.read("a.pdf")
    files.check_room()


def test_one_at_a_time_has_the_turn(files: RangeFiles) -> None:
    files.open()
    began, order = threading.Event(), []

    def other() -> None:
        began.set()
        with files.turn("x"):
            order.append("other")

    with files.turn("x"), files.turn("y"):
        thread = threading.Thread(target=other)
        thread.start()
        began.wait()
        order.append("first")
    thread.join()
    assert order == ["first", "other"]


def test_places_are_named_with_a_folder_in_them(tmp_path: Path, server: TeamServer) -> None:
    assert place_of("s3://bucket/ranges/tea/") == ("s3://bucket/ranges", "tea")
    assert place_of(str(tmp_path / "tea")) == (str(tmp_path), "tea")
    for text in ("s3://", "/"):
        with pytest.raises(InvalidInputError, match="does not name a folder"):
            place_of(text)
    with pytest.raises(OutputUnwritableError, match="There is no folder"):
        files_in(str(tmp_path / "none"), "tea", server)
    with pytest.raises(OutputUnwritableError, match="There is no folder"):
        files_in(f"file://{tmp_path}/none", "tea", server)
    assert files_in(f"file://{tmp_path}", "tea", server).place == str(tmp_path / "tea")
    with pytest.raises(InvalidInputError, match="No place"):
        files_in(" ", "tea", server)
    with pytest.raises(InvalidInputError, match="cannot be reached from here"):
        files_in("nonsense://x", "tea", server)


# --- the server


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailableError, match="does not answer"):
        TeamServer("redis://127.0.0.1:1/0").check()


def test_a_range_is_known_until_it_is_stopped(place: Place) -> None:
    place.server.begin("tea", place.queued)
    assert place.server.find("tea") == place.queued
    place.server.stop("tea", "another")
    assert place.server.find("tea") == place.queued
    place.server.tell("tea", "2", "made", json.dumps({"record": {}}))
    assert place.server.states("tea") == ["made"]
    place.server.stop("tea", "run")
    assert place.server.find("tea") is None
    assert (place.server.names(), place.server.total("tea")) == (["tea"], 2)


def test_what_is_no_range_is_none(server: TeamServer) -> None:
    server.connection.set("packdesk:range:tea", b'{"run": 1}')
    assert server.find("tea") is None


def test_one_range_of_a_name_at_a_time(server: TeamServer) -> None:
    with server.alone("tea") as renew:
        renew()
        with pytest.raises(NotPossibleError, match="Another range is being made"), server.alone("tea"):
            pass
    with server.alone("tea"):
        pass


def test_requests_are_spread_over_a_minute(server: TeamServer) -> None:
    waits = [server.wait_s("gemini", 30.0) for _ in range(4)]
    assert waits[0] == 0
    assert [round(wait) for wait in waits] == [0, 2, 4, 6]


# --- rows


def test_a_row_is_made_once_and_told(place: Place, base: Path, tmp_path: Path) -> None:
    begin_in(place.files, place.queued.run, base)
    place.server.begin("tea", place.queued)
    row = place.rows()[0]
    with own_folder() as folder:
        for fresh in (True, False):
            told = place.bench(folder).make(row, 0)
            assert isinstance(told, dict)
            assert (told["record"]["state"], told["fresh"]) == ("made", fresh)
            assert place.server.heard("tea", 1) == told
    assert place.files.there("Sol Field-Tea-2.pdf")
    assert place.server.states("tea") == ["kept"]


def test_what_workers_have_made_is_known_before(place: Place, base: Path, tmp_path: Path) -> None:
    """Pictures of rows are called otherwise where workers are; a file somebody changed is found there."""
    Image.new("RGB", (1000, 1500), "#cc3311").save(tmp_path / "red.png")
    place.one.table.write_text(f"EAN;picture front\n{CODES[0]};\n;red.png", "utf-8")
    orders = place.one.plan().orders
    inputs = RowInputs.of(place.one.base, OPTIONS, "offline", tmp_path)
    place.team.give(orders)
    queue = Queue(QUEUE, connection=place.server.connection, serializer=SERIALIZER, job_class=RowJob)
    told = [TeamRow.model_validate_json(job.args[0]) for job in queue.jobs]
    assert place.bench(tmp_path / "machine").make(told[1], 0) is not None
    assert made_before(orders, place.files, inputs).kept == {orders[1].name}
    place.files.write(f"{orders[1].name}.pdf", b"changed")
    again = place.bench(tmp_path / "another").make(told[1], 0)
    assert isinstance(again, dict)
    assert "not as this range left it" in again["record"]["reason"]


def test_a_blank_nobody_can_cut_is_none(place: Place) -> None:
    hostile = place.queued.model_dump(mode="json")
    for bleed in (-1, "NaN", 1e300):
        hostile["options"]["blank"]["bleed"] = bleed
        place.server.connection.set("packdesk:range:tea", json.dumps(hostile))
        assert place.server.find("tea") is None


def test_a_row_of_a_range_that_was_stopped_is_not_made(place: Place, base: Path) -> None:
    begin_in(place.files, place.queued.run, base)
    row = place.rows()[0]
    with own_folder() as folder:
        assert place.bench(folder).make(row, 0) is None
        place.server.begin("tea", place.queued.model_copy(update={"run": "later"}))
        assert place.bench(folder).make(row, 0) is None
    assert not place.files.there("Sol Field-Tea-2.pdf")


def test_a_fault_that_passes_is_tried_again_and_then_told(place: Place) -> None:
    place.server.begin("tea", place.queued)
    place.files.write(RUN, place.queued.run.encode())  # the base design is not among the inputs
    row = place.rows()[0]
    with own_folder() as folder:
        again = place.bench(folder).make(row, len(RETRIES) - 1)
        assert isinstance(again, Retry)
        assert again.intervals == list(RETRIES)
        told = place.bench(folder).make(row, len(RETRIES))
    assert isinstance(told, dict)
    assert (told["record"]["state"], place.server.states("tea")) == ("failed", ["failed"])
    assert "No such file or directory" in told["record"]["reason"]
    assert "Errno" not in told["record"]["reason"]


@pytest.mark.parametrize("older", [False, True])
def test_a_range_begun_elsewhere_fails_at_once(place: Place, base: Path, *, older: bool) -> None:
    place.server.begin("tea", place.queued)
    if older:  # one of that name, with the same base design, was made here before
        begin_in(place.files, "older", base)
    with own_folder() as folder:
        told = place.bench(folder).make(place.rows()[0], 0)
    assert isinstance(told, dict)
    assert told["record"]["reason"] == (
        "The folder of the range does not lie in the place of the workers: it was not begun "
        f"in {place.root / 'tea'}. Choose a folder in {place.root}, or give the workers another place."
    )


def test_an_input_that_is_another_one_is_not_used(place: Place, base: Path) -> None:
    begin_in(place.files, place.queued.run, base)
    place.files.write(f"{INPUTS}/{place.queued.design}", b"another")
    place.server.begin("tea", place.queued)
    with own_folder() as folder:
        assert isinstance(place.bench(folder).make(place.rows()[0], 0), Retry)


def test_pictures_of_rows_travel(tmp_path: Path, base: Path, server: TeamServer) -> None:
    from PIL import Image

    Image.new("RGB", (900, 1200), "#cc3311").save(tmp_path / "red one.PNG")
    place = Place(tmp_path, base, server, "front\nred one.PNG")
    place.team.give(place.one.plan().orders)
    (job,) = Queue(QUEUE, connection=server.connection, serializer=SERIALIZER, job_class=RowJob).jobs
    row = TeamRow.model_validate_json(job.args[0])
    (tmp_path / "red one.PNG").unlink()
    with own_folder() as folder:
        told = place.bench(folder).make(row, 0)
    assert isinstance(told, dict)
    assert (told["record"]["state"], told["record"]["reason"]) == ("made", "")


# --- what lies in the queue


class InProcess(QuietlyEnding, SimpleWorker):
    """Performs jobs where the test is."""


def performed(server: TeamServer) -> list[str]:
    """The states of all jobs after a worker of RQ performed them in this process."""
    queue = Queue(QUEUE, connection=server.connection, serializer=SERIALIZER, job_class=RowJob)
    ids = queue.job_ids
    worker = InProcess(
        [queue], name=new_name(), connection=server.connection, job_class=RowJob, serializer=SERIALIZER
    )
    quietly(worker)
    jobs = RowJob.fetch_many(ids, connection=server.connection, serializer=SERIALIZER)
    return [str(job.get_status().value) for job in jobs if job]


@pytest.fixture
def at_bench(place: Place) -> Iterator[None]:
    with ExitStack() as stack:
        folder = stack.enter_context(own_folder())
        token = bench.set(place.bench(folder))
        stack.callback(bench.reset, token)
        yield


def hostile(row: TeamRow, **changes: Any) -> str:
    return json.dumps(row.model_dump(mode="json") | changes)


@pytest.mark.usefixtures("at_bench")
def test_nothing_but_rows_is_run(place: Place, tmp_path: Path) -> None:
    queue = Queue(QUEUE, connection=place.server.connection, serializer=SERIALIZER)
    told = tmp_path / "run"
    row = place.rows()[0]
    order = row.order.model_dump(mode="json")
    queue.enqueue("os.system", f"touch {told}")
    queue.enqueue("os.path.exists", encoded(row))
    queue.enqueue(FUNCTION, encoded(row), 2)
    queue.enqueue(FUNCTION, hostile(row, range_name="../elsewhere"))
    queue.enqueue(FUNCTION, hostile(row, order=order | {"name": "../../x"}))
    queue.enqueue(FUNCTION, hostile(row, inputs={"../x": "0" * 64}))
    queue.enqueue(FUNCTION, "no JSON")
    called = queue.enqueue(FUNCTION, encoded(row))
    called._success_callback_name = "os.getcwd"
    called.save()
    assert performed(place.server) == ["failed"] * 7 + ["finished"]
    assert not told.exists()


def test_a_worker_of_rq_makes_no_rows(place: Place) -> None:
    queue = Queue(QUEUE, connection=place.server.connection, serializer=SERIALIZER)
    queue.enqueue(FUNCTION, encoded(place.rows()[0]))
    assert performed(place.server) == ["failed"]


@pytest.mark.usefixtures("at_bench")
def test_rows_are_given_made_and_heard(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("packdesk.batch.team.hands._QUIET_S", 0.0)
    monkeypatch.setattr("packdesk.batch.team.hands._LISTEN_S", 0.1)
    heard: list[tuple[str, bool]] = []
    lose_and_work = _Losing(place)
    monkeypatch.setattr(place.server, "heard", lose_and_work)
    place.team.make(place.one.plan().orders, lambda record, fresh: heard.append((record.state, fresh)))
    assert sorted(heard) == [("made", True), ("made", True)]
    assert lose_and_work.lost == 2


class _Losing:
    """Loses the whole queue before a worker comes, as a server without a disk that starts anew."""

    def __init__(self, place: Place) -> None:
        self._heard: Callable[[str, float], dict[str, Any] | None] = place.server.heard
        self._server = place.server
        self.lost = 0

    def __call__(self, name: str, seconds: float) -> dict[str, Any] | None:
        queue = Queue(QUEUE, connection=self._server.connection, serializer=SERIALIZER)
        if not self.lost:
            self.lost = queue.count
            self._server.connection.flushdb()
        elif queue.count:
            performed(self._server)
        return self._heard(name, seconds)


@pytest.mark.usefixtures("at_bench")
def test_rows_rq_has_given_up_are_failed(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("packdesk.batch.team.hands._QUIET_S", 0.0)
    monkeypatch.setattr("packdesk.batch.team.hands._LISTEN_S", 0.1)
    monkeypatch.setattr(Bench, "make", lambda *_: 1 / 0)
    heard: list[str] = []
    give = place.team.give

    def given(orders: Any) -> None:
        give(orders)
        performed(place.server)

    monkeypatch.setattr(place.team, "give", given)
    place.team.make(place.one.plan().orders, lambda record, _: heard.append(record.reason))
    assert heard == ["The row could not be made: ZeroDivisionError."] * 2
    assert standing_of(place.server)["ranges"][0] | {"name": "", "kept": 0, "total": 0} == {
        "name": "",
        "total": 0,
        "made": 0,
        "kept": 0,
        "failed": 2,
        "left": 0,
        "going": False,
    }


class Stranger(QuietlyEnding, SimpleWorker):
    """A worker of another program, which takes jobs as pickles and has no packdesk."""


@pytest.mark.parametrize("comes_back", [True, False])
def test_rows_a_stranger_takes_go_back_and_are_told(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, comes_back: bool
) -> None:
    monkeypatch.setattr("packdesk.batch.team.hands._QUIET_S", 0.0)
    monkeypatch.setattr("packdesk.batch.team.hands._LISTEN_S", 0.1)
    listen = place.server.heard
    turns: list[int] = []
    seen: list[dict[str, Any]] = []

    def worked(name: str, seconds: float) -> Any:
        queue = Queue(QUEUE, connection=place.server.connection, serializer=SERIALIZER)
        if comes_back and turns:
            with own_folder() as folder:
                token = bench.set(place.bench(folder))
                performed(place.server)
                bench.reset(token)
        elif queue.count:
            turns.append(queue.count)
            stranger = Stranger([QUEUE], connection=place.server.connection)
            stranger.register_birth()  # type: ignore[no-untyped-call]  # RQ names no types here
            seen.append(standing_of(place.server))
            stranger.register_death()  # type: ignore[no-untyped-call]  # likewise
            quietly(stranger)
        return listen(name, seconds)

    monkeypatch.setattr(place.server, "heard", worked)
    told: list[str] = []
    monkeypatch.setattr(place.team, "_tell", told.append)
    records: list[RowRecord] = []
    place.team.make(place.one.plan().orders, lambda record, _: records.append(record))
    assert [record.state for record in records] == ["made" if comes_back else "failed"] * 2
    assert len(turns) == (1 if comes_back else 1 + STRANGE_TRIES)
    (sentence,) = told
    assert sentence.startswith("A worker of another program takes rows from the queue “packdesk”")
    if not comes_back:
        assert records[0].reason.startswith("Rows of ranges are made by workers of packdesk.")
    assert (seen[0]["workers"], seen[0]["strangers"]) == ([], 1)


def quietly(worker: SimpleWorker) -> None:
    """Have it work, and leave this process as it was."""
    handlers = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM)}
    try:
        worker.work(burst=True, logging_level="CRITICAL")
    finally:
        for one, handler in handlers.items():
            signal.signal(one, handler)


@pytest.mark.usefixtures("at_bench")
def test_what_was_made_is_counted_though_the_server_forgot(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("packdesk.batch.team.hands._QUIET_S", 0.0)
    monkeypatch.setattr("packdesk.batch.team.hands._LISTEN_S", 0.1)
    listen = place.server.heard
    first: list[Any] = []

    def heard(name: str, seconds: float) -> Any:
        if not first:
            performed(place.server)
            first.append(listen(name, seconds))
            place.server.connection.flushdb()
            return first[0]
        performed(place.server)
        return listen(name, seconds)

    monkeypatch.setattr(place.server, "heard", heard)
    place.team.make(place.one.plan().orders, lambda *_: None)
    told = standing_of(place.server)["ranges"][0]
    assert (told["made"] + told["kept"], told["left"]) == (2, 0)


def record_of(
    name: str, *args: Any, text: str = "Worker %s: could not connect to Redis: %s"
) -> logging.LogRecord:
    return logging.LogRecord(name, logging.ERROR, "", 0, text, args, None)


def test_a_server_that_goes_and_comes_is_told_once_each(server: TeamServer) -> None:
    told: list[str] = []
    teller = Teller(server, told.append)
    failed = "Worker %s: job %s: exception raised while executing (%s)\n%s"
    for _ in range(2):
        assert not any(teller.filter(record_of("rq.worker", "a", "refused")) for _ in range(30))
        teller.there()
        teller.there()
    assert told == [server.gone(), server.back()] * 2
    record = record_of("rq.worker", "a", "x-2", "os.system", f"{TRACE}\nm.errors.Odd: None.", text=failed)
    assert teller.filter(record)
    assert record.getMessage() == "Job x-2: None."
    record = record_of("rq.worker", "a", "x-2", "<DeserializationError>", TRACE, text=failed)
    assert teller.filter(record)
    assert record.getMessage() == "Job x-2: What lies in the queue is no row of a range."


TRACE = "Traceback (most recent call last):\n  File"


# --- processes


class Short(TeamWorker):
    """A worker whose processes end before they have made anything, as where they cannot draw."""

    def _begun(self) -> Any:
        context = own_processes()
        ours, theirs = context.Pipe()
        process = context.Process(target=os._exit, args=(6,), daemon=True)
        process.start()
        theirs.close()
        return process, ours


class Leaving(TeamWorker):
    """A worker that is asked to end while its server is away."""

    def work(self, *_: Any, **__: Any) -> bool:
        self.set_state("idle")
        with pytest.raises(StopRequested):
            self.request_stop(signal.SIGINT, None)
        raise redis.ConnectionError("gone")


class Pausing(TeamWorker):
    """One that is asked in the pause before it looks for its server again."""

    def work(self, *_: Any, **__: Any) -> bool:
        self.set_state("idle")
        raise redis.ConnectionError("gone")


@pytest.mark.parametrize("kind", [Leaving, Pausing])
def test_a_worker_without_a_server_ends_when_it_is_asked(
    place: Place, monkeypatch: pytest.MonkeyPatch, redis_server: RedisServer, kind: type[TeamWorker]
) -> None:
    made: list[TeamWorker] = []

    def new(server: TeamServer, post: Post) -> TeamWorker:
        assert not made, "it begins no other one"
        made.append(usual(server, post))
        return made[0]

    def pause(_: float) -> None:
        made[0].request_stop(signal.SIGINT, None)

    usual = workers.new_worker
    monkeypatch.setattr(workers, "TeamWorker", kind)
    monkeypatch.setattr(workers, "new_worker", new)
    monkeypatch.setattr("packdesk.batch.team.worker.time.sleep", pause)
    handlers = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
    post = Post(url=SecretStr(redis_server.url), root=str(place.root))
    work_on(place.server, post, tell=lambda _: None)
    for one, handler in handlers.items():
        signal.signal(one, handler)


def test_a_worker_that_was_forgotten_is_known_again(place: Place, redis_server: RedisServer) -> None:
    """By the next word of it: after a pause past its lease, or where the server has lost all."""
    post = Post(url=SecretStr(redis_server.url), root=str(place.root))
    worker = workers.new_worker(place.server, post)
    worker.teller = Teller(place.server, lambda _: None)
    worker.register_birth()  # type: ignore[no-untyped-call]  # RQ names no types here
    place.server.connection.flushdb()
    assert standing_of(place.server)["workers"] == []
    worker.heartbeat()
    assert [one["name"] for one in standing_of(place.server)["workers"]] == [worker.name]
    worker.register_death()  # type: ignore[no-untyped-call]  # likewise
    assert standing_of(place.server)["workers"] == []


def test_a_worker_that_is_killed_leaves_no_process(
    place: Place, tmp_path: Path, redis_server: RedisServer
) -> None:
    shell = Shell(tmp_path, PACKDESK_QUEUE_URL=redis_server.url)
    worker = shell.start("worker", "--place", str(place.root))
    while len(left := children(worker.pid)) < 2:  # a display, and RQ's scheduler
        assert worker.poll() is None
        time.sleep(0.05)
    worker.kill()
    worker.wait()
    while any(map(lives, left)):
        time.sleep(0.05)


def children(pid: int) -> list[int]:
    return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_worker_whose_process_cannot_live_gives_its_row_back(
    place: Place, monkeypatch: pytest.MonkeyPatch, redis_server: RedisServer
) -> None:
    place.team.give(place.one.plan().orders)
    monkeypatch.setattr("packdesk.batch.team.worker.TeamWorker", Short)
    post = Post(url=SecretStr(redis_server.url), root=str(place.root))
    handlers = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM)}
    with pytest.raises(UnexpectedError, match="ended twice in a row"):
        work_on(place.server, post)
    for one, handler in handlers.items():
        signal.signal(one, handler)
    queue = Queue(QUEUE, connection=place.server.connection, serializer=SERIALIZER)
    assert (queue.count, len(queue.failed_job_registry.get_job_ids(cleanup=False))) == (2, 0)
    with own_folder() as folder:
        token = bench.set(place.bench(folder))
        assert performed(place.server) == ["finished"] * 2
        bench.reset(token)


def test_a_worker_whose_process_is_killed_makes_the_row_again(
    tmp_path: Path, base: Path, server: TeamServer, redis_server: RedisServer
) -> None:
    shell = Shell(tmp_path, PACKDESK_QUEUE_URL=redis_server.url)
    (tmp_path / "place").mkdir()
    (tmp_path / "t.csv").write_text("EAN\n" + "\n".join(CODES[:3]), "utf-8")
    out = str(tmp_path / "place" / "tea")
    words = ("batch", str(tmp_path / "t.csv"), "--design", str(base), "--out", out, "--dpi", "150")
    assert shell.run(*words, "--detach").returncode == 0
    worker = shell.start("worker", "--place", str(tmp_path / "place"), "--burst")
    pdf = tmp_path / "place" / "tea" / "Sol Field-Tea-2.pdf"
    while not pdf.exists():
        assert worker.poll() is None
        time.sleep(0.05)
    for child in children(worker.pid):
        if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
            os.kill(child, signal.SIGKILL)
    assert worker.wait() == 0
    told = shell.run("batch", "status")
    assert told.stdout.splitlines()[0] == "tea: 3 of 3 rows made"
    again = shell.run(*words, "--dry-run")
    assert "3 rows, 3 of them made before, 0 pictures to be painted." in again.stderr
