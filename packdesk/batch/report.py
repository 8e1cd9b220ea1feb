"""What became of a range, as a table anybody can open."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from packdesk.domain.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from packdesk.batch.former import FormerProduct
    from packdesk.batch.journal import RowRecord
    from packdesk.services.ranges.orders import RowOrder

HEADINGS = ("row", "name", "state", "barcode", "files", "seconds", "notes", "reason", "not read back")
BETWEEN = " | "
"""Between names of files: no name has a bar."""
NOT_YET, NO_PRODUCT = "not made", "no product now"
_FORMULAS = ("=", "+", "-", "@")


def report_of(
    rows: Iterable[tuple[RowOrder, RowRecord | None]],
    former: Callable[[], Sequence[FormerProduct]] = tuple,
) -> bytes:
    """CSV with a line for every row of the table, made or not, and for what is left of former products.

    Args:
        rows: every row and its record.
        former: asked after them.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    for order, record in rows:
        writer.writerow(map(_harmless, _cells(order, record)))
    for product in former():
        cells = "", product.name, NO_PRODUCT, "", BETWEEN.join(product.files), "", "", "", ""
        writer.writerow(map(_harmless, cells))
    return text.getvalue().encode("utf-8-sig")  # with a BOM: else Excel takes it for latin-1


def _cells(order: RowOrder, record: RowRecord | None) -> tuple[str, ...]:
    number, name = str(order.row.number), order.name
    if record is None or record.state == "begun":
        return number, name, NOT_YET, order.row.code, "", "", "", "", ""
    files, notes = BETWEEN.join(record.files), " ".join(record.notes)
    seconds, unread = f"{record.seconds:g}", " ".join(record.unread)
    return number, name, record.state, record.code, files, seconds, notes, record.reason, unread


def _harmless(text: str) -> str:
    """What a spreadsheet does not take for a formula (CSV injection)."""
    plain = printable(text)
    return f"'{plain}" if plain.startswith(_FORMULAS) else plain
