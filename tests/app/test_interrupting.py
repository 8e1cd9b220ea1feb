"""A command that writes files and is interrupted: a real process, whose worker can only be waited for."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

COMMAND = """
import asyncio, sys, threading
from pathlib import Path
from packdesk.app.interrupting import interruptible
from packdesk.files import output_file

def work():
    with output_file(Path(sys.argv[1])) as beside:
        beside.write_text("new")
        print("working", flush=True)
        threading.Event().wait()  # as a decoder that cannot be interrupted

with interruptible():
    asyncio.run(asyncio.to_thread(work))
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_and_the_old_file_is_as_it_was(tmp_path: Path, number: signal.Signals) -> None:
    target = tmp_path / "cube.glb"
    target.write_text("old")
    command = [sys.executable, "-c", COMMAND, str(target)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "working\n"
            process.send_signal(number)
            _, told = process.communicate(timeout=20)
        finally:
            process.kill()
    assert (process.returncode, list(tmp_path.iterdir())) == (130, [target])
    assert target.read_text() == "old"
    assert "Cancelled. Nothing was written." in told


TOO_LATE = """
import sys
import textwrap
from pathlib import Path
from packdesk.app import interrupting
from packdesk.files import write_output

interrupting.LATE_S = 60  # a busy machine is no fault
with interrupting.interruptible():
    write_output(Path(sys.argv[1]), b"new")
    print("written", flush=True)
    sys.stdin.readline()
print("done", flush=True)
"""


def test_what_is_written_already_ends_as_it_would(tmp_path: Path) -> None:
    target = tmp_path / "cube.glb"
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", TOO_LATE, str(target)]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "written\n"
            process.send_signal(signal.SIGINT)
            said, told = process.communicate("\n", timeout=20)
        finally:
            process.kill()
    assert (process.returncode, said, told, target.read_text()) == (0, "done\n", "", "new")


STARTING = """
import os, signal, sys

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == wanted:
            os.kill(os.getpid(), signal.SIGINT)

wanted = sys.argv.pop(1)
sys.meta_path.insert(0, Finder())
from packdesk.__main__ import main
main()
"""


@pytest.mark.parametrize(
    ("command", "moment"),
    [
        ("proof", "typer"),
        ("proof", "PySide6"),
        ("proof", "PySide6.QtCore"),
        ("render", "OpenGL"),
        ("render", "PySide6.QtGui"),
    ],
)
def test_while_a_library_is_loaded_it_ends_at_once(tmp_path: Path, command: str, moment: str) -> None:
    target = tmp_path / ("one.pdf" if command == "proof" else "one.png")
    words = [sys.executable, "-c", STARTING, moment, command, str(target)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (130, "\npackdesk: Cancelled. Nothing was written.\n")
    assert not list(tmp_path.iterdir())


CHILD = """
import os, signal
from packdesk.processes import own_processes

process = own_processes().Process(target=print, args=("made",))
process.start()
os.kill(process.pid, signal.SIGINT)
process.join()
"""


def test_a_process_of_ours_hears_nothing_from_its_first_moment(tmp_path: Path) -> None:
    script = tmp_path / "child.py"
    script.write_text(f"if __name__ == '__main__':\n{textwrap.indent(CHILD, '    ')}")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "made\n", "")
