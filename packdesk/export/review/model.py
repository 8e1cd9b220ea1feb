"""The package as GLB for the page: closed as the window shows it, and its blank, whose folding is animated.

At second 0 the blank lies flat, at second 1 it is folded; then the closed package takes its place. A key
stands at every step of the page's slider, so that no place between two keys is ever seen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from packdesk.domain.dieline.fold import stays_in_pieces
from packdesk.domain.dieline.printed import picture_points
from packdesk.domain.geometry import edge_radius, parametric_meshes
from packdesk.domain.panels import goes_around, panel_sizes
from packdesk.domain.tube import CYLINDER_SEGMENTS
from packdesk.export.area_maps import mapped
from packdesk.export.glb import CLAMP, METRES, REPEAT, Corners, Glb, y_up
from packdesk.export.materials import inside_material, printed_material, used_extensions
from packdesk.export.review.animation import Animation
from packdesk.export.review.pictures import MEDIA
from packdesk.viewer.fold_mesh import tilt
from packdesk.viewer.unfolding import Unfolding, fan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from packdesk.domain.dieline.motion import FoldPlate
    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.geometry import FloatArray, ParametricMesh
    from packdesk.domain.look import Look
    from packdesk.export.area_maps import AreaMaps

STEPS = 50
"""Of the slider, from flat to closed."""
ANIMATION = "fold"
_LAST_S = 2.0  # the viewer begins anew at the very end, which is therefore later than anything that is shown
_GONE = 1e-6  # a scale: nothing has no inverse
_SHOWN = 1.0


class Framing(NamedTuple):
    """The ball around all of the package at one step: middle in metres, y up, and radius."""

    x: float
    y: float
    z: float
    radius: float


@dataclass(frozen=True)
class FoldingModel:
    """What is written.

    Attributes:
        dieline: the blank, whose type and sizes are the package's.
        pictures: WebP by panel; a panel that is missing is plain board.
        look: finish and light.
        maps: of panels that have finishes on parts of them.
    """

    dieline: Dieline
    pictures: Mapping[str, bytes]
    look: Look
    maps: Mapping[str, AreaMaps] = field(default_factory=dict)


def folding_steps(dieline: Dieline) -> list[Unfolding]:
    """The package at every step of the slider."""
    return [Unfolding(dieline, step / STEPS) for step in range(STEPS + 1)]


def framings(steps: Sequence[Unfolding]) -> list[Framing]:
    """What must be in the picture at every step."""
    return [_framing(step.extent) for step in steps]


def folding_glb(model: FoldingModel, steps: Sequence[Unfolding]) -> bytes:
    """The GLB file.

    Meshes carry `panel_id` in their extras, and `blank` where they are a piece of the blank; a piece's second
    primitive is its inside.
    """
    file = Glb()
    file.uses(*used_extensions(model.look))
    materials = _Materials(file, model)
    closed = file.add("nodes", {"name": "closed", "children": _closed(file, model, materials)})
    pieces = _pieces(file, model, materials)
    blank = file.add("nodes", {"name": "blank", "scale": [_GONE] * 3, "children": [*pieces.values()]})
    _animate(file, steps, pieces, closed, blank)
    dieline = model.dieline
    extras = {"package_type": dieline.package_type, "size_mm": dieline.dimensions.model_dump()}
    return file.packed([closed, blank], extras)


class _Materials:
    """One for each panel with a picture, one for bare panels, one for the inside."""

    def __init__(self, file: Glb, model: FoldingModel) -> None:
        self._printed = {
            panel_id: self._of_panel(file, model, panel_id, picture)
            for panel_id, picture in model.pictures.items()
        }
        self._board = file.add("materials", {"name": "board", **printed_material(model.look, None)})
        self.inside = file.add("materials", {"name": "inside", **inside_material(model.look)})

    def of(self, panel_id: str | None) -> int:
        """The outside of a panel, or of a flap."""
        return self._printed.get(panel_id or "", self._board)

    @staticmethod
    def _of_panel(file: Glb, model: FoldingModel, panel_id: str, picture: bytes) -> int:
        sampler = REPEAT if goes_around(panel_id) else CLAMP
        made = printed_material(model.look, file.texture(picture, MEDIA, sampler))
        if panel_id in model.maps:
            made = mapped(file, made, model.maps[panel_id], sampler, panel_id)
        return file.add("materials", {"name": panel_id, **made})


def _closed(file: Glb, model: FoldingModel, materials: _Materials) -> list[int]:
    """A node for each panel, or for each piece where the package is shown as its pieces."""
    dieline, nodes = model.dieline, []
    if stays_in_pieces(dieline.package_type, dieline.options):
        standing = Unfolding(dieline, 1.0)
        return list(_pieces(file, model, materials, standing).values())
    for mesh in parametric_meshes(model.dieline.package_type):
        surface = file.primitive(_rounded(mesh, model.dieline))
        primitive = {**surface, "material": materials.of(mesh.panel_id)}
        made = {"name": mesh.panel_id, "primitives": [primitive], "extras": {"panel_id": mesh.panel_id}}
        nodes.append(file.add("nodes", {"name": mesh.panel_id, "mesh": file.add("meshes", made)}))
    return nodes


def _gltf_matrix(matrix: FloatArray) -> list[float]:
    """From metres on the sheet to where a piece is, y up; column by column, as glTF has it."""
    placed = np.eye(4)
    placed[:3, :3] = y_up(matrix[:3, :3].T).T
    placed[:3, 3] = y_up(matrix[None, :3, 3])[0] * METRES
    return [float(value) for value in placed.T.ravel().round(9)]


def _rounded(mesh: ParametricMesh, dieline: Dieline) -> Corners:
    radius = edge_radius(dieline.dimensions)
    size = panel_sizes(dieline.package_type, dieline.dimensions)[mesh.panel_id]
    uvs = mesh.uvs + mesh.shifts * radius / (size.width, size.height)
    return Corners.of(mesh.positions(dieline.dimensions, radius), mesh.normals, uvs)


def _pieces(
    file: Glb, model: FoldingModel, materials: _Materials, standing: Unfolding | None = None
) -> dict[str, int]:
    """A node for each piece: of the blank, to be moved, or where it stands in the closed package."""
    nodes = {}
    for plate in (standing or Unfolding(model.dieline, 0.0)).plates:
        extras = {} if standing else {"blank": True}
        made = {
            "name": plate.plate_id,
            "primitives": _sides(file, model.dieline, plate, materials, bent=standing is not None),
            "extras": {**extras, **({"panel_id": plate.panel_id} if plate.panel_id else {})},
        }
        placed = {"matrix": _gltf_matrix(standing.matrices[plate.plate_id])} if standing else {}
        mesh = file.add("meshes", made)
        nodes[plate.plate_id] = file.add("nodes", {"name": plate.plate_id, "mesh": mesh, **placed})
    return nodes


def _sides(
    file: Glb, dieline: Dieline, plate: FoldPlate, materials: _Materials, *, bent: bool
) -> list[dict[str, Any]]:
    """Printed side and inside of a piece, in metres on the sheet, whose third axis points inwards.

    Where it is bent, the normals of a label's strips lean towards their neighbours, so that it looks round.
    """
    points = fan(plate.outline)
    shown = dieline.panel(plate.panel_id) if plate.panel_id else None
    uvs = np.zeros_like(points) if shown is None else picture_points(shown, points)
    places = np.column_stack([points * METRES, np.zeros(len(points))]).astype(np.float32)
    faces = np.arange(len(points), dtype=np.uint32).reshape(-1, 3)
    lean = math.tan(math.pi / CYLINDER_SEGMENTS) * tilt(plate, points) if bent else np.zeros(len(points))
    sides = []
    for away, order, material in (
        (-1.0, faces, materials.of(plate.panel_id)),
        (1.0, faces[:, ::-1].copy(), materials.inside),
    ):
        normals = np.tile([0.0, 0.0, away], (len(points), 1))
        normals[:, 0] -= away * lean
        normals /= np.linalg.norm(normals, axis=1, keepdims=True)
        surface = file.primitive(Corners(places, normals.astype(np.float32), uvs.astype(np.float32), order))
        sides.append({**surface, "material": material})
    return sides


def _animate(
    file: Glb, steps: Sequence[Unfolding], pieces: Mapping[str, int], closed: int, blank: int
) -> None:
    animation = Animation(file, np.linspace(0.0, 1.0, len(steps)))
    for name, node in pieces.items():
        animation.move(node, np.array([step.matrices[name] for step in steps]))
    switch = np.array([0.0, 1.0, _LAST_S])
    animation.scale(node=closed, times=switch, scales=(_GONE, _SHOWN, _SHOWN))
    animation.scale(node=blank, times=switch, scales=(_SHOWN, _GONE, _GONE))
    file.add("animations", {"name": ANIMATION, **animation.tracks()})


def _framing(corners: FloatArray) -> Framing:
    low, high = corners.min(axis=0), corners.max(axis=0)
    x, y, z = y_up((low + high)[None, :] / 2 * METRES)[0].round(5).tolist()
    radius = float(np.linalg.norm(corners - (low + high) / 2, axis=1).max()) * METRES
    return Framing(x, y, z, round(radius, 5))
