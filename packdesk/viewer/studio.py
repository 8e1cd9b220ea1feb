"""Passes for what surrounds the closed package: backdrop, shadows and reflection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from OpenGL import GL

from packdesk.viewer import gl
from packdesk.viewer.finish import MATERIALS
from packdesk.viewer.framing import contact_reach
from packdesk.viewer.resources import WIDTHS

if TYPE_CHECKING:
    from packdesk.domain.dimensions import Dimensions
    from packdesk.viewer.frame import RenderFrame
    from packdesk.viewer.lights import Lights
    from packdesk.viewer.resources import PackageResources
    from packdesk.viewer.scene import Backdrop, Scene

PENUMBRA = 0.16
"""Growth of a cast shadow's soft edge per unit of height."""
VIGNETTE = 0.1
"""Without a backdrop, a shadow cut by the picture's border would show where the picture ends: it fades."""
_SUNK = 0.0004  # the floor lies a hair below the base, so that the base's edge never flickers
_STRENGTH = 0.34
_FADE = 1.5  # of the contact shadow's reach, which a fitted camera shows
_CELLS = 32  # along each side of the backdrop


class BackdropPass:
    """Fills the background. Belongs to the context it was made in."""

    def __init__(self) -> None:
        self._program = gl.Program("backdrop", ("a_corner",))
        self._grid = gl.rectangle(_CELLS)

    def draw(self, backdrop: Backdrop, frame: RenderFrame) -> None:
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


class ShadowPass:
    """Draws a contact shadow and a cast shadow, both closed formulas of the size."""

    def __init__(self) -> None:
        self._program = gl.Program("floor", ("a_corner",))
        self._rectangle = gl.rectangle()

    def draw(self, scene: Scene, frame: RenderFrame, lights: Lights, share: float = 1.0) -> None:
        """Blend the shadows over the backdrop, premultiplied, so that they are right on transparency too.

        `share` of their density.
        """
        width, height, depth = scene.dimensions.as_tuple()
        density = scene.backdrop.shadow if scene.backdrop else 1.0
        with gl.state(blend=True, depth_mask=False), self._program as program:
            program.set_camera(frame.view, frame.projection)
            program.set("u_size", (width, depth, height))
            program.set("u_round", int(scene.package_type == "cylinder"))
            program.set("u_area", _area(scene.dimensions, lights.sweep))
            program.set("u_level", -_SUNK * max(width, height, depth))
            program.set("u_sweep", lights.sweep)
            program.set("u_contact", contact_reach(scene.dimensions))
            program.set("u_penumbra", PENUMBRA)
            program.set("u_density", share * density * max(lights.up, 0.0))
            program.set("u_cast", lights.rig.shadow)
            program.set("u_frame", (*frame.corner(), float(frame.width), float(frame.height)))
            program.set("u_vignette", 0.0 if scene.backdrop else VIGNETTE)
            self._rectangle.draw()

    def destroy(self) -> None:
        """Free it; its context must be current."""
        self._program.destroy()
        self._rectangle.destroy()


class ReflectionPass:
    """Draws the package upside down below the floor, with simplified shading."""

    def __init__(self, resources: PackageResources) -> None:
        self._resources = resources
        self._program = gl.Program("mirror", tuple(WIDTHS), vertex="pack")

    def draw(self, scene: Scene, frame: RenderFrame, lights: Lights, share: float = 1.0) -> None:
        """Blend `share` of it over the backdrop; from high above a floor mirrors less."""
        # A mirror turns the triangles around.
        with gl.state(blend=True, hidden=GL.GL_FRONT, depth_mask=False), self._program as program:
            program.set_camera(frame.view, frame.projection)
            self._resources.set_shape(program, scene)
            program.set("u_flip", -1.0)
            program.set("u_picture", 0)
            program.set("u_board", gl.linear_colour(MATERIALS[scene.finish].board))
            program.set("u_key", lights.key)
            program.set("u_fade", _FADE * contact_reach(scene.dimensions))
            program.set("u_strength", share * _STRENGTH * (1 - min(max(frame.rise(), 0.0), 1.0)) ** 2)
            for panel in self._resources.panels(scene):
                program.set("u_artwork", int(panel.artwork is not None))
                if panel.artwork:
                    panel.artwork.bind(0)
                self._resources.draw(program, scene, panel)

    def destroy(self) -> None:
        """Free it; its context must be current."""
        self._program.destroy()


def _area(dimensions: Dimensions, sweep: tuple[float, float]) -> tuple[float, float, float, float]:
    """The rectangle outside of which there is no shadow: low x, low y, high x, high y."""
    reach = contact_reach(dimensions)
    soft = reach + PENUMBRA * dimensions.height
    sides: list[tuple[float, float]] = []
    for size, shift in zip((dimensions.width, dimensions.depth), sweep, strict=True):
        tip = shift * dimensions.height
        low, high = min(-reach, tip - soft), max(reach, tip + soft)
        sides.append((low - size / 2, high + size / 2))
    (low_x, high_x), (low_y, high_y) = sides
    return low_x, low_y, high_x, high_y
