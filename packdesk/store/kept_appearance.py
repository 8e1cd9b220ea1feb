"""The appearance of a design, as a file on this machine beside its last seen copy."""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from typing import TYPE_CHECKING

from packdesk.domain.appearance import Appearance, appearance_values, read_appearance
from packdesk.errors import OutputUnwritableError
from packdesk.files import read_file, write_atomically
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_log = logging.getLogger(__name__)


class KeptAppearance:
    """Reads and writes it; both block.

    Args:
        folder: where the file stands.
        place: of the store whose design it is of.
    """

    def __init__(self, folder: Path, place: str) -> None:
        self._file = folder / f"{hashlib.sha256(place.encode()).hexdigest()[:16]}.json"
        self._changing = threading.Lock()

    def read(self) -> Appearance | None:
        """What was kept last; None where nothing was, or the file cannot be used."""
        try:
            return read_appearance(read_file(self._file))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            _log.warning("The appearance %s cannot be read: %s", self._file.name, type(error).__name__)
            return None

    def write(self, appearance: Appearance) -> None:
        """Keep this one.

        Raises:
            OutputUnwritableError: the folder cannot be written.
        """
        try:
            data = json.dumps(appearance_values(appearance), indent=1).encode()
            write_atomically(self._file, data, private=True)
        except OSError as error:
            raise OutputUnwritableError(
                Sentence("How the design looks cannot be kept in {folder}.", folder=self._file.parent),
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
