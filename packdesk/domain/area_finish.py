"""Finishes by area: where a panel gets white, foil, varnish or a relief besides its inks.

An area is a value: which panel, what is done there, and how the place is found in its artwork. Whoever draws
asks `area_mask` for the pixels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from packdesk.domain.panels import PANEL_IDS
from packdesk.errors import InvalidInputError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

MOST_AREAS = 64
USUAL_TOLERANCE, MOST_TOLERANCE = 24, 255
HALF = 128
"""Pixels of at least this opacity count as artwork: a plate knows no half tones."""
_LINES, _CLOSEST_PX, _PART_OF_LINE = 60, 6, 6
_LINE, _BREATH = 0.7, 0.12
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_PANELS = frozenset(panel_id for panel_ids in PANEL_IDS.values() for panel_id in panel_ids)


class AreaKind(StrEnum):
    """What is done in an area; each is a plate of its own."""

    WHITE = "white"
    FOIL = "foil"
    VARNISH = "varnish"
    EMBOSS = "emboss"


_HATCHED = {
    AreaKind.WHITE: (1, 3),
    AreaKind.FOIL: (1, -1),
    AreaKind.VARNISH: (1, 1),
    AreaKind.EMBOSS: (3, 1),
}


@dataclass(frozen=True)
class ColourRange:
    """Where artwork has nearly one colour.

    Attributes:
        colour: its middle, `#rrggbb`, sRGB.
        tolerance: how far red, green and blue may each be from it, 0 to 255.

    Raises:
        InvalidInputError: it is no colour, or the tolerance is out of range.
    """

    colour: str
    tolerance: int = USUAL_TOLERANCE

    def __post_init__(self) -> None:
        """Check the values."""
        if not _COLOUR.fullmatch(self.colour):
            raise InvalidInputError(
                Sentence("“{text}” is not a colour.", text=self.colour[:40]), "Write one such as #aabbcc."
            )
        if not 0 <= self.tolerance <= MOST_TOLERANCE:
            raise InvalidInputError(
                Sentence("A tolerance of {value:g} is not possible.", value=self.tolerance),
                Sentence("Use 0 to {most:g}.", most=MOST_TOLERANCE),
            )

    @property
    def rgb(self) -> tuple[int, int, int]:
        """Its middle, 0 to 255 a channel."""
        red, green, blue = bytes.fromhex(self.colour[1:])
        return red, green, blue


@dataclass(frozen=True)
class AreaFinish:
    """One finish on a part of a panel.

    Attributes:
        panel_id: the panel.
        kind: what is done there.
        colours: where; None for wherever the artwork is not transparent.

    Raises:
        ValueError: no package has such a panel.
    """

    panel_id: str
    kind: AreaKind
    colours: ColourRange | None = None

    def __post_init__(self) -> None:
        """Check the values."""
        if self.panel_id not in _PANELS:
            raise ValueError("no package has such a panel")


def area_mask(area: AreaFinish, pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """The pixels an area takes.

    Args:
        area: the area.
        pixels: (rows, columns, 3 or 4), sRGB and opacity.

    Returns:
        (rows, columns), without any half tones.
    """
    rows, columns, channels = pixels.shape
    taken = pixels[..., 3] >= HALF if channels == 4 else np.ones((rows, columns), bool)
    if area.colours is None:
        return taken
    apart = np.zeros((rows, columns), np.uint8)
    for channel, middle in enumerate(area.colours.rgb):
        plane = pixels[..., channel]
        np.maximum(apart, np.maximum(plane, middle) - np.minimum(plane, middle), out=apart)
    near: npt.NDArray[np.bool_] = apart <= area.colours.tolerance
    return near & taken


def with_area(areas: Iterable[AreaFinish], added: AreaFinish) -> tuple[AreaFinish, ...]:
    """Areas with one more; a panel has one of a kind."""
    return (*without_areas(areas, added.panel_id, added.kind), added)


def without_areas(
    areas: Iterable[AreaFinish], panel_id: str, kind: AreaKind | None = None
) -> tuple[AreaFinish, ...]:
    """Areas without those of a panel, or without that of one kind there."""
    return tuple(one for one in areas if one.panel_id != panel_id or kind not in {None, one.kind})


def sheen(mask: npt.NDArray[np.bool_], kind: AreaKind) -> npt.NDArray[np.float32]:
    """How much of a kind's colour lies over artwork where it is shown flat: fine hatching on a breath of it.

    Args:
        mask: (rows, columns), what has the finish.
        kind: each is hatched in a direction of its own.

    Returns:
        (rows, columns), 0 to 1; between the lines the artwork stays as readable as without.
    """
    across, down = _HATCHED[kind]
    rows, columns = np.ogrid[: mask.shape[0], : mask.shape[1]]
    apart = max(max(mask.shape) // _LINES, _CLOSEST_PX)
    on_line = (rows * down + columns * across) % apart < max(apart // _PART_OF_LINE, 1)
    return np.where(mask, np.where(on_line, _LINE, _BREATH), 0).astype(np.float32)
