"""Inside, manufacturing and outside size of a package.

The manufacturing size is measured on the blank from crease to crease, and it is what the sliders set: every
panel of the dieline is exactly as wide and as high as asked, and so is its artwork. A crease lies in the
middle of the board, so a finished wall reaches half a caliper further out than its crease and half a caliper
further in. With a wall at both ends of each axis, the room inside is one caliper smaller than the
manufacturing size and the outside one caliper larger.
"""

from __future__ import annotations

from typing import NamedTuple

from packdesk.domain.dimensions import Dimensions
from packdesk.errors import InvalidInputError
from packdesk.sentence import Sentence


class NamedSizes(NamedTuple):
    """One package's sizes by what they mean, in millimetres."""

    inside: Dimensions
    manufacturing: Dimensions
    outside: Dimensions


def named_sizes(manufacturing: Dimensions, caliper: float) -> NamedSizes:
    """Inside and outside size of a package with that manufacturing size and board.

    Args:
        manufacturing: width, height and depth from crease to crease.
        caliper: thickness of the board in millimetres.

    Raises:
        InvalidInputError: the board is as thick as a side or thicker.
    """
    check_caliper(manufacturing, caliper)
    return NamedSizes(_grown(manufacturing, -caliper), manufacturing, _grown(manufacturing, caliper))


def check_caliper(manufacturing: Dimensions, caliper: float) -> None:
    """Make sure that the board leaves room inside.

    Raises:
        InvalidInputError: it is as thick as a side or thicker.
    """
    least = min(manufacturing.as_tuple())
    if caliper >= least:
        raise InvalidInputError(
            Sentence(
                "Board of {caliper:g} mm leaves no room in a package with a side of {least:g} mm.",
                caliper=caliper,
                least=least,
            ),
            "Take a thinner board or a larger package.",
        )


def _grown(dimensions: Dimensions, by: float) -> Dimensions:
    width, height, depth = dimensions.as_tuple()
    return Dimensions(width=width + by, height=height + by, depth=depth + by)
