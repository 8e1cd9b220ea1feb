"""What a reader gives: rows of texts, and where something else than a text stands."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

RawRow = list[str]
Oddity = Literal["merged", "date", "formula", "error", "logical", "format"]
ODDITIES: tuple[Oddity, ...] = ("merged", "date", "formula", "error", "logical", "format")


class RawTable(NamedTuple):
    """Every row from the first on.

    Attributes:
        rows: they.
        oddities: row and column from 1, and what stands there.
        sheet: of a workbook, that was read; empty for a text.
        sheets: all that could be.
        hidden: numbers of rows nobody sees in the workbook.
        pointed: columns from 1 with numbers that are written with a decimal point, and one of them.
    """

    rows: Iterable[RawRow]
    oddities: Sequence[tuple[int, int, Oddity]] = ()
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    hidden: frozenset[int] = frozenset()
    pointed: Mapping[int, str] = MappingProxyType({})
