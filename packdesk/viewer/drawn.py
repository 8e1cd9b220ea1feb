"""A widget that OpenGL draws, on a graphics card or in memory."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from pyqtgraph.opengl.GLViewWidget import GLViewMixin
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from packdesk.errors import DisplayError
from packdesk.viewer import gl
from packdesk.viewer.screens import CardScreen, Drawing, PictureScreen, screen_for

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from PySide6.QtGui import QOpenGLContext, QPaintEvent, QResizeEvent

    from packdesk.viewer.screens import Screen


class DrawnWidget(GLViewMixin, QWidget):  # type: ignore[misc]  # pyqtgraph ships no types
    """A view of pyqtgraph that needs no OpenGL widget where a processor draws.

    Its methods have the names of QOpenGLWidget's and do the same on either screen.

    Signals:
        frameSwapped: a frame is shown.
    """

    frameSwapped = Signal()  # noqa: N815  # Qt's name
    _painted = Signal()
    _screen: Screen | None = None  # pyqtgraph asks for it while it is being made

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make one and see what it can draw on.

        Args:
            parent: the widget it stands in.
        """
        super().__init__(parent)
        self._stale = True
        drawing = Drawing(self.initializeGL, self.paintGL, self.around_frame, self.free)
        self._screen = screen_for(self, drawing)
        if isinstance(self._screen, CardScreen):
            self._screen.frameSwapped.connect(self.frameSwapped)
        else:
            # A picture is shown when the window has been painted, which follows at once.
            self._painted.connect(self.frameSwapped, Qt.ConnectionType.QueuedConnection)
            self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
            if self._screen:
                self.destroyed.connect(self._screen.end)

    # --- for those who draw

    def around_frame(self) -> AbstractContextManager[None]:
        """What surrounds the drawing of a frame for the window."""
        return nullcontext()

    def free(self) -> None:
        """Free what was made in the context, which is current."""

    def fail(self, error: DisplayError) -> None:
        """Say why nothing can be drawn."""
        raise error

    # --- as QOpenGLWidget has it

    def update(self, *part: object) -> None:
        """Ask for a new frame; Qt itself may ask for parts of the present one."""
        self._stale = True
        if isinstance(self._screen, CardScreen):
            self._screen.update()
        super().update(*part)

    def isValid(self) -> bool:  # noqa: N802  # Qt's name
        """Whether there is an OpenGL context."""
        return self._screen is not None and self._screen.isValid()

    def makeCurrent(self) -> None:  # noqa: N802  # Qt's name
        """Make the widget's context the current one, if it has one."""
        if self._screen:
            self._screen.makeCurrent()

    def doneCurrent(self) -> None:  # noqa: N802  # Qt's name
        """Leave it again."""
        if self._screen:
            self._screen.doneCurrent()

    def context(self) -> QOpenGLContext:
        """OpenGL's context of this widget, while it is current.

        What Qt's own method gives becomes a child of the view in Python. Where the collector frees both and
        comes to the child first, PySide hands the context to Python, which deletes it under the view's feet.

        Raises:
            DisplayError: none is current.
        """
        return gl.current_context()

    def defaultFramebufferObject(self) -> int:  # noqa: N802  # Qt's name
        """OpenGL's name of the framebuffer that is shown."""
        return self._screen.defaultFramebufferObject() if self._screen else 0

    def grabFramebuffer(self) -> QImage:  # noqa: N802  # Qt's name
        """A frame of its own, as a picture; none where there is no OpenGL."""
        if isinstance(self._screen, CardScreen):
            return self._screen.grabFramebuffer()
        if self._screen is None:
            return QImage()
        self._draw_picture(self._screen)
        return self._screen.image.copy()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Paint the picture, drawn anew unless only a part of it was uncovered."""
        if isinstance(self._screen, CardScreen):
            return
        if isinstance(self._screen, PictureScreen) and (self._stale or event.rect() == self.rect()):
            with self.around_frame():
                self._draw_picture(self._screen)
            self._painted.emit()
        with QPainter(self) as painter:
            if self._screen and not self._screen.image.isNull():
                painter.drawImage(QPointF(), self._screen.image)
            else:
                painter.fillRect(event.rect(), self.palette().window())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Ask for a frame of the new size."""
        super().resizeEvent(event)
        if isinstance(self._screen, CardScreen):
            self._screen.setGeometry(self.rect())
        self.update()

    def _draw_picture(self, screen: PictureScreen) -> None:
        self._stale = False  # drawing may ask for another frame
        ratio = self.devicePixelRatioF()
        try:
            with gl.no_collection():
                screen.draw(self.size() * ratio, ratio)
        except DisplayError as error:
            self.fail(error)
