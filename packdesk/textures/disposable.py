"""SQLite files that may be lost at any time, for all that is in them can be made again."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
from typing import TYPE_CHECKING, TypeVar

from packdesk.files import file_mode, make_private

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")
LOCK_WAIT_S = 5.0
_log = logging.getLogger(__name__)

# What a healthy file refuses: locked, read-only, no room, no such folder, no right. Anything else is damage.
_IN_THE_WAY = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
}


class DisposableDatabase:
    """A file several processes use; opened anew for each piece of work, so that any of them may replace it.

    A damaged file is removed and made anew; one that cannot be written is done without, in memory.

    Args:
        file: may be new.
        schema: statements that make its tables in an empty file.
        version: of the schema; a file of another one is made anew, silently.

    Attributes:
        damaged: whether the file was found damaged, since this was last set to False.
    """

    def __init__(self, file: Path, schema: str, version: int) -> None:
        self.damaged = False
        self._file = file
        self._schema = f"BEGIN IMMEDIATE; {schema} PRAGMA user_version = {version}; COMMIT;"
        self._version = version
        self._checked = False
        self._memory: sqlite3.Connection | None = None
        self._one_at_a_time = threading.Lock()

    def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do something in one transaction; done again from the start where the file had to be made anew."""
        with self._one_at_a_time:
            if self._memory is None:
                for _ in range(2):
                    try:
                        return self._run_in_file(work)
                    except (sqlite3.Error, OSError) as error:
                        if _is_in_the_way(error):
                            _log.warning("The file %s cannot be used: %s", self._file, error)
                            break
                        self._remove(error)
            return self._run_in_memory(work)

    def close(self) -> None:
        """Let go of what is held in memory."""
        with self._one_at_a_time:
            memory, self._memory = self._memory, None
            if memory is not None:
                memory.close()

    def _run_in_file(self, work: Callable[[sqlite3.Connection], T]) -> T:
        if not self._file.exists():
            make_private(self._file.parent)
            self._file.touch(mode=file_mode(private=True))
        with contextlib.closing(sqlite3.connect(self._file, timeout=LOCK_WAIT_S)) as connection:
            self._prepare(connection)
            with connection:
                return work(connection)

    def _prepare(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA synchronous = NORMAL")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if not self._checked and version == self._version:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise sqlite3.DatabaseError(found)
        if version != self._version:
            self._make_tables(connection)
        self._checked = True

    def _make_tables(self, connection: sqlite3.Connection) -> None:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        try:
            connection.executescript("".join(f'DROP TABLE "{name}";' for (name,) in tables) + self._schema)
        except sqlite3.OperationalError:  # another process was faster
            if connection.in_transaction:
                connection.rollback()
            if connection.execute("PRAGMA user_version").fetchone()[0] != self._version:
                raise

    def _run_in_memory(self, work: Callable[[sqlite3.Connection], T]) -> T:
        if self._memory is None:
            self._memory = sqlite3.connect(":memory:", check_same_thread=False)
            self._memory.executescript(self._schema)
        with self._memory:
            return work(self._memory)

    def _remove(self, error: Exception) -> None:
        _log.warning("The file %s is damaged and made anew: %s", self._file, error)
        self.damaged, self._checked = True, False
        for path in (self._file, self._file.with_name(f"{self._file.name}-journal")):
            with contextlib.suppress(OSError):  # another process was faster
                path.unlink()


def _is_in_the_way(error: Exception) -> bool:
    return isinstance(error, OSError) or getattr(error, "sqlite_errorcode", 0) & 0xFF in _IN_THE_WAY
