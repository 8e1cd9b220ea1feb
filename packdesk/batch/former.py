"""Files of earlier runs of a range that are no product of the table as it is now: told, never removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from packdesk.batch.files import RangeFiles
    from packdesk.batch.journal import Journal, RowRecord
    from packdesk.services.ranges.orders import RowOrder


class FormerProduct(NamedTuple):
    """What is left of a product.

    Attributes:
        name: of its files, without an ending.
        files: those that are there.
    """

    name: str
    files: tuple[str, ...]


class FormerFiles:
    """Finds them.

    Args:
        files: of the range.
        journal: of it.
        orders: its rows as they are now.
    """

    def __init__(self, files: RangeFiles, journal: Journal, orders: Sequence[RowOrder]) -> None:
        self._files, self._journal, self._orders = files, journal, orders
        self._now: set[str] = set()
        self._changed: dict[str, tuple[str, ...]] = {}

    def watched(
        self, rows: Iterable[tuple[RowOrder, RowRecord | None]]
    ) -> Iterator[tuple[RowOrder, RowRecord | None]]:
        """The rows as they come, looked at on their way: every record is read once."""
        for order, record in rows:
            if record is not None:
                self._now |= {*record.files, *record.still_true}
                untrue = tuple(name for name in record.others if name not in record.still_true)
                self._changed |= {order.name: untrue} if untrue else {}
            yield order, record

    def found(self) -> tuple[FormerProduct, ...]:
        """What is left, by name; to be asked once all rows have been watched. Blocks."""
        known = dict(self._changed)
        for record in self._journal.besides(order.name for order in self._orders):
            known[record.name] = tuple(record.ours)
        found = (FormerProduct(name, self._left(files)) for name, files in sorted(known.items()))
        return tuple(one for one in found if one.files)

    def _left(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if name not in self._now and self._files.there(name))
