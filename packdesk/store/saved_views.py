"""The named views of a design, as a file on this machine beside its last seen copy.

The shared document keeps to its own fields: views are for whoever sits at this machine.
"""

from __future__ import annotations

import hashlib
import logging
from typing import TYPE_CHECKING

from pydantic import ValidationError

from packdesk.domain.saved_view import SAVED_VIEWS
from packdesk.errors import OutputUnwritableError
from packdesk.files import read_file, write_atomically
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from packdesk.domain.saved_view import SavedView

_log = logging.getLogger(__name__)


class SavedViews:
    """Reads and writes them; both block.

    Args:
        folder: where the file stands.
        place: of the store whose design they are of.
    """

    def __init__(self, folder: Path, place: str) -> None:
        name = hashlib.sha256(place.encode()).hexdigest()[:16]
        self._file = folder / f"{name}.views.json"

    def read(self) -> tuple[SavedView, ...]:
        """All of them in their order; none where the file cannot be used."""
        try:
            return SAVED_VIEWS.validate_json(read_file(self._file))
        except FileNotFoundError:
            return ()
        except (OSError, ValidationError) as error:
            _log.warning("The saved views %s cannot be read: %s", self._file.name, type(error).__name__)
            return ()

    def write(self, views: Sequence[SavedView]) -> None:
        """Keep these and no others.

        Raises:
            OutputUnwritableError: the folder cannot be written.
        """
        try:
            write_atomically(self._file, SAVED_VIEWS.dump_json(tuple(views), indent=1), private=True)
        except OSError as error:
            raise OutputUnwritableError(
                Sentence("The views cannot be kept in {folder}.", folder=self._file.parent),
                "Check the folder and its free space.",
            ) from error
