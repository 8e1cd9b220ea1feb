"""Pass for an open package: its flat pieces, printed side and inside, and their soft shadow on the floor."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from OpenGL import GL
from PySide6.QtOpenGL import QOpenGLFramebufferObject, QOpenGLFramebufferObjectFormat

from packdesk.domain.panels import LEAD_PANEL
from packdesk.domain.tube import CYLINDER_SEGMENTS
from packdesk.viewer import gl
from packdesk.viewer.fold_mesh import WIDTHS, fold_mesh
from packdesk.viewer.frame import qmatrix
from packdesk.viewer.framing import contact_reach
from packdesk.viewer.resources import set_share
from packdesk.viewer.studio import PENUMBRA, VIGNETTE
from packdesk.viewer.surface import DISC, NO_LABEL, RECTANGLE, Surface, label_size, outline_style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from packdesk.domain.dieline.values import Dieline
    from packdesk.viewer.fold_mesh import PieceRanges, Range
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


_SPAN = 10_000.0  # millimetres the picture coordinates of a flap span


@dataclass(frozen=True)
class _Blank:
    """A blank on the graphics card."""

    dieline: Dieline
    mesh: gl.Mesh
    panels: dict[str, str]
    ranges: dict[str, PieceRanges]


class FoldPass:
    """Draws every piece: printed side with its artwork, bleed on flaps, inside and edge as plain board."""

    def __init__(self, resources: PackageResources, quality: Quality) -> None:
        self._resources = resources
        self._surface = Surface("fold", WIDTHS, quality, resources.grain)
        self._shadow = FoldShadow(tuple(WIDTHS), quality.shadow_pixels)
        self._blank: _Blank | None = None

    def draw(self, scene: Scene, unfolding: Unfolding, frame: RenderFrame, lights: Lights) -> None:
        """Draw the pieces where they are."""
        blank = self._ready(unfolding)
        places = {name: qmatrix(matrix) for name, matrix in unfolding.matrices.items()}
        panels = {panel.panel_id: panel for panel in self._resources.panels(scene)}
        inside = {panel.panel_id: panel for panel in self._resources.inside_panels(scene)}
        parts = sorted(_parts(blank, panels, inside), key=lambda part: not _has_art(part.shown))
        with self._surface, gl.state(hidden=GL.GL_BACK):
            for part in parts:
                shown = part.shown
                areas = shown is not None and shown.areas is not None
                program = self._surface.bind(scene, frame, lights, artwork=_has_art(shown), areas=areas)
                program.set("u_plate", places[part.plate_id])
                program.set("u_bend", _bend(unfolding))
                program.set("u_side", part.side)
                program.set("u_panel", _extent(shown or panels.get(part.panel_id)))
                set_share(program, shown.share if shown else (1.0, 1.0))
                self._set_panel(program, scene, shown, frame.pixel_ratio, outlined=part.is_panel)
                blank.mesh.draw(*part.range)

    def draw_shadow(
        self, scene: Scene, unfolding: Unfolding, frame: RenderFrame, lights: Lights, share: float
    ) -> None:
        """Draw `share` of the shadow of all pieces on the floor."""
        blank = self._ready(unfolding)

        def draw(program: gl.Program) -> None:
            for name, matrix in unfolding.matrices.items():
                program.set("u_plate", qmatrix(matrix))
                blank.mesh.draw(*blank.ranges[name].printed)

        self._shadow.throw(scene, unfolding, lights, draw)
        self._shadow.lay(scene, frame, lights, share)

    def destroy(self) -> None:
        """Free all; their context must be current."""
        self._surface.destroy()
        self._shadow.destroy()
        if self._blank:
            self._blank.mesh.destroy()

    def _set_panel(
        self, program: gl.Program, scene: Scene, panel: Panel | None, pixel_ratio: float, *, outlined: bool
    ) -> None:
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
        program.set(
            "u_outline", outline_style(scene, panel.panel_id, pixel_ratio) if outlined else (0.0, 0.0)
        )
        if panel.artwork:
            panel.bind()
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


def _has_art(panel: Panel | None) -> bool:
    return panel is not None and panel.artwork is not None


class _Part(NamedTuple):
    """What is drawn at once: a side of a piece, or the bleed on it.

    Attributes:
        plate_id: the piece.
        panel_id: its panel, '' for a flap.
        shown: the panel whose picture is on it, if any.
        side: 1 for what is printed, -1 for inside and edge.
        range: of the mesh.
    """

    plate_id: str
    panel_id: str
    shown: Panel | None
    side: float
    range: Range

    @property
    def is_panel(self) -> bool:
        """Whether it is a panel's printed side."""
        return self.side > 0 and self.shown is not None and self.shown.panel_id == self.panel_id


def _parts(blank: _Blank, panels: dict[str, Panel], inside: dict[str, Panel]) -> Iterator[_Part]:
    for plate_id, piece in blank.ranges.items():
        panel_id = blank.panels[plate_id]
        yield _Part(plate_id, panel_id, panels.get(panel_id), 1.0, piece.printed)
        yield _Part(plate_id, panel_id, inside.get(panel_id), -1.0, piece.inner)
        if piece.edge.length:
            yield _Part(plate_id, panel_id, None, -1.0, piece.edge)
        inked = panels.get(piece.inked)
        if piece.bleed.length and _has_art(inked):
            yield _Part(plate_id, panel_id, inked, 1.0, piece.bleed)


def _bend(unfolding: Unfolding) -> float:
    """Tangent of the angle by which normals lean at both ends of a strip of a label."""
    return math.tan(math.pi / CYLINDER_SEGMENTS * unfolding.rolled)


def _make_blank(unfolding: Unfolding) -> _Blank:
    vertices, ranges = fold_mesh(unfolding.dieline, unfolding.plates)
    mesh = gl.Mesh(vertices.astype(np.float32), tuple(WIDTHS.values()))
    panels = {plate.plate_id: plate.panel_id or "" for plate in unfolding.plates}
    return _Blank(unfolding.dieline, mesh, panels, ranges)
