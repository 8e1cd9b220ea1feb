"""The life of a forked process that runs one command.

A module of its own: each process imports what its function stands beside, and pytest took longer than most
commands.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from packdesk.__main__ import main


def run_command(out: Any, err: Any, environment: dict[str, str], folder: str, words: list[str]) -> None:
    """Be packdesk in that folder, with stdout and stderr in two files."""
    os.dup2(out.detach(), 1)
    os.dup2(err.detach(), 2)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = words
    main()
