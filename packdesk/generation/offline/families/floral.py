"""Floral: large flowers over a bed of sprigs, small flowers in the gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.generation.offline.flowers import FLOWER_REACH, grow_flower
from packdesk.generation.offline.foliage import SPRIG_REACH, grow_sprig
from packdesk.generation.offline.palette import TONES, mix
from packdesk.generation.offline.scatter import distance, scatter

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

    from packdesk.generation.offline.canvas import Canvas
    from packdesk.generation.offline.palette import Palette
    from packdesk.generation.offline.scatter import Point
    from packdesk.generation.offline.style import Style

_BED = ("olive", "berry", "olive", "fern")
_LARGE = ("peony", "peony", "anemone")
_SMALL = ("daisy", "bud", "daisy")


def paint(canvas: Canvas, style: Style, rng: Random) -> None:
    """Cover the canvas with flowers."""
    unit = canvas.unit
    leaves = _leaf_colours(style)
    for x, y in scatter(canvas, rng, 9.5 * unit):
        sprig = grow_sprig(rng, leaves, rng.choice(_BED))
        size = 4.4 * unit
        canvas.place(x, y, sprig.draw, size=size, turn=rng.uniform(0, 360), reach=size * SPRIG_REACH)
    large = scatter(canvas, rng, 15.5 * unit)
    _flowers(canvas, style, rng, large, kinds=_LARGE, sizes=(7.2, 9.4))
    gaps = [
        point
        for point in scatter(canvas, rng, 8.5 * unit)
        if all(distance(canvas, point, flower) > 9.5 * unit for flower in large)
    ]
    _flowers(canvas, style, rng, gaps, kinds=_SMALL, sizes=(2.2, 3.4))


def _flowers(
    canvas: Canvas,
    style: Style,
    rng: Random,
    points: Iterable[Point],
    *,
    kinds: tuple[str, ...],
    sizes: tuple[float, float],
) -> None:
    for x, y in points:
        flower = grow_flower(rng, style.palette, rng.choice(kinds))
        size = rng.uniform(*sizes) * canvas.unit
        canvas.place(x, y, flower.draw, size=size, turn=rng.uniform(0, 360), reach=size * FLOWER_REACH)


def _leaf_colours(style: Style) -> Palette:
    """Leaves stay green whatever the flowers are, but sink into the ground a little."""
    tones = TONES["green" if "green" in style.words else "sage"]
    ground = style.palette.ground
    return style.palette.with_motifs(
        mix(tones.mid, ground, 0.12),
        mix(tones.deep, ground, 0.25),
        mix(tones.mid, ground, 0.45),
        mix(tones.deep, tones.mid, 0.5),
    )
