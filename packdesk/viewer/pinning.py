"""Where places on a package's panels are in a picture of it, and whether they are seen there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from packdesk.domain.dieline.fold import in_space
from packdesk.domain.geometry import package_meshes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from packdesk.domain.geometry import FloatArray
    from packdesk.viewer.camera import Camera
    from packdesk.viewer.scene import Scene
    from packdesk.viewer.unfolding import Unfolding

    BoolArray = npt.NDArray[np.bool_]
    Found = tuple[FloatArray, FloatArray]
    Find = Callable[["Place"], Found | None]

_NEARLY = 1 - 1e-3
"""Of the way to a place: what is met before hides it, what it lies on does not."""


class Place(NamedTuple):
    """A place on a panel: shares of the width and height of its picture, from the upper left corner."""

    panel_id: str
    u: float
    v: float


class Spots:
    """Places on the panels of a scene, found once and seen by any camera.

    Args:
        scene: the package, closed or open.
        places: on panels; those of panels it does not have are nowhere.
    """

    def __init__(self, scene: Scene, places: Sequence[Place]) -> None:
        find = _unfolded(scene.unfolding) if scene.unfolding else _closed(scene)
        found = [find(place) for place in places]
        self._count = len(found)
        self._known = [index for index, one in enumerate(found) if one is not None]
        known = np.array([one for one in found if one is not None]).reshape(-1, 2, 3)
        self._points, self._normals = known[:, 0], known[:, 1]
        self._board = None
        if scene.unfolding is not None:
            self._board = np.concatenate([triangles for _, triangles in scene.unfolding.triangles])

    def at(self, camera: Camera, width: float, height: float) -> list[tuple[float, float] | None]:
        """Pixel positions, y downwards, in a picture of that size; None for what is hidden or out of it."""
        answers: list[tuple[float, float] | None] = [None] * self._count
        for index, (x, y), seen in zip(
            self._known, self._pixels(camera, width, height), self._seen(camera), strict=True
        ):
            if seen and 0 <= x <= width and 0 <= y <= height:
                answers[index] = float(x), float(y)
        return answers

    def seen(self, camera: Camera) -> list[bool]:
        """Whether the package has each place and does not hide it; it may be out of the picture."""
        answers = [False] * self._count
        for index, seen in zip(self._known, self._seen(camera), strict=True):
            answers[index] = bool(seen)
        return answers

    def _seen(self, camera: Camera) -> BoolArray:
        """Whether nothing lies before each point: a closed package hides only what looks away."""
        eye = camera.eye()
        facing: BoolArray = np.einsum("ij,ij->i", self._normals, eye - self._points) > 0
        if self._board is not None:
            facing[facing] = ~_crossed(self._board, eye, self._points[facing] - eye)
        return facing

    def _pixels(self, camera: Camera, width: float, height: float) -> FloatArray:
        """(n, 2) pixel positions."""
        matrix = camera.projection_matrix(width / height) @ camera.view_matrix()
        clip = np.column_stack([self._points, np.ones(len(self._points))]) @ matrix.T
        unit = clip[:, :2] / clip[:, 3:]
        return (unit * (1, -1) + 1) / 2 * (width, height)


def _closed(scene: Scene) -> Find:
    """Finds the point and the direction it looks in, on the closed package."""
    meshes = {mesh.panel_id: mesh for mesh in package_meshes(scene.package_type, scene.dimensions)}

    def find(place: Place) -> Found | None:
        mesh = meshes.get(place.panel_id)
        if mesh is None:
            return None
        shares = _shares(mesh.uvs.reshape(-1, 3, 2), (place.u, place.v))
        # Beside a disc the nearest triangle is as far out as it goes.
        nearest = int(np.argmax(shares.min(axis=1)))
        share = np.clip(shares[nearest], 0.0, None)
        share /= share.sum()
        corners = slice(3 * nearest, 3 * nearest + 3)
        return share @ mesh.positions[corners], share @ mesh.normals[corners]

    return find


def _shares(corners: FloatArray, point: tuple[float, float]) -> FloatArray:
    """Barycentric coordinates of a point in triangles, (n, 3, 2)."""
    first, second = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    offset = point - corners[:, 0]
    area = first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        b = (offset[:, 0] * second[:, 1] - offset[:, 1] * second[:, 0]) / area
        c = (first[:, 0] * offset[:, 1] - first[:, 1] * offset[:, 0]) / area
    found: FloatArray = np.nan_to_num(np.column_stack([1 - b - c, b, c]), nan=-np.inf)
    return found


def _unfolded(unfolding: Unfolding) -> Find:
    """As `_closed`, on the open board: the printed side looks away from the sheet's third axis."""
    panels = {panel.panel_id: panel for panel in unfolding.dieline.panels}
    plates = {
        panel_id: [plate for plate in unfolding.plates if plate.panel_id == panel_id] for panel_id in panels
    }
    boxes = {panel_id: np.array([_box(plate.outline) for plate in own]) for panel_id, own in plates.items()}

    def find(place: Place) -> Found | None:
        panel = panels.get(place.panel_id)
        if panel is None:
            return None
        at, box = np.array(panel.point(place.u, place.v)), boxes[place.panel_id]
        beyond = np.maximum(box[:, 0] - at, at - box[:, 1]).max(axis=1)
        matrix = unfolding.matrices[plates[place.panel_id][int(np.argmin(beyond))].plate_id]
        return in_space(matrix, at[None])[0], -matrix[:3, 2]

    return find


def _box(outline: FloatArray) -> FloatArray:
    """(2, 2) upper left and lower right corner of what is around a plate."""
    return np.stack([outline.min(axis=0), outline.max(axis=0)])


def _crossed(corners: FloatArray, eye: FloatArray, ways: FloatArray) -> BoolArray:
    """Whether triangles, (n, 3, 3), are met before the end of each way from the eye, (m, 3).

    As `picking` meets them (Moeller, Trumbore, 1997); from one eye, each product is linear in the way.
    """
    first, second = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    offset = eye - corners[:, 0]
    turned = np.cross(offset, first)
    determinant = ways @ np.cross(second, first).T
    with np.errstate(divide="ignore", invalid="ignore"):
        u = ways @ np.cross(second, offset).T / determinant
        v = ways @ turned.T / determinant
        way = np.einsum("nj,nj->n", turned, second) / determinant
        met = (np.minimum(u, v) >= 0) & (u + v <= 1) & (way > 0) & (way < _NEARLY)
    found: BoolArray = np.any(met, axis=1)
    return found
