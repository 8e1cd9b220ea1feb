"""What is known of every row, in a file beside its outputs: written before they are, and once they are whole.

So a range goes on after its program was killed at any moment: a row is made if its file does not say that it
was made of the very same inputs, or if what it names has gone.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from packdesk.domain.ranges.naming import OURS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from packdesk.batch.files import RangeFiles

_ROWS = f"{OURS}/rows"
State = Literal["begun", "made", "failed"]


class RowRecord(BaseModel):
    """What became of a row.

    Attributes:
        row: its number in the table.
        name: of its files, without an ending.
        inputs: names all it was made of.
        says: names what of that stands on the product; another resolution or kind of file is the same here.
        state: how far it came.
        files: SHA-256 of its files, by name; empty while they are written.
        others: files of earlier makings that are still there: SHA-256 and what they say (as `says`), by name.
        code: the barcode it has to show.
        notes: sentences about what is worth a look.
        reason: why it failed.
        seconds: it took.
        paintings: pictures a provider was asked for.
        unread: fields whose words were painted, so that no reader finds them again.
        passing: whether it failed for something that passes, such as a provider without room.
    """

    model_config = ConfigDict(frozen=True)

    row: int
    name: str
    inputs: str
    says: str = ""
    state: State = "begun"
    files: dict[str, str] = {}
    others: dict[str, tuple[str, str]] = {}
    code: str = ""
    notes: tuple[str, ...] = ()
    reason: str = ""
    seconds: float = 0.0
    paintings: int = 0
    unread: tuple[str, ...] = ()
    passing: bool = False

    @property
    def ours(self) -> dict[str, tuple[str, str]]:
        """Every file that this range has made of it: SHA-256 and what it says, by name."""
        return self.others | {name: (sha256, self.says) for name, sha256 in self.files.items()}

    @property
    def still_true(self) -> tuple[str, ...]:
        """Names of files of earlier makings that say what the row says."""
        return tuple(name for name, (_, says) in self.others.items() if says and says == self.says)


class Journal:
    """The records of a range; every call blocks.

    Args:
        files: of the range.
    """

    def __init__(self, files: RangeFiles) -> None:
        self._files = files

    def read(self, name: str) -> RowRecord | None:
        """The record of a row; None where there is none that can be used.

        Raises:
            OSError: whether there is one cannot be known just now.
        """
        try:
            return _record_in(self._files.read(_record(name)))
        except FileNotFoundError:
            return None

    def read_all(self, names: Iterable[str]) -> Iterator[RowRecord | None]:
        """The records of rows in their order; None where there is none that can be used."""
        return map(_record_in, self._files.read_all(map(_record, names)))

    def known(self) -> _Names:
        """Whether there is a record of a row, by its name."""
        return _Names(frozenset(self._files.listed(_ROWS)))

    def besides(self, names: Iterable[str]) -> Iterator[RowRecord]:
        """Records of rows by other names than these, which an earlier run has left."""
        known = set(map(_record, names))
        others = (file for file in self._files.listed(_ROWS) if file.endswith(".json") and file not in known)
        return (record for record in map(_record_in, self._files.read_all(others)) if record is not None)

    def write(self, record: RowRecord) -> None:
        """Keep a record.

        Raises:
            OSError: it cannot be written.
        """
        self._files.write(_record(record.name), record.model_dump_json().encode())

    # --- whose files these are

    def is_made(self, record: RowRecord | None, inputs: str) -> bool:
        """Whether a row was made of these inputs, and all of it is still there as it was."""
        return (
            record is not None
            and record.state == "made"
            and record.inputs == inputs
            and all(self._files.sha256(name) == sha256 for name, sha256 in record.files.items())
        )

    def foreign(self, record: RowRecord | None, names: Iterable[str]) -> str | None:
        """The first of these files that is there and not ours, or was changed since; None where none is."""
        for name in names:
            if not self._files.there(name):
                continue
            known = None if record is None else record.ours.get(name)
            if known is None or (known[0] and known[0] != self._files.sha256(name)):
                return name
        return None

    def there(self, files: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
        """Those of these files that are there as they were."""
        return {name: one for name, one in files.items() if one[0] and self._files.sha256(name) == one[0]}


class _Names:
    """Names of rows, as far as there are files of them."""

    def __init__(self, files: frozenset[str]) -> None:
        self._files = files

    def __contains__(self, name: str) -> bool:
        return _record(name) in self._files


def thumbnail_of(name: str) -> str:
    """The name of a row's small picture."""
    return f"{OURS}/thumbnails/{_safe(name)}.jpg"


def _record(name: str) -> str:
    return f"{_ROWS}/{_safe(name)}.json"


def _record_in(data: bytes | None) -> RowRecord | None:
    try:
        return None if data is None else RowRecord.model_validate_json(data)
    except ValidationError:
        return None


def _safe(name: str) -> str:
    """Names differ by more than some file systems do, and may be as long as they allow."""
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:24]


def inputs_of(*parts: object) -> str:
    """One name for everything a row is made of."""
    return hashlib.sha256(json.dumps([str(part) for part in parts]).encode()).hexdigest()
