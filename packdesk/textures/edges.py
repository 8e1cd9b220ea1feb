"""What becomes of a picture's edges on a panel: mirrored outwards, on bare board, or closed around a body."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from packdesk.domain.easing import smoothstep

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
