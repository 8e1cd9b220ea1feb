"""Pixels of a sheet of artwork: the piece a panel shows, and what goes on beside the panels."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from packdesk.domain.affine import Affine
from packdesk.domain.panels import FlatSize
from packdesk.domain.units import MM_PER_INCH, pixel_size
from packdesk.errors import BadPictureError

if TYPE_CHECKING:
    from packdesk.domain.sheet.placement import SheetPiece

LOOK_PX = 2000
"""Longest side of the small copy in which a blank is looked for."""
_SAME_PX = 0.75  # a box of so nearly the wanted pixels is copied, not scaled: off by half a pixel at most
_FINER = 4  # times finer than wanted a turned piece is read, at most


def opened_sheet(png: bytes) -> Image.Image:
    """A kept sheet, decoded.

    Raises:
        BadPictureError: it cannot be.
    """
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
            opened.load()
            return opened if opened.mode in {"RGB", "RGBA"} else opened.convert("RGBA")
    except Exception as error:
        raise BadPictureError("The picture is damaged.") from error


def small_copy(sheet: Image.Image, longest: int = LOOK_PX) -> Image.Image:
    """RGBA of at most so many pixels a side."""
    scale = min(1.0, longest / max(sheet.size))
    size = tuple(max(1, round(side * scale)) for side in sheet.size)
    if scale < 1:
        sheet = sheet.resize((size[0], size[1]), Image.Resampling.BOX, reducing_gap=2.0)
    return sheet.convert("RGBA")


def piece_dpi(sheet: Image.Image, piece: SheetPiece) -> float:
    """Pixels of a sheet per inch of the panel it was laid on, in the worse direction."""
    a, b, c, d, *_ = piece.place
    across = math.hypot(a * sheet.width, b * sheet.height)
    down = math.hypot(c * sheet.width, d * sheet.height)
    return MM_PER_INCH * min(across, down)


def piece_picture(sheet: Image.Image, piece: SheetPiece, dpi: float) -> Image.Image:
    """What of a sheet lies on a panel, upright, at a resolution or as fine as the sheet is.

    What lies beside the sheet is transparent.
    """
    there = piece_dpi(sheet, piece)
    # Never more than a panel has: to be scaled down afterwards, it would be cut to whole pixels once more.
    wanted = pixel_size(
        FlatSize(width=piece.width, height=piece.height), there if there < dpi * (1 - 1e-3) else dpi
    )
    # From pixels of the panel to pixels of the sheet.
    to_sheet = (
        Affine.scaling(piece.width / wanted[0], piece.height / wanted[1])
        .then(piece.place)
        .then(Affine.scaling(sheet.width, sheet.height))
    )
    return sampled(sheet, to_sheet, wanted)


def sampled(sheet: Image.Image, to_sheet: Affine, size: tuple[int, int]) -> Image.Image:
    """A picture of so many pixels, each from where a map says on the sheet; transparent beside it.

    Args:
        sheet: RGB or RGBA.
        to_sheet: from places of the picture to places of the sheet, in pixels from the upper left corner.
        size: width and height in pixels.
    """
    if to_sheet.is_upright:
        return _upright(sheet, to_sheet, size)
    return _turned(sheet, to_sheet, size)


def _upright(sheet: Image.Image, to_sheet: Affine, size: tuple[int, int]) -> Image.Image:
    corners = [to_sheet.point(0, 0), to_sheet.point(*size)]
    left, right = sorted(x for x, _ in corners)
    top, bottom = sorted(y for _, y in corners)
    across = abs(to_sheet.b) > abs(to_sheet.a)
    within = size[::-1] if across else size
    taken = _box(sheet, (left, top, right, bottom), (within[0], within[1]))
    return _laid(taken, to_sheet, across=across)


def _box(sheet: Image.Image, box: tuple[float, float, float, float], size: tuple[int, int]) -> Image.Image:
    left, top, right, bottom = box
    if abs(right - left - size[0]) < _SAME_PX and abs(bottom - top - size[1]) < _SAME_PX:
        first = round((left + right - size[0]) / 2), round((top + bottom - size[1]) / 2)
        return _crop(sheet, (*first, first[0] + size[0], first[1] + size[1]))
    outer = math.floor(left) - 2, math.floor(top) - 2, math.ceil(right) + 2, math.ceil(bottom) + 2
    cropped = _crop(sheet, outer)
    inner = (left - outer[0], top - outer[1], right - outer[0], bottom - outer[1])
    return _premultiplied(cropped).resize(size, Image.Resampling.LANCZOS, box=inner).convert(cropped.mode)


def _crop(sheet: Image.Image, box: tuple[int, int, int, int]) -> Image.Image:
    beyond = box[0] < 0 or box[1] < 0 or box[2] > sheet.width or box[3] > sheet.height
    if not beyond:
        return sheet.crop(box)
    inside = max(box[0], 0), max(box[1], 0), min(box[2], sheet.width), min(box[3], sheet.height)
    cropped = Image.new("RGBA", (box[2] - box[0], box[3] - box[1]), (0, 0, 0, 0))
    if inside[0] < inside[2] and inside[1] < inside[3]:
        cropped.paste(sheet.crop(inside).convert("RGBA"), (inside[0] - box[0], inside[1] - box[1]))
    return cropped


def _premultiplied(picture: Image.Image) -> Image.Image:
    return picture.convert("RGBa") if picture.mode == "RGBA" else picture


def _laid(taken: Image.Image, to_sheet: Affine, *, across: bool) -> Image.Image:
    """A box of the sheet as the map wants it turned and mirrored."""
    if across:
        taken = taken.transpose(Image.Transpose.TRANSPOSE)
        right, down = to_sheet.b, to_sheet.c
    else:
        right, down = to_sheet.a, to_sheet.d
    if right < 0:
        taken = taken.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if down < 0:
        taken = taken.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    return taken


def _turned(sheet: Image.Image, to_sheet: Affine, size: tuple[int, int]) -> Image.Image:
    """By a free angle: read finer where the sheet is finer, and averaged."""
    scale = math.sqrt(abs(to_sheet.a * to_sheet.d - to_sheet.b * to_sheet.c))
    finer = min(_FINER, max(1, math.floor(scale)))
    many = size[0] * finer, size[1] * finer
    corners = [to_sheet.point(x, y) for x in (0, size[0]) for y in (0, size[1])]
    box = (
        math.floor(min(x for x, _ in corners)) - 4,
        math.floor(min(y for _, y in corners)) - 4,
        math.ceil(max(x for x, _ in corners)) + 4,
        math.ceil(max(y for _, y in corners)) + 4,
    )
    part = _crop(sheet, box).convert("RGBA").convert("RGBa")
    placed = Affine.scaling(1 / finer, 1 / finer).then(to_sheet).then(Affine.shift(-box[0], -box[1]))
    words = (placed.a, placed.c, placed.e, placed.b, placed.d, placed.f)  # Pillow's order
    found = part.transform(many, Image.Transform.AFFINE, words, Image.Resampling.BICUBIC)
    if finer > 1:
        found = found.resize(size, Image.Resampling.BOX)
    picture = found.convert("RGBA")
    opaque = picture.getchannel("A").getextrema() == (255, 255)
    return picture.convert("RGB") if opaque else picture


def is_bare(picture: Image.Image) -> bool:
    """Whether nothing of it can be seen."""
    return picture.mode == "RGBA" and not np.asarray(picture.getchannel("A")).any()
