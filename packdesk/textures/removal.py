"""Removing cuts while other programs use the library, without a lock that anybody would have to wait for.

Who needs a picture says so first and looks afterwards whether it is there (`Hold.take`, then `add`). Who
removes one does it the other way round: the file is renamed first, and goes only if nobody needs it when
asked once more. So whichever of the two comes second sees the other: either the file is missing and is
written again, or the need is seen and the file is put back. Should both fail, reading makes the cut again.
"""

from __future__ import annotations

import contextlib
import logging
import re
from typing import TYPE_CHECKING

from packdesk.textures.library import intact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from packdesk.textures.inventory import Entry, Inventory
    from packdesk.textures.library import TextureLibrary

_GOING = re.compile(r"\.going-([0-9a-f]{64})")
_log = logging.getLogger(__name__)


def remove_cuts(
    library: TextureLibrary, stock: Inventory, cuts: Iterable[Entry], needed: Callable[[], set[str]]
) -> list[Entry]:
    """Remove cuts that nobody needs; returns those that went.

    A cut whose source is damaged stays.

    Args:
        library: whose folder they lie in.
        stock: has their notes.
        cuts: what should go.
        needed: says what is needed at that moment, in words of the same hashes; asked once everything is
            renamed. If it fails, everything is put back.
    """
    folder, sound = library.folder, _Sources(library)
    going = [entry for entry in cuts if sound.has(stock.notes[entry.sha256].source)]
    moved = [
        entry for entry in going if _rename(_picture(folder, entry.sha256), _aside(folder, entry.sha256))
    ]
    try:
        names = stock.named_by(needed())
    except BaseException:
        _put_back(folder, moved)
        raise
    _put_back(folder, [entry for entry in moved if entry.sha256 in names])
    gone = [entry for entry in moved if entry.sha256 not in names]
    for entry in gone:
        with contextlib.suppress(OSError):
            _aside(folder, entry.sha256).unlink()
    return gone


def put_back_interrupted(library: TextureLibrary) -> None:
    """Put back what a program renamed that was killed before it was through."""
    for path in library.folder.glob(".going-*"):
        if found := _GOING.fullmatch(path.name):
            _rename(path, _picture(library.folder, found[1]))


def forget(library: TextureLibrary, sha256s: Iterable[str]) -> None:
    """Remove the notes of cuts that are gone: they cannot be made again from then on."""
    for sha256 in sha256s:
        with contextlib.suppress(OSError):
            (library.folder / f"{sha256}.json").unlink()


class _Sources:
    """Which sources are there and sound; each is looked at once."""

    def __init__(self, library: TextureLibrary) -> None:
        self._folder = library.folder
        self._known: dict[str, bool] = {}

    def has(self, sha256: str) -> bool:
        if sha256 not in self._known:
            self._known[sha256] = intact(_picture(self._folder, sha256))
            if not self._known[sha256]:
                _log.warning("The kept picture %s is damaged; what was cut from it stays.", sha256)
        return self._known[sha256]


def _put_back(folder: Path, entries: Sequence[Entry]) -> None:
    for entry in entries:
        _rename(_aside(folder, entry.sha256), _picture(folder, entry.sha256))


def _rename(path: Path, to: Path) -> bool:
    try:
        path.replace(to)
    except OSError:  # gone already, open in a program of Windows, or not ours to touch: it stays
        return False
    return True


def _picture(folder: Path, sha256: str) -> Path:
    return folder / f"{sha256}.png"


def _aside(folder: Path, sha256: str) -> Path:
    return folder / f".going-{sha256}"
