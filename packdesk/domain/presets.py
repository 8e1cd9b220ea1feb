"""Common packages to begin from, at the sizes usual in the trade."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from packdesk.domain.dimensions import Dimensions

if TYPE_CHECKING:
    from packdesk.domain.dimensions import PackageType


@dataclass(frozen=True)
class Preset:
    """A common package: its English name, its type, its manufacturing size in millimetres."""

    name: str
    package_type: PackageType
    dimensions: Dimensions


def _box(name: str, width: float, height: float, depth: float) -> Preset:
    return Preset(name, "box", Dimensions(width=width, height=height, depth=depth))


def _cylinder(name: str, diameter: float, height: float) -> Preset:
    return Preset(name, "cylinder", Dimensions(width=diameter, height=height, depth=diameter))


PRESETS: tuple[Preset, ...] = (
    _box("Tea box", 100, 150, 60),
    _box("Cereal box", 190, 280, 60),
    _box("Chocolate bar", 78, 160, 12),
    _box("Wine bottle box", 90, 330, 90),
    _box("Soap carton", 90, 60, 32),
    _box("Cosmetics carton", 50, 150, 40),
    _box("Perfume carton", 75, 125, 45),
    _box("Shoe box", 330, 120, 200),
    _box("Mailer box", 250, 80, 200),
    _cylinder("Tea tin", 75, 110),
    _cylinder("Coffee tin", 100, 135),
    _cylinder("Drinks can 330 ml", 66, 115),
    _cylinder("Candle jar", 80, 95),
    _cylinder("Cosmetic jar", 68, 48),
    _cylinder("Mailing tube", 75, 450),
)
