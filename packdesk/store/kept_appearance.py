"""The appearance of a design, as a file on this machine beside its last seen copy."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

from packdesk.domain.appearance import Appearance, appearance_values, read_appearance
from packdesk.errors import OutputUnwritableError
from packdesk.sentence import Sentence
from packdesk.store.kept_file import KeptFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class KeptAppearance:
    """Reads and writes it; both block. See `KeptFile` for the arguments."""

    def __init__(self, folder: Path, place: str) -> None:
        self._file = KeptFile(folder, place)
        self._changing = threading.Lock()

    def read(self) -> Appearance | None:
        """What was kept last; None where nothing was, or the file cannot be used."""
        return self._file.read(read_appearance)

    def write(self, appearance: Appearance) -> None:
        """Keep this one.

        Raises:
            OutputUnwritableError: the folder cannot be written.
        """
        try:
            self._file.write(json.dumps(appearance_values(appearance), indent=1).encode())
        except OSError as error:
            raise OutputUnwritableError(
                Sentence("How the design looks cannot be kept in {folder}.", folder=self._file.path.parent),
                "Check the folder and its free space.",
            ) from error

    def change(self, changed: Callable[[Appearance], Appearance]) -> Appearance:
        """Keep what a function makes of what is kept, if it is another; returns it.

        Raises:
            OutputUnwritableError: the folder cannot be written.
        """
        with self._changing:
            kept = self.read()
            after = changed(kept or Appearance())
            if after != kept:
                self.write(after)
        return after
