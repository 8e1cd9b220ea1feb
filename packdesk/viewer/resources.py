"""A package on the graphics card: its mesh and its pictures, for every pass that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

import numpy as np

from packdesk.domain.geometry import edge_radius, parametric_meshes
from packdesk.domain.panels import panel_sizes, share_unstretched
from packdesk.viewer import gl
from packdesk.viewer.pictures import PanelPictures
from packdesk.viewer.surface import grain_texture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtOpenGL import QOpenGLTexture

    from packdesk.domain.dimensions import PackageType
    from packdesk.domain.geometry import FloatArray, ParametricMesh
    from packdesk.domain.panels import FlatSize
    from packdesk.viewer.frame import Quality
    from packdesk.viewer.scene import Scene

WIDTHS = {"a_corner": 3, "a_offset": 3, "a_normal": 3, "a_uv": 2, "a_shift": 2, "a_open": 1, "a_rim": 1}
"""The vertex attributes of the closed package in their order, and how many numbers each has."""
_ANYWHERE = 1.0e6
_EVEN = 1.0e-9
_NORMAL = slice(6, 9)  # columns of `vertices_of`
_AROUND = ((0, 1), (1, 2), (2, 3), (3, 0))
_MIDDLE = 6  # vertices


class Part(Enum):
    """What of a panel is drawn."""

    ALL = auto()
    RIM = auto()
    MIDDLE = auto()


@dataclass(frozen=True)
class _Body:
    """The mesh of a package type, and ranges of its vertices: each panel's, and a box's panels' middles."""

    mesh: gl.Mesh
    ranges: dict[str, tuple[int, int]]
    middles: dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Panel:
    """A panel ready to be drawn.

    Attributes:
        panel_id: the panel.
        size: its flat size.
        artwork: its picture; None for plain board.
        awaited: whether a picture is still on its way.
        share: of its width and height that the picture takes, in its middle.
        areas: where parts of it have a finish; None for nowhere.
    """

    panel_id: str
    size: FlatSize
    artwork: QOpenGLTexture | None
    awaited: bool
    share: tuple[float, float] = (1.0, 1.0)
    areas: QOpenGLTexture | None = None

    def bind(self) -> None:
        """Let shaders read its picture, and where that has finishes."""
        if self.artwork:
            self.artwork.bind(0)
        if self.areas:
            self.areas.bind(2)


class PackageResources:
    """Meshes and pictures of the scenes drawn so far.

    Attributes:
        pictures: the panels' textures.
        areas: where they have finishes.
        inside: the pictures on the panels' inside.
        grain: of the paper.
    """

    def __init__(self, quality: Quality) -> None:
        self.pictures = PanelPictures(quality)
        self.areas = PanelPictures(quality, linear=True)
        self.inside = PanelPictures(quality)
        self.grain = grain_texture(one_level=quality.one_level)
        self._bodies: dict[PackageType, _Body] = {}

    @property
    def uploads(self) -> int:
        """How many meshes and pictures were uploaded so far."""
        return self.pictures.uploads + self.areas.uploads + self.inside.uploads + len(self._bodies)

    def panels(self, scene: Scene) -> Iterator[Panel]:
        """The scene's panels, those with a picture first so that shaders change at most once."""
        sizes = panel_sizes(scene.package_type, scene.dimensions)
        panels = [
            Panel(
                panel_id,
                size,
                self.pictures.artwork(panel_id),
                panel_id in scene.textures,
                self._share(scene, panel_id, size),
                self.areas.artwork(panel_id),
            )
            for panel_id, size in sizes.items()
        ]
        return iter(sorted(panels, key=lambda panel: (panel.artwork is None, panel.areas is None)))

    def inside_panels(self, scene: Scene) -> Iterator[Panel]:
        """Those that have a picture on their inside, with that one."""
        for panel_id, size in panel_sizes(scene.package_type, scene.dimensions).items():
            if (picture := self.inside.artwork(panel_id)) is not None:
                yield Panel(panel_id, size, picture, awaited=False)

    def decode(self, *, wanted: bool) -> None:
        """As of `PanelPictures.decode`, for all artwork."""
        self.pictures.decode(wanted=wanted)
        self.inside.decode(wanted=wanted)

    def set_shape(self, program: gl.Program, scene: Scene) -> None:
        """Set size and radius of a bound program."""
        size = scene.dimensions
        program.set("u_size", (size.width, size.depth, size.height))
        program.set("u_radius", edge_radius(size))
        program.set("u_rim", edge_radius(size))

    def draw(self, program: gl.Program, scene: Scene, panel: Panel, part: Part = Part.ALL) -> None:
        """Draw one panel, or a part of a box's, with the bound program; the rim is `u_rim` wide."""
        program.set("u_panel", (float(panel.size.width), float(panel.size.height)))
        set_share(program, panel.share)
        body = self._body(scene.package_type)
        first, count = body.ranges[panel.panel_id]
        if part is Part.MIDDLE:
            first, count = body.middles[panel.panel_id]
        elif part is Part.RIM:  # all that comes before the middle
            count = body.middles[panel.panel_id][0] - first
        body.mesh.draw(first, count)

    def destroy(self) -> None:
        """Free all; their context must be current."""
        self.pictures.destroy()
        self.areas.destroy()
        self.inside.destroy()
        self.grain.destroy()
        for body in self._bodies.values():
            body.mesh.destroy()

    def _share(self, scene: Scene, panel_id: str, size: FlatSize) -> tuple[float, float]:
        shape = self.pictures.shape(panel_id) if panel_id in scene.unstretched else None
        return share_unstretched(size, *shape) if shape else (1.0, 1.0)

    def _body(self, package_type: PackageType) -> _Body:
        if package_type not in self._bodies:
            self._bodies[package_type] = _make_body(package_type)
        return self._bodies[package_type]


def set_share(program: gl.Program, share: tuple[float, float]) -> None:
    """Set what share of a panel its picture takes; where that is all, it goes on over the bleed."""
    reach = (0.5 if part < 1 else _ANYWHERE for part in share)
    program.set("u_share", (*share, *reach))


def vertices_of(mesh: ParametricMesh) -> FloatArray:
    """(3 n, 15) all attributes side by side, as `WIDTHS` orders them."""
    opens, rims = mesh.opens[:, None], np.zeros((len(mesh.opens), 1))
    return np.column_stack([mesh.corners, mesh.offsets, mesh.normals, mesh.uvs, mesh.shifts, opens, rims])


def with_rim(vertices: FloatArray) -> FloatArray:
    """A box's panel as the rounded border, a frame that has no width yet, and the flat middle: its last six.

    Args:
        vertices: (3 n, 15) of `vertices_of`.
    """
    leans = np.ptp(vertices[:, _NORMAL].reshape(-1, 3, 3), axis=1).max(axis=1)
    flat = np.repeat(leans < _EVEN, 3)
    middle = vertices[flat]
    outer = middle[[0, 1, 2, 5]]  # of both triangles (0, 1, 2) and (0, 2, 3)
    inner = outer.copy()
    middle[:, -1] = inner[:, -1] = 1.0
    sides = [(outer[one], outer[two], inner[two], outer[one], inner[two], inner[one]) for one, two in _AROUND]
    return np.concatenate([vertices[~flat], *sides, middle])


def _make_body(package_type: PackageType) -> _Body:
    meshes = parametric_meshes(package_type)
    is_box = package_type == "box"
    vertices = [with_rim(vertices_of(mesh)) if is_box else vertices_of(mesh) for mesh in meshes]
    ends = np.cumsum([len(some) for some in vertices])
    ranges = {
        mesh.panel_id: (int(end) - len(some), len(some))
        for mesh, some, end in zip(meshes, vertices, ends, strict=True)
    }
    middles = {name: (first + count - _MIDDLE, _MIDDLE) for name, (first, count) in ranges.items() if is_box}
    mesh = gl.Mesh(np.concatenate(vertices).astype(np.float32), tuple(WIDTHS.values()))
    return _Body(mesh, ranges, middles)
