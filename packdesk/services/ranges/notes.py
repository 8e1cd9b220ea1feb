"""What is worth a look on rows and is known before they are made, all of it together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.ranges.fields import WORDS, Field, says_contents, unit_in
from packdesk.domain.text import cut_names
from packdesk.sentence import Sentence
from packdesk.services.ranges.kept_words import kept_words, shown_nowhere
from packdesk.services.ranges.numbers import all_left_off, left_off, same_number
from packdesk.services.ranges.repeated import repeated_codes
from packdesk.services.ranges.stale import stale_words
from packdesk.services.ranges.unfilled import no_fields, said_nowhere

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from packdesk.domain.dieline.values import DielineOptions
    from packdesk.domain.ranges.mapping import ColumnMapping
    from packdesk.domain.ranges.table import Table
    from packdesk.services.ranges.base import BaseDesign
    from packdesk.services.ranges.orders import RowOrder


def notes_on(order: RowOrder, base: BaseDesign, blank: DielineOptions) -> tuple[Sentence, ...]:
    """Of one row."""
    return (*_alike(order, base, blank), *left_off(order, base))


def _alike(order: RowOrder, base: BaseDesign, blank: DielineOptions) -> Iterator[Sentence]:
    """What several rows have in common."""
    yield from stale_words(order, base, blank)
    yield from no_fields(order, base)


def notes_on_all(
    orders: Sequence[RowOrder], mapping: ColumnMapping, base: BaseDesign, blank: DielineOptions
) -> tuple[Sentence, ...]:
    """Of a whole table, each once.

    Args:
        orders: its rows.
        mapping: which column is which field.
        base: the base design.
        blank: what shapes every blank.
    """
    nowhere = said_nowhere(orders, mapping.places.keys(), base)
    numbers = (*repeated_codes(orders), *same_number(orders, base), *all_left_off(orders, base))
    words = (*kept_words(mapping, base), *shown_nowhere(orders, mapping, base))
    of_table = (*numbers, *nowhere, *words, *_round_boxes(orders, mapping), *_without_unit(orders, mapping))
    of_rows = (note for order in orders for note in _alike(order, base, blank))
    return tuple(dict.fromkeys((*of_table, *of_rows)))


def _round_boxes(orders: Sequence[RowOrder], mapping: ColumnMapping) -> Iterator[Sentence]:
    """A diameter is the width of a box, which may not be meant."""
    heading = mapping.heading(Field.WIDTH)
    rows = [
        order.row for order in orders if order.row.package_type == "box" and Field.WIDTH in order.row.fields
    ]
    if rows and any(word in heading.casefold() for word in ("diameter", "durchmesser")):
        yield Sentence(
            "The column “{column}” is taken for the width of boxes (rows: {count} of {total}).",
            column=heading,
            count=len(rows),
            total=len(orders),
        )


def _without_unit(orders: Sequence[RowOrder], mapping: ColumnMapping) -> Iterator[Sentence]:
    """Weights that are no bare number, so that the unit of their heading is not put after them."""
    heading = mapping.heading(Field.WEIGHT)
    unit = unit_in(heading)
    said = ((order.row.number, order.row.fields.get(Field.WEIGHT, "")) for order in orders)
    rows = [f"{number}" for number, text in said if text and not says_contents(text)]
    if unit and rows:
        yield _no_unit(heading, rows)


def _no_unit(column: str, rows: Sequence[str]) -> Sentence:
    if len(rows) == 1:
        return Sentence(
            "The unit of the column “{column}” is not put after what is no number (row {row}).",
            column=column,
            row=rows[0],
        )
    return Sentence(
        "The unit of the column “{column}” is not put after what is no number (rows {rows}).",
        column=column,
        rows=cut_names(rows, "and {0} more"),
    )


def pointed_numbers(table: Table, mapping: ColumnMapping) -> Iterator[Sentence]:
    """Numbers of a workbook that stand on the pack, where the trade writes them with a comma."""
    for field in WORDS:
        heading = mapping.heading(field)
        if field in mapping.places and heading in table.pointed:
            yield Sentence(
                "Numbers of the column “{column}” are printed with a point ({example}). "
                "Texts stay as they are typed.",
                column=heading,
                example=table.pointed[heading],
            )
