"""Which panels a camera sees, and from where it would see one that it does not."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from packdesk.viewer.camera import NAMED_VIEWS

if TYPE_CHECKING:
    from packdesk.domain.dimensions import Dimensions
    from packdesk.viewer.camera import Camera

_ASIDE = NAMED_VIEWS["home"][0] - NAMED_VIEWS["front"][0]
"""Degrees beside a panel's own view: a solid is seen, not a face."""
_ASIDES = {"front": _ASIDE, "back": _ASIDE, "left": _ASIDE, "right": -_ASIDE}
_ELEVATION = NAMED_VIEWS["home"][1]
_ELEVATIONS = {"top": 52.0, "bottom": -38.0}


def is_hidden(camera: Camera, panel_id: str, size: Dimensions) -> bool:
    """Whether a panel of the closed package faces away from the camera.

    Args:
        camera: where it is seen from.
        panel_id: of a box or a cylinder.
        size: of the package, in millimetres.
    """
    right, away, up = (float(value) for value in camera.eye())
    half_width, half_depth = size.width / 2, size.depth / 2
    beyond = {
        "front": -away - half_depth,
        "back": away - half_depth,
        "left": -right - half_width,
        "right": right - half_width,
        "top": up - size.height,
        "bottom": -up,
        "body": math.hypot(right, away) - half_width,
    }
    return beyond[panel_id] <= 0


def facing(camera: Camera, panel_id: str) -> Camera:
    """The camera turned to a panel, a little from aside; its distance and centre unchanged."""
    if panel_id in _ELEVATIONS:
        return replace(camera, elevation=_ELEVATIONS[panel_id])
    if panel_id not in _ASIDES:  # all around
        return replace(camera, elevation=_ELEVATION)
    azimuth = (NAMED_VIEWS[panel_id][0] + _ASIDES[panel_id] + 180.0) % 360.0 - 180.0
    return replace(camera, azimuth=azimuth, elevation=_ELEVATION)
