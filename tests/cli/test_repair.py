"""`packdesk reset` and `packdesk jobs`, as real processes, after a generation that was really killed."""

from __future__ import annotations

import json
import sqlite3
import time
from typing import TYPE_CHECKING, Any

import pytest
from support.shell import Shell
from support.writing import put

from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.state import default_state
from packdesk.domain.transitions import begin
from packdesk.domain.wire import encode_state
from packdesk.services.lease import new_record
from packdesk.store.base import KEY, LeaseStep, Write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.redis_server import RedisServer

    from packdesk.store.sqlite import SqliteStore

PROMPT = 'vintage floral pattern, "Sol Field"'
PANELS = set(PANEL_IDS["box"])
MARKED = encode_state(begin(default_state(), ["front"], "2026-01-02T03:04:05.000Z", bulk=False))


def test_reset_moves_a_broken_document_aside(tmp_path: Path, empty_redis: RedisServer) -> None:
    shell = Shell(tmp_path, PACKDESK_REDIS_URL=empty_redis.url)
    client = empty_redis.client()
    client.set(KEY, "{broken")
    assert shell.run("state").returncode == 1
    done = shell.run("reset", "--yes")
    assert done.returncode == 0, done.stderr
    name = done.stdout.removeprefix("It is kept as ").rstrip(".\n")
    assert client.get(name) == b"{broken"
    assert shell.json("state")["package_type"] == "box"
    assert shell.run("reset", "--yes").stdout == "There was nothing to move aside.\n"


def test_reset_asks(shell: Shell, store: SqliteStore) -> None:
    shell.json("dimensions", "box", "50", "60", "70")
    standing = store.load()
    code, shown = shell.answer("n\n", "reset")
    assert code == 1
    assert "Move the current design aside" in shown
    assert store.load() == standing
    code, shown = shell.answer("y\n", "reset")
    assert code == 0
    assert "packaging:current:backup:" in shown
    assert store.load() is None


def test_reset_without_a_terminal_is_refused(shell: Shell, store: SqliteStore) -> None:
    put(store, MARKED)
    done = shell.run("reset")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--yes" in done.stderr
    assert store.load() == MARKED


def test_marks_of_another_program_are_cleared(shell: Shell, store: SqliteStore) -> None:
    put(store, MARKED)
    assert shell.run("reset", "--flags").stdout == "The marks are cleared.\n"
    state = shell.json("state")
    assert not state["in_progress"]
    assert state["generating_panels"] == []
    standing = store.load()
    assert shell.run("reset", "--flags").stdout == "The design is not marked as being generated.\n"
    assert store.load() == standing


def test_marks_of_a_running_packdesk_are_not_cleared(shell: Shell, store: SqliteStore) -> None:
    store.write(Write(None, MARKED, LeaseStep.TAKE, new_record("j1")))
    done = shell.run("reset", "--flags")
    assert done.returncode == 1
    assert "process" in done.stderr
    assert store.load() == MARKED


def test_no_unfinished_jobs(shell: Shell) -> None:
    assert shell.json("jobs") == []
    assert shell.run("jobs").stdout == "No generation was left unfinished.\n"
    for word in ("continue", "apply", "discard"):
        done = shell.run("jobs", word, "nonsense")
        assert done.returncode == 2
        assert "“packdesk jobs”" in done.stderr


@pytest.fixture
def killed(shell: Shell) -> tuple[Shell, dict[str, Any]]:
    """A generation killed with some, but not all, of its pictures made; its lease has run out."""
    shell.environment |= {"PACKDESK_DPI": "300", "PACKDESK_PARALLEL": "1"}
    process = shell.start("generate-all", PROMPT)
    folder = shell.folder / "data" / "jobs"
    try:
        eventually(lambda: any(textures_in(path) for path in folder.glob("*.json")))
    finally:
        process.kill()
        process.wait()
    with sqlite3.connect(shell.folder / "data" / "packdesk.sqlite3") as connection:
        connection.execute("UPDATE lease SET until_ms = 0")
    connection.close()
    (job,) = shell.json("jobs")
    assert job["finished"]
    assert job["missing"]
    assert shell.json("state")["panel_textures"] == {}, "nothing of a batch is visible before its end"
    return shell, job


def test_a_killed_generation_is_continued(killed: tuple[Shell, dict[str, Any]]) -> None:
    shell, job = killed
    line = f"{job['id']}  {job['started_at']}  {len(job['finished'])} of 6 panels  {PROMPT}\n"
    assert shell.run("jobs").stdout == line
    (record,) = (shell.folder / "data" / "jobs").glob("*.json")
    finished = textures_in(record)
    outcome = shell.json("jobs", "continue", job["id"][:6])
    assert set(outcome["finished"]) == PANELS
    state = shell.json("state")
    assert set(state["panel_textures"]) == PANELS
    assert not state["in_progress"]
    kept = {panel_id: state["panel_textures"][panel_id] for panel_id in finished}
    assert kept == finished, "not painted again, down to the time they were made"
    assert shell.json("jobs") == []


def test_a_killed_generation_is_applied(killed: tuple[Shell, dict[str, Any]]) -> None:
    shell, job = killed
    before = pictures(shell)
    state = shell.json("jobs", "apply", job["id"])
    assert sorted(state["panel_textures"]) == sorted(job["finished"])
    assert not state["in_progress"], "the dead program's marks are gone"
    assert pictures(shell) == before, "nothing was painted"
    assert shell.json("jobs") == []


def test_a_killed_generation_is_discarded(killed: tuple[Shell, dict[str, Any]]) -> None:
    shell, job = killed
    assert shell.run("jobs", "discard", job["id"]).returncode == 0
    assert shell.json("jobs") == []
    assert shell.json("state")["panel_textures"] == {}
    assert pictures(shell), "its pictures stay"


def pictures(shell: Shell) -> set[str]:
    return {path.name for path in (shell.folder / "data" / "textures").glob("*.png")}


def textures_in(path: Path) -> dict[str, Any]:
    textures: dict[str, Any] = json.loads(path.read_bytes())["textures"]
    return textures


def eventually(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.02)
    raise AssertionError("it did not come about")
