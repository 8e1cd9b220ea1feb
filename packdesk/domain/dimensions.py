"""Outer sizes of a package in millimetres, their limits, and sizes that keep their proportions."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from packdesk.errors import InvalidInputError
from packdesk.sentence import Sentence

PackageType = Literal["box", "cylinder"]
PACKAGE_TYPES: tuple[PackageType, ...] = ("box", "cylinder")

MIN_MM = 10.0
MAX_MM = 2000.0
SLIDER_MM = (20.0, 400.0)
MAX_READ_MM = 1_000_000
"""Other programs may have set more than we would; beyond this it is no length."""


def _plain_number(value: float) -> int | float:
    return int(value) if value == int(value) else value


Millimetres = Annotated[
    float,
    Field(gt=0, le=MAX_READ_MM, allow_inf_nan=False, strict=True),
    PlainSerializer(_plain_number, return_type=int | float),
]
"""A length. Whole numbers are written without a decimal point, as other programs on the key do."""


class Dimensions(BaseModel):
    """Width, height and depth of a package in millimetres. A cylinder has width = depth = diameter."""

    model_config = ConfigDict(frozen=True, extra="allow")

    width: Millimetres
    height: Millimetres
    depth: Millimetres

    def as_tuple(self) -> tuple[float, float, float]:
        """Width, height, depth in millimetres."""
        return self.width, self.height, self.depth


DEFAULT_DIMENSIONS: dict[PackageType, Dimensions] = {
    "box": Dimensions(width=100, height=150, depth=100),
    "cylinder": Dimensions(width=80, height=150, depth=80),
}


def check_package_type(value: str) -> PackageType:
    """Return the value as a package type.

    Raises:
        InvalidInputError: it is neither `box` nor `cylinder`.
    """
    for known in PACKAGE_TYPES:
        if value == known:
            return known
    raise InvalidInputError(
        Sentence("“{text}” is not a package type.", text=value[:40]), "Use box or cylinder."
    )


def _check_side(name: str, value: float) -> float:
    if not math.isfinite(value):
        raise InvalidInputError(
            Sentence("The {side} must be a number.", side=name), "Give a size in millimetres, such as 120."
        )
    if not MIN_MM <= value <= MAX_MM:
        raise InvalidInputError(
            Sentence("The {side} of {value:g} mm is out of range.", side=name, value=value),
            Sentence("Use a size between {least:g} and {most:g} mm.", least=MIN_MM, most=MAX_MM),
        )
    return float(value)


def check_dimensions(package_type: PackageType, width: float, height: float, depth: float) -> Dimensions:
    """Return sizes a user asked for, in millimetres, if they are within the limits.

    Raises:
        InvalidInputError: a side is not a number, is out of range, or a cylinder's width and depth differ.
    """
    if package_type == "cylinder" and width != depth:
        raise InvalidInputError(
            Sentence(
                "A cylinder is as deep as it is wide, but {width:g} and {depth:g} mm were given.",
                width=width,
                depth=depth,
            ),
            "Give the diameter for both.",
        )
    return Dimensions(
        width=_check_side("diameter" if package_type == "cylinder" else "width", width),
        height=_check_side("height", height),
        depth=_check_side("depth", depth),
    )


GRAIN_DIGITS = 1
"""The sides that follow are rounded to a tenth of a millimetre, as fine as packages are cut."""


def scaled(base: Dimensions, side: int, value: float) -> Dimensions:
    """A package in the proportions of `base` whose side 0, 1 or 2 (width, height, depth) is `value` mm.

    It stops growing or shrinking when the first of its sides reaches a limit. A base with a side beyond the
    limits may keep it.
    """
    sides = base.as_tuple()
    factor = value / sides[side]
    allowed = min(max(factor, MIN_MM / min(sides)), MAX_MM / max(sides))
    new = [round(length * allowed, GRAIN_DIGITS) for length in sides]
    if allowed == factor:
        # The side that leads is as it was asked for, and so is any other that equals it.
        new = [value if old == sides[side] else length for old, length in zip(sides, new, strict=True)]
    width, height, depth = new
    return Dimensions(width=width, height=height, depth=depth)
