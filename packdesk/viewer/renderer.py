"""Draws a scene into whatever framebuffer is bound, on a screen or in memory."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from OpenGL import GL

from packdesk.domain.look import Lighting
from packdesk.viewer import gl
from packdesk.viewer.edges import EdgePass
from packdesk.viewer.folding import FoldPass
from packdesk.viewer.frame import quality_for
from packdesk.viewer.lights import lights_for
from packdesk.viewer.opening import PACKAGE
from packdesk.viewer.pack import PackPass
from packdesk.viewer.resources import PackageResources
from packdesk.viewer.studio import BackdropPass, ReflectionPass, ShadowPass
from packdesk.viewer.surface import is_draft

if TYPE_CHECKING:
    from PySide6.QtGui import QOpenGLContext

    from packdesk.viewer.frame import Quality, RenderFrame
    from packdesk.viewer.lights import Lights
    from packdesk.viewer.scene import Scene


class _Passes:
    """The passes of one context, each made when it is first drawn with."""

    def __init__(self, context: QOpenGLContext, quality: Quality) -> None:
        self.context = context
        self.resources = PackageResources(quality)
        self._quality = quality

    @cached_property
    def backdrop(self) -> BackdropPass:
        return BackdropPass()

    @cached_property
    def shadow(self) -> ShadowPass:
        return ShadowPass()

    @cached_property
    def reflection(self) -> ReflectionPass:
        return ReflectionPass(self.resources)

    @cached_property
    def pack(self) -> PackPass:
        return PackPass(self.resources, self._quality)

    @cached_property
    def fold(self) -> FoldPass:
        return FoldPass(self.resources, self._quality)

    @cached_property
    def edges(self) -> EdgePass:
        return EdgePass()

    def destroy(self) -> None:
        """Free what was made; its context must be current."""
        for name in ("backdrop", "shadow", "reflection", "pack", "fold", "edges", "resources"):
            if name in vars(self):
                getattr(self, name).destroy()


class Renderer:
    """Owns the OpenGL objects for one context; they are made when it first draws there."""

    def __init__(self, *, for_file: bool = False) -> None:
        """Draw for the screen, where a frame must be quick, or for a file, where it must be complete."""
        self._for_file = for_file
        self._passes: _Passes | None = None
        self._former_uploads = 0

    @property
    def uploads(self) -> int:
        """How many meshes and pictures were uploaded so far."""
        return self._former_uploads + (self._passes.resources.uploads if self._passes else 0)

    def draw(self, scene: Scene, frame: RenderFrame) -> bool:
        """Draw over a cleared framebuffer; False when a picture waits for another frame.

        Raises:
            DisplayError: there is no current context, or it refuses the shaders.
        """
        passes = self._ready()
        lights = lights_for(frame, scene.lighting)
        gl.functions().glEnable(GL.GL_DEPTH_TEST)
        complete = passes.resources.pictures.refresh(scene.textures, interactive=frame.interactive)
        complete = passes.resources.areas.refresh(scene.areas) and complete
        inside = scene.inside if scene.unfolding is not None else {}
        complete = passes.resources.inside.refresh(inside, interactive=frame.interactive) and complete
        passes.resources.decode(wanted=not is_draft(scene, frame))
        # The package first: what it covers need not be shaded, which halves the time without a graphics card.
        if scene.unfolding:
            passes.fold.draw(scene, scene.unfolding, frame, lights)
        else:
            passes.pack.draw(scene, frame, lights)
        passes.resources.decode(wanted=True)
        if scene.backdrop:
            passes.backdrop.draw(scene.backdrop, frame)
        floor = frame.opening != PACKAGE and scene.lighting is not Lighting.FLAT
        if floor and lights.up > 0 and frame.eye()[2] > 0:
            _draw_floor(passes, scene, frame, lights)
        if frame.smooth_edges:
            passes.edges.draw(scene, frame)
        return complete

    def release(self) -> None:
        """Free everything; the context must be current. Calling it twice is harmless."""
        passes, self._passes = self._passes, None
        if passes:
            self._former_uploads += passes.resources.uploads
            passes.destroy()

    def _ready(self) -> _Passes:
        context = gl.current_context()
        if self._passes and self._passes.context is not context:
            self.release()
        if not self._passes:
            quality = quality_for(for_file=self._for_file, software=gl.is_software(context))
            self._passes = _Passes(context, quality)
        return self._passes


def _draw_floor(passes: _Passes, scene: Scene, frame: RenderFrame, lights: Lights) -> None:
    closed = scene.unfolding.closed if scene.unfolding else 1.0
    if scene.unfolding and closed < 1:
        passes.fold.draw_shadow(scene, scene.unfolding, frame, lights, 1 - closed)
    if closed > 0:
        if scene.backdrop:
            passes.reflection.draw(scene, frame, lights, closed)
        passes.shadow.draw(scene, frame, lights, closed)
