"""Where a view draws: a widget of the graphics card's, or a picture in memory that Qt paints with the window.

A window with an OpenGL widget in it is put together by OpenGL, all of it, at every frame. A graphics card is
quick at that; a processor takes as long for it as for the package (decision 0036).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from OpenGL import GL
from PySide6.QtCore import Qt, QThread
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtOpenGLWidgets import QOpenGLWidget
from shiboken6 import isValid

from packdesk.errors import DisplayError
from packdesk.sentence import Sentence
from packdesk.viewer import gl
from packdesk.viewer.setup import make_context, surface_format

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from PySide6.QtCore import QSize
    from PySide6.QtGui import QOffscreenSurface, QOpenGLContext, QPaintEvent, QResizeEvent
    from PySide6.QtOpenGL import QOpenGLFramebufferObject
    from PySide6.QtWidgets import QWidget

_PACK_INVERT = 0x8758  # of GL_MESA_pack_invert: rows are read from the top


@dataclass(frozen=True)
class Drawing:
    """What a view draws.

    Attributes:
        begin: called in each context before anything is drawn there.
        paint: draws a frame into the bound framebuffer.
        frame: surrounds a frame that is drawn for the window.
        release: frees what was made in the current context.
    """

    begin: Callable[[], None]
    paint: Callable[[], None]
    frame: Callable[[], AbstractContextManager[None]]
    release: Callable[[], None]


class CardScreen(QOpenGLWidget):
    """Covers its view and leaves all of the mouse to it."""

    def __init__(self, view: QWidget, drawing: Drawing) -> None:
        """Cover a view."""
        super().__init__(view)
        self.setFormat(surface_format())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._drawing = drawing
        self._resizing = False

    def initializeGL(self) -> None:  # noqa: N802  # Qt's name
        """Begin in a new context."""
        self._drawing.begin()

    def paintGL(self) -> None:  # noqa: N802  # Qt's name
        """Draw."""
        self._drawing.paint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Hold the collector before the context is current: Python 3.11 may run it on the way to paintGL.

        Qt paints within every resize too: a frame that is never shown, as the same resize asks for another.
        """
        if not self._resizing:
            with self._drawing.frame(), gl.no_collection():
                super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """As for painting: Qt makes the context current on its way to resizeGL."""
        self._resizing = True
        with gl.no_collection():
            super().resizeEvent(event)
        self._resizing = False
        self.update()


class PictureScreen:
    """A context of its own that draws into memory. Its methods have the names of QOpenGLWidget's."""

    def __init__(self, context: QOpenGLContext, surface: QOffscreenSurface, drawing: Drawing) -> None:
        """Draw with a context that is current on a surface where nothing is shown."""
        self._context: QOpenGLContext | None = context
        self._surface = surface
        self._drawing = drawing
        self._begun = False
        self._buffer: QOpenGLFramebufferObject | None = None
        self._inverts = False
        self.image = QImage()

    def __del__(self) -> None:
        """End it; on another thread, where the collector may run, only remember that."""
        if self._context and isValid(self._context) and QGuiApplication.instance() is not None:
            if self._context.thread() is QThread.currentThread():
                self.end()
            else:
                _left.append(self)

    def end(self) -> None:
        """Free all, on the thread that draws, and the context itself. Calling it twice is harmless."""
        context, self._context = self._context, None
        # At its end a program takes all objects of Qt away, in no order.
        if context and isValid(context) and isValid(self._surface):
            context.makeCurrent(self._surface)
            self._drawing.release()
            self._buffer = None
            context.doneCurrent()
            self._surface.destroy()

    def isValid(self) -> bool:  # noqa: N802  # Qt's name
        """Whether anything can be drawn."""
        return self._context is not None

    def makeCurrent(self) -> None:  # noqa: N802  # Qt's name
        """Make the context the current one."""
        if self._context:
            self._context.makeCurrent(self._surface)

    def doneCurrent(self) -> None:  # noqa: N802  # Qt's name
        """Leave it again."""
        if self._context:
            self._context.doneCurrent()

    def defaultFramebufferObject(self) -> int:  # noqa: N802  # Qt's name
        """OpenGL's name of the framebuffer that becomes the picture."""
        return self._buffer.handle() if self._buffer else 0

    def draw(self, pixels: QSize, ratio: float) -> None:
        """Draw `image` anew.

        Args:
            pixels: its size.
            ratio: pixels for each logical one.

        Raises:
            DisplayError: there is no memory for it.
        """
        self.makeCurrent()
        try:
            if not self._begun:
                self._begun = True
                self._inverts = gl.current_context().hasExtension(b"GL_MESA_pack_invert")
                self._drawing.begin()
            self._bind(pixels)
            self._drawing.paint()
            gl.finish_drawing()
            self._read(pixels)
            self.image.setDevicePixelRatio(ratio)
        finally:
            self.doneCurrent()

    def _bind(self, pixels: QSize) -> None:
        if self._buffer is None or self._buffer.size() != pixels:
            self._buffer = gl.framebuffer(pixels.width(), pixels.height(), 0)
            self.image = QImage(pixels, QImage.Format.Format_RGB32)
        if not self._buffer.bind() or self.image.isNull():
            raise DisplayError(
                Sentence(
                    "There is not enough memory for a picture of {width} x {height} pixels.",
                    width=pixels.width(),
                    height=pixels.height(),
                )
            )
        gl.functions().glViewport(0, 0, pixels.width(), pixels.height())

    def _read(self, pixels: QSize) -> None:
        """OpenGL's rows run upwards, the picture's downwards."""
        rows = np.frombuffer(self.image.bits(), np.uint8)
        if self._inverts:
            GL.glPixelStorei(_PACK_INVERT, 1)
        size = pixels.width(), pixels.height()
        GL.glReadPixels(0, 0, *size, GL.GL_BGRA, GL.GL_UNSIGNED_BYTE, array=rows)
        if self._inverts:
            GL.glPixelStorei(_PACK_INVERT, 0)
        else:
            self.image.flip()


Screen = CardScreen | PictureScreen
_left: list[PictureScreen] = []


def screen_for(view: QWidget, drawing: Drawing) -> Screen | None:
    """What a view draws on where it is; None where there is no OpenGL.

    It has to be known before the view is in a window: with an OpenGL widget, that is made in another way.
    """
    while _left:
        _left.pop().end()
    try:
        context, surface = make_context()
    except DisplayError:
        return None
    software = gl.is_software(context)
    context.doneCurrent()
    if software:
        return PictureScreen(context, surface, drawing)
    surface.destroy()
    return CardScreen(view, drawing)
