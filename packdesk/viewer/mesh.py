"""Packages as meshes whose sizes are chosen while drawing.

A vertex lies at `corners * size + offsets * radius`, where the size is (width, depth, height) and the radius
that of the rounded edge or of the rim, in millimetres; in the picture it lies at
`uvs + shifts * radius / flat`, where flat is the panel's flat size. So neither a size nor a radius ever
touches the vertices.

Space and picture directions are those of `packdesk.domain.geometry`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from packdesk.viewer.tube import tube_bands

if TYPE_CHECKING:
    from packdesk.domain.dimensions import Dimensions, PackageType
    from packdesk.domain.geometry import FloatArray
    from packdesk.viewer.camera import Point
    from packdesk.viewer.tube import Band

WIDTHS = {"a_corner": 3, "a_offset": 3, "a_normal": 3, "a_uv": 2, "a_shift": 2, "a_open": 1}
"""The vertex attributes in their order, and how many numbers each has."""

_SEGMENTS = 3  # of a panel's half of a rounded edge
_EDGE = (0.008, 0.8, 3.0)  # radius: of the longest side, at least and at most in millimetres
_EDGE_SHARE = 0.04  # and never more than that of the shortest side
_X, _Y, _Z = np.eye(3)
_FACES: dict[str, tuple[FloatArray, FloatArray]] = {
    # directions in which a panel's picture runs to the right and upwards
    "front": (_X, _Z),
    "back": (-_X, _Z),
    "left": (-_Y, _Z),
    "right": (_Y, _Z),
    "top": (_X, _Y),
    "bottom": (_X, -_Y),
}


@dataclass(frozen=True)
class Part:
    """One panel as triangles, counter-clockwise seen from outside.

    Attributes:
        panel_id: the panel it belongs to.
        corners: (3 n, 3) places in units of the sizes.
        offsets: (3 n, 3) offsets in units of the radius.
        normals: (3 n, 3) unit normals, outwards.
        uvs: (3 n, 2) places in the picture, v downwards.
        shifts: (3 n, 2) their offsets in units of the radius.
        opens: (3 n,) share of the sky that neighbouring parts of the package leave free.
    """

    panel_id: str
    corners: FloatArray
    offsets: FloatArray
    normals: FloatArray
    uvs: FloatArray
    shifts: FloatArray
    opens: FloatArray

    def positions(self, dimensions: Dimensions, radius: float) -> FloatArray:
        """(3 n, 3) places in millimetres, by the shader's formula."""
        return placed(self.corners, self.offsets, dimensions, radius)

    def vertices(self) -> FloatArray:
        """(3 n, 14) all attributes side by side, as `WIDTHS` orders them."""
        return np.column_stack(
            [self.corners, self.offsets, self.normals, self.uvs, self.shifts, self.opens[:, None]]
        )


def placed(corners: FloatArray, offsets: FloatArray, dimensions: Dimensions, radius: float) -> FloatArray:
    """Places in millimetres, by the shader's formula."""
    size = (dimensions.width, dimensions.depth, dimensions.height)
    places: FloatArray = corners * size + offsets * radius
    return places


def edge_radius(dimensions: Dimensions) -> float:
    """Radius in millimetres of a box's edges and of a cylinder's rims: small, as board folds, but visible."""
    share, least, most = _EDGE
    sides = dimensions.as_tuple()
    return min(max(share * max(sides), least), most, _EDGE_SHARE * min(sides))


def facing(panel_id: str, dimensions: Dimensions, eye: Point) -> float:
    """Cosine of the angle at which the middle of a box's panel is seen; 0 for those of a cylinder."""
    if panel_id not in _FACES:
        return 0.0
    normal = np.cross(*_FACES[panel_id])
    size = np.array((dimensions.width, dimensions.depth, dimensions.height))
    towards = np.array(eye) - (normal / 2 + _Z / 2) * size
    return float(normal @ towards / max(np.linalg.norm(towards), 1e-9))


def package_parts(package_type: PackageType) -> tuple[Part, ...]:
    """The parts of a package, in panel order."""
    if package_type == "cylinder":
        return tuple(_swept(band) for band in tube_bands())
    return tuple(_rounded_face(panel_id, *axes) for panel_id, axes in _FACES.items())


def _rounded_face(panel_id: str, right: FloatArray, up: FloatArray) -> Part:
    """A flat middle with a border that leans halfway towards its neighbours, where they take over."""
    share = np.linspace(0.0, 1.0, _SEGMENTS + 1)  # 0 at the flat part, 1 where the neighbour begins
    sides = np.repeat((-1.0, 1.0), _SEGMENTS + 1)
    shares = np.concatenate([share[::-1], share])
    column, row = (index.ravel() for index in np.meshgrid(range(len(sides)), range(len(sides))))
    across, upwards = sides[column], sides[row]
    flat = across[:, None] * right + upwards[:, None] * up + np.cross(right, up)
    lean = np.tan(np.radians(45.0) * shares) * sides
    normals = lean[column][:, None] * right + lean[row][:, None] * up + np.cross(right, up)
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    # The picture is stretched a little over the rounding, so that it meets its neighbour's at the seam.
    part = Part(
        panel_id,
        corners=0.5 * flat + (0.0, 0.0, 0.5),
        offsets=normals - flat,
        normals=normals,
        uvs=np.column_stack([0.5 + 0.5 * across, 0.5 - 0.5 * upwards]),
        shifts=np.column_stack([across * (shares[column] - 1), upwards * (1 - shares[row])]),
        opens=np.ones(len(flat)),
    )
    return _taken(part, _grid(len(sides), len(sides)))


def _swept(band: Band) -> Part:
    """A band of a cylinder's profile turned around the axis."""
    rows, columns = len(band.radial), len(band.turns)
    row, column = (index.ravel() for index in np.meshgrid(range(rows), range(columns), indexing="ij"))
    outwards = np.column_stack([band.directions[column], np.zeros(rows * columns)])
    flat = np.column_stack([band.radial[row], band.level[row]])
    uvs, shifts = band.pictures(row, column)
    part = Part(
        band.panel_id,
        corners=0.5 * flat[:, :1] * outwards + flat[:, 1:] * _Z,
        offsets=band.out[row][:, None] * outwards + band.rise[row][:, None] * _Z,
        normals=band.lean[row, :1] * outwards + band.lean[row, 1:] * _Z,
        uvs=uvs,
        shifts=shifts,
        opens=band.opens[row],
    )
    return _taken(part, _grid(rows, columns, band.ends))


def _grid(rows: int, columns: int, ends: frozenset[int] = frozenset()) -> list[int]:
    """Two triangles for each cell of a grid of vertices, except after the rows that end a piece."""
    corners = []
    for row in range(rows - 1):
        if row in ends:
            continue
        first = np.arange(columns - 1) + row * columns
        above = first + columns
        quads = np.column_stack([first, first + 1, above + 1, first, above + 1, above])
        corners.extend(quads.ravel().tolist())
    return corners


def _taken(part: Part, index: list[int]) -> Part:
    """The vertices in drawing order."""
    arrays = (part.corners, part.offsets, part.normals, part.uvs, part.shifts, part.opens)
    return Part(part.panel_id, *(array[index] for array in arrays))
