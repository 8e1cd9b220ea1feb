"""Clouds, veins and fibres as number fields on a grid fixed in millimetres.

The grid does not know the picture's resolution: a preview and a print show the same marble.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

if TYPE_CHECKING:
    from packdesk.generation.offline.canvas import Canvas

Field = npt.NDArray[np.floating[Any]]
"""Values per grid cell: (rows, columns), or (rows, columns, 3) as red, green, blue of 0 to 255."""

_MOST_CELLS = 1_500_000


@dataclass(frozen=True)
class Grid:
    """Square cells over a panel: `columns` x `rows` cells of `cell` millimetres."""

    columns: int
    rows: int
    cell: float


def make_grid(canvas: Canvas, cell: float) -> Grid:
    """A grid over the canvas with cells of about `cell` millimetres, coarser on very large panels."""
    cell = max(cell, math.sqrt(canvas.width * canvas.height / _MOST_CELLS))
    columns = max(4, round(canvas.width / cell))
    return Grid(columns, max(4, round(canvas.height / cell)), canvas.width / columns)


def clouds(canvas: Canvas, grid: Grid, seed: int, *, roughness: float, largest: float) -> Field:
    """Smooth random values with mean 0 and spread 1 that close at all four edges.

    Args:
        canvas: asked whether the picture is still wanted.
        grid: where values are made.
        seed: the same seed and grid give the same values.
        roughness: how fast fine detail fades; 1 is paper, 4 is fog.
        largest: size in millimetres of the largest shapes.
    """
    canvas.check()
    across = np.fft.rfftfreq(grid.columns, grid.cell)[None, :]
    down = np.fft.fftfreq(grid.rows, grid.cell)[:, None]
    strength = (across**2 + down**2 + (1 / largest) ** 2) ** (-(roughness + 1) / 4)
    strength[0, 0] = 0
    chance = np.random.default_rng(seed)
    waves = chance.standard_normal(strength.shape) + 1j * chance.standard_normal(strength.shape)
    values = np.fft.irfft2(waves * strength, (grid.rows, grid.columns))
    return np.asarray(values / (values.std() or 1), dtype=np.float32)


def warped(field: Field, right: Field, down: Field, grid: Grid, amount: float) -> Field:
    """The field looked up at places shifted by two other fields, `amount` millimetres per unit."""
    rows, columns = np.indices(field.shape, dtype=np.float32)
    shift = amount / grid.cell
    return _look_up(field, rows + down * shift, columns + right * shift)


def _look_up(field: Field, rows: Field, columns: Field) -> Field:
    """Values between cells, blended from the four around; both axes are periodic."""
    row, column = np.floor(rows), np.floor(columns)
    row_share, column_share = rows - row, columns - column
    upper, left = row.astype(np.intp) % field.shape[0], column.astype(np.intp) % field.shape[1]
    lower, right = (upper + 1) % field.shape[0], (left + 1) % field.shape[1]
    top = field[upper, left] * (1 - column_share) + field[upper, right] * column_share
    bottom = field[lower, left] * (1 - column_share) + field[lower, right] * column_share
    return np.asarray(top * (1 - row_share) + bottom * row_share, dtype=np.float32)


def level(field: Field) -> Field:
    """Values squeezed into 0 to 1, the middle at one half."""
    return np.asarray(0.5 + 0.5 * np.tanh(field * 0.8), dtype=np.float32)


def rgb(colour: QColor | str) -> Field:
    """A colour as three numbers of 0 to 255."""
    value = QColor(colour)
    return np.array([value.redF(), value.greenF(), value.blueF()], dtype=np.float32) * 255


def blend(base: Field, other: Field, share: Field) -> Field:
    """Colours per cell: `share` (rows, columns) of the other colour over the base."""
    amount = share[..., None]
    return np.asarray(base * (1 - amount) + other * amount, dtype=np.float32)


def paint_field(canvas: Canvas, colours: Field) -> None:
    """Cover the canvas with colours per cell, smoothly enlarged or reduced to its pixels."""
    canvas.check()
    rows, columns = colours.shape[:2]
    if columns >= canvas.image.width() or rows >= canvas.image.height():
        reduced = _to_image(colours).scaled(
            canvas.image.size(),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        canvas.painter.save()
        canvas.painter.resetTransform()
        canvas.painter.drawImage(0, 0, reduced)
        canvas.painter.restore()
        return
    # One more cell around, taken from the opposite side, so that enlarging blends over the seam.
    margin = np.pad(colours, ((1, 1), (1, 1), (0, 0)), mode="wrap" if canvas.wraps else "edge")
    across, down = canvas.width / columns, canvas.height / rows
    canvas.painter.drawImage(canvas.area.adjusted(-across, -down, across, down), _to_image(margin))


def _to_image(colours: Field) -> QImage:
    pixels = np.ascontiguousarray(np.rint(colours.clip(0, 255)).astype(np.uint8))
    rows, columns = pixels.shape[:2]
    borrowed = QImage(pixels.data, columns, rows, 3 * columns, QImage.Format.Format_RGB888)
    return borrowed.convertToFormat(QImage.Format.Format_RGB32)  # a copy: the array goes away
