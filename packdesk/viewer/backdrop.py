"""Painter of the studio's backdrop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from OpenGL import GL

from packdesk.viewer import gl

if TYPE_CHECKING:
    from packdesk.viewer.frame import Frame
    from packdesk.viewer.scene import Backdrop

_CELLS = 32


class BackdropPainter:
    """Fills what the package left free. Needs the context it was made in."""

    def __init__(self) -> None:
        self._program = gl.Program("backdrop", ("a_corner",))
        self._grid = gl.rectangle(_CELLS)

    def draw(self, backdrop: Backdrop, frame: Frame) -> None:
        """Draw at the far end of the depth range."""
        tile = frame.tile
        with gl.state(depth_func=GL.GL_LEQUAL, depth_mask=False), self._program as program:
            program.set("u_picture", (float(frame.width), float(frame.height)))
            program.set("u_tile", (float(tile.width), float(tile.height)))
            program.set("u_corner", frame.corner())
            program.set("u_glow", gl.linear_colour(backdrop.glow))
            program.set("u_edge", gl.linear_colour(backdrop.edge))
            self._grid.draw()

    def destroy(self) -> None:
        """Free it; its context must be current."""
        self._program.destroy()
        self._grid.destroy()
