"""Which rows of a range an earlier run has made already, and which files are in the way of others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from packdesk import __version__
from packdesk.batch.files import file_hash
from packdesk.batch.journal import Journal, inputs_of
from packdesk.domain.ranges.naming import OURS, ROW
from packdesk.services.ranges.before import ARTWORK, Before

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from packdesk.batch.files import RangeFiles
    from packdesk.services.ranges.base import BaseDesign
    from packdesk.services.ranges.orders import RangeOptions, RowOrder

_MOST_HASHES = 4096


@dataclass(frozen=True)
class RowInputs:
    """Names all that influences the files of a row.

    Attributes:
        base: names what products have of the base design.
        options: of the range.
        provider: its name; another one would make other pictures.
        tables: the folder that names of pictures are meant from.
        numbered: whether objects show the number of the row.
    """

    base: str
    options: RangeOptions
    provider: str
    tables: Path
    numbered: bool = False

    @classmethod
    def of(cls, base: BaseDesign, options: RangeOptions, provider: str, tables: Path) -> RowInputs:
        """Of rows of a base design."""
        return cls(base.content, options, provider, tables, numbered=ROW in base.in_objects)

    def all_of(self, order: RowOrder) -> str:
        """Of everything."""
        return inputs_of(__version__, self.says(order), self.options.model_dump_json(), self.provider)

    def says(self, order: RowOrder) -> str:
        """Of what the product says and is made of, in whatever kinds of files and by whom.

        Its pictures are named by what is in them: on a team's machines they are called otherwise.
        """
        files = {field: _hash_of(self.tables / name) for field, name in order.row.files.items()}
        unsaid = {"pictures", "sheet"}
        if not self.numbered:
            unsaid.add("number")  # it may be another one's tomorrow
        made_of = order.model_dump_json(exclude={"shared": True, "row": unsaid})
        return inputs_of(self.base, made_of, self.options.blank, files)


def _hash_of(file: Path) -> str:
    """SHA-256 of a file, which many rows may have; empty where there is none that can be read."""
    try:
        stat = file.stat()
    except OSError:
        return ""
    return _hash_as_it_is(file, stat.st_mtime_ns, stat.st_size)


@lru_cache(_MOST_HASHES)
def _hash_as_it_is(file: Path, changed: int, size: int) -> str:
    del changed, size  # of a file that is another one by now
    return file_hash(file)


def made_before(
    orders: Sequence[RowOrder], files: RangeFiles, inputs: RowInputs, *, force: bool = False
) -> Before:
    """What is there of these rows. Blocks; nothing but names is looked at of their files.

    Args:
        orders: the rows.
        files: of the range; there may be none.
        inputs: name what rows are made of.
        force: whether files that are not of this range may be replaced.
    """
    there = set(files.listed(""))
    if not there:
        return Before()
    journal, kept, foreign = Journal(files), set[str](), list[str]()
    known = journal.known()
    records = journal.read_all(order.name for order in orders if order.name in known)
    for order in orders:
        record = next(records) if order.name in known else None
        names = inputs.options.file_names(order.name).values()
        if record is not None and record.state == "made" and record.inputs == inputs.all_of(order):
            kept |= {order.name} if there.issuperset(record.files) else set()
        if not force:
            ours = {} if record is None else record.ours
            foreign += [name for name in names if name in there and name not in ours]
    artwork = f"{OURS}/{ARTWORK}/"
    pictures = (name.removeprefix(artwork) for name in files.listed(f"{OURS}/{ARTWORK}"))
    done = frozenset(name.removesuffix(".json") for name in pictures if name.endswith(".json"))
    return Before(frozenset(kept), done, tuple(foreign))
