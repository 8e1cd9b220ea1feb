"""CSV as programs of the world write it: any usual encoding and separator, quoted texts, a BOM or none.

RFC 4180 says what is quoted and how; what separates and encodes it leaves to the file, so it is looked for.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import re
from itertools import islice
from typing import TYPE_CHECKING

from packdesk.errors import BadTableError
from packdesk.tables.headings import ENOUGH, heading_place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from packdesk.tables.raw import RawRow

SEPARATORS = ";\t,|"
_LOOKED_AT = 40  # rows
_LOOKED_AT_LETTERS = 10_000
_LEAST_OF_NOTHING = 4
_LONGEST_FIELD = 1_000_000
_CONTROL = re.compile("[\\x00-\\x08\\x0e-\\x19]")
"""What stands in no text of tables."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def text_rows(data: bytes, also: Collection[str] = ()) -> Iterator[RawRow]:
    """Every row of a CSV file.

    Args:
        data: the file.
        also: headings that go by no known name, and were said.

    Raises:
        BadTableError: it is no text, or a quotation mark is never closed.
    """
    text = _decoded(data)
    separator, text = _separator(text, also)
    try:
        for row in _parsed(text, separator):
            yield [_plain(cell) for cell in row]
    except csv.Error as error:
        raise BadTableError(
            "A text in the table begins with a quotation mark and never ends.",
            "Close it, or save the table anew as CSV.",
        ) from error


def _plain(cell: str) -> str:
    """Without what keeps a spreadsheet from taking a text for a number: `="007"`."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') and '"' not in cell[2:-1] else cell


def _parsed(text: str, separator: str) -> Iterator[RawRow]:
    # The library's limit is for the whole program: longer cells than its own are told by their place.
    csv.field_size_limit(_LONGEST_FIELD)
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _decoded(data: bytes) -> str:
    """The text; what is no UTF is what Windows writes in western Europe, which no byte is an error in."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _read_as(data, encoding)
    if b"\0" in data:
        return _read_as(data, _wide(data))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace") if b"\x81" not in data else data.decode("latin-1")


def _wide(data: bytes) -> str:
    """UTF-16 without a BOM: of plain letters every other byte is nothing."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if max(even, odd) < len(data) / _LEAST_OF_NOTHING:
        return "ascii"  # which no zero is part of, here: it is refused
    return "utf-16-le" if odd > even else "utf-16-be"


def _read_as(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    if _CONTROL.search(text[:_LOOKED_AT_LETTERS]):
        raise BadTableError(
            "This is no table packdesk can read.", "Save it as CSV or XLSX, and name that file."
        )
    return text


def _separator(text: str, also: Collection[str]) -> tuple[str, str]:
    """The character between cells and the table without Excel's line that names it."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[-1], rest
    return max(SEPARATORS, key=lambda one: _evenness(text, one, also)), text


def _evenness(text: str, separator: str, also: Collection[str]) -> tuple[int, int, int]:
    """How many fields the headings name, how many rows have as many cells, and how many those are.

    Nothing for one field or cell. Rows before one that cannot be read count, or a mark that is never closed
    would hide the separator; what stands above the headings, as a title with a comma in it, does not.
    """
    rows: list[RawRow] = []
    with contextlib.suppress(csv.Error):
        for row in islice(_parsed(text, separator), _LOOKED_AT):
            rows += [row] if any(map(str.strip, row)) else []
    place, named = heading_place(rows, also)
    counts = [len(row) for row in rows[place:]]
    even = sum(count == counts[0] for count in counts) if counts and counts[0] > 1 else 0
    return named if named >= ENOUGH else 0, even, counts[0] if even else 0
