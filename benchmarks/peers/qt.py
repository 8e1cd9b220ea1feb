"""Waiting for frames of a Qt window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from OpenGL import GL
from PySide6.QtCore import QEventLoop, Qt

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QCoreApplication
    from PySide6.QtGui import QSurfaceFormat


def without_waiting(surface: QSurfaceFormat) -> QSurfaceFormat:
    """The format with swap interval 0."""
    surface.setSwapInterval(0)
    return surface


class Presented:
    """Counts a widget's or window's frames."""

    def __init__(self, app: QCoreApplication, window: Any) -> None:
        self._app, self.frames = app, 0
        window.frameSwapped.connect(self._count, Qt.ConnectionType.DirectConnection)

    def _count(self) -> None:
        self.frames += 1

    def after(self, change: Callable[[], object]) -> None:
        """Make a change and wait until the next frame is presented."""
        former = self.frames
        change()
        while self.frames == former:
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)


def drawn(widget: Any, paint: Callable[[], object]) -> None:
    """Paint into a QOpenGLWidget and wait for the driver; the widget does not show it."""
    widget.makeCurrent()
    GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, widget.defaultFramebufferObject())
    GL.glViewport(0, 0, widget.width(), widget.height())
    paint()
    GL.glFinish()
    widget.doneCurrent()
