"""Pictures of a package for files, without any widget: one, or those of a full turn."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from OpenGL import GL
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QPainter

from packdesk.errors import DisplayError, InvalidInputError
from packdesk.sentence import Sentence
from packdesk.viewer import gl
from packdesk.viewer.frame import RenderFrame, Tile
from packdesk.viewer.framing import fit_turning
from packdesk.viewer.renderer import Renderer
from packdesk.viewer.setup import offscreen_context

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from packdesk.viewer.camera import Camera
    from packdesk.viewer.drawing_room import DrawingRoom
    from packdesk.viewer.scene import Scene
    from packdesk.viewer.unfolding import Unfolding

MAX_SIDE = 8192
_TILE = 2048  # with four samples and depth a tile takes 160 MB


def check_picture_size(width: int, height: int) -> None:
    """Check the size of a picture.

    Raises:
        InvalidInputError: a side is not within 1 to `MAX_SIDE` pixels.
    """
    if not (1 <= width <= MAX_SIDE and 1 <= height <= MAX_SIDE):
        raise InvalidInputError(
            Sentence("A picture of {width} x {height} pixels cannot be made.", width=width, height=height),
            Sentence("Use 1 to {most} pixels a side.", most=MAX_SIDE),
        )


def turn_cameras(scene: Scene, camera: Camera, aspect: float, count: int) -> Iterator[Camera]:
    """Cameras of one full turn in equal steps; the one after the last would be the first again.

    Args:
        scene: the package, which fills the frame and never leaves it.
        camera: where the turn begins; its elevation is kept.
        aspect: width of the picture divided by its height.
        count: how many.
    """
    for index in range(count):
        turned = camera.orbited(360.0 * index / count, 0.0)
        yield fit_turning(turned, scene.package_type, scene.dimensions, aspect)


def turn_pictures(scene: Scene, camera: Camera, width: int, height: int, count: int) -> Generator[QImage]:
    """Pictures of one full turn, `width` x `height` pixels, drawn one by one as they are asked for.

    Close it, or take it to its end: until then its OpenGL context is the current one.

    Raises:
        InvalidInputError: a side is too long or too short for a picture.
        DisplayError: there is no usable OpenGL, or not enough memory.
    """
    with opened_renderer(scene, width, height) as renderer:
        for seen in turn_cameras(scene, camera, width / height, count):
            yield renderer.draw(seen)


@contextmanager
def opened_renderer(
    scene: Scene,
    width: int,
    height: int,
    *,
    samples: int = 4,
    tile: int = _TILE,
    room: DrawingRoom | None = None,
) -> Iterator[FileRenderer]:
    """A renderer for many pictures of one scene, each width x height pixels.

    Inside the block its own OpenGL context is the current one: nothing else may draw with OpenGL meanwhile.

    Args:
        scene: the package.
        width: of the pictures.
        height: likewise.
        samples: of their edges.
        tile: side of what is drawn at once.
        room: of a process that draws many packages; its context and its renderer are used.

    Raises:
        InvalidInputError: a side is not within 1 to `MAX_SIDE` pixels.
        DisplayError: there is no usable OpenGL.
    """
    check_picture_size(width, height)
    with gl.no_collection(), ExitStack() as stack:
        kept = stack.enter_context(room.renderer()) if room else None
        if kept is None:
            stack.enter_context(offscreen_context())
        renderer = FileRenderer(scene, width, height, samples, min(tile, _largest_tile()), kept=kept)
        try:
            yield renderer
        finally:
            if kept is None:
                renderer.release()


class FileRenderer:
    """Draws one scene repeatedly, its textures uploaded once. Made by `opened_renderer`."""

    def __init__(
        self,
        scene: Scene,
        width: int,
        height: int,
        samples: int,
        tile: int,
        *,
        kept: Renderer | None = None,
    ) -> None:
        self._scene, self._size, self._samples = scene, (width, height), samples
        self._tiles = list(_tiles(width, height, tile))
        self._renderer = kept or Renderer(for_file=True)

    @property
    def uploads(self) -> int:
        """How many meshes and pictures went to the graphics card so far."""
        return self._renderer.uploads

    def draw(self, camera: Camera, unfolding: Unfolding | None = None) -> QImage:
        """The scene as the camera sees it; without a backdrop premultiplied with alpha.

        Args:
            camera: where it is seen from.
            unfolding: how far the package is opened instead of as in the scene.

        Raises:
            DisplayError: there is not enough memory for it.
        """
        scene = replace(self._scene, unfolding=unfolding) if unfolding else self._scene
        picture = _blank(*self._size, opaque=scene.backdrop is not None)
        with QPainter(picture) as painter:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            for tile in self._tiles:
                frame = RenderFrame.of_tile(camera, *self._size, tile)
                part = render_tile(self._renderer, scene, frame, self._samples)
                painter.drawImage(QPoint(tile.x, tile.y), part)
        return picture

    def release(self) -> None:
        """Free what is on the graphics card."""
        self._renderer.release()


def _blank(width: int, height: int, *, opaque: bool) -> QImage:
    kinds = QImage.Format
    picture = QImage(width, height, kinds.Format_RGB32 if opaque else kinds.Format_ARGB32_Premultiplied)
    if picture.isNull():
        raise DisplayError(
            Sentence(
                "There is not enough memory for a picture of {width} x {height} pixels.",
                width=width,
                height=height,
            ),
            "Choose a smaller picture.",
        )
    return picture


def render_tile(renderer: Renderer, scene: Scene, frame: RenderFrame, samples: int) -> QImage:
    """One tile of a picture, drawn in the current context.

    Raises:
        DisplayError: the driver has no room for it.
    """
    buffer = gl.framebuffer(frame.tile.width, frame.tile.height, samples)
    if not buffer.isValid() or not buffer.bind():
        raise DisplayError("The graphics driver has no room for the picture.", "Choose a smaller picture.")
    functions = gl.functions()
    functions.glViewport(0, 0, frame.tile.width, frame.tile.height)
    functions.glClearColor(0.0, 0.0, 0.0, 0.0)
    functions.glClear(GL.GL_COLOR_BUFFER_BIT | GL.GL_DEPTH_BUFFER_BIT)
    renderer.draw(scene, frame)
    gl.finish_drawing()
    image = buffer.toImage()
    buffer.release()
    return image


def _tiles(width: int, height: int, side: int) -> Iterator[Tile]:
    for y in range(0, height, side):
        for x in range(0, width, side):
            yield Tile(x, y, min(side, width - x), min(side, height - y))


def _largest_tile() -> int:
    limit = gl.functions().glGetIntegerv(GL.GL_MAX_RENDERBUFFER_SIZE)
    return limit if isinstance(limit, int) else int(limit[0])
