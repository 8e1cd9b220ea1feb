"""Pictures of a package without any widget, for files."""

from __future__ import annotations

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
    check_picture_size(width, height)
    if transparent:
        scene = replace(scene, backdrop=None)
    with gl.no_collection(), offscreen_context():
        stage = Stage(for_file=True)
        try:
            side = min(tile, _largest_tile())
            frames = [Frame.of_tile(camera, width, height, part) for part in _tiles(width, height, side)]
            return _render(stage, scene, frames, samples)
        finally:
            stage.release()


def _render(stage: Stage, scene: Scene, frames: list[Frame], samples: int) -> QImage:
    kinds, width, height = QImage.Format, frames[0].width, frames[0].height
    kind = kinds.Format_RGB32 if scene.backdrop else kinds.Format_ARGB32_Premultiplied
    picture = QImage(width, height, kind)
    if picture.isNull():
        raise DisplayError(
            f"There is not enough memory for a picture of {width} x {height} pixels.",
            "Choose a smaller picture.",
        )
    painter = QPainter(picture)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    try:
        for frame in frames:
            painter.drawImage(QPoint(frame.tile.x, frame.tile.y), _render_tile(stage, scene, frame, samples))
    finally:
        painter.end()
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
