"""Every fault of a shared store has its own sentence; most are brought about on a real redis-server."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from typing import TYPE_CHECKING

import pytest
import redis
from support.redis_server import RedisServer, free_port
from support.refusals import SECRET, is_told, load, look, refusal, write

from packdesk.errors import StoreUnavailableError
from packdesk.store.base import KEY, LeaseStep, Verdict, Write, revision_of
from packdesk.store.faults import ACCESS, fault_kind, store_error
from packdesk.store.redis import RedisStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CALLS = [load, look, write]


@contextlib.contextmanager
def own_server(folder: Path, *words: str) -> Iterator[RedisServer]:
    with RedisServer(folder, *words).running() as server:
        yield server


@pytest.fixture
def account(empty_redis: RedisServer) -> Iterator[Callable[[str], str]]:
    """The address of an account with the given rights on the server."""
    client = empty_redis.client()

    def make(rights: str) -> str:
        words = ["ACL", "SETUSER", "someone", "reset", "on", f">{SECRET}", *rights.split()]
        client.execute_command(*words)  # type: ignore[no-untyped-call]
        return empty_redis.url_for("someone", SECRET)

    yield make
    client.acl_deluser("someone")


def test_nobody_listens() -> None:
    assert is_told(refusal(f"redis://user:{SECRET}@127.0.0.1:1/0"), "unreachable")


class Clock:
    """Stands in for the time, which passes by pausing and by 5 ms a call."""

    def __init__(self) -> None:
        self.now, self.calls = 100.0, 0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def refused(self) -> None:
        self.calls += 1
        self.now += 0.005
        raise redis.ConnectionError


@pytest.mark.parametrize(("deadline_s", "calls"), [(0.0, 1), (0.03, 2)])
def test_no_pause_goes_beyond_the_deadline(
    monkeypatch: pytest.MonkeyPatch, deadline_s: float, calls: int
) -> None:
    # Pauses double from 20 ms: with 30 ms to go there is time for the first, not for the second.
    clock = Clock()
    monkeypatch.setattr("packdesk.store.redis.DEADLINE_S", deadline_s)
    monkeypatch.setattr("packdesk.store.redis.time", clock)
    store = RedisStore("redis://127.0.0.1:1/0")
    with pytest.raises(StoreUnavailableError):
        store._call(clock.refused)
    assert clock.calls == calls
    store.close()


def test_no_such_host() -> None:
    assert is_told(refusal(f"redis://user:{SECRET}@no.such.host.invalid/0"), "unreachable")


def test_a_host_that_takes_no_connection() -> None:
    with socket.socket() as door, contextlib.ExitStack() as waiting:
        door.bind(("127.0.0.1", 0))
        door.listen(0)
        for _ in range(3):  # fill the queue, so that the next one is left without any answer
            one = waiting.enter_context(socket.socket())
            one.setblocking(False)
            one.connect_ex(door.getsockname())
        assert is_told(refusal(f"redis://127.0.0.1:{door.getsockname()[1]}/0"), "unreachable")


@pytest.mark.parametrize("call", CALLS)
def test_a_frozen_server(empty_redis: RedisServer, call: Callable[[RedisStore], object]) -> None:
    with empty_redis.frozen():
        assert is_told(refusal(empty_redis.url, call), "frozen")


def test_freezing_in_the_middle_and_thawing(empty_redis: RedisServer) -> None:
    store = RedisStore(empty_redis.url)
    assert store.write(Write(None, b"one")).verdict is Verdict.WRITTEN
    with empty_redis.frozen():
        attempt = Write(b"one", b"two")
        assert is_told(refusal(empty_redis.url, lambda _: store.write(attempt)), "frozen")
    store.write(attempt)
    assert store.load() == b"two"
    assert empty_redis.client().zcard(f"{{{KEY}}}:ops") == 2, "sent several times, done once"
    store.close()


def test_a_restart_is_not_noticed(tmp_path: Path) -> None:
    with own_server(tmp_path, "--appendonly", "yes") as server:
        store = RedisStore(server.url)
        store.write(Write(None, b"one"))
        server.restart()
        assert store.write(Write(b"one", b"two")).verdict is Verdict.WRITTEN
        assert store.load() == b"two"
        store.close()


def test_a_server_that_loads_its_data(tmp_path: Path) -> None:
    with own_server(tmp_path) as server:
        client = server.client()
        for number in range(3000):
            client.set(f"n{number}", "x" * 64)
        client.save()
        server.stop()
        slowly = ("--key-load-delay", "3000", "--loading-process-events-interval-bytes", "1024")
        slow = RedisServer(tmp_path, *slowly)
        slow.start(wait_for_data=False)
        try:
            assert is_told(refusal(slow.url), "loading")
        finally:
            slow.stop()


def test_a_wrong_password(redis_server: RedisServer) -> None:
    assert is_told(refusal(redis_server.url_for("someone", SECRET)), "password")


def test_no_password_where_one_is_needed(tmp_path: Path) -> None:
    with own_server(tmp_path, "--requirepass", SECRET) as server:
        assert is_told(refusal(server.url), "login")
        assert is_told(refusal(server.url_for("", f"{SECRET}-not")), "password")
        assert RedisStore(server.url_for("", SECRET)).load() is None


@pytest.mark.parametrize(
    ("rights", "call"),
    [
        ("~* &* +@all -evalsha", look),
        ("~* &* +@all -evalsha", write),
        ("~* &* +@all -get -mget", load),
        ("~* &* +@all -get", look),
        ("~* &* +@all -set", write),
        (f"~{KEY} &* +@all", write),
        ("~other &* +@all", load),
    ],
)
def test_an_account_that_may_not(
    account: Callable[[str], str], rights: str, call: Callable[[RedisStore], object]
) -> None:
    assert is_told(refusal(account(rights), call), "permission")


def test_nothing_but_the_commands_that_do_the_work_is_needed(tmp_path: Path) -> None:
    without = [word for name in ("HELLO", "CLIENT") for word in ("--rename-command", name, "")]
    with own_server(tmp_path, *without) as server, contextlib.closing(RedisStore(server.url)) as store:
        assert store.write(Write(None, b"one")).verdict is Verdict.WRITTEN
        assert store.load() == b"one"
        assert not store.wait(0.01), "waiting is only waiting"
        assert store.status().revision == revision_of(b"one")


def test_a_number_that_a_cluster_does_not_have(tmp_path: Path) -> None:
    with own_server(tmp_path, "--cluster-enabled", "yes") as server:
        assert is_told(refusal(f"redis://127.0.0.1:{server.port}/1"), "cluster database")


@pytest.mark.parametrize("call", [look, load, write])
def test_a_sentinel(tmp_path: Path, call: Callable[[RedisStore], object]) -> None:
    settings = tmp_path / "sentinel.conf"
    settings.write_text("sentinel monitor shop 127.0.0.1 1 1\n")
    with RedisServer(tmp_path, sentinel=settings).running() as server:
        assert is_told(refusal(f"redis://127.0.0.1:{server.port}", call), "commands")


def test_the_rights_the_remedy_names_are_enough(account: Callable[[str], str]) -> None:
    store = RedisStore(account(ACCESS))
    turn = store.write(Write(None, b"one", LeaseStep.TAKE, "me")).fencing_token
    assert store.renew("me")
    assert store.write(Write(b"one", b"two", LeaseStep.END, "me", turn)).verdict is Verdict.WRITTEN
    assert store.load() == b"two"
    assert store.status().record == ""
    assert store.wait(0.05), "it may listen"
    assert not store._changes._refused
    assert store.server_facts()["role"] == "master"
    assert store.set_aside()
    store.close()
    assert ACCESS in store_error("permission", "here").terminal


def test_a_read_only_replica(tmp_path: Path, empty_redis: RedisServer) -> None:
    empty_redis.client().set(KEY, "{}")
    with own_server(tmp_path, "--replicaof", "127.0.0.1", str(empty_redis.port)) as replica:
        eventually(lambda: replica.client().get(KEY) == b"{}")
        assert is_told(refusal(replica.url, write), "read-only")
        assert is_told(refusal(replica.url, lambda store: store.set_aside()), "read-only")
        assert RedisStore(replica.url).load() == b"{}", "looking is possible"
        assert RedisStore(replica.url).server_facts()["role"] == "slave"


def test_a_replica_without_its_primary(tmp_path: Path) -> None:
    with own_server(tmp_path, "--replicaof", "127.0.0.1", "1", "--replica-serve-stale-data", "no") as server:
        assert is_told(refusal(server.url), "cut off")


def test_out_of_memory_writes_nothing_by_halves(empty_redis: RedisServer) -> None:
    client = empty_redis.client()
    RedisStore(empty_redis.url).write(Write(None, b"one"))
    before = dumped(client)
    client.config_set("maxmemory", "1")
    try:
        taking = Write(b"one", b"two", LeaseStep.TAKE, "me")
        assert is_told(refusal(empty_redis.url, lambda store: store.write(taking)), "memory")
        assert RedisStore(empty_redis.url).load() == b"one"
    finally:
        client.config_set("maxmemory", "0")
    assert dumped(client) == before


def test_missing_replicas(tmp_path: Path) -> None:
    with own_server(tmp_path, "--min-replicas-to-write", "1") as server:
        assert is_told(refusal(server.url, write), "replicas")


def test_no_room_for_another_connection(tmp_path: Path) -> None:
    with own_server(tmp_path, "--maxclients", "1") as server, contextlib.closing(server.client()) as first:
        eventually(first.ping)
        connection = first.connection_pool.get_connection()
        assert is_told(refusal(server.url), "full")
        first.connection_pool.release(connection)


def test_a_long_script_of_another_program(tmp_path: Path) -> None:
    with own_server(tmp_path, "--busy-reply-threshold", "20") as server:
        running = threading.Thread(target=_run_until_killed, args=(server,))
        running.start()
        eventually(lambda: _is_busy(server))
        assert is_told(refusal(server.url), "script")
        server.client().script_kill()
        running.join()


def test_a_node_of_a_cluster(tmp_path: Path) -> None:
    # Its second port would be the first plus 10,000, which may be no port at all.
    bus = str(free_port())
    with own_server(tmp_path, "--cluster-enabled", "yes", "--cluster-port", bus) as server:
        assert is_told(refusal(server.url), "cluster")


def test_a_number_the_server_does_not_have(redis_server: RedisServer) -> None:
    assert is_told(refusal(redis_server.url.removesuffix("0") + "99"), "database")


def test_what_answers_is_no_redis_server() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=_answer_as_a_web_server, args=(door,), daemon=True).start()
        port = door.getsockname()[1]
        assert is_told(refusal(f"redis://127.0.0.1:{port}/0"), "stranger")
        assert is_told(refusal(f"rediss://127.0.0.1:{port}/0"), "tls")


IN_SCRIPTS = "Error running script (call to f_1): @user_script:1: @user_script: 1: -"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (redis.BusyLoadingError("Redis is loading the dataset in memory"), "loading"),
        (redis.ResponseError("MISCONF Redis is configured to save RDB snapshots"), "disk"),
        (redis.ResponseError(IN_SCRIPTS + "MISCONF Redis is configured to save"), "disk"),
        (redis.ResponseError(IN_SCRIPTS + "OOM command not allowed when used memory"), "memory"),
        (
            redis.ResponseError(IN_SCRIPTS + "READONLY You can't write against a read only replica."),
            "read-only",
        ),
        (redis.ResponseError("ACL failure in script: User x has no permissions to run"), "permission"),
        (redis.ResponseError("NOAUTH Authentication required."), "login"),
        (redis.ResponseError("DENIED Redis is running in protected mode"), "protected"),
        (redis.exceptions.MovedError("1 127.0.0.1:7000"), "cluster"),
        (redis.ResponseError("unknown command 'EVALSHA'"), "commands"),
    ],
)
def test_faults_no_server_here_has(error: redis.RedisError, kind: str) -> None:
    assert fault_kind(error) == kind


def test_the_hints_do_without_a_server_that_vanishes(tmp_path: Path) -> None:
    with own_server(tmp_path, "--maxclients", "2") as server:
        store = RedisStore(server.url)
        store.status()
        assert not store.wait(0.01), "there is room for one of the two connections it needs"
        store.close()


def eventually(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with contextlib.suppress(redis.RedisError):
            if condition():
                return
        time.sleep(0.02)
    raise AssertionError("it did not come about")


def dumped(client: redis.Redis) -> dict[bytes, bytes | None]:
    return {key: client.dump(key) for key in client.scan_iter()}


def _run_until_killed(server: RedisServer) -> None:
    with contextlib.suppress(redis.ResponseError):
        server.client().eval("while true do end", 0)


def _is_busy(server: RedisServer) -> bool:
    try:
        server.client().ping()
    except redis.ResponseError as error:
        return "BUSY" in str(error)
    return False


def _answer_as_a_web_server(door: socket.socket) -> None:
    with contextlib.suppress(OSError):  # the door is closed at the end
        while True:
            guest, _ = door.accept()
            with guest:
                guest.recv(64)
                guest.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
