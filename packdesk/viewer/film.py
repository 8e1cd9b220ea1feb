"""A package turning once around itself, picture by picture, for files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.viewer.framing import fit_turning
from packdesk.viewer.render import opened_renderer

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from PySide6.QtGui import QImage

    from packdesk.viewer.camera import Camera
    from packdesk.viewer.scene import Scene


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

    To be closed, or taken to its end: until then its OpenGL context is the current one.

    Raises:
        InvalidInputError: a side is too long or too short for a picture.
        DisplayError: there is no usable OpenGL, or not enough memory.
    """
    with opened_renderer(scene, width, height) as renderer:
        for seen in turn_cameras(scene, camera, width / height, count):
            yield renderer.draw(seen)
