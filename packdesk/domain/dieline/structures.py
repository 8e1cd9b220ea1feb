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
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from packdesk.domain.dieline.values import DielineStyle


class Closing(Enum):
    """How an end is closed."""

    TUCK = "tuck"
    GLUED = "glued"
    SEAL = "seal"


class End(NamedTuple):
    """One end of a box.

    Attributes:
        closing: how it is closed.
        wall: which wall its lid hangs on, front or back.
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
        if self.closing is Closing.GLUED or wall == self.wall:
            return 0
        if wall == self.opposite:
            return 1 if self.closing is Closing.SEAL else 0
        return 2 if self.closing is Closing.SEAL else 1

    @property
    def layers(self) -> int:
        """How many layers of board lie below the lid."""
        return self.layer_of("left")


class Structure(NamedTuple):
    """The ends of a box."""

    top: End
    bottom: End


_TUCKS, _SEALED = End(Closing.TUCK, "back"), End(Closing.SEAL, "back")
STRUCTURES: dict[DielineStyle, Structure] = {
    DielineStyle.STRAIGHT_TUCK: Structure(_TUCKS, _TUCKS),
    DielineStyle.REVERSE_TUCK: Structure(_TUCKS, End(Closing.TUCK, "front")),
    DielineStyle.TUCK_SEAL: Structure(_TUCKS, _SEALED),
    DielineStyle.SEAL_END: Structure(_SEALED, _SEALED),
    DielineStyle.HANG_TAB: Structure(End(Closing.TUCK, "front", hangs=True), End(Closing.TUCK, "front")),
    DielineStyle.CROSS: Structure(End(Closing.GLUED, "front"), End(Closing.GLUED, "front")),
}
BOX_STYLES = tuple(STRUCTURES)
"""The styles a box may have, in the order they are offered."""
