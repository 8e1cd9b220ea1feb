"""vispy's gloo: the box with a textured, lit shader. vispy makes no mipmaps, so they are made for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from OpenGL import GL
from PySide6.QtWidgets import QApplication
from vispy import app as vispy_app
from vispy import gloo

from packdesk.domain.geometry import unit_meshes
from peers.common import BOX, HEIGHT, PANELS, WIDTH, camera, decoded, files, measure, words
from peers.qt import Presented, drawn

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    import numpy as np

VERTEX = """
uniform mat4 u_view; uniform mat4 u_projection; uniform vec3 u_size;
attribute vec3 a_position; attribute vec3 a_normal; attribute vec2 a_uv;
varying vec3 v_normal; varying vec2 v_uv;
void main() {
    v_normal = a_normal; v_uv = a_uv;
    gl_Position = u_projection * u_view * vec4(a_position * u_size, 1.0);
}
"""
FRAGMENT = """
uniform sampler2D u_texture;
varying vec3 v_normal; varying vec2 v_uv;
void main() {
    float light = 0.4 + 0.6 * max(dot(normalize(v_normal), vec3(0.36, -0.8, 0.48)), 0.0);
    gl_FragColor = vec4(texture2D(u_texture, v_uv).rgb * light, 1.0);
}
"""


class Canvas(vispy_app.Canvas):
    def __init__(self, textures: dict[str, np.ndarray], samples: int) -> None:
        config = {"samples": samples, "depth_size": 24, "double_buffer": True}
        super().__init__(size=(WIDTH, HEIGHT), config=config, vsync=False, keys=None)
        self.size_mm = BOX.as_tuple()
        self.seen = camera(0)
        self._dirty: set[str] = set()
        self._programs = {mesh.panel_id: self._program(mesh) for mesh in unit_meshes("box")}
        self._textures = {panel: gloo.Texture2D(pixels) for panel, pixels in textures.items()}
        for panel, texture in self._textures.items():
            self._programs[panel]["u_texture"] = texture
            self._dirty.add(panel)

    def put(self, panel: str, pixels: np.ndarray) -> None:
        if pixels.shape == self._textures[panel].shape:
            self._textures[panel].set_data(pixels)
        else:
            self._textures[panel] = gloo.Texture2D(pixels)
            self._programs[panel]["u_texture"] = self._textures[panel]
        self._dirty.add(panel)

    def on_draw(self, _event: object) -> None:
        gloo.set_viewport(0, 0, *self.physical_size)
        gloo.set_state(depth_test=True, cull_face=True, blend=False, clear_color=(0.8, 0.83, 0.86, 1))
        gloo.clear()
        view, projection = self.seen.view_matrix().T, self.seen.projection_matrix(WIDTH / HEIGHT).T
        width, height, depth = self.size_mm
        for panel, program in self._programs.items():
            program["u_view"], program["u_projection"] = view.astype("f4"), projection.astype("f4")
            program["u_size"] = width, depth, height
            self._make_mipmaps(panel)
            program.draw("triangles")

    def _make_mipmaps(self, panel: str) -> None:
        if panel not in self._dirty:
            return
        self._dirty.discard(panel)
        self._programs[panel].draw("triangles")  # vispy makes the texture on its way
        self.context.flush_commands()
        texture = self.context.shared.parser.get_object(self._textures[panel].id)
        GL.glBindTexture(GL.GL_TEXTURE_2D, texture.handle)
        GL.glGenerateMipmap(GL.GL_TEXTURE_2D)
        GL.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_MIN_FILTER, GL.GL_LINEAR_MIPMAP_LINEAR)
        GL.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_MAG_FILTER, GL.GL_LINEAR)

    @staticmethod
    def _program(mesh: object) -> gloo.Program:
        program = gloo.Program(VERTEX, FRAGMENT)
        program["a_position"] = gloo.VertexBuffer(mesh.positions.astype("f4"))
        program["a_normal"] = gloo.VertexBuffer(mesh.normals.astype("f4"))
        program["a_uv"] = gloo.VertexBuffer(mesh.uvs.astype("f4"))
        return program


class Vispy:
    def __init__(self, app: QApplication, given: argparse.Namespace) -> None:
        self._app, self._given = app, given
        self._sets = {
            name: {panel: decoded(file) for panel, file in files(given.pictures, name).items()}
            for name in "ab"
        }

    def show(self) -> None:
        self.canvas = Canvas(self._sets["a"], self._given.samples)
        self._presented = Presented(self._app, self.canvas.native)
        self._presented.after(self.canvas.show)

    def turn(self, step: int) -> None:
        self.canvas.seen = camera(step)
        self._presented.after(self.canvas.update)

    def draw(self, step: int) -> None:
        self.canvas.seen = camera(step)
        drawn(self.canvas.native, self._draw)

    def _draw(self) -> None:
        self.canvas.set_current()
        self.canvas.on_draw(None)
        self.canvas.context.flush_commands()

    def resize(self, width: float) -> None:
        self.canvas.size_mm = (width, BOX.height, BOX.depth)
        self._presented.after(self.canvas.update)

    def replace_textures(self) -> None:
        for panel in PANELS:
            self.canvas.put(panel, self._sets["b"][panel])
        self._presented.after(self.canvas.update)

    def start_large(self, file: Path) -> None:
        self.canvas.put("front", decoded(file))
        self._presented.after(self.canvas.update)

    def large_shown(self) -> bool:
        return True

    def uploads(self) -> int:
        return 0


def main() -> None:
    given = words()
    app = QApplication([])
    vispy_app.use_app("pyside6")
    measure(Vispy(app, given), given)


if __name__ == "__main__":
    main()
