"""The reviews of a design, as a file on this machine beside it; any number of processes may add to it."""

from __future__ import annotations

import threading
import uuid
from typing import TYPE_CHECKING

from packdesk.domain.remarks import Reviews
from packdesk.errors import OutputUnwritableError
from packdesk.files import make_private, process_lock
from packdesk.sentence import Sentence
from packdesk.store.kept_file import KeptFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_LOCK_S = 5.0


class KeptReviews:
    """Reads and changes them; both block. See `KeptFile` for the arguments."""

    def __init__(self, folder: Path, place: str) -> None:
        self._file = KeptFile(folder, place)
        self._changing = threading.Lock()

    def read(self) -> Reviews:
        """What is kept; nothing where nothing was, or the file cannot be used."""
        return self._file.read(Reviews.model_validate_json) or Reviews()

    def change(self, changed: Callable[[Reviews], Reviews]) -> Reviews:
        """Keep what a function makes of what is kept, if it is another; returns it.

        Raises:
            OutputUnwritableError: the folder cannot be written.
        """
        path = self._file.path
        try:
            make_private(path.parent)
            with self._changing, process_lock(path.with_suffix(".lock")).acquire(timeout=_LOCK_S):
                kept = self._read_whole()
                after = changed(kept)
                if after != kept:
                    self._file.write(after.model_dump_json().encode("utf-8", "surrogatepass"))
                return after
        except OSError as error:  # a lock that is not given in time is one, too
            raise OutputUnwritableError(
                Sentence("The remarks cannot be kept in {folder}.", folder=path.parent),
                "Check the folder and its free space.",
            ) from error

    def _read_whole(self) -> Reviews:
        """As `read`; a file that cannot be used makes room, and stays under another name."""
        path = self._file.path
        found = self._file.read(Reviews.model_validate_json)
        if found is None and path.exists():
            path.replace(path.with_name(f"{path.stem}-damaged-{uuid.uuid4().hex[:8]}{path.suffix}"))
        return found or Reviews()
