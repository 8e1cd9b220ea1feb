"""The scene as frozen values, without the camera."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from packdesk.domain.look import DARK_STUDIO, LIGHT_STUDIO, Finish, Lighting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QImage

    from packdesk.domain.dimensions import Dimensions, PackageType
    from packdesk.domain.look import Look
    from packdesk.viewer.unfolding import Unfolding


@dataclass(frozen=True)
class Backdrop:
    """A seamless studio backdrop: a glow behind the package that falls off to the frame.

    Attributes:
        glow: colour behind the package, `#rrggbb`.
        edge: colour at the frame's corners, `#rrggbb`.
        shadow: density of the shadows on the floor, 1 for a light studio.
        room: brightness of the walls in glossy surfaces, 1 for a light studio.
    """

    glow: str
    edge: str
    shadow: float = 1.0
    room: float = 1.0


STUDIO_LIGHT = Backdrop(glow="#f6f6f5", edge="#b7bbc0")
STUDIO_DARK = Backdrop(glow="#4b4e54", edge="#17181b", shadow=1.5, room=0.5)


def plain_backdrop(colour: str) -> Backdrop:
    """One colour, `#rrggbb`, everywhere; the package still stands on a floor."""
    return Backdrop(glow=colour, edge=colour)


def backdrop_of(look: Look) -> Backdrop | None:
    """What a look puts behind the package; None for transparency."""
    if look.is_plain:
        return plain_backdrop(look.background)
    return {LIGHT_STUDIO: STUDIO_LIGHT, DARK_STUDIO: STUDIO_DARK}.get(look.background)


@dataclass(frozen=True, eq=False)  # comparing QImages would compare their pixels
class Scene:
    """A package with its pictures and appearance.

    Attributes:
        package_type: box or cylinder.
        dimensions: outer sizes in millimetres.
        textures: panel id -> picture; a panel that is missing shows plain board with its name.
            Two pictures are the same if their `cacheKey()` is.
        selected: panel drawn with a strong outline.
        hovered: panel drawn with a faint outline.
        backdrop: what is behind the package; None leaves it transparent.
        accent: colour of the outlines, `#rrggbb`.
        finish: the surface of the whole package.
        lighting: the arrangement of the lamps.
        exposure: of the package, in stops; the backdrop keeps its colour.
        unfolding: how far the package is opened; None draws it closed.
        unstretched: panels whose picture, if it has another shape, is shown whole with board around.
        areas: panel id -> where a part of its picture has a finish, as `area_image` makes it.
        inside: panel id -> picture on its inside, seen while the package is open.
        others: more panels with a strong outline; none while `selected` is None.
    """

    package_type: PackageType
    dimensions: Dimensions
    textures: Mapping[str, QImage] = field(default_factory=dict)
    selected: str | None = None
    hovered: str | None = None
    backdrop: Backdrop | None = STUDIO_LIGHT
    accent: str = "#2563eb"
    finish: Finish = Finish.MATTE
    lighting: Lighting = Lighting.SOFT
    exposure: float = 0.0
    unfolding: Unfolding | None = None
    unstretched: frozenset[str] = frozenset()
    areas: Mapping[str, QImage] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    inside: Mapping[str, QImage] = field(default_factory=dict)
