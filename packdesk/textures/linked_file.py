"""A file that other programs save again and again: is it another one now, and is it whole?

Programs save over the old bytes, or beside them and rename, or delete the file and write it anew. Between two
looks only what the file system says of it tells (`look`); what was read is judged by its own end, as half of
some kinds can be decoded (`seems_whole`). Everything blocks; on a drive that does not answer, for long.
"""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packdesk.errors import BadPictureError
from packdesk.sentence import Sentence
from packdesk.textures.incoming import MAX_BYTES, MAX_SHEET_BYTES, Part
from packdesk.textures.kinds import APART, JPEG, PDF, PNG, WEBP, kind_of

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.domain.links import Link, Stamp

_WINDOWS = os.name == "nt"
_READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_PNG_END, _JPEG_END, _PDF_END = b"IEND\xaeB`\x82", b"\xff\xd9", b"%%EOF"
_TAIL = 4096


@dataclass(frozen=True)
class ReadFile:
    """What stood in a file.

    Attributes:
        data: its bytes.
        stamp: before and after they were read.
    """

    data: bytes
    stamp: Stamp

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes."""
        return hashlib.sha256(self.data).hexdigest()


def most_bytes(link: Link) -> int:
    """What of a link's file may be used."""
    return MAX_BYTES if link.sheet is None else MAX_SHEET_BYTES


def part_of(link: Link) -> Part:
    """What of its file a link shows."""
    return Part(link.page, None if link.layers is None else frozenset(link.layers))


def look(file: Path) -> Stamp | None:
    """What tells the file from its former self; None where there is no such file, or something else.

    It is opened, not only asked for: a network file system may answer from what it knew seconds ago, but asks
    its server when a file is opened (RFC 1813, 4.11). Not on Windows, where it would hinder who saves.
    """
    try:
        found = file.stat()  # first: to open a pipe or a device does something to it
        if not stat.S_ISREG(found.st_mode):
            return None
        return _stamp_of(found if _WINDOWS else _asked_anew(file, found))
    except (OSError, ValueError):
        return None


def _asked_anew(file: Path, known: os.stat_result) -> os.stat_result:
    try:
        opened = os.open(file, _READING)
    except PermissionError:  # it is there; that it cannot be read is said when it is
        return known
    try:
        return os.fstat(opened)
    finally:
        os.close(opened)


def read_linked(file: Path, most_bytes: int = MAX_BYTES) -> ReadFile | None:
    """What stands in the file; None where it was changed, or replaced, while it was read.

    Args:
        file: the file.
        most_bytes: what may be used; one more is read, so that too much is seen.

    Raises:
        BadPictureError: there is no such file, it is something else, or cannot be read.
    """
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise BadPictureError(Sentence("{file} is not a file.", file=file), "Name the file of a picture.")
        with os.fdopen(os.open(file, _READING), "rb") as opened:
            before = _stamp_of(os.fstat(opened.fileno()))
            data = opened.read(most_bytes + 1)
            after = _stamp_of(os.fstat(opened.fileno()))
    except (OSError, ValueError) as error:
        raise BadPictureError(
            Sentence("The file {file} cannot be read.", file=file), "Check its name and permissions."
        ) from error
    return ReadFile(data, before) if before == after == look(file) else None


def expect_another(data: bytes) -> None:
    """What a file holds was shown, and it will be saved again: the next version is to be decoded at once."""
    kind = kind_of(data)
    if kind in APART:
        from packdesk.textures.foreign.decoding import prepare_for  # noqa: PLC0415  (it was used just now)

        prepare_for(kind)


def has_end(data: bytes) -> bool:
    """Whether a file is of a kind of which `seems_whole` says for certain whether its end is there."""
    return kind_of(data) in {PNG, JPEG, PDF, WEBP}


def seems_whole(data: bytes) -> bool:
    """Whether the end of a file is there, for the kinds of which a part is decoded, too; else True."""
    kind = kind_of(data)
    if kind == PNG:
        return _PNG_END in data
    if kind == JPEG:
        return _JPEG_END in data[-_TAIL:]
    if kind == PDF:
        return _PDF_END in data[-_TAIL:]
    if kind == WEBP:
        return len(data) >= 8 + int.from_bytes(data[4:8], "little")
    return bool(data)


def _stamp_of(found: os.stat_result) -> Stamp:
    # The second number is when it was saved: see `Link.stamp`.
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev)
