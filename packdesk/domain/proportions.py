"""Sizes that keep their proportions."""

from __future__ import annotations

from packdesk.domain.dimensions import MAX_MM, MIN_MM, Dimensions

GRAIN_DIGITS = 1
"""The sides that follow are rounded to a tenth of a millimetre, as fine as packages are cut."""


def scaled(base: Dimensions, side: int, value: float) -> Dimensions:
    """A package in the proportions of `base` whose side 0, 1 or 2 (width, height, depth) is `value` mm.

    It stops growing or shrinking when the first of its sides reaches a limit. A base with a side beyond the
    limits may keep it.
    """
    sides = base.as_tuple()
    factor = value / sides[side]
    allowed = min(max(factor, MIN_MM / min(sides)), MAX_MM / max(sides))
    new = [round(length * allowed, GRAIN_DIGITS) for length in sides]
    if allowed == factor:
        # The side that leads is as it was asked for, and so is any other that equals it.
        new = [value if old == sides[side] else length for old, length in zip(sides, new, strict=True)]
    width, height, depth = new
    return Dimensions(width=width, height=height, depth=depth)
