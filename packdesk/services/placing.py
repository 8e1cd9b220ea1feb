"""Lays a picture on a panel: kept as it came, and cut to the panel's size. All of it blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from packdesk.errors import PackdeskError
from packdesk.textures.fitting import fit_picture
from packdesk.textures.origins import Origin

if TYPE_CHECKING:
    from packdesk.domain.panels import FlatSize
    from packdesk.textures.check import CleanPicture
    from packdesk.textures.library import TextureLibrary
    from packdesk.textures.origins import Fit


@dataclass(frozen=True)
class LaidPicture:
    """A picture of the library and how it lies on a panel.

    Attributes:
        sha256: its name in the library.
        png: the picture as it came.
        turns: quarter turns to the right, 0 to 3.
        fit: whether it fills the panel or is shown whole.
    """

    sha256: str
    png: bytes
    turns: int = 0
    fit: Fit = "fill"


def place(library: TextureLibrary, source: CleanPicture, size: FlatSize, *, dpi: float, wraps: bool) -> str:
    """Keep a picture and what a panel of that size shows of it; returns the URL of the latter.

    Raises:
        LibraryUnwritableError: the library cannot be written.
    """
    return cut(library, keep(library, source), size, dpi=dpi, wraps=wraps)


def keep(library: TextureLibrary, source: CleanPicture) -> LaidPicture:
    """Keep a picture; it will fill its panel, upright.

    Raises:
        LibraryUnwritableError: the library cannot be written.
    """
    library.add(source)
    return LaidPicture(source.sha256, source.png)


def noted(library: TextureLibrary, url: str) -> LaidPicture | None:
    """What a texture was cut from and how; None where that was not noted or is not on this machine."""
    origin = library.origin(url)
    if origin is None:
        return None
    try:
        png = library.read(origin.source)
    except PackdeskError:
        return None
    return LaidPicture(origin.source, png, origin.turns, origin.fit)


def cut(library: TextureLibrary, laid: LaidPicture, size: FlatSize, *, dpi: float, wraps: bool) -> str:
    """Keep what a panel of that size shows of a picture, and a note of its origin; returns its URL.

    Args:
        library: has the picture already.
        laid: the picture.
        size: of the panel.
        dpi: resolution to reach, as in `fit_picture`.
        wraps: the panel's right edge meets its left edge.

    Raises:
        LibraryUnwritableError: the library cannot be written.
    """
    fitted = fit_picture(laid.png, size, dpi=dpi, wraps=wraps, turns=laid.turns, fit=laid.fit)
    url = library.add(fitted.picture)
    if fitted.picture.sha256 != laid.sha256 or not _is_cut(library, url, laid):
        origin = Origin(source=laid.sha256, dpi=fitted.dpi, wraps=wraps, turns=laid.turns, fit=laid.fit)
        library.note_origin(fitted.picture.sha256, origin)
    return url


def _is_cut(library: TextureLibrary, url: str, laid: LaidPicture) -> bool:
    """Whether a picture was cut from another: saved and imported again, it must not forget its source."""
    origin = library.origin(url)
    return origin is not None and origin.source != laid.sha256
