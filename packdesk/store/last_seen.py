"""The last seen copy of the shared design, and the pending size edit, as files on this machine.

Both are small files in the data folder, named by the store they belong to, so that a window can open and a
size can be set while the shared store is away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from packdesk.domain.size_edit import SizeEdit
from packdesk.store.kept_file import KeptFile

if TYPE_CHECKING:
    from pathlib import Path


_EDIT = TypeAdapter(SizeEdit)


class LastSeen:
    """Keeps and recalls both; a folder that cannot be written is only logged. See `KeptFile`."""

    def __init__(self, folder: Path, place: str) -> None:
        self._state = KeptFile(folder, place, ".state.json")
        self._edit = KeptFile(folder, place, ".edit.json")
        self._kept: bytes | None = None

    def keep_state(self, raw: bytes) -> None:
        """Remember the document; the same one is written once."""
        if raw != self._kept:
            self._kept = raw
            self._state.keep(raw)

    def recall_state(self) -> bytes | None:
        """The document as it was seen last, or None."""
        return self._state.read(bytes)

    def keep_edit(self, edit: SizeEdit | None) -> None:
        """Remember the edit that waits; None when none does."""
        self._edit.keep(None if edit is None else _EDIT.dump_json(edit))

    def recall_edit(self) -> SizeEdit | None:
        """The edit that waits, or None."""
        return self._edit.read(_EDIT.validate_json)
