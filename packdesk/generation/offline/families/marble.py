"""Marble: clouded stone with grey veins and broken seams of foil."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from packdesk.generation.offline.noise import blend, clouds, level, make_grid, paint_field, rgb, warped
from packdesk.generation.offline.palette import mix

if TYPE_CHECKING:
    from random import Random

    from packdesk.generation.offline.canvas import Canvas
    from packdesk.generation.offline.noise import Field
    from packdesk.generation.offline.style import Style

_CELL = 0.17
# A vein runs where the stone has this value: (value, width, strength).
_VEINS = ((0.0, 0.05, 0.9), (-0.7, 0.026, 0.75), (0.8, 0.028, 0.7), (-1.15, 0.02, 0.6))


@dataclass(frozen=True)
class _Stone:
    """Number fields the stone is made of: `body` is bent, the others are as grown."""

    body: Field
    fold: Field
    cloud: Field
    grain: Field


def paint(canvas: Canvas, style: Style, rng: Random) -> None:
    """Cover the canvas with one slab."""
    stone = _grow(canvas, rng)
    canvas.check()
    colours = _clouded(stone, style)
    for value, width, strength in _VEINS:
        canvas.check()
        line = np.exp(-((np.abs(stone.body - value) / width) ** 1.3))
        colours = blend(colours, _vein_colour(style), line * (0.35 + 0.65 * stone.grain) * strength)
    foil = rgb(style.palette.metal) * (0.78 + 0.44 * stone.grain)[..., None]
    paint_field(canvas, blend(colours, foil, _foil(stone) * 0.95))


def _grow(canvas: Canvas, rng: Random) -> _Stone:
    grid = make_grid(canvas, _CELL * max(1.0, canvas.unit))
    seed, unit = rng.getrandbits(32), canvas.unit
    body, fold, cloud, grain = (
        clouds(canvas, grid, seed + number, roughness=roughness, largest=largest * unit)
        for number, (roughness, largest) in enumerate(((3.5, 75), (3.8, 75), (2.8, 45), (1.9, 25)))
    )
    canvas.check()
    bend = 6.5 * unit
    return _Stone(
        warped(body, fold, cloud, grid, bend), warped(fold, cloud, fold, grid, bend), cloud, level(grain)
    )


def _clouded(stone: _Stone, style: Style) -> Field:
    palette = style.palette
    base = rgb(palette.ground)
    shadow = rgb(mix(palette.ground, palette.main if palette.dark else palette.deep, 0.28))
    depth = 1 - np.minimum(1, np.abs(stone.body) / 1.9) ** 0.8
    return blend(np.broadcast_to(base, (*depth.shape, 3)), shadow, depth * 0.8)


def _vein_colour(style: Style) -> Field:
    return rgb(mix(style.palette.ground, style.palette.ink, 0.5 if style.palette.dark else 0.45))


def _foil(stone: _Stone) -> Field:
    """Share of foil per cell: thin lines that come and go with the clouds."""
    line = np.exp(-((np.abs(stone.fold - 0.1) / 0.022) ** 2))
    return np.asarray(line * np.clip((stone.cloud + 0.5) * 2.2, 0, 1), dtype=np.float32)
