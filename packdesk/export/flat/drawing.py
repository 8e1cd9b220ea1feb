"""Everything that is drawn over the artwork, as layers of paths and words, the same for every format."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Literal

from packdesk.domain.curves import Path, Segment
from packdesk.domain.dieline.outline import bounds
from packdesk.domain.dieline.values import LineType
from packdesk.export.flat.sheet import Box

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packdesk.domain.curves import Point2
    from packdesk.export.flat.styles import LineStyle

LETTER_WIDTH = 0.56
"""Average width of a letter as a share of the size, for leaving enough room."""
CAP_HEIGHT = 0.7
"""Height of a capital letter as a share of the size."""

ORDER = (
    LineType.BLEED,
    LineType.SAFE,
    LineType.GLUE,
    LineType.CREASE,
    LineType.PERFORATION,
    LineType.CUT,
    LineType.DIMENSION,
)
"""Line types from the bottom to the top."""

LABELS = {
    LineType.CUT: "Cut",
    LineType.CREASE: "Crease",
    LineType.PERFORATION: "Perforation",
    LineType.BLEED: "Bleed",
    LineType.SAFE: "Safe area",
    LineType.GLUE: "Glue",
    LineType.DIMENSION: "Dimensions",
}


@dataclass(frozen=True)
class Stroke:
    """A path with its look."""

    path: Path
    style: LineStyle


@dataclass(frozen=True)
class Text:
    """A line of words.

    Attributes:
        words: what it says.
        x: of the anchor on the baseline.
        y: of the anchor on the baseline.
        size: of the font in millimetres.
        style: its colour.
        angle: degrees it is turned clockwise about the anchor.
        anchor: which part of the words lies there.
    """

    words: str
    x: float
    y: float
    size: float
    style: LineStyle
    angle: float = 0.0
    anchor: Literal["start", "middle", "end"] = "start"

    @property
    def room(self) -> float:
        """About how long it is, in millimetres."""
        return len(self.words) * self.size * LETTER_WIDTH

    def box(self) -> Box:
        """The room it takes on the sheet, about."""
        left = {"start": 0.0, "middle": -self.room / 2, "end": -self.room}[self.anchor]
        sine, cosine = math.sin(math.radians(self.angle)), math.cos(math.radians(self.angle))
        return Box.around(
            (self.x + across * cosine - down * sine, self.y + across * sine + down * cosine)
            for across in (left, left + self.room)
            for down in (-self.size, self.size / 4)
        )


@dataclass(frozen=True)
class Layer:
    """What can be shown and hidden as one.

    Attributes:
        name: short, lower case, the same in every format.
        label: what people call it.
        strokes: its lines.
        texts: its words.
        kind: the line type it stands for, if it does.
        fills: closed paths that are filled.
    """

    name: str
    label: str
    strokes: tuple[Stroke, ...]
    texts: tuple[Text, ...] = ()
    kind: LineType | None = None
    fills: tuple[Stroke, ...] = ()

    def box(self) -> Box:
        """The room its lines and words take; it has at least one."""
        lines = (Box(*bounds(stroke.path.curves)) for stroke in self.strokes)
        return united([*lines, *(text.box() for text in self.texts)])


@dataclass(frozen=True)
class Drawing:
    """All layers over the artwork, from the bottom to the top, and the page they need."""

    page: Box
    layers: tuple[Layer, ...]


def united(boxes: Iterable[Box]) -> Box:
    """The smallest box around boxes; at least one."""
    return Box.around(chain.from_iterable(box.corners for box in boxes))


def polyline(*points: Point2) -> Path:
    """Straight lines through points."""
    return Path(tuple(Segment(*start, *end) for start, end in pairwise(points)))
