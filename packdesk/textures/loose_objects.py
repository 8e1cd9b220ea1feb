"""Files of objects that no note names any longer: of pictures forgotten long ago, or of refused writes.

Whoever keeps objects touches their file, or writes it, before a note names it. Who removes one renames it
first, and looks then whether it was touched or named: whichever of the two comes second sees the other.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
import uuid
from typing import TYPE_CHECKING

from packdesk.textures.inventory import Entry
from packdesk.textures.notes import OBJECTS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

    from packdesk.textures.notes import Origin

LEAST_AGE_S = 86_400.0
"""So old is a file at least that goes: the note that names a newer one may just be written."""
_NAME = re.compile(rf"([0-9a-f]{{64}})\.{OBJECTS}")
_ASIDE = re.compile(r"\.loose-([0-9a-f]{64})-[0-9a-f]{32}")


def loose_objects(folder: Path, notes: Iterable[Origin]) -> list[Entry]:
    """Files of objects that none of these notes names, and that are old enough to go.

    Raises:
        OSError: the folder cannot be read.
    """
    named, before = _named(notes), time.time() - LEAST_AGE_S
    return [one for one in _files(folder) if one.sha256 not in named and one.used_at < before]


def remove_loose(folder: Path, loose: Iterable[Entry], notes: Callable[[], Iterable[Origin]]) -> list[Entry]:
    """Remove files of objects that still are loose; returns those that went.

    Args:
        folder: the library's own.
        loose: as `loose_objects` found them.
        notes: all notes there are then; asked when the files are out of the way.

    Raises:
        OSError: the folder cannot be read; everything is put back.
    """
    mark = uuid.uuid4().hex
    moved = {one: folder / f".loose-{one.sha256}-{mark}" for one in loose}
    moved = {one: aside for one, aside in moved.items() if _rename(_file(folder, one.sha256), aside)}
    try:
        named = _named(notes()) if moved else frozenset()
    except BaseException:
        _put_back(folder, moved.values())
        raise
    before, gone = time.time() - LEAST_AGE_S, []
    for one, aside in moved.items():
        with contextlib.suppress(OSError):  # put back by somebody who thought us dead
            if one.sha256 in named or aside.stat().st_mtime >= before:
                _put_back(folder, [aside])
            else:
                aside.unlink()
                gone.append(one)
    return gone


def put_back_loose(folder: Path) -> None:
    """Put back what a program renamed that was killed before it was through."""
    _put_back(folder, folder.glob(".loose-*"))


def _put_back(folder: Path, asides: Iterable[Path]) -> None:
    for aside in asides:
        if found := _ASIDE.fullmatch(aside.name):
            _rename(aside, _file(folder, found[1]))


def _named(notes: Iterable[Origin]) -> Collection[str]:
    return frozenset(note.objects.recipe for note in notes if note.objects is not None)


def _files(folder: Path) -> Iterator[Entry]:
    with contextlib.suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            name = _NAME.fullmatch(entry.name)
            if name is not None and entry.is_file(follow_symlinks=False):
                with contextlib.suppress(FileNotFoundError):  # gone meanwhile
                    status = entry.stat(follow_symlinks=False)
                    yield Entry(name[1], status.st_size, status.st_mtime)


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.{OBJECTS}"


def _rename(path: Path, to: Path) -> bool:
    try:
        path.replace(to)
    except OSError:  # gone already, or not ours to touch: it stays
        return False
    return True
