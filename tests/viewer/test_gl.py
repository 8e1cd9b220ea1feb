"""What drawing leaves behind in a context."""

from __future__ import annotations

import pytest
from OpenGL import GL
from PySide6.QtOpenGL import QOpenGLFramebufferObject

from packdesk.viewer import gl
from packdesk.viewer.setup import offscreen_context


def fail_elsewhere(other: QOpenGLFramebufferObject) -> None:
    with gl.framebuffer_kept():
        other.bind()
        with gl.state(
            blend=True, equation=GL.GL_MAX, hidden=GL.GL_FRONT, depth_func=GL.GL_LEQUAL, depth_mask=False
        ):
            raise ZeroDivisionError


@pytest.mark.usefixtures("qapp")
def test_a_failure_while_drawing_leaves_the_usual_state() -> None:
    with offscreen_context():
        functions = gl.functions()
        functions.glEnable(GL.GL_DEPTH_TEST)
        other = QOpenGLFramebufferObject(8, 8)
        other.release()  # it is bound when it is made
        bound = gl.bound_framebuffer()
        with pytest.raises(ZeroDivisionError):
            fail_elsewhere(other)
        assert gl.bound_framebuffer() == bound
        enabled = [functions.glIsEnabled(name) for name in (GL.GL_BLEND, GL.GL_CULL_FACE, GL.GL_DEPTH_TEST)]
        assert enabled == [False, False, True]
        assert GL.glGetIntegerv(GL.GL_DEPTH_FUNC) == GL.GL_LESS
        assert GL.glGetBooleanv(GL.GL_DEPTH_WRITEMASK) == GL.GL_TRUE
        assert GL.glGetIntegerv(GL.GL_BLEND_EQUATION_RGB) == GL.GL_FUNC_ADD
