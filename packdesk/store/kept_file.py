"""Small files on this machine beside a design, named by the place of the store that has the design."""

from __future__ import annotations

import hashlib
import logging
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import TypeAdapter

from packdesk.errors import PackdeskError
from packdesk.files import read_file, write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
_log = logging.getLogger(__name__)


class KeptFile:
    """One such file; every call blocks.

    Args:
        folder: where it stands, in the data folder.
        place: of the store whose design it is of.
        ending: of its name.
    """

    def __init__(self, folder: Path, place: str, ending: str = ".json") -> None:
        name = hashlib.sha256(_within(folder.parent, place).encode()).hexdigest()[:16]
        self.path = folder / f"{name}{ending}"

    def read(self, decode: Callable[[bytes], T]) -> T | None:
        """What it says; None where it is not there, or says nothing that can be used, which is logged."""
        try:
            return decode(read_file(self.path))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, PackdeskError) as error:
            _log.warning("%s cannot be read: %s", self.path, type(error).__name__)
            return None

    def write(self, data: bytes) -> None:
        """Replace it, or make it.

        Raises:
            OSError: the folder cannot be written.
        """
        write_atomically(self.path, data, private=True)

    def keep(self, data: bytes | None) -> None:
        """Replace it, or with None remove it; a folder that cannot be written is only logged."""
        try:
            if data is None:
                self.path.unlink(missing_ok=True)
            else:
                self.write(data)
        except OSError as error:
            _log.warning("%s cannot be written: %s", self.path, error)


def _within(data: Path, place: str) -> str:
    """A place in the data folder, as it is called there: the folder may be moved, or restored elsewhere."""
    path = Path(place)
    return path.relative_to(data).as_posix() if path.is_relative_to(data) else place


class KeptValue(Generic[T]):
    """A value kept in such a file, such as the words on the pack; reading and writing it block.

    Args:
        folder: as of `KeptFile`.
        place: likewise.
        kind: the type of the value.
    """

    def __init__(self, folder: Path, place: str, kind: type[T]) -> None:
        self._file = KeptFile(folder, place)
        self._kind = kind

    @cached_property
    def _adapter(self) -> TypeAdapter[T]:
        return TypeAdapter(self._kind)

    def read(self) -> T | None:
        """The value kept last; None when there is none, or it cannot be read."""
        return self._file.read(self._decoded)

    def _decoded(self, data: bytes) -> T:
        return self._adapter.validate_json(data)  # made only where there is a file

    def write(self, value: T | None) -> None:
        """Keep this one, None for none; a folder that cannot be written is only logged."""
        self._file.keep(None if value is None else self._adapter.dump_json(value))
