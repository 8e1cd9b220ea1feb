"""What is kept on this machine beside a design: words on the pack, how it is shown, what was said of it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from packdesk.domain.remarks import Reviews
from packdesk.files import read_file
from packdesk.store.kept_file import KeptFile
from packdesk.store.links import KeptLinks
from packdesk.store.reviews import KeptReviews

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

COPIED = ("words", "appearance", "overlay")
"""Folders of the data folder with what copies of a design have, too."""
OFFERED = ("lost", "taken_off", "laid_objects")
"""Likewise, but no copy has it."""


class Beside:
    """Names it by the place of the store that has the design; everything blocks.

    Args:
        data: the data folder.
    """

    def __init__(self, data: Path) -> None:
        self._data = data

    def read(self, place: str) -> dict[str, bytes]:
        """What copies have, too, by its folder."""
        found = {}
        for folder in COPIED:
            with contextlib.suppress(OSError):
                found[folder] = read_file(self._file(folder, place))
        return found

    def write(self, place: str, kept: Mapping[str, bytes]) -> None:
        """Keep these; see `read`.

        Raises:
            OSError: they cannot be written.
        """
        for folder, data in kept.items():
            KeptFile(self._data / folder, place).write(data)

    def carry_reviews(self, source: str, target: str, began: str | None) -> None:
        """Have the design of one store have what was said of the same design in another.

        Args:
            source: the place of the one that has it.
            target: of the other.
            began: when the design did.

        Raises:
            OutputUnwritableError: it cannot be written.
        """
        reviews = KeptReviews(self._data, source).read(began)
        if reviews != Reviews():
            KeptReviews(self._data, target).change(began, lambda kept: kept | reviews)

    def remove(self, place: str) -> None:
        """Remove all of it for good.

        Raises:
            OSError: it cannot be removed.
        """
        for folder in (*COPIED, *OFFERED):
            self._file(folder, place).unlink(missing_ok=True)
        KeptReviews(self._data, place).remove()
        KeptLinks(self._data, place).remove()

    def _file(self, folder: str, place: str) -> Path:
        return KeptFile(self._data / folder, place).path
