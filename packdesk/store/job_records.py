"""Records of generations on this machine's disk, so that a crash loses no finished picture.

One JSON file a job in a folder, and a lock the running process holds: a file without a lock is a
job that was interrupted or cancelled.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from packdesk.domain.dimensions import PackageType
from packdesk.domain.pack_words import PackWords
from packdesk.domain.state import PanelTexture
from packdesk.errors import InvalidInputError, NotPossibleError
from packdesk.files import make_private, process_lock, read_file, write_atomically
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from pathlib import Path

    from filelock import FileLock

_log = logging.getLogger(__name__)


class JobRecord(BaseModel):
    """One generation: what was asked, and what is done.

    Attributes:
        id: its name.
        place: the store it belongs to.
        prompt: what was asked for.
        package_type: the package it is for.
        panel_ids: the panels that were asked for.
        textures: what is finished, ready to be put on the panels.
        started_at: UTC.
        reference: library URL of the user's own reference picture, or empty.
        words: what stands on the pack; None in records of older versions.
        seed: the variation; None in records of older versions.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    place: str
    prompt: str
    package_type: PackageType
    panel_ids: tuple[str, ...]
    textures: dict[str, PanelTexture] = {}
    started_at: str
    reference: str = ""
    words: PackWords | None = None
    seed: int | None = None

    def missing(self) -> tuple[str, ...]:
        """The panels that are not done."""
        return tuple(panel_id for panel_id in self.panel_ids if panel_id not in self.textures)


class RunningJob:
    """The record of a job this process is running; holds its lock from `JobFolder.begin` on."""

    def __init__(self, folder: Path, record: JobRecord, lock: FileLock) -> None:
        self.record = record
        self._path = folder / f"{record.id}.json"
        self._lock = lock
        self._writing = threading.Lock()

    def note(self, texture: PanelTexture) -> None:
        """Write down a finished picture.

        Raises:
            OSError: the folder cannot be written.
        """
        with self._writing:  # panels finish side by side
            textures = {**self.record.textures, texture.panel_id: texture}
            self.record = self.record.model_copy(update={"textures": textures})
            write_atomically(self._path, self.record.model_dump_json(indent=1).encode(), private=True)

    def end(self, *, keep: bool) -> None:
        """Release the lock; the record stays, to be offered again, when `keep` and it has pictures."""
        if not (keep and self.record.textures):
            with contextlib.suppress(OSError):
                self._path.unlink()
        self._lock.release()
        if not self._path.exists():
            with contextlib.suppress(OSError):
                self._path.with_suffix(".lock").unlink()


class JobFolder:
    """The job records of this machine for one store."""

    def __init__(self, folder: Path, place: str) -> None:
        self._folder = folder
        self.place = place

    def begin(self, record: JobRecord) -> RunningJob:
        """Start a record, or take up an interrupted one under its name.

        Raises:
            NotPossibleError: another process is running that very job.
            OSError: the folder cannot be written.
        """
        make_private(self._folder)
        lock = process_lock(self._folder / f"{record.id}.lock")
        try:
            lock.acquire(timeout=0)
        except TimeoutError:
            raise NotPossibleError("Another packdesk is finishing these pictures.", "Wait for it.") from None
        return RunningJob(self._folder, record, lock)

    def interrupted(self) -> list[JobRecord]:
        """Jobs with finished pictures whose process has ended, oldest first."""
        found = []
        for path in sorted(self._folder.glob("*.json")):
            record = _read(path)
            if record and record.place == self.place and record.textures and not _is_locked(path):
                found.append(record)
        return sorted(found, key=lambda record: record.started_at)

    def find(self, job_id: str) -> JobRecord:
        """The interrupted job of that name, or whose name begins so.

        Raises:
            InvalidInputError: there is none, or it is not the only one.
        """
        matches = [record for record in self.interrupted() if record.id.startswith(job_id)]
        if len(matches) != 1:
            raise InvalidInputError(
                Sentence("No single unfinished job matches “{text}”.", text=job_id[:40]),
                "Choose another.",
                terminal="“packdesk jobs” lists them.",
            )
        return matches[0]

    def discard(self, job_id: str) -> None:
        """Forget an interrupted job; its pictures stay in the texture library."""
        self.begin(self.find(job_id)).end(keep=False)


def _read(path: Path) -> JobRecord | None:
    try:
        return JobRecord.model_validate_json(read_file(path))
    except (OSError, ValidationError) as error:
        _log.warning("The job record %s cannot be read: %s", path.name, type(error).__name__)
        return None


def _is_locked(path: Path) -> bool:
    lock = process_lock(path.with_suffix(".lock"))
    try:
        lock.acquire(timeout=0)
    except TimeoutError:
        return True
    lock.release()
    return False
