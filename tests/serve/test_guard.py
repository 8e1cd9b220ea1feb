"""Hostile requests: what becomes of each, and nobody else notices."""

from __future__ import annotations

import contextlib
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from support.server import Served, serving
from support.shell import Shell

from packdesk.serve.guard import Limiter, Rate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = "http://localhost:3000"
STRANGER = "https://evil.example"
TOKEN = "a" * 20 + "-token"
SIZES = {"package_type": "box", "dimensions": {"width": 120, "height": 150, "depth": 80}}
ZEROS = "0" * 64

Case = tuple[str, str, dict[str, str], object, int]
HOSTILE: list[Case] = [
    ("GET", "/packaging/state", {"Host": "rebound.example"}, None, 421),
    ("GET", "/packaging/state", {"Host": "rebound.example:8000"}, None, 421),
    ("GET", "/packaging/state", {"Host": ""}, None, 421),
    ("GET", "/packaging/state", {"Host": "[::"}, None, 421),
    ("GET", "/packaging/state", {"Host": "localhost.evil.example"}, None, 421),
    ("GET", "/packaging/state", {"Origin": STRANGER}, None, 403),
    ("GET", "/packaging/state", {"Origin": "null"}, None, 403),
    ("GET", "/packaging/state", {"Origin": f"{PAGE}.evil.example"}, None, 403),
    ("GET", "/packaging/events", {"Origin": STRANGER}, None, 403),
    ("GET", "/packaging/render.png", {"Sec-Fetch-Site": "cross-site"}, None, 403),
    ("GET", "/packaging/export.pdf", {"Sec-Fetch-Site": "cross-site"}, None, 403),
    ("POST", "/packaging/update-dimensions", {"Origin": STRANGER, "Content-Type": "text/plain"}, SIZES, 403),
    ("POST", "/packaging/clear", {"Origin": STRANGER}, None, 403),
    ("POST", "/packaging/clear", {"Sec-Fetch-Site": "cross-site"}, None, 403),
    ("DELETE", "/packaging/panels/front/texture", {"Origin": STRANGER}, None, 403),
    ("POST", "/packaging/update-dimensions", {}, b" " * 100_000, 413),
    ("POST", "/packaging/panels/generate", {}, b" " * 17_000_000, 413),
    ("POST", "/packaging/update-dimensions", {"Content-Length": "-1"}, None, 400),
    ("GET", "/packaging/textures/../../../../etc/passwd", {}, None, 404),
    ("GET", "/packaging/textures/%2e%2e%2f%2e%2e%2fetc%2fpasswd", {}, None, 404),
    ("GET", f"/packaging/textures/{ZEROS}.json", {}, None, 404),
    ("GET", f"/packaging/textures/{ZEROS}.png%00.json", {}, None, 404),
    ("GET", f"/packaging/textures/{ZEROS.replace('0', 'A')}.png", {}, None, 404),
    ("GET", f"//etc/passwd/{ZEROS}.png", {}, None, 404),
    ("GET", "/packaging/panels/..%2f..%2fstate/texture", {}, None, 404),
    ("DELETE", "/packaging/panels/lid/texture", {}, None, 404),
    ("GET", "/packaging/export.packdesk/../../x", {}, None, 404),
    ("GET", "/packaging/render.png?view=x%00y", {}, None, 422),
    ("GET", "/packaging/render.png?background=%23fff;rm", {}, None, 422),
    ("GET", "/packaging/clear", {}, None, 405),
    ("TRACE", "/packaging/state", {}, None, 405),
    ("PUT", "/packaging/state", {}, b"{}", 405),
    ("OPTIONS", "/packaging/clear", {"Origin": STRANGER, "Access-Control-Request-Method": "POST"}, None, 400),
]


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: f"{case[0]} {case[1]} {case[2]} {case[4]}"[:90])
def test_hostile_requests_have_an_outcome(served: Served, case: Case) -> None:
    method, path, headers, body, status = case
    before = served.get("/packaging/state").json
    answer = served.ask(method, path, body, headers)
    assert answer.status == status
    assert "Traceback" not in answer.content.decode("utf-8", "replace")
    if headers.get("Origin") not in {None, PAGE}:
        assert "access-control-allow-origin" not in answer.headers
    assert served.get("/packaging/state").json == before


def test_a_page_of_the_list_may_ask(served: Served) -> None:
    words = {
        "Origin": PAGE,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    asked = served.ask("OPTIONS", "/packaging/update-dimensions", headers=words)
    assert asked.status == 200
    assert asked.headers["access-control-allow-origin"] == PAGE
    assert "POST" in asked.headers["access-control-allow-methods"]
    own = served.post("/packaging/clear", Origin=served.base)
    assert own.status == 200, "and one of this server"
    refused = served.post("/packaging/update-dimensions", b"{", Origin=PAGE)
    assert (refused.status, refused.headers["access-control-allow-origin"]) == (422, PAGE), "it sees why"


def raw(served: Served) -> socket.socket:
    place = urlsplit(served.base)
    return socket.create_connection((place.hostname or "", place.port or 0), timeout=60)


def test_a_hundred_megabytes_are_not_taken(served: Served) -> None:
    with raw(served) as connection:
        connection.sendall(b"POST /packaging/panels/generate HTTP/1.1\r\nHost: localhost\r\n")
        connection.sendall(f"Content-Length: {100 * 2**20}\r\n\r\n".encode())
        sent = 0
        with contextlib.suppress(OSError):
            while sent < 100 * 2**20:
                sent += connection.send(b" " * 2**16)
        assert sent < 40 * 2**20
    assert served.get("/health").status == 200


def test_who_says_nothing_and_who_goes_early_disturb_nobody(served: Served) -> None:
    with contextlib.ExitStack() as clients:
        for _ in range(50):
            slow = clients.enter_context(raw(served))
            slow.sendall(
                b"POST /packaging/update-dimensions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60\r\n"
            )
        for _ in range(20):
            with raw(served) as early:
                early.sendall(b"GET /packaging/state HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert served.get("/packaging/status").status == 200
    assert served.get("/packaging/status").status == 200
    assert "Traceback" not in served.told()


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    shell = Shell(tmp_path_factory.mktemp("guarded"), PACKDESK_SERVE_TOKEN=TOKEN, PACKDESK_PROVIDER="offline")
    with serving(shell) as made:
        yield made


def test_with_a_token_only_who_shows_it_is_let_in(guarded: Served) -> None:
    assert guarded.get("/health").status == 200
    assert guarded.get(f"/packaging/textures/{ZEROS}.png").status == 404
    for path in (
        "/packaging/state",
        "/packaging/events",
        "/openapi.json",
        f"/packaging/state?token={TOKEN}x",
    ):
        assert guarded.get(path).status == 401, path
    assert guarded.get("/packaging/state", Authorization=f"Bearer {TOKEN}").status == 200
    assert guarded.get(f"/packaging/state?token={TOKEN}").status == 200
    assert guarded.post(f"/packaging/clear?token={TOKEN}").status == 401, "in an address only to read"
    assert guarded.post("/packaging/clear", Authorization=f"Bearer {TOKEN}").status == 200
    wrong = [guarded.get("/packaging/state", Authorization=f"Bearer {number}").status for number in range(30)]
    assert set(wrong) == {401, 429}, "who guesses is stopped"
    assert guarded.get("/packaging/state", Authorization=f"Bearer {TOKEN}").status == 200, "who knows is not"
    told = guarded.told()
    assert TOKEN not in told
    assert "GET /packaging/state 200" in told


def test_many_changes_at_once_are_too_many(tmp_path: Path) -> None:
    shell = Shell(tmp_path, PACKDESK_PROVIDER="offline")
    with serving(shell) as served:
        statuses = [served.post("/packaging/update-dimensions", SIZES).status for _ in range(400)]
        assert set(statuses) <= {200, 429}
        assert served.get("/packaging/state").status == 200


def test_a_limiter_gives_back_with_time() -> None:
    now = [0.0]
    limiter = Limiter(Rate(2, 3), clock=lambda: now[0])
    assert [limiter.takes("a") for _ in range(5)] == [True, True, True, False, False]
    assert limiter.takes("b")
    now[0] = 0.5
    assert [limiter.takes("a"), limiter.takes("a")] == [True, False]
    now[0] = 100
    assert [limiter.takes("a") for _ in range(4)] == [True, True, True, False]
