"""The edges of a package's mesh, and which of them part two colours of a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from packdesk.viewer.mesh import package_parts, placed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from packdesk.domain.dimensions import Dimensions, PackageType
    from packdesk.domain.geometry import FloatArray
    from packdesk.viewer.mesh import Part

    Indices = npt.NDArray[np.intp]


@dataclass(frozen=True)
class MeshEdges:
    """A closed mesh by its edges.

    Attributes:
        corners: (n, 3) places of the vertices in units of the sizes; each place is there once.
        offsets: (n, 3) their offsets in units of the radius.
        triangles: (m, 3) vertices, counter-clockwise seen from outside.
        ends: (k, 2) vertices of each edge.
        sides: (k, 2) the two triangles that meet in it.
        creases: (k,) whether they look different also when both are seen: they belong to two panels, or the
            surface has a corner there.
    """

    corners: FloatArray
    offsets: FloatArray
    triangles: Indices
    ends: Indices
    sides: Indices
    creases: npt.NDArray[np.bool_]

    def positions(self, dimensions: Dimensions, radius: float) -> FloatArray:
        """(n, 3) places in millimetres, by the shader's formula."""
        return placed(self.corners, self.offsets, dimensions, radius)

    def parting(self, pixels: FloatArray) -> Indices:
        """The edges that part two colours: outlines, and creases whose both sides are seen.

        Args:
            pixels: (n, 2) where the vertices lie in the picture, y upwards.
        """
        first, second, third = (pixels[self.triangles[:, corner]] for corner in range(3))
        one, other = second - first, third - first
        seen = one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0] > 0
        near, far = seen[self.sides[:, 0]], seen[self.sides[:, 1]]
        return np.flatnonzero((near != far) | (self.creases & near & far))


def package_edges(package_type: PackageType) -> MeshEdges:
    """The edges of a package's mesh."""
    return edges_of(package_parts(package_type))


def edges_of(parts: Sequence[Part]) -> MeshEdges:
    """The edges of a mesh; triangles without an area are left out."""
    places = np.concatenate([np.hstack([part.corners, part.offsets]) for part in parts])
    normals = np.concatenate([part.normals for part in parts])
    panels = np.repeat(range(len(parts)), [len(part.corners) // 3 for part in parts])
    unique, index = np.unique(places.round(6), axis=0, return_inverse=True)
    triangles = index.reshape(-1, 3)
    solid = (triangles != np.roll(triangles, 1, axis=1)).all(axis=1)
    triangles, panels = triangles[solid], panels[solid]
    leaning = normals.reshape(-1, 3, 3)[solid]
    # Each triangle's three edges, then those of two triangles beside each other.
    starts = triangles.ravel()
    stops = np.roll(triangles, -1, axis=1).ravel()
    ordered = np.sort(np.column_stack([starts, stops]), axis=1)
    order = np.lexsort(ordered.T)
    first, second = order[:-1], order[1:]
    same = (ordered[first] == ordered[second]).all(axis=1)
    first, second = first[same], second[same]
    # Two triangles run along their common edge in opposite directions.
    one, other = leaning.reshape(-1, 3)[first], np.roll(leaning, -1, axis=1).reshape(-1, 3)[second]
    corner = np.any(np.abs(one - other) > 0.1, axis=1)
    return MeshEdges(
        corners=unique[:, :3],
        offsets=unique[:, 3:],
        triangles=triangles,
        ends=ordered[first],
        sides=np.column_stack([first // 3, second // 3]),
        creases=(panels[first // 3] != panels[second // 3]) | corner,
    )
