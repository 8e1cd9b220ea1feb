"""What lies in a library: pictures that are kept for good, and cuts that can be made again."""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from packdesk.textures.notes import NOTE, STAR, read_origin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packdesk.textures.library import TextureLibrary
    from packdesk.textures.notes import Origin

_NAME = re.compile(rf"([0-9a-f]{{64}})\.(png|json|{NOTE}|{STAR})")


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
        made: when the note of how a picture came to be was written, in nanoseconds since 1970, by its hash.
        stars: the favourites.
        cut_at: when the notes were written, in seconds since 1970.
    """

    kept: list[Entry]
    cuts: list[Entry]
    notes: dict[str, Origin]
    forgotten: dict[str, float]
    made: dict[str, int] = field(default_factory=dict)
    stars: set[str] = field(default_factory=set)
    cut_at: dict[str, float] = field(default_factory=dict)

    def named_by(self, used: Iterable[str]) -> set[str]:
        """These pictures, and those that stand in for them since they were cut anew."""
        names = set(used)
        return names | {note.now for name in names if (note := self.notes.get(name)) and note.now}

    def needed_by(self, used: Iterable[str]) -> set[str]:
        """As `named_by`, and what those were cut from."""
        needed: set[str] = set()
        waiting = self.named_by(used)
        while waiting:
            needed |= waiting
            notes = [note for name in waiting if (note := self.notes.get(name)) is not None]
            waiting = self.named_by(name for note in notes for name in note.needs) - needed
        return needed


@dataclass
class _Listed:
    """What a folder holds, file by file; fields as those of `Inventory`."""

    pictures: dict[str, Entry] = field(default_factory=dict)
    notes: dict[str, Origin] = field(default_factory=dict)
    made: dict[str, int] = field(default_factory=dict)
    stars: set[str] = field(default_factory=set)
    cut_at: dict[str, float] = field(default_factory=dict)

    def add(self, sha256: str, ending: str, status: os.stat_result) -> None:
        """Note a file that is no note of a cut."""
        if ending == "png":
            self.pictures[sha256] = Entry(sha256, status.st_size, status.st_mtime)
        elif ending == NOTE:
            self.made[sha256] = status.st_mtime_ns
        else:
            self.stars.add(sha256)


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
        found = self._listed()
        pictures, notes = found.pictures, found.notes
        known_here = pictures.keys()
        sources = {note.source for note in notes.values()}
        cuts = [
            entry
            for sha256, entry in pictures.items()
            if sha256 not in sources and self._can_be_made(notes.get(sha256), known_here)
        ]
        gone = {entry.sha256 for entry in cuts}
        kept = [entry for entry in pictures.values() if entry.sha256 not in gone]
        forgotten = {sha256: when for sha256, when in found.cut_at.items() if sha256 not in pictures}
        return Inventory(kept, cuts, notes, forgotten, found.made, found.stars, found.cut_at)

    def _can_be_made(self, note: Origin | None, here: Iterable[str]) -> bool:
        if note is None or note.kept or note.panel is None or note.wanted_dpi is None:
            return False
        if self.shared and note.maker != self.library.maker:
            return False
        if note.objects is not None and not self.library.objects(note.objects.recipe):
            return False
        return note.source in here

    def _listed(self) -> _Listed:
        found = _Listed()
        seen: dict[str, tuple[int, Origin | None]] = {}
        with contextlib.suppress(FileNotFoundError), os.scandir(self.library.folder) as entries:
            for entry in entries:
                name = _NAME.fullmatch(entry.name)
                if name is None or not entry.is_file(follow_symlinks=False):
                    continue
                with contextlib.suppress(FileNotFoundError):  # gone meanwhile
                    status = entry.stat(follow_symlinks=False)
                    if name[2] == "json":
                        seen[name[1]] = self._note(name[1], status.st_mtime_ns)
                    else:
                        found.add(name[1], name[2], status)
        self._known = seen
        found.notes = {sha256: note for sha256, (_, note) in seen.items() if note is not None}
        found.cut_at = {sha256: seen[sha256][0] / 1e9 for sha256 in found.notes}
        return found

    def _note(self, sha256: str, written_ns: int) -> tuple[int, Origin | None]:
        known = self._known.get(sha256)
        if known is not None and known[0] == written_ns:
            return known
        return written_ns, read_origin(self.library.folder / f"{sha256}.json")
