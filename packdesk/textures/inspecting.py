"""What the pixels of a panel's picture tell before it is printed: where it ends, and lines that fill in."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageFilter

from packdesk.domain.area_finish import area_mask
from packdesk.domain.preflight.findings import PictureLooks

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from packdesk.domain.area_finish import AreaFinish
    from packdesk.domain.panels import FlatSize
    from packdesk.domain.preflight.findings import Spot

    Bytes = npt.NDArray[np.uint8]

THINNEST_MM = 0.18
"""Half a point: a thinner light line on a dark ground fills in where the inks are not in register."""
_DARK, _BARE, _SEVERAL_INKS = 110, 200, 24
"""In codes: the ground is darker; the line lighter, all but bare paper; several inks so far from grey."""
_OPAQUE, _GRID = 128, 8


def inspect(png: bytes, size: FlatSize, areas: Iterable[AreaFinish] = ()) -> PictureLooks:
    """Look through a checked picture of a panel of a size, with its finishes. Slow for large ones."""
    with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
        pixels = np.asarray(opened.convert("RGBA"))
    per_mm = min(pixels.shape[1] / size.width, pixels.shape[0] / size.height)
    rim, short = _rim(pixels[..., 3])
    thin, thin_at = _thin(pixels, per_mm)
    bare = tuple(area.kind for area in areas if not area_mask(area, pixels).any())
    return PictureLooks(rim=rim, thin=thin, thin_at=thin_at, short=short, bare=bare)


_STRIPS: tuple[Spot, ...] = ((0, 0, 1, 0.1), (0, 0.9, 1, 1), (0, 0, 0.1, 1), (0.9, 0, 1, 1))


def _rim(opacity: Bytes) -> tuple[float, Spot]:
    """The share of the four edges that is opaque, and along which one least is."""
    edges = [edge >= _OPAQUE for edge in (opacity[0], opacity[-1], opacity[:, 0], opacity[:, -1])]
    barest = int(np.argmin([edge.mean() for edge in edges]))
    return float(np.concatenate(edges).mean()), _STRIPS[barest]


_NO_LINES: tuple[float, None] = (0.0, None)


def _thin(pixels: Bytes, per_mm: float) -> tuple[float, Spot | None]:
    """Millimetres of light lines thinner than `THINNEST_MM` on dark, coloured ground, and where most are.

    What a square a little wider than such a line does not fit into is gone after an opening (Soille,
    "Morphological Image Analysis", 2003, 4.4); the difference are thin lines.
    """
    widest = int(THINNEST_MM * per_mm)
    if widest < 1:
        return _NO_LINES  # single pixels are thicker
    light = np.asarray(Image.fromarray(pixels[..., :3]).convert("L"))
    ground = _opened(light, widest + 1)
    lines = (ground < _DARK) & (light > _BARE)
    if not lines.any():
        return _NO_LINES
    lines &= _ground_spread(pixels, light < _DARK, 2 * widest + 1) >= _SEVERAL_INKS
    if not lines.any():
        return _NO_LINES  # on black alone, as between the bars of a code, nothing is out of register
    return float(lines.sum()) / widest / per_mm, _fullest(lines)


def _ground_spread(pixels: Bytes, dark: npt.NDArray[np.bool_], reach: int) -> npt.NDArray[np.floating]:
    """How far from grey the dark pixels around each pixel are on average."""
    spread = pixels[..., :3].max(axis=-1) - pixels[..., :3].min(axis=-1)
    around = ImageFilter.BoxBlur(reach)
    total, count = (
        np.asarray(Image.fromarray(plane.astype(np.uint8)).filter(around), np.float32)
        for plane in (spread * dark, 255 * dark)
    )
    return 255 * total / np.maximum(count, 1)


def _fullest(found: npt.NDArray[np.bool_]) -> Spot:
    """The square of a grid with most in it, in shares."""
    rows, columns = (np.array_split(np.arange(side), _GRID) for side in found.shape)
    counts = np.add.reduceat(
        np.add.reduceat(found, [int(one[0]) for one in rows if len(one)], 0, int),
        [int(one[0]) for one in columns if len(one)],
        1,
        int,
    )
    row, column = divmod(int(np.argmax(counts)), counts.shape[1])
    down, across = counts.shape
    return column / across, row / down, (column + 1) / across, (row + 1) / down


def _opened(light: Bytes, side: int) -> Bytes:
    return _windows(_windows(light, side, np.minimum), side, np.maximum, back=True)


def _windows(light: Bytes, side: int, take: np.ufunc, *, back: bool = False) -> Bytes:
    """The least or the greatest of every square of so many pixels; `back` looks the other way."""
    found = light.copy()
    for axis in (0, 1):
        former = np.moveaxis(found.copy(), axis, 0)
        into = np.moveaxis(found, axis, 0)
        for step in range(1, side):
            if back:
                take(into[step:], former[:-step], out=into[step:])
            else:
                take(into[:-step], former[step:], out=into[:-step])
    return found
