"""What pictures cost: the ledger of what was spent, and below it the prices the user has corrected.

The ledger is one SQLite file, shared by all packdesk of this machine; the prices are a JSON file beside the
built-in table, whose models it replaces.

A purchase is written down *before* its request leaves, in one transaction with the look at the limit: two
programs never spend the same rest, and a request whose program was killed is still counted. When the answer
comes, the purchase becomes what it was; what costs nothing is taken out again.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
import time
import uuid
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from packdesk.domain.prices import BUILT_IN, PriceTable
from packdesk.domain.spending import ModelSum, MonthReport
from packdesk.domain.state import utc_text
from packdesk.domain.text import cut
from packdesk.errors import InvalidSettingError, LedgerUnwritableError, SpendingLimitError
from packdesk.files import file_mode, make_private, process_lock, write_atomically
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from packdesk.domain.spending import Billing, Purchase

T = TypeVar("T")

LOCK_WAIT_S = 5.0
MICROS = 1_000_000
_MARK = ".unreadable-"
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISMATCH}
_SCHEMA = """CREATE TABLE IF NOT EXISTS purchases (
    ticket TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    model TEXT NOT NULL,
    size TEXT NOT NULL,
    panel TEXT NOT NULL,
    usd_micros INTEGER NOT NULL,
    billing TEXT NOT NULL
) WITHOUT ROWID"""
_log = logging.getLogger(__name__)


class Ledger:
    """Opens its file for each call: calls are rare, and another program may move a damaged one away."""

    def __init__(self, path: Path, limit_usd: float | None = None) -> None:
        self._path = path
        self.limit_usd = limit_usd

    def open(self, purchase: Purchase) -> str:
        """Write down a picture that will be asked for; returns its ticket. Blocks on the disk.

        Raises:
            SpendingLimitError: the month's limit leaves no room for it.
            LedgerUnwritableError: there is a limit, and the ledger that keeps it cannot be written.
        """
        ticket, micros, at = uuid.uuid4().hex, round(purchase.usd * MICROS), utc_text()

        def write(connection: sqlite3.Connection) -> str:
            self._check_limit(_sum(connection, at[:7]), micros)
            row = (ticket, at, purchase.model, purchase.size, purchase.panel_id, micros, "perhaps")
            connection.execute("INSERT INTO purchases VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            return ticket

        try:
            return self._written(write)
        except (sqlite3.Error, OSError) as error:
            if self.limit_usd is not None:
                raise LedgerUnwritableError(
                    Sentence("The ledger of spending {path} cannot be written.", path=self._path)
                ) from error
            _log.warning("The ledger of spending %s cannot be written: %s", self._path, error)
            return ""

    def close(self, ticket: str, billing: Billing) -> None:
        """The answer came, or never will. What cannot be written stays counted as it was."""

        def write(connection: sqlite3.Connection) -> None:
            if billing == "none":
                connection.execute("DELETE FROM purchases WHERE ticket = ?", (ticket,))
            else:
                connection.execute("UPDATE purchases SET billing = ? WHERE ticket = ?", (billing, ticket))

        if not ticket:
            return
        try:
            self._written(write)
        except (sqlite3.Error, OSError) as error:
            _log.warning("The ledger of spending %s cannot be written: %s", self._path, error)

    def report(self, month: str | None = None) -> MonthReport:
        """The sum of a month, such as `2026-11`; None for the present one.

        Raises:
            LedgerUnwritableError: the file cannot be read.
        """
        month = month or utc_text()[:7]
        try:
            rows = self._read(month) if self._path.exists() else []
        except (sqlite3.Error, OSError) as error:
            raise LedgerUnwritableError(
                Sentence("The ledger of spending {path} cannot be read.", path=self._path)
            ) from error
        models: dict[str, tuple[int, int]] = {}
        for model, micros, _ in rows:
            pictures, paid = models.get(model, (0, 0))
            models[model] = (pictures + 1, paid + micros)
        sums = (ModelSum(model, count, paid / MICROS) for model, (count, paid) in models.items())
        return MonthReport(
            month,
            usd=sum(micros for _, micros, _ in rows) / MICROS,
            pictures=len(rows),
            perhaps_usd=sum(micros for _, micros, billing in rows if billing != "picture") / MICROS,
            models=tuple(sorted(sums, key=lambda one: one.usd, reverse=True)),
            limit_usd=self.limit_usd,
            set_aside=self._set_aside(),
        )

    def _check_limit(self, spent: int, micros: int) -> None:
        if self.limit_usd is not None and spent + micros > round(self.limit_usd * MICROS):
            raise SpendingLimitError(
                Sentence(
                    "The monthly limit of US$ {limit:,.2f} leaves no room for a picture: US$ {spent:,.2f} are"
                    " spent.",
                    limit=self.limit_usd,
                    spent=spent / MICROS,
                )
            )

    def _read(self, month: str) -> list[tuple[str, int, str]]:
        def read(connection: sqlite3.Connection) -> list[tuple[str, int, str]]:
            rows = connection.execute(
                "SELECT model, usd_micros, billing FROM purchases WHERE substr(at, 1, 7) = ?", (month,)
            )
            return [(str(model), int(micros), str(billing)) for model, micros, billing in rows]

        return self._kept_whole(read)

    def _written(self, write: Callable[[sqlite3.Connection], T]) -> T:
        def transaction(connection: sqlite3.Connection) -> T:
            connection.execute("BEGIN IMMEDIATE")
            result = write(connection)  # what fails rolls back when the connection closes
            connection.execute("COMMIT")
            return result

        return self._kept_whole(transaction)

    def _kept_whole(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Work on the file; a damaged one is moved aside once, and a new one begun."""
        try:
            with self._opened() as connection:
                return work(connection)
        except (sqlite3.DatabaseError, ValueError, TypeError) as error:
            if not _is_damage(error):
                raise
            self._move_aside()
        with self._opened() as connection:
            return work(connection)

    @contextlib.contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        make_private(self._path.parent)
        if not self._path.exists():
            self._path.touch(mode=file_mode(private=True))  # SQLite gives its journal the same mode
        connection = sqlite3.connect(self._path, timeout=LOCK_WAIT_S, isolation_level=None)
        with contextlib.closing(connection):
            connection.execute(_SCHEMA)
            yield connection

    def _move_aside(self) -> None:
        with process_lock(self._path.with_suffix(".lock")):
            try:  # another program may have been faster
                with self._opened() as connection:
                    _sum(connection, "")
                    if connection.execute("PRAGMA quick_check").fetchone() == ("ok",):
                        return
            except (sqlite3.DatabaseError, ValueError, TypeError) as error:
                if not _is_damage(error):
                    raise
            aside = self._path.with_name(f"{self._path.name}{_MARK}{int(time.time())}")
            self._path.replace(aside)
            with contextlib.suppress(FileNotFoundError):
                self._path.with_name(f"{self._path.name}-journal").unlink()
        _log.warning("The ledger of spending could not be read; it is kept as %s, a new one is begun.", aside)

    def _set_aside(self) -> tuple[str, ...]:
        return tuple(sorted(path.name for path in self._path.parent.glob(f"{self._path.name}{_MARK}*")))


def _sum(connection: sqlite3.Connection, month: str) -> int:
    found = connection.execute(
        "SELECT COALESCE(SUM(usd_micros), 0) FROM purchases WHERE substr(at, 1, 7) = ?", (month,)
    )
    return int(found.fetchone()[0])


def _is_damage(error: Exception) -> bool:
    """Whether the file is no ledger, rather than locked, read-only or on a full disk."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is None or code & 0xFF in _DAMAGED


_MAX_BYTES = 100_000


def read_prices(file: Path) -> PriceTable:
    """The built-in table with the models of the file in place of its own; blocks on the disk.

    Raises:
        InvalidSettingError: there is a file that is no table of prices.
    """
    if not os.path.lexists(file):
        return BUILT_IN
    try:
        return BUILT_IN.corrected(PriceTable.model_validate_json(_bytes(file)))
    except ValidationError as error:
        if not (place := _place(error)):
            raise _unreadable(file) from error
        raise InvalidSettingError(
            Sentence("The file of prices {file} cannot be read: {place} is wrong.", file=file, place=place),
            "Correct it, or move it away to have the built-in prices.",
        ) from error
    except (OSError, ValueError) as error:
        raise _unreadable(file) from error


def _unreadable(file: Path) -> InvalidSettingError:
    return InvalidSettingError(
        Sentence("The file of prices {file} cannot be read.", file=file),
        "Correct it, or move it away to have the built-in prices.",
    )


def _place(error: ValidationError) -> str:
    """Model and size of the first entry that is wrong, as `gemini-3-pro-image, 1K`; empty if it is all."""
    steps = [str(step) for step in error.errors(include_input=False)[0]["loc"]]
    return ", ".join(cut(step, 80) for step in steps if step not in {"models", "usd", "[key]"})


def begin_prices(file: Path) -> None:
    """Write the built-in table for the user to correct, unless there is a file already; blocks on the disk.

    Raises:
        InvalidSettingError: it cannot be written.
    """
    if os.path.lexists(file):
        return
    try:
        write_atomically(file, BUILT_IN.model_dump_json(indent=2).encode() + b"\n", private=True)
    except OSError as error:
        raise InvalidSettingError(
            Sentence("The file of prices {file} cannot be written.", file=file),
            "Check that its folder is yours and has free space.",
        ) from error


def _bytes(file: Path) -> bytes:
    if not file.is_file():  # a pipe may never end
        raise ValueError(file)
    with file.open("rb") as opened:
        return opened.read(_MAX_BYTES)  # a larger one is cut, and so refused
