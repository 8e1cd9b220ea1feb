"""Smooths the edges of the closed package where multisampling is too slow: without a graphics card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from OpenGL import GL
from PySide6.QtOpenGL import QOpenGLTexture

from packdesk.domain.geometry import edge_radius, parametric_meshes, placed
from packdesk.viewer import gl

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from packdesk.domain.dimensions import Dimensions, PackageType
    from packdesk.domain.geometry import FloatArray, ParametricMesh
    from packdesk.viewer.frame import RenderFrame
    from packdesk.viewer.scene import Scene

    Indices = npt.NDArray[np.intp]

_WIDTHS = {"a_place": 3, "a_line": 4}
_BESIDE = 0.75  # pixels of a strip's half width: half a pixel can differ, and rounding
# A surface may come towards the eye beside its edge: strips lie before it, by pixels and a part of the width.
_NEARER_PIXELS, _NEARER_SHARE = 4.0, 0.1


class EdgePass:
    """Smooths the pixels along the package's edges, strip by strip. Belongs to the context it was made in."""

    def __init__(self) -> None:
        self._program = gl.Program("edge", tuple(_WIDTHS))
        self._source: QOpenGLTexture | None = None
        self._edges: dict[PackageType, MeshEdges] = {}

    def draw(self, scene: Scene, frame: RenderFrame) -> None:
        """Smooth the closed package in the bound framebuffer, which holds the picture and its depths."""
        strips = self._strips(scene, frame)
        if not len(strips):
            return
        mesh = gl.Mesh(strips.astype(np.float32), tuple(_WIDTHS.values()))
        with gl.state(depth_mask=False), self._program as program:
            self._bind_copy(frame.tile.width, frame.tile.height)
            program.set("u_picture", (float(frame.tile.width), float(frame.tile.height)))
            program.set("u_source", 0)
            mesh.draw()
        mesh.destroy()

    def destroy(self) -> None:
        """Free all; their context must be current."""
        self._program.destroy()
        if self._source:
            self._source.destroy()

    def _strips(self, scene: Scene, frame: RenderFrame) -> FloatArray:
        """(6 n, 7) vertices of the strips."""
        kind = scene.package_type
        if kind not in self._edges:
            self._edges[kind] = package_edges(kind)
        edges = self._edges[kind]
        places = edges.positions(scene.dimensions, edge_radius(scene.dimensions))
        return edge_strips(edges, places, frame)

    def _bind_copy(self, width: int, height: int) -> None:
        """Bind the bound framebuffer's colours as a texture."""
        source = self._source
        if source is None or (source.width(), source.height()) != (width, height):
            if source:
                source.destroy()
            source = self._source = _room(width, height)
        source.bind()
        gl.finish_drawing()
        gl.functions().glCopyTexSubImage2D(GL.GL_TEXTURE_2D, 0, 0, 0, 0, 0, width, height)


def edge_strips(edges: MeshEdges, places: FloatArray, frame: RenderFrame) -> FloatArray:
    """Strips along the edges between two colours; none while the eye is inside the package.

    Args:
        edges: of the mesh.
        places: (n, 3) of its vertices in millimetres.
        frame: matrices and size of the picture.

    Returns:
        (6 n, 7): two triangles each: pixels from below left and depth, then both ends of the edge.
    """
    matrix = np.array((frame.projection * frame.view).copyDataTo()).reshape(4, 4)
    clip = np.hstack([places, np.ones((len(places), 1))]) @ matrix.T
    if (clip[:, 3] <= 0).any():
        return np.empty((0, 7))
    size = (frame.tile.width, frame.tile.height)
    pixels = (clip[:, :2] / clip[:, 3:] + 1) / 2 * size
    # So much nearer to the eye, z and w of clip space shrink.
    scale = np.array(frame.projection.copyDataTo()).reshape(4, 4)
    nearer = _NEARER_PIXELS * 2 * clip[:, 3] / (scale[1, 1] * size[1])
    nearer += _NEARER_SHARE * np.ptp(places[:, :2], axis=0).min()
    depth = (clip[:, 2] + scale[2, 2] * nearer) / (clip[:, 3] + scale[3, 2] * nearer)
    return _strips(pixels, depth, edges.ends[edges.parting(pixels)])


def _strips(pixels: FloatArray, depth: FloatArray, ends: Indices) -> FloatArray:
    line = np.hstack([pixels[ends[:, 0]], pixels[ends[:, 1]]])
    along = np.abs(line[:, 2:] - line[:, :2])
    # Strips lie across the lesser direction, so that each pixel along the greater one is met.
    aside = np.where((along[:, 0] > along[:, 1])[:, None], (0.0, _BESIDE), (_BESIDE, 0.0))
    corners = [
        np.column_stack([line[:, 2 * end : 2 * end + 2] + side * aside, depth[ends[:, end]], line])
        for end, side in ((0, -1), (1, -1), (1, 1), (0, -1), (1, 1), (0, 1))
    ]
    return np.stack(corners, axis=1).reshape(-1, 7)


def _room(width: int, height: int) -> QOpenGLTexture:
    texture = QOpenGLTexture(QOpenGLTexture.Target.Target2D)
    texture.setFormat(QOpenGLTexture.TextureFormat.RGBA8_UNorm)
    texture.setSize(width, height)
    texture.setMipLevels(1)
    texture.allocateStorage()
    texture.setMinMagFilters(QOpenGLTexture.Filter.Nearest, QOpenGLTexture.Filter.Nearest)
    texture.setWrapMode(QOpenGLTexture.WrapMode.ClampToEdge)
    return texture


@dataclass(frozen=True)
class MeshEdges:
    """A closed mesh by its edges.

    Attributes:
        corners: (n, 3) vertices in units of the size, each place once.
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
        """The edges between two colours: creases with both sides visible, then outlines.

        The last one has its way where both meet in a pixel: beside an outline more is to be smoothed.

        Args:
            pixels: (n, 2) where the vertices lie in the picture, y upwards.
        """
        first, second, third = (pixels[self.triangles[:, corner]] for corner in range(3))
        one, other = second - first, third - first
        seen = one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0] > 0
        near, far = seen[self.sides[:, 0]], seen[self.sides[:, 1]]
        return np.concatenate([np.flatnonzero(self.creases & near & far), np.flatnonzero(near != far)])


def package_edges(package_type: PackageType) -> MeshEdges:
    """The edges of a package's mesh."""
    return edges_of(parametric_meshes(package_type))


def edges_of(meshes: Sequence[ParametricMesh]) -> MeshEdges:
    """The edges of a mesh; triangles without an area are left out."""
    places = np.concatenate([np.hstack([mesh.corners, mesh.offsets]) for mesh in meshes])
    normals = np.concatenate([mesh.normals for mesh in meshes])
    panels = np.repeat(range(len(meshes)), [len(mesh.corners) // 3 for mesh in meshes])
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
