"""How the package is shown in this window: finish, light, background, exposure, and how far it is folded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from packdesk.viewer.finish import Finish
from packdesk.viewer.lights import Lighting
from packdesk.viewer.scene import STUDIO_DARK, STUDIO_LIGHT, plain_backdrop

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.viewer.scene import Backdrop

MOST_EXPOSURE = 2.0
"""In stops, to both sides."""
AS_THEME, LIGHT_STUDIO, DARK_STUDIO, NO_BACKGROUND = "theme", "light", "dark", "transparent"
"""Backgrounds besides a colour, which is written `#rrggbb`."""


_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Look:
    """A choice of each.

    Attributes:
        finish: the surface of the whole package.
        lighting: the arrangement of the lamps.
        background: one of the names above, or a colour.
        exposure: in stops.
        folded: 0 for the flat blank to 1 for the closed package.
    """

    finish: Finish = Finish.MATTE
    lighting: Lighting = Lighting.SOFT
    background: str = AS_THEME
    exposure: float = 0.0
    folded: float = 1.0

    def backdrop(self, *, dark: bool) -> Backdrop | None:
        """What is behind the package in a light or dark window."""
        if self.background.startswith("#"):
            return plain_backdrop(self.background)
        studio = STUDIO_DARK if dark else STUDIO_LIGHT
        named = {LIGHT_STUDIO: STUDIO_LIGHT, DARK_STUDIO: STUDIO_DARK, NO_BACKGROUND: None}
        return named.get(self.background, studio)

    def values(self) -> dict[str, Any]:
        """What is kept of it, for JSON: how far it is folded is a matter of the moment."""
        return {
            "finish": self.finish.value,
            "lighting": self.lighting.value,
            "background": self.background,
            "exposure": self.exposure,
        }


def look_of(values: Mapping[str, Any]) -> Look:
    """The look as it was kept; what cannot be used is passed over."""
    known = Look()
    background, exposure = values.get("background"), values.get("exposure")
    return Look(
        finish=_member(Finish, values.get("finish"), known.finish),
        lighting=_member(Lighting, values.get("lighting"), known.lighting),
        background=_background(background, known.background),
        exposure=_limited(exposure) if isinstance(exposure, int | float) else known.exposure,
    )


def _member(kind: Any, value: object, otherwise: Any) -> Any:
    return kind(value) if isinstance(value, str) and value in set(kind) else otherwise


def _background(value: object, otherwise: str) -> str:
    if not isinstance(value, str):
        return otherwise
    named = value in {AS_THEME, LIGHT_STUDIO, DARK_STUDIO, NO_BACKGROUND}
    return value if named or _COLOUR.fullmatch(value) else otherwise


def _limited(exposure: float) -> float:
    return float(min(max(exposure, -MOST_EXPOSURE), MOST_EXPOSURE))
