"""Removing pictures while other programs use the library, without a lock that anybody would have to wait for.

Who needs a picture says so first and looks afterwards whether it is there (`Hold.take`, then `add`). Who
removes one does it the other way round: the file is renamed first, and goes only if nobody needs it when
asked once more. So whichever of the two comes second sees the other: either the file is missing and is
written again, or the need is seen and the file is put back. Should both fail, reading makes the cut again.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import logging
import re
import uuid
from functools import cache
from typing import TYPE_CHECKING

from packdesk.textures.library import intact
from packdesk.textures.notes import DRAWING, NOTE, SIGNATURE, STAR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from packdesk.textures.inventory import Entry, Inventory
    from packdesk.textures.library import TextureLibrary

_GOING = re.compile(r"\.going-([0-9a-f]{64})-[0-9a-f]{32}")
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
        needed: says what is needed at that moment; asked before and after everything is renamed. If it
            fails, everything is put back.
    """

    @cache  # each is looked at once
    def is_sound(source: str) -> bool:
        sound = intact(_picture(library.folder, source))
        if not sound:
            _log.warning("The kept picture %s is damaged; what was cut from it stays.", source)
        return sound

    aside = _Aside(library.folder)
    going = [entry for entry in cuts if is_sound(stock.notes[entry.sha256].source)]
    names = stock.named_by(needed())  # as late as can be: few have to be put back
    going = [entry for entry in going if entry.sha256 not in names]
    moved = [entry for entry in going if aside.move(entry.sha256)]
    try:
        names = stock.named_by(needed())
    except BaseException:
        aside.put_back(entry.sha256 for entry in moved)
        raise
    aside.put_back(entry.sha256 for entry in moved if entry.sha256 in names)
    gone = [entry for entry in moved if entry.sha256 not in names]
    aside.remove(entry.sha256 for entry in gone)
    return gone


def remove_kept(
    library: TextureLibrary, sha256: str, cuts: Iterable[str], needed: Callable[[], set[str]]
) -> bool:
    """Remove a kept picture for good, what was cut from it, and all that is noted of them.

    Returns:
        Whether it went: if one of them is needed, all stay.

    Args:
        library: whose folder they lie in.
        sha256: the picture.
        cuts: what was cut from it.
        needed: as in `remove_cuts`, but all that needed pictures were cut from, too.

    Raises:
        OSError: the picture cannot be removed.
    """
    aside, going = _Aside(library.folder), [sha256, *cuts]
    moved = [name for name in going if aside.move(name)]
    try:
        stays = sha256 not in moved or not needed().isdisjoint(going)
    except BaseException:
        aside.put_back(moved)
        raise
    if stays:
        aside.put_back(moved)
        if sha256 not in moved and _picture(library.folder, sha256).exists():
            raise PermissionError(errno.EACCES, "cannot be renamed", str(_picture(library.folder, sha256)))
        return sha256 not in moved
    aside.remove(moved)
    for name, ending in itertools.product(going, ("json", NOTE, STAR, SIGNATURE, DRAWING)):
        with contextlib.suppress(OSError):  # there was none; or it is one of a picture nobody has
            (library.folder / f"{name}.{ending}").unlink()
    return True


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


class _Aside:
    """Where one removal puts files first; another one at the same time has places of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._name = uuid.uuid4().hex

    def move(self, sha256: str) -> bool:
        return _rename(_picture(self._folder, sha256), self._place(sha256))

    def put_back(self, sha256s: Iterable[str]) -> None:
        for sha256 in sha256s:
            _rename(self._place(sha256), _picture(self._folder, sha256))

    def remove(self, sha256s: Iterable[str]) -> None:
        for sha256 in sha256s:
            with contextlib.suppress(OSError):  # put back by somebody who thought us dead
                self._place(sha256).unlink()

    def _place(self, sha256: str) -> Path:
        return self._folder / f".going-{sha256}-{self._name}"


def _rename(path: Path, to: Path) -> bool:
    try:
        path.replace(to)
    except OSError:  # gone already, open in a program of Windows, or not ours to touch: it stays
        return False
    return True


def _picture(folder: Path, sha256: str) -> Path:
    return folder / f"{sha256}.png"
