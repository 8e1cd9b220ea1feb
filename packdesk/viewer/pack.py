"""Painter of the package itself."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from OpenGL import GL

from packdesk.domain.geometry import unit_meshes
from packdesk.domain.panels import panel_sizes
from packdesk.viewer import gl
from packdesk.viewer.labels import LABEL_SIZE
from packdesk.viewer.pictures import PanelPictures

if TYPE_CHECKING:
    from packdesk.domain.dimensions import PackageType
    from packdesk.domain.panels import FlatSize
    from packdesk.viewer.frame import Frame
    from packdesk.viewer.lights import Lights
    from packdesk.viewer.quality import Quality
    from packdesk.viewer.scene import Scene

_ATTRIBUTES = {"a_position": 3, "a_normal": 3, "a_uv": 2}
_BOARD, _NAME, _ARTWORK = 0, 1, 2  # as the shader numbers them
_SELECTED_PIXELS, _HOVERED_PIXELS = 3.0, 1.5
_SELECTED_OPACITY, _HOVERED_OPACITY = 1.0, 0.7


@dataclass(frozen=True)
class _Body:
    """The unit mesh of a kind of package and where each panel lies in it."""

    mesh: gl.Mesh
    ranges: dict[str, tuple[int, int]]


class PackPainter:
    """Draws the panels. Sizes are uniforms, so a size change uploads nothing.

    Attributes:
        pictures: the panels' textures.
    """

    def __init__(self, quality: Quality) -> None:
        self.pictures = PanelPictures(quality)
        self._taps = quality.taps
        self._program = gl.Program("pack", tuple(_ATTRIBUTES))
        self._bodies: dict[PackageType, _Body] = {}

    @property
    def uploads(self) -> int:
        """How many meshes and pictures went to the graphics card so far."""
        return self.pictures.uploads + len(self._bodies)

    def draw(self, scene: Scene, frame: Frame, lights: Lights) -> bool:
        """Draw all panels; False when a picture still waits to be uploaded."""
        complete = self.pictures.refresh(scene.textures)
        program = self._program
        gl.functions().glEnable(GL.GL_CULL_FACE)
        program.bind()
        program.set_camera(frame.view, frame.projection)
        self._set_surroundings(scene, frame, lights)
        sizes = panel_sizes(scene.package_type, scene.dimensions)
        body = self._body(scene.package_type)
        for panel_id, (first, count) in body.ranges.items():
            self._set_outline(scene, panel_id, frame.pixel_ratio)
            self._bind_picture(panel_id, sizes[panel_id], awaited=panel_id in scene.textures)
            body.mesh.draw(first, count)
        gl.functions().glBindTexture(GL.GL_TEXTURE_2D, 0)
        program.release()
        gl.functions().glDisable(GL.GL_CULL_FACE)
        return complete

    def destroy(self) -> None:
        """Free all; their context must be current."""
        self.pictures.destroy()
        self._program.destroy()
        for body in self._bodies.values():
            body.mesh.destroy()

    def _set_surroundings(self, scene: Scene, frame: Frame, lights: Lights) -> None:
        program, size = self._program, scene.dimensions
        program.set("u_size", (size.width, size.depth, size.height))
        program.set("u_round", int(scene.package_type == "cylinder"))
        program.set("u_eye", frame.eye())
        program.set("u_key", lights.key)
        program.set("u_fill", lights.fill)
        program.set("u_up", lights.up)
        program.set("u_picture", 0)
        program.set("u_taps", 1 if frame.draft else self._taps)
        program.set("u_accent", gl.linear_colour(scene.accent))

    def _set_outline(self, scene: Scene, panel_id: str, pixel_ratio: float) -> None:
        width, opacity = 0.0, 0.0
        if panel_id == scene.selected:
            width, opacity = _SELECTED_PIXELS * pixel_ratio, _SELECTED_OPACITY
        elif panel_id == scene.hovered:
            width, opacity = _HOVERED_PIXELS * pixel_ratio, _HOVERED_OPACITY
        self._program.set("u_outline", (width, opacity))

    def _bind_picture(self, panel_id: str, size: FlatSize, *, awaited: bool) -> None:
        artwork = self.pictures.artwork(panel_id)
        if artwork:
            self._program.set("u_paint", _ARTWORK)
            artwork.bind(0)
        elif awaited:  # a name would only flash up until the picture arrives
            self._program.set("u_paint", _BOARD)
        else:
            self._program.set("u_paint", _NAME)
            self._program.set("u_panel", (float(size.width), float(size.height)))
            self._program.set("u_label", _label_size(panel_id, size))
            self.pictures.label(panel_id).bind(0)

    def _body(self, package_type: PackageType) -> _Body:
        if package_type not in self._bodies:
            self._bodies[package_type] = _make_body(package_type)
        return self._bodies[package_type]


def _make_body(package_type: PackageType) -> _Body:
    meshes = unit_meshes(package_type)
    vertices = [np.hstack([mesh.positions, mesh.normals, mesh.uvs]) for mesh in meshes]
    ends = np.cumsum([len(part) for part in vertices])
    ranges = {
        mesh.panel_id: (int(end) - len(part), len(part))
        for mesh, part, end in zip(meshes, vertices, ends, strict=True)
    }
    return _Body(gl.Mesh(np.concatenate(vertices).astype(np.float32), tuple(_ATTRIBUTES.values())), ranges)


def _label_size(panel_id: str, size: FlatSize) -> tuple[float, float]:
    """Millimetres the panel's name takes; around a cylinder only a diameter's width is seen at once."""
    aspect = LABEL_SIZE[0] / LABEL_SIZE[1]
    breadth = size.width / math.pi if panel_id == "body" else size.width
    width = min(0.72 * breadth, 0.26 * size.height * aspect)
    return width, width / aspect
