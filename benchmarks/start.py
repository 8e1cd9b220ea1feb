"""Seconds from the start of packdesk to its first frame, beside a bare window with a GLViewWidget.

The first frame is the first one of the 3D view, with the whole window around it; bytecode is compiled and
files are in memory. The bare window loads Qt, numpy, PyOpenGL and all of pyqtgraph as well, and has an empty
view to show. What a window does after its first frame (it makes the services, looks for a key, reads the
design) is not counted there; the row of the design is for the first frame that shows it, of another size than
the default one.

Every round starts each program once, one after the other; its column holds ratios to the bare window's
seconds. On a busy machine look at the processor's seconds, of all threads and the least of all rounds, and
their ratio. The commands, from start to end, are there for knowledge. Needs a display.
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
import gc
from packdesk.programs import trust_no_folder
trust_no_folder()  # this, too, as main() does
gc.disable()  # as main() does before it imports
import packdesk.cli.window as start  # as main() does, before any Qt is there
from packdesk.__main__ import main
run = start.run_window
def watch(window, session):
    if DESIGN:
        session.state_changed.connect(lambda _: window.view.frameSwapped.connect(seen))
    else:
        window.view.frameSwapped.connect(seen)
start.run_window = lambda app, settings: run(app, settings, watch)
sys.argv = ["packdesk"]
main()
"""
)
PYTHON = [sys.executable, "-P", "-c"]
PACKDESK = [sys.executable, "-P", "-m", "packdesk"]
PROGRAMS = {
    "a bare window with a GLViewWidget": [*PYTHON, BARE],
    "packdesk": [*PYTHON, f"DESIGN = False\n{WINDOW}"],
    "packdesk, to its design": [*PYTHON, f"DESIGN = True\n{WINDOW}"],
    "packdesk --help": [*PACKDESK, "--help"],
    "packdesk state": [*PACKDESK, "state"],
}


def seconds(command: list[str], folder: Path) -> tuple[float, float]:
    """From the start of a process to its first frame (or its end), and those of the processor."""
    places = {f"PACKDESK_{name}_DIR": str(folder / name) for name in ("DATA", "CACHE", "CONFIG")}
    started, before = time.monotonic(), os.times()
    env = {**os.environ, **places, STARTED: repr(started)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
    ended, after = time.monotonic() - started, os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return (float(done.stdout.split()[-1]) if command[0:3] == PYTHON else ended), spent


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seconds([*PACKDESK, "dimensions", "box", "120", "80", "60"], folder)
        for command in PROGRAMS.values():  # bytecode is compiled, files are in memory
            seconds(command, folder)
        rounds = [[seconds(command, folder) for command in PROGRAMS.values()] for _ in range(ROUNDS)]
    rows = [
        [
            program,
            statistics.median(times[number][0] for times in rounds),
            min(times[number][1] for times in rounds),
            min(times[number][1] for times in rounds) / min(times[0][1] for times in rounds),
            *(times[number][0] / times[0][0] for times in rounds),
        ]
        for number, program in enumerate(PROGRAMS)
    ]
    numbers = [f"round {number + 1}" for number in range(ROUNDS)]
    table(["to the first frame, or the end", "seconds", "processor", "ratio of it", *numbers], rows)


if __name__ == "__main__":
    main()
