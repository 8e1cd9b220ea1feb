"""What lies beneath objects on a panel without artwork: nothing but board."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image

from packdesk.textures.check import CleanPicture

BARE_PIXELS = 64
"""Of its sides."""


@cache
def bare_board() -> CleanPicture:
    """A transparent picture; the library keeps it once."""
    return CleanPicture.of(Image.new("RGBA", (BARE_PIXELS, BARE_PIXELS)))


def is_bare(png: bytes) -> bool:
    """Whether a checked PNG beneath objects is that, in whatever shape; only the smallest are decoded."""
    with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
        if max(opened.size) > BARE_PIXELS or opened.mode != "RGBA":
            return False
        return opened.getchannel("A").getextrema() == (0, 0)
