"""packdesk as a user runs it: a real process.

Commands that only run and end are forked (see `forks`).
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from multiprocessing.reduction import DupFd
from typing import TYPE_CHECKING, Any

import pytest

from support.command import run_command
from support.forks import FORKS

if TYPE_CHECKING:
    from pathlib import Path

    from support.gemini_server import GeminiServer

_PATIENCE_S = 120.0


class Shell:
    """Runs packdesk with folders of its own, low resolution and no display."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        kept = {key: value for key, value in os.environ.items() if not key.startswith("PACKDESK_")}
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "GOOGLE_API_KEY", "GEMINI_API_KEY"):
            kept.pop(name, None)
        self.environment = kept | {
            "PACKDESK_DATA_DIR": str(folder / "data"),
            "PACKDESK_CACHE_DIR": str(folder / "cache"),
            "PACKDESK_CONFIG_DIR": str(folder / "config"),
            "PACKDESK_DPI": "40",
            **settings,
        }

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            where = (out.fileno(), err.fileno())
            started = (self.environment, str(self.folder), ["packdesk", *words])
            process = FORKS.Process(target=run_command, args=(*map(DupFd, where), *started))
            process.start()
            process.join(_PATIENCE_S)
            if process.exitcode is None:
                process.kill()
                raise AssertionError(f"packdesk {' '.join(words)} does not end")
            out.seek(0)
            err.seek(0)
            return subprocess.CompletedProcess(words, process.exitcode, out.read(), err.read())

    def json(self, *words: str) -> Any:
        done = self.run(*words, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """A command that goes on while the test does something else."""
        return subprocess.Popen(
            [sys.executable, "-m", "packdesk", *words],
            env=self.environment,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def answer(self, typed: str, *words: str) -> tuple[int, str]:
        """Run on a terminal and type something when asked; exit code and everything shown."""
        pid, terminal = self._on_terminal(*words)
        shown = b""
        while b"?" not in shown:
            shown += os.read(terminal, 1024)
        os.write(terminal, typed.encode())
        return _rest(pid, terminal, shown)

    def watch(self, *words: str) -> tuple[int, str]:
        """Run on a terminal; exit code and everything shown."""
        pid, terminal = self._on_terminal(*words)
        return _rest(pid, terminal, b"")

    def _on_terminal(self, *words: str) -> tuple[int, int]:
        import pty  # not on Windows

        try:
            pid, terminal = pty.fork()
        except OSError as error:
            pytest.skip(f"this machine gives no pseudo terminal: {error}")
        if pid == 0:
            os.chdir(self.folder)
            os.execve(sys.executable, [sys.executable, "-m", "packdesk", *words], self.environment)
        return pid, terminal


def _rest(pid: int, terminal: int, shown: bytes) -> tuple[int, str]:
    with contextlib.suppress(OSError):  # how Linux says that the other side is closed
        while part := os.read(terminal, 1024):
            shown += part
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown.decode()


PRICES = '{"models": {"gemini-3.1-flash-image": {"as_of": "2026-11-01", "usd": {"2K": 0.25}}}}'


def paid_shell(folder: Path, gemini: GeminiServer) -> Shell:
    """One whose pictures cost 25 cents each, with 80 cents a month."""
    (folder / "config").mkdir()
    (folder / "config" / "prices.json").write_text(PRICES)
    return Shell(
        folder,
        PACKDESK_GEMINI_URL=gemini.url,
        GOOGLE_API_KEY=gemini.key,
        PACKDESK_CONFIG_DIR=str(folder / "config"),
        PACKDESK_GEMINI_SIZE="2K",
        PACKDESK_MONTHLY_LIMIT_USD="0.8",
    )
