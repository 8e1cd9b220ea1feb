"""How colours are looked at: as the screen has them, or as a press would print them."""

from __future__ import annotations

from enum import StrEnum


class Sight(StrEnum):
    """What the views show of the artwork's colours."""

    SCREEN = "screen"
    PROOF = "proof"  # as printed on the press's paper
    GAMUT = "gamut"  # the same, with what the press cannot print marked
    INKS = "inks"  # how much ink lies where, and where that is over the limit
