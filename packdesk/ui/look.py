"""The look of the package as it is kept with the window's layout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from packdesk.errors import InvalidInputError
from packdesk.viewer.finish import Finish
from packdesk.viewer.lights import Lighting
from packdesk.viewer.look import AS_THEME, Look

if TYPE_CHECKING:
    from collections.abc import Mapping

FIRST_LOOK = Look(AS_THEME)


def look_values(look: Look) -> dict[str, Any]:
    """A look for JSON."""
    return {
        "background": look.background,
        "finish": look.finish.value,
        "lighting": look.lighting.value,
        "exposure": look.exposure,
    }


def look_of(values: Mapping[str, Any]) -> Look:
    """A look as it was kept; the first one if it cannot be used."""
    try:
        return Look(
            str(values["background"]),
            Finish(values["finish"]),
            Lighting(values["lighting"]),
            float(values["exposure"]),
        )
    except (KeyError, TypeError, ValueError, InvalidInputError):
        return FIRST_LOOK  # of another version, or changed by hand
