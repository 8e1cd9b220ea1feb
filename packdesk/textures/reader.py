"""From a texture URL, whoever wrote it, to a checked picture."""

from __future__ import annotations

import base64
import binascii
import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes, urlsplit

from packdesk.errors import TextureUnavailableError
from packdesk.files import real_path
from packdesk.sentence import Sentence
from packdesk.textures.check import clean_artwork
from packdesk.textures.incoming import MAX_BYTES
from packdesk.textures.library import hash_in_url

if TYPE_CHECKING:
    from packdesk.textures.disk import DiskCache
    from packdesk.textures.library import TextureLibrary


class TextureReader:
    """Reads `file:`, `data:`, `http:` and `https:` URLs. Blocks on disk and network."""

    def __init__(
        self, library: TextureLibrary, cache: DiskCache, *, allow_private: bool = False, offline: bool = False
    ) -> None:
        self.library = library
        self._cache = cache
        self._allow_private = allow_private
        self._offline = offline

    def read(self, url: str) -> bytes:
        """Return the picture as PNG.

        Library pictures were checked when they came in; everything else is checked here, once, and kept in
        the cache.

        Raises:
            TextureUnavailableError: it cannot be had.
            BadPictureError: what stands there is not a usable picture.
        """
        ours = self._from_library(url)
        if ours is not None:
            return ours
        cached = self._cache.get(url)
        if cached is not None:
            return cached
        png = clean_artwork(self.fetch(url)).png
        if not url.startswith("file:"):  # a file may change under its name
            self._cache.put(url, png)
        return png

    def _from_library(self, url: str) -> bytes | None:
        """One of our own pictures, whatever form its URL has."""
        sha256 = hash_in_url(url)
        if sha256 is None:
            return None
        try:
            return self.library.read(sha256)
        except TextureUnavailableError:
            if url.startswith("file:"):
                raise
            return None  # another program's, or of another machine: it may be had from there

    def fetch(self, url: str) -> bytes:
        """Return what stands behind a URL, unchecked and at most one byte more than is taken.

        Raises:
            TextureUnavailableError: it cannot be had.
        """
        scheme = url.partition(":")[0].lower()
        if scheme == "data":
            return _inline(url)
        if scheme == "file":
            return self._local(url)
        if scheme in {"http", "https"} and self._offline:
            raise TextureUnavailableError(
                "packdesk is offline, and the picture of this panel was never loaded on this computer.",
                "Start packdesk online to fetch it.",
            )
        if scheme in {"http", "https"}:
            from packdesk.textures.fetch import fetch_picture  # noqa: PLC0415  (brings urllib3)

            return fetch_picture(url, allow_private=self._allow_private)
        raise TextureUnavailableError(
            Sentence(
                "The address of this panel's picture starts with “{scheme}:”, which packdesk cannot read.",
                scheme=scheme[:20],
            ),
            "Generate or import the panel again.",
        )

    def _local(self, url: str) -> bytes:
        try:
            path = self._inside(path_of(url))
            if path is None:
                raise TextureUnavailableError(
                    "The picture of this panel is in a folder packdesk does not read.",
                    "Import the picture.",
                    terminal="PACKDESK_SHARED_TEXTURE_DIRS names folders to read.",
                )
            with path.open("rb") as file:
                return file.read(MAX_BYTES + 1)  # one more than is taken: the check tells
        except (OSError, ValueError) as error:
            raise TextureUnavailableError(
                "The file with the picture of this panel is not on this computer.",
                "Generate or import the panel again.",
            ) from error

    def _inside(self, path: Path) -> Path | None:
        """The file with links followed, if it lies in a texture folder."""
        folders = [folder.absolute() for folder in self.library.folders]
        # Judged by its words first: merely touching a foreign network share would sign in there.
        if not any(path.is_relative_to(folder) for folder in folders):
            return None
        real = Path(os.path.realpath(path, strict=True))
        inside = any(real.is_relative_to(real_path(folder)) for folder in folders)
        return real if inside and real.is_file() else None


def path_of(url: str) -> Path:
    """The file behind a `file:` URL."""
    from urllib.request import url2pathname  # noqa: PLC0415  (brings http and email: the window starts without)

    parts = urlsplit(url)
    share = f"//{parts.netloc}" if parts.netloc not in {"", "localhost"} else ""
    return Path(os.path.normpath(url2pathname(share + parts.path)))


def _inline(url: str) -> bytes:
    damaged = TextureUnavailableError(
        "The picture stored in the design is damaged.", "Generate the panel again."
    )
    head, comma, body = url.partition(",")
    if not comma or len(body) > 2 * MAX_BYTES:
        raise damaged
    try:
        if head.lower().endswith(";base64"):
            return base64.b64decode(unquote_to_bytes(body), validate=True)
        return unquote_to_bytes(body)
    except (binascii.Error, ValueError) as error:
        raise damaged from error
