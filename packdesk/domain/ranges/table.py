"""A table as it was read: headings, rows of texts, and cells that cannot be used."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.errors import PackdeskError
    from packdesk.sentence import Sentence

MOST_COLUMNS = 200
MOST_ROWS = 100_000
MOST_LETTERS = 2000
"""Of a cell: as many as the longest prompt has."""


@dataclass(frozen=True)
class TableRow:
    """One product.

    Attributes:
        number: of the row as a spreadsheet counts, its heading included, from 1.
        cells: a text for every heading.
    """

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class CellProblem:
    """Why a cell, a row or a column cannot be used.

    Attributes:
        row: its number as a spreadsheet counts; 0 for a whole column or the whole table.
        column: its heading; empty for a whole row.
        error: what is wrong, and what can be done.
    """

    row: int
    column: str
    error: PackdeskError

    @property
    def place(self) -> str:
        """Where it is, for people."""
        row = f"row {self.row}" if self.row else ""
        column = f"column “{self.column}”" if self.column else ""
        return ", ".join(part for part in (row, column) if part) or "table"


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        name: of its file, for people.
        headings: of its columns; no two that say something are the same.
        rows: those with something in them.
        problems: cells that hold no text or number somebody wrote.
        sheet: of a workbook, that was read; empty for a text.
        sheets: all that could be.
        notes: what is worth a look on it.
        pointed: by heading, an example of numbers that are written with a decimal point.
    """

    name: str
    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    problems: tuple[CellProblem, ...] = ()
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    notes: tuple[Sentence, ...] = ()
    pointed: Mapping[str, str] = field(default_factory=dict)
