"""`packdesk doctor`, as a real process: what it finds, what it keeps to itself, its exit code."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING

import pytest
from support.providers import picture_bytes
from support.redis_server import RedisServer
from support.shell import Shell
from support.writing import put

from packdesk.domain.panels import FlatSize
from packdesk.domain.state import PackagingState, default_state, new_texture, utc_text
from packdesk.domain.transitions import begin, fail
from packdesk.domain.wire import encode_state
from packdesk.services.lease import new_record
from packdesk.store import base, sqlite_lease
from packdesk.store.base import KEY, LeaseStep, Write
from packdesk.store.redis import RedisStore

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.store.sqlite import SqliteStore

SUBJECTS = [
    "versions",
    "store",
    "server",
    "design",
    "generation",
    "flags",
    "jobs",
    "textures",
    "panels",
    "card",
    "cache",
    "library",
    "settings",
    "artwork",
    "key",
    "network",
    "OpenGL",
]
NOW = "2026-01-02T03:04:05.000Z"


def findings(shell: Shell, code: int = 0) -> dict[str, list[dict[str, str]]]:
    """What was found, by subject."""
    done = shell.run("doctor", "--json")
    assert done.returncode == code, done.stdout + done.stderr
    found: dict[str, list[dict[str, str]]] = {}
    for finding in json.loads(done.stdout):
        found.setdefault(finding["subject"], []).append(finding)
    return found


def only(found: dict[str, list[dict[str, str]]], subject: str, verdict: str) -> dict[str, str]:
    (finding,) = found[subject]
    assert finding["verdict"] == verdict, finding
    return finding


def generating(panel_ids: list[str]) -> PackagingState:
    return begin(default_state(), panel_ids, NOW, bulk=True)


def test_a_fresh_installation_is_well(shell: Shell) -> None:
    found = findings(shell)
    assert list(found) == SUBJECTS
    assert all(finding["verdict"] == "ok" for group in found.values() for finding in group)
    assert "never saved" in found["design"][0]["text"]
    assert "journal wal" in found["server"][0]["text"]


def test_people_get_the_remedy_under_the_finding(shell: Shell, store: SqliteStore) -> None:
    put(store, encode_state(fail(default_state(), "No artwork on top: bad day.", NOW)))
    shown = shell.run("doctor").stdout
    assert "note  design: box 100 × 150 × 100 mm, artwork on 0 of 6 panels, saved 2026-01-02" in shown
    assert "bad day." in shown
    assert "\n      Generate the panels it names again" in shown


def test_pictures_that_are_here_and_that_are_not(shell: Shell) -> None:
    (shell.folder / "art.png").write_bytes(picture_bytes())
    (shell.folder / "more.png").write_bytes(picture_bytes(1, size=(60, 60)))  # square, as the top is
    shell.json("import", "front", "art.png")
    state = shell.json("import", "top", "more.png")
    assert only(findings(shell), "panels", "ok")["text"] == "on this machine: front, top"
    lost = state["panel_textures"]["top"]["texture_url"].rpartition("/")[2]
    (shell.folder / "data" / "textures" / lost).unlink()
    found = findings(shell, code=1)
    assert [finding["verdict"] for finding in found["panels"]] == ["ok", "mend"]
    assert found["panels"][0]["text"] == "on this machine: front"
    assert found["panels"][1]["text"].startswith("top: ")
    assert "1 picture," in found["textures"][0]["text"]
    assert "artwork on 2 of 6 panels" in found["design"][0]["text"]


def test_pictures_elsewhere_are_not_fetched_for_it(shell: Shell, store: SqliteStore) -> None:
    state = default_state().model_dump(mode="json")
    state["panel_textures"] = {"back": {"panel_id": "back", "texture_url": "http://127.0.0.1:1/back.png"}}
    put(store, json.dumps(state).encode())
    found = findings(shell)["panels"]
    assert [finding["verdict"] for finding in found] == ["ok", "note"]
    assert "not fetched yet: back" in found[1]["text"]


def test_texture_folders(shell: Shell) -> None:
    (shell.folder / "one").mkdir()
    (shell.folder / "one" / "a.png").write_bytes(b"")
    shell.environment["PACKDESK_SHARED_TEXTURE_DIRS"] = f"{shell.folder / 'one'}:{shell.folder / 'two'}"
    (shell.folder / "library").write_text("in the way")
    shell.environment["PACKDESK_TEXTURE_DIR"] = str(shell.folder / "library")
    found = findings(shell, code=1)["textures"]
    assert [finding["verdict"] for finding in found] == ["mend", "ok", "mend"]
    assert "PACKDESK_TEXTURE_DIR" in found[0]["remedy"]
    assert "1 picture, only read" in found[1]["text"]
    assert "PACKDESK_SHARED_TEXTURE_DIRS" in found[2]["remedy"]


def test_who_generates(shell: Shell, store: SqliteStore) -> None:
    state = encode_state(generating(["front", "back"]))
    store.write(Write(None, state, LeaseStep.TAKE, new_record("j1")))
    found = findings(shell)
    assert "process" in only(found, "generation", "ok")["text"]
    assert "front, back" in only(found, "flags", "ok")["text"]


def test_a_generation_that_died(shell: Shell, store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (base, sqlite_lease):
        monkeypatch.setattr(module, "LEASE_MS", 0)
    before = encode_state(generating(["front"]))
    store.write(Write(None, before, LeaseStep.TAKE, new_record("j1")))
    found = findings(shell)
    assert "ended before it was done" in only(found, "generation", "note")["text"]
    assert store.load() == before, "the doctor only looks"


def test_marks_of_another_program(shell: Shell, store: SqliteStore) -> None:
    put(store, encode_state(generating(["left"])))
    finding = only(findings(shell), "flags", "note")
    assert "left" in finding["text"]
    assert NOW in finding["text"]
    assert "packdesk reset --flags" in finding["remedy"]


def test_a_document_of_another_kind(shell: Shell, store: SqliteStore) -> None:
    put(store, b'{"box_state": {}}')
    finding = only(findings(shell, code=1), "design", "mend")
    assert "packdesk reset" in finding["remedy"]


def test_the_key_is_not_told(shell: Shell) -> None:
    shell.environment["GEMINI_API_KEY"] = "AIza-very-secret"
    done = shell.run("doctor")
    assert "a key for Gemini is there, from the environment" in done.stdout
    assert "made by “gemini”" in done.stdout
    assert "very-secret" not in done.stdout + done.stderr


def test_a_server(tmp_path: Path, empty_redis: RedisServer) -> None:
    found = findings(Shell(tmp_path, PACKDESK_REDIS_URL=empty_redis.url))
    assert only(found, "store", "ok")["text"].endswith(" ms")
    server = only(found, "server", "note")
    assert "Redis 7" in server["text"]
    assert "“appendonly yes”" in server["remedy"]
    assert only(found, "writing", "ok")


def test_a_stale_write_of_another_program_is_left_for_packdesk_to_mend(
    tmp_path: Path, empty_redis: RedisServer
) -> None:
    store = RedisStore(empty_redis.url)
    old = default_state()
    put(store, encode_state(old))
    front = new_texture("front", "file:///a.png", "floral", FlatSize(width=100, height=150), utc_text())
    put(store, encode_state(old.model_copy(update={"panel_textures": {"front": front}})))
    stale = encode_state(old.model_copy(update={"last_error": "theirs"}))
    empty_redis.client().set(KEY, stale)
    findings(Shell(tmp_path, PACKDESK_REDIS_URL=empty_redis.url))
    assert empty_redis.client().get(KEY) == stale, "the doctor only looks"
    assert store.load() != stale, "packdesk does mend it"


def test_a_server_that_keeps_everything(tmp_path: Path) -> None:
    with RedisServer(tmp_path, "--appendonly", "yes").running() as server:
        shell = Shell(tmp_path, PACKDESK_REDIS_URL=server.url)
        assert "appendonly yes" in only(findings(shell), "server", "ok")["text"]
        client = server.client()
        words = ["ACL", "SETUSER", "shy", "on", ">s3cr3t", "~*", "&*", "+@all", "-config"]
        client.execute_command(*words)  # type: ignore[no-untyped-call]
        shell.environment["PACKDESK_REDIS_URL"] = server.url_for("shy", "s3cr3t")
        assert "CONFIG is refused" in only(findings(shell), "server", "note")["text"]


def test_a_server_that_may_lose_the_design(tmp_path: Path) -> None:
    words = ("--maxmemory", "64mb", "--maxmemory-policy", "allkeys-lru")
    with RedisServer(tmp_path, *words).running() as server:
        shell = Shell(tmp_path, PACKDESK_REDIS_URL=server.url)
        put(RedisStore(server.url), encode_state(default_state()))
        server.client().expire(KEY, 600)
        found = findings(shell, code=1)
        assert "allkeys-lru" in only(found, "eviction", "note")["text"]
        assert "64 MB" in only(found, "eviction", "note")["text"]
        assert "will be lost in" in only(found, "expiry", "mend")["text"]
        server.client().persist(KEY)
        server.client().config_set("maxmemory-policy", "volatile-lru")
        found = findings(shell)
        assert "expiry" not in found
        assert "eviction" not in found, "what never expires is not evicted"


def test_a_replica(tmp_path: Path, empty_redis: RedisServer) -> None:
    RedisStore(empty_redis.url).write(Write(None, encode_state(default_state())))
    with RedisServer(tmp_path, "--replicaof", "127.0.0.1", str(empty_redis.port)).running() as replica:
        found = findings(Shell(tmp_path, PACKDESK_REDIS_URL=replica.url), code=1)
    assert "read-only replica" in only(found, "writing", "mend")["text"]


def test_another_type_at_the_key(tmp_path: Path, empty_redis: RedisServer) -> None:
    empty_redis.client().lpush(KEY, "x")
    found = findings(Shell(tmp_path, PACKDESK_REDIS_URL=empty_redis.url), code=1)
    assert only(found, "store", "ok")
    assert "packdesk reset" in only(found, "design", "mend")["remedy"]


def test_no_server(tmp_path: Path) -> None:
    shell = Shell(tmp_path, PACKDESK_REDIS_URL="redis://u:s3cr3t@127.0.0.1:1")
    done = shell.run("doctor")
    assert done.returncode == 1
    assert "MEND  store: The Redis server at 127.0.0.1:1 cannot be reached." in done.stdout
    assert "s3cr3t" not in done.stdout + done.stderr
    assert "ok    OpenGL" in done.stdout, "the rest is looked at all the same"


def test_offline_on_purpose_asks_no_server(tmp_path: Path) -> None:
    shell = Shell(tmp_path, PACKDESK_REDIS_URL="redis://127.0.0.1:1", PACKDESK_OFFLINE="1")
    assert "not asked" in only(findings(shell), "store", "note")["text"]


@pytest.mark.skipif(not shutil.which("Xvfb"), reason="without Xvfb there is nothing to take away")
def test_no_opengl(shell: Shell) -> None:
    shell.environment["PATH"] = str(shell.folder)
    assert "xvfb" in only(findings(shell, code=1), "OpenGL", "mend")["remedy"]


def test_the_way_to_google(shell: Shell) -> None:
    shell.environment["ALL_PROXY"] = "socks://127.0.0.1:9"
    assert "ALL_PROXY names" in only(findings(shell, code=1), "network", "mend")["text"]
    shell.environment["ALL_PROXY"] = "socks5://user:secret@127.0.0.1:9"
    text = only(findings(shell), "network", "ok")["text"]
    assert text == "through the proxy socks5://127.0.0.1:9 (ALL_PROXY)"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks an X server")
def test_a_desktop_that_does_not_answer(shell: Shell) -> None:
    shell.environment |= {"DISPLAY": ":7777", "QT_QPA_PLATFORM": "", "WAYLAND_DISPLAY": "none-here"}
    found = findings(shell)
    assert "DISPLAY, WAYLAND_DISPLAY" in only(found, "display", "note")["text"]
    assert only(found, "OpenGL", "ok"), "drawn on a display of our own"
