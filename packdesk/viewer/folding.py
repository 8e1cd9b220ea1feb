"""Pass for an open package: its flat pieces, printed side and inside, and their soft shadow on the floor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from OpenGL import GL
from PySide6.QtOpenGL import QOpenGLFramebufferObject, QOpenGLFramebufferObjectFormat

from packdesk.domain.dieline.printed import picture_points
from packdesk.domain.panels import LEAD_PANEL
from packdesk.viewer import gl
from packdesk.viewer.frame import qmatrix
from packdesk.viewer.framing import contact_reach
from packdesk.viewer.resources import set_share
from packdesk.viewer.studio import PENUMBRA, VIGNETTE
from packdesk.viewer.surface import DISC, NO_LABEL, RECTANGLE, Surface, label_size, outline_style
from packdesk.viewer.unfolding import fan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from packdesk.domain.dieline.fold import FoldPlate
    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.geometry import FloatArray
    from packdesk.viewer.frame import Quality, RenderFrame
    from packdesk.viewer.lights import Lights
    from packdesk.viewer.resources import PackageResources, Panel
    from packdesk.viewer.scene import Scene
    from packdesk.viewer.unfolding import Unfolding

_LEVEL = -0.0004  # of the largest size: where the shadow lies
_CONTACT = 0.16  # of the closed package's contact shadow: how soft the edge of what lies on the floor is


class FoldShadow:
    """Renders the shadow of the pieces into a small texture, blurs it, and draws it on the floor."""

    def __init__(self, attributes: Sequence[str], pixels: int) -> None:
        """Make programs and textures.

        Args:
            attributes: of the pieces' vertices.
            pixels: of the texture, along each side.
        """
        self._thrown = gl.Program("thrown", attributes)
        self._penumbra = gl.Program("penumbra", ("a_corner",))
        self._shade = gl.Program("shade", ("a_corner",), vertex="floor")
        self._rectangle = gl.rectangle()
        with gl.framebuffer_kept():
            self._hard, self._soft = _picture(pixels, mipmaps=True), _picture(pixels, mipmaps=False)
        self._square = (0.0, 0.0, 1.0)
        self._thrown_for: tuple[Unfolding, tuple[float, float]] | None = None

    def throw(
        self, scene: Scene, unfolding: Unfolding, lights: Lights, draw: Callable[[gl.Program], None]
    ) -> None:
        """Render the texture again if the pieces or the light have moved.

        Args:
            scene: whose package it is.
            unfolding: where its pieces are.
            lights: the lamps.
            draw: draws every piece with a bound program, setting its `u_plate`.
        """
        if self._thrown_for == (unfolding, lights.sweep):
            return
        tall = max(float(unfolding.extent[:, 2].max()), 1e-3)
        near = _CONTACT * contact_reach(scene.dimensions)
        far = PENUMBRA * tall
        self._square = _square(unfolding, lights.sweep, 2 * (near + far))
        with gl.framebuffer_kept():
            _begin(self._hard)
            self._draw_hard(tall, lights.sweep, draw)
            _begin(self._soft)
            self._soften(near / self._square[2], far / self._square[2])
        self._thrown_for = (unfolding, lights.sweep)

    def lay(self, scene: Scene, frame: RenderFrame, lights: Lights, share: float) -> None:
        """Blend the shadow over the backdrop, premultiplied; `share` of its density."""
        low_x, low_y, side = self._square
        density = scene.backdrop.shadow if scene.backdrop else 1.0
        with gl.state(blend=True, depth_mask=False) as functions, self._shade as program:
            functions.glBindTexture(GL.GL_TEXTURE_2D, self._soft.texture())
            program.set_camera(frame.view, frame.projection)
            program.set("u_shade", 0)
            program.set("u_area", (low_x, low_y, low_x + side, low_y + side))
            program.set("u_level", _LEVEL * max(scene.dimensions.as_tuple()))
            program.set("u_density", share * density * max(lights.up, 0.0) * lights.rig.shadow)
            program.set("u_frame", (*frame.corner(), float(frame.width), float(frame.height)))
            program.set("u_vignette", 0.0 if scene.backdrop else VIGNETTE)
            self._rectangle.draw()

    def destroy(self) -> None:
        """Free all; their context must be current."""
        for program in (self._thrown, self._penumbra, self._shade):
            program.destroy()
        self._rectangle.destroy()
        del self._hard, self._soft

    def _draw_hard(self, tall: float, sweep: tuple[float, float], draw: Callable[[gl.Program], None]) -> None:
        with gl.state(blend=True, equation=GL.GL_MAX), self._thrown as program:
            program.set("u_sweep", sweep)
            program.set("u_square", self._square)
            program.set("u_tall", tall)
            draw(program)

    def _soften(self, near: float, far: float) -> None:
        with gl.state() as functions, self._penumbra as program:
            functions.glBindTexture(GL.GL_TEXTURE_2D, self._hard.texture())
            functions.glGenerateMipmap(GL.GL_TEXTURE_2D)
            program.set("u_pixels", float(self._hard.width()))
            program.set("u_hard", 0)
            program.set("u_near", near)
            program.set("u_far", far)
            self._rectangle.draw()


def _begin(buffer: QOpenGLFramebufferObject) -> None:
    functions = gl.functions()
    buffer.bind()
    functions.glViewport(0, 0, buffer.width(), buffer.height())
    functions.glClearColor(0.0, 0.0, 0.0, 0.0)
    functions.glClear(GL.GL_COLOR_BUFFER_BIT)


def _picture(pixels: int, *, mipmaps: bool) -> QOpenGLFramebufferObject:
    layout = QOpenGLFramebufferObjectFormat()
    layout.setInternalTextureFormat(GL.GL_RGBA8)
    layout.setMipmap(mipmaps)
    made = QOpenGLFramebufferObject(pixels, pixels, layout)
    functions = gl.functions()
    functions.glBindTexture(GL.GL_TEXTURE_2D, made.texture())
    smaller = GL.GL_LINEAR_MIPMAP_LINEAR if mipmaps else GL.GL_LINEAR
    functions.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_MIN_FILTER, smaller)
    functions.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_MAG_FILTER, GL.GL_LINEAR)
    functions.glBindTexture(GL.GL_TEXTURE_2D, 0)
    return made


def _square(unfolding: Unfolding, sweep: tuple[float, float], room: float) -> tuple[float, float, float]:
    """Low x, low y and side, in millimetres, of the floor all shadows lie on, with room around them."""
    corners = unfolding.extent
    thrown = corners[:, :2] + np.outer(corners[:, 2], sweep)
    low, high = thrown.min(axis=0) - room, thrown.max(axis=0) + room
    side = float((high - low).max())
    x, y = ((low + high) / 2 - side / 2).tolist()
    return x, y, side


_WIDTHS = {"a_sheet": 2, "a_uv": 2}
_SPAN = 10_000.0  # millimetres the picture coordinates of a flap span


@dataclass(frozen=True)
class _Blank:
    """A blank on the graphics card."""

    dieline: Dieline
    mesh: gl.Mesh
    ranges: dict[str, tuple[int, int]]


class FoldPass:
    """Draws every piece twice: the printed side with its artwork, the inside as plain board."""

    def __init__(self, resources: PackageResources, quality: Quality) -> None:
        self._resources = resources
        self._surface = Surface("fold", _WIDTHS, quality, resources.grain)
        self._shadow = FoldShadow(tuple(_WIDTHS), quality.shadow_pixels)
        self._blank: _Blank | None = None

    def draw(self, scene: Scene, unfolding: Unfolding, frame: RenderFrame, lights: Lights) -> None:
        """Draw the pieces where they are."""
        blank = self._ready(unfolding)
        places = {name: qmatrix(matrix) for name, matrix in unfolding.matrices.items()}
        panels = {panel.panel_id: panel for panel in self._resources.panels(scene)}
        shown = sorted(unfolding.plates, key=lambda plate: not _has_art(panels, plate.panel_id))
        with self._surface:
            for side, hidden in ((1.0, GL.GL_BACK), (-1.0, GL.GL_FRONT)):
                with gl.state(hidden=hidden):
                    for plate in shown:
                        panel = panels.get(plate.panel_id or "")
                        printed = panel if side > 0 else None
                        art = printed is not None and printed.artwork is not None
                        program = self._surface.bind(scene, frame, lights, artwork=art)
                        program.set("u_plate", places[plate.plate_id])
                        program.set("u_side", side)
                        program.set("u_panel", _extent(panel))
                        set_share(program, printed.share if printed else (1.0, 1.0))
                        self._set_panel(program, scene, printed, frame.pixel_ratio)
                        blank.mesh.draw(*blank.ranges[plate.plate_id])

    def draw_shadow(
        self, scene: Scene, unfolding: Unfolding, frame: RenderFrame, lights: Lights, share: float
    ) -> None:
        """Draw `share` of the shadow of all pieces on the floor."""
        blank = self._ready(unfolding)

        def draw(program: gl.Program) -> None:
            for name, matrix in unfolding.matrices.items():
                program.set("u_plate", qmatrix(matrix))
                blank.mesh.draw(*blank.ranges[name])

        self._shadow.throw(scene, unfolding, lights, draw)
        self._shadow.lay(scene, frame, lights, share)

    def destroy(self) -> None:
        """Free all; their context must be current."""
        self._surface.destroy()
        self._shadow.destroy()
        if self._blank:
            self._blank.mesh.destroy()

    def _set_panel(self, program: gl.Program, scene: Scene, panel: Panel | None, pixel_ratio: float) -> None:
        program.set("u_raw", (0.0, 0.0))
        program.set("u_gap", (0.0, 0.0))
        program.set("u_radius", 0.0)
        if panel is None:
            program.set("u_outline", (0.0, 0.0))
            program.set("u_outline_shape", RECTANGLE)
            program.set("u_label", NO_LABEL)
            # The border of a name is empty, and no more of it is seen.
            self._resources.pictures.label(LEAD_PANEL[scene.package_type]).bind(0)
            return
        disc = scene.package_type == "cylinder" and panel.panel_id != "body"
        program.set("u_outline_shape", DISC if disc else RECTANGLE)
        program.set("u_outline", outline_style(scene, panel.panel_id, pixel_ratio))
        if panel.artwork:
            panel.artwork.bind(0)
            return
        program.set("u_label", NO_LABEL if panel.awaited else label_size(panel.panel_id, panel.size))
        self._resources.pictures.label(panel.panel_id).bind(0)

    def _ready(self, unfolding: Unfolding) -> _Blank:
        if self._blank is None or self._blank.dieline is not unfolding.dieline:
            if self._blank:
                self._blank.mesh.destroy()
            self._blank = _make_blank(unfolding)
        return self._blank


def _extent(panel: Panel | None) -> tuple[float, float]:
    """What the picture coordinates of a piece span in millimetres."""
    return (float(panel.size.width), float(panel.size.height)) if panel else (_SPAN, _SPAN)


def _has_art(panels: dict[str, Panel], panel_id: str | None) -> bool:
    panel = panels.get(panel_id or "")
    return panel is not None and panel.artwork is not None


def _make_blank(unfolding: Unfolding) -> _Blank:
    ranges: dict[str, tuple[int, int]] = {}
    parts: list[FloatArray] = []
    count = 0
    for plate in unfolding.plates:
        part = _triangles(unfolding.dieline, plate)
        ranges[plate.plate_id] = (count, len(part))
        parts.append(part)
        count += len(part)
    mesh = gl.Mesh(np.concatenate(parts).astype(np.float32), tuple(_WIDTHS.values()))
    return _Blank(unfolding.dieline, mesh, ranges)


def _triangles(dieline: Dieline, plate: FoldPlate) -> FloatArray:
    """(3 n, 4) sheet and picture places of the triangles of a piece."""
    points = fan(plate.outline)
    uvs = (
        picture_points(dieline.panel(plate.panel_id), points) if plate.panel_id else np.full_like(points, 2.0)
    )
    return np.hstack([points, uvs])
