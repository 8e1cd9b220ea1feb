"""Pictures that running programs need although no stored design names them: undo, and what is being made.

Each program keeps small lists of hashes in a folder of the library and a lock for as long as it runs: the
system gives the lock back even when it is killed, and then the lists count for nothing. Who wants to remove a
picture reads all of them (`inventory`), in an order that `textures.removal` explains.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import re
import socket
import threading
import time
import uuid
from collections import deque
from typing import TYPE_CHECKING

from packdesk.files import file_mode, process_lock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from filelock import FileLock

FOLDER = ".in-use"
LINGERING = 2
"""Ended holds that go on all the same: whoever asked for the pictures may still have to take note of them."""

FOREIGN_DAYS = 7
"""A list of another machine, whose locks may not be seen here, counts for so long after it was written."""

_log = logging.getLogger(__name__)
_LIST = re.compile(r"([0-9a-f]{32})\.\d+\.list")
_HASH = re.compile(rb"^[0-9a-f]{64}$", re.MULTILINE)
_MAX_BYTES = 16 * 2**20


class Hold:
    """A list of pictures this program needs; a file as soon as there is something in it."""

    def __init__(self, new_file: Callable[[], Path]) -> None:
        self._new_file = new_file
        self._file: Path | None = None
        self._taking = threading.Lock()

    def take(self, *sha256s: str) -> None:
        """Need these pictures from now on: before it is looked whether they are there. Blocks on the disk.

        A library that cannot be written takes no list: there, nothing can be removed either.
        """
        lines = "".join(f"{sha256}\n" for sha256 in sha256s).encode()
        try:
            with self._taking:  # panels are made side by side
                self._file = self._file or self._new_file()
                with self._file.open("ab") as file:
                    file.write(lines)
        except OSError as error:
            _log.info("The list of pictures in use cannot be written: %s", error)

    def release(self) -> None:
        """Need them no longer."""
        if self._file is not None:
            with contextlib.suppress(OSError):  # swept by whoever looks next
                self._file.unlink()


class Holds:
    """The lists of this program, and a look at those of all."""

    def __init__(self, library: Path, *, private: bool) -> None:
        self._folder = library / FOLDER
        self._private = private
        self._token = uuid.uuid4().hex
        self._lock: FileLock | None = None
        self._numbers = itertools.count()
        self._opening = threading.Lock()
        self._lingering: deque[Hold] = deque()

    def open(self) -> Hold:
        """A new, empty list."""
        return Hold(self._new_file)

    @contextlib.contextmanager
    def holding(self) -> Iterator[Hold]:
        """A list while something is made and put on a design, and a little longer; does not block."""
        hold = self.open()
        try:
            yield hold
        finally:
            self._lingering.append(hold)

    def close(self) -> None:
        """Need nothing any more; another `open` begins anew."""
        with self._opening:
            if self._lock is None:
                return
            _remove(self._folder.glob(f"{self._token}.*.list"))
            self._lingering.clear()
            self._lock.release()
            self._lock = None
            _remove([self._folder / f"{self._token}.lock"])
            self._token = uuid.uuid4().hex

    def held(self) -> set[str]:
        """What all running programs need.

        Raises:
            OSError: a list cannot be read, so that it is not known.
        """
        lists: dict[str, list[Path]] = {}
        for path in self._folder.glob("*.list"):
            if found := _LIST.fullmatch(path.name):
                lists.setdefault(found[1], []).append(path)
        needed: set[str] = set()
        for token, paths in lists.items():
            texts = [text for path in paths if (text := _text(path)) is not None]
            if token == self._token or self._runs(token, paths, texts):
                needed.update(name.decode() for text in texts for name in _HASH.findall(text))
            else:
                _remove(paths)
        return needed

    def _new_file(self) -> Path:
        with self._opening:
            self._prove_alive()
            while len(self._lingering) > LINGERING:
                self._lingering.popleft().release()
            file = self._folder / f"{self._token}.{next(self._numbers)}.list"
            file.touch(file_mode(private=self._private))
            file.write_bytes(f"{socket.gethostname()}\n".encode())
            return file

    def _prove_alive(self) -> None:
        if self._lock is None:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700 if self._private else 0o777)
            lock = process_lock(self._folder / f"{self._token}.lock", private=self._private)
            lock.acquire(timeout=0)
            self._lock = lock

    def _runs(self, token: str, paths: list[Path], texts: list[bytes]) -> bool:
        if any(text.partition(b"\n")[0] != socket.gethostname().encode() for text in texts):
            newest = max((_written_at(path) for path in paths), default=0.0)
            return time.time() - newest < FOREIGN_DAYS * 86_400
        lock = process_lock(self._folder / f"{token}.lock", private=self._private)
        try:
            lock.acquire(timeout=0)
        except (OSError, NotImplementedError):  # held, or who knows
            return True
        lock.release()
        _remove(
            [self._folder / f"{token}.lock"]
        )  # lists come after their lock, so this one is not about to be
        return False


def _text(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            return file.read(_MAX_BYTES)
    except FileNotFoundError:  # released meanwhile
        return None


def _written_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        with contextlib.suppress(OSError):  # somebody else does it
            path.unlink()
