"""The panels of a package as triangle meshes with texture coordinates.

Space: right-handed, x to the right, y away from the viewer of the front, z up; the package stands on z = 0,
centred on the z axis. Unit meshes span x, y in [-0.5, 0.5] and z in [0, 1]; multiplying by
(width, depth, height) gives millimetres, so a size change never touches the vertices.

Texture coordinates: u grows to the right and v grows *downwards* over the picture, as rows of an image do.
Seen from outside, every panel's picture is upright: on the walls up is +z; the top reads from the front and
the bottom reads after tipping the package backwards, so the front's lower edge is the bottom's upper edge.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from packdesk.domain.dimensions import Dimensions, PackageType

FloatArray = npt.NDArray[np.float64]

CYLINDER_SEGMENTS = 96
_H = 0.5


@dataclass(frozen=True)
class PanelMesh:
    """One panel as a list of triangles, counter-clockwise seen from outside.

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
        """The mesh in millimetres."""
        factors = np.array([dimensions.width, dimensions.depth, dimensions.height])
        normals = self.normals / factors
        normals /= np.linalg.norm(normals, axis=1, keepdims=True)
        return PanelMesh(self.panel_id, self.positions * factors, normals, self.uvs)

    def area(self) -> float:
        """Sum of the triangles' areas."""
        a, b, c = self.positions[0::3], self.positions[1::3], self.positions[2::3]
        return float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2)


def unit_meshes(package_type: PackageType) -> tuple[PanelMesh, ...]:
    """The unit meshes of all panels, in panel order."""
    return _unit_cylinder() if package_type == "cylinder" else _unit_box()


def package_meshes(package_type: PackageType, dimensions: Dimensions) -> tuple[PanelMesh, ...]:
    """The meshes of all panels in millimetres, in panel order."""
    return tuple(mesh.scaled(dimensions) for mesh in unit_meshes(package_type))


_BOX_QUADS: dict[str, tuple[tuple[float, float, float], ...]] = {
    # corners of the picture as seen from outside: lower left, lower right, upper right, upper left
    "front": ((-_H, -_H, 0), (_H, -_H, 0), (_H, -_H, 1), (-_H, -_H, 1)),
    "back": ((_H, _H, 0), (-_H, _H, 0), (-_H, _H, 1), (_H, _H, 1)),
    "left": ((-_H, _H, 0), (-_H, -_H, 0), (-_H, -_H, 1), (-_H, _H, 1)),
    "right": ((_H, -_H, 0), (_H, _H, 0), (_H, _H, 1), (_H, -_H, 1)),
    "top": ((-_H, -_H, 1), (_H, -_H, 1), (_H, _H, 1), (-_H, _H, 1)),
    "bottom": ((-_H, _H, 0), (_H, _H, 0), (_H, -_H, 0), (-_H, -_H, 0)),
}
_QUAD_UVS = ((0.0, 1.0), (1.0, 1.0), (1.0, 0.0), (0.0, 0.0))
_TWO_TRIANGLES = (0, 1, 2, 0, 2, 3)


def _unit_box() -> tuple[PanelMesh, ...]:
    meshes = []
    for panel_id, corners in _BOX_QUADS.items():
        positions = np.array([corners[i] for i in _TWO_TRIANGLES], dtype=float)
        normal = np.cross(positions[1] - positions[0], positions[2] - positions[0])
        normals = np.tile(normal / np.linalg.norm(normal), (6, 1))
        meshes.append(
            PanelMesh(panel_id, positions, normals, np.array([_QUAD_UVS[i] for i in _TWO_TRIANGLES]))
        )
    return tuple(meshes)


def _unit_cylinder() -> tuple[PanelMesh, ...]:
    # The seam is at the back (+y); u = 0.5 faces the front (-y).
    u = np.linspace(0.0, 1.0, CYLINDER_SEGMENTS + 1)
    angle = math.pi / 2 + 2 * math.pi * u
    ring = np.stack([np.cos(angle), np.sin(angle)], axis=1) * _H
    return _wall(ring, u), _disc("top", ring, 1.0), _disc("bottom", ring, 0.0)


def _wall(ring: FloatArray, u: FloatArray) -> PanelMesh:
    low = np.column_stack([ring, np.zeros(len(ring))])
    high = np.column_stack([ring, np.ones(len(ring))])
    quads = np.stack([low[:-1], low[1:], high[1:], high[:-1]], axis=1)
    uv_low, uv_high = np.column_stack([u, np.ones(len(u))]), np.column_stack([u, np.zeros(len(u))])
    uvs = np.stack([uv_low[:-1], uv_low[1:], uv_high[1:], uv_high[:-1]], axis=1)
    positions = quads[:, _TWO_TRIANGLES].reshape(-1, 3)
    normals = positions * (2.0, 2.0, 0.0)
    return PanelMesh("body", positions, normals, uvs[:, _TWO_TRIANGLES].reshape(-1, 2))


def _disc(panel_id: str, ring: FloatArray, z: float) -> PanelMesh:
    up = 1.0 if z > 0 else -1.0
    first, second = (ring[:-1], ring[1:]) if up > 0 else (ring[1:], ring[:-1])
    centre = np.zeros_like(first)
    flat = np.stack([centre, first, second], axis=1).reshape(-1, 2)
    positions = np.column_stack([flat, np.full(len(flat), z)])
    normals = np.tile((0.0, 0.0, up), (len(flat), 1))
    return PanelMesh(panel_id, positions, normals, _H + flat * (1.0, -up))
