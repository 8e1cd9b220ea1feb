"""The profile of a cylinder: a wall between two beads, and lids sunk into them.

It is given as rows from the foot to the crown, each `radial` of the full radius plus `out` of the bead's
radius away from the axis, and `level` of the height plus `rise` of the bead's radius above the floor.
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
_INSET = 1 - math.sqrt(0.5)
"""How far the wall lies inside the bead's outermost line, in bead radii."""
_HEIGHT = 1 + math.sqrt(0.5)
"""Height of the bead above the wall."""
_SUNK = 1.7
"""Depth of the lid below the crown."""
_SHADE = 3.0
"""Width of the shaded strip beside a bead."""


@dataclass(frozen=True)
class Band:
    """The part of the profile that carries one panel; all but the turns are by row.

    Attributes:
        panel_id: the panel.
        radial: share of the radius.
        out: outward offset in bead radii.
        level: share of the height.
        rise: upward offset in bead radii.
        lean: (n, 2) normals: outwards, upwards.
        opens: share of the sky that the package itself leaves free.
        ends: rows after which a new piece begins, because the normal jumps there.
        shift: for the wall, offset of the picture in bead radii, downwards.
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
    return _body(), _lid(1), _lid(-1)


def _body() -> Band:
    turns = np.linspace(0.0, 1.0, CYLINDER_SEGMENTS + 1)
    outer = np.radians(np.linspace(-45.0, 90.0, 7))
    crown = np.column_stack([np.cos(outer) - 1, np.sin(outer) - 1, np.cos(outer), np.sin(outer)])
    opens = np.interp(outer, np.radians((-45.0, 0.0)), (0.6, 1.0))
    wall = np.array([(-_INSET, -_HEIGHT - _SHADE, 1.0, 0.0), (-_INSET, -_HEIGHT, 1.0, 0.0)])
    upper = np.concatenate([wall, crown])
    upper_opens = np.concatenate([(1.0, 0.7), opens])
    # The picture is stretched over the bead, from where the wall ends to the crown.
    shift = np.concatenate([(_HEIGHT + _SHADE, _HEIGHT), np.linspace(_HEIGHT, 0.0, len(outer))])
    rows = np.concatenate([upper[::-1] * (1, -1, 1, -1), upper])
    count = len(upper)
    return Band(
        "body",
        radial=np.ones(2 * count),
        out=rows[:, 0],
        level=np.repeat((0.0, 1.0), count),
        rise=rows[:, 1],
        lean=rows[:, 2:],
        opens=np.concatenate([upper_opens[::-1], upper_opens]),
        ends=frozenset({count - 3, count + 1}),
        shift=np.concatenate([-shift[::-1], shift]),
        facing=0,
        turns=turns,
    )


def _lid(facing: int) -> Band:
    inner = np.radians(np.linspace(90.0, 180.0, 5))
    crown = np.column_stack([np.cos(inner) - 1, np.sin(inner) - 1, np.cos(inner), np.sin(inner)])
    foot = np.array(
        [
            (-2.0, -_SUNK, -1.0, 0.0),
            (-2.0, -_SUNK, 0.0, 1.0),
            (-2.0 - _SHADE, -_SUNK, 0.0, 1.0),
            (0.0, -_SUNK, 0.0, 1.0),
        ]
    )
    rows = np.concatenate([crown, foot]) * (1, facing, 1, facing)
    opens = np.concatenate([np.linspace(1.0, 0.7, len(inner)), (0.45, 0.5, 1.0, 1.0)])
    return Band(
        "top" if facing > 0 else "bottom",
        radial=np.append(np.ones(len(rows) - 1), 0.0),
        out=rows[:, 0],
        level=np.full(len(rows), float(facing > 0)),
        rise=rows[:, 1],
        lean=rows[:, 2:],
        opens=opens,
        ends=frozenset({len(inner)}),
        shift=np.zeros(len(rows)),
        facing=facing,
        turns=facing * np.linspace(0.0, 1.0, CYLINDER_SEGMENTS + 1),
    )
