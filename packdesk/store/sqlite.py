"""The store without a server: one SQLite file, shared by all packdesk processes of this machine.

Write-ahead log with full synchronisation: survives a killed process and, as far as the disk keeps its word,
a power cut. Not for network shares, where SQLite's locks cannot be trusted.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from typing import TYPE_CHECKING

from packdesk.errors import StoreUnavailableError
from packdesk.store.base import KEY, CommitResult, revision_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK_WAIT_S = 2.0
_SCHEMA = "CREATE TABLE IF NOT EXISTS current (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"


class SqliteStore:
    """A `StateStore` in a file."""

    kind = "local"

    def __init__(self, path: Path) -> None:
        self.place = str(path)
        self._path = path
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None

    def load(self) -> bytes | None:
        """See `StateStore.load`."""
        with self._session() as connection:
            return self._read(connection)

    def commit(self, expected: bytes | None, new: bytes) -> CommitResult:
        """See `StateStore.commit`; the write lock is taken before the value is compared."""
        with self._session() as connection, _write_transaction(connection):
            current = self._read(connection)
            if current != expected:
                return CommitResult(committed=False, current=current)
            connection.execute("INSERT OR REPLACE INTO current VALUES (?, ?)", (KEY, new))
        return CommitResult(committed=True, current=new)

    def revision(self) -> str:
        """See `StateStore.revision`."""
        return revision_of(self.load())

    def close(self) -> None:
        """See `StateStore.close`."""
        with self._lock:
            connection, self._connection = self._connection, None
            if connection is not None:
                connection.close()

    @staticmethod
    def _read(connection: sqlite3.Connection) -> bytes | None:
        row = connection.execute("SELECT value FROM current WHERE key = ?", (KEY,)).fetchone()
        if row is None:
            return None
        value = row[0]
        return value.encode() if isinstance(value, str) else bytes(value)

    @contextlib.contextmanager
    def _session(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                yield self._open()
            except (sqlite3.Error, OSError) as error:
                raise _unavailable(self._path, error) from error

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(
                self._path, timeout=LOCK_WAIT_S, isolation_level=None, check_same_thread=False
            )
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute(_SCHEMA)
            except sqlite3.Error:
                connection.close()
                raise
            self._connection = connection
        return self._connection


@contextlib.contextmanager
def _write_transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _unavailable(path: Path, error: Exception) -> StoreUnavailableError:
    text = str(error).lower()
    if "locked" in text or "busy" in text:
        return StoreUnavailableError(
            "The local design store is locked by another program.", "Close that program and try again."
        )
    if "not a database" in text or "malformed" in text:
        return StoreUnavailableError(
            f"The file {path} is damaged or is not a design store.",
            "Move it away; packdesk then starts with an empty design.",
        )
    return StoreUnavailableError(
        f"The local design store {path} cannot be opened or written.",
        "Check that its folder is yours and has free space, or set PACKDESK_DATA_DIR to another one.",
    )
