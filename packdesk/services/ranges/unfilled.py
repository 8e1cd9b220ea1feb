"""Fields in the base design's objects that nothing fills: left empty, or printed as they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.ranges.filling import unfilled_fields, unknown_fields
from packdesk.domain.ranges.naming import ROW
from packdesk.domain.text import cut, printable
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from packdesk.domain.objects.values import PanelObject
    from packdesk.services.ranges.base import BaseDesign
    from packdesk.services.ranges.orders import RowOrder

_LETTERS = 40


def no_fields(order: RowOrder, base: BaseDesign) -> Iterator[Sentence]:
    """What is worth a look of a row whose objects have something in braces that is no field."""
    if order.row.package_type != base.state.package_type:
        return
    for panel_id, one in objects_of(base):
        if names := dict.fromkeys(unknown_fields(one)):
            yield _no_field(called(one), panel_id, tuple(names))


def _no_field(text: str, panel: str, names: Sequence[str]) -> Sentence:
    fields = cut(printable(", ".join(names)), _LETTERS)
    if len(names) == 1:
        return Sentence(
            "“{text}” ({panel}): {fields} is no field of a table, and is printed as it stands.",
            text=text,
            panel=panel,
            fields=fields,
        )
    return Sentence(
        "“{text}” ({panel}): {fields} are no fields of a table, and are printed as they stand.",
        text=text,
        panel=panel,
        fields=fields,
    )


def said_nowhere(
    orders: Sequence[RowOrder], columns: Collection[str], base: BaseDesign
) -> Iterator[Sentence]:
    """What is worth a look of a table that cannot fill a field: neither it nor the base design says it."""
    rows = [order.row for order in orders if order.row.package_type == base.state.package_type]
    said = {*columns, ROW}.union(*(row.fields for row in rows))
    for panel_id, one in objects_of(base) if rows else ():
        if names := [f"{{{field}}}" for field in dict.fromkeys(unfilled_fields(one)) if field not in said]:
            yield Sentence(
                "“{text}” ({panel}): the table has no column for {fields}, and nothing is printed there.",
                text=called(one),
                panel=panel_id,
                fields=", ".join(names),
            )


def objects_of(base: BaseDesign) -> Iterator[tuple[str, PanelObject]]:
    """What lies on the base design and is seen, each with its panel."""
    for panel_id, objects in base.objects.items():
        for one in objects.kept.recipe.objects:
            if not one.hidden:
                yield panel_id, one


def called(one: PanelObject) -> str:
    """An object in a sentence: what it says, else its name."""
    told = getattr(one, "words", "") or getattr(one, "value", "") or one.name or one.id
    return cut(" ".join(printable(told).split()), _LETTERS)
