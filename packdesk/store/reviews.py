"""The reviews of designs, as files on this machine beside them; any number of processes may add to them.

A store may have another design tomorrow: a file is named by the place of the store and by when its design
began, which every copy of the document carries.
"""

from __future__ import annotations

import hashlib
import threading
import uuid
from typing import TYPE_CHECKING

from packdesk.domain.moments import moment
from packdesk.domain.remarks import Reviews
from packdesk.errors import OutputUnwritableError, PackdeskError
from packdesk.files import make_private, process_lock, read_file
from packdesk.sentence import Sentence
from packdesk.store.kept_file import KeptFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FOLDER = "reviews"
"""Of the data folder."""
_LOCK_S = 5.0
_SUFFIX, _ASIDE = ".json", ".damaged-"


class KeptReviews:
    """Reads and changes those of one store's designs; both block.

    Args:
        data: the data folder.
        place: of the store.
    """

    def __init__(self, data: Path, place: str) -> None:
        self._folder = data / FOLDER
        self._place = place
        self._changing = threading.Lock()

    def read(self, began: str | None) -> Reviews:
        """What is kept of the design that began then; nothing where nothing was, or it cannot be used."""
        return self._file(began).read(Reviews.model_validate_json) or Reviews()

    def stamp(self, began: str | None) -> tuple[int, int] | None:
        """When that was written, and how long it is; None where nothing is."""
        try:
            found = self._file(began).path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size

    def change(self, began: str | None, changed: Callable[[Reviews], Reviews]) -> Reviews:
        """Keep what a function makes of what is kept, if it is another; returns it.

        Raises:
            OutputUnwritableError: the folder cannot be written.
        """
        file = self._file(began)
        try:
            make_private(self._folder)
            with self._changing, process_lock(file.path.with_suffix(".lock")).acquire(timeout=_LOCK_S):
                kept = _read_whole(file)
                after = changed(kept)
                if after != kept:
                    file.write(after.model_dump_json().encode("utf-8", "surrogatepass"))
                return after
        except OSError as error:  # a lock that is not given in time is one, too
            raise OutputUnwritableError(
                Sentence("The remarks cannot be kept in {folder}.", folder=self._folder),
                "Check the folder and its free space.",
            ) from error

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
        return aside + [path for path in kept if not _is_sound(path)]

    def _file(self, began: str | None) -> KeptFile:
        when = moment(began)
        text = when.isoformat() if when else began or ""
        digest = hashlib.sha256(text.encode()).hexdigest()[:8]
        return KeptFile(self._folder, self._place, f"-{digest}{_SUFFIX}")


def _read_whole(file: KeptFile) -> Reviews:
    """What is kept; a file that cannot be used makes room, and stays under another name."""
    found = file.read(Reviews.model_validate_json)
    if found is None and file.path.exists():
        file.path.replace(file.path.with_suffix(f"{_ASIDE}{uuid.uuid4().hex[:8]}"))
    return found or Reviews()


def _is_sound(path: Path) -> bool:
    try:
        Reviews.model_validate_json(read_file(path))
    except (OSError, ValueError, PackdeskError):
        return False
    return True
