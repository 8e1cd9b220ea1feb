"""Painter of the package's faint image in the floor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from OpenGL import GL

from packdesk.viewer import gl
from packdesk.viewer.finish import MATERIALS
from packdesk.viewer.framing import contact_reach
from packdesk.viewer.model import WIDTHS

if TYPE_CHECKING:
    from packdesk.viewer.frame import Frame
    from packdesk.viewer.lights import Lights
    from packdesk.viewer.model import PackageModel
    from packdesk.viewer.scene import Scene

_STRENGTH = 0.34
_FADE = 1.5  # of the contact shadow's reach, which a fitted camera shows


class MirrorPainter:
    """Draws the package upside down below the floor, in one pass and without what nobody would notice."""

    def __init__(self, model: PackageModel) -> None:
        self._model = model
        self._program = gl.Program("mirror", tuple(WIDTHS), vertex="pack")

    def draw(self, scene: Scene, frame: Frame, lights: Lights, share: float = 1.0) -> None:
        """Blend `share` of it over the backdrop; from high above a floor mirrors less."""
        # A mirror turns the triangles around.
        with gl.state(blend=True, hidden=GL.GL_FRONT, depth_mask=False), self._program as program:
            program.set_camera(frame.view, frame.projection)
            self._model.set_shape(program, scene)
            program.set("u_flip", -1.0)
            program.set("u_picture", 0)
            program.set("u_board", gl.linear_colour(MATERIALS[scene.finish].board))
            program.set("u_key", lights.key)
            program.set("u_fade", _FADE * contact_reach(scene.dimensions))
            program.set("u_strength", share * _STRENGTH * (1 - min(max(frame.rise(), 0.0), 1.0)) ** 2)
            for panel in self._model.panels(scene):
                program.set("u_artwork", int(panel.artwork is not None))
                if panel.artwork:
                    panel.artwork.bind(0)
                self._model.draw(program, scene, panel)

    def destroy(self) -> None:
        """Free it; its context must be current."""
        self._program.destroy()
