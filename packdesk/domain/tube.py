"""The profile of a cylinder as its blank has it: a wall as high as the label, and discs as wide as the tube.

It is given as rows from the foot to the crown, each `radial` of the full radius plus `out` of the edge's
radius away from the axis, and `level` of the height plus `rise` of the edge's radius above the floor. The
edge between wall and disc is rounded as those of a box are, and belongs to the wall.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from packdesk.domain.geometry import FloatArray

    Indices = npt.NDArray[np.int_]

CYLINDER_SEGMENTS = 96
_STEPS = 7  # of the edge


@dataclass(frozen=True)
class Band:
    """The part of the profile that carries one panel; all but the turns are by row.

    Attributes:
        panel_id: the panel.
        radial: share of the radius.
        out: outward offset in radii of the edge.
        level: share of the height.
        rise: upward offset in radii of the edge.
        lean: (n, 2) normals: outwards, upwards.
        opens: share of the sky that the package itself leaves free.
        ends: rows after which a new piece begins, because the normal jumps there.
        shift: for the wall, offset of the picture in radii of the edge, downwards.
        facing: 1 for the top, -1 for the bottom, 0 for the wall.
        turns: places around the axis in full turns; they begin at the back and run as the picture does.
    """

    panel_id: str
    radial: FloatArray
    out: FloatArray
    level: FloatArray
    rise: FloatArray
    lean: FloatArray
    opens: FloatArray
    ends: frozenset[int]
    shift: FloatArray
    facing: int
    turns: FloatArray

    @property
    def directions(self) -> FloatArray:
        """(m, 2) away from the axis."""
        angles = math.pi / 2 + 2 * math.pi * (self.turns % 1.0)
        return np.column_stack([np.cos(angles), np.sin(angles)])

    def pictures(self, row: Indices, column: Indices) -> tuple[FloatArray, FloatArray]:
        """Place in the picture and its shift, for each pair of a row and a column."""
        if self.facing == 0:
            uvs = np.column_stack([self.turns[column], 1.0 - self.level[row]])
            return uvs, np.column_stack([np.zeros(len(row)), self.shift[row]])
        plane = self.directions[column] * (1.0, -self.facing)
        return 0.5 + 0.5 * self.radial[row][:, None] * plane, self.out[row][:, None] * plane


def tube_bands() -> tuple[Band, Band, Band]:
    """Body, top and bottom."""
    return _body(), _disc(1), _disc(-1)


def _body() -> Band:
    turned = np.radians(np.linspace(0.0, 90.0, _STEPS))
    upper = np.column_stack([np.cos(turned) - 1, np.sin(turned) - 1, np.cos(turned), np.sin(turned)])
    # The picture is stretched over the edge, from where the wall ends to where the disc begins.
    shift = np.linspace(1.0, 0.0, _STEPS)
    rows = np.concatenate([upper[::-1] * (1, -1, 1, -1), upper])
    return Band(
        "body",
        radial=np.ones(2 * _STEPS),
        out=rows[:, 0],
        level=np.repeat((0.0, 1.0), _STEPS),
        rise=rows[:, 1],
        lean=rows[:, 2:],
        opens=np.ones(2 * _STEPS),
        ends=frozenset(),
        shift=np.concatenate([-shift[::-1], shift]),
        facing=0,
        turns=np.linspace(0.0, 1.0, CYLINDER_SEGMENTS + 1),
    )


def _disc(facing: int) -> Band:
    rows = np.array([(-1.0, 0.0, 0.0, facing), (0.0, 0.0, 0.0, facing)])
    return Band(
        "top" if facing > 0 else "bottom",
        radial=np.array([1.0, 0.0]),
        out=rows[:, 0],
        level=np.full(len(rows), float(facing > 0)),
        rise=rows[:, 1],
        lean=rows[:, 2:],
        opens=np.ones(len(rows)),
        ends=frozenset(),
        shift=np.zeros(len(rows)),
        facing=facing,
        turns=facing * np.linspace(0.0, 1.0, CYLINDER_SEGMENTS + 1),
    )
