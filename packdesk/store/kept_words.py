"""The words on the pack, kept on this machine: the shared document has no field for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.pack_words import PackWords
from packdesk.store.kept_file import KeptFile

if TYPE_CHECKING:
    from pathlib import Path


class KeptWords:
    """Reads and writes them; both block. See `KeptFile` for the arguments."""

    def __init__(self, folder: Path, place: str) -> None:
        self._file = KeptFile(folder, place)

    def read(self) -> PackWords | None:
        """The words kept last; None when there are none, or they cannot be read."""
        return self._file.read(PackWords.model_validate_json)

    def write(self, words: PackWords) -> None:
        """Keep these; a folder that cannot be written is only logged."""
        self._file.keep(words.model_dump_json().encode())
