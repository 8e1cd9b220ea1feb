"""Fit a picture to a panel: the window of it that is shown, and the pixels of that window.

Both axes are always scaled by the same factor: what does not fit is cropped or, where that would cost too
much, mirrored outwards. Or all of the picture is shown, and what it leaves bare is transparent. The
arithmetic of the window is public, because whoever orders a picture has to know what will be trimmed.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from packdesk.domain.easing import smoothstep
from packdesk.domain.units import dpi_of, pixel_size, reached_dpi
from packdesk.textures.check import CleanPicture

if TYPE_CHECKING:
    from packdesk.domain.panels import FlatSize
    from packdesk.textures.notes import Fit

REFERENCE_PX = 1024
MOST_CROPPED = 0.22
"""Largest share of a picture's side that is simply cut off; above it, half is mirrored instead."""
LEAST_FADE, MOST_FADE = 0.06, 0.125
"""Width of the cross-fade over a seam, as a share of the panel's width: a narrower one is seen as an edge, in
a wider one things are seen twice."""
SAME_SHAPE = 0.005
"""Two shapes whose width to height differs by less than this share are taken for the same."""

_TURNED = (None, Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90)
"""By quarter turns to the right; Pillow counts degrees to the left."""
_EDGE = 1e-6  # of a pixel: products of rounded shares may fall this short of a whole number


@dataclass(frozen=True)
class Crop:
    """The window of a picture that lies on a panel. It is centred and has the panel's shape.

    Attributes:
        width: share of the picture's width; above 1 the picture goes on mirrored, or bare board is seen.
        height: share of the picture's height, likewise.
        fade: width of the band cross-faded over the seam, as a share of the window's width; 0 for none. It
            takes that much more picture beside the window.
    """

    width: float
    height: float
    fade: float

    def dpi(self, width: float, height: float, size: FlatSize) -> float:
        """Pixels of a picture per inch of the panel, in the worse direction.

        Args:
            width: of the picture, in pixels.
            height: of the picture, in pixels.
            size: of the panel.
        """
        return dpi_of(width * self.width, height * self.height, size)


WHOLE = Crop(1, 1, fade=0)
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


def crop_to_fill(width: float, height: float, size: FlatSize, *, wraps: bool, mirrors: bool = True) -> Crop:
    """Choose the window of a picture for a panel.

    Args:
        width: of the picture, in pixels or any other unit.
        height: of the picture, in the same unit.
        size: of the panel.
        wraps: the panel's right edge meets its left edge.
        mirrors: whether the picture may go on mirrored where else much of it would be cropped.
    """
    wideness = (width / height) / (size.width / size.height)
    if not wraps:
        return Crop(*_window(wideness, mirrors=mirrors), fade=0)
    if abs(wideness - 1) <= SAME_SHAPE or has_shape_of(size, width, height):
        return Crop(1, wideness, fade=0)  # every column stays: the art may close around already
    fade = min(max(wideness - 1, LEAST_FADE), MOST_FADE)
    columns, rows = _window(wideness / (1 + fade), mirrors=mirrors)
    return Crop(columns / (1 + fade), rows, fade)


def crop_to_show(width: float, height: float, size: FlatSize) -> Crop:
    """The smallest window of the panel's shape with all of a picture in it; units as in `crop_to_fill`."""
    wideness = (width / height) / (size.width / size.height)
    return Crop(max(1, 1 / wideness), max(1, wideness), fade=0)


def _window(wideness: float, *, mirrors: bool) -> tuple[float, float]:
    """Shares of width and height to show of a picture that is `wideness` times as wide as it should be."""
    kept = min(wideness, 1 / wideness)
    if mirrors and 1 - kept > MOST_CROPPED:
        kept = (1 + kept) / 2  # half of the loss is cropped, the other half mirrored on the short side
    return (kept, kept * wideness) if wideness > 1 else (kept / wideness, kept)


def has_shape_of(size: FlatSize, width: float, height: float) -> bool:
    """Whether a picture of this many pixels is the panel at some resolution, each side rounded to a pixel."""
    least = max((width - 0.5) / size.width, (height - 0.5) / size.height)
    most = min((width + 0.5) / size.width, (height + 0.5) / size.height)
    return least <= most


def fit_picture(
    png: bytes, size: FlatSize, *, dpi: float, wraps: bool, turns: int = 0, fit: Fit = "fill"
) -> FittedPicture:
    """Fit a checked picture to a panel. Equal arguments give equal bytes. Slow for large art.

    Args:
        png: from `clean_picture` or the library.
        size: of the panel.
        dpi: resolution to reach. A picture with fewer pixels is not enlarged, and one that has the panel's
            shape already comes back as it is, but for its turns.
        wraps: the panel's right edge meets its left edge; a picture that fills it will go on over that seam.
        turns: quarter turns to the right, made first; four are none.
        fit: see `notes.Fit`.
    """
    with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
        source = turned(opened, turns)
        width, height = source.size
        if _fits_as_it_is(width, height, size, dpi):
            if source is opened:  # its very bytes
                same = CleanPicture(png, width, height, hashlib.sha256(png).hexdigest())
            else:
                same = CleanPicture.of(source)
            return FittedPicture(same, WHOLE.dpi(width, height, size))
        if fit == "fit":
            return _whole(source, size, dpi)
        crop = crop_to_fill(width, height, size, wraps=wraps, mirrors=fit == "fill")
        available = crop.dpi(width, height, size)
        pixels = _window_of(source, crop, *pixel_size(size, min(dpi, available)))
    return FittedPicture(CleanPicture.of(Image.fromarray(pixels)), available)


def turned(picture: Image.Image, turns: int) -> Image.Image:
    """A picture after so many quarter turns to the right."""
    method = _TURNED[turns % 4]
    return picture if method is None else picture.transpose(method)


def _fits_as_it_is(width: int, height: int, size: FlatSize, dpi: float) -> bool:
    wanted = pixel_size(size, dpi)
    if (width, height) == wanted:  # also where the least number of pixels makes another shape
        return True
    return has_shape_of(size, width, height) and width <= wanted[0] and height <= wanted[1]


def _window_of(source: Image.Image, crop: Crop, columns: int, rows: int) -> Pixels:
    """The window of a picture in so many pixels, mirrored and closed as need be."""
    scale = min(1.0, max(columns / (source.width * crop.width), rows / (source.height * crop.height)))
    band = max(1, int(columns * crop.fade)) if crop.fade else 0
    centre = _scaled_centre(source, scale, columns + band, rows)
    return closed(mirrored_out(centre, columns + band, rows), band)


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


def _whole(source: Image.Image, size: FlatSize, dpi: float) -> FittedPicture:
    """All of a picture, as large as goes onto the panel, with transparent margins."""
    available = crop_to_show(source.width, source.height, size).dpi(source.width, source.height, size)
    columns, rows = pixel_size(size, min(dpi, available))
    scale = min(1.0, reached_dpi(size, dpi) / available)
    within = _snapped(source.width * scale, columns), _snapped(source.height * scale, rows)
    pixels = np.asarray(source.resize(within, Image.Resampling.LANCZOS))  # equal size: untouched
    fitted = Image.fromarray(on_board(pixels, columns, rows))
    return FittedPicture(CleanPicture.of(fitted), available)


def _snapped(pixels: float, most: int) -> int:
    return most if most - pixels < 1 else max(1, round(pixels))  # no margin is a mere hairline


Pixels = npt.NDArray[np.uint8]
"""(rows, columns, channels) as red, green, blue and perhaps opacity, 0 to 255."""


def mirrored_out(pixels: Pixels, columns: int, rows: int) -> Pixels:
    """The pixels in the middle of a larger picture, mirrored at their edges, again and again if need be."""
    return np.pad(pixels, _margins(pixels, columns, rows), mode="symmetric")


def _margins(pixels: Pixels, columns: int, rows: int) -> tuple[tuple[int, int], ...]:
    """What is lacking before and after the pixels, by axis, to be in the middle of so many."""
    above, before = (rows - pixels.shape[0]) // 2, (columns - pixels.shape[1]) // 2
    below, after = rows - pixels.shape[0] - above, columns - pixels.shape[1] - before
    return (above, below), (before, after), (0, 0)


def on_board(pixels: Pixels, columns: int, rows: int) -> Pixels:
    """The pixels in the middle of a larger picture that is transparent around them."""
    if pixels.shape[:2] == (rows, columns):
        return pixels
    margins = _margins(pixels, columns, rows)
    opaque = np.full((*pixels.shape[:2], 1), 255, np.uint8)
    cover = pixels[..., 3:] if pixels.shape[2] == 4 else opaque
    # The colours go on unseen: any other would shine through as a rim where a display smooths the edge.
    colours = np.pad(pixels[..., :3], margins, mode="edge")
    return np.concatenate([colours, np.pad(cover, margins)], axis=2)


def closed(strip: Pixels, band: int) -> Pixels:
    """Bend a strip into a ring: its two ends overlap by `band` columns and are cross-faded there.

    The fade lies half on either side of the seam, so the middle of the strip stays in the middle.
    """
    if not band:
        return strip
    around = strip.shape[1] - band
    share = smoothstep(0, band, np.arange(band, dtype=np.float32) + 0.5)
    overlap = _mixed(strip[:, around:], strip[:, :band], share)
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
