"""Smooth edges for a widget: drawn with many samples a pixel, then averaged into the widget's framebuffer.

Samples in the application's default format would make Qt compose the whole window with samples on top: 70 ms
a frame instead of 55 without a graphics card.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from OpenGL import GL

from packdesk.viewer import gl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QOpenGLContext
    from PySide6.QtOpenGL import QOpenGLFramebufferObject


class Smoothing:
    """Owns the framebuffer with samples, for one context and one size at a time."""

    def __init__(self) -> None:
        self._buffer: QOpenGLFramebufferObject | None = None
        self._made_for: tuple[QOpenGLContext, int, int, int] | None = None

    @contextmanager
    def applied(self, target: int, width: int, height: int, samples: int) -> Iterator[None]:
        """Draw with several samples a pixel inside the block; the average goes to the framebuffer `target`.

        Where memory is short, edges stay rough.

        Args:
            target: OpenGL's name of the framebuffer that was bound, and is again afterwards.
            width: in device pixels.
            height: in device pixels.
            samples: a pixel.
        """
        buffer = self._ready(width, height, samples)
        if not buffer.isValid() or not buffer.bind():
            yield
            return
        try:
            yield
        finally:
            _resolve(buffer, target)

    def release(self) -> None:
        """Free it; the context must be current. Calling it twice is harmless."""
        self._buffer = self._made_for = None

    def _ready(self, width: int, height: int, samples: int) -> QOpenGLFramebufferObject:
        needed = (gl.current_context(), width, height, samples)
        if self._buffer is None or self._made_for != needed:
            self.release()
            self._buffer, self._made_for = gl.framebuffer(width, height, samples), needed
        return self._buffer


def _resolve(buffer: QOpenGLFramebufferObject, target: int) -> None:
    context, width, height = gl.current_context(), buffer.width(), buffer.height()
    if gl.is_software(context):  # a graphics card averages when it comes to it; a processor waits
        gl.finish_drawing()
    functions = context.extraFunctions()
    functions.glBindFramebuffer(GL.GL_READ_FRAMEBUFFER, buffer.handle())
    functions.glBindFramebuffer(GL.GL_DRAW_FRAMEBUFFER, target)
    whole = (0, 0, width, height)
    functions.glBlitFramebuffer(*whole, *whole, GL.GL_COLOR_BUFFER_BIT, GL.GL_NEAREST)
    functions.glBindFramebuffer(GL.GL_FRAMEBUFFER, target)
