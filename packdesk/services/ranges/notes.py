"""What is worth a look on rows and is known before they are made, all of it together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.services.ranges.numbers import left_off, same_number
from packdesk.services.ranges.stale import stale_words
from packdesk.services.ranges.unfilled import no_fields, said_nowhere

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from packdesk.domain.dieline.values import DielineOptions
    from packdesk.sentence import Sentence
    from packdesk.services.ranges.base import BaseDesign
    from packdesk.services.ranges.orders import RowOrder


def notes_on(order: RowOrder, base: BaseDesign, blank: DielineOptions) -> tuple[Sentence, ...]:
    """Of one row."""
    return (*stale_words(order, base, blank), *left_off(order, base), *no_fields(order, base))


def notes_on_all(
    orders: Sequence[RowOrder], columns: Collection[str], base: BaseDesign, blank: DielineOptions
) -> tuple[Sentence, ...]:
    """Of a whole table, each once.

    Args:
        orders: its rows.
        columns: fields the table has a column for.
        base: the base design.
        blank: what shapes every blank.
    """
    of_table = (*same_number(orders, base), *said_nowhere(orders, columns, base))
    of_rows = (note for order in orders for note in notes_on(order, base, blank))
    return tuple(dict.fromkeys((*of_table, *of_rows)))
