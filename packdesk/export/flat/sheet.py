"""What is to be written: a dieline, its artwork, and how much of both."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Self

from packdesk.domain.dieline.inside import seen_from_inside
from packdesk.domain.dieline.values import LineColours, LineType
from packdesk.domain.sheet.whole import WholeArtwork

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from packdesk.domain.area_finish import AreaFinish
    from packdesk.domain.curves import Point2
    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.objects.shown import ShownObjects
    from packdesk.export.press.options import PressOptions


class Box(NamedTuple):
    """An upright rectangle on the sheet, in millimetres; y runs downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, points: Iterable[Point2]) -> Self:
        """The smallest one around points; at least one."""
        across, down = zip(*points, strict=True)
        return cls(min(across), min(down), max(across), max(down))

    @property
    def width(self) -> float:
        """Across."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Down."""
        return self.bottom - self.top

    @property
    def corners(self) -> tuple[Point2, Point2]:
        """Upper left and lower right."""
        return (self.left, self.top), (self.right, self.bottom)

    def grown(self, margin: float) -> Box:
        """Wider by a margin on every side."""
        return Box(self.left - margin, self.top - margin, self.right + margin, self.bottom + margin)


@dataclass(frozen=True)
class FlatOptions:
    """What a flat file shows besides the artwork.

    Attributes:
        colours: of the lines.
        kinds: which line types are in the file.
        artwork: whether the panels' pictures are.
        marks: crop marks and registration marks around the sheet.
        legend: sizes, and what each line means, below the sheet.
        outlines: whether words of an SVG file are drawn as paths, which need no font.
        live_text: whether words of objects in a PDF are text, where their typefaces may be embedded; else,
            and in every other file, they are paths.
        press: the press a PDF is made for; None for none in particular.
        inside: whether it is the inside that is written; else a PDF has that as its second page, where
            there is artwork on it.
    """

    colours: LineColours = LineColours.PACKDESK
    kinds: frozenset[LineType] = frozenset(LineType)
    artwork: bool = True
    marks: bool = False
    legend: bool = False
    outlines: bool = False
    live_text: bool = False
    press: PressOptions | None = None
    inside: bool = False


DEFAULT_OPTIONS, NO_SHEETS = FlatOptions(), WholeArtwork()


@dataclass(frozen=True)
class Sheet:
    """A dieline with its artwork.

    Attributes:
        dieline: the blank.
        artwork: checked PNG bytes by panel id, each upright and of its panel's shape; panels may be missing.
        title: what the package is called.
        whole: artwork of the whole blank, which goes on beside the panels that show it.
        objects: what panels with objects show, taken apart; without it they are drawn as pixels.
        areas: finishes on parts of panels; those of panels without artwork have no place.
        inside: whether the blank is turned over, and the artwork that of the inside.
        back: the other side, for files of several pages.
    """

    dieline: Dieline
    artwork: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    title: str = "Dieline"
    whole: WholeArtwork = NO_SHEETS
    objects: Mapping[str, ShownObjects] = field(default_factory=dict, repr=False)
    areas: tuple[AreaFinish, ...] = ()
    inside: bool = False
    back: Sheet | None = None

    @property
    def trim(self) -> Box:
        """The bounding box of the cut outline."""
        return Box(0, 0, self.dieline.width, self.dieline.height)

    @property
    def bleed(self) -> Box:
        """The trim with bleed on every side."""
        return self.trim.grown(self.dieline.options.bleed)


def inside_sheet(dieline: Dieline, artwork: Mapping[str, bytes], title: str) -> Sheet:
    """The sheet of a blank's inside, turned over about its upright axis.

    Args:
        dieline: the blank from its outside.
        artwork: the inside's pictures by panel.
        title: of the outside's sheet.
    """
    return Sheet(seen_from_inside(dieline), artwork, f"{title}, inside", inside=True)
