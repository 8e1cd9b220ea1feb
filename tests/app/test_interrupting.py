"""A command that writes files and is interrupted: a real process, whose worker can only be waited for."""

from __future__ import annotations

import signal
import subprocess
import sys
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
