"""One picture of a package, as files get it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from packdesk.viewer.render import opened_renderer

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from packdesk.viewer.camera import Camera
    from packdesk.viewer.scene import Scene


def render_image(
    scene: Scene,
    camera: Camera,
    width: int,
    height: int,
    *,
    samples: int = 4,
    transparent: bool = False,
    tile: int = 2048,
) -> QImage:
    """The scene as the camera sees it, width x height pixels; with `transparent` nothing is behind it."""
    if transparent:
        scene = replace(scene, backdrop=None)
    with opened_renderer(scene, width, height, samples=samples, tile=tile) as renderer:
        return renderer.draw(camera)
