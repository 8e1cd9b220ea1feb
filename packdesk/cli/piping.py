"""Files that go to stdout, for another program to take."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from packdesk.app.interrupting import interruptible
from packdesk.errors import InvalidInputError, OutputUnwritableError
from packdesk.export.options import ExportFormat
from packdesk.files import remove_tree
from packdesk.sentence import Sentence
from packdesk.stopping import undone_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from packdesk.jobs.exporting import Exported

STDOUT = "-"


def to_stdout(kind: ExportFormat | None, write: Callable[[Path], Exported]) -> Exported:
    """Write a file to stdout once it is whole; returns what is said of it.

    Args:
        kind: of the file.
        write: makes it at a place.

    Raises:
        InvalidInputError: the kind is not said, is several files, or stdout is a terminal; or as `write`.
        OutputUnwritableError: whoever reads stdout has gone; or as `write`.
    """
    _check(kind)
    assert kind is not None, "it was checked"
    with interruptible(), _temporary() as folder:
        file = folder / f"design.{kind.value}"
        exported = write(file)
        try:
            with file.open("rb") as made, os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out:
                shutil.copyfileobj(made, out)
        except OSError as error:
            raise OutputUnwritableError(
                Sentence("{target} cannot be written.", target="stdout"), "See what reads it."
            ) from error
    return exported


@contextlib.contextmanager
def _temporary() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="packdesk-") as folder, undone_by(partial(remove_tree, folder)):
        yield Path(folder)


def _check(kind: ExportFormat | None) -> None:
    if kind is None:
        raise InvalidInputError(
            "“-” is stdout, and does not say the kind of file.", "Add it, such as --kind pdf."
        )
    if kind in {ExportFormat.FOLDER, ExportFormat.OBJ}:
        raise InvalidInputError(
            Sentence("{kind} is more than one file, and cannot go to stdout.", kind=kind.value or "A folder"),
            "Name a file, or choose zip or glb.",
        )
    if sys.stdout.isatty():
        raise InvalidInputError("A file does not go to a terminal.", "Send it on: --kind pdf > box.pdf")
