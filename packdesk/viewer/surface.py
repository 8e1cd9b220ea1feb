"""The shaders of a package's surfaces, set up for a scene: board, artwork, finish and light."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Self

from PySide6.QtGui import QImage
from PySide6.QtOpenGL import QOpenGLTexture

from packdesk.assets import asset_path
from packdesk.domain.look import Lighting
from packdesk.viewer import gl
from packdesk.viewer.finish import MATERIALS
from packdesk.viewer.labels import LABEL_SIZE
from packdesk.viewer.upload import BETWEEN, ONE_LEVEL, ONE_PIXEL, Upload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.domain.panels import FlatSize
    from packdesk.viewer.frame import Quality, RenderFrame
    from packdesk.viewer.lights import Lights
    from packdesk.viewer.scene import Scene

GRAIN_MM = 96.0
"""Side of the piece of paper the picture shows."""
RECTANGLE, AROUND, DISC = 0, 1, 2  # as the shader numbers the outlines
NO_LABEL = (1.0e-3, 1.0e-3)
_SELECTED_PIXELS, _HOVERED_PIXELS = 3.0, 1.5
_SELECTED_OPACITY, _HOVERED_OPACITY = 1.0, 0.7
_NO_ROOM = 0.6  # brightness of the walls in mirrors where there is no backdrop


class Surface:
    """Programs that share the fragment shader of packages, compiled on first use.

    Args:
        vertex: name of their vertex shader.
        widths: its attributes and how many numbers each has.
        quality: how carefully artwork is drawn.
        grain: from `grain_texture`; owned by the caller.
    """

    def __init__(
        self, vertex: str, widths: Mapping[str, int], quality: Quality, grain: QOpenGLTexture
    ) -> None:
        self._vertex, self._attributes = vertex, tuple(widths)
        self._taps = quality.taps
        self._coarse = quality.one_level
        self._grain = grain
        self._programs: dict[tuple[str, ...], gl.Program] = {}
        self._bound: gl.Program | None = None

    def bind(
        self,
        scene: Scene,
        frame: RenderFrame,
        lights: Lights,
        *,
        artwork: bool,
        straight: bool = False,
        areas: bool = False,
        flat: bool = False,
    ) -> gl.Program:
        """The program for panels with or without artwork, bound and set up for the scene.

        Args:
            scene: what is drawn.
            frame: matrices and size of the picture.
            lights: of the scene.
            artwork: whether there is a picture on the panel.
            straight: whether the panel is seen from nearly straight ahead.
            areas: whether parts of the picture have a finish of their own.
            flat: for the flat middle of a panel only.
        """
        draft = is_draft(scene, frame)
        switches = {"ARTWORK": artwork, "AREAS": areas and artwork and not draft, "FLAT": flat}
        wanted = self._program(scene, switches, straight=straight, draft=draft)
        if wanted is not self._bound:
            self._bound = wanted
            wanted.bind()
            if self._coarse:  # hairlines are fine one way only
                hairlines = "METALLIC" in MATERIALS[scene.finish].defines
                self._grain.setMinificationFilter(ONE_LEVEL if hairlines else ONE_PIXEL)
            self._grain.bind(1)
            _set_surroundings(wanted, scene, frame, lights)
        return wanted

    def __enter__(self) -> Self:
        """Programs are bound inside the block only."""
        return self

    def __exit__(self, *_: object) -> None:
        """Release the bound program."""
        if self._bound:
            self._bound.release()
        self._bound = None

    def destroy(self) -> None:
        """Free all; their context must be current."""
        for program in self._programs.values():
            program.destroy()

    def _program(
        self, scene: Scene, switches: Mapping[str, bool], *, straight: bool, draft: bool
    ) -> gl.Program:
        defines = [
            *self._sampling(straight=straight and switches["ARTWORK"], draft=draft),
            *MATERIALS[scene.finish].defines,
        ]
        outlined = bool(scene.selected or scene.hovered) and not switches["FLAT"]
        chosen = {**switches, "UNLIT": scene.lighting is Lighting.FLAT, "OUTLINED": outlined}
        defines += [name for name, wanted in chosen.items() if wanted]
        key = tuple(defines)
        if key not in self._programs:
            name = "draft" if draft else "pack"
            self._programs[key] = gl.Program(name, self._attributes, key, vertex=self._vertex)
        return self._programs[key]

    def _sampling(self, *, straight: bool, draft: bool) -> tuple[str, ...]:
        if draft:
            return ("DRAFT",)
        if self._taps:
            return (f"TAPS {self._taps}",)
        return ("QUICK", "STRAIGHT") if straight else ("QUICK",)


def is_draft(scene: Scene, frame: RenderFrame) -> bool:
    """Whether the scene is drawn as a draft, for which artwork is not decoded (`PanelPictures.decode`).

    Mirroring finishes, of all or of parts, are never drawn as drafts.
    """
    mirrors = {"COATED", "METALLIC"}.intersection(MATERIALS[scene.finish].defines)
    return frame.draft and not mirrors and not scene.areas and scene.lighting is not Lighting.FLAT


def _set_surroundings(program: gl.Program, scene: Scene, frame: RenderFrame, lights: Lights) -> None:
    size = scene.dimensions
    program.set_camera(frame.view, frame.projection)
    program.set("u_size", (size.width, size.depth, size.height))
    program.set("u_eye", frame.eye())
    program.set("u_picture", 0)
    program.set("u_grain", 1)
    program.set("u_areas", 2)
    program.set("u_grain_mm", GRAIN_MM)
    program.set("u_exposure", 2.0**scene.exposure)
    program.set("u_accent", gl.linear_colour(scene.accent))
    _set_material(program, scene)
    _set_lights(program, lights)


def _set_material(program: gl.Program, scene: Scene) -> None:
    material = MATERIALS[scene.finish]
    program.set("u_board", gl.linear_colour(material.board))
    program.set("u_letter", gl.linear_colour(material.letter))
    program.set("u_core", gl.linear_colour(material.core))
    program.set("u_roughness", material.roughness)
    program.set("u_tooth", material.tooth)
    program.set("u_fibre", material.fibre)
    closed_box = scene.package_type == "box" and scene.unfolding is None
    program.set("u_crease", material.crease if closed_box else 0.0)
    room = scene.backdrop.room if scene.backdrop else _NO_ROOM
    program.set("u_room", material.room * room)
    program.set("u_studio", room)


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


def outline_style(scene: Scene, panel_id: str, pixel_ratio: float) -> tuple[float, float]:
    """Width in pixels and opacity."""
    if scene.selected is not None and panel_id in {scene.selected, *scene.others}:
        return _SELECTED_PIXELS * pixel_ratio, _SELECTED_OPACITY
    if panel_id == scene.hovered:
        return _HOVERED_PIXELS * pixel_ratio, _HOVERED_OPACITY
    return 0.0, 0.0


def label_size(panel_id: str, size: FlatSize) -> tuple[float, float]:
    """Millimetres the panel's name takes; around a cylinder only a diameter's width is seen at once."""
    aspect = LABEL_SIZE[0] / LABEL_SIZE[1]
    breadth = size.width / math.pi if panel_id == "body" else size.width
    width = min(0.72 * breadth, 0.26 * size.height * aspect)
    return width, width / aspect


def grain_texture(*, one_level: bool = False) -> QOpenGLTexture:
    """The grain on the card of the current context: tooth in red, fibres in green, 0.5 for none.

    Args:
        one_level: read it from one level where it is made smaller; nobody sees that.
    """
    # assets/textures/grain.py paints it; here that would delay the first frame by a quarter of a second.
    grain = QImage(str(asset_path("textures", "grain.png")))
    upload = Upload(grain, linear=True, smaller=ONE_LEVEL if one_level else BETWEEN)
    upload.advance(math.inf)
    upload.texture.setWrapMode(QOpenGLTexture.WrapMode.Repeat)
    return upload.texture
