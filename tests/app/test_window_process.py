"""The window as a process of its own."""

from __future__ import annotations

import os
import pty
import signal
import sqlite3
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.skipif(not os.environ.get("DISPLAY"), reason="needs a display; `make check` gives one")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_polite_signal_closes_the_window(tmp_path: Path, number: signal.Signals) -> None:
    environment = os.environ | {
        "PACKDESK_DATA_DIR": str(tmp_path),
        "PACKDESK_CACHE_DIR": str(tmp_path / "cache"),
        "QT_QPA_PLATFORM": "xcb",
    }
    window = subprocess.Popen(
        [sys.executable, "-m", "packdesk"], env=environment, stderr=subprocess.PIPE, text=True
    )
    store = tmp_path / "packdesk.sqlite3"
    deadline = time.monotonic() + 30
    while (
        not store.exists() and time.monotonic() < deadline
    ):  # made by the session's first look, when signals are watched
        time.sleep(0.05)
    window.send_signal(number)
    _, errors = window.communicate(timeout=20)
    assert window.returncode == 0, errors
    assert errors == ""
    with sqlite3.connect(store) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


@pytest.mark.skipif(not os.environ.get("DISPLAY"), reason="needs a display; `make check` gives one")
def test_an_address_that_is_none_ends_the_start_with_a_sentence(tmp_path: Path) -> None:
    places = {f"PACKDESK_{name}_DIR": str(tmp_path / name) for name in ("DATA", "CACHE", "CONFIG")}
    environment = os.environ | places | {"PACKDESK_REDIS_URL": "nowhere", "QT_QPA_PLATFORM": "xcb"}
    reading, terminal = pty.openpty()  # without one, a window tells it
    done = subprocess.run(
        [sys.executable, "-m", "packdesk"], env=environment, stderr=terminal, timeout=60, check=False
    )
    os.close(terminal)
    with os.fdopen(reading, "rb") as told:
        assert (
            told.readline().decode().startswith("packdesk: “nowhere” is not the address of a Redis server.")
        )
    assert done.returncode == 2
