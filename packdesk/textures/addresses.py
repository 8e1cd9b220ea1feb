"""The forms in which a picture of the library is written into a document that others read."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Literal

from packdesk.errors import PackdeskError
from packdesk.textures.library import PNG_DATA, hash_in_url

if TYPE_CHECKING:
    from packdesk.domain.state import PackagingState
    from packdesk.textures.library import TextureLibrary

TextureForm = Literal["file", "http", "data"]
TEXTURE_PATH = "/packaging/textures/"


def http_address(base: str, sha256: str) -> str:
    """Where a server at `base` (scheme, host and port) has the picture of that hash."""
    return f"{base}{TEXTURE_PATH}{sha256}.png"


class TextureAddresses:
    """Writes the addresses of our own pictures into a state as its readers need them.

    Args:
        library: whose pictures they are.
        form: `file` leaves them as they are; `http` names them at a server; `data` puts the pictures inside.
        base: scheme, host and port of that server.
    """

    def __init__(self, library: TextureLibrary, form: TextureForm, base: str) -> None:
        self._library = library
        self._form = form
        self._base = base

    @property
    def plain(self) -> bool:
        """Whether a state stays as it is."""
        return self._form == "file"

    def written(self, state: PackagingState) -> PackagingState:
        """The state with the library's `file:` URLs in that form; the same when there are none. Blocks."""
        textures = dict(state.panel_textures)
        for panel_id, texture in state.panel_textures.items():
            url = self._written(texture.texture_url)
            if url != texture.texture_url:
                textures[panel_id] = texture.model_copy(update={"texture_url": url})
        return (
            state
            if textures == state.panel_textures
            else state.model_copy(update={"panel_textures": textures})
        )

    def _written(self, url: str) -> str:
        sha256 = hash_in_url(url) if url.startswith("file:") else None
        if sha256 is None:
            return url
        if self._form == "http":
            return http_address(self._base, sha256)
        try:
            return PNG_DATA + base64.b64encode(self._library.read(sha256)).decode("ascii")
        except PackdeskError:
            return url  # it is not here: that it is missing must be told as before
