"""Reads the ZIP of a bundle without trusting it.

The end of the file is checked before `zipfile` reads it, because that builds the whole directory first. A
truncated file has no directory: its intact entries are then found from the start.
Formats: PKWARE APPNOTE 6.3, sections 4.3.7 (local file header) and 4.3.16 (end of central directory).
"""

from __future__ import annotations

import contextlib
import re
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Protocol

from packdesk.errors import BundleError
from packdesk.sentence import Sentence
from packdesk.textures.incoming import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORMAT, VERSION = "packdesk", 1
SUFFIX = ".packdesk"
VERSION_NAME, STATE_NAME, PREVIEW_NAME = "version.json", "state.json", "preview.png"
PICTURE_NAME = re.compile(r"textures/([0-9a-f]{64})\.png")

MAX_ENTRIES = 96
"""Version, state, preview and a picture for each of at most six panels, the artwork below their objects, and
the pictures among these. Version 0.2 opened bundles of up to 16."""

MAX_ARCHIVE_BYTES = 512 * 2**20
"""Six pictures as large as any that is taken, and what is around them. Also what all may have unpacked."""

MAX_DIRECTORY_BYTES = 16 * 2**10
"""The list of contents of a ZIP: `MAX_ENTRIES` of ours have less than 13 KB."""

MAX_RATIO = 100
"""Our entries are stored as they are. Programs that pack a bundle anew shrink a PNG by little and a state to
a tenth; a hundredth is a bomb."""

MAX_ENTRY_BYTES = {VERSION_NAME: 8 * 2**20, STATE_NAME: 4 * 2**20, PREVIEW_NAME: 8 * 2**20}
"""Remarks stand in the first, of which version 0.2 took 64 KB. A state has no pictures in it: some kilobytes,
and what other programs keep there."""

MAX_PICTURE_BYTES = MAX_BYTES


def allowed_bytes(name: str) -> int:
    """How large the entry of that name may be; 0 for a name no bundle has."""
    return MAX_PICTURE_BYTES if PICTURE_NAME.fullmatch(name) else MAX_ENTRY_BYTES.get(name, 0)


def picture_name(sha256: str) -> str:
    """The entry for a picture, which is also its `texture_url` inside the bundle."""
    return f"textures/{sha256}.png"


_END = struct.Struct("<4s4H2LH")
_LOCAL = struct.Struct("<4s5H3L2H")
_ORDINARY_FLAGS = 0x080E  # names in UTF-8, sizes told behind the data, how hard it was packed
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    RuntimeError,  # also encryption, and a version not known
    ValueError,  # also names that are no UTF-8
    ArithmeticError,
    EOFError,
    OSError,
)
"""What `zipfile` raises for a file it cannot read."""


class Archive(Protocol):
    """The entries of a bundle.

    Attributes:
        whole: whether the file was read to its end.
    """

    whole: bool

    def __contains__(self, name: str) -> bool:
        """Whether there is an entry of that name, sound or not."""
        ...

    def read(self, name: str) -> bytes | None:
        """The entry's bytes; None when it is missing or damaged."""
        ...


@contextlib.contextmanager
def opened_archive(file: Path) -> Iterator[Archive]:
    """The entries of a bundle file, all within the limits above.

    Raises:
        BundleError: the file cannot be read, is too large, or holds what no bundle holds.
    """
    try:
        if not file.is_file():  # a device or a pipe may never end
            raise BundleError(
                Sentence("{file} is not there, or is not a file.", file=file),
                "Name a file that ends in .packdesk.",
            )
        size = file.stat().st_size
        opened = file.open("rb")
    except (OSError, ValueError) as error:
        raise BundleError(
            Sentence("The bundle {file} cannot be read.", file=file), "Check its name and permissions."
        ) from error
    with opened:
        if size > MAX_ARCHIVE_BYTES:
            raise BundleError(
                Sentence(
                    "The file has {size:.0f} MB; a bundle has at most {most}.",
                    size=size / 2**20,
                    most=MAX_ARCHIVE_BYTES // 2**20,
                ),
                "Ask whoever made it for smaller pictures.",
            )
        with contextlib.ExitStack() as stack:
            yield _whole(opened, size, stack) or _Cut(opened)


def _whole(file: IO[bytes], size: int, stack: contextlib.ExitStack) -> Archive | None:
    """The archive if its list of contents can be read."""
    if not _has_end(file, size):
        return None
    try:
        archive = stack.enter_context(zipfile.ZipFile(file))
    except _BROKEN:
        return None
    return _Whole(archive)


def _has_end(file: IO[bytes], size: int) -> bool:
    """Whether a list of contents is where it belongs, with nothing behind it; one too long is refused."""
    if size < _END.size:
        return False
    file.seek(size - _END.size)
    mark, disk, first_disk, here, entries, length, start, comment = _END.unpack(file.read(_END.size))
    if mark != b"PK\5\6" or comment or disk or first_disk or here != entries:
        return False
    if entries > MAX_ENTRIES or length > MAX_DIRECTORY_BYTES:
        raise _strange(Sentence("more entries than a bundle has"))
    return bool(start + length == size - _END.size)


class _Whole:
    whole = True

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        infos = archive.infolist()
        if len(infos) > MAX_ENTRIES:  # the end of the file told otherwise
            raise _strange(Sentence("more entries than a bundle has"))
        for info in infos:
            _check(info)
        self._entries = {info.filename: info for info in infos}
        if len(self._entries) < len(infos):
            raise _strange(Sentence("an entry twice"))
        if sum(info.file_size for info in infos) > MAX_ARCHIVE_BYTES:
            raise _strange(Sentence("more than a bundle can hold"))

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes | None:
        info = self._entries.get(name)
        if info is None:
            return None
        try:
            # Never more than the size that was checked, and the checksum has to fit.
            with self._archive.open(info) as entry:
                data = entry.read(info.file_size + 1)
        except _BROKEN:
            return None
        return data if len(data) == info.file_size else None


def _check(info: zipfile.ZipInfo) -> None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if info.orig_filename != info.filename or not allowed_bytes(info.filename):
        raise _strange(Sentence("an entry with another name than a bundle's"))
    if kind not in {0, stat.S_IFREG}:
        raise _strange(Sentence("a link or a device"))
    if info.flag_bits & ~_ORDINARY_FLAGS or info.compress_type not in {
        zipfile.ZIP_STORED,
        zipfile.ZIP_DEFLATED,
    }:
        raise _strange(Sentence("an entry that is encrypted or packed in an unusual way"))
    if info.file_size > allowed_bytes(info.filename):
        raise _strange(Sentence("an entry that is too large"))
    if info.file_size > MAX_RATIO * info.compress_size:
        raise _strange(Sentence("an entry that grows beyond measure when it is unpacked"))


@dataclass(frozen=True)
class _Place:
    offset: int
    size: int
    checksum: int


class _Cut:
    """The sound entries at the start of a file without a list of contents; only those stored as they are."""

    whole = False

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._entries = dict(_places(file))

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes | None:
        place = self._entries.get(name)
        if place is None:
            return None
        self._file.seek(place.offset)
        data = self._file.read(place.size)
        return data if len(data) == place.size and zlib.crc32(data) == place.checksum else None


def _places(file: IO[bytes]) -> Iterator[tuple[str, _Place]]:
    offset = 0
    for _ in range(MAX_ENTRIES):
        file.seek(offset)
        header = file.read(_LOCAL.size)
        if len(header) < _LOCAL.size:
            return
        mark, _, flags, packing, _, _, checksum, _, size, name_length, extra = _LOCAL.unpack(header)
        name = file.read(name_length).decode("ascii", "replace")
        if mark != b"PK\3\4" or flags or packing != zipfile.ZIP_STORED or size > allowed_bytes(name):
            return
        offset += _LOCAL.size + name_length + extra
        yield name, _Place(offset, size, checksum)
        offset += size


def _strange(what: str) -> BundleError:
    return BundleError(
        Sentence("The file was not opened: it contains {what}.", what=what),
        "Ask for it again, from somebody you trust.",
    )
