"""packdesk's view."""

from __future__ import annotations

import sys
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QSurfaceFormat
from PySide6.QtWidgets import QApplication

from packdesk.app.application import SWITCH_S
from packdesk.textures.images import SCREEN_PIXELS, DecodedPicture, decode_picture
from packdesk.viewer.scene import Scene
from packdesk.viewer.setup import prepare_opengl, surface_format
from packdesk.viewer.studio import ShadowPass
from packdesk.viewer.view import PackageView
from peers.common import BOX, HEIGHT, WIDTH, camera, files, measure, words
from peers.qt import Presented, drawn, without_waiting

if TYPE_CHECKING:
    import argparse
    from pathlib import Path


class Ours:
    def __init__(self, app: QApplication, given: argparse.Namespace) -> None:
        self._app, self._given = app, given
        self._sets = {
            name: {panel: decode_picture(file.read_bytes()).image for panel, file in pictures.items()}
            for name, pictures in ((name, files(given.pictures, name)) for name in "ab")
        }
        self._pool = ThreadPoolExecutor(1)
        self._arriving: Future[DecodedPicture] | None = None
        self._scene = Scene("box", BOX, self._sets["a"])
        if given.alone:
            self._scene = replace(self._scene, backdrop=None)
            ShadowPass.draw = lambda *_: None

    def show(self) -> None:
        self.view = PackageView()
        self.view.resize(WIDTH, HEIGHT)
        self.view.set_scene(self._scene)
        self.view.set_camera(camera(0))
        self._presented = Presented(self._app, self.view)
        self._presented.after(self.view.show)
        self._wait_complete()
        self.view._drafts = self.view._drafts and self._given.draft
        self.view._mends = self.view._mends and not self._given.rough

    def turn(self, step: int) -> None:
        if self._arriving and self._arriving.done():
            picture, self._arriving = self._arriving.result().image, None
            self._set(textures={**self._scene.textures, "front": picture})
        self._presented.after(lambda: self.view.set_camera(camera(step)))

    def draw(self, step: int) -> None:
        self.view.set_camera(camera(step))
        self.view._note_frame = self._as_draft
        drawn(self.view, self.view.paintGL)
        del self.view._note_frame

    def _as_draft(self) -> None:
        self.view._draft = True

    def resize(self, width: float) -> None:
        size = BOX.model_copy(update={"width": width})
        self._presented.after(lambda: self._set(dimensions=size))

    def replace_textures(self) -> None:
        self._set(textures=self._sets["b"])
        self._wait_complete()

    def start_large(self, file: Path) -> None:
        self._arriving = self._pool.submit(lambda: decode_picture(file.read_bytes(), SCREEN_PIXELS))
        self.turn(100)

    def large_shown(self) -> bool:
        return self._arriving is None and self.view._complete

    def uploads(self) -> int:
        return self.view.uploads

    def _set(self, **changes: object) -> None:
        self._scene = replace(self._scene, **changes)
        self.view.set_scene(self._scene)

    def _wait_complete(self) -> None:
        self._presented.after(self.view.update)
        while not self.view._complete:
            self._presented.after(self.view.update)


def main() -> None:
    given = words()
    sys.setswitchinterval(SWITCH_S)  # as the window does
    prepare_opengl()
    QSurfaceFormat.setDefaultFormat(without_waiting(surface_format()))
    measure(Ours(QApplication([]), given), given)


if __name__ == "__main__":
    main()
