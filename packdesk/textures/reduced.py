"""Small copies of pictures that are sent along as references."""

from __future__ import annotations

import io

from PIL import Image

REFERENCE_PX = 1024


def reference_copy(png: bytes) -> bytes:
    """A checked picture as PNG of at most `REFERENCE_PX` a side, without transparency."""
    with Image.open(io.BytesIO(png), formats=["PNG"]) as picture:
        # What is transparent would come out black or white as the receiver likes: white, as on paper.
        flat = Image.new("RGB", picture.size, "white")
        flat.paste(picture, mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    flat.thumbnail((REFERENCE_PX, REFERENCE_PX), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    flat.save(buffer, "PNG", compress_level=6)
    return buffer.getvalue()
