"""What is known of every row, in a file beside its outputs: written before they are, and once they are whole.

So a range goes on after its program was killed at any moment: a row is made if its file does not say that it
was made of the very same inputs, or if what it names has gone.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from packdesk.errors import OutputUnwritableError
from packdesk.files import write_atomically
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

OURS = ".packdesk"
"""The folder for what is known, in the folder of the outputs."""
State = Literal["begun", "made", "failed"]


class RowRecord(BaseModel):
    """What became of a row.

    Attributes:
        row: its number in the table.
        name: of its files, without an ending.
        inputs: names all it was made of.
        state: how far it came.
        files: SHA-256 of its files, by name: those that are ours; empty while they are written.
        code: the barcode it has to show.
        notes: sentences about what is worth a look.
        reason: why it failed.
        seconds: it took.
        paintings: pictures a provider was asked for.
    """

    model_config = ConfigDict(frozen=True)

    row: int
    name: str
    inputs: str
    state: State = "begun"
    files: dict[str, str] = {}
    code: str = ""
    notes: tuple[str, ...] = ()
    reason: str = ""
    seconds: float = 0.0
    paintings: int = 0


class Journal:
    """The records of a range; every call blocks.

    Args:
        folder: of the outputs.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rows = folder / OURS / "rows"
        self.thumbnails = folder / OURS / "thumbnails"
        self.artwork = folder / OURS / "artwork"

    def open(self) -> None:
        """Make the folders.

        Raises:
            OutputUnwritableError: they cannot be made.
        """
        try:
            for folder in (self._rows, self.thumbnails, self.artwork):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputUnwritableError(
                Sentence("{target} cannot be written.", target=self._folder),
                "Check the folder and its free space, or name another.",
            ) from error

    def read(self, name: str) -> RowRecord | None:
        """The record of a row; None where there is none that can be used."""
        try:
            return RowRecord.model_validate_json(self._file(name).read_bytes())
        except (OSError, ValidationError, ValueError):
            return None

    def write(self, record: RowRecord) -> None:
        """Keep a record.

        Raises:
            OSError: it cannot be written.
        """
        write_atomically(self._file(record.name), record.model_dump_json().encode())

    def forget(self, name: str) -> None:
        """As if the row had never been made."""
        self._file(name).unlink(missing_ok=True)

    def thumbnail(self, name: str) -> Path:
        """The small picture of a row."""
        return self.thumbnails / f"{_safe(name)}.jpg"

    def _file(self, name: str) -> Path:
        return self._rows / f"{_safe(name)}.json"

    # --- whose files these are

    def is_made(self, record: RowRecord | None, inputs: str) -> bool:
        """Whether a row was made of these inputs, and all of it is still there as it was."""
        return (
            record is not None
            and record.state == "made"
            and record.inputs == inputs
            and all(file_hash(self._folder / name) == sha256 for name, sha256 in record.files.items())
        )

    def foreign(self, record: RowRecord | None, names: Iterable[str]) -> str | None:
        """The first of these files that is there and not ours, or was changed since; None where none is."""
        for name in names:
            target = self._folder / name
            if not target.exists() and not target.is_symlink():
                continue
            known = None if record is None else record.files.get(name)
            if known is None or (known and known != file_hash(target)):
                return name
        return None


def file_hash(file: Path) -> str:
    """SHA-256 of a file; empty where there is none that can be read."""
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return ""


def _safe(name: str) -> str:
    """Names differ by more than some file systems do, and may be as long as they allow."""
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:24]


def inputs_of(*parts: object) -> str:
    """One name for everything a row is made of."""
    return hashlib.sha256(json.dumps([str(part) for part in parts]).encode()).hexdigest()
