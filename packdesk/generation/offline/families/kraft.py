"""Kraft: brown fibrous paper with sprigs printed in one ink."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from packdesk.generation.offline.canvas import shape
from packdesk.generation.offline.foliage import SPRIG_REACH, grow_sprig
from packdesk.generation.offline.noise import clouds, make_grid, paint_field, rgb
from packdesk.generation.offline.palette import KRAFT_PAPER, faded

if TYPE_CHECKING:
    from random import Random

    from packdesk.generation.offline.canvas import Canvas
    from packdesk.generation.offline.style import Style

_CELL = 0.2
_FIBRE_COLOURS = ("#5f4224", "#eed3a8", "#8a6337")
_AREA_PER_FIBRE = 9.0
_SPRIGS = ("olive", "round", "fern")


def paint(canvas: Canvas, style: Style, rng: Random) -> None:
    """Cover the canvas with paper, then print on it."""
    _paper(canvas, rng)
    _fibres(canvas, rng)
    _print(canvas, style, rng)


def _paper(canvas: Canvas, rng: Random) -> None:
    grid = make_grid(canvas, _CELL * max(1.0, canvas.unit))
    seed = rng.getrandbits(32)
    pulp = clouds(canvas, grid, seed, roughness=1.0, largest=4 * canvas.unit)
    tone = clouds(canvas, grid, seed + 1, roughness=2.2, largest=40 * canvas.unit)
    paint_field(canvas, rgb(KRAFT_PAPER) + (pulp * 4.5 + tone * 3)[..., None])


def _fibres(canvas: Canvas, rng: Random) -> None:
    unit = canvas.unit
    for _ in range(int(canvas.width * canvas.height / (_AREA_PER_FIBRE * unit**2))):
        angle, length = rng.uniform(0, 2 * math.pi), rng.uniform(0.6, 3.2) * unit
        fibre = QPainterPath(QPointF(0, 0))
        fibre.quadTo(
            QPointF(math.cos(angle + 0.5), math.sin(angle + 0.5)) * length / 2,
            QPointF(math.cos(angle), math.sin(angle)) * length,
        )
        canvas.line(
            faded(rng.choice(_FIBRE_COLOURS), rng.uniform(0.15, 0.45)), rng.uniform(0.06, 0.16) * unit
        )
        x, y = rng.uniform(0, canvas.width), rng.uniform(0, canvas.height)
        canvas.place(x, y, shape(fibre), reach=length)


def _print(canvas: Canvas, style: Style, rng: Random) -> None:
    ink = faded(style.palette.main, 0.85)
    printed = style.palette.with_motifs(ink, ink, ink, ink)
    pitch = canvas.pitch(17 * canvas.unit)
    size = 3.0 * canvas.unit
    for row, column, x, y in canvas.brick(pitch, pitch * 0.55):
        sprig = grow_sprig(rng, printed, _SPRIGS[(column * 2 + row) % 3])
        turn = (-42, 38)[(column + row) % 2] + rng.uniform(-6, 6)
        canvas.place(x, y, sprig.draw, size=size, turn=turn, reach=size * SPRIG_REACH)
