"""A picture changed inside a rectangle: outside of it, every pixel stays what it was."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PIL import Image

from packdesk.textures.check import CleanPicture
from packdesk.textures.fitting import mirrored_out

if TYPE_CHECKING:
    from packdesk.textures.fitting import Pixels

FEATHER_PX = 6
"""Width of the blend along the edge, inside the rectangle. Edges on the border of the picture have none."""
_Box = tuple[int, int, int, int]


def changed_inside(present: bytes, changed: bytes, box: _Box) -> CleanPicture:
    """The present picture with the changed one inside a rectangle. Slow for large art.

    Args:
        present: a checked picture.
        changed: another one of the same number of pixels.
        box: left, top, right and bottom, in pixels.
    """
    before, after = _pixels(present), _pixels(changed)
    if before.shape[2] != after.shape[2]:
        before, after = _opaque(before), _opaque(after)
    left, top, right, bottom = box
    share = _share(box, before.shape[1], before.shape[0])[..., None]
    inside = before[top:bottom, left:right] * (1 - share) + after[top:bottom, left:right] * share
    result = before.copy()
    result[top:bottom, left:right] = np.rint(inside)
    return CleanPicture.of(Image.fromarray(result))


def _share(box: _Box, width: int, height: int) -> npt.NDArray[np.float32]:
    """How much of the changed picture is seen, (rows, columns) of the rectangle, from above 0 to 1."""
    left, top, right, bottom = box
    rows = _ramp(bottom - top, first=top > 0, last=bottom < height)
    columns = _ramp(right - left, first=left > 0, last=right < width)
    return np.minimum(rows[:, None], columns[None, :])


def _ramp(length: int, *, first: bool, last: bool) -> npt.NDArray[np.float32]:
    steps = (np.arange(length, dtype=np.float32) + 1) / (min(FEATHER_PX, length // 3) + 1)
    up = steps if first else np.ones(length, np.float32)
    down = steps[::-1] if last else np.ones(length, np.float32)
    return np.minimum(1, np.minimum(up, down))


def framed(png: bytes, ratio: float, most_px: int) -> bytes:
    """A picture in the middle of one of that width to height, mirrored outwards, without transparency.

    Args:
        png: a checked picture.
        ratio: width to height.
        most_px: of the longer side of the result.
    """
    pixels = _flat(png)
    columns, rows = _frame(pixels.shape[1], pixels.shape[0], ratio)
    whole = Image.fromarray(mirrored_out(pixels, columns, rows))
    whole.thumbnail((most_px, most_px), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    whole.save(buffer, "PNG", compress_level=6)
    return buffer.getvalue()


def unframed(answer: bytes, width: int, height: int, ratio: float) -> CleanPicture:
    """What lies in the middle of an answer to a framed picture, in so many pixels.

    Args:
        answer: a checked picture, of the frame's shape or nearly.
        width: of the picture that was framed.
        height: likewise.
        ratio: the frame's width to height.
    """
    columns, rows = _frame(width, height, ratio)
    with Image.open(io.BytesIO(answer), formats=["PNG"]) as opened:
        across, down = opened.width / columns, opened.height / rows
        left, top = (columns - width) // 2 * across, (rows - height) // 2 * down
        box = (left, top, left + width * across, top + height * down)
        return CleanPicture.of(
            opened.convert("RGB").resize((width, height), Image.Resampling.LANCZOS, box=box)
        )


def _frame(width: int, height: int, ratio: float) -> tuple[int, int]:
    if width / height < ratio:
        return max(width, round(height * ratio)), height
    return width, max(height, round(width / ratio))


def _pixels(png: bytes) -> Pixels:
    with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
        return np.asarray(opened)


def _flat(png: bytes) -> Pixels:
    with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
        flat = Image.new("RGB", opened.size, "white")
        flat.paste(opened, mask=opened.getchannel("A") if opened.mode == "RGBA" else None)
        return np.asarray(flat)


def _opaque(pixels: Pixels) -> Pixels:
    """With opacity, if it has none."""
    if pixels.shape[2] == 4:
        return pixels
    return np.concatenate([pixels, np.full((*pixels.shape[:2], 1), 255, np.uint8)], axis=2)


def pixels_of(png: bytes) -> tuple[int, int]:
    """Width and height of a checked picture."""
    with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
        return opened.size
