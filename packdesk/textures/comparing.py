"""Where two pictures of a panel differ, as rectangles a reviewer can be led to."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from packdesk.errors import BadPictureError

if TYPE_CHECKING:
    from collections.abc import Iterator

    Cells = npt.NDArray[np.bool_]

LONGEST = 640
"""Pixels of the longer side that is compared."""
CELL = 10
"""Pixels of a cell along each side: the finest a place can be told."""
_NOISE = 20  # levels: cutting a picture anew changes no more, once neighbours are averaged
MOST_PLACES = 8


class Place(NamedTuple):
    """A rectangle on a picture, 0 to 1 from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


WHOLE = Place(0.0, 0.0, 1.0, 1.0)


def changed_places(before: bytes, after: bytes) -> tuple[Place, ...]:
    """The places in which a picture became another, the largest first; none where nothing can be seen.

    Pictures of different shapes are compared as a panel shows them: filling it.

    Args:
        before: checked PNG.
        after: checked PNG.

    Raises:
        BadPictureError: one cannot be decoded.
    """
    if before == after:
        return ()
    size = _size(after)
    one, other = _levels(before, size), _levels(after, size)
    differs = _averaged(np.abs(one - other).max(axis=2)) > _NOISE
    cells = _in_cells(differs)
    found = sorted(_boxes(_grown(cells)), key=_area, reverse=True)
    rows, columns = cells.shape
    places = [Place(box[0] / columns, box[1] / rows, box[2] / columns, box[3] / rows) for box in found]
    return tuple(places) if len(places) <= MOST_PLACES else (_around(places),)


def _size(png: bytes) -> tuple[int, int]:
    with _opened(png) as picture:
        scale = LONGEST / max(picture.size)
        width, height = (max(CELL, round(side * scale / CELL) * CELL) for side in picture.size)
    return width, height


def _opened(png: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(png), formats=["PNG"])
    except Exception as error:
        raise BadPictureError("The picture is damaged.") from error


def _levels(png: bytes, size: tuple[int, int]) -> npt.NDArray[np.float32]:
    """(height, width, 4): colours as they cover, and how much they do."""
    try:
        with _opened(png) as opened:
            # Premultiplied: colours nobody sees are no difference.
            picture = opened.convert("RGBA").convert("RGBa").resize(size, Image.Resampling.BOX)
    except OSError as error:
        raise BadPictureError("The picture is damaged.") from error
    return np.asarray(picture, np.float32)


def _averaged(levels: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Each pixel with its eight neighbours."""
    padded = np.pad(levels, 1, mode="edge")
    height, width = levels.shape
    shifts = [padded[down : down + height, right : right + width] for down in range(3) for right in range(3)]
    averaged: npt.NDArray[np.float32] = np.mean(shifts, axis=0)
    return averaged


def _in_cells(pixels: Cells) -> Cells:
    rows, columns = (side // CELL for side in pixels.shape)
    return np.asarray(pixels.reshape(rows, CELL, columns, CELL).any(axis=(1, 3)))


def _grown(cells: Cells) -> Cells:
    """By a cell on every side: what is near belongs together, and a mark keeps off what it marks."""
    padded = np.pad(cells, 1)
    rows, columns = cells.shape
    grown = np.zeros_like(cells)
    for down in range(3):
        for right in range(3):
            grown |= padded[down : down + rows, right : right + columns]
    return grown


def _boxes(cells: Cells) -> Iterator[tuple[int, int, int, int]]:
    """Left, top, right and bottom of each group of cells that touch."""
    left_over = {(int(row), int(column)) for row, column in np.argwhere(cells)}
    while left_over:
        group, edge = [], [left_over.pop()]
        while edge:
            row, column = edge.pop()
            group.append((row, column))
            near = {(row + down, column + right) for down in (-1, 0, 1) for right in (-1, 0, 1)} & left_over
            left_over -= near
            edge += near
        rows, columns = zip(*group, strict=True)
        yield min(columns), min(rows), max(columns) + 1, max(rows) + 1


def _area(box: tuple[int, int, int, int]) -> int:
    left, top, right, bottom = box
    return (right - left) * (bottom - top)


def _around(places: list[Place]) -> Place:
    left, top, right, bottom = zip(*places, strict=True)
    return Place(min(left), min(top), max(right), max(bottom))
