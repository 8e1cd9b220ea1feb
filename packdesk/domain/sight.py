"""How colours are looked at: as the screen has them, or as a press would print them."""

from __future__ import annotations

from enum import StrEnum

Colour = tuple[int, int, int]

WARNING: Colour = (255, 0, 200)
"""What the press cannot print is marked in a colour no package has."""
OVER: Colour = (230, 20, 40)
"""Where there is more ink than the limit."""
LEAST_INK: Colour = (255, 250, 235)
"""Where there is none; from there evenly to the next."""
MOST_INK: Colour = (250, 170, 40)
"""Where there is as much as the limit."""


class Sight(StrEnum):
    """What the views show of the artwork's colours."""

    SCREEN = "screen"
    PROOF = "proof"  # as printed on the press's paper
    GAMUT = "gamut"  # the same, with what the press cannot print marked
    INKS = "inks"  # how much ink lies where, and where that is over the limit
