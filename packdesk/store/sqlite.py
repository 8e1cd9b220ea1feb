"""The store without a server: one SQLite file, shared by all packdesk processes of this machine.

Write-ahead log with full synchronisation: survives a killed process and, as far as the disk keeps its word,
a power cut. Not for network shares, where SQLite's locks cannot be trusted. One transaction does what the
script does on Redis; programs that know nothing of us do not write here, so there is no journal.
"""

from __future__ import annotations

import contextlib
import random
import sqlite3
import threading
import time
from typing import TYPE_CHECKING, NamedTuple

from packdesk.errors import StoreUnavailableError
from packdesk.files import make_private
from packdesk.store.base import (
    KEY,
    LEASE_MS,
    OPERATIONS_KEPT_MS,
    LeaseStep,
    StoreStatus,
    Verdict,
    Write,
    WriteResult,
    readable_record,
    revision_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK_WAIT_S = 2.0
LOOK_EVERY_S = 0.2
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


class _Lease(NamedTuple):
    record: str
    left_ms: int
    turn: int


class SqliteStore:
    """A `StateStore` in a file."""

    kind = "local"

    def __init__(self, path: Path) -> None:
        self.place = str(path)
        self._path = path
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
                return WriteResult(Verdict.WRITTEN, turn=_lease(connection).turn)
            refused = _refused(connection, write)
            if refused is not None:
                return refused
            if _value(connection) != write.expected:
                return WriteResult(Verdict.CONFLICT)
            connection.execute("INSERT OR REPLACE INTO current VALUES (?, ?)", (KEY, write.new))
            _remember(connection, write.operation)
            return WriteResult(Verdict.WRITTEN, turn=_step(connection, write))

    def renew(self, record: str) -> bool:
        """See `StateStore.renew`."""
        with self._session() as connection, _write_transaction(connection):
            changed = connection.execute(
                "UPDATE lease SET until_ms = ? WHERE record = ?", (_now_ms() + LEASE_MS, record)
            )
            return changed.rowcount == 1

    def status(self) -> StoreStatus:
        """See `StateStore.status`."""
        with self._session() as connection:
            version = _data_version(connection)
            if version != self._seen_version or self._revision is None:
                # The value is read only after somebody wrote; looking again costs microseconds.
                self._seen_version, self._revision = version, revision_of(_value(connection))
            record, left_ms, _ = _lease(connection)
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
            time.sleep(min(left, LOOK_EVERY_S))

    def set_aside(self) -> str | None:
        """See `StateStore.set_aside`."""
        name = f"{KEY}:backup:{_now_ms()}"
        with self._session() as connection, _write_transaction(connection):
            self._revision = None
            moved = connection.execute("UPDATE current SET key = ? WHERE key = ?", (name, KEY))
            return name if moved.rowcount else None

    def mend(self) -> int:
        """See `StateStore.mend`."""
        with self._session() as connection, _write_transaction(connection):
            stored = connection.execute("SELECT record, until_ms, turn FROM lease WHERE id = 1").fetchone()
            record, left_ms, turn = _lease(connection)
            named = stored is not None and (stored[0], stored[2]) == (record, turn)
            over = named and isinstance(stored[1], int) and stored[1] <= _now_ms()
            if named and (left_ms or over):
                return 0
            until_ms = _now_ms() + left_ms if left_ms else 0
            _keep_lease(connection, record if left_ms else "", until_ms, turn)
            return 1

    def beside(self) -> list[bytes]:
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
        with self._lock:
            try:
                yield self._open()
            except (sqlite3.Error, OSError) as error:
                raise _unavailable(self._path, error) from error

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            make_private(self._path.parent)
            if not self._path.exists():
                self._path.touch(mode=0o600)  # SQLite's files beside it take after it
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


def _now_ms() -> int:
    return int(time.time() * 1000)


def _data_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _value(connection: sqlite3.Connection, key: str = KEY) -> bytes | None:
    row = connection.execute("SELECT value FROM current WHERE key = ?", (key,)).fetchone()
    return None if row is None else _bytes(row[0])


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def _lease(connection: sqlite3.Connection) -> _Lease:
    """The lease; what is not what we put there counts as absent."""
    row = connection.execute("SELECT record, until_ms, turn FROM lease WHERE id = 1").fetchone()
    record, until_ms, turn = row or ("", 0, 0)
    left_ms = until_ms - _now_ms() if isinstance(until_ms, int) else 0
    # Later than any of ours ends: the clock was ahead when it was taken.
    runs = 0 < left_ms <= LEASE_MS + 1000
    counted = isinstance(turn, int) and 0 <= turn < 2**52
    return _Lease(readable_record(record), left_ms if runs else 0, turn if counted else 0)


def _refused(connection: sqlite3.Connection, write: Write) -> WriteResult | None:
    record, left_ms, turn = _lease(connection)
    runs = left_ms > 0
    if runs and write.lease in {LeaseStep.TAKE, LeaseStep.RECOVER}:
        return WriteResult(Verdict.BUSY, record=record)
    if write.lease is LeaseStep.END and turn > write.turn:
        return WriteResult(Verdict.SUPERSEDED)
    if write.lease is LeaseStep.RECOVER and record != write.record:
        return WriteResult(Verdict.SUPERSEDED)
    return None


def _remember(connection: sqlite3.Connection, operation: str) -> None:
    now = _now_ms()
    connection.execute("DELETE FROM operations WHERE at_ms < ?", (now - OPERATIONS_KEPT_MS,))
    connection.execute("INSERT INTO operations VALUES (?, ?)", (operation, now))


def _step(connection: sqlite3.Connection, write: Write) -> int:
    if write.lease is LeaseStep.TAKE:
        turn = _lease(connection).turn + 1
        _keep_lease(connection, write.record, _now_ms() + LEASE_MS, turn)
        return turn
    if write.lease is not LeaseStep.KEEP:
        connection.execute("UPDATE lease SET record = '', until_ms = 0")
    return 0


def _keep_lease(connection: sqlite3.Connection, record: str, until_ms: int, turn: int) -> None:
    connection.execute("INSERT OR REPLACE INTO lease VALUES (1, ?, ?, ?)", (record, until_ms, turn))


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
