"""A page in a real browser does what the web application's pages do, from another origin."""

from __future__ import annotations

import contextlib
import json
import queue
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support.server import serving
from support.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Iterator

CHROMIUM = shutil.which("chromium")
PAGE = (Path(__file__).parent / "page.html").read_bytes()
PATIENCE_S = 120.0

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")


@contextlib.contextmanager
def page_server() -> Iterator[tuple[str, queue.Queue[Any]]]:
    """The page's own server: its origin, and what the page tells it."""
    told: queue.Queue[Any] = queue.Queue()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(200 if self.path.startswith("/?") else 404, PAGE)

        def do_POST(self) -> None:
            told.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self._answer(200, b"")

        def _answer(self, status: int, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}", told
    finally:
        server.shutdown()
        server.server_close()


@contextlib.contextmanager
def browser(folder: Path, address: str) -> Iterator[None]:
    """The page in headless Chromium."""
    switches = (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-dev-shm-usage",
    )
    command = [str(CHROMIUM), *switches, f"--user-data-dir={folder}", address]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def test_a_page_s_day_in_a_browser(tmp_path: Path) -> None:
    shell = Shell(tmp_path, PACKDESK_PROVIDER="offline")
    with page_server() as (origin, told):
        with (
            serving(shell, "--origin", origin) as served,
            browser(tmp_path / "profile", f"{origin}/?base={served.base}"),
        ):
            done = told.get(timeout=PATIENCE_S)
        assert done == [
            ["hydrated", "box", 150],
            ["slid", 120],
            ["all", "generating", 6],
            ["waiting", "front"],
            ["drawn", True],
            ["moment", True],
            ["one", "top", True],
            ["gone", "top"],
            ["switched", 90],
            ["cleared", 0, "box"],
            ["refused", True],
            ["news", True],
        ]
        with (
            serving(shell) as served,
            browser(tmp_path / "stranger", f"{origin}/?base={served.base}"),
        ):
            assert told.get(timeout=PATIENCE_S) == [["error", "TypeError: Failed to fetch"]], (
                "a page not named"
            )
    assert shell.json("state")["package_type"] == "box"
