"""Barcode numbers a row does not say: bars that are left off, and numbers of the base design that stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.objects.numbers import waits_for_number
from packdesk.domain.objects.values import Barcode
from packdesk.domain.prompts import is_prompt
from packdesk.domain.ranges.filling import takes_number
from packdesk.domain.text import cut_names
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from packdesk.services.ranges.base import BaseDesign
    from packdesk.services.ranges.orders import RowOrder


def left_off(order: RowOrder, base: BaseDesign) -> tuple[Sentence, ...]:
    """What is worth a look of a row that has no number where the table has a column for it."""
    panels = _panels(base) if _without(order, base) else ""
    return (_no_number(panels),) if panels else ()


def all_left_off(orders: Sequence[RowOrder], base: BaseDesign) -> tuple[Sentence, ...]:
    """The same of all rows together."""
    rows, panels = [f"{order.row.number}" for order in orders if _without(order, base)], _panels(base)
    return (_no_numbers(rows, panels),) if rows and panels else ()


def _without(order: RowOrder, base: BaseDesign) -> bool:
    return order.row.words.get("barcode") == "" and order.row.package_type == base.state.package_type


def _panels(base: BaseDesign) -> str:
    return ", ".join(dict.fromkeys(panel_id for panel_id, _ in _codes(base)))


def same_number(orders: Sequence[RowOrder], base: BaseDesign) -> tuple[Sentence, ...]:
    """What is worth a look of a table without a column of numbers: its products share the base design's."""
    if len(orders) < 2 or any("barcode" in order.row.words for order in orders):
        return ()
    own = {one.value for _, one in _codes(base) if not waits_for_number(one.symbology, one.value)}
    numbers = sorted(own or _painted(base))
    return (_one_number(", ".join(numbers)),) if numbers else ()


def _painted(base: BaseDesign) -> set[str]:
    """The number in painted pictures; of imported ones nobody knows."""
    painted = any(is_prompt(texture.prompt) for texture in base.state.panel_textures.values())
    return {base.words.barcode} if painted and base.words and base.words.barcode else set()


def _codes(base: BaseDesign) -> Iterator[tuple[str, Barcode]]:
    for panel_id, objects in base.objects.items():
        for one in objects.kept.recipe.objects:
            if isinstance(one, Barcode) and not one.hidden and takes_number(one):
                yield panel_id, one


def _no_number(panels: str) -> Sentence:
    return Sentence("The row has no barcode number: its barcode is left off ({panels}).", panels=panels)


def _no_numbers(rows: list[str], panels: str) -> Sentence:
    if len(rows) == 1:
        return Sentence(
            "Row {row} has no barcode number: its barcode is left off ({panels}).", row=rows[0], panels=panels
        )
    return Sentence(
        "Rows without a barcode number: {rows}. Their barcode is left off ({panels}).",
        rows=cut_names(rows, "and {0} more"),
        panels=panels,
    )


def _one_number(numbers: str) -> Sentence:
    return Sentence(
        "The table has no column for barcode numbers: all products have the base design's ({numbers}).",
        numbers=numbers,
    )
