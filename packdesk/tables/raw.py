"""What a reader gives: rows of texts, and where something else than a text stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

RawRow = list[str]
Oddity = Literal["merged", "date", "formula", "error", "logical", "format"]
ODDITIES: tuple[Oddity, ...] = ("merged", "date", "formula", "error", "logical", "format")


class RawTable(NamedTuple):
    """Every row from the first on, and oddities: row and column from 1, and what stands there."""

    rows: Iterable[RawRow]
    oddities: Sequence[tuple[int, int, Oddity]] = ()
