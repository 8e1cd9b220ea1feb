"""What lies beneath objects on a panel without artwork: nothing but board."""

from __future__ import annotations

from functools import cache

from PIL import Image

from packdesk.textures.check import CleanPicture

BARE_PIXELS = 64
"""Of its sides."""


@cache
def bare_board() -> CleanPicture:
    """A transparent picture; the library keeps it once."""
    return CleanPicture.of(Image.new("RGBA", (BARE_PIXELS, BARE_PIXELS)))
