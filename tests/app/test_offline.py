"""`--offline` touches no network at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from support.redis_server import RedisServer

_CODE = """
import os, socket, sys
allowed = {socket.AF_UNIX}
touched = []

def guarded(method):
    def call(self, *arguments):
        if self.family not in allowed:
            touched.append((method.__name__, arguments))
            raise OSError("no network in this test")
        return method(self, *arguments)
    return call

def no_names(*arguments, **named):
    touched.append(("getaddrinfo", arguments))
    raise OSError("no network in this test")

for name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, name, guarded(getattr(socket.socket, name)))
socket.getaddrinfo = no_names

from PySide6.QtCore import QTimer
from packdesk.app.application import make_application
from packdesk.app.window import run_window
from packdesk.domain.size_edit import SizeEdit
from packdesk.settings import read_settings

settings = read_settings(offline=True if sys.argv[1] == "offline" else None)

def opened(window, session):
    def look():
        if touched and sys.argv[1] == "online":
            print("touched", len(touched), flush=True)
            os._exit(0)  # closing would wait for the store
        if session.textures.settled and (session.state.panel_textures or touched):
            session.set_size(SizeEdit.of(session.state.package_type, 66, 77, 88))
            missing = session.textures.missing("back") is not None
            print(len(session.textures.pixmaps.images()), missing, session.connection)
            QTimer.singleShot(600, window.close)
        else:
            QTimer.singleShot(100, look)
    look()

run_window(make_application(), settings, opened)
print("touched", len(touched))
"""


@pytest.mark.skipif(not os.environ.get("DISPLAY"), reason="needs a display; `make check` gives one")
def test_no_socket_is_opened(tmp_path: Path, empty_redis: RedisServer) -> None:
    environment = os.environ | {
        "PACKDESK_DATA_DIR": str(tmp_path),
        "PACKDESK_CACHE_DIR": str(tmp_path / "cache"),
        "PACKDESK_CONFIG_DIR": str(tmp_path / "config"),
        "PACKDESK_REDIS_URL": empty_redis.url,
        "PACKDESK_DPI": "40",
        "QT_QPA_PLATFORM": "xcb",
    }

    def run(*words: str) -> str:
        command = [sys.executable, *words]
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=90, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("-m", "packdesk", "generate", "front", "vintage floral pattern")
    document = json.loads(empty_redis.client().get("packaging:current") or b"")
    document["panel_textures"]["back"] = {"panel_id": "back", "texture_url": "http://192.0.2.1/a.png"}
    empty_redis.client().set("packaging:current", json.dumps(document))
    run("-m", "packdesk", "state")
    assert run("-c", _CODE, "offline").splitlines() == ["1 True offline", "touched 0"]
    stored = json.loads(empty_redis.client().get("packaging:current") or b"")
    assert stored["package_dimensions"]["width"] == 100
    assert list((tmp_path / "offline").glob("*.edit.json")), "the size set offline waits for the next start"
    assert "touched 0" not in run("-c", _CODE, "online"), "the guard sees what an ordinary start touches"
