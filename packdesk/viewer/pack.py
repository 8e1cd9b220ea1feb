"""Pass for the closed package."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from OpenGL import GL

from packdesk.domain.geometry import FACES
from packdesk.viewer import gl
from packdesk.viewer.resources import WIDTHS
from packdesk.viewer.surface import (
    AROUND,
    DISC,
    NO_LABEL,
    RECTANGLE,
    Surface,
    is_draft,
    label_size,
    outline_style,
)

if TYPE_CHECKING:
    from packdesk.domain.dimensions import Dimensions
    from packdesk.viewer.camera import Point
    from packdesk.viewer.frame import Quality, RenderFrame
    from packdesk.viewer.lights import Lights
    from packdesk.viewer.resources import PackageResources, Panel
    from packdesk.viewer.scene import Scene

# A carton with tuck flaps: the lids are cut at the sides and tucked in behind the front, which is cut above.
_RAW = {"front": (0.0, 1.0), "top": (1.0, 0.0), "bottom": (1.0, 0.0)}
"""Cut edges of a box's panels: at the sides; at the top."""
_GAPS = {"top": (0.0, 1.0), "bottom": (1.0, 0.0), "left": (1.0, 1.0), "right": (1.0, 1.0)}
"""Borders at which a flap begins: at the top; at the foot."""

_STRAIGHT = 0.75  # cosine up to which artwork is hardly finer one way than the other


class PackPass:
    """Draws the panels. Sizes are uniforms, so a size change uploads nothing."""

    def __init__(self, resources: PackageResources, quality: Quality) -> None:
        self._resources = resources
        self._surface = Surface("pack", WIDTHS, quality, resources.grain)

    def draw(self, scene: Scene, frame: RenderFrame, lights: Lights) -> None:
        """Draw all panels."""
        program: gl.Program | None = None
        draft, eye = is_draft(scene, frame), frame.eye()
        with gl.state(hidden=GL.GL_BACK), self._surface:
            for panel in self._resources.panels(scene):
                straight = not draft and _facing(panel.panel_id, scene.dimensions, eye) > _STRAIGHT
                art = panel.artwork is not None
                areas = panel.areas is not None
                bound = self._surface.bind(scene, frame, lights, artwork=art, straight=straight, areas=areas)
                if bound is not program:  # the shape is the same for all panels
                    program = bound
                    self._resources.set_shape(program, scene)
                    program.set("u_flip", 1.0)
                self._set_panel(program, scene, panel, frame.pixel_ratio)
                self._resources.draw(program, scene, panel)

    def destroy(self) -> None:
        """Free all; their context must be current."""
        self._surface.destroy()

    def _set_panel(self, program: gl.Program, scene: Scene, panel: Panel, pixel_ratio: float) -> None:
        is_box = scene.package_type == "box"
        shape = RECTANGLE if is_box else AROUND if panel.panel_id == "body" else DISC
        program.set("u_outline_shape", shape)
        program.set("u_raw", _RAW.get(panel.panel_id, (0.0, 0.0)) if is_box else (0.0, 0.0))
        program.set("u_gap", _GAPS.get(panel.panel_id, (0.0, 0.0)) if is_box else (0.0, 0.0))
        program.set("u_outline", outline_style(scene, panel.panel_id, pixel_ratio))
        if panel.artwork:
            panel.bind()
            return
        # While a picture is awaited there is no name: it would only flash up.
        label = NO_LABEL if panel.awaited else label_size(panel.panel_id, panel.size)
        program.set("u_label", label)
        self._resources.pictures.label(panel.panel_id).bind(0)


def _facing(panel_id: str, dimensions: Dimensions, eye: Point) -> float:
    """Cosine of the angle at which the middle of a box's panel is seen; 0 for those of a cylinder."""
    if panel_id not in FACES:
        return 0.0
    normal = np.cross(*FACES[panel_id])
    size = np.array((dimensions.width, dimensions.depth, dimensions.height))
    towards = np.array(eye) - (normal / 2 + (0.0, 0.0, 0.5)) * size
    return float(normal @ towards / max(np.linalg.norm(towards), 1e-9))
