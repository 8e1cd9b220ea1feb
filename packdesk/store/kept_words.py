"""The words on the pack, kept on this machine: the shared document has no field for them."""

from __future__ import annotations

import hashlib
import logging
from typing import TYPE_CHECKING

from pydantic import ValidationError

from packdesk.domain.pack_words import PackWords
from packdesk.files import read_file, write_atomically

if TYPE_CHECKING:
    from pathlib import Path

_log = logging.getLogger(__name__)


class KeptWords:
    """A small file in a folder, named by the store its design is in; both calls block on the disk."""

    def __init__(self, folder: Path, place: str) -> None:
        self._file = folder / f"{hashlib.sha256(place.encode()).hexdigest()[:16]}.json"

    def read(self) -> PackWords | None:
        """The words kept last; None when there are none, or they cannot be read."""
        try:
            return PackWords.model_validate_json(read_file(self._file))
        except FileNotFoundError:
            return None
        except (OSError, ValidationError) as error:
            _log.warning("The words kept in %s cannot be read: %s", self._file.name, type(error).__name__)
            return None

    def write(self, words: PackWords) -> None:
        """Keep these; a folder that cannot be written is only logged."""
        try:
            write_atomically(self._file, words.model_dump_json().encode(), private=True)
        except OSError as error:
            _log.warning("The words on the pack cannot be kept in %s: %s", self._file, error)
