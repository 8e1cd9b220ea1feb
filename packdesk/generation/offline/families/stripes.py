"""Stripes: one repeat of wide and narrow bands with foil lines, upright, level or slanting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from packdesk.generation.offline.style import seeded_random

if TYPE_CHECKING:
    from random import Random

    from PySide6.QtGui import QColor

    from packdesk.generation.offline.canvas import Canvas
    from packdesk.generation.offline.style import Style

    Bands = list[tuple[QColor, float]]

_SLANT_WORDS = frozenset(("diagonal", "candy", "slanted", "slanting"))


def paint(canvas: Canvas, style: Style, _rng: Random) -> None:
    """Cover the canvas with stripes. All panels share one repeat, so it is seeded by the design alone."""
    bands = _repeat(style, canvas.unit)
    words = set(style.words)
    if "horizontal" in words:
        _level(canvas, bands)
    elif words & _SLANT_WORDS:
        _slanting(canvas, bands)
    else:
        _upright(canvas, bands)


def _repeat(style: Style, unit: float) -> Bands:
    """Colours and widths in millimetres, symmetric about the first band so that panels can centre it."""
    palette, rng = style.palette, seeded_random(style.seed, "stripes")
    ground, foil = palette.ground, palette.metal

    def wide() -> float:
        return float(rng.choice((4, 6, 8)))

    half: Bands = [
        (palette.main, wide()),
        (ground, 1.2),
        (foil, 0.5),
        (ground, wide() / 2),
        (palette.accent, rng.choice((2.5, 4.0))),
        (ground, wide() / 2),
    ]
    middle = (palette.soft if palette.dark else palette.deep, rng.choice((1.6, 2.5)))
    return [(colour, width * unit) for colour, width in [*half, middle, *half[:0:-1]]]


def _length(bands: Bands) -> float:
    return sum(width for _, width in bands)


def _upright(canvas: Canvas, bands: Bands) -> None:
    _run(canvas, _closing(canvas, bands), canvas.width, canvas.area)


def _closing(canvas: Canvas, bands: Bands) -> Bands:
    """The bands, stretched a little where the repeat must fit around a seam."""
    stretch = canvas.pitch(_length(bands)) / _length(bands)
    return [(colour, width * stretch) for colour, width in bands]


def _level(canvas: Canvas, bands: Bands) -> None:
    painter = canvas.painter
    painter.save()
    painter.translate(canvas.width, 0)
    painter.rotate(90)
    _run(canvas, bands, canvas.height, QRectF(0, 0, canvas.height, canvas.width))
    painter.restore()


def _slanting(canvas: Canvas, bands: Bands) -> None:
    """Sheared rather than turned: along the width the repeat stays what it is, so it closes at a seam."""
    painter = canvas.painter
    spread = [(colour, width * 2**0.5) for colour, width in bands]
    painter.save()
    painter.shear(-1, 0)
    area = QRectF(0, 0, canvas.width + canvas.height, canvas.height)
    _run(canvas, _closing(canvas, spread), canvas.width, area)
    painter.restore()


def _run(canvas: Canvas, bands: Bands, length: float, area: QRectF) -> None:
    """Stripes across an area, the first band in the middle of `length` and of a seam."""
    repeat = _length(bands)
    x = length / 2 - bands[0][1] / 2
    while x > area.left():
        x -= repeat
    while x < area.right():
        canvas.check()
        for colour, width in bands:
            # a hair wider than the band, so that smoothing leaves no gap before the next
            canvas.painter.fillRect(QRectF(x, area.top() - 1, width * 1.01, area.height() + 2), colour)
            x += width
