"""Which row of a table holds its headings: shops put a title, a date or empty rows above them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from packdesk.domain.ranges.fields import field_called
from packdesk.domain.ranges.table import MOST_COLUMNS
from packdesk.domain.text import cut
from packdesk.errors import BadTableError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from packdesk.tables.raw import RawRow

LOOKED_AT = 20
"""Rows below the first one that may hold the headings; empty ones do not count."""
ENOUGH = 2
"""Fields a row names that holds the headings, where it is not the first one."""
_LETTERS = 80


def heading_place(rows: Iterable[RawRow], also: Collection[str] = ()) -> tuple[int, int]:
    """The place of the row with the headings, from 0, and how many fields it names.

    It is the first row that names a field. A single cell is more likely a title, though: where one of the
    rows below names several fields, it is that one, and the first where none does.

    Args:
        rows: of the table, from its first one on, without the empty ones.
        also: headings that go by no known name, and were said.
    """
    looked_at = list(islice(rows, LOOKED_AT + 1))
    if not looked_at:
        return 0, 0
    said = {one.casefold() for one in also}
    counts = [len(_named(cells, said)) for cells in looked_at]
    most = max(counts)
    if counts[0] and (_filled(looked_at[0]) > 1 or most < ENOUGH):
        return 0, counts[0]
    if most < ENOUGH:
        alone = (place for place, cells in enumerate(looked_at) if counts[place] and _filled(cells) == 1)
        place = next(alone, 0)
        return place, counts[place]
    return counts.index(most), most


def headings_of(cells: RawRow) -> tuple[str, ...]:
    """The headings in a row, up to the last one that says something.

    Raises:
        BadTableError: there are too many, or two are the same.
    """
    used = max(place for place, text in enumerate(cells, 1) if text.strip())
    if used > MOST_COLUMNS:
        raise BadTableError(
            Sentence("The table has {count:,} columns; {most} are possible.", count=used, most=MOST_COLUMNS),
            "Leave out the columns that are not needed.",
        )
    headings = tuple(map(_told, cells[:used]))
    seen: dict[str, int] = {}
    for place, heading in enumerate(headings, 1):
        other = seen.setdefault(heading.casefold(), place) if heading else place
        if other != place:
            raise BadTableError(
                Sentence(
                    "The columns {first} and {second} are both called “{heading}”.",
                    first=column_name(other),
                    second=column_name(place),
                    heading=heading,
                ),
                "Give each column a name of its own.",
            )
    return headings


def too_wide(cell: str, sheet: str, sheets: Sequence[str]) -> BadTableError:
    """A row reaches further than the headings: in a text a separator is taken for one, in a workbook not.

    Args:
        cell: the first one without a heading, as spreadsheets name it.
        sheet: of a workbook; empty for a text.
        sheets: all of its sheets.
    """
    if not sheet:
        return BadTableError(
            "The row has more cells than there are headings.",
            "Look for a separator within a text: such a text stands in quotes.",
        )
    if len(sheets) > 1:
        return BadTableError(
            Sentence(
                "The row is wider than the headings of the sheet “{sheet}”: above {cell} there is none.",
                sheet=sheet,
                cell=cell,
            ),
            "The headings have to stand in one row above the products, one for each column.",
        )
    return BadTableError(
        Sentence("The row is wider than the headings: above {cell} there is none.", cell=cell),
        "The headings have to stand in one row above the products, one for each column.",
    )


def column_name(column: int) -> str:
    """As spreadsheets name it: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _told(text: str) -> str:
    return " ".join(cut(text, _LETTERS).split())


def _named(cells: RawRow, said: Collection[str]) -> set[str]:
    """The fields a row names; a heading that was said is one of its own."""
    found: set[str] = set()
    for heading in map(_told, cells[:MOST_COLUMNS]):
        name = heading.casefold()
        field = name if name in said else field_called(heading)
        found |= {field} if field else set()
    return found


def _filled(cells: RawRow) -> int:
    return sum(1 for text in cells if text.strip())
