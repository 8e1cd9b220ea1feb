"""pyqtgraph's view with nothing in it: what a QOpenGLWidget of this size costs."""

from __future__ import annotations

from pyqtgraph.opengl import GLViewWidget
from PySide6.QtGui import QSurfaceFormat
from PySide6.QtWidgets import QApplication

from packdesk.viewer.setup import surface_format
from peers.common import HEIGHT, WIDTH, measure, words
from peers.qt import Presented, drawn, without_waiting


class Empty:
    def __init__(self, app: QApplication, samples: int) -> None:
        self._app, self._samples = app, samples

    def show(self) -> None:
        self.view = GLViewWidget()
        surface = without_waiting(surface_format())
        surface.setSamples(self._samples)
        self.view.setFormat(surface)
        self.view.resize(WIDTH, HEIGHT)
        self._presented = Presented(self._app, self.view)
        self._presented.after(self.view.show)

    def turn(self, step: int) -> None:
        self._presented.after(lambda: self.view.setCameraPosition(azimuth=0.5 * step))

    def draw(self, _step: int) -> None:
        drawn(self.view, self.view.paintGL)


def main() -> None:
    given = words()
    QSurfaceFormat.setDefaultFormat(without_waiting(surface_format()))
    measure(Empty(QApplication([]), given.samples), given)


if __name__ == "__main__":
    main()
