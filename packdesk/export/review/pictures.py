"""Panels' pictures as a page holds them: small enough to be mailed, sharp enough to be judged on a screen."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

from packdesk.export.glb import on_board

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.export.flat.progress import Steps

MEDIA = "image/webp"
MOST_SIDE = 2048
"""Pixels of the longer side."""
_BUDGET = 4_500_000  # bytes of all pictures together: in base64 they are a third longer
_QUALITIES = (90, 80, 65, 45)


def web_pictures(artwork: Mapping[str, bytes], steps: Steps) -> dict[str, bytes]:
    """WebP on white board by panel, all together within what a page may hold. Slow.

    Args:
        artwork: checked PNG by panel.
        steps: one for each panel.

    Raises:
        BadPictureError: one cannot be decoded.
    """
    shares = len(artwork) or 1
    made: dict[bytes, bytes] = {}  # panels that show the same picture share it
    for png in artwork.values():
        if png not in made:
            made[png] = web_picture(png, _BUDGET // shares)
        steps.step()
    return {panel_id: made[png] for panel_id, png in artwork.items()}


def web_picture(png: bytes, most: int) -> bytes:
    """One picture as WebP on white board.

    Args:
        png: checked.
        most: bytes it should not exceed; of what a screen can show nothing else is given up for that.

    Raises:
        BadPictureError: it cannot be decoded.
    """
    picture = on_board(png)
    picture.thumbnail((MOST_SIDE, MOST_SIDE), Image.Resampling.LANCZOS)
    for quality in _QUALITIES:
        written = io.BytesIO()
        picture.save(written, "WEBP", quality=quality, method=3)
        if written.tell() <= most:
            break
    return written.getvalue()
