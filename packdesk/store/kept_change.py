"""The newest change that took artwork off the package, kept so that it can be taken back after a restart."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from packdesk.domain.change import DesignChange
from packdesk.store.kept_file import KeptFile

if TYPE_CHECKING:
    from pathlib import Path


@cache
def _adapter() -> TypeAdapter[DesignChange]:
    return TypeAdapter(DesignChange)


class KeptChange:
    """Reads and writes it; both block. See `KeptFile` for the arguments."""

    def __init__(self, folder: Path, place: str) -> None:
        self._file = KeptFile(folder, place)

    def read(self) -> DesignChange | None:
        """The change kept last; None when there is none, or it cannot be read."""
        return self._file.read(_adapter().validate_json)

    def write(self, change: DesignChange | None) -> None:
        """Keep this one, None for none; a folder that cannot be written is only logged."""
        self._file.keep(None if change is None else _adapter().dump_json(change))
