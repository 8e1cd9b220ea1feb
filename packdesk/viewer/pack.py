"""Painter of the package itself."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from OpenGL import GL

from packdesk.viewer import gl
from packdesk.viewer.finish import MATERIALS
from packdesk.viewer.grain import GRAIN_MM, grain_texture
from packdesk.viewer.labels import LABEL_SIZE
from packdesk.viewer.lights import Lighting
from packdesk.viewer.mesh import WIDTHS

if TYPE_CHECKING:
    from packdesk.domain.panels import FlatSize
    from packdesk.viewer.frame import Frame
    from packdesk.viewer.lights import Lights
    from packdesk.viewer.model import PackageModel, Panel
    from packdesk.viewer.quality import Quality
    from packdesk.viewer.scene import Scene

_RECTANGLE, _AROUND, _DISC = 0, 1, 2  # as the shader numbers the outlines
_SELECTED_PIXELS, _HOVERED_PIXELS = 3.0, 1.5
_SELECTED_OPACITY, _HOVERED_OPACITY = 1.0, 0.7
_NO_ROOM = 0.6  # brightness of the walls in mirrors where there is no backdrop

# A carton with tuck flaps: the lids are cut at the sides and tucked in behind the front, which is cut above.
_RAW = {"front": (0.0, 1.0), "top": (1.0, 0.0), "bottom": (1.0, 0.0)}
"""Cut edges of a box's panels: at the sides; at the top."""
_GAPS = {"top": (0.0, 1.0), "bottom": (1.0, 0.0), "left": (1.0, 1.0), "right": (1.0, 1.0)}
"""Borders at which a flap begins: at the top; at the foot."""


class PackPainter:
    """Draws the panels. Sizes are uniforms, so a size change uploads nothing."""

    def __init__(self, model: PackageModel, quality: Quality) -> None:
        self._model = model
        self._taps = quality.taps
        self._grain = grain_texture()
        self._programs: dict[tuple[str, ...], gl.Program] = {}

    def draw(self, scene: Scene, frame: Frame, lights: Lights) -> bool:
        """Draw all panels; False when a picture still waits to be uploaded."""
        complete = self._model.pictures.refresh(scene.textures)
        gl.functions().glEnable(GL.GL_CULL_FACE)
        self._grain.bind(1)
        program = None
        for panel in self._model.panels(scene):
            wanted = self._program(scene, artwork=panel.artwork is not None)
            if program is not wanted:
                program = wanted
                program.bind()
                self._set_surroundings(program, scene, frame, lights)
            self._set_panel(program, scene, panel, frame.pixel_ratio)
            self._model.draw(program, scene, panel)
        gl.functions().glBindTexture(GL.GL_TEXTURE_2D, 0)
        if program:
            program.release()
        gl.functions().glDisable(GL.GL_CULL_FACE)
        return complete

    def destroy(self) -> None:
        """Free all; their context must be current."""
        self._grain.destroy()
        for program in self._programs.values():
            program.destroy()

    def _program(self, scene: Scene, *, artwork: bool) -> gl.Program:
        """The shaders for this kind of surface; made when they are first needed."""
        flat = scene.lighting is Lighting.FLAT
        sampling = f"TAPS {self._taps}" if self._taps else "QUICK"
        defines = [sampling, *MATERIALS[scene.finish].defines]
        defines += [name for name, wanted in (("ARTWORK", artwork), ("UNLIT", flat)) if wanted]
        key = tuple(defines)
        if key not in self._programs:
            self._programs[key] = gl.Program("pack", tuple(WIDTHS), key)
        return self._programs[key]

    def _set_surroundings(self, program: gl.Program, scene: Scene, frame: Frame, lights: Lights) -> None:
        program.set_camera(frame.view, frame.projection)
        self._model.set_shape(program, scene)
        program.set("u_flip", 1.0)
        program.set("u_eye", frame.eye())
        program.set("u_picture", 0)
        program.set("u_grain", 1)
        program.set("u_grain_mm", GRAIN_MM)
        program.set("u_exposure", 2.0**scene.exposure)
        program.set("u_accent", gl.linear_colour(scene.accent))
        _set_material(program, scene)
        _set_lights(program, lights)

    def _set_panel(self, program: gl.Program, scene: Scene, panel: Panel, pixel_ratio: float) -> None:
        is_box = scene.package_type == "box"
        shape = _RECTANGLE if is_box else _AROUND if panel.panel_id == "body" else _DISC
        program.set("u_outline_shape", shape)
        program.set("u_raw", _RAW.get(panel.panel_id, (0.0, 0.0)) if is_box else (0.0, 0.0))
        program.set("u_gap", _GAPS.get(panel.panel_id, (0.0, 0.0)) if is_box else (0.0, 0.0))
        program.set("u_outline", _outline(scene, panel.panel_id, pixel_ratio))
        if panel.artwork:
            panel.artwork.bind(0)
            return
        # While a picture is awaited there is no name: it would only flash up.
        label = (1.0e-3, 1.0e-3) if panel.awaited else _label_size(panel.panel_id, panel.size)
        program.set("u_label", label)
        self._model.pictures.label(panel.panel_id).bind(0)


def _set_material(program: gl.Program, scene: Scene) -> None:
    material = MATERIALS[scene.finish]
    program.set("u_board", gl.linear_colour(material.board))
    program.set("u_letter", gl.linear_colour(material.letter))
    program.set("u_core", gl.linear_colour(material.core))
    program.set("u_roughness", material.roughness)
    program.set("u_tooth", material.tooth)
    program.set("u_fibre", material.fibre)
    program.set("u_crease", material.crease if scene.package_type == "box" else 0.0)
    program.set("u_room", material.room * (scene.backdrop.room if scene.backdrop else _NO_ROOM))


def _set_lights(program: gl.Program, lights: Lights) -> None:
    rig = lights.rig
    program.set("u_key", lights.key)
    program.set("u_key_light", rig.key_light)
    program.set("u_fill", lights.fill)
    program.set("u_fill_light", rig.fill_light)
    program.set("u_sky", rig.sky)
    program.set("u_ground", rig.ground)
    program.set("u_front", rig.front)
    program.set("u_up", lights.up)
    program.set("u_right", lights.right)
    for name, strip in zip("abc", rig.strips, strict=True):
        program.set(f"u_strip_{name}", strip)


def _outline(scene: Scene, panel_id: str, pixel_ratio: float) -> tuple[float, float]:
    """Width in pixels and opacity."""
    if panel_id == scene.selected:
        return _SELECTED_PIXELS * pixel_ratio, _SELECTED_OPACITY
    if panel_id == scene.hovered:
        return _HOVERED_PIXELS * pixel_ratio, _HOVERED_OPACITY
    return 0.0, 0.0


def _label_size(panel_id: str, size: FlatSize) -> tuple[float, float]:
    """Millimetres the panel's name takes; around a cylinder only a diameter's width is seen at once."""
    aspect = LABEL_SIZE[0] / LABEL_SIZE[1]
    breadth = size.width / math.pi if panel_id == "body" else size.width
    width = min(0.72 * breadth, 0.26 * size.height * aspect)
    return width, width / aspect
