"""What a 3D model for other programs consists of: the closed package's panels, or all pieces of the blank."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from packdesk.domain.dieline.holes import bridges
from packdesk.domain.dieline.inside import inside_points, seen_from_inside
from packdesk.domain.dieline.printed import picture_points
from packdesk.domain.geometry import package_meshes
from packdesk.export.glb import Corners
from packdesk.viewer.unfolding import Unfolding, fan

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from packdesk.domain.dieline.motion import FoldPlate
    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.dimensions import Dimensions, PackageType
    from packdesk.domain.geometry import FloatArray

BOARD, INSIDE = "board", "inside"
"""Materials besides those of panels: of flaps' outsides, and of the inside and the cut edges."""
INSIDE_SUFFIX = "-inside"
_NUMBER = re.compile(r"-\d+$")  # of a strip of a bent label


def inside_name(panel_id: str) -> str:
    """The material of a panel's inside that has artwork."""
    return f"{panel_id}{INSIDE_SUFFIX}"


class Surface(NamedTuple):
    """Triangles of one material.

    Attributes:
        material: a panel's id, `inside_name` of it, `BOARD` or `INSIDE`.
        positions: (3 n, 3) in package space, millimetres.
        normals: (3 n, 3) unit normals.
        uvs: (3 n, 2) places in the panel's picture, v downwards.
    """

    material: str
    positions: FloatArray
    normals: FloatArray
    uvs: FloatArray

    @property
    def corners(self) -> Corners:
        """As files have it."""
        return Corners.of(self.positions, self.normals, self.uvs)


class Part(NamedTuple):
    """A piece with a name of its own.

    Attributes:
        name: the panel's, or such as `top-top-tuck` for a flap.
        panel_id: the panel it shows, if it does.
        surfaces: at least one.
    """

    name: str
    panel_id: str | None
    surfaces: tuple[Surface, ...]


def closed_parts(package_type: PackageType, dimensions: Dimensions) -> list[Part]:
    """The closed package's outside: a part for each panel."""
    return [
        Part(mesh.panel_id, mesh.panel_id, (Surface(mesh.panel_id, mesh.positions, mesh.normals, mesh.uvs),))
        for mesh in package_meshes(package_type, dimensions)
    ]


def blank_parts(dieline: Dieline, share: float, inside: Collection[str] = frozenset()) -> list[Part]:
    """Panels and flaps as thick as the board, folded by a share; the strips of a label are one part.

    `inside` are the panels with artwork on their inside.
    """
    unfolding, turned = Unfolding(dieline, share), seen_from_inside(dieline) if inside else None
    pieces: dict[str, list[Surface]] = {}
    panels: dict[str, str | None] = {}
    for plate in unfolding.plates:
        name = plate.panel_id or _NUMBER.sub("", plate.plate_id)
        panels[name] = plate.panel_id
        pieces.setdefault(name, []).extend(
            _slab(dieline, plate, unfolding.matrices[plate.plate_id], turned if name in inside else None)
        )
    return [Part(name, panels[name], tuple(_joined(surfaces))) for name, surfaces in pieces.items()]


def _joined(surfaces: list[Surface]) -> Iterator[Surface]:
    """One for each material."""
    for material in dict.fromkeys(surface.material for surface in surfaces):
        same = [surface[1:] for surface in surfaces if surface.material == material]
        yield Surface(material, *(np.concatenate(arrays) for arrays in zip(*same, strict=True)))


def _slab(
    dieline: Dieline, plate: FoldPlate, matrix: FloatArray, turned: Dieline | None
) -> Iterator[Surface]:
    """Printed side, inside and cut edges; the sheet's third axis points away from the printed side.

    `turned` is the blank from inside, where the panel has artwork there.
    """
    points, caliper = fan(plate.outline), dieline.options.caliper
    shown = dieline.panel(plate.panel_id) if plate.panel_id else None
    uvs = np.zeros_like(points) if shown is None else picture_points(shown, points)
    yield _placed(plate.panel_id or BOARD, _lifted(points, 0.0), uvs, matrix)
    back = points.reshape(-1, 3, 2)[:, ::-1].reshape(-1, 2)
    if turned is not None and plate.panel_id:
        there = inside_points(turned.panel(plate.panel_id), turned.width, back)
        yield _placed(inside_name(plate.panel_id), _lifted(back, caliper), there, matrix)
    else:
        yield _placed(INSIDE, _lifted(back, caliper), np.zeros_like(back), matrix)
    if caliper:
        edges = _edges(plate.outline, caliper)
        yield _placed(INSIDE, edges, np.zeros((len(edges), 2)), matrix)


def _edges(outline: FloatArray, caliper: float) -> FloatArray:
    """(6 n, 3) two triangles for each side of an outline that is walked clockwise."""
    cut = ~bridges(outline)
    outline, ends = outline[cut], np.roll(outline, -1, axis=0)[cut]
    near, far = _lifted(outline, 0.0), _lifted(ends, 0.0)
    near_in, far_in = _lifted(outline, caliper), _lifted(ends, caliper)
    return np.stack([near, far, near_in, far, far_in, near_in], axis=1).reshape(-1, 3)


def _lifted(points: FloatArray, height: float) -> FloatArray:
    return np.column_stack([points, np.full(len(points), height)])


def _placed(material: str, points: FloatArray, uvs: FloatArray, matrix: FloatArray) -> Surface:
    positions = points @ matrix[:3, :3].T + matrix[:3, 3]
    a, b, c = positions[0::3], positions[1::3], positions[2::3]
    normals = np.cross(b - a, c - a)
    lengths = np.linalg.norm(normals, axis=1, keepdims=True)
    solid = lengths[:, 0] > 1e-12  # a label's strips have corners in one place
    normals = normals[solid] / lengths[solid]
    kept = np.repeat(solid, 3)
    return Surface(material, positions[kept], np.repeat(normals, 3, axis=0), uvs[kept])
