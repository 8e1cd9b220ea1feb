"""A cylinder's disc, and the tabs around it that hold it in its tube.

The tabs turn down along the inside of the wall, printed side to the wall, and are glued there. A tab is flat:
its crease is a chord, whose ends are the furthest from the axis of all that stays in the disc's plane. They
turn within the board's outside gain, so the ring keeps that off the wall, and a play besides.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from packdesk.domain.curves import Arc, Segment
from packdesk.domain.dieline.outline import hinged, polyline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.domain.curves import Curve, Point2
    from packdesk.domain.dieline.board import Board
    from packdesk.domain.dimensions import Dimensions

PLAY_MM = 0.25
"""Between a ring and its tube, all around."""
_TAB_MM, _TAB_SHARE = 8.0, 1 / 5
_TAB_EACH_MM, _FEWEST, _MOST = 16.0, 4, 48
_TAKEN = 0.7  # of the way around, by tabs
_TAPER = math.tan(math.radians(15))


@dataclass(frozen=True)
class Ring:
    """A disc with tabs.

    Attributes:
        diameter: of the disc.
        count: of its tabs; a multiple of four, or none.
        depth: of its tabs.
    """

    diameter: float
    count: int = 0
    depth: float = 0.0

    @property
    def radius(self) -> float:
        """Of the disc."""
        return self.diameter / 2

    @property
    def reach(self) -> float:
        """From its middle to its upper, lower, left and right end, tabs included."""
        return self.radius * math.cos(self._half) + self.depth if self.count else self.radius

    @property
    def sagitta(self) -> float:
        """How far the rim stands beyond the middle of a tab's crease, which is a chord."""
        return self.radius * (1 - math.cos(self._half)) if self.count else 0.0

    @property
    def _half(self) -> float:
        """Half the angle a tab takes."""
        return _TAKEN * math.pi / self.count

    def face(self, middle: Point2) -> tuple[Curve, ...]:
        """The disc itself, clockwise; chords where its tabs hang."""
        if not self.count:
            return (Arc(*middle, self.radius),)
        curves: list[Curve] = []
        for (chord, _), between in zip(self.tabs(middle), self._between(middle), strict=True):
            curves += [chord, between]
        return tuple(curves)

    def cut(self, middle: Point2) -> tuple[Curve, ...]:
        """The outline of disc and tabs, clockwise."""
        if not self.count:
            return (Arc(*middle, self.radius),)
        curves: list[Curve] = []
        for (_, tab), between in zip(self.tabs(middle), self._between(middle), strict=True):
            curves += [*tab, between]
        return tuple(curves)

    def tabs(self, middle: Point2) -> Iterator[tuple[Segment, tuple[Curve, ...]]]:
        """The crease of each tab, and its outline from where that begins to where it ends."""
        for number in range(self.count):
            angle = 2 * math.pi * number / self.count
            chord = Segment(*self._at(middle, angle - self._half), *self._at(middle, angle + self._half))
            length = math.dist(chord.start, chord.end)
            inset = min(self.depth * _TAPER, length / 4)
            free = polyline([(0, 0), (inset, -self.depth), (length - inset, -self.depth), (length, 0)])
            yield chord, hinged(free, chord)

    def _between(self, middle: Point2) -> Iterator[Arc]:
        """The rim of the disc after each tab."""
        step = 2 * math.pi / self.count
        for start, end in pairwise(number * step for number in range(self.count + 1)):
            first, last = start + self._half, end - self._half
            yield Arc(*middle, self.radius, math.degrees(first), math.degrees(last - first))

    def _at(self, middle: Point2, angle: float) -> Point2:
        return middle[0] + self.radius * math.cos(angle), middle[1] + self.radius * math.sin(angle)


def inner_radius(dimensions: Dimensions, board: Board) -> float:
    """Of the room in a tube, from the axis to the overlap that lies inside the wall."""
    return dimensions.width / 2 - board.inside_loss - board.caliper


def ring_of(dimensions: Dimensions, board: Board) -> Ring:
    """The ring that goes into a tube of that manufacturing size.

    Its outer corners, where tabs turn down, lie within `inner_radius` less the play:
    (r cos a + gain)^2 + (r sin a)^2 is at most (r + gain)^2.
    """
    radius = inner_radius(dimensions, board) - board.outside_gain - PLAY_MM
    count = 4 * round(2 * math.pi * radius / _TAB_EACH_MM / 4)
    depth = min(_TAB_MM, _TAB_SHARE * 2 * radius, _TAB_SHARE * dimensions.height)
    return Ring(2 * radius, min(max(count, _FEWEST), _MOST), depth)
