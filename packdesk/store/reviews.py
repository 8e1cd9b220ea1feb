"""The reviews of designs, as files on this machine beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.remarks import Reviews
from packdesk.errors import OutputUnwritableError
from packdesk.sentence import Sentence
from packdesk.store.kept_by_design import KeptByDesign

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "reviews"
"""Of the data folder."""


class KeptReviews(KeptByDesign[Reviews]):
    """Reads and changes those of one store's designs; both block.

    Args:
        data: the data folder.
        place: of the store.
    """

    def __init__(self, data: Path, place: str) -> None:
        super().__init__(data / FOLDER, place, Reviews)

    def refusal(self, folder: Path) -> OutputUnwritableError:
        """Part of `KeptByDesign`."""
        return OutputUnwritableError(
            Sentence("The remarks cannot be kept in {folder}.", folder=folder),
            "Check the folder and its free space.",
        )
