"""Fit a picture to a panel: the window of it that is shown, and the pixels of that window.

Both axes are always scaled by the same factor: what does not fit is cropped or, where that would cost too
much, mirrored outwards. The arithmetic of the window is public, because whoever orders a picture has to know
what will be trimmed.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from PIL import Image

from packdesk.textures.check import CleanPicture

MM_PER_INCH = 25.4
MAX_PIXELS_PER_SIDE = 4096
MIN_PIXELS_PER_SIDE = 16

MOST_CROPPED = 0.22
"""Largest share of a picture's side that is simply cut off; above it, half is mirrored instead."""
LEAST_FADE, MOST_FADE = 0.06, 0.125
"""Width of the cross-fade over a seam, as a share of the panel's width: a narrower one is seen as an edge, in
a wider one things are seen twice."""
SAME_SHAPE = 0.005
"""Two shapes whose width to height differs by less than this share are taken for the same."""

_EDGE = 1e-6  # of a pixel: products of rounded shares may fall this short of a whole number

Pixels = npt.NDArray[np.uint8]
"""(rows, columns, channels) as red, green, blue and perhaps opacity, 0 to 255."""


class FlatShape(Protocol):
    """A flat panel's size: the domain's `FlatSize`, which this room does not know."""

    @property
    def width(self) -> float:
        """In millimetres."""
        ...

    @property
    def height(self) -> float:
        """In millimetres."""
        ...


@dataclass(frozen=True)
class Frame:
    """The window of a picture that lies on a panel. It is centred and has the panel's shape.

    Attributes:
        width: share of the picture's width; above 1 the picture goes on mirrored.
        height: share of the picture's height, likewise.
        fade: width of the band cross-faded over the seam, as a share of the window's width; 0 for none. It
            takes that much more picture beside the window.
    """

    width: float
    height: float
    fade: float

    def dpi(self, width: float, height: float, size: FlatShape) -> float:
        """Pixels of a picture per inch of the panel, in the worse direction.

        Args:
            width: of the picture, in pixels.
            height: of the picture, in pixels.
            size: of the panel.
        """
        across = width * self.width / size.width
        down = height * self.height / size.height
        return min(across, down) * MM_PER_INCH


WHOLE = Frame(1, 1, fade=0)
"""All of a picture that has the panel's shape."""


@dataclass(frozen=True)
class FittedPicture:
    """A picture for one panel.

    Attributes:
        picture: has the panel's shape to within a pixel.
        dpi: pixels of the source per inch of the panel, in the worse direction; `picture` may have fewer.
    """

    picture: CleanPicture
    dpi: float


def frame_picture(width: float, height: float, size: FlatShape, *, wraps: bool) -> Frame:
    """Choose the window of a picture for a panel.

    Args:
        width: of the picture, in pixels or any other unit.
        height: of the picture, in the same unit.
        size: of the panel.
        wraps: the panel's right edge meets its left edge.
    """
    wideness = (width / height) / (size.width / size.height)
    if not wraps:
        return Frame(*_window(wideness), fade=0)
    if abs(wideness - 1) <= SAME_SHAPE or has_shape_of(size, width, height):
        return Frame(1, wideness, fade=0)  # every column stays: the art may close around already
    fade = min(max(wideness - 1, LEAST_FADE), MOST_FADE)
    columns, rows = _window(wideness / (1 + fade))
    return Frame(columns / (1 + fade), rows, fade)


def _window(wideness: float) -> tuple[float, float]:
    """Shares of width and height to show of a picture that is `wideness` times as wide as it should be."""
    kept = min(wideness, 1 / wideness)
    if 1 - kept > MOST_CROPPED:
        kept = (1 + kept) / 2  # half of the loss is cropped, the other half mirrored on the short side
    return (kept, kept * wideness) if wideness > 1 else (kept / wideness, kept)


def has_shape_of(size: FlatShape, width: float, height: float) -> bool:
    """Whether a picture of this many pixels is the panel at some resolution, each side rounded to a pixel."""
    least = max((width - 0.5) / size.width, (height - 0.5) / size.height)
    most = min((width + 0.5) / size.width, (height + 0.5) / size.height)
    return least <= most


def pixel_size(size: FlatShape, dpi: float) -> tuple[int, int]:
    """Width and height of a panel in pixels, at most `MAX_PIXELS_PER_SIDE` a side."""
    longest = max(size.width, size.height) / MM_PER_INCH
    dpi = min(dpi, MAX_PIXELS_PER_SIDE / longest)
    return (
        max(MIN_PIXELS_PER_SIDE, round(size.width / MM_PER_INCH * dpi)),
        max(MIN_PIXELS_PER_SIDE, round(size.height / MM_PER_INCH * dpi)),
    )


def fit_picture(png: bytes, size: FlatShape, *, dpi: float, wraps: bool) -> FittedPicture:
    """Fit a checked picture to a panel. Equal arguments give equal bytes. Slow for large art.

    Args:
        png: from `clean_picture` or the library.
        size: of the panel.
        dpi: resolution to reach. A picture with fewer pixels is not enlarged, and one that has the panel's
            shape already comes back as it is.
        wraps: the panel's right edge meets its left edge; the picture will go on over that seam.
    """
    with Image.open(io.BytesIO(png), formats=["PNG"]) as source:
        width, height = source.size
        if _fits_as_it_is(width, height, size, dpi):
            same = CleanPicture(png, width, height, hashlib.sha256(png).hexdigest())
            return FittedPicture(same, WHOLE.dpi(width, height, size))
        frame = frame_picture(width, height, size, wraps=wraps)
        available = frame.dpi(width, height, size)
        columns, rows = pixel_size(size, min(dpi, available))
        scale = min(1.0, max(columns / (width * frame.width), rows / (height * frame.height)))
        band = max(1, int(columns * frame.fade)) if frame.fade else 0
        centre = _scaled_centre(source, scale, columns + band, rows)
    pixels = _closed(_mirrored_out(centre, columns + band, rows), band)
    return FittedPicture(_encoded(pixels), available)


def _fits_as_it_is(width: int, height: int, size: FlatShape, dpi: float) -> bool:
    wanted = pixel_size(size, dpi)
    if (width, height) == wanted:  # also where the least number of pixels makes another shape
        return True
    return has_shape_of(size, width, height) and width <= wanted[0] and height <= wanted[1]


def _scaled_centre(source: Image.Image, scale: float, columns: int, rows: int) -> Pixels:
    """The middle of a picture at a scale of at most 1: so many pixels, or as many as there are."""
    columns = min(columns, max(1, int(source.width * scale + _EDGE)))
    rows = min(rows, max(1, int(source.height * scale + _EDGE)))
    if scale == 1:  # whole pixels, untouched
        first_column, first_row = (source.width - columns) // 2, (source.height - rows) // 2
        area = (first_column, first_row, first_column + columns, first_row + rows)
        return np.asarray(source.crop(area))
    width, height = min(source.width, columns / scale), min(source.height, rows / scale)
    left, top = (source.width - width) / 2, (source.height - height) / 2
    box = (left, top, left + width, top + height)
    return np.asarray(source.resize((columns, rows), Image.Resampling.LANCZOS, box=box))


def _mirrored_out(pixels: Pixels, columns: int, rows: int) -> Pixels:
    """The pixels in the middle of a larger picture, mirrored at their edges, again and again if need be."""
    above, before = (rows - pixels.shape[0]) // 2, (columns - pixels.shape[1]) // 2
    below, after = rows - pixels.shape[0] - above, columns - pixels.shape[1] - before
    return np.pad(pixels, ((above, below), (before, after), (0, 0)), mode="symmetric")


def _closed(strip: Pixels, band: int) -> Pixels:
    """Bend a strip into a ring: its two ends overlap by `band` columns and are cross-faded there.

    The fade lies half on either side of the seam, so the middle of the strip stays in the middle.
    """
    if not band:
        return strip
    around = strip.shape[1] - band
    place = (np.arange(band, dtype=np.float32) + 0.5) / band
    overlap = _mixed(strip[:, around:], strip[:, :band], place * place * (3 - 2 * place))  # smoothstep
    half = band // 2
    return np.concatenate([overlap[:, half:], strip[:, band:around], overlap[:, :half]], axis=1)


def _mixed(first: Pixels, second: Pixels, share: npt.NDArray[np.floating[Any]]) -> Pixels:
    """Column by column, `share` of the second picture over the first. Colours weigh as much as they cover."""
    of_second = share[None, :, None]
    of_first = 1 - of_second
    if first.shape[2] == 3:
        return _rounded(first * of_first + second * of_second)
    first_cover, second_cover = first[..., 3:] * of_first, second[..., 3:] * of_second
    cover = first_cover + second_cover
    colours = (first[..., :3] * first_cover + second[..., :3] * second_cover) / np.maximum(cover, 1e-3)
    return _rounded(np.concatenate([colours, cover], axis=2))


def _rounded(values: npt.NDArray[np.floating[Any]]) -> Pixels:
    return np.asarray(np.rint(values), dtype=np.uint8)


def _encoded(pixels: Pixels) -> CleanPicture:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", compress_level=3)
    png = buffer.getvalue()
    return CleanPicture(png, pixels.shape[1], pixels.shape[0], hashlib.sha256(png).hexdigest())
