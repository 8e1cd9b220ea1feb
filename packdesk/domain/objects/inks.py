"""What an object is printed in: a colour of screens, the four process inks, or an ink of its own."""

from __future__ import annotations

import re
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from packdesk.domain.text import cut, printable
from packdesk.errors import InvalidInputError
from packdesk.sentence import Sentence

LONGEST_NAME = 60
"""Of a spot ink."""
_Level = Annotated[int, Field(ge=0, le=255)]
_Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
_PROCESS = ("all", "none", "cyan", "magenta", "yellow", "black")
_DIE = ("cutcontour", "crease", "perforation", "bleed", "safearea", "glue", "dimensions")
RESERVED = frozenset((*_PROCESS, *_DIE))
"""Names that mean something else in a PDF (ISO 32000-1, 8.6.6.4), and those of the die's lines."""

_HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)
_RGB = re.compile(r"rgb\s*\(?\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*\)?", re.IGNORECASE)
_PART = r"(\d{1,3}(?:\.\d+)?)\s*%?"
_CMYK = re.compile(rf"cmyk\s*\(?\s*{_PART}[\s,]+{_PART}[\s,]+{_PART}[\s,]+{_PART}\s*\)?", re.IGNORECASE)
_SPOT = re.compile(r"spot\s+(?P<name>[^:]*[^:\s])\s*:\s*(?P<cmyk>cmyk.*)", re.IGNORECASE | re.DOTALL)


class Ink(BaseModel):
    """One of a colour of screens and process inks, not both.

    Attributes:
        rgb: red, green, blue in sRGB, 0 to 255.
        cmyk: cyan, magenta, yellow, black in percent.
        spot: the name of an ink of its own; `cmyk` is what it looks like where there is none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rgb: tuple[_Level, _Level, _Level] | None = None
    cmyk: tuple[_Percent, _Percent, _Percent, _Percent] | None = None
    spot: Annotated[str, Field(max_length=LONGEST_NAME)] = ""

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if (self.rgb is None) == (self.cmyk is None):
            raise ValueError("an ink is either RGB or CMYK")
        if self.spot and (self.cmyk is None or not is_spot_name(self.spot)):
            raise ValueError("no name of a spot ink")
        return self

    @property
    def shares(self) -> tuple[float, float, float, float] | None:
        """The process inks from 0 to 1."""
        if self.cmyk is None:
            return None
        cyan, magenta, yellow, black = (percent / 100 for percent in self.cmyk)
        return cyan, magenta, yellow, black


BLACK = Ink(cmyk=(0, 0, 0, 100))
"""Black only: lettering and bars in one ink cannot be printed out of register."""
WHITE = Ink(cmyk=(0, 0, 0, 0))


def is_spot_name(name: str) -> bool:
    """Whether an ink may be called so."""
    plain = " ".join(printable(name).split())
    return (
        name == plain
        and 0 < len(name) <= LONGEST_NAME
        and name.casefold() not in RESERVED
        and ":" not in name
    )


def ink_of(text: str) -> Ink:
    """The ink somebody typed: `#1a66b3`, `rgb 26 102 179`, `cmyk 85 50 0 10`, `spot Name: cmyk 0 90 80 0`.

    Raises:
        InvalidInputError: it is none of these.
    """
    typed = text.strip()
    if spot := _SPOT.fullmatch(typed):
        name = " ".join(spot["name"].split())
        if not is_spot_name(name):
            raise _unusable_name(name)
        return Ink(cmyk=_numbers(_CMYK.fullmatch(spot["cmyk"].strip()), 100, typed), spot=name)
    if typed.casefold().startswith("cmyk"):
        return Ink(cmyk=_numbers(_CMYK.fullmatch(typed), 100, typed))
    if typed.casefold().startswith("rgb"):
        red, green, blue = _numbers(_RGB.fullmatch(typed), 255, typed)
        return Ink(rgb=(int(red), int(green), int(blue)))
    return _of_hex(typed)


def _of_hex(typed: str) -> Ink:
    found = _HEX.fullmatch(typed)
    if found is None:
        raise _no_colour(typed)
    digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
    red, green, blue = bytes.fromhex(digits)
    return Ink(rgb=(red, green, blue))


def ink_text(ink: Ink) -> str:
    """An ink as it is typed; `ink_of` reads it."""
    if ink.rgb is not None:
        return "#{:02x}{:02x}{:02x}".format(*ink.rgb)
    told = "cmyk " + " ".join(f"{percent:g}" for percent in ink.cmyk or ())
    return f"spot {ink.spot}: {told}" if ink.spot else told


def _numbers(found: re.Match[str] | None, most: float, typed: str) -> tuple[float, ...]:
    if found is None:
        raise _no_colour(typed)
    numbers = tuple(float(number) for number in found.groups())
    if max(numbers) > most:
        raise _no_colour(typed)
    return numbers


def _no_colour(typed: str) -> InvalidInputError:
    return InvalidInputError(
        Sentence("“{text}” is no colour.", text=cut(typed, 40)),
        "Type #1a66b3, rgb 26 102 179, cmyk 85 50 0 10, or spot Name: cmyk 0 90 80 0.",
    )


def _unusable_name(name: str) -> InvalidInputError:
    return InvalidInputError(
        Sentence("An ink cannot be called “{text}”.", text=cut(name, 40)),
        "Use another name: this one is too long, or means something else on a blank or in a PDF.",
    )
