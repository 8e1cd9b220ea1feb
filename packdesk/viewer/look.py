"""The appearance of a package: finish, lighting, exposure and background."""

from __future__ import annotations

import re
from dataclasses import dataclass

from packdesk.errors import InvalidInputError
from packdesk.sentence import Sentence
from packdesk.viewer.finish import Finish
from packdesk.viewer.lights import Lighting
from packdesk.viewer.scene import STUDIO_DARK, STUDIO_LIGHT, Backdrop, plain_backdrop

AS_THEME, LIGHT_STUDIO, DARK_STUDIO, NOTHING = "theme", "light", "dark", "transparent"
"""Backgrounds besides a colour, which is written `#rrggbb`."""
_NAMED = {LIGHT_STUDIO: STUDIO_LIGHT, DARK_STUDIO: STUDIO_DARK, NOTHING: None}
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_MAX_STOPS = 4.0


@dataclass(frozen=True)
class Look:
    """One appearance.

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
        if self.background not in {AS_THEME, *_NAMED} and not _COLOUR.fullmatch(self.background):
            raise InvalidInputError(
                Sentence("“{text}” is not a background.", text=self.background[:40]),
                "Use light, dark, transparent, or a colour such as #aabbcc.",
            )
        if not -_MAX_STOPS <= self.exposure <= _MAX_STOPS:
            raise InvalidInputError(
                Sentence("An exposure of {value:g} stops is not possible.", value=self.exposure),
                Sentence(
                    "Use -{most:g} to {most:g}; 0 is neither darker nor lighter, 1 twice the light.",
                    most=_MAX_STOPS,
                ),
            )

    def backdrop(self, *, dark: bool = False) -> Backdrop | None:
        """The backdrop, None for transparency; `dark` is the theme of the window it is shown in."""
        if _COLOUR.fullmatch(self.background):
            return plain_backdrop(self.background)
        return _NAMED.get(self.background, STUDIO_DARK if dark else STUDIO_LIGHT)
