"""The links of designs to files, as files on this machine beside the designs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.links import Links
from packdesk.errors import OutputUnwritableError
from packdesk.sentence import Sentence
from packdesk.store.kept_by_design import KeptByDesign

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "links"
"""Of the data folder."""


class KeptLinks(KeptByDesign[Links]):
    """Reads and changes those of one store's designs; both block.

    Args:
        data: the data folder.
        place: of the store.
    """

    def __init__(self, data: Path, place: str) -> None:
        super().__init__(data / FOLDER, place, Links)

    def refusal(self, folder: Path) -> OutputUnwritableError:
        """Part of `KeptByDesign`."""
        return OutputUnwritableError(
            Sentence("The links cannot be kept in {folder}.", folder=folder),
            "Check the folder and its free space.",
        )
