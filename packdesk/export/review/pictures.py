"""Panels' pictures as a page holds them: small enough to be mailed, sharp enough to be judged on a screen."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING

from PIL import Image

from packdesk.export.glb import on_board

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.export.flat.progress import Steps

MEDIA = "image/webp"
MOST_SIDE = 2048
"""Pixels of the longer side."""
MOST_BYTES = 3_600_000
"""Of all pictures together: in base64 they are a third longer."""
_FINE, _COARSE = 90, 72  # qualities
_SAFELY = 0.95


def web_pictures(
    artwork: Mapping[str, bytes], most_bytes: int = MOST_BYTES, steps: Steps | None = None
) -> dict[str, bytes]:
    """WebP on white board by panel, all together within what a page may hold. Slow.

    Args:
        artwork: checked PNG by panel.
        most_bytes: they should come to together.
        steps: one for each panel.

    Raises:
        BadPictureError: one cannot be decoded.
    """
    shares = len(artwork) or 1
    made: dict[bytes, bytes] = {}  # panels that show the same picture share it
    for png in artwork.values():
        if png not in made:
            made[png] = web_picture(png, most_bytes // shares)
        if steps is not None:
            steps.step()
    return {panel_id: made[png] for panel_id, png in artwork.items()}


def web_picture(png: bytes, most_bytes: int) -> bytes:
    """One picture as WebP on white board.

    Args:
        png: checked.
        most_bytes: what it must not exceed: it is encoded more roughly for that, then made smaller.

    Raises:
        BadPictureError: it cannot be decoded.
    """
    picture = on_board(png)
    picture.thumbnail((MOST_SIDE, MOST_SIDE), Image.Resampling.LANCZOS)
    written = _encoded(picture, _FINE)
    if len(written) > most_bytes:
        written = _encoded(picture, _COARSE)
    while len(written) > most_bytes and min(picture.size) > 1:
        scale = _SAFELY * math.sqrt(most_bytes / len(written))
        width, height = (max(1, int(side * scale)) for side in picture.size)
        picture = picture.resize((width, height), Image.Resampling.LANCZOS)
        written = _encoded(picture, _COARSE)
    return written


def _encoded(picture: Image.Image, quality: int) -> bytes:
    written = io.BytesIO()
    picture.save(written, "WEBP", quality=quality, method=3)
    return written.getvalue()
