"""Painter of the package's shadows on the floor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.viewer import gl
from packdesk.viewer.framing import contact_reach

if TYPE_CHECKING:
    from packdesk.domain.dimensions import Dimensions
    from packdesk.viewer.frame import Frame
    from packdesk.viewer.lights import Lights
    from packdesk.viewer.scene import Scene

PENUMBRA = 0.16
"""Growth of a cast shadow's soft edge per unit of height."""
VIGNETTE = 0.1
"""Without a backdrop, a shadow cut by the picture's border would show where the picture ends: it fades."""
_SUNK = 0.0004  # the floor lies a hair below the base, so that the base's edge never flickers


class FloorPainter:
    """Draws a contact shadow and a cast shadow, both closed formulas of the size: nothing to update."""

    def __init__(self) -> None:
        self._program = gl.Program("floor", ("a_corner",))
        self._rectangle = gl.rectangle()

    def draw(self, scene: Scene, frame: Frame, lights: Lights, share: float = 1.0) -> None:
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
