"""Words of a range that stand on no product, and those of the base design that stay on all of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from packdesk.domain.objects.values import Barcode, Text
from packdesk.domain.pack_words import NO_WORDS
from packdesk.domain.ranges.fields import WORDS, Field
from packdesk.domain.ranges.filling import takes_number
from packdesk.sentence import Sentence
from packdesk.services.ranges.unfilled import called, objects_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from packdesk.domain.objects.values import PanelObject
    from packdesk.domain.ranges.mapping import ColumnMapping
    from packdesk.services.ranges.base import BaseDesign
    from packdesk.services.ranges.orders import RowOrder


def kept_words(mapping: ColumnMapping, base: BaseDesign) -> Iterator[Sentence]:
    """Objects that have a word of the base design in them which the table says of each product."""
    said = (base.words or NO_WORDS).said()
    fields = {str(field): name for field, name in WORDS.items() if field in mapping.places}
    words = {field: _whole(said[name]) for field, name in fields.items() if name in said}
    for panel_id, one in objects_of(base):
        text = _text_of(one)
        if found := [field for field, word in words.items() if word.search(text)]:
            yield Sentence(
                "“{text}” ({panel}) has words of the base design ({fields}), and stays on every product.",
                text=called(one),
                panel=panel_id,
                fields=", ".join(found),
            )


def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)


def _text_of(one: PanelObject) -> str:
    if isinstance(one, Text):
        return one.words
    return one.value if isinstance(one, Barcode) and not takes_number(one) else ""


def shown_nowhere(orders: Sequence[RowOrder], mapping: ColumnMapping, base: BaseDesign) -> Iterator[Sentence]:
    """Columns of words that stand on no product: nothing is painted, and no object has them.

    Pictures of a row may have them. Where the base design has such a word, its pictures are told.
    """
    known = (base.words or NO_WORDS).said()
    for field, name in WORDS.items():
        if field not in mapping.places or field == Field.CODE or name in known:
            continue
        rows = [order for order in orders if order.row.words.get(name) and not _may_show(order, field, base)]
        if rows:
            yield _nowhere(mapping.heading(field), len(rows), len(orders))


def _nowhere(column: str, count: int, total: int) -> Sentence:
    if count == total:
        return Sentence("The column “{column}” is printed on no product: nothing shows it.", column=column)
    return Sentence(
        "The column “{column}” is not printed on {count} of {total} products: nothing shows it.",
        column=column,
        count=count,
        total=total,
    )


def _may_show(order: RowOrder, field: Field, base: BaseDesign) -> bool:
    row = order.row
    own = bool(order.prompts or row.pictures or row.sheet)
    return own or WORDS[field] in base.by_objects(row.package_type)
