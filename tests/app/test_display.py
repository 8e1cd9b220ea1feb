"""Displays that are named and gone, and the one of our own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from packdesk.app.display import has_display, some_display

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X is Linux's")


def test_a_display_that_does_not_answer_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setenv("DISPLAY", ":12345")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-gone")
    assert not has_display()


def test_our_own_server_lets_nobody_in_without_the_cookie(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XAUTHORITY"):
        monkeypatch.delenv(name, raising=False)
    with some_display():
        monkeypatch.delenv("QT_QPA_PLATFORM")
        assert has_display()
        cookie = os.environ["XAUTHORITY"]
        monkeypatch.setenv("XAUTHORITY", os.devnull)
        assert not has_display()
        monkeypatch.setenv("XAUTHORITY", cookie)
    assert not Path(cookie).exists()


def test_the_display_of_the_session_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    with some_display(session=True):
        named = os.environ["DISPLAY"]
        with some_display(session=True):
            assert os.environ["DISPLAY"] == named
        with some_display():
            assert os.environ["DISPLAY"] != named, "it may close before what is drawn is done"
            assert has_display()
        assert os.environ["DISPLAY"] == named


@pytest.mark.parametrize("words", [("doctor",), ("render", "package.png", "--size", "64x64")])
def test_commands_draw_on_their_own_server_when_the_named_one_is_gone(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    environment = os.environ | {"DISPLAY": ":12345"}
    environment.pop("QT_QPA_PLATFORM", None)
    done = subprocess.run(
        [sys.executable, "-m", "packdesk", *words],
        check=False,
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_window_says_that_there_is_none(tmp_path: Path) -> None:
    environment = os.environ | {"DISPLAY": ":12345"}
    environment.pop("QT_QPA_PLATFORM", None)
    done = subprocess.run(
        [sys.executable, "-m", "packdesk"],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "There is no display" in done.stderr


def test_our_own_server_ends_with_a_program_that_was_killed() -> None:
    code = (
        "import os, time\n"
        "from packdesk.app.display import some_display\n"
        "with some_display():\n"
        "    print(os.environ['DISPLAY'], flush=True)\n"
        "    time.sleep(600)\n"
    )
    environment = {
        key: value for key, value in os.environ.items() if key not in {"DISPLAY", "WAYLAND_DISPLAY"}
    }
    with subprocess.Popen(
        [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        number = program.stdout.readline().strip().removeprefix(":")
        program.kill()
    waited = time.monotonic() + 60
    while listens(number) and time.monotonic() < waited:
        time.sleep(0.05)
    assert not listens(number)


def listens(display: str) -> bool:
    """Whether an X server of that number takes connections."""
    with socket.socket(socket.AF_UNIX) as asked:
        return asked.connect_ex(f"\0/tmp/.X11-unix/X{display}") == 0
