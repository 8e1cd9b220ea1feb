"""Puts a picture on a panel: kept as it came, and cut to the panel's size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.textures.fitting import fit_picture
from packdesk.textures.origins import Origin

if TYPE_CHECKING:
    from packdesk.domain.panels import FlatSize
    from packdesk.textures.check import CleanPicture
    from packdesk.textures.library import TextureLibrary


def place(library: TextureLibrary, source: CleanPicture, size: FlatSize, *, dpi: float, wraps: bool) -> str:
    """Keep a picture and what a panel of that size shows of it; returns the URL of the latter. Blocks.

    Raises:
        LibraryUnwritableError: the library cannot be written.
    """
    library.add(source)
    return place_again(library, source.sha256, source.png, size, dpi=dpi, wraps=wraps)


def place_again(
    library: TextureLibrary, sha256: str, png: bytes, size: FlatSize, *, dpi: float, wraps: bool
) -> str:
    """As `place`, for a picture the library has already."""
    fitted = fit_picture(png, size, dpi=dpi, wraps=wraps)
    library.note_origin(fitted.picture.sha256, Origin(source=sha256, dpi=fitted.dpi, wraps=wraps))
    return library.add(fitted.picture)
