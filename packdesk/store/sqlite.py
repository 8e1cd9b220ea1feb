"""The store without a server: one SQLite file, shared by all packdesk processes of this machine.

Write-ahead log with full synchronisation: survives a killed process and, as far as the disk keeps its word,
a power cut. Not for network shares, where SQLite's locks cannot be trusted. One transaction does what the
script does on Redis; programs that know nothing of us do not write here, so there is no journal.
"""

from __future__ import annotations

import contextlib
import errno
import random
import sqlite3
import threading
import time
from itertools import count
from typing import TYPE_CHECKING

from packdesk.errors import DesignGoneError, StoreRefusedError, StoreUnavailableError
from packdesk.files import file_mode, make_private, real_path
from packdesk.sentence import Sentence
from packdesk.store import sqlite_lease as leases
from packdesk.store.base import (
    KEY,
    OPERATIONS_KEPT_MS,
    StoreStatus,
    Verdict,
    Write,
    WriteResult,
    revision_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK_WAIT_S = 2.0
POLL_S = 0.2
_NO_ROOM = {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL}
_NO_LOG = {*_NO_ROOM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}  # the file's folder may be read-only
_SCHEMA = """
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS current (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS operations (name TEXT PRIMARY KEY, at_ms INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS lease (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    record TEXT NOT NULL,
    until_ms INTEGER NOT NULL,
    turn INTEGER NOT NULL
);
INSERT OR IGNORE INTO lease VALUES (1, '', 0, 0);
COMMIT;
"""


class SqliteStore:
    """A `StateStore` in a file.

    Args:
        path: the file; it is made where it is missing.
        within: while this is there; once it is gone, every call raises `DesignGoneError` and makes nothing.
    """

    kind = "local"

    def __init__(self, path: Path, within: Path | None = None) -> None:
        self.place = str(path)
        self._path = path
        self._within = within
        self._lock = threading.RLock()
        self._seen_version = 0
        self._revision: str | None = None
        self._connection: sqlite3.Connection | None = None

    def load(self) -> bytes | None:
        """See `StateStore.load`."""
        with self._session() as connection:
            return _value(connection)

    def load_named(self, name: str) -> bytes | None:
        """See `StateStore.load_named`."""
        with self._session() as connection:
            return _value(connection, name)

    def write(self, write: Write) -> WriteResult:
        """See `StateStore.write`; the write lock is taken before anything is compared."""
        with self._session() as connection, _write_transaction(connection):
            self._revision = None  # `data_version` tells only of others' writes
            if connection.execute("SELECT 1 FROM operations WHERE name = ?", (write.operation,)).fetchone():
                return WriteResult(Verdict.WRITTEN, fencing_token=leases.read(connection).fencing_token)
            refused = leases.refused(connection, write)
            if refused is not None:
                return refused
            if _value(connection) != write.expected:
                return WriteResult(Verdict.CONFLICT)
            connection.execute("INSERT OR REPLACE INTO current VALUES (?, ?)", (KEY, write.new))
            _remember(connection, write.operation)
            return WriteResult(Verdict.WRITTEN, fencing_token=leases.step(connection, write))

    def renew(self, record: str) -> bool:
        """See `StateStore.renew`."""
        with self._session() as connection, _write_transaction(connection):
            return leases.renew(connection, record)

    def status(self) -> StoreStatus:
        """See `StateStore.status`."""
        with self._session() as connection:
            version = _data_version(connection)
            if version != self._seen_version or self._revision is None:
                # The value is read only after somebody wrote; asking again costs microseconds.
                self._seen_version, self._revision = version, revision_of(_value(connection))
            record, left_ms, _ = leases.read(connection)
            return StoreStatus(self._revision, left_ms, record)

    def wait(self, seconds: float) -> bool:
        """See `StateStore.wait`: `data_version` changes with every commit of another connection."""
        deadline = time.monotonic() + seconds
        while True:
            with self._session() as connection:
                if _data_version(connection) != self._seen_version:
                    return True
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            time.sleep(min(left, POLL_S))

    def set_aside(self) -> str | None:
        """See `StateStore.set_aside`."""
        with self._session() as connection, _write_transaction(connection):
            self._revision = None
            names = (f"{KEY}:backup:{at}" for at in count(leases.now_ms()))
            name = next(name for name in names if not _is_there(connection, name))  # two in one millisecond
            moved = connection.execute("UPDATE current SET key = ? WHERE key = ?", (name, KEY))
            return name if moved.rowcount else None

    def mend(self) -> int:
        """See `StateStore.mend`."""
        with self._session() as connection, _write_transaction(connection):
            return leases.mend(connection)

    def backups(self) -> list[bytes]:
        """See `StateStore.beside`."""
        with self._session() as connection:
            rows = connection.execute("SELECT value FROM current WHERE key != ?", (KEY,)).fetchall()
        return [_bytes(row[0]) for row in rows]

    def server_facts(self) -> dict[str, str]:
        """SQLite's version, how it keeps its journal, and the size of the file."""
        with self._session() as connection:
            journal = str(connection.execute("PRAGMA journal_mode").fetchone()[0])
            size = f"{self._path.stat().st_size / 1024:.0f} KB"
        return {"SQLite": sqlite3.sqlite_version, "journal": journal, "size": size}

    def close(self) -> None:
        """See `StateStore.close`."""
        with self._lock:
            connection, self._connection, self._revision = self._connection, None, None
            if connection is not None:
                connection.close()

    @contextlib.contextmanager
    def _session(self) -> Iterator[sqlite3.Connection]:
        with self._lock, contextlib.ExitStack() as stack:
            try:
                try:
                    connection = self._open()
                except sqlite3.OperationalError as error:
                    connection = stack.enter_context(contextlib.closing(self._opened_to_read(error)))
                yield connection
            except (sqlite3.Error, OSError) as error:
                self._check_there()
                raise _unavailable(self._path, error) from error

    def _check_there(self) -> None:
        if self._within is not None and not self._within.exists():
            raise DesignGoneError("The design is gone for good.")

    def _opened_to_read(self, error: sqlite3.OperationalError) -> sqlite3.Connection:
        """The file opened read-only: there can be no log, which other ways of opening need.

        Without a log nobody is writing, so the file is whole as it stands.
        """
        log = self._path.with_name(f"{self._path.name}-wal")
        written = log.exists() and log.stat().st_size > 0
        if error.sqlite_errorcode & 0xFF not in _NO_LOG or not self._path.exists() or written:
            raise error
        # Every read opens it anew: there may be room again.
        self._revision = None
        return sqlite3.connect(f"{real_path(self._path).as_uri()}?immutable=1", uri=True)

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._check_there()
            if self._within is None:
                make_private(self._path.parent)
            if not self._path.exists():
                self._path.touch(mode=file_mode(private=True))  # SQLite gives its other files the same mode
            connection = sqlite3.connect(
                self._path, timeout=LOCK_WAIT_S, isolation_level=None, check_same_thread=False
            )
            try:
                _switch_to_wal(connection)
                connection.execute("PRAGMA synchronous = FULL")
                if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'lease'").fetchone():
                    connection.executescript(_SCHEMA)
            except sqlite3.Error:
                connection.close()
                raise
            self._connection = connection
        return self._connection


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    # On a new file this wants the whole file for itself, and SQLite refuses at once instead of waiting when
    # two programs start together: neither of them may wait while it holds its share.
    deadline = time.monotonic() + LOCK_WAIT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(random.uniform(0.001, 0.01))  # noqa: S311  (spreads those that wait)
        else:
            return


def _data_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _value(connection: sqlite3.Connection, key: str = KEY) -> bytes | None:
    row = connection.execute("SELECT value FROM current WHERE key = ?", (key,)).fetchone()
    return None if row is None else _bytes(row[0])


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def _is_there(connection: sqlite3.Connection, name: str) -> bool:
    return connection.execute("SELECT 1 FROM current WHERE key = ?", (name,)).fetchone() is not None


def _remember(connection: sqlite3.Connection, operation: str) -> None:
    now = leases.now_ms()
    connection.execute("DELETE FROM operations WHERE at_ms < ?", (now - OPERATIONS_KEPT_MS,))
    connection.execute("INSERT INTO operations VALUES (?, ?)", (operation, now))


@contextlib.contextmanager
def _write_transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _unavailable(path: Path, error: Exception) -> StoreUnavailableError:
    text = str(error).lower()
    if "locked" in text or "busy" in text:
        return StoreUnavailableError(
            "The file of the design is locked by another program.", "Close that program and try again."
        )
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in {*_NO_ROOM, sqlite3.SQLITE_READONLY} or getattr(error, "errno", 0) == errno.ENOSPC:
        return StoreRefusedError(
            Sentence("The disk is full: the design cannot be saved in {path}.", path=path),
            "Free some space. Until then you can look at the design and export it to another disk.",
        )
    if "not a database" in text or "malformed" in text:
        return StoreUnavailableError(
            Sentence("The file {path} is damaged, or does not hold a design.", path=path),
            "Move it away; packdesk then starts with an empty design.",
        )
    return StoreUnavailableError(
        Sentence("The design cannot be opened or saved in {path}.", path=path),
        "Check that the folder is yours and has free space.",
        terminal="PACKDESK_DATA_DIR names another one.",
    )
