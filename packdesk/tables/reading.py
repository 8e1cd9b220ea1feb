"""A table somebody sent, read as texts. Workbooks are read in a process of their own, which may crash."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from packdesk.chosen_file import read_chosen
from packdesk.domain.ranges.table import MOST_LETTERS, MOST_ROWS, CellProblem, Table, TableRow
from packdesk.domain.text import cut_names, printable
from packdesk.errors import BadTableError
from packdesk.sentence import Sentence
from packdesk.tables.delimited import text_rows
from packdesk.tables.headings import LOOKED_AT, column_name, heading_place, headings_of, too_wide
from packdesk.tables.raw import RawRow, RawTable
from packdesk.tables.workbook import is_workbook, workbook_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

MOST_BYTES = 64 * 2**20


def read_table(file: Path, sheet: str = "", also: Collection[str] = ()) -> Table:
    """Read a CSV file or a workbook (XLSX, XLS, ODS). Blocks for seconds where it is large.

    Args:
        file: the table.
        sheet: of a workbook; empty for its first one.
        also: headings that go by no known name, and were said: their row is found by them, too.

    Raises:
        BadTableError: it cannot be read, is none, is too large, or has no rows, or its headings are no names.
    """
    data = _data(file)
    if sheet and not is_workbook(data):
        raise BadTableError(
            Sentence("{file} is no workbook, and has no sheets.", file=printable(file.name)[:200]),
            "Name no sheet.",
        )
    raw = workbook_rows(data, sheet) if is_workbook(data) else RawTable(text_rows(data, also))
    try:
        table = table_of(raw, file.name, also)
    except BadTableError as error:
        error.sheet, error.sheets = raw.sheet, raw.sheets
        if len(raw.sheets) > 1:
            error.terminal = f"Or name another sheet: --sheet “{_others(raw)[0]}”."
        raise
    return table if sheet else replace(table, notes=(*table.notes, *_one_of_several(raw)))


def _data(file: Path) -> bytes:
    data = read_chosen(file, MOST_BYTES, BadTableError, Sentence("Name the file of a table."))
    if len(data) > MOST_BYTES:
        raise BadTableError(
            Sentence("A table's file has at most {most} MB.", most=MOST_BYTES // 2**20), "Split the table."
        )
    return data


def table_of(raw: RawTable, name: str, also: Collection[str] = ()) -> Table:
    """Rows as they were read, checked: what stands above the headings is left out."""
    numbered = _with_something(raw.rows)
    above = list(islice(numbered, LOOKED_AT + 1))
    if not above:
        raise BadTableError(
            "The table is empty.", "Write headings in its first row, a product in each other."
        )
    place, _ = heading_place((cells for _, cells in above), also)
    top, cells = above[place]
    headings = headings_of(cells)
    problems = list(_misplaced(raw, top, headings))
    below = _bounded(chain(above[place + 1 :], numbered))
    found = [_row(number, cells, headings, raw, problems) for number, cells in below]
    rows = tuple(row for row in found if row.cells != headings)
    if not rows:
        raise BadTableError(
            "The table has headings, but no row below them.", "Write a product in each row below."
        )
    hidden = _hidden([row.number for row in rows if row.number in raw.hidden])
    repeated = _repeated([row.number for row in found if row.cells == headings])
    notes = (*(_taken_from(top) if place else ()), *repeated, *hidden)
    pointed = {name: raw.pointed[place] for place, name in enumerate(headings, 1) if place in raw.pointed}
    return Table(
        printable(name)[:200], headings, rows, tuple(problems), raw.sheet, raw.sheets, notes, pointed
    )


def _taken_from(row: int) -> Iterator[Sentence]:
    yield Sentence("The headings are taken from row {row}.", row=row)


def _repeated(rows: list[int]) -> Iterator[Sentence]:
    """Printed lists have their headings on every page."""
    if len(rows) == 1:
        yield Sentence("Row {row} repeats the headings, and is left out.", row=rows[0])
    elif rows:
        named = cut_names([str(row) for row in rows], "and {0} more")
        yield Sentence("Rows {rows} repeat the headings, and are left out.", rows=named)


def _others(raw: RawTable) -> list[str]:
    return [printable(name) for name in raw.sheets if name != raw.sheet]


def _one_of_several(raw: RawTable) -> Iterator[Sentence]:
    if len(raw.sheets) == 2:
        yield Sentence(
            "The sheet “{name}” of the workbook is read, and nothing of the other one ({other}).",
            name=printable(raw.sheet),
            other=cut_names(_others(raw), ""),
        )
    elif len(raw.sheets) > 2:
        yield Sentence(
            "The sheet “{name}” of the workbook is read, and of the others ({others}) nothing.",
            name=printable(raw.sheet),
            others=cut_names(_others(raw), "and {0} more"),
        )


def _hidden(rows: list[int]) -> Iterator[Sentence]:
    if rows:
        yield Sentence(
            "Rows that are hidden in the workbook are made like the others: {rows}.",
            rows=cut_names([str(row) for row in rows], "and {0} more"),
        )


def _with_something(rows: Iterable[RawRow]) -> Iterator[tuple[int, RawRow]]:
    return ((number, cells) for number, cells in enumerate(rows, 1) if any(map(str.strip, cells)))


def _bounded(rows: Iterator[tuple[int, RawRow]]) -> Iterator[tuple[int, RawRow]]:
    for count, row in enumerate(rows):
        if count == MOST_ROWS:
            raise BadTableError(
                Sentence("The table has more than {most:,} rows.", most=MOST_ROWS), "Split the table."
            )
        yield row


def _row(
    number: int, cells: RawRow, headings: tuple[str, ...], raw: RawTable, problems: list[CellProblem]
) -> TableRow:
    beyond = (column for column, text in enumerate(cells, 1) if column > len(headings) and text.strip())
    if column := next(beyond, 0):
        wide = too_wide(f"{column_name(column)}{number}", printable(raw.sheet), raw.sheets)
        problems.append(CellProblem(number, "", wide))
    texts = [*cells[: len(headings)], *[""] * (len(headings) - len(cells))]
    for heading, text in zip(headings, texts, strict=True):
        if len(text) > MOST_LETTERS:
            long = Sentence(
                "The cell has {count:,} characters; {most:,} are possible.",
                count=len(text),
                most=MOST_LETTERS,
            )
            problems.append(CellProblem(number, heading, BadTableError(long, "Shorten it.")))
    return TableRow(number, tuple(" ".join(printable(text[:MOST_LETTERS]).split()) for text in texts))


def _misplaced(raw: RawTable, top: int, headings: tuple[str, ...]) -> Iterator[CellProblem]:
    """What a workbook has in place of a text, from the row of its headings on."""
    for row, column, what in raw.oddities:
        if row >= top and column <= len(headings):
            yield CellProblem(row, headings[column - 1], _ODD[what](f"{column_name(column)}{row}"))


def _merged(cell: str) -> BadTableError:
    return BadTableError(
        Sentence("The cell {cell} is merged with others.", cell=cell),
        "Take the cells apart, and write the value into each of them.",
    )


def _dated(cell: str) -> BadTableError:
    return BadTableError(
        Sentence("The cell {cell} is a date or a time.", cell=cell),
        "Give it the format Text, and write again what was meant.",
    )


def _uncalculated(cell: str) -> BadTableError:
    return BadTableError(
        Sentence("The formula in {cell} has no result in the file.", cell=cell),
        "Open the table in a spreadsheet and save it, or put the values in place of the formulas.",
    )


def _failed(cell: str) -> BadTableError:
    return BadTableError(
        Sentence("The formula in {cell} ends in an error.", cell=cell), "Mend it in the spreadsheet."
    )


def _logical(cell: str) -> BadTableError:
    return BadTableError(
        Sentence("The cell {cell} is true or false, and no text.", cell=cell),
        "Give it the format Text, and write again what was meant.",
    )


def _formatted(cell: str) -> BadTableError:
    return BadTableError(
        Sentence("The cell {cell} shows its number in a format that is not known here.", cell=cell),
        "Give it the format Text, and write again what was meant.",
    )


_ODD = {
    "merged": _merged,
    "date": _dated,
    "formula": _uncalculated,
    "error": _failed,
    "logical": _logical,
    "format": _formatted,
}
