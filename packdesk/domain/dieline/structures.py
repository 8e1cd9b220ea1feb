"""Structures of boxes as values: how each end of the tube of walls is closed, and by what hangs where.

All have the walls in a row, the front whole and in the middle; the glue flap hangs on the outer wall beside
the front and goes behind the back, which is the free panel: the seam is at the back's edge.
- Straight tuck: both lids hang on the back.
- Reverse tuck: the top hangs on the back, the bottom on the front.
- Cross: both lids hang on the front. Every edge that is open then gets a narrow glue flap, mitred so that no
  two meet inside the box; without glue flaps it is the bare six panels.
- Seal end: both lids hang on the back and are glued onto flaps of the front as large, over the dust flaps.
- Tuck and seal: a top that tucks, a bottom that is sealed.
- Hang tab: both lids hang on the front, and the back goes on upwards with a hole to hang the box by.
- Snap-lock: a top that tucks; the bottom (1-2-3 bottom) is no panel but three kinds of flaps that hold each
  other.
- Auto-lock: a top that tucks; the bottom (crash-lock) is glued flat once, and in place when the walls are up.
- Sleeve: the walls alone, open at both ends.

What is built around a whole floor is in `trays`.

Panels of a package that its structure has no place for are not on the blank: their artwork is kept, and not
printed.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.dieline.trays import TRAY_STYLES
from packdesk.domain.dieline.values import DielineStyle
from packdesk.domain.panels import PANEL_IDS

if TYPE_CHECKING:
    from packdesk.domain.dimensions import PackageType


class Closing(Enum):
    """How an end is closed."""

    TUCK = "tuck"
    GLUED = "glued"
    SEAL = "seal"
    SNAP = "snap"
    AUTO = "auto"
    OPEN = "open"

    @property
    def has_lid(self) -> bool:
        """Whether there is a panel at that end."""
        return self not in {Closing.SNAP, Closing.AUTO, Closing.OPEN}


class End(NamedTuple):
    """One end of a box.

    Attributes:
        closing: how it is closed.
        wall: which wall its lid hangs on, front or back; where there is none, that with the outer of
            both flaps.
        hangs: whether the wall it reaches to goes on beyond it, with a hole to hang the box by.
    """

    closing: Closing
    wall: str
    hangs: bool = False

    @property
    def opposite(self) -> str:
        """The wall its lid reaches to."""
        return "front" if self.wall == "back" else "back"

    def layer_of(self, wall: str) -> int:
        """How many layers below the lid what hangs on a wall lies; 0 for a wall nothing hangs on."""
        if self.closing is Closing.AUTO:
            return {self.wall: 1, self.opposite: 2}.get(wall, 0)
        if self.closing in {Closing.GLUED, Closing.OPEN} or wall == self.wall:
            return 0
        if self.closing is Closing.SNAP:
            return 2 if wall == self.opposite else 1
        if wall == self.opposite:
            return 1 if self.closing is Closing.SEAL else 0
        return 2 if self.closing is Closing.SEAL else 1

    @property
    def layers(self) -> int:
        """How many layers of board lie below the outermost."""
        return max(self.layer_of("left"), self.layer_of(self.opposite))


class Structure(NamedTuple):
    """The ends of a box."""

    top: End
    bottom: End

    @property
    def tucks(self) -> bool:
        """Whether a lid is tucked in."""
        return any(end.closing is Closing.TUCK for end in self)

    @property
    def lids(self) -> tuple[str, ...]:
        """The ends that have a panel."""
        return tuple(name for name, end in zip(self._fields, self, strict=True) if end.closing.has_lid)

    @property
    def closed_share(self) -> float:
        """Which share of its ends is closed."""
        return sum(end.closing is not Closing.OPEN for end in self) / len(self)


_TUCKS, _SEALED, _OPEN = (End(closing, "back") for closing in (Closing.TUCK, Closing.SEAL, Closing.OPEN))
STRUCTURES: dict[DielineStyle, Structure] = {
    DielineStyle.STRAIGHT_TUCK: Structure(_TUCKS, _TUCKS),
    DielineStyle.REVERSE_TUCK: Structure(_TUCKS, End(Closing.TUCK, "front")),
    DielineStyle.TUCK_SEAL: Structure(_TUCKS, _SEALED),
    DielineStyle.SEAL_END: Structure(_SEALED, _SEALED),
    DielineStyle.HANG_TAB: Structure(End(Closing.TUCK, "front", hangs=True), End(Closing.TUCK, "front")),
    DielineStyle.SNAP_LOCK: Structure(_TUCKS, End(Closing.SNAP, "back")),
    DielineStyle.AUTO_LOCK: Structure(_TUCKS, End(Closing.AUTO, "back")),
    DielineStyle.SLEEVE: Structure(_OPEN, _OPEN),
    DielineStyle.CROSS: Structure(End(Closing.GLUED, "front"), End(Closing.GLUED, "front")),
}
BOX_STYLES = (*STRUCTURES, *TRAY_STYLES)
"""The styles a box may have, in the order they are offered."""


def has_tucks(style: DielineStyle) -> bool:
    """Whether a lid of a box of that style is tucked in."""
    structure = STRUCTURES.get(style)
    return structure.tucks if structure else style is DielineStyle.MAILER


def has_torn_lid(style: DielineStyle) -> bool:
    """Whether a box of that style has a top that can be torn off along a line: one that hangs on a wall."""
    structure = STRUCTURES.get(style)
    return structure.top.closing.has_lid if structure else style is DielineStyle.MAILER


def notched_ends(style: DielineStyle) -> int:
    """At how many ends of a box of that style a wall has a notch for the thumb, where one is wanted.

    The wall a lid is tucked behind, unless that stands up as a hang tab; a mailer has none.
    """
    ends = STRUCTURES.get(style, ())
    return sum(end.closing is Closing.TUCK and not end.hangs for end in ends)


def panels_on_blank(package_type: PackageType, style: DielineStyle) -> tuple[str, ...]:
    """The panels of a package that a blank of that style has, in the package's panel order."""
    panels, structure = PANEL_IDS[package_type], STRUCTURES.get(style)
    if package_type == "cylinder" or structure is None:
        return panels
    lids = structure.lids
    return tuple(panel for panel in panels if panel in lids or panel not in Structure._fields)
