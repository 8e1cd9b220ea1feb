"""The package as an item of a pyqtgraph view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pyqtgraph.opengl.GLGraphicsItem import GLGraphicsItem

from packdesk.errors import PackdeskError
from packdesk.viewer.stage import Stage

if TYPE_CHECKING:
    from PySide6.QtGui import QMatrix4x4

    from packdesk.viewer.frame import Frame
    from packdesk.viewer.scene import Scene


class SceneSource(Protocol):
    """What the item asks of its view."""

    def scene(self) -> Scene | None:
        """What to draw."""

    def frame(self, view: QMatrix4x4, projection: QMatrix4x4) -> Frame:
        """Those matrices with the picture's measures."""


class PackageItem(GLGraphicsItem):  # type: ignore[misc]  # pyqtgraph ships no types
    """Lets a stage draw the view's scene.

    Attributes:
        stage: the stage it draws on.
        complete: False while a picture waits for another frame.
        failure: what went wrong first, in words for the user; empty as long as all is well.
    """

    def __init__(self, source: SceneSource) -> None:
        super().__init__()
        self.stage = Stage()
        self.complete = True
        self.failure = ""
        self._source = source

    def paint(self) -> None:
        """Draw, or remember why not: pyqtgraph would print a failure at every frame and carry on."""
        scene = self._source.scene()
        if scene is None or self.failure:
            return
        try:
            frame = self._source.frame(self.modelViewMatrix(), self.projectionMatrix())
            self.complete = self.stage.draw(scene, frame)
        except PackdeskError as error:
            self.failure = error.full_text()
        except Exception as error:  # noqa: BLE001  # a driver's fault takes any form and must reach the user
            self.failure = f"The 3D view cannot be drawn: {error}"
