"""Another packdesk, as a process of its own."""

from __future__ import annotations

import subprocess
import sys


def own_command(*words: str) -> list[str]:
    """What runs this packdesk with other words."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-P", "-m", "packdesk"]
    return [*program, *words]


def start_window(design: str) -> None:
    """Open a window on a design of this machine; it outlives this process.

    Raises:
        OSError: no process can be started.
    """
    quiet = subprocess.DEVNULL
    subprocess.Popen(  # noqa: S603  (ourselves)
        own_command("--design", design), stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    )
