"""What preflight looks at and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packdesk.domain.area_finish import AreaKind
    from packdesk.domain.preflight.object_rules import ObjectFacts


Spot = tuple[float, float, float, float]
"""A place on a panel, in shares of its picture from its upper left corner: left, top, right, bottom."""


class Level(StrEnum):
    """How grave a finding is; the gravest come first."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Mend(NamedTuple):
    """What of the blank has to be otherwise: a field of `DielineOptions` and its value in millimetres.

    None is what is usual.
    """

    name: str
    value: float | None


@dataclass(frozen=True)
class Finding:
    """One thing to mend or to know.

    Attributes:
        level: how grave it is. With an error, the print will be wrong.
        rule: a short name for programs, such as `low-resolution`.
        sentence: what was found.
        remedy: what can be done about it; empty when nothing has to be.
        panel_id: the panel it is about, None for the whole package.
        mend: what can be set so that it is gone; None where somebody has to think.
        place: where on the panel, in shares of its picture: left, top, right, bottom; None for all of it.
        inside: whether it is about the panel's inside.
    """

    level: Level
    rule: str
    sentence: str
    remedy: str = ""
    panel_id: str | None = None
    mend: Mend | None = None
    place: Spot | None = None
    inside: bool = False


class Lettering(NamedTuple):
    """Words read in a picture, how far inside its panel's edges they stand in millimetres, and where."""

    words: str
    inside: float
    place: Spot | None = None


class TillCode(NamedTuple):
    """A product's barcode in a picture: its number, its share of the nominal size, and where it is."""

    number: str
    share: float
    place: Spot | None = None


@dataclass(frozen=True)
class DrawnMarks:
    """What of the drawing a panel's picture came from is too small to print there, or left out.

    Attributes:
        line: millimetres of its thinnest line; None where all are wide enough.
        line_at: where that is.
        words: points of its smallest light lettering; None likewise.
        words_at: where that begins.
        linked_at: where a picture is left out, as the drawing only names its file; None for none.
        lost_at: where words are left out, as they flow in a frame; None likewise.
    """

    line: float | None = None
    line_at: Spot | None = None
    words: float | None = None
    words_at: Spot | None = None
    linked_at: Spot | None = None
    lost_at: Spot | None = None


@dataclass(frozen=True)
class PictureLooks:
    """What the pixels of a picture tell.

    Attributes:
        rim: the share of its edge that is not transparent.
        short: the strip along the edge of which least is covered.
        thin: millimetres of light lines too thin to stay open on a dark ground of several inks.
        thin_at: where most of them are.
        ink: the most ink any part of it would get, in percent; None where no press is known.
        lettering: what was read in it; None where nobody looked.
        codes: the products' barcodes read in it; none without a reader.
        bare: finishes by area that take nothing of it.
    """

    rim: float = 1.0
    thin: float = 0.0
    thin_at: Spot | None = None
    short: Spot | None = None
    ink: float | None = None
    lettering: tuple[Lettering, ...] | None = None
    codes: tuple[TillCode, ...] = ()
    bare: tuple[AreaKind, ...] = ()


@dataclass(frozen=True)
class PressFacts:
    """What preflight has to know of the press.

    Attributes:
        separated: whether pictures are converted to its inks.
        ink_limit: in percent.
    """

    separated: bool
    ink_limit: float


@dataclass(frozen=True)
class PictureFacts:
    """What is known of the picture on a panel.

    Attributes:
        width: in pixels; 0 if it cannot be had.
        height: in pixels; 0 if it cannot be had.
        problem: why it cannot be had, None if it can.
        drawn: whether PDF files show it as it was drawn, not from its pixels.
        loose_fonts: names of the fonts that drawing uses and does not carry.
        looks: what its pixels tell; None where nobody looked.
        objects: what is known of the objects over it; None for none.
        marks: what is too small in the drawing it came from; None for a picture, and where nobody looked.
        taken_off: objects another program took off it, and nobody has put back or left off.
    """

    width: int = 0
    height: int = 0
    problem: str | None = None
    drawn: bool = False
    loose_fonts: tuple[str, ...] = ()
    looks: PictureLooks | None = None
    objects: ObjectFacts | None = None
    marks: DrawnMarks | None = None
    taken_off: int = 0


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any of them is an error."""
    return any(finding.level is Level.ERROR for finding in findings)
