"""Which place of a panel's picture is under a pixel: the way back of `pinning`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from packdesk.domain.geometry import package_meshes
from packdesk.viewer.picking import ways_to
from packdesk.viewer.pinning import Place

if TYPE_CHECKING:
    from packdesk.domain.dieline.values import PlacedPanel
    from packdesk.domain.geometry import FloatArray
    from packdesk.viewer.picking import Ray
    from packdesk.viewer.scene import Scene
    from packdesk.viewer.unfolding import Unfolding


def touched(scene: Scene, ray: Ray) -> Place | None:
    """The place a ray meets first; None where that is no panel."""
    return _on_board(scene.unfolding, ray) if scene.unfolding else _on_package(scene, ray)


def _on_package(scene: Scene, ray: Ray) -> Place | None:
    meshes = package_meshes(scene.package_type, scene.dimensions)
    corners = np.concatenate([mesh.positions.reshape(-1, 3, 3) for mesh in meshes])
    ways = ways_to(corners, ray, inside=False)
    first = int(np.argmin(ways))
    if not np.isfinite(ways[first]):
        return None
    uvs = np.concatenate([mesh.uvs.reshape(-1, 3, 2) for mesh in meshes])[first]
    names = [mesh.panel_id for mesh in meshes for _ in range(len(mesh.positions) // 3)]
    u, v = _shares(corners[first], _point(ray, ways[first])) @ uvs
    return Place(names[first], float(u), float(v))


def _on_board(unfolding: Unfolding, ray: Ray) -> Place | None:
    pieces = unfolding.triangles
    ways = ways_to(np.concatenate([corners for _, corners in pieces]), ray, inside=True)
    first = int(np.argmin(ways))
    if not np.isfinite(ways[first]):
        return None
    ends = np.cumsum([len(corners) for _, corners in pieces])
    number = int(np.searchsorted(ends, first, side="right"))
    panel = next((one for one in unfolding.dieline.panels if one.panel_id == pieces[number][0]), None)
    if panel is None:
        return None
    matrix = unfolding.matrices[unfolding.plates[number].plate_id]
    x, y, *_ = np.linalg.inv(matrix) @ (*_point(ray, ways[first]), 1.0)
    return _place(panel, float(x), float(y))


def _place(panel: PlacedPanel, x: float, y: float) -> Place:
    """A point of the sheet as a place of a panel's picture."""
    corner, right, down = (np.array(panel.point(*at)) for at in ((0, 0), (1, 0), (0, 1)))
    u, v = np.linalg.solve(np.column_stack([right - corner, down - corner]), np.array([x, y]) - corner)
    return Place(panel.panel_id, float(u), float(v))


def _point(ray: Ray, way: float) -> FloatArray:
    point: FloatArray = np.array(ray.origin) + way * np.array(ray.direction)
    return point


def _shares(corners: FloatArray, point: FloatArray) -> FloatArray:
    """Barycentric coordinates of a point in the plane of a triangle."""
    first, second = corners[1] - corners[0], corners[2] - corners[0]
    (b, c), *_ = np.linalg.lstsq(np.column_stack([first, second]), point - corners[0], rcond=None)
    return np.array([1 - b - c, b, c])
