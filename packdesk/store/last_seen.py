"""The last seen copy of the shared design, and the pending size edit, as files on this machine.

Both are small files in the data folder, named by the store they belong to, so that a window can open and a
size can be set while the shared store is away.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from packdesk.domain.size_edit import SizeEdit
from packdesk.errors import InvalidInputError
from packdesk.files import read_file, write_atomically

if TYPE_CHECKING:
    from pathlib import Path

_log = logging.getLogger(__name__)


_EDIT = TypeAdapter(SizeEdit)


class LastSeen:
    """Keeps and recalls both; a folder that cannot be written is only logged."""

    def __init__(self, folder: Path, place: str) -> None:
        name = hashlib.sha256(place.encode()).hexdigest()[:16]
        self._state = folder / f"{name}.state.json"
        self._edit = folder / f"{name}.edit.json"
        self._kept: bytes | None = None

    def keep_state(self, raw: bytes) -> None:
        """Remember the document; the same one is written once."""
        if raw != self._kept:
            self._kept = raw
            self._write(self._state, raw)

    def recall_state(self) -> bytes | None:
        """The document as it was seen last, or None."""
        try:
            return read_file(self._state)
        except OSError:
            return None

    def keep_edit(self, edit: SizeEdit | None) -> None:
        """Remember the edit that waits; None when none does."""
        if edit is None:
            with contextlib.suppress(FileNotFoundError):
                self._edit.unlink()
        else:
            self._write(self._edit, _EDIT.dump_json(edit))

    def recall_edit(self) -> SizeEdit | None:
        """The edit that waits, or None."""
        try:
            return _EDIT.validate_json(read_file(self._edit))
        except FileNotFoundError:
            return None
        except (OSError, ValidationError, InvalidInputError) as error:
            _log.warning("The waiting edit %s cannot be read: %s", self._edit.name, type(error).__name__)
            return None

    @staticmethod
    def _write(path: Path, data: bytes) -> None:
        try:
            write_atomically(path, data, private=True)
        except OSError as error:
            _log.warning("%s cannot be written: %s", path, error)
