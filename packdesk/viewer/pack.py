"""Pass for the closed package."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from OpenGL import GL

from packdesk.domain.geometry import FACES, edge_radius
from packdesk.domain.look import Lighting
from packdesk.domain.panels import panel_sizes
from packdesk.viewer import gl
from packdesk.viewer.resources import WIDTHS, Part
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
_LINE_PIXELS = 2.0  # how far lines along a panel's border reach at least, however thin they are
_HAIRLINE_PIXELS = 2.0  # beside an outline
_DIAGONAL = 1.5  # a shader's measure of a pixel is longer across, and perspective makes it longer still
_MOST_SHARE = 0.4  # of a panel's shorter side that both rims may take; else it is drawn as one


@dataclass(frozen=True)
class _Drawn:
    """A part of a panel, whether the panel is seen from nearly straight ahead, and the rim in millimetres."""

    panel: Panel
    part: Part
    straight: bool
    rim: float = 0.0


class PackPass:
    """Draws the panels. Sizes are uniforms, so a size change uploads nothing."""

    def __init__(self, resources: PackageResources, quality: Quality) -> None:
        self._resources = resources
        self._surface = Surface("pack", WIDTHS, quality, resources.grain)
        self._parts = quality.taps == 0  # a graphics card would gain nothing

    def draw(self, scene: Scene, frame: RenderFrame, lights: Lights) -> None:
        """Draw all panels: where a processor does, the flat middles of a box's in a shorter way."""
        draft, eye = is_draft(scene, frame), frame.eye()
        apart = self._parts and scene.package_type == "box" and scene.lighting is not Lighting.FLAT
        rims = _rims(scene, frame, eye) if apart and not draft and not frame.opening else {}
        drawn: list[_Drawn] = []
        for panel in self._resources.panels(scene):
            straight = not draft and _facing(panel.panel_id, scene.dimensions, eye) > _STRAIGHT
            rim = rims.get(panel.panel_id)
            if rim is None or panel.areas:  # what is raised there catches light of its own
                drawn.append(_Drawn(panel, Part.ALL, straight=straight))
                continue
            drawn.append(_Drawn(panel, Part.RIM, straight=False, rim=rim))
            drawn.append(_Drawn(panel, Part.MIDDLE, straight=straight, rim=rim))
        with gl.state(hidden=GL.GL_BACK), self._surface:
            # Each program once.
            for part in sorted(drawn, key=lambda part: (part.part.value, part.straight)):
                self._draw_part(part, scene, frame, lights)

    def _draw_part(self, drawn: _Drawn, scene: Scene, frame: RenderFrame, lights: Lights) -> None:
        panel = drawn.panel
        program = self._surface.bind(
            scene,
            frame,
            lights,
            artwork=panel.artwork is not None,
            straight=drawn.straight,
            areas=panel.areas is not None,
            flat=drawn.part is Part.MIDDLE,
        )
        self._resources.set_shape(program, scene)
        program.set("u_flip", 1.0)
        if drawn.part is not Part.ALL:
            program.set("u_rim", drawn.rim)
        self._set_panel(program, scene, panel, frame.pixel_ratio)
        self._resources.draw(program, scene, panel, drawn.part)

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


def _rims(scene: Scene, frame: RenderFrame, eye: Point) -> dict[str, float]:
    """The rims of those panels whose middles are worth being drawn apart."""
    rims = {}
    for panel_id, size in panel_sizes(scene.package_type, scene.dimensions).items():
        if _facing(panel_id, scene.dimensions, eye) > 0:
            outline = outline_style(scene, panel_id, frame.pixel_ratio)[0]
            pixels = _LINE_PIXELS + (outline + _HAIRLINE_PIXELS if outline else 0.0)
            rim = middle_rim(panel_id, scene.dimensions, frame, pixels)
            if 2 * rim < _MOST_SHARE * min(size.width, size.height):
                rims[panel_id] = rim
    return rims


def middle_rim(panel_id: str, dimensions: Dimensions, frame: RenderFrame, pixels: float) -> float:
    """Millimetres from the border of a box's panel within which lines along it may be seen.

    At least the rounded edge; infinite where the panel is not all before the eye.

    Args:
        panel_id: the panel.
        dimensions: of the box.
        frame: matrices and size of the picture.
        pixels: how far the lines reach.
    """
    right, up = FACES[panel_id]
    size = np.array((dimensions.width, dimensions.depth, dimensions.height))
    outwards = np.cross(right, up)
    corners = [outwards + x * right + y * up for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    places = np.column_stack([np.array(corners) / 2 * size + (0.0, 0.0, size[2] / 2), np.ones(4)])
    matrix = np.array((frame.projection * frame.view).copyDataTo()).reshape(4, 4)
    clip = places @ matrix.T
    if (clip[:, 3] <= 0).any():
        return math.inf
    seen = clip[:, :2] / clip[:, 3:] / 2 * (frame.tile.width, frame.tile.height)
    sides = np.roll(seen, -1, axis=0) - seen
    beside = np.roll(sides, 1, axis=0)
    areas = np.abs(sides[:, 0] * beside[:, 1] - sides[:, 1] * beside[:, 0])
    lengths = np.abs([float(right @ size), float(up @ size)] * 2)
    # Millimetres a pixel across a direction: its length by the parallelogram's height over the other side.
    across = lengths * np.linalg.norm(beside, axis=1) / np.maximum(areas, 1e-9)
    along = np.roll(lengths, 1) * np.linalg.norm(sides, axis=1) / np.maximum(areas, 1e-9)
    coarsest = float(max(across.max(), along.max()))
    return max(edge_radius(dimensions), pixels * _DIAGONAL * coarsest)


def _facing(panel_id: str, dimensions: Dimensions, eye: Point) -> float:
    """Cosine of the angle at which the middle of a box's panel is seen; 0 for those of a cylinder."""
    if panel_id not in FACES:
        return 0.0
    normal = np.cross(*FACES[panel_id])
    size = np.array((dimensions.width, dimensions.depth, dimensions.height))
    towards = np.array(eye) - (normal / 2 + (0.0, 0.0, 0.5)) * size
    return float(normal @ towards / max(np.linalg.norm(towards), 1e-9))
