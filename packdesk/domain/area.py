"""A rectangle on a panel, in millimetres from its left and upper edge as it is shown."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packdesk.errors import InvalidInputError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from packdesk.domain.panels import FlatSize

LEAST_MM = 1.0
_SIDES = 4


@dataclass(frozen=True)
class Area:
    """Left and upper edge, width and height, in millimetres."""

    x: float
    y: float
    width: float
    height: float


def read_area(text: str) -> Area:
    """A rectangle typed as `x,y,width,height` in millimetres.

    Raises:
        InvalidInputError: these are not four numbers.
    """
    try:
        sides = [float(part) for part in text.split(",")]
    except ValueError:
        sides = []
    if len(sides) != _SIDES or not all(map(math.isfinite, sides)):
        raise InvalidInputError(
            Sentence("“{text}” is no rectangle.", text=text[:60]),
            "Give x,y,width,height in millimetres: 10,20,30,40.",
        )
    return Area(*sides)


def on_panel(area: Area, panel_id: str, size: FlatSize) -> Area:
    """What of a rectangle lies on a panel of that size.

    Raises:
        InvalidInputError: it has no size, or nothing of it is on the panel.
    """
    if not (area.width >= LEAST_MM and area.height >= LEAST_MM):
        raise InvalidInputError("The rectangle has no size.", "Make it at least 1 mm wide and high.")
    left, top = max(0.0, area.x), max(0.0, area.y)
    width = min(size.width, area.x + area.width) - left
    height = min(size.height, area.y + area.height) - top
    if not (width >= LEAST_MM and height >= LEAST_MM):
        raise InvalidInputError(
            Sentence(
                "The rectangle is not on the panel “{panel}”, which is {width:g} × {height:g} mm.",
                panel=panel_id,
                width=size.width,
                height=size.height,
            ),
            "Give it in millimetres from the panel's left and upper edge.",
        )
    return Area(left, top, width, height)


def pixel_box(area: Area, size: FlatSize, width: int, height: int) -> tuple[int, int, int, int]:
    """Left, top, right and bottom in a picture of so many pixels on the panel; at least one pixel."""
    across, down = width / size.width, height / size.height
    left, top = min(width - 1, round(area.x * across)), min(height - 1, round(area.y * down))
    right = min(width, max(left + 1, round((area.x + area.width) * across)))
    bottom = min(height, max(top + 1, round((area.y + area.height) * down)))
    return left, top, right, bottom
