"""The durable home of every generated or imported picture, named by what it contains."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from packdesk.errors import LibraryUnwritableError, TextureUnavailableError
from packdesk.files import write_atomically
from packdesk.textures.check import MAX_BYTES, clean_picture
from packdesk.textures.origins import read_origin

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from packdesk.textures.check import CleanPicture
    from packdesk.textures.origins import Origin

_NAME = re.compile(r"(?:^|/)([0-9a-f]{64})\.png$")


def hash_in_url(url: str) -> str | None:
    """The picture hash a library URL ends in, or None for any other URL."""
    found = _NAME.search(url) if url.startswith("file:") else None
    return found.group(1) if found else None


class TextureLibrary:
    """Folders of `<sha256>.png`; the first one is written, all are read.

    A shared folder may be mounted anywhere: readers look for the hash, not for the path in the URL.
    """

    def __init__(self, folder: Path, others: Sequence[Path] = (), *, private: bool = False) -> None:
        self.folder = folder
        self._private = private  # a folder for several people stays readable for them
        self.folders = (folder, *others)

    def add(self, picture: CleanPicture) -> str:
        """Keep a picture and return its URL. The same picture is kept once.

        Raises:
            LibraryUnwritableError: the folder cannot be written.
        """
        path = self.folder / f"{picture.sha256}.png"
        if _content(path) is None:  # missing, or damaged and now mended
            self._write(path, picture.png)
        return path.resolve().as_uri()

    def note_origin(self, sha256: str, origin: Origin) -> None:
        """Note where the picture of that hash came from.

        Raises:
            LibraryUnwritableError: the folder cannot be written.
        """
        self._write(self.folder / f"{sha256}.json", origin.model_dump_json().encode())

    def origin(self, url: str) -> Origin | None:
        """Where the picture behind a library URL came from, as far as it was noted."""
        sha256 = hash_in_url(url)
        if sha256 is None:
            return None
        notes = (read_origin(folder / f"{sha256}.json") for folder in self.folders)
        return next((note for note in notes if note is not None), None)

    def read(self, sha256: str) -> bytes:
        """Return the picture of that hash.

        Raises:
            BadPictureError: what a shared folder has under that name is no usable picture.
            TextureUnavailableError: no folder has it, or what they have is damaged.
        """
        for folder in self.folders:
            data = _content(folder / f"{sha256}.png")
            if data is not None:
                # Ours were checked when they came in; anybody may put files into a shared folder.
                return data if folder == self.folder else clean_picture(data).png
        raise TextureUnavailableError(
            "The picture of this panel is not in the texture folder of this machine.",
            "Mount the shared texture folder, or generate the panel again.",
        )

    def find(self, sha256: str) -> str | None:
        """The URL of the picture of that hash, if this machine has it already."""
        held = _content(self.folder / f"{sha256}.png") is not None
        return (self.folder / f"{sha256}.png").resolve().as_uri() if held else None

    def _write(self, path: Path, data: bytes) -> None:
        try:
            write_atomically(path, data, private=self._private)
        except OSError as error:
            raise LibraryUnwritableError(
                f"The texture folder {self.folder} cannot be written.",
                "Check that it is yours and has free space, or set PACKDESK_TEXTURE_DIR to another one.",
            ) from error


def _content(path: Path) -> bytes | None:
    """The file's bytes if they are what its name says, else None."""
    try:
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            return None
        data = path.read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == path.stem else None
