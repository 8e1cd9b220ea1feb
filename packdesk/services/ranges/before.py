"""What an earlier run has left for the rows of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

ARTWORK = "artwork"
"""Among what is known of a range, the folder of pictures that rows share or that were paid for."""


@dataclass(frozen=True)
class Before:
    """As far as names tell: files that somebody changed since are found when their row is made.

    Attributes:
        kept: names of rows that are made of the same already.
        pictures: names (`request_name`) of pictures that were painted.
        foreign: files in the way of rows, which this range has not made.
    """

    kept: frozenset[str] = frozenset()
    pictures: frozenset[str] = frozenset()
    foreign: tuple[str, ...] = ()

    def notes(self) -> Iterator[Sentence]:
        """What is worth a look before rows are made."""
        if len(self.foreign) == 1:
            yield Sentence(
                "A file is there already, and not of this range: {name}. Its row will fail.",
                name=self.foreign[0],
            )
        elif self.foreign:
            yield Sentence(
                "{count} of the files are there already, and not of this range, such as {name}. "
                "Their rows will fail.",
                count=len(self.foreign),
                name=self.foreign[0],
            )
