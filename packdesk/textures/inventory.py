"""What lies in a library: pictures that are kept for good, and cuts that can be made again."""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from packdesk.textures.origins import read_origin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packdesk.textures.library import TextureLibrary
    from packdesk.textures.origins import Origin

_NAME = re.compile(r"([0-9a-f]{64})\.(png|json)")


@dataclass(frozen=True)
class Entry:
    """A picture file.

    Attributes:
        sha256: its name.
        size: in bytes.
        used_at: when it was written or read last, in seconds since 1970.
    """

    sha256: str
    size: int
    used_at: float


@dataclass(frozen=True)
class Inventory:
    """The pictures of a library's own folder.

    Attributes:
        kept: answers, imports, and whatever else cannot be made again.
        cuts: what can, by the note beside it.
        notes: all notes, by the hash of what they describe.
        forgotten: notes of cuts that are gone, with the time they were written.
    """

    kept: list[Entry]
    cuts: list[Entry]
    notes: dict[str, Origin]
    forgotten: dict[str, float]

    def named_by(self, used: Iterable[str]) -> set[str]:
        """These pictures, and those that stand in for them since they were cut anew."""
        names = set(used)
        return names | {note.now for name in names if (note := self.notes.get(name)) and note.now}


@dataclass
class Stocktaker:
    """Takes stock of a folder; a note is read once.

    Attributes:
        library: whose folder it is.
        shared: whether other machines keep pictures there: then only our own cuts are counted as such.
    """

    library: TextureLibrary
    shared: bool = False
    _known: dict[str, tuple[int, Origin | None]] = field(default_factory=dict)

    def take_stock(self) -> Inventory:
        """Look at every file's name and age, and at the notes that are new.

        Raises:
            OSError: the folder cannot be read.
        """
        pictures, notes, dated = self._listed()
        known_here = pictures.keys()
        sources = {note.source for note in notes.values()}
        cuts = [
            entry
            for sha256, entry in pictures.items()
            if sha256 not in sources and self._can_be_made(notes.get(sha256), known_here)
        ]
        gone = {entry.sha256 for entry in cuts}
        kept = [entry for entry in pictures.values() if entry.sha256 not in gone]
        forgotten = {sha256: when for sha256, when in dated.items() if sha256 not in pictures}
        return Inventory(kept, cuts, notes, forgotten)

    def _can_be_made(self, note: Origin | None, here: Iterable[str]) -> bool:
        if note is None or note.kept or note.panel is None or note.wanted_dpi is None:
            return False
        if self.shared and note.maker != self.library.maker:
            return False
        return note.source in here

    def _listed(self) -> tuple[dict[str, Entry], dict[str, Origin], dict[str, float]]:
        pictures: dict[str, Entry] = {}
        seen: dict[str, tuple[int, Origin | None]] = {}
        with contextlib.suppress(FileNotFoundError), os.scandir(self.library.folder) as entries:
            for entry in entries:
                found = _NAME.fullmatch(entry.name)
                if found is None or not entry.is_file(follow_symlinks=False):
                    continue
                with contextlib.suppress(FileNotFoundError):  # gone meanwhile
                    status = entry.stat(follow_symlinks=False)
                    if found[2] == "png":
                        pictures[found[1]] = Entry(found[1], status.st_size, status.st_mtime)
                    else:
                        seen[found[1]] = self._note(found[1], status.st_mtime_ns)
        self._known = seen
        notes = {sha256: note for sha256, (_, note) in seen.items() if note is not None}
        return pictures, notes, {sha256: seen[sha256][0] / 1e9 for sha256 in notes}

    def _note(self, sha256: str, written_ns: int) -> tuple[int, Origin | None]:
        known = self._known.get(sha256)
        if known is not None and known[0] == written_ns:
            return known
        return written_ns, read_origin(self.library.folder / f"{sha256}.json")
