"""Painter of the soft shadow of a package that is not closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from OpenGL import GL
from PySide6.QtOpenGL import QOpenGLFramebufferObject, QOpenGLFramebufferObjectFormat

from packdesk.viewer import gl
from packdesk.viewer.framing import contact_reach
from packdesk.viewer.studio import PENUMBRA, VIGNETTE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from packdesk.viewer.frame import RenderFrame
    from packdesk.viewer.lights import Lights
    from packdesk.viewer.scene import Scene
    from packdesk.viewer.unfolding import Unfolding

_LEVEL = -0.0004  # of the largest size: where the shadow lies
_CONTACT = 0.16  # of the closed package's contact shadow: how soft the edge of what lies on the floor is


class FoldShadow:
    """Throws the pieces onto a small picture of the floor, softens it, and lays it on the floor."""

    def __init__(self, attributes: Sequence[str], pixels: int) -> None:
        """Make programs and pictures.

        Args:
            attributes: of the pieces' vertices.
            pixels: of the pictures of the floor, along each side.
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
        """Draw the picture of the floor anew if the pieces or the light have moved.

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
        """Blend the picture over the backdrop, premultiplied; `share` of its density."""
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
