"""A cylinder's blank: a label that is wrapped around, its overlap for gluing, and two discs.

Three separate pieces, each with a closed cut outline: the label, whose overlap continues it at its left end
and goes under the other end at the back of the cylinder; the top disc above its middle and the bottom disc
below, each as it reads from the front, far enough away that no two bleeds meet.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packdesk.domain.curves import Path
from packdesk.domain.dieline.flaps import LEAST_MM
from packdesk.domain.dieline.outline import polygon
from packdesk.domain.dieline.printed import disc_outline, place_disc
from packdesk.domain.dieline.values import PlacedPanel

if TYPE_CHECKING:
    from packdesk.domain.dieline.outline import Box
    from packdesk.domain.dieline.values import DielineOptions
    from packdesk.domain.dimensions import Dimensions

_LEAST_GAP = 5.0


@dataclass(frozen=True)
class Wrap:
    """Where the pieces of a cylinder lie on the sheet.

    Attributes:
        diameter: of the discs.
        length: of the label, once around.
        height: of the label.
        overlap: of the label at its left end; 0 for none.
        gap: between the label and each disc.
    """

    diameter: float
    length: float
    height: float
    overlap: float
    gap: float

    @property
    def label(self) -> Box:
        """Left, upper, right and lower end of what shows of the label."""
        top = self.diameter + self.gap
        return self.overlap, top, self.overlap + self.length, top + self.height

    @property
    def discs(self) -> dict[str, tuple[float, float]]:
        """Upper left corner of each disc's square."""
        left, _, right, bottom = self.label
        x = (left + right - self.diameter) / 2
        return {"top": (x, 0.0), "bottom": (x, bottom + self.gap)}


def wrap_of(dimensions: Dimensions, options: DielineOptions) -> Wrap:
    """Lay out a cylinder; the overlap never goes around further than a quarter."""
    length = math.pi * dimensions.width
    overlap = min(options.glue_flap, length / 4)
    return Wrap(
        diameter=dimensions.width,
        length=length,
        height=dimensions.height,
        overlap=overlap if overlap >= LEAST_MM else 0.0,
        gap=2 * options.bleed + _LEAST_GAP,
    )


def wrap_cuts(wrap: Wrap) -> tuple[Path, ...]:
    """The outlines of label, top and bottom disc."""
    _, top, right, bottom = wrap.label
    discs = (Path((disc_outline(*corner, wrap.diameter),), closed=True) for corner in wrap.discs.values())
    return rectangle(0.0, top, right, bottom), *discs


def wrap_panels(wrap: Wrap, bleed: float) -> tuple[PlacedPanel, ...]:
    """The label and the discs with their artwork, in panel order."""
    left, top, right, bottom = wrap.label
    artwork = rectangle(left - bleed, top - bleed, right + bleed, bottom + bleed)
    body = PlacedPanel("body", left, top, wrap.length, wrap.height, 0, "rectangle", artwork)
    return body, *(
        place_disc(panel_id, *corner, wrap.diameter, bleed) for panel_id, corner in wrap.discs.items()
    )


def rectangle(left: float, top: float, right: float, bottom: float) -> Path:
    """A closed rectangle, clockwise."""
    return polygon([(left, top), (right, top), (right, bottom), (left, bottom)])
