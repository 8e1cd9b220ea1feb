"""A sheet of a workbook, read in a process of its own which has 20 seconds and may crash."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from packdesk.errors import BadTableError
from packdesk.sentence import Sentence
from packdesk.tables.raw import ODDITIES, RawTable
from packdesk.tables.worker import FAR, LONGEST_NAME, ROWS, SECONDS, run
from packdesk.textures.foreign.apart import WORD, CrashedError, UnreadyError, conversation

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_MOST_ANSWER = 256 * 2**20
_MOST_SHEETS = 1000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_workbook(data: bytes) -> bool:
    """Whether it is of the kinds workbooks are: a ZIP file (XLSX, ODS) or an OLE file (XLS)."""
    return data.startswith((_ZIP, _OLE))


def workbook_rows(data: bytes, sheet: str = "") -> RawTable:
    """The rows of a sheet.

    Raises:
        BadTableError: it cannot be read, is too large, or has no such sheet; or nothing here reads workbooks.
    """
    try:
        with conversation(run, "", SECONDS) as pipe:
            return _asked(pipe, data, sheet)
    except UnreadyError as error:
        raise BadTableError(
            "Nothing on this computer reads workbooks for packdesk.",
            "Save the table as CSV.",
            terminal="Or install what reads them: pip install 'packdesk[batch]'",
        ) from error
    except CrashedError as error:
        raise (_too_large() if error.too_much else _damaged()) from error
    except (ValueError, LookupError, TypeError) as error:
        raise _damaged() from error


def _asked(pipe: Connection, data: bytes, sheet: str) -> RawTable:
    pipe.send_bytes(sheet[:LONGEST_NAME].encode("utf-8", "replace"))
    pipe.send_bytes(data)
    answer = pipe.recv_bytes(WORD)
    if answer == b"no sheet":
        names = json.loads(pipe.recv_bytes(_MOST_ANSWER))
        raise BadTableError(
            Sentence("There is no sheet “{name}” in the workbook.", name=sheet[:60]),
            Sentence("Its sheets are: {names}.", names=", ".join(str(one)[:60] for one in names[:20])),
        )
    if answer == FAR:
        raise _far(*json.loads(pipe.recv_bytes(_MOST_ANSWER)))
    if answer != ROWS:
        raise _too_large() if answer == b"large" else _damaged()
    told = json.loads(pipe.recv_bytes(_MOST_ANSWER))
    rows = [[str(cell) for cell in row] for row in told["rows"]]
    odd = [(int(row), int(column), ODDITIES[what]) for row, column, what in told["odd"]]
    sheets = _named(told["sheets"])
    hidden = frozenset(map(int, told["hidden"]))
    pointed = {int(column): str(text) for column, text in told["pointed"]}
    return RawTable(rows, odd, str(told["sheet"]), sheets, hidden, pointed)


def _damaged() -> BadTableError:
    return BadTableError("The workbook is damaged, locked, or none.", "Save it anew as XLSX or CSV.")


def _far(row: int, column: int, sheet: str, sheets: list[str]) -> BadTableError:
    error = BadTableError(
        Sentence(
            "The sheet reaches down to row {row:,} and to its column {column:,}, too far to be read.",
            row=int(row),
            column=int(column),
        ),
        "Delete what stands far off from the table, or save the sheet as CSV.",
    )
    error.sheet, error.sheets = str(sheet), _named(sheets)
    return error


def _named(sheets: list[str]) -> tuple[str, ...]:
    return tuple(str(one)[:LONGEST_NAME] for one in sheets[:_MOST_SHEETS])


def _too_large() -> BadTableError:
    return BadTableError(
        "The workbook takes too much time or memory to be read.", "Save the one sheet as CSV, or split it."
    )
