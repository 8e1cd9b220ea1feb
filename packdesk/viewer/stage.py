"""Draws a scene into whatever framebuffer is bound, on a screen or in memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from OpenGL import GL

from packdesk.viewer import gl
from packdesk.viewer.backdrop import BackdropPainter
from packdesk.viewer.edges import EdgePainter
from packdesk.viewer.floor import FloorPainter
from packdesk.viewer.folding import FoldPainter
from packdesk.viewer.lights import Lighting, lights_for
from packdesk.viewer.mirror import MirrorPainter
from packdesk.viewer.model import PackageModel
from packdesk.viewer.pack import PackPainter
from packdesk.viewer.quality import quality_for
from packdesk.viewer.surface import is_draft

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QOpenGLContext

    from packdesk.viewer.frame import Frame
    from packdesk.viewer.lights import Lights
    from packdesk.viewer.quality import Quality
    from packdesk.viewer.scene import Scene


class _Painter(Protocol):
    def destroy(self) -> None: ...


@dataclass(frozen=True)
class _Crew:
    """The painters of one context."""

    context: QOpenGLContext
    backdrop: BackdropPainter
    floor: FloorPainter
    mirror: MirrorPainter
    pack: PackPainter
    fold: FoldPainter
    edges: EdgePainter
    model: PackageModel

    def painters(self) -> Iterator[_Painter]:
        """All that own something on the card."""
        yield from (self.backdrop, self.floor, self.mirror, self.pack, self.fold, self.edges, self.model)


class Stage:
    """Owns the OpenGL objects for one context; they are made when it first draws there."""

    def __init__(self, *, for_file: bool = False) -> None:
        """Prepare for the screen, where a frame must be quick, or for a file, where it must be complete."""
        self._for_file = for_file
        self._crew: _Crew | None = None
        self._former_uploads = 0

    @property
    def uploads(self) -> int:
        """How many meshes and pictures went to the graphics card in the stage's life."""
        return self._former_uploads + (self._crew.model.uploads if self._crew else 0)

    def draw(self, scene: Scene, frame: Frame) -> bool:
        """Draw over a cleared framebuffer; False when a picture waits for another frame.

        Raises:
            DisplayError: there is no current context, or it refuses the shaders.
        """
        crew = self._ready_crew()
        lights = lights_for(frame, scene.lighting)
        gl.functions().glEnable(GL.GL_DEPTH_TEST)
        complete = crew.model.pictures.refresh(scene.textures, hurried=frame.hurried)
        crew.model.pictures.decode(wanted=not is_draft(scene, frame))
        # The package first: what it covers need not be shaded, which halves the time without a graphics card.
        if scene.unfolding:
            crew.fold.draw(scene, scene.unfolding, frame, lights)
        else:
            crew.pack.draw(scene, frame, lights)
        crew.model.pictures.decode(wanted=True)
        if scene.backdrop:
            crew.backdrop.draw(scene.backdrop, frame)
        if lights.up > 0 and frame.eye()[2] > 0 and scene.lighting is not Lighting.FLAT:
            _draw_floor(crew, scene, frame, lights)
        if frame.mended:
            crew.edges.draw(scene, frame)
        return complete

    def release(self) -> None:
        """Free everything; the context must be current. Calling it twice is harmless."""
        crew, self._crew = self._crew, None
        if crew:
            self._former_uploads += crew.model.uploads
            for painter in crew.painters():
                painter.destroy()

    def _ready_crew(self) -> _Crew:
        context = gl.current_context()
        if self._crew and self._crew.context is not context:
            self.release()
        if not self._crew:
            quality = quality_for(for_file=self._for_file, software=gl.is_software(context))
            self._crew = _engage(context, quality)
        return self._crew


def _engage(context: QOpenGLContext, quality: Quality) -> _Crew:
    model = PackageModel(quality)
    return _Crew(
        context=context,
        backdrop=BackdropPainter(),
        floor=FloorPainter(),
        mirror=MirrorPainter(model),
        pack=PackPainter(model, quality),
        fold=FoldPainter(model, quality),
        edges=EdgePainter(),
        model=model,
    )


def _draw_floor(crew: _Crew, scene: Scene, frame: Frame, lights: Lights) -> None:
    closed = scene.unfolding.closed if scene.unfolding else 1.0
    if scene.unfolding and closed < 1:
        crew.fold.draw_shadow(scene, scene.unfolding, frame, lights, 1 - closed)
    if closed > 0:
        if scene.backdrop:
            crew.mirror.draw(scene, frame, lights, closed)
        crew.floor.draw(scene, frame, lights, closed)
