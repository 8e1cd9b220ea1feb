"""Where places on a package's panels are in a picture of it, and whether they are seen there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from packdesk.domain.dieline.fold import in_space
from packdesk.domain.geometry import package_meshes

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from packdesk.domain.geometry import FloatArray
    from packdesk.viewer.camera import Camera
    from packdesk.viewer.scene import Scene
    from packdesk.viewer.unfolding import Unfolding

    BoolArray = npt.NDArray[np.bool_]

_NEARLY = 1 - 1e-3
"""Of the way to a place: what is met before hides it, what it lies on does not."""


class Place(NamedTuple):
    """A place on a panel: shares of the width and height of its picture, from the upper left corner."""

    panel_id: str
    u: float
    v: float


def spots(
    scene: Scene, camera: Camera, places: Sequence[Place], width: float, height: float
) -> list[tuple[float, float] | None]:
    """Pixel positions, y downwards, in a picture of that size; None for what is hidden or out of it.

    Args:
        scene: the package, closed or open.
        camera: where it is seen from.
        places: on panels; those of panels it does not have are nowhere.
        width: of the picture.
        height: likewise.
    """
    found = [_in_space(scene, place) for place in places]
    known = [index for index, one in enumerate(found) if one is not None]
    answers: list[tuple[float, float] | None] = [None] * len(places)
    if not known:
        return answers
    points = np.array([found[index] for index in known])  # (n, 2, 3): where, and which way it looks
    seen = _seen(scene, camera, points[:, 0], points[:, 1])
    for index, pixel, visible in zip(known, _pixels(camera, points[:, 0], width, height), seen, strict=True):
        if visible and 0 <= pixel[0] <= width and 0 <= pixel[1] <= height:
            answers[index] = float(pixel[0]), float(pixel[1])
    return answers


def is_seen(scene: Scene, camera: Camera, place: Place) -> bool:
    """Whether the package has a place and does not hide it from a camera; it may be out of the picture."""
    found = _in_space(scene, place)
    return found is not None and bool(_seen(scene, camera, found[0][None], found[1][None])[0])


def _in_space(scene: Scene, place: Place) -> tuple[FloatArray, FloatArray] | None:
    """The point and the direction the printed side looks there."""
    return _unfolded(scene.unfolding, place) if scene.unfolding else _closed(scene, place)


def _closed(scene: Scene, place: Place) -> tuple[FloatArray, FloatArray] | None:
    for mesh in package_meshes(scene.package_type, scene.dimensions):
        if mesh.panel_id == place.panel_id:
            corners = mesh.uvs.reshape(-1, 3, 2)
            shares = _shares(corners, (place.u, place.v))
            # Beside a disc the nearest triangle is as far out as it goes.
            nearest = int(np.argmax(shares.min(axis=1)))
            share = np.clip(shares[nearest], 0.0, None)
            share /= share.sum()
            point = share @ mesh.positions.reshape(-1, 3, 3)[nearest]
            return point, share @ mesh.normals.reshape(-1, 3, 3)[nearest]
    return None


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


def _unfolded(unfolding: Unfolding, place: Place) -> tuple[FloatArray, FloatArray] | None:
    panel = next((one for one in unfolding.dieline.panels if one.panel_id == place.panel_id), None)
    if panel is None:
        return None
    at = np.array(panel.point(place.u, place.v))
    plates = [plate for plate in unfolding.plates if plate.panel_id == place.panel_id]
    nearest = min(plates, key=lambda plate: _outside(plate.outline, at))
    matrix = unfolding.matrices[nearest.plate_id]
    return in_space(matrix, at[None])[0], -matrix[:3, 2]


def _outside(outline: FloatArray, point: FloatArray) -> float:
    """How far a point lies outside of a plate's bounding box, in millimetres."""
    beyond = np.maximum(outline.min(axis=0) - point, point - outline.max(axis=0))
    return float(beyond.max())


def _seen(scene: Scene, camera: Camera, points: FloatArray, normals: FloatArray) -> BoolArray:
    """Whether nothing lies before each point: a closed package hides only what looks away."""
    eye = camera.eye()
    facing: BoolArray = np.einsum("ij,ij->i", normals, eye - points) > 0
    if scene.unfolding is None:
        return facing
    corners = np.concatenate([triangles for _, triangles in scene.unfolding.triangles])
    return facing & ~_crossed(corners, eye, points - eye)


def _crossed(corners: FloatArray, eye: FloatArray, ways: FloatArray) -> BoolArray:
    """Whether triangles, (n, 3, 3), are met before the end of each way from the eye, (m, 3).

    As `picking` meets them (Moeller, Trumbore, 1997), for many rays at once.
    """
    first, second = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    offset = eye - corners[:, 0]
    turned = np.cross(offset, first)
    across = np.cross(ways[:, None], second[None])
    determinant = np.einsum("mnj,nj->mn", across, first)
    with np.errstate(divide="ignore", invalid="ignore"):
        u = np.einsum("mnj,nj->mn", across, offset) / determinant
        v = ways @ turned.T / determinant
        way = np.einsum("nj,nj->n", turned, second) / determinant
        met = (np.minimum(u, v) >= 0) & (u + v <= 1) & (way > 0) & (way < _NEARLY)
    found: BoolArray = np.any(met, axis=1)
    return found


def _pixels(camera: Camera, points: FloatArray, width: float, height: float) -> FloatArray:
    """(n, 2) pixel positions."""
    matrix = camera.projection_matrix(width / height) @ camera.view_matrix()
    clip = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    unit = clip[:, :2] / clip[:, 3:]
    return (unit * (1, -1) + 1) / 2 * (width, height)
