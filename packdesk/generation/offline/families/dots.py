"""Dots: a honeycomb of two sizes, scattered confetti, or a halftone that grows downwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.generation.offline.canvas import circle
from packdesk.generation.offline.palette import mix
from packdesk.generation.offline.scatter import scatter

if TYPE_CHECKING:
    from random import Random

    from PySide6.QtGui import QColor

    from packdesk.generation.offline.canvas import Canvas
    from packdesk.generation.offline.style import Style

_PITCH = 6.4
_ROW = 0.866  # of the pitch: rows of a honeycomb


def paint(canvas: Canvas, style: Style, rng: Random) -> None:
    """Cover the canvas with dots."""
    if "confetti" in style.words:
        _confetti(canvas, style, rng)
    elif "halftone" in style.words:
        _halftone(canvas, style)
    else:
        _polka(canvas, style)


def _dot(canvas: Canvas, x: float, y: float, radius: float, colour: QColor) -> None:
    canvas.fill(colour)
    canvas.place(x, y, circle(radius), reach=radius)


def _polka(canvas: Canvas, style: Style) -> None:
    palette = style.palette
    pitch = canvas.pitch(_PITCH * canvas.unit)
    for row, _, x, y in canvas.brick(pitch, pitch * _ROW):
        # whole rows of rings, because a repeat of three columns need not close at a seam
        if row % 2:
            _dot(canvas, x, y, pitch * 0.2, palette.accent)
            _dot(canvas, x, y, pitch * 0.1, palette.ground)
        else:
            _dot(canvas, x, y, pitch * 0.34, palette.main)


def _halftone(canvas: Canvas, style: Style) -> None:
    pitch = canvas.pitch(_PITCH * 0.7 * canvas.unit)
    for _, _, x, y in canvas.brick(pitch, pitch * _ROW):
        share = min(1.0, max(0.0, y / canvas.height))
        colour = mix(style.palette.main, style.palette.accent, share)
        _dot(canvas, x, y, pitch / 2 * (0.18 + 0.8 * share), colour)


def _confetti(canvas: Canvas, style: Style, rng: Random) -> None:
    palette = style.palette
    colours = (palette.main, palette.accent, palette.second, palette.deep, palette.metal)
    for x, y in scatter(canvas, rng, 4.6 * canvas.unit):
        _dot(canvas, x, y, rng.uniform(0.9, 2.0) * canvas.unit, rng.choice(colours))
