"""Where the files of a range go, and what is known of it: a folder, or what else several machines reach."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
import time
import uuid
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from filelock import Timeout

from packdesk.domain.ranges.naming import OURS
from packdesk.errors import NotPossibleError, OutputUnwritableError
from packdesk.files import process_lock, read_file, remove_tree, write_atomically
from packdesk.sentence import Sentence
from packdesk.stopping import placing, undone_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LEAST_FREE = 16 * 2**20
"""Bytes; less than a row needs."""
_MAKING = f"{OURS}/making"
_LEFT_S = 3600.0
"""What was begun so long ago nobody goes on with: no row takes a quarter of it."""


class RangeFiles(Protocol):
    """Files by name, with slashes where they lie in folders. All calls block."""

    @property
    def place(self) -> str:
        """Where they are, for people; without passwords."""
        ...

    def open(self) -> None:
        """Get ready to be written to.

        Raises:
            OutputUnwritableError: it cannot be.
        """
        ...

    def read(self, name: str) -> bytes:
        """The content of a file.

        Raises:
            OSError: there is none, or it cannot be read.
        """
        ...

    def read_all(self, names: Iterable[str]) -> Iterator[bytes | None]:
        """The contents of small files in their order, several at a time; None for what cannot be read."""
        ...

    def write(self, name: str, data: bytes) -> None:
        """Write a file, whole or not at all.

        Raises:
            OSError: it cannot be written.
        """
        ...

    def put(self, made: Path, name: str) -> None:
        """Have a file take its place, whole or not at all; the file that was made may be gone then.

        Raises:
            OSError: it cannot be written.
        """
        ...

    def remove(self, name: str) -> None:
        """Take a file away, if it is there.

        Raises:
            OSError: it cannot be.
        """
        ...

    def there(self, name: str) -> bool:
        """Whether anything goes by that name."""
        ...

    def listed(self, folder: str) -> list[str]:
        """Names of what lies in a folder, which stands before each; none where there is no such folder.

        Without a folder's name they are those of the place itself.
        """
        ...

    def turn(self, name: str) -> contextlib.AbstractContextManager[object]:
        """While nobody else, on whatever machine, has the turn of that name; waits for it."""
        ...

    def sha256(self, name: str) -> str:
        """Of a file, in hexadecimal digits; empty where there is none that can be read."""
        ...

    def staging(self) -> contextlib.AbstractContextManager[Path]:
        """A folder for a row while it is made, from which `put` is quick; it goes with the block."""
        ...

    def alone(self) -> contextlib.AbstractContextManager[None]:
        """While a range is made here, and no other.

        Raises:
            NotPossibleError: another one is.
        """
        ...

    def check_room(self) -> None:
        """Go on only while there is room for more.

        Raises:
            OutputUnwritableError: there is none.
        """
        ...


class FolderFiles:
    """`RangeFiles` in a folder of this machine, which others may share.

    Args:
        folder: it is made with the first file.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def place(self) -> str:
        """See `RangeFiles.place`."""
        return str(self.folder)

    def open(self) -> None:
        """See `RangeFiles.open`."""
        making = self.folder / _MAKING
        try:
            making.mkdir(parents=True, exist_ok=True)
            for left in making.iterdir():
                if time.time() - left.stat().st_mtime > _LEFT_S:
                    remove_tree(left)
        except OSError as error:
            raise unwritable(self.place) from error

    def read(self, name: str) -> bytes:
        """See `RangeFiles.read`."""
        return read_file(self.folder / name)

    def read_all(self, names: Iterable[str]) -> Iterator[bytes | None]:
        """See `RangeFiles.read_all`."""
        for name in names:
            try:
                yield self.read(name)
            except OSError:
                yield None

    def write(self, name: str, data: bytes) -> None:
        """See `RangeFiles.write`."""
        write_atomically(self.folder / name, data)

    def put(self, made: Path, name: str) -> None:
        """See `RangeFiles.put`."""
        target = self.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with placing():
            made.replace(target)

    def remove(self, name: str) -> None:
        """See `RangeFiles.remove`."""
        (self.folder / name).unlink(missing_ok=True)

    def there(self, name: str) -> bool:
        """See `RangeFiles.there`."""
        return os.path.lexists(self.folder / name)

    def listed(self, folder: str) -> list[str]:
        """See `RangeFiles.listed`."""
        try:
            return sorted(in_folder(folder, one.name) for one in (self.folder / folder).iterdir())
        except OSError:
            return []

    def sha256(self, name: str) -> str:
        """See `RangeFiles.sha256`."""
        return file_hash(self.folder / name)

    def turn(self, name: str) -> contextlib.AbstractContextManager[object]:
        """See `RangeFiles.turn`."""
        return process_lock(self.folder / f"{name}.lock", private=False)

    @contextlib.contextmanager
    def staging(self) -> Iterator[Path]:
        """See `RangeFiles.staging`."""
        folder = self.folder / _MAKING / uuid.uuid4().hex
        folder.mkdir(parents=True)
        with undone_by(partial(remove_tree, folder)):
            try:
                yield folder
            finally:
                remove_tree(folder)

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """See `RangeFiles.alone`."""
        try:
            with process_lock(self.folder / OURS / "lock", private=False).acquire(timeout=0):
                yield
        except Timeout as error:
            raise taken(self.place) from error

    def check_room(self) -> None:
        """See `RangeFiles.check_room`."""
        if shutil.disk_usage(self.folder).free < LEAST_FREE:
            raise OutputUnwritableError(
                Sentence("The disk of {folder} is full.", folder=self.folder),
                "Free some space, and make the range again: it goes on where it is.",
            )


def in_folder(folder: str, name: str) -> str:
    """The name of a file of a range in one of its folders; without one, the file's own."""
    return f"{folder}/{name}" if folder else name


def unwritable(place: str) -> OutputUnwritableError:
    """The error where nothing can be written."""
    return OutputUnwritableError(
        Sentence("{target} cannot be written.", target=place),
        "Check the folder and its free space, or name another.",
    )


def taken(place: str) -> NotPossibleError:
    """The error where another range is being made."""
    return NotPossibleError(
        Sentence("Another range is being made in {folder}.", folder=place),
        "Wait for its end, or name another folder.",
    )


def file_hash(file: Path) -> str:
    """SHA-256 of a file; empty where there is none that can be read."""
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return ""


@contextlib.contextmanager
def own_folder() -> Iterator[Path]:
    """A folder of this process, which goes with the block."""
    with tempfile.TemporaryDirectory(prefix="packdesk-") as name, undone_by(partial(remove_tree, name)):
        yield Path(name)
