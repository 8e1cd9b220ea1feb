"""Bare board where glue goes: what of a picture must not be printed becomes transparent."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING

from PIL import Image

from packdesk.errors import BadPictureError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packdesk.domain.dieline.inside import Shares

_LEVEL = 3
"""Of compression: such pictures are made each time they are drawn, and not kept."""


def with_bare(png: bytes, bare: Iterable[Shares]) -> bytes:
    """A picture, nothing of which is printed within some rectangles; whole pixels, the outer ones.

    Args:
        png: checked.
        bare: shares of its width and height.

    Raises:
        BadPictureError: it cannot be decoded after all.
    """
    areas = list(bare)
    if not areas:
        return png
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
            picture = opened.convert("RGBA")
    except Exception as error:
        raise BadPictureError("The picture is damaged.") from error
    width, height = picture.size
    for area in areas:
        box = (
            math.floor(area.left * width),
            math.floor(area.top * height),
            math.ceil(area.right * width),
            math.ceil(area.bottom * height),
        )
        picture.paste((255, 255, 255, 0), box)
    written = io.BytesIO()
    picture.save(written, "PNG", compress_level=_LEVEL)
    return written.getvalue()
