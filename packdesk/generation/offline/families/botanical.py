"""Botanical: a layer of clear sprigs over a pale layer that looks farther away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.generation.offline.foliage import SPRIG_REACH, grow_sprig
from packdesk.generation.offline.scatter import scatter

if TYPE_CHECKING:
    from random import Random

    from packdesk.generation.offline.canvas import Canvas
    from packdesk.generation.offline.palette import Palette
    from packdesk.generation.offline.style import Style

_FAR = ("fern", "round", "olive")
_NEAR = ("round", "round", "olive", "olive", "berry", "fern")


def paint(canvas: Canvas, style: Style, rng: Random) -> None:
    """Cover the canvas with leaves."""
    far = style.palette.receding(0.72)
    _layer(canvas, far, rng, kinds=_FAR, spacing=12, sizes=(6.2, 6.8))
    _layer(canvas, style.palette, rng, kinds=_NEAR, spacing=11, sizes=(4.6, 6.2))


def _layer(
    canvas: Canvas,
    palette: Palette,
    rng: Random,
    *,
    kinds: tuple[str, ...],
    spacing: float,
    sizes: tuple[float, float],
) -> None:
    for x, y in scatter(canvas, rng, spacing * canvas.unit):
        sprig = grow_sprig(rng, palette, rng.choice(kinds))
        size = rng.uniform(*sizes) * canvas.unit
        canvas.place(x, y, sprig.draw, size=size, turn=rng.uniform(0, 360), reach=size * SPRIG_REACH)
