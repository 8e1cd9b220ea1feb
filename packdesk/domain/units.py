"""Millimetres in inches, in points, and in pixels at a resolution."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from packdesk.domain.panels import FlatSize

MM_PER_INCH = 25.4
MM_PER_POINT = MM_PER_INCH / 72

MIN_PIXELS_PER_SIDE, MAX_PIXELS_PER_SIDE = 16, 4096


def dpi_of(width: float, height: float, size: FlatSize) -> float:
    """Pixels per inch of a picture of so many pixels on a panel, in the worse direction."""
    return MM_PER_INCH * min(width / size.width, height / size.height)


def reached_dpi(size: FlatSize, dpi: float) -> float:
    """The resolution, or what `MAX_PIXELS_PER_SIDE` allow of it on a large panel."""
    longest = max(size.width, size.height) / MM_PER_INCH
    return min(dpi, MAX_PIXELS_PER_SIDE / longest)


def pixel_size(size: FlatSize, dpi: float) -> tuple[int, int]:
    """Width and height of a panel in pixels, at most `MAX_PIXELS_PER_SIDE` a side."""
    dpi = reached_dpi(size, dpi)
    return (
        max(MIN_PIXELS_PER_SIDE, round(size.width / MM_PER_INCH * dpi)),
        max(MIN_PIXELS_PER_SIDE, round(size.height / MM_PER_INCH * dpi)),
    )
