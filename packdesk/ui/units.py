"""Units of length at the edge of the window; inside, everything is in millimetres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from packdesk.domain.units import MM_PER_INCH
from packdesk.ui.translation import translate

if TYPE_CHECKING:
    from collections.abc import Iterable

ML_PER_FLUID_OUNCE = 29.5735295625
"""A fluid ounce of the United States."""
WHOLE_FROM = 100.0
"""Areas and volumes from here on are shown without decimals where their unit is a large one."""

_SHORTEST = QLocale.FloatingPointPrecisionOption.FloatingPointShortest


@dataclass(frozen=True)
class Unit:
    """A unit in which lengths are shown and typed.

    Attributes:
        name: its name in the settings.
        mm: millimetres in one of it.
        decimals: digits shown after the decimal point.
        step: what one key press changes, in this unit.
    """

    name: str
    mm: float
    decimals: int
    step: float

    @property
    def symbol(self) -> str:
        """The unit behind a number, for people."""
        return translate("units", "in") if self is INCH else translate("units", "mm")

    def from_mm(self, millimetres: float) -> float:
        """A length in this unit, as exactly as it is shown."""
        return round(millimetres / self.mm, self.decimals)


MM = Unit(name="mm", mm=1.0, decimals=2, step=1.0)
INCH = Unit(name="inch", mm=MM_PER_INCH, decimals=3, step=0.05)
UNITS: dict[str, Unit] = {unit.name: unit for unit in (MM, INCH)}


def length_text(millimetres: float, unit: Unit) -> str:
    """A length for people, such as `100 mm` or `3.937 in`."""
    return sides_text((millimetres,), unit)


def typed_text(value: float, unit: Unit) -> str:
    """A number of a unit as it stands in a field: as everywhere, but nothing parts its thousands."""
    locale = QLocale()
    locale.setNumberOptions(locale.numberOptions() | QLocale.NumberOption.OmitGroupSeparator)
    return locale.toString(round(value, unit.decimals), "f", _SHORTEST)


def sides_text(sides_mm: Iterable[float], unit: Unit) -> str:
    """The sides of something for people, such as `100 × 150 × 60 mm`.

    Every length of the window is written so, whether it was set or follows from others: as finely as a die is
    cut, without zeros at its end.
    """
    numbers = (_number(side / unit.mm, unit.decimals) for side in sides_mm)
    return translate("units", "{0} {1}").format(" × ".join(numbers), unit.symbol)


def area_text(square_mm: float, unit: Unit) -> str:
    """An area for people, in cm² or in²."""
    if unit is INCH:
        return translate("units", "{0} in²").format(_rounded(square_mm / MM_PER_INCH**2))
    return translate("units", "{0} cm²").format(_number(square_mm / 100, 0))


def volume_text(cubic_mm: float, unit: Unit) -> str:
    """A volume for people, in ml or fl oz."""
    if unit is INCH:
        return translate("units", "{0} fl oz").format(_rounded(cubic_mm / 1000 / ML_PER_FLUID_OUNCE))
    return translate("units", "{0} ml").format(_number(cubic_mm / 1000, 0))


def _rounded(value: float) -> str:
    return _number(value, 0 if value >= WHOLE_FROM else 1)


def _number(value: float, decimals: int) -> str:
    """A number in the user's own notation, rounded, without zeros at its end."""
    return QLocale().toString(round(value, decimals), "f", _SHORTEST)
