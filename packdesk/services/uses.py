"""Which pictures of the library are in use, and by what. All of it blocks."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from packdesk.errors import DesignGoneError
from packdesk.textures.library import hashes_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from packdesk.store.base import StateStore
    from packdesk.textures.library import TextureLibrary

DEPTH = 3
"""The data folder may be one where somebody keeps other things, too."""


def documents_in(folder: Path, but: Path) -> Iterator[tuple[Path, bytes]]:
    """Every JSON file in a folder and `DEPTH` levels below, with its content; none of the folder `but`.

    Raises:
        OSError: one of them cannot be read.
    """
    for root, folders, names in os.walk(folder, onerror=_raise):
        deep = len(Path(root).relative_to(folder).parts) >= DEPTH
        folders[:] = [] if deep else [name for name in folders if Path(root, name) != but]
        for path in (Path(root, name) for name in names if name.endswith(".json")):
            # What went meanwhile stands in the design by now, or nowhere.
            with contextlib.suppress(FileNotFoundError):
                if path.is_file():
                    yield path, path.read_bytes()


def _raise(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error


@dataclass
class Uses:
    """Picture hashes by who uses them.

    Attributes:
        windows: undo, and what running programs are just making.
        jobs: generations that run or were interrupted.
        kept: designs kept: the copy of what was seen last, those set aside, those of another store.
        current: the current design.
    """

    windows: set[str] = field(default_factory=set)
    jobs: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)
    current: set[str] = field(default_factory=set)

    def all(self) -> set[str]:
        """Everything that is in use."""
        return self.windows | self.jobs | self.kept | self.current


class UseFinder:
    """Looks everywhere a picture may be named.

    Args:
        store: has the current design.
        library: whose pictures they are.
        data: the data folder: jobs, copies, designs.
        others: the other stores of this machine now, not yet opened; each one's design is one that is kept.
    """

    def __init__(
        self,
        store: StateStore,
        library: TextureLibrary,
        data: Path,
        others: Callable[[], Sequence[StateStore]] = tuple,
    ) -> None:
        self._store = store
        self._library = library
        self._data = data
        self._others = others

    def find(self) -> Uses:
        """Everything that is in use now.

        A picture passes from what is made (marked, or in a job's record) into the design, and from there to
        those set aside. It is looked in that order, so that none slips by from a place not seen yet to one
        seen before.

        Raises:
            PackdeskError: the store does not answer, so that it is not known.
            OSError: likewise for a file of this machine.
        """
        uses = Uses(windows=self._library.holds.held())
        for path, document in documents_in(self._data, but=self._library.folder):
            (uses.jobs if path.parent == self._data / "jobs" else uses.kept).update(hashes_in(document))
        uses.current = hashes_in(self._store.load() or b"")
        for document in self._store.backups():
            uses.kept |= hashes_in(document)
        for store in self._others():
            with contextlib.closing(store), contextlib.suppress(DesignGoneError):
                for document in (store.load() or b"", *store.backups()):
                    uses.kept |= hashes_in(document)
        return uses
