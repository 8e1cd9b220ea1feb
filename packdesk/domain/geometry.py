"""The panels of a package as triangle meshes with texture coordinates.

Every panel is one `ParametricMesh`, whose size and edge radius are chosen while drawing. With a radius of 0
it is the sharp `PanelMesh` of exports and picking.

Space: right-handed, x to the right, y away from the viewer of the front, z up; the package stands on z = 0,
centred on the z axis. Sizes are (width, depth, height) in millimetres.

Texture coordinates: u grows to the right and v grows *downwards* over the picture, as rows of an image do.
Seen from outside, every panel's picture is upright: on the walls up is +z; the top reads from the front and
the bottom reads after tipping the package backwards, so the front's lower edge is the bottom's upper edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from packdesk.domain.tube import tube_bands

if TYPE_CHECKING:
    from packdesk.domain.dimensions import Dimensions, PackageType
    from packdesk.domain.tube import Band

FloatArray = npt.NDArray[np.float64]

_NO_AREA = 1e-9
_SEGMENTS = 3  # of a panel's half of a rounded edge
_EDGE = (0.008, 0.8, 3.0)  # radius: of the longest side, at least and at most in millimetres
_EDGE_SHARE = 0.04  # and never more than that of the shortest side
_X, _Y, _Z = np.eye(3)
FACES: dict[str, tuple[FloatArray, FloatArray]] = {
    "front": (_X, _Z),
    "back": (-_X, _Z),
    "left": (-_Y, _Z),
    "right": (_Y, _Z),
    "top": (_X, _Y),
    "bottom": (_X, -_Y),
}
"""Directions in which the picture of a box's panel runs to the right and upwards."""


@dataclass(frozen=True)
class PanelMesh:
    """One panel with sharp edges as a list of triangles, counter-clockwise seen from outside.

    Attributes:
        panel_id: the panel it belongs to.
        positions: (3 n, 3) vertices.
        normals: (3 n, 3) unit normals, pointing outwards.
        uvs: (3 n, 2) texture coordinates, v downwards.
    """

    panel_id: str
    positions: FloatArray
    normals: FloatArray
    uvs: FloatArray

    def scaled(self, dimensions: Dimensions) -> PanelMesh:
        """A mesh of unit size in millimetres."""
        size = (dimensions.width, dimensions.depth, dimensions.height)
        return PanelMesh(self.panel_id, self.positions * size, self.normals, self.uvs)


@dataclass(frozen=True)
class ParametricMesh:
    """One panel as triangles, counter-clockwise seen from outside; size and radius are chosen while drawing.

    A vertex lies at `corners * size + offsets * radius`, in the picture at `uvs + shifts * radius / flat`:
    radius is that of a box's edges or a cylinder's rims, flat the panel's flat size, in millimetres.

    Attributes:
        panel_id: the panel it belongs to.
        corners: (3 n, 3) places in units of the size.
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
        """(3 n, 3) places in millimetres."""
        return placed(self.corners, self.offsets, dimensions, radius)

    def sharp(self) -> PanelMesh:
        """The panel in unit size with a radius of 0, without the triangles that then have no area."""
        a, b, c = self.corners[0::3], self.corners[1::3], self.corners[2::3]
        solid = np.repeat(np.linalg.norm(np.cross(b - a, c - a), axis=1) > _NO_AREA, 3)
        normals = self.normals[solid] + 0.0  # no minus zeros, which files would show
        return PanelMesh(self.panel_id, self.corners[solid], normals, self.uvs[solid])


def edge_radius(dimensions: Dimensions) -> float:
    """Radius in millimetres of a box's edges and of a cylinder's rims: small, as board folds, but visible."""
    share, least, most = _EDGE
    sides = dimensions.as_tuple()
    return min(max(share * max(sides), least), most, _EDGE_SHARE * min(sides))


def placed(corners: FloatArray, offsets: FloatArray, dimensions: Dimensions, radius: float) -> FloatArray:
    """(n, 3) places in millimetres, by the shader's formula."""
    size = (dimensions.width, dimensions.depth, dimensions.height)
    places: FloatArray = corners * size + offsets * radius
    return places


@cache
def unit_meshes(package_type: PackageType) -> tuple[PanelMesh, ...]:
    """The panels in unit size with sharp edges, in panel order."""
    return tuple(mesh.sharp() for mesh in parametric_meshes(package_type))


def package_meshes(package_type: PackageType, dimensions: Dimensions) -> tuple[PanelMesh, ...]:
    """The panels in millimetres with sharp edges, in panel order."""
    return tuple(mesh.scaled(dimensions) for mesh in unit_meshes(package_type))


@cache
def parametric_meshes(package_type: PackageType) -> tuple[ParametricMesh, ...]:
    """The panels of a package, in panel order."""
    if package_type == "cylinder":
        return tuple(_swept(band) for band in tube_bands())
    return tuple(_rounded_face(panel_id, *axes) for panel_id, axes in FACES.items())


def _rounded_face(panel_id: str, right: FloatArray, up: FloatArray) -> ParametricMesh:
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
    mesh = ParametricMesh(
        panel_id,
        corners=0.5 * flat + (0.0, 0.0, 0.5),
        offsets=normals - flat,
        normals=normals,
        uvs=np.column_stack([0.5 + 0.5 * across, 0.5 - 0.5 * upwards]),
        shifts=np.column_stack([across * (shares[column] - 1), upwards * (1 - shares[row])]),
        opens=np.ones(len(flat)),
    )
    return _in_drawing_order(mesh, _grid(len(sides), len(sides)))


def _swept(band: Band) -> ParametricMesh:
    """A band of a cylinder's profile turned around the axis."""
    rows, columns = len(band.radial), len(band.turns)
    row, column = (index.ravel() for index in np.meshgrid(range(rows), range(columns), indexing="ij"))
    outwards = np.column_stack([band.directions[column], np.zeros(rows * columns)])
    flat = np.column_stack([band.radial[row], band.level[row]])
    uvs, shifts = band.pictures(row, column)
    mesh = ParametricMesh(
        band.panel_id,
        corners=0.5 * flat[:, :1] * outwards + flat[:, 1:] * _Z,
        offsets=band.out[row][:, None] * outwards + band.rise[row][:, None] * _Z,
        normals=band.lean[row, :1] * outwards + band.lean[row, 1:] * _Z,
        uvs=uvs,
        shifts=shifts,
        opens=band.opens[row],
    )
    return _in_drawing_order(mesh, _grid(rows, columns, band.ends))


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


def _in_drawing_order(mesh: ParametricMesh, index: list[int]) -> ParametricMesh:
    """The mesh with a vertex for each corner of a triangle."""
    arrays = (mesh.corners, mesh.offsets, mesh.normals, mesh.uvs, mesh.shifts, mesh.opens)
    return ParametricMesh(mesh.panel_id, *(array[index] for array in arrays))
