"""Barcode numbers that several rows of a table have: a till would sell one product for the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from packdesk.services.ranges.orders import RowOrder

_MOST_ROWS = 6


def repeated_codes(orders: Iterable[RowOrder]) -> Iterator[Sentence]:
    """A sentence for each such number."""
    rows: dict[str, list[int]] = {}
    for order in orders:
        if order.row.code:
            rows.setdefault(order.row.code, []).append(order.row.number)
    for code, numbers in rows.items():
        if len(numbers) > 1:
            more = ", …" if len(numbers) > _MOST_ROWS else ""
            named = ", ".join(map(str, numbers[:_MOST_ROWS])) + more
            yield Sentence("Several rows have the barcode number {code}: {rows}.", code=code, rows=named)
