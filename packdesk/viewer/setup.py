"""OpenGL's settings for the whole application, and contexts without a window."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from OpenGL import GL
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QOffscreenSurface, QOpenGLContext, QSurfaceFormat

from packdesk.errors import DisplayError
from packdesk.viewer import gl

if TYPE_CHECKING:
    from collections.abc import Iterator


def surface_format() -> QSurfaceFormat:
    """OpenGL 3.3 core (or what ES offers); one sample a pixel, for the canvas smooths by itself."""
    surface = QSurfaceFormat()
    surface.setVersion(3, 3)
    surface.setProfile(QSurfaceFormat.OpenGLContextProfile.CoreProfile)
    surface.setDepthBufferSize(24)
    surface.setStencilBufferSize(8)
    surface.setSamples(0)
    return surface


def prepare_opengl() -> None:
    """Set what OpenGL needs before the application object is made.

    Contexts are shared, or floating a dock would give its view a new context.
    """
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    QSurfaceFormat.setDefaultFormat(surface_format())


def drawing_application() -> QGuiApplication:
    """The application of a process that draws and shows no window; it must live until the process ends."""
    prepare_opengl()
    return QGuiApplication(["packdesk"])


@contextmanager
def collection_on_this_thread() -> Iterator[None]:
    """Run Python's garbage collector from the event loop of this thread only, inside the block.

    It would otherwise run on any thread that allocates, and destroy what is left of closed windows there,
    which crashes Qt. Objects that exist already are not examined again: that takes longer than some frames.
    """
    from pyqtgraph.util.garbage_collector import GarbageCollector  # noqa: PLC0415  (slow import, needed for windows only)

    was_on = gc.isenabled()
    gc.freeze()
    collector = GarbageCollector(interval=1.0)
    try:
        yield
    finally:
        collector.timer.stop()
        gc.unfreeze()
        if was_on:
            gc.enable()


@contextmanager
def offscreen_context() -> Iterator[QOpenGLContext]:
    """A context of its own, current inside the block; the former one is current again afterwards.

    Raises:
        DisplayError: none can be made, or it is too old.
    """
    if QGuiApplication.instance() is None:
        raise DisplayError("Nothing can be drawn before the program has started.")
    former: Any = QOpenGLContext.currentContext()  # None while nothing is drawn, which the stubs deny
    former_surface = former.surface() if former is not None else None
    context, surface = make_context()
    try:
        gl.require_version(context)
        yield context
    finally:
        context.doneCurrent()
        surface.destroy()
        if former is not None:
            former.makeCurrent(former_surface)


def make_context() -> tuple[QOpenGLContext, QOffscreenSurface]:
    """A context that is current on a surface nobody sees.

    Raises:
        DisplayError: none can be made.
    """
    context = QOpenGLContext()
    context.setFormat(surface_format())
    if not context.create():
        raise DisplayError("This display offers no OpenGL, so nothing can be drawn in 3D.")
    surface = QOffscreenSurface()
    surface.setFormat(context.format())
    surface.create()
    if not surface.isValid() or not context.makeCurrent(surface):
        raise DisplayError("OpenGL could not be started on this display.")
    return context, surface


def describe_opengl() -> str:
    """Version and renderer, for people.

    Raises:
        DisplayError: there is no usable OpenGL.
    """
    with offscreen_context() as context:
        names = (context.functions().glGetString(name) for name in (GL.GL_VERSION, GL.GL_RENDERER))
        return ", ".join(str(name) for name in names)
