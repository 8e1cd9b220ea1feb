"""Thin helpers over QtOpenGL. Everything here needs a current context and belongs to that one."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from OpenGL import GL
from PySide6.QtGui import QMatrix4x4, QOpenGLContext, QVector2D, QVector3D, QVector4D
from PySide6.QtOpenGL import (
    QOpenGLBuffer,
    QOpenGLFramebufferObject,
    QOpenGLFramebufferObjectFormat,
    QOpenGLShader,
    QOpenGLShaderProgram,
    QOpenGLVertexArrayObject,
)
from shiboken6 import VoidPtr

from packdesk.assets import asset_path
from packdesk.domain.colour import srgb_to_linear
from packdesk.errors import DisplayError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt
    from PySide6.QtGui import QOpenGLExtraFunctions, QOpenGLFunctions

    from packdesk.viewer.camera import Point

    Uniform = float | Sequence[float] | QMatrix4x4

_DESKTOP_HEADER = "#version 330 core\n"
_ES_HEADER = "#version 300 es\nprecision highp float;\nprecision highp int;\n"
_FLOAT_BYTES = 4
_VECTORS = {2: QVector2D, 3: QVector3D, 4: QVector4D}


def current_context() -> QOpenGLContext:
    """The context that is current.

    Raises:
        DisplayError: there is none.
    """
    context = QOpenGLContext.currentContext()
    if context is None:
        raise DisplayError("Nothing can be drawn: OpenGL is gone.")
    return context


def functions() -> QOpenGLFunctions:
    """OpenGL's functions of the current context."""
    return current_context().functions()


def require_version(context: QOpenGLContext) -> None:
    """Check that a context can run the shaders.

    Raises:
        DisplayError: it is older than OpenGL 3.3 or OpenGL ES 3.0.
    """
    kind, needed = ("OpenGL ES", (3, 0)) if context.isOpenGLES() else ("OpenGL", (3, 3))
    major, minor = context.format().version()
    if (major, minor) < needed:
        raise DisplayError(
            Sentence(
                "This computer offers {kind} {major}.{minor}, but the 3D view needs {least}.{least_minor}.",
                kind=kind,
                major=major,
                minor=minor,
                least=needed[0],
                least_minor=needed[1],
            ),
        )


def bound_framebuffer() -> int:
    """OpenGL's name of the framebuffer that is drawn into. Asked of PyOpenGL: PySide's own call crashes."""
    return int(GL.glGetIntegerv(GL.GL_FRAMEBUFFER_BINDING))


def is_software(context: QOpenGLContext) -> bool:
    """Whether the current context draws on the processor instead of a graphics card."""
    renderer = str(context.functions().glGetString(GL.GL_RENDERER)).lower()
    return any(name in renderer for name in ("llvmpipe", "softpipe", "swrast", "swiftshader"))


def finish_drawing() -> None:
    """Wait until everything asked for is drawn, while other threads of Python run.

    Asked of PyOpenGL: what waits within a call of PySide holds all of them up.
    """
    GL.glFinish()


def clear_errors() -> None:
    """Clear pending errors: on ES, Qt's texture upload leaves one that the next call would report."""
    gl = functions()
    for _ in range(8):  # a lost context reports errors without end
        if gl.glGetError() == GL.GL_NO_ERROR:
            return


@contextmanager
def no_collection() -> Iterator[None]:
    """Pause Python's garbage collector.

    Collecting another OpenGL widget makes this context no longer current, and the next call crashes.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def state(
    *,
    blend: bool = False,
    equation: int = GL.GL_FUNC_ADD,
    hidden: int | None = None,
    depth_func: int = GL.GL_LESS,
    depth_mask: bool = True,
) -> Iterator[QOpenGLExtraFunctions]:
    """Set how triangles are drawn inside the block; the defaults are restored afterwards, also on errors.

    Args:
        blend: premultiplied colours over what is there, instead of replacing it.
        equation: how both are combined, `GL_FUNC_ADD` or `GL_MAX`.
        hidden: the side of triangles that is left out, `GL_BACK` or `GL_FRONT`; None draws both.
        depth_func: what passes the depth test.
        depth_mask: whether depths are written.
    """
    gl = current_context().extraFunctions()
    if blend:
        gl.glEnable(GL.GL_BLEND)
    if hidden:
        gl.glEnable(GL.GL_CULL_FACE)
        gl.glCullFace(hidden)
    gl.glBlendFunc(GL.GL_ONE, GL.GL_ONE_MINUS_SRC_ALPHA)
    gl.glBlendEquation(equation)
    gl.glDepthFunc(depth_func)
    gl.glDepthMask(depth_mask)
    try:
        yield gl
    finally:
        gl.glDisable(GL.GL_BLEND)
        gl.glDisable(GL.GL_CULL_FACE)
        gl.glBlendEquation(GL.GL_FUNC_ADD)
        gl.glDepthFunc(GL.GL_LESS)
        gl.glDepthMask(GL.GL_TRUE)
        gl.glBindTexture(GL.GL_TEXTURE_2D, 0)


def framebuffer(width: int, height: int, samples: int) -> QOpenGLFramebufferObject:
    """A framebuffer with colour and depth, in pixels; invalid where memory is short."""
    layout = QOpenGLFramebufferObjectFormat()
    layout.setSamples(samples)
    layout.setAttachment(QOpenGLFramebufferObject.Attachment.CombinedDepthStencil)
    layout.setInternalTextureFormat(GL.GL_RGBA8)
    return QOpenGLFramebufferObject(width, height, layout)


@contextmanager
def framebuffer_kept() -> Iterator[None]:
    """Bind others inside the block, without depth test; the bound one and the viewport are restored."""
    gl, bound, viewport = functions(), bound_framebuffer(), GL.glGetIntegerv(GL.GL_VIEWPORT)
    gl.glDisable(GL.GL_DEPTH_TEST)
    try:
        yield
    finally:
        gl.glEnable(GL.GL_DEPTH_TEST)
        gl.glBindFramebuffer(GL.GL_FRAMEBUFFER, bound)
        gl.glViewport(*(int(number) for number in viewport))


class Program:
    """A vertex and a fragment shader from assets/shaders, linked."""

    def __init__(
        self, name: str, attributes: Sequence[str], defines: Sequence[str] = (), vertex: str = ""
    ) -> None:
        """Compile a pair of shaders.

        Args:
            name: of the shaders.
            attributes: of the vertices, in their order.
            defines: names the preprocessor knows, or a name and its value.
            vertex: another name for the vertex shader.
        """
        self._program = QOpenGLShaderProgram()
        self._locations: dict[str, int] = {}
        kinds = QOpenGLShader.ShaderTypeBit
        for kind, part in ((kinds.Vertex, f"{vertex or name}.vert"), (kinds.Fragment, f"{name}.frag")):
            if not self._program.addShaderFromSourceCode(kind, _source(part, defines)):
                raise DisplayError(
                    Sentence(
                        "The graphics driver cannot draw the package: {reason}", reason=self._program.log()
                    ),
                )
        for location, attribute in enumerate(attributes):
            self._program.bindAttributeLocation(attribute.encode(), location)
        if not self._program.link():
            raise DisplayError(
                Sentence("The graphics driver cannot draw the package: {reason}", reason=self._program.log())
            )

    def __enter__(self) -> Self:
        """Draw with it inside the block."""
        self.bind()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop drawing with it."""
        self.release()

    def bind(self) -> None:
        """Make it the program that draws."""
        self._program.bind()

    def release(self) -> None:
        """Stop drawing with it."""
        self._program.release()

    def set(self, name: str, value: Uniform) -> None:
        """Set a uniform of the bound program; two to four numbers make a vector."""
        location = self._locations.get(name)
        if location is None:
            location = self._locations[name] = self._program.uniformLocation(name.encode())
        if isinstance(value, QMatrix4x4):
            self._program.setUniformValue(location, value)
        elif isinstance(value, int):
            self._program.setUniformValue1i(location, value)
        elif isinstance(value, float):
            self._program.setUniformValue1f(location, value)
        else:
            self._program.setUniformValue(location, _VECTORS[len(value)](*value))

    def set_camera(self, view: QMatrix4x4, projection: QMatrix4x4) -> None:
        """Set the matrices every shader in space has."""
        self.set("u_view", view)
        self.set("u_projection", projection)

    def destroy(self) -> None:
        """Free it; its context must be current."""
        self._program.removeAllShaders()


class Mesh:
    """Vertices on the graphics card, interleaved floats."""

    def __init__(self, vertices: npt.NDArray[np.float32], widths: Sequence[int]) -> None:
        self.count = len(vertices)
        self._array = QOpenGLVertexArrayObject()
        self._buffer = QOpenGLBuffer(QOpenGLBuffer.Type.VertexBuffer)
        self._array.create()
        self._array.bind()
        self._buffer.create()
        self._buffer.bind()
        data = np.ascontiguousarray(vertices, dtype=np.float32).tobytes()
        self._buffer.allocate(data, len(data))
        _describe(widths)
        self._array.release()
        self._buffer.release()

    def draw(self, first: int = 0, count: int | None = None) -> None:
        """Draw triangles with the bound program."""
        self._array.bind()
        functions().glDrawArrays(GL.GL_TRIANGLES, first, self.count if count is None else count)
        self._array.release()

    def destroy(self) -> None:
        """Free it; its context must be current."""
        self._array.destroy()
        self._buffer.destroy()


def rectangle(cells: int = 1) -> Mesh:
    """Two triangles over [-1, 1], counter-clockwise; or as many pairs along each side."""
    step = np.arange(cells) * 2 / cells - 1
    starts = np.stack(np.meshgrid(step, step), axis=-1).reshape(-1, 1, 2)
    corners = np.array([(0, 0), (1, 0), (1, 1), (0, 0), (1, 1), (0, 1)]) * 2 / cells
    return Mesh((starts + corners).reshape(-1, 2).astype(np.float32), (2,))


def linear_colour(name: str) -> Point:
    """A `#rrggbb` colour as linear light, 0 to 1 a channel (IEC 61966-2-1)."""
    red, green, blue = (srgb_to_linear(int(name[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return red, green, blue


def _source(name: str, defines: Sequence[str]) -> str:
    header = _ES_HEADER if current_context().isOpenGLES() else _DESKTOP_HEADER
    lights = {"DRAFT": "draft.glsl", "FLAT": "flat.glsl"}
    lit = [part for define, part in lights.items() if define in defines and name.endswith(".vert")]
    parts = ("common.glsl", *lit, name)
    texts = [asset_path("shaders", part).read_text(encoding="utf-8") for part in parts]
    return "\n".join((header, *(f"#define {define}" for define in defines), *texts))


def _describe(widths: Sequence[int]) -> None:
    """Describe the bound buffer to the bound vertex array; `Program` fixes the locations."""
    offset, stride = 0, sum(widths) * _FLOAT_BYTES
    for location, width in enumerate(widths):
        pointer: Any = VoidPtr(offset)  # the stubs want a number, the binding does not take one
        functions().glEnableVertexAttribArray(location)
        functions().glVertexAttribPointer(location, width, GL.GL_FLOAT, GL.GL_FALSE, stride, pointer)
        offset += width * _FLOAT_BYTES
