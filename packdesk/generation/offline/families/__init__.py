"""The eleven pattern families. Each paints a whole panel in millimetres from a style and a seeded Random."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.generation.offline.families import (
    botanical,
    deco,
    dots,
    floral,
    geometric,
    gradient,
    kraft,
    marble,
    stripes,
    terrazzo,
    waves,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from packdesk.generation.offline.canvas import Canvas
    from packdesk.generation.offline.style import Style

    FamilyPainter = Callable[[Canvas, Style, Random], None]

FAMILIES: dict[str, FamilyPainter] = {
    "floral": floral.paint,
    "botanical": botanical.paint,
    "geometric": geometric.paint,
    "stripes": stripes.paint,
    "waves": waves.paint,
    "marble": marble.paint,
    "kraft": kraft.paint,
    "dots": dots.paint,
    "terrazzo": terrazzo.paint,
    "gradient": gradient.paint,
    "deco": deco.paint,
}
