"""The limit of graphics memory for artwork, and how far large pictures are reduced for it. No OpenGL."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CARD_BYTES = 512 * 2**20
"""For the artwork that one 3D view shows; while a picture is replaced, the new one comes on top."""
LONGEST_SIDE = 8192  # nothing visible is gained beyond
_PIXEL_BYTES = 4

Size = tuple[int, int]


def level_size(size: Size, level: int) -> Size:
    """Width and height of a level of a mip chain; level 0 is the picture itself."""
    return max(size[0] >> level, 1), max(size[1] >> level, 1)


def texture_bytes(size: Size) -> int:
    """Bytes of a picture with all its mip levels on the graphics card."""
    levels = max(size).bit_length()
    return sum(
        _PIXEL_BYTES * width * height for width, height in (level_size(size, n) for n in range(levels))
    )


def first_levels(
    sizes: Mapping[str, Size], budget: int = CARD_BYTES, longest: int = LONGEST_SIDE
) -> dict[str, int]:
    """The level of its mip chain at which each picture begins on the card: 0 shows it in full.

    The largest picture is halved until all fit; of equal ones the last, so the front is the last to suffer.

    Args:
        sizes: of the pictures in pixels, by panel, the most important first.
        budget: bytes for all of them.
        longest: side in pixels that the card takes.
    """
    levels = dict.fromkeys(sizes, 0)
    for panel_id, size in sizes.items():
        while max(level_size(size, levels[panel_id])) > longest:
            levels[panel_id] += 1
    while sum((taken := _taken(sizes, levels)).values()) > budget:
        panel_id = max(reversed(taken), key=lambda name: taken[name])
        if taken[panel_id] == _PIXEL_BYTES:
            break
        levels[panel_id] += 1
    return levels


def _taken(sizes: Mapping[str, Size], levels: Mapping[str, int]) -> dict[str, int]:
    return {panel_id: texture_bytes(level_size(size, levels[panel_id])) for panel_id, size in sizes.items()}
