"""A value beside a design, as a file on this machine; any number of processes may change it.

A store may have another design tomorrow: a file is named by the place of the store and by when its design
began, which every copy of the document carries.
"""

from __future__ import annotations

import hashlib
import threading
import uuid
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel

from packdesk.domain.moments import moment
from packdesk.errors import PackdeskError
from packdesk.files import make_private, process_lock, read_file
from packdesk.store.kept_file import KeptFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from packdesk.errors import OutputUnwritableError

T = TypeVar("T", bound=BaseModel)
_LOCK_S = 5.0
_SUFFIX, _ASIDE = ".json", ".damaged-"


class KeptByDesign(Generic[T]):
    """Reads and changes the values of one store's designs; both block.

    Args:
        folder: where the files are, in the data folder.
        place: of the store.
        kind: what they hold; without arguments it is what a design has for which nothing is kept.
    """

    def __init__(self, folder: Path, place: str, kind: type[T]) -> None:
        self._folder = folder
        self._place = place
        self._kind = kind
        self._changing = threading.Lock()

    def refusal(self, folder: Path) -> OutputUnwritableError:
        """What is said where the folder cannot be written."""
        raise NotImplementedError

    def read(self, began: str | None) -> T:
        """What is kept of the design that began then; nothing where nothing was, or it cannot be used."""
        return self._file(began).read(self._kind.model_validate_json) or self._kind()

    def stamp(self, began: str | None) -> tuple[int, int] | None:
        """When that was written, and how long it is; None where nothing is."""
        try:
            found = self._file(began).path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size

    def change(self, began: str | None, changed: Callable[[T], T]) -> T:
        """Keep what a function makes of what is kept, if it is another; returns it.

        Raises:
            OutputUnwritableError: the folder cannot be written.
        """
        file = self._file(began)
        try:
            make_private(self._folder)
            with self._changing, process_lock(file.path.with_suffix(".lock")).acquire(timeout=_LOCK_S):
                kept = self._read_whole(file)
                after = changed(kept)
                if after != kept:
                    file.write(after.model_dump_json().encode("utf-8", "surrogatepass"))
                return after
        except OSError as error:  # a lock that is not given in time is one, too
            raise self.refusal(self._folder) from error

    def remove(self) -> None:
        """Remove all that is kept beside that store, for good.

        Raises:
            OSError: it cannot be removed.
        """
        beginning = KeptFile(self._folder, self._place, "").path.name
        for path in self._folder.glob(f"{beginning}-*"):
            path.unlink(missing_ok=True)

    def damaged(self) -> list[Path]:
        """Files beside that store that cannot be read, and those that were put aside for it."""
        beginning = KeptFile(self._folder, self._place, "").path.name
        found = sorted(self._folder.glob(f"{beginning}-*"))
        aside = [path for path in found if path.suffix.startswith(_ASIDE)]
        kept = [path for path in found if path.suffix == _SUFFIX]
        return aside + [path for path in kept if not self._is_sound(path)]

    def _is_sound(self, path: Path) -> bool:
        try:
            self._kind.model_validate_json(read_file(path))
        except (OSError, ValueError, PackdeskError):
            return False
        return True

    def _read_whole(self, file: KeptFile) -> T:
        """What is kept; a file that cannot be used makes room, and stays under another name."""
        found = file.read(self._kind.model_validate_json)
        if found is None and file.path.exists():
            file.path.replace(file.path.with_suffix(f"{_ASIDE}{uuid.uuid4().hex[:8]}"))
        return found or self._kind()

    def _file(self, began: str | None) -> KeptFile:
        when = moment(began)
        text = when.isoformat() if when else began or ""
        digest = hashlib.sha256(text.encode()).hexdigest()[:8]
        return KeptFile(self._folder, self._place, f"-{digest}{_SUFFIX}")
