"""The durable home of every generated or imported picture, named by what it contains.

What panels show is cut from those. Cuts lie beside them, each with a note of its recipe, and may be removed
at any time (`removal`): whoever reads one that went gets it made again.
"""

from __future__ import annotations

import binascii
import contextlib
import hashlib
import logging
import os
import re
import threading
from typing import TYPE_CHECKING

from packdesk.domain.objects.kept import MOST_PACKED_BYTES
from packdesk.errors import LibraryUnwritableError, TextureUnavailableError
from packdesk.files import real_path, write_atomically
from packdesk.sentence import Sentence
from packdesk.textures.check import clean_picture
from packdesk.textures.holds import Holds
from packdesk.textures.incoming import MAX_SHEET_BYTES
from packdesk.textures.notes import (
    DRAWING,
    MAX_SIGNATURE_BYTES,
    NOTE,
    OBJECTS,
    SIGNATURE,
    STAR,
    read_making,
    read_origin,
)
from packdesk.textures.objects.overlaying import covered_again
from packdesk.textures.recipes import cut_again

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from packdesk.textures.check import CleanPicture
    from packdesk.textures.holds import Hold
    from packdesk.textures.notes import Making, Origin
    from packdesk.textures.recipes import Cut

_log = logging.getLogger(__name__)
_LONGEST_CHAIN = 4
"""Cuts of cuts: a panel's picture, saved and imported again. Notes of strangers may name each other."""

_IN_TEXT = re.compile(rb"([0-9a-f]{64})\.png")
_INLINE = re.compile(rb"data:image\\?/png;base64,([A-Za-z0-9+/=\\]+)")
_NAME = re.compile(r"(?:^|/)([0-9a-f]{64})\.png$")
PNG_DATA = "data:image/png;base64,"


def hash_in_url(url: str) -> str | None:
    """The hash of the library picture a URL may stand for, or None where it cannot stand for one.

    A `file:` URL of a library ends in it, one of `packdesk serve` likewise, and inside a `data:` URL is the
    picture itself. Only who finds it in a library knows that it is one. Blocks where a picture is inside.
    """
    if url.startswith(PNG_DATA):
        return _hash_of(url.encode("ascii", "replace")[len(PNG_DATA) :])
    if not url.startswith(("file:", "http:", "https:")):
        return None
    found = _NAME.search(url.partition("?")[0])
    return found.group(1) if found else None


def hashes_in(document: bytes) -> set[str]:
    """Every picture hash a document names or has the picture of, in any layout, also where it is damaged."""
    named = {found.decode() for found in _IN_TEXT.findall(document)}
    inside = (_hash_of(found.replace(b"\\/", b"/")) for found in _INLINE.findall(document))
    return named | {sha256 for sha256 in inside if sha256 is not None}


def _hash_of(base64_text: bytes) -> str | None:
    try:
        return hashlib.sha256(binascii.a2b_base64(base64_text, strict_mode=True)).hexdigest()
    except ValueError:
        return None


class TextureLibrary:
    """Folders of `<sha256>.png`; the first one is written, all are read.

    A shared folder may be mounted anywhere: readers look for the hash, not for the path in the URL.

    Args:
        folder: where pictures are kept.
        others: more folders to read.
        maker: the name cuts of this packdesk carry, so that in a shared folder each tidies its own.

    Attributes:
        holds: what running programs need.
        written: bytes of cuts written since the start.
    """

    def __init__(
        self, folder: Path, others: Sequence[Path] = (), maker: str = "", *, private: bool = False
    ) -> None:
        self.folder = folder
        self._private = private  # a folder for several people stays readable for them
        self.folders = (folder, *others)
        self.maker = maker
        self.holds = Holds(folder, private=private)
        self.written = 0
        self._counting = threading.Lock()

    def add(self, picture: CleanPicture, making: Making | None = None) -> str:
        """Keep a picture for good and return its URL. The same picture is kept once.

        Args:
            picture: a checked one.
            making: how it came to be; noted before the picture is there.

        Raises:
            LibraryUnwritableError: the folder cannot be written.
        """
        if making is not None:
            self._note_making(picture.sha256, making.model_copy(update={"came_in": picture.came_in}))
        if 0 < len(picture.signature) <= MAX_SIGNATURE_BYTES:
            self._write(self.folder / f"{picture.sha256}.{SIGNATURE}", picture.signature)
        if picture.drawing:
            self._write(self.folder / f"{picture.sha256}.{DRAWING}", picture.drawing)
        note = self._own_note(picture.sha256)
        if note is not None and not note.kept:  # it was cut here before; from now on it is precious
            self.note_origin(picture.sha256, note.model_copy(update={"kept": True}))
        return self._add(picture)

    def add_cut(self, cut: Cut, hold: Hold) -> str:
        """Keep a cut and the note that makes it again; return its URL.

        Args:
            cut: a picture and its note.
            hold: keeps it from being removed before a design names it.

        Raises:
            LibraryUnwritableError: the folder cannot be written.
        """
        hold.take(cut.picture.sha256)  # before it is looked whether it is there: see `removal`
        self._note_cut(cut)  # first: without its note it would pass for an import, and stay for ever
        self._count(cut.picture)
        return self._add(cut.picture)

    def note_origin(self, sha256: str, origin: Origin) -> None:
        """Note where the picture of that hash came from.

        Raises:
            LibraryUnwritableError: the folder cannot be written.
        """
        self._write(self.folder / f"{sha256}.json", origin.model_dump_json().encode())

    def origin(self, url: str) -> Origin | None:
        """Where the picture behind a library URL came from, as far as it was noted."""
        sha256 = hash_in_url(url)
        return None if sha256 is None else self.note(sha256)

    def note(self, sha256: str) -> Origin | None:
        """The note beside the picture of that hash."""
        notes = (read_origin(folder / f"{sha256}.json") for folder in self.folders)
        return next((note for note in notes if note is not None), None)

    def making(self, sha256: str) -> Making | None:
        """How the picture of that hash came to be, if it was noted."""
        return read_making(self.folder / f"{sha256}.{NOTE}")

    def signature(self, sha256: str) -> bytes:
        """What the maker of the picture of that hash gave with it; empty where there is nothing."""
        return _beside(self.folder / f"{sha256}.{SIGNATURE}", MAX_SIGNATURE_BYTES)

    def drawing(self, sha256: str) -> bytes:
        """The PDF or SVG file the picture of that hash was drawn from; empty where there is none."""
        return _beside(self.folder / f"{sha256}.{DRAWING}", MAX_SHEET_BYTES)

    def add_objects(self, packed: bytes) -> str:
        """Keep objects of a panel, as `KeptObjects.packed` has them; returns their name.

        Raises:
            LibraryUnwritableError: the folder cannot be written.
        """
        name = hashlib.sha256(packed).hexdigest()
        file = self.folder / f"{name}.{OBJECTS}"
        try:
            os.utime(file)  # see `loose_objects`
        except OSError:  # it is not there, or not ours to touch
            if not file.is_file():
                self._write(file, packed)
        return name

    def objects(self, name: str) -> bytes:
        """The objects of that name; empty where no folder has them, or has something else."""
        found = (_beside(folder / f"{name}.{OBJECTS}", MOST_PACKED_BYTES) for folder in self.folders)
        return next((data for data in found if hashlib.sha256(data).hexdigest() == name), b"")

    def has_objects(self, name: str) -> bool:
        """Whether a folder has a file of that name, damaged or not."""
        return any((folder / f"{name}.{OBJECTS}").exists() for folder in self.folders)

    def set_favourite(self, sha256: str, *, favourite: bool) -> None:
        """Mark a picture, or take the mark off it.

        Raises:
            LibraryUnwritableError: the folder cannot be written.
        """
        mark = self.folder / f"{sha256}.{STAR}"
        if favourite:
            self._write(mark, b"")
            return
        with self._writing():
            mark.unlink(missing_ok=True)

    def read(self, sha256: str) -> bytes:
        """Return the picture of that hash; a cut that was removed is made again from what it was cut from.

        Raises:
            BadPictureError: what a shared folder has under that name is no usable picture.
            TextureUnavailableError: no folder has it or its origin, or what they have is damaged.
        """
        png = self._read(sha256, _LONGEST_CHAIN)
        if png is not None:
            return png
        raise TextureUnavailableError(
            "The picture of this panel is not on this computer.",
            "Generate the panel again, or connect the shared artwork folder it was saved in.",
        )

    def find(self, sha256: str) -> str | None:
        """The URL of the picture of that hash, if this machine has it already or can cut it again."""
        path = self.path(sha256)
        return None if path is None else path.as_uri()

    def path(self, sha256: str) -> Path | None:
        """Where the picture of that hash lies in the folder, intact; None as `find`."""
        path = self.folder / f"{sha256}.png"
        if _content(path) is None and self._made_again(sha256, _LONGEST_CHAIN) is None:
            return None
        return real_path(path)

    def has(self, sha256: str) -> bool:
        """Whether the picture of that hash lies in the folder; it is not looked at."""
        return (self.folder / f"{sha256}.png").is_file()

    def file(self, sha256: str) -> Path | None:
        """Where the picture of that hash lies in the folder; None where it does not."""
        return self.folder / f"{sha256}.png" if self.has(sha256) else None

    def _add(self, picture: CleanPicture) -> str:
        path = self.folder / f"{picture.sha256}.png"
        if _content(path) is None:  # missing, or damaged and now mended
            self._write(path, picture.png)
        return real_path(path).as_uri()

    def _read(self, sha256: str, chain: int) -> bytes | None:
        for folder in self.folders:
            path = folder / f"{sha256}.png"
            data = _content(path)
            if data is None:
                continue
            if folder == self.folder:
                if path.with_suffix(".json").exists():  # others tell by their time when they were made
                    with contextlib.suppress(OSError):  # only the order in which cuts go suffers
                        os.utime(path)
                return data
            # Ours were checked when they came in; anybody may put files into a shared folder.
            return clean_picture(data).png
        return self._made_again(sha256, chain)

    def _made_again(self, sha256: str, chain: int) -> bytes | None:
        note = self.note(sha256)
        if note is None or not chain:
            return None
        if note.now is not None and (png := self._read(note.now, 0)) is not None:
            return png
        source = self._read(note.source, chain - 1) if note.source != sha256 else None
        made = cut_again(note, source) if source is not None else None
        if made is not None and note.objects is not None:
            made = covered_again(self, note, made)
        if made is None:
            return None
        self._keep_again(sha256, note, made)
        return made.png

    def _keep_again(self, sha256: str, note: Origin, made: CleanPicture) -> None:
        try:
            if made.sha256 != sha256:  # another encoder: the same picture goes by another name from now on
                self.note_origin(made.sha256, note.model_copy(update={"maker": self.maker, "now": None}))
                self.note_origin(sha256, note.model_copy(update={"now": made.sha256}))
            self._count(made)
            self._add(made)
        except LibraryUnwritableError as error:  # it can be shown all the same
            _log.info("A picture that was cut again is not kept: %s", error.sentence)

    def _note_cut(self, cut: Cut) -> None:
        sha256, known = cut.picture.sha256, self.note(cut.picture.sha256)
        if sha256 == cut.note.source and known is not None and known.source != sha256:
            return  # a cut that was saved and imported again must not forget its source
        own = self._own_note(sha256)
        if cut.note.same_cut(own):
            return
        came = own is None or own.kept or own.source == sha256
        kept = came and (self.folder / f"{sha256}.png").exists()  # as an answer or import, before it was cut
        self.note_origin(sha256, cut.note.model_copy(update={"maker": self.maker, "kept": kept}))

    def _note_making(self, sha256: str, making: Making) -> None:
        known = self.making(sha256)
        if known is not None and (known.kind == "answer") > (making.kind == "answer"):
            return  # an answer that was saved and imported again is still one
        noted = making.model_copy(update={"maker": self.maker})
        self._write(self.folder / f"{sha256}.{NOTE}", noted.model_dump_json().encode())

    def _own_note(self, sha256: str) -> Origin | None:
        return read_origin(self.folder / f"{sha256}.json")

    def _count(self, cut: CleanPicture) -> None:
        with self._counting:
            self.written += len(cut.png)

    def _write(self, path: Path, data: bytes) -> None:
        with self._writing():
            write_atomically(path, data, private=self._private)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise LibraryUnwritableError(
                Sentence("Pictures cannot be saved in {folder}.", folder=self.folder),
                "Check that the folder is yours and has free space.",
                terminal="PACKDESK_TEXTURE_DIR names another one.",
            ) from error


def intact(path: Path) -> bool:
    """Whether a picture file is what its name says."""
    return _content(path) is not None


def _beside(file: Path, most_bytes: int) -> bytes:
    try:
        if not file.is_file() or file.stat().st_size > most_bytes:
            return b""
        return file.read_bytes()
    except OSError:
        return b""


def _content(path: Path) -> bytes | None:
    """The file's bytes if they are what its name says, else None."""
    try:
        if not path.is_file() or path.stat().st_size > MAX_SHEET_BYTES:
            return None
        data = path.read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == path.stem else None
