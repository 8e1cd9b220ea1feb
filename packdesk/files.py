"""Writing files so that no reader ever sees half of one."""

from __future__ import annotations

import contextlib
import os
import uuid
from typing import TYPE_CHECKING

from packdesk.errors import OutputUnwritableError

if TYPE_CHECKING:
    from pathlib import Path


def write_atomically(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write beside the target and rename over it; on failure nothing is left behind.

    Args:
        path: the target; its folder is made.
        data: its new content.
        private: whether nobody but the owner may read it.

    Raises:
        OSError: the folder cannot be made or written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".writing-{uuid.uuid4().hex}")
    try:
        # "x" makes it with the usual permissions; a temporary file would be private, also in a shared folder.
        with beside.open("xb") as file:
            if private:
                beside.chmod(0o600)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def write_output(file: Path, data: bytes) -> None:
    """Write a file the user asked for, beside it first and then over it.

    Raises:
        OutputUnwritableError: it cannot be written.
    """
    try:
        write_atomically(file, data)
    except OSError as error:
        raise OutputUnwritableError(
            f"{file} cannot be written.", "Check the folder and its free space, or name another file."
        ) from error
