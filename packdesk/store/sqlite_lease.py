"""The lease of a generation in the local store: one row, read without trust."""

from __future__ import annotations

import json
import os
import socket
import time
from typing import TYPE_CHECKING, NamedTuple

from packdesk.store.base import LEASE_MS, LeaseStep, Verdict, WriteResult, readable_record

if TYPE_CHECKING:
    import sqlite3

    from packdesk.store.base import Write


def now_ms() -> int:
    """This machine's clock in milliseconds."""
    return int(time.time() * 1000)


class Lease(NamedTuple):
    """Who holds it, for how many ms still (0: nobody does), and how often it was taken."""

    record: str
    left_ms: int
    fencing_token: int


def read(connection: sqlite3.Connection) -> Lease:
    """The lease; invalid values count as absent."""
    row = connection.execute("SELECT record, until_ms, turn FROM lease WHERE id = 1").fetchone()
    record, until_ms, token = row or ("", 0, 0)
    left_ms = until_ms - now_ms() if isinstance(until_ms, int) else 0
    # Longer than a lease: the clock was ahead when it was taken.
    runs = 0 < left_ms <= LEASE_MS + 1000 and not _is_dead(readable_record(record))
    counted = isinstance(token, int) and 0 <= token < 2**52
    return Lease(readable_record(record), left_ms if runs else 0, token if counted else 0)


def _is_dead(record: str) -> bool:
    """Whether the holder was a process of this machine that has ended: nobody needs to wait for its lease."""
    try:
        holder = json.loads(record)
        host, pid = holder["host"], int(holder["pid"])
    except (ValueError, KeyError, TypeError):
        return False
    if os.name != "posix" or host != socket.gethostname() or pid <= 0:  # elsewhere, asking would end it
        return False
    try:
        os.kill(pid, 0)
    except (OSError, OverflowError) as error:
        return isinstance(error, ProcessLookupError)
    return False


def refused(connection: sqlite3.Connection, write: Write) -> WriteResult | None:
    """Why the lease refuses a write; None when it does not."""
    record, left_ms, token = read(connection)
    runs = left_ms > 0
    if runs and write.lease in {LeaseStep.TAKE, LeaseStep.RECOVER}:
        return WriteResult(Verdict.BUSY, record=record)
    if write.lease is LeaseStep.END and token > write.fencing_token:
        return WriteResult(Verdict.SUPERSEDED)
    if write.lease is LeaseStep.RECOVER and record != write.record:
        return WriteResult(Verdict.SUPERSEDED)
    return None


def step(connection: sqlite3.Connection, write: Write) -> int:
    """Apply a write's step to the lease; the fencing token if it was taken, else 0."""
    if write.lease is LeaseStep.TAKE:
        token = read(connection).fencing_token + 1
        _keep(connection, write.record, now_ms() + LEASE_MS, token)
        return token
    if write.lease is not LeaseStep.KEEP:
        connection.execute("UPDATE lease SET record = '', until_ms = 0")
    return 0


def _keep(connection: sqlite3.Connection, record: str, until_ms: int, token: int) -> None:
    connection.execute("INSERT OR REPLACE INTO lease VALUES (1, ?, ?, ?)", (record, until_ms, token))


def renew(connection: sqlite3.Connection, record: str) -> bool:
    """Let the lease run on; False when it is no longer this holder's."""
    until = now_ms() + LEASE_MS
    return connection.execute("UPDATE lease SET until_ms = ? WHERE record = ?", (until, record)).rowcount == 1


def mend(connection: sqlite3.Connection) -> int:
    """Replace an invalid row; 1 when it was invalid."""
    stored = connection.execute("SELECT record, until_ms, turn FROM lease WHERE id = 1").fetchone()
    record, left_ms, token = read(connection)
    named = stored is not None and (stored[0], stored[2]) == (record, token)
    over = named and isinstance(stored[1], int) and stored[1] <= now_ms()
    if named and (left_ms or over):
        return 0
    _keep(connection, record if left_ms else "", now_ms() + left_ms if left_ms else 0, token)
    return 1
