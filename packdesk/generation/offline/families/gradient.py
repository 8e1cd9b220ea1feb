"""Gradient: soft lights that flow into each other, with thin rings over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from packdesk.generation.offline.canvas import circle
from packdesk.generation.offline.noise import clouds, make_grid, paint_field, rgb
from packdesk.generation.offline.palette import WHITE, faded, mix

if TYPE_CHECKING:
    from random import Random

    from PySide6.QtGui import QColor

    from packdesk.generation.offline.canvas import Canvas
    from packdesk.generation.offline.noise import Field, Grid
    from packdesk.generation.offline.style import Style

_CELL = 0.5
_RINGS = 22


def paint(canvas: Canvas, style: Style, rng: Random) -> None:
    """Cover the canvas with light."""
    paint_field(canvas, _lights(canvas, style, rng))
    _rings(canvas, rng)


def _lights(canvas: Canvas, style: Style, rng: Random) -> Field:
    """Colours per cell: each light's share falls off from its own middle; squares mix like light."""
    grid = make_grid(canvas, _CELL * max(1.0, canvas.unit))
    drift = clouds(canvas, grid, rng.getrandbits(32), roughness=4.6, largest=70 * canvas.unit) * 0.055
    colours = np.zeros((grid.rows, grid.columns, 3), np.float32)
    total = np.zeros((grid.rows, grid.columns, 1), np.float32)
    for colour in _colours(style):
        canvas.check()
        share = _light(canvas, grid, drift, rng)[..., None]
        colours += share * rgb(colour) ** 2
        total += share
    return np.asarray(np.sqrt(colours / total), dtype=np.float32)


def _light(canvas: Canvas, grid: Grid, drift: Field, rng: Random) -> Field:
    """Strength of one light per cell; distances are shares of the panel's sides."""
    down, across = np.indices((grid.rows, grid.columns), dtype=np.float32)
    x, y, radius = rng.random(), rng.random(), rng.uniform(0.22, 0.5)
    aside = across / grid.columns + drift - x
    if canvas.wraps:
        aside = (aside + 0.5) % 1 - 0.5
    away = aside**2 + (down / grid.rows + drift * 0.7 - y) ** 2
    return np.asarray(np.exp(-away / radius**2) + 1e-4, dtype=np.float32)


def _rings(canvas: Canvas, rng: Random) -> None:
    x, y = canvas.width * rng.uniform(0.3, 0.7), canvas.height * rng.uniform(0.75, 1.05)
    for number in range(_RINGS):
        radius = (6 + number * 5.2) * canvas.unit
        canvas.line(faded(WHITE, 0.34 - 0.012 * number), 0.22 * canvas.unit)
        canvas.place(x, y, circle(radius), reach=radius + canvas.unit)


def _colours(style: Style) -> list[QColor]:
    palette = style.palette
    return [
        palette.main,
        palette.second,
        palette.accent,
        palette.ground,
        mix(palette.main, palette.second, 0.5),
        palette.soft,
    ]
