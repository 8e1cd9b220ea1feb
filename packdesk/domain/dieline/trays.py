"""Structures around a whole floor, as values: a mailer, and a tray with a lid that covers it.

- Mailer (roll-end, tuck front): the floor is the bottom. Front and back have corner flaps that go between the
  sides and their inner walls: each side goes on over its upper edge, down again, and is held by latches in
  slots of the floor, which begin at the side's crease. The lid hangs on the back; its ears, round towards
  the front so that they turn in behind it, go down inside the inner walls, its tuck flap behind the front.
  Nothing is glued. It is like FEFCO 0427 as newprint.com tells it (*Roll End Tuck Front Box FAQ*:
  self-locking, no glue, rolled ends, tucked in front), without its cherry locks.
- Tray with lid: two pieces, each a floor with four walls whose corner flaps are glued. The lid's walls are
  the panels and as high as the box; the tray in it has walls of bare board.

Lengths follow the board as everywhere: what lies behind a face begins where that ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.dieline.allowances import allowances_of
from packdesk.domain.dieline.flaps import LEAST_MM
from packdesk.domain.dieline.values import DielineOptions, DielineStyle

if TYPE_CHECKING:
    from packdesk.domain.dieline.allowances import Allowances
    from packdesk.domain.dimensions import Dimensions

TRAY_STYLES = (DielineStyle.MAILER, DielineStyle.TRAY_LID)
PLAY_MM = 0.5
"""Between a tray and the lid around it, on every side."""
_EAR_PLAY = 0.25
_SLOT_PLAY = 0.1
_LEAST_ROLL = 1.5  # two creases want room
LEAST_LATCH_MM = 5.0


class TrayRules(NamedTuple):
    """Lengths in millimetres that a tray is laid out with.

    Attributes:
        size: from crease to crease.
        options: the flaps.
        allowed: for the board.
        caliper: the board's, of a nominal blank what it is said to be.
        loss: from a crease to the inner face of the wall beside it.
        gain: from it to the outer face.
    """

    size: Dimensions
    options: DielineOptions
    allowed: Allowances
    caliper: float
    loss: float
    gain: float

    @property
    def is_mailer(self) -> bool:
        """Whether it is one piece with a lid that tucks."""
        return self.options.style is DielineStyle.MAILER

    @property
    def gap(self) -> float:
        """How far ends of flaps stay away from their neighbours."""
        return self.allowed.gap

    @property
    def inset(self) -> float:
        """How much narrower front and back are on either side: their corner flaps lie behind the sides."""
        return self.allowed.inset

    @property
    def roll(self) -> float:
        """From the crease of a rolled side to that of its inner wall, beyond a corner flap between."""
        return max(self.inset + 2 * self.loss, _LEAST_ROLL)

    @property
    def ears(self) -> float:
        """From the crease of a side to that of an ear of the lid, within the inner wall."""
        return self.roll + 2 * self.gain + _EAR_PLAY

    @property
    def lid_depth(self) -> float:
        """Of a mailer's lid, whose tuck flap lies behind the front."""
        return self.size.depth - self.allowed.layer

    @property
    def within(self) -> tuple[float, float]:
        """How far the tray's sides, and its front and back, lie inside those of its lid."""
        layers = 1 if self.allowed.thick else 2  # a nominal lid's corner flaps have no inset
        return self.inset + layers * self.caliper + PLAY_MM, self.caliper + PLAY_MM

    @property
    def floor(self) -> tuple[float, float]:
        """Width and depth of the tray's floor."""
        beside, before = self.within
        return self.size.width - 2 * beside, self.size.depth - 2 * before

    @property
    def wall(self) -> float:
        """How high the tray's walls are, below the lid."""
        return self.size.height - max(self.caliper + PLAY_MM, self.gap)

    @property
    def latch(self) -> float:
        """Width of a latch of an inner wall; 0 where there is no room for one."""
        width = min((self.size.depth - 2 * self.gap) / 4, 30.0)
        return width if width >= LEAST_LATCH_MM else 0.0

    @property
    def slot(self) -> float:
        """How wide a slot for a latch is: from the side's crease to the inner wall's face, and a little.

        That is about two and a half calipers. No strip of board is left between slot and crease: in flute it
        could be neither cut nor stripped, and public drawings (FEFCO 0421, 0427) have none.
        """
        return self.roll + self.gain + _SLOT_PLAY

    def lost(self) -> tuple[float, float, float]:
        """What width, height and depth from crease to crease are larger than inside."""
        ends = 2 * self.loss
        if self.is_mailer:
            return 2 * (self.roll + self.gain), ends, ends
        beside, before = self.within
        return 2 * (beside + self.inset + self.loss), ends, 2 * (before + self.loss)

    def least(self) -> tuple[float, float, float]:
        """The least width, height and depth that leave room for every flap."""
        flat = 2 * (self.gap + LEAST_MM)
        if self.is_mailer:
            width = 2 * (self.ears + flat)
            latches = 2 * self.gap + 4 * LEAST_LATCH_MM if self.allowed.thick else 0.0
            return width, 2 * flat, max(2 * flat, latches)
        beside, before = self.within
        return 2 * (beside + self.inset + flat), 2 * flat + self.gap, 2 * (before + flat)


def tray_rules(size: Dimensions, options: DielineOptions) -> TrayRules:
    """What a tray of that manufacturing size is laid out with."""
    board = options.board
    loss, gain = (board.inside_loss, board.outside_gain) if board else (options.caliper / 2,) * 2
    return TrayRules(size, options, allowances_of(options), options.caliper, loss, gain)
