"""Starting and ending a server, its news, and other programs at the same design."""

from __future__ import annotations

import json
import signal
import socket
import ssl
import time
from typing import TYPE_CHECKING

import pytest
from support.certificates import make_certificate
from support.server import serving
from support.shell import Shell
from support.webapp import WebApp

from packdesk.serve.events import MAX_WAITING, EventHub

if TYPE_CHECKING:
    from pathlib import Path

    from support.redis_server import RedisServer

TOKEN = "b" * 24
PROMPT = "vintage floral pattern"


def order(**more: object) -> dict[str, object]:
    return {"prompt": PROMPT, "package_type": "box", **more}


@pytest.mark.parametrize(
    ("words", "settings", "code", "told"),
    [
        (("--host", "0.0.0.0"), {}, 2, "only with a token and TLS"),
        (("--host", "0.0.0.0"), {"PACKDESK_SERVE_TOKEN": TOKEN}, 2, "only with a token and TLS"),
        (("--host", "::"), {}, 2, "only with a token and TLS"),
        (("--host", "example.org"), {}, 2, "only with a token and TLS"),
        ((), {"PACKDESK_SERVE_TOKEN": "short"}, 2, "at least 16 characters"),
        (("--certificate", "missing.pem"), {}, 2, "The certificate missing.pem cannot be used."),
        (("--origin", "*"), {}, 2, "is not the origin of a page"),
        (("--origin", "http://a.example/page"), {}, 2, "is not the origin of a page"),
        (("--host", "127.9.9.300"), {}, 2, "only with a token and TLS"),
        ((), {"PACKDESK_SERVE_URL": "ftp://x"}, 2, "PACKDESK_SERVE_URL cannot be used"),
        ((), {"PACKDESK_TEXTURE_URLS": "ftp"}, 2, "file, http, data"),
    ],
)
def test_what_is_not_safe_does_not_start(
    tmp_path: Path, words: tuple[str, ...], settings: dict[str, str], code: int, told: str
) -> None:
    done = Shell(tmp_path, **settings).run("serve", "--port", "0", *words)
    assert (done.returncode, done.stdout) == (code, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert "short" not in done.stderr.replace("too short", "")


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = Shell(tmp_path).run("serve", "--port", str(port))
    assert (done.returncode, done.stdout) == (1, "")
    assert f"Another program listens at port {port} already." in done.stderr


def test_with_token_and_tls_others_are_served(tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path)
    shell = Shell(tmp_path, PACKDESK_SERVE_TOKEN=TOKEN)
    trust = ssl.create_default_context(cafile=str(certificate))
    words = ("--certificate", str(certificate), "--key", str(certificate.with_suffix(".key")))
    with serving(shell, *words, tls=trust) as served:
        assert served.base.startswith("https://127.0.0.1:")
        assert served.get("/packaging/state", Authorization=f"Bearer {TOKEN}").status == 200
        assert served.get("/packaging/state").status == 401


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once_and_its_generation_is_offered(tmp_path: Path, number: int) -> None:
    shell = Shell(tmp_path, PACKDESK_PROVIDER="offline", PACKDESK_DPI="300", PACKDESK_PARALLEL="1")
    with serving(shell) as served, served.events() as stream:
        served.post("/packaging/panels/generate-all", order())
        while not stream.next("progress")["finished"]:
            pass
        began = time.monotonic()
        code, told = served.stop(number)
        took = time.monotonic() - began
    assert code == 0
    assert "Traceback" not in told
    assert took < 30, "it does not wait for the painting"
    assert shell.json("status")["in_progress"] is False
    assert len(shell.json("jobs")) == 1


def test_a_killed_server_leaves_no_flags(tmp_path: Path, empty_redis: RedisServer) -> None:
    shell = Shell(
        tmp_path,
        PACKDESK_PROVIDER="offline",
        PACKDESK_DPI="300",
        PACKDESK_PARALLEL="1",
        PACKDESK_REDIS_URL=empty_redis.url,
    )
    with serving(shell) as served:
        with served.events() as stream:
            served.post("/packaging/panels/generate-all", order())
            while not stream.next("progress")["finished"]:
                pass
        served.process.kill()
        served.process.wait()
    client = empty_redis.client()
    assert client.delete("{packaging:current}:lease") >= 0  # its 15 seconds are over
    with serving(shell) as served:
        assert served.idle()["in_progress"] is False
        assert len(shell.json("jobs")) == 1


def test_it_follows_programs_that_know_nothing_of_us(tmp_path: Path, empty_redis: RedisServer) -> None:
    shell = Shell(tmp_path, PACKDESK_REDIS_URL=empty_redis.url)
    with serving(shell) as served, served.events() as stream:
        first = stream.next("revision")
        app = WebApp(empty_redis.client(), 1, picture_bytes=100)
        app.update_dimensions()
        assert stream.next("revision")["revision"] != first["revision"]
        assert (
            served.get("/packaging/state").json["package_dimensions"]
            == json.loads(empty_redis.client().get("packaging:current") or b"")["package_dimensions"]
        )
        empty_redis.client().set("packaging:current", "no design")
        assert "cannot be read" in stream.next("failure")["detail"]
        for path in ("state", "status"):
            answer = served.get(f"/packaging/{path}")
            assert (answer.status, "cannot be read" in answer.detail) == (409, True)


def test_a_store_that_does_not_answer_is_told(tmp_path: Path, redis_server: RedisServer) -> None:
    shell = Shell(tmp_path, PACKDESK_REDIS_URL="redis://127.0.0.1:1/0")
    del redis_server
    with serving(shell) as served:
        assert served.get("/health").status == 200
        answer = served.get("/packaging/state")
        assert (answer.status, "cannot be reached" in answer.detail) == (503, True)


def test_only_so_much_waits_for_a_client() -> None:
    hub, aborted = EventHub(), []
    with hub.client(lambda: aborted.append("slow")) as slow:
        for number in range(MAX_WAITING):
            hub.publish("revision", {"revision": str(number)})
        assert not slow.over
        hub.publish("revision", {})
        assert slow.over
        assert aborted == ["slow"]
    hub.close()
    assert hub.full


def test_its_files_show_the_design_it_serves(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    assert shell.run("dimensions", "box", "70", "80", "90").returncode == 0
    with serving(shell) as served:
        assert shell.run("designs", "new", "Another").returncode == 0
        assert shell.run("--design", "Another", "state").returncode == 0
        assert b"Box 70 x 80 x 90" in served.get("/packaging/export.svg?legend=1").content
