"""Seconds from the start of packdesk to its first frame, beside a bare window with a GLViewWidget.

Every round starts each program once, one after the other. Ratios are taken within a round, for the machine
may be busy. The commands, from start to end, stand in the table for knowledge. Needs a display.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tables import table

ROUNDS = 5
STARTED = "STARTED_AT"

_FRAME = f"""
import os, time
def seen(*_):
    print(time.monotonic() - float(os.environ["{STARTED}"]), flush=True)
    os._exit(0)
"""
BARE = (
    _FRAME
    + """
from PySide6.QtWidgets import QApplication, QMainWindow
from pyqtgraph.opengl import GLViewWidget
app = QApplication([])
window, view = QMainWindow(), GLViewWidget()
window.setCentralWidget(view)
window.resize(1440, 900)
view.frameSwapped.connect(seen)
window.show()
app.exec()
"""
)
WINDOW = (
    _FRAME
    + """
import sys
from packdesk.__main__ import main
from PySide6.QtWidgets import QApplication
loop = QApplication.exec
def run(*_):
    view = next(part for part in QApplication.allWidgets() if hasattr(part, "frameSwapped"))
    view.frameSwapped.connect(seen)
    return loop()
QApplication.exec = run
sys.argv = ["packdesk"]
main()
"""
)
PYTHON = [sys.executable, "-P", "-c"]
PACKDESK = [sys.executable, "-P", "-m", "packdesk"]
PROGRAMS = {
    "a bare window with a GLViewWidget": [*PYTHON, BARE],
    "packdesk": [*PYTHON, WINDOW],
    "packdesk --help": [*PACKDESK, "--help"],
    "packdesk state": [*PACKDESK, "state"],
}


def seconds(command: list[str], folder: Path) -> float:
    """From the start of a process to its first frame, or to its end where it draws none."""
    places = {f"PACKDESK_{name}_DIR": str(folder / name) for name in ("DATA", "CACHE", "CONFIG")}
    started = time.monotonic()
    env = {**os.environ, **places, STARTED: repr(started)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
    ended = time.monotonic() - started
    return float(done.stdout.split()[-1]) if command[0:3] == PYTHON else ended


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for command in PROGRAMS.values():  # bytecode is compiled, files are in memory
            seconds(command, folder)
        rounds = [[seconds(command, folder) for command in PROGRAMS.values()] for _ in range(ROUNDS)]
    rows = []
    for number, program in enumerate(PROGRAMS):
        ratios = [times[number] / times[0] for times in rounds]
        rows.append(
            [
                program,
                statistics.median(times[number] for times in rounds),
                statistics.median(ratios),
                *ratios,
            ]
        )
    table(
        ["from start to first frame or end", "seconds", "ratio", *(f"round {n + 1}" for n in range(ROUNDS))],
        rows,
    )


if __name__ == "__main__":
    main()
