"""Pictures of a package without any widget, for files."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from OpenGL import GL
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QPainter
from PySide6.QtOpenGL import QOpenGLFramebufferObject, QOpenGLFramebufferObjectFormat

from packdesk.errors import DisplayError, InvalidInputError
from packdesk.viewer import gl
from packdesk.viewer.frame import Frame, Tile
from packdesk.viewer.setup import offscreen_context
from packdesk.viewer.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.viewer.camera import Camera
    from packdesk.viewer.scene import Scene

MAX_SIDE = 8192
_TILE = 2048  # with four samples and depth a tile takes 160 MB


def check_picture_size(width: int, height: int) -> None:
    """Refuse a size no picture can have.

    Raises:
        InvalidInputError: a side is not within 1 to `MAX_SIDE` pixels.
    """
    if not (1 <= width <= MAX_SIDE and 1 <= height <= MAX_SIDE):
        raise InvalidInputError(
            f"A picture of {width} x {height} pixels cannot be made.", f"Use 1 to {MAX_SIDE} pixels a side."
        )


def render_image(
    scene: Scene,
    camera: Camera,
    width: int,
    height: int,
    *,
    samples: int = 4,
    transparent: bool = False,
    tile: int = _TILE,
) -> QImage:
    """Draw the scene as the camera sees it, in full quality.

    Returns:
        width x height pixels; with `transparent`, or without a backdrop, premultiplied with alpha.

    Raises:
        InvalidInputError: a side is not within 1 to `MAX_SIDE` pixels.
        DisplayError: there is no usable OpenGL.
    """
    if transparent:
        scene = replace(scene, backdrop=None)
    with opened_renderer(scene, width, height, samples=samples, tile=tile) as renderer:
        return renderer.draw(camera)


@contextmanager
def opened_renderer(
    scene: Scene, width: int, height: int, *, samples: int = 4, tile: int = _TILE
) -> Iterator[Renderer]:
    """What draws many pictures of one scene, each width x height pixels.

    Inside the block its own OpenGL context is the current one: nothing else may draw with OpenGL meanwhile.

    Raises:
        InvalidInputError: a side is not within 1 to `MAX_SIDE` pixels.
        DisplayError: there is no usable OpenGL.
    """
    check_picture_size(width, height)
    with gl.no_collection(), offscreen_context():
        renderer = Renderer(scene, width, height, samples, min(tile, _largest_tile()))
        try:
            yield renderer
        finally:
            renderer.release()


class Renderer:
    """Draws one scene as often as wanted, its textures uploaded once. Made by `opened_renderer`."""

    def __init__(self, scene: Scene, width: int, height: int, samples: int, tile: int) -> None:
        self._scene, self._size, self._samples = scene, (width, height), samples
        self._tiles = list(_tiles(width, height, tile))
        self._stage = Stage(for_file=True)

    @property
    def uploads(self) -> int:
        """How many meshes and pictures went to the graphics card so far."""
        return self._stage.uploads

    def draw(self, camera: Camera) -> QImage:
        """The scene as the camera sees it; without a backdrop premultiplied with alpha.

        Raises:
            DisplayError: there is not enough memory for it.
        """
        picture = _blank(*self._size, opaque=self._scene.backdrop is not None)
        with QPainter(picture) as painter:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            for tile in self._tiles:
                frame = Frame.of_tile(camera, *self._size, tile)
                part = _render_tile(self._stage, self._scene, frame, self._samples)
                painter.drawImage(QPoint(tile.x, tile.y), part)
        return picture

    def release(self) -> None:
        """Free what is on the graphics card."""
        self._stage.release()


def _blank(width: int, height: int, *, opaque: bool) -> QImage:
    kinds = QImage.Format
    picture = QImage(width, height, kinds.Format_RGB32 if opaque else kinds.Format_ARGB32_Premultiplied)
    if picture.isNull():
        raise DisplayError(
            f"There is not enough memory for a picture of {width} x {height} pixels.",
            "Choose a smaller picture.",
        )
    return picture


def _render_tile(stage: Stage, scene: Scene, frame: Frame, samples: int) -> QImage:
    layout = QOpenGLFramebufferObjectFormat()
    layout.setSamples(samples)
    layout.setAttachment(QOpenGLFramebufferObject.Attachment.CombinedDepthStencil)
    layout.setInternalTextureFormat(GL.GL_RGBA8)
    buffer = QOpenGLFramebufferObject(frame.tile.width, frame.tile.height, layout)
    if not buffer.isValid() or not buffer.bind():
        raise DisplayError("The graphics driver has no room for the picture.", "Choose a smaller picture.")
    functions = gl.functions()
    functions.glViewport(0, 0, frame.tile.width, frame.tile.height)
    functions.glClearColor(0.0, 0.0, 0.0, 0.0)
    functions.glClear(GL.GL_COLOR_BUFFER_BIT | GL.GL_DEPTH_BUFFER_BIT)
    stage.draw(scene, frame)
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
