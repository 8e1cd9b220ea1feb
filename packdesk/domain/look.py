"""How a package is photographed: its finish, the light, the exposure, and what stands behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from packdesk.errors import InvalidInputError
from packdesk.sentence import Sentence

LIGHT_STUDIO, DARK_STUDIO, NOTHING = "light", "dark", "transparent"
"""Backgrounds besides a colour, which is written `#rrggbb`."""
MOST_STOPS = 4.0
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class Finish(StrEnum):
    """The surface of the whole package."""

    MATTE = "matte"
    GLOSS = "gloss"
    KRAFT = "kraft"
    FOIL = "foil"


class Lighting(StrEnum):
    """The arrangement of the lamps."""

    SOFT = "soft"
    SIDE = "side"
    EVEN = "even"
    FLAT = "flat"  # no lamp at all: artwork has exactly the colours of its file


@dataclass(frozen=True)
class Look:
    """One way to photograph a package. It is the design's, whatever the window's theme.

    Attributes:
        background: one of the names above, or a colour.
        finish: the surface of the package.
        lighting: the arrangement of the lamps.
        exposure: of the package, in stops.
    """

    background: str = LIGHT_STUDIO
    finish: Finish = Finish.MATTE
    lighting: Lighting = Lighting.SOFT
    exposure: float = 0.0

    def __post_init__(self) -> None:
        """Check the values."""
        if self.background not in {LIGHT_STUDIO, DARK_STUDIO, NOTHING} and not self.is_plain:
            raise InvalidInputError(
                Sentence("“{text}” is not a background.", text=self.background[:40]),
                "Use light, dark, transparent, or a colour such as #aabbcc.",
            )
        if not -MOST_STOPS <= self.exposure <= MOST_STOPS:
            raise InvalidInputError(
                Sentence("An exposure of {value:g} stops is not possible.", value=self.exposure),
                Sentence(
                    "Use -{most:g} to {most:g}; 0 is neither darker nor lighter, 1 twice the light.",
                    most=MOST_STOPS,
                ),
            )

    @property
    def is_plain(self) -> bool:
        """Whether the background is a colour."""
        return _COLOUR.fullmatch(self.background) is not None

    @property
    def is_transparent(self) -> bool:
        """Whether there is no background at all."""
        return self.background == NOTHING
