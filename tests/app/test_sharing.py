"""*Share on this machine*: real servers of a real window."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from PySide6.QtGui import QGuiApplication

from packdesk.app import sharing as sharing_module
from packdesk.app.choices import key_keeper
from packdesk.app.core import build_services, choose_provider
from packdesk.app.preferences import Preferences
from packdesk.app.sharing import Sharing
from packdesk.jobs.opening import Opening
from packdesk.jobs.session import Session
from packdesk.settings import read_settings
from packdesk.store.shelf import Shelf
from packdesk.ui.theme import LIGHT
from packdesk.ui.window.wiring import make_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot
    from support.redis_server import RedisServer

    from packdesk.ui.window.main_window import MainWindow
    from packdesk.ui.window.sharing_chip import SharingChip

PATIENCE_S = 60


class Desk(NamedTuple):
    """A window that can share its design."""

    window: MainWindow
    session: Session
    sharing: Sharing

    @property
    def chip(self) -> SharingChip:
        return self.window.status.sharing

    def switch(self) -> None:
        """As by the menu."""
        self.window.actions_["share"].trigger()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def ask(address: str, path: str) -> Any:
    with urllib.request.urlopen(address + path, timeout=PATIENCE_S) as answer:
        return json.load(answer)


def answers(address: str) -> bool:
    with contextlib.suppress(OSError):
        return bool(ask(address, "/health"))
    return False


@pytest.fixture
def desk(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("PACKDESK_SERVE_PORT", str(free_port()))
    settings = read_settings(provider="offline")
    with contextlib.ExitStack() as closing:
        store = closing.enter_context(
            contextlib.closing(closing.enter_context(Shelf(settings.data_dir).opened(None)).store())
        )
        keys = key_keeper(settings)
        session = Session(Opening.of(build_services(settings, store, choose_provider(settings, keys))))
        window = make_window(session, LIGHT, samples=0)
        window.show()
        assert not window.actions_["share"].isEnabled(), "no design is known yet"
        preferences = Preferences(settings, keys, session, window)
        made = Desk(window, session, Sharing(settings, preferences, session, window.status.sharing))
        with qtbot.waitSignal(session.shelf.named):
            session.begin()
        yield made
        window.close()
        made.sharing.close()
        window.deleteLater()


def test_a_design_is_shared_shown_and_taken_back(desk: Desk, qtbot: QtBot) -> None:
    chip, share = desk.chip, desk.window.actions_["share"]
    assert chip.isHidden()
    with qtbot.waitSignal(desk.sharing.shared):
        desk.switch()
        assert "…" in chip.text()
    assert not chip.isHidden()
    assert chip.address.partition("://")[2] in chip.text()
    assert desk.window.status.connection.text() == "● Local"
    with qtbot.waitSignal(desk.session.state_changed):
        sizes = {"package_type": "box", "dimensions": {"width": 77, "height": 88, "depth": 99}}
        body = json.dumps(sizes).encode()
        urllib.request.urlopen(f"{chip.address}/packaging/update-dimensions", body, timeout=60).close()
    assert desk.session.state.package_dimensions.as_tuple() == (77, 88, 99)
    chip._copy.trigger()
    assert QGuiApplication.clipboard().text() == f"{chip.address}/review"
    address = chip.address
    with qtbot.waitSignal(desk.sharing.stopped):
        desk.switch()
    assert (chip.isHidden(), share.isChecked()) == (True, False)
    assert not answers(address)
    assert desk.window.status.connection.text() == "● Local, not shared"


def test_a_port_that_is_taken_is_passed_over(desk: Desk, qtbot: QtBot) -> None:
    port = read_settings().serve_port
    with socket.create_server(("127.0.0.1", port)), qtbot.waitSignal(desk.sharing.shared) as shared:
        desk.switch()
    assert shared.args != [f"http://127.0.0.1:{port}"]
    assert ask(desk.chip.address, "/health") == {"status": "healthy"}


def test_a_server_that_dies_is_told_and_can_be_had_again(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.sharing.shared):
        desk.switch()
    with qtbot.waitSignal(desk.session.failed) as failed:
        os.kill(desk.sharing._process.processId(), signal.SIGKILL)
    assert failed.args[0].full_text().startswith("The design is not shared any more: its server has ended.")
    assert (desk.chip.isHidden(), desk.window.actions_["share"].isChecked()) == (True, False)
    assert desk.window.messages.isVisible()
    with qtbot.waitSignal(desk.sharing.shared):
        desk.switch()
    assert not desk.window.messages.isVisible()
    with qtbot.waitSignal(desk.sharing.shared):  # off and on again, faster than a server ends
        desk.switch()
        desk.switch()
    assert answers(desk.chip.address)


def test_what_is_missing_is_told(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing_module, "_NEEDED", ("starlette", "not_installed_here"))
    with qtbot.waitSignal(desk.session.failed) as failed:
        desk.switch()
    assert "troubleshooting guide" in failed.args[0].full_text()
    assert "pip install 'packdesk[serve]'" in failed.args[0].terminal_text()
    assert (desk.chip.isHidden(), desk.window.actions_["share"].isChecked()) == (True, False)


_WINDOW = """
from PySide6.QtCore import QTimer
from packdesk.app.application import make_application
from packdesk.app.window import run_window
from packdesk.settings import read_settings

def opened(window, session):
    def look():
        if window.status.sharing.address:
            print(window.status.sharing.address, flush=True)
        elif window.actions_["share"].isEnabled() and not window.actions_["share"].isChecked():
            window.actions_["share"].trigger()
        QTimer.singleShot(50, look) if not window.status.sharing.address else None
    look()

run_window(make_application(), read_settings(), opened)
"""


@pytest.mark.skipif(not os.environ.get("DISPLAY"), reason="needs a display; `make check` gives one")
def test_a_server_ends_with_a_window_that_is_killed(tmp_path: Path, empty_redis: RedisServer) -> None:
    environment = os.environ | {
        "QT_QPA_PLATFORM": "xcb",
        "PACKDESK_REDIS_URL": empty_redis.url,
        "PACKDESK_SERVE_PORT": str(free_port()),
    }
    command = [sys.executable, "-c", _WINDOW]
    with subprocess.Popen(
        command, env=environment, cwd=tmp_path, stdout=subprocess.PIPE, text=True
    ) as window:
        assert window.stdout is not None
        address = window.stdout.readline().strip()
        assert ask(address, "/packaging/state")["package_type"] == "box"
        window.kill()
    deadline = time.monotonic() + PATIENCE_S
    while answers(address) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not answers(address)
