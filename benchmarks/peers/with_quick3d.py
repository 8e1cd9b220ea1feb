"""Qt Quick 3D in a window of its own: six textured planes, one lamp, its principled material."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication, QQuaternion, QSurfaceFormat, QVector3D
from PySide6.QtQuick import QQuickView
from PySide6.QtQuick3D import QQuick3D

from peers.common import BOX, HEIGHT, PANELS, WIDTH, camera, files, measure, words
from peers.qt import Presented, without_waiting

if TYPE_CHECKING:
    import argparse

# z is up, as everywhere here; #Rectangle is 100 units wide, faces z and has its picture's top at y.
FACES = {
    "front": ("0, -0.5, 0.5", "90, 0, 0", "w", "h"),
    "back": ("0, 0.5, 0.5", "90, 180, 0", "w", "h"),
    "left": ("-0.5, 0, 0.5", "90, -90, 0", "d", "h"),
    "right": ("0.5, 0, 0.5", "90, 90, 0", "d", "h"),
    "top": ("0, 0, 1", "0, 0, 0", "w", "d"),
    "bottom": ("0, 0, 0", "180, 0, 0", "w", "d"),
}


def scene(samples: int) -> str:
    faces = "\n".join(
        f"""Model {{
            source: "#Rectangle"
            position: Qt.vector3d({place.split(",")[0]} * root.w, {place.split(",")[1]} * root.d,
                                  {place.split(",")[2]} * root.h)
            rotation: root.turned({angles})
            scale: Qt.vector3d(root.{across} / 100, root.{up} / 100, 1)
            materials: PrincipledMaterial {{
                baseColorMap: Texture {{
                    source: root.pictures["{panel}"] ?? ""; generateMipmaps: true; mipFilter: Texture.Linear
                }}
            }}
        }}"""
        for panel, (place, angles, across, up) in FACES.items()
    )
    mode = "SceneEnvironment.MSAA" if samples else "SceneEnvironment.NoAA"
    return f"""
import QtQuick
import QtQuick3D
View3D {{
    id: root
    property real w: {BOX.width}
    property real d: {BOX.depth}
    property real h: {BOX.height}
    property var pictures: ({{}})
    property vector3d eye
    property quaternion look
    function turned(tilt, around, roll) {{
        return Quaternion.fromEulerAngles(0, 0, around).times(Quaternion.fromEulerAngles(tilt, 0, roll))
    }}
    environment: SceneEnvironment {{
        antialiasingMode: {mode}; antialiasingQuality: SceneEnvironment.High
        backgroundMode: SceneEnvironment.Color; clearColor: "#cfd4da"
    }}
    PerspectiveCamera {{
        position: root.eye; rotation: root.look; fieldOfView: {camera(0).field_of_view}
        fieldOfViewOrientation: PerspectiveCamera.Vertical; clipNear: 10; clipFar: 5000
    }}
    DirectionalLight {{ rotation: root.look }}
    {faces}
}}
"""


class Quick3d:
    def __init__(self, app: QGuiApplication, given: argparse.Namespace) -> None:
        self._app, self._given = app, given

    def show(self) -> None:
        self._view = QQuickView()
        self._view.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)
        self._view.resize(WIDTH, HEIGHT)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "scene.qml")
            file.write_text(scene(self._given.samples))
            self._view.setSource(QUrl.fromLocalFile(str(file)))
        self._root = self._view.rootObject()
        self._put("a")
        self._look(0)
        self._presented = Presented(self._app, self._view)
        self._presented.after(self._view.show)

    def turn(self, step: int) -> None:
        self._presented.after(lambda: self._look(step))

    def resize(self, width: float) -> None:
        self._presented.after(lambda: self._root.setProperty("w", width))

    def replace_textures(self) -> None:
        self._presented.after(lambda: self._put("b"))

    def start_large(self, file: Path) -> None:
        self._presented.after(lambda: self._put("b", front=file))

    def large_shown(self) -> bool:
        return True

    def uploads(self) -> int:
        return 0

    def _put(self, name: str, **others: Path) -> None:
        pictures = {**files(self._given.pictures, name), **others}
        urls = {panel: QUrl.fromLocalFile(str(pictures[panel])) for panel in PANELS}
        self._root.setProperty("pictures", urls)

    def _look(self, step: int) -> None:
        seen = camera(step)
        self._root.setProperty("eye", QVector3D(*map(float, seen.eye())))
        right, up, back = (QVector3D(*map(float, axis)) for axis in seen.axes())
        self._root.setProperty("look", QQuaternion.fromAxes(right, up, back))


def main() -> None:
    given = words()
    app = QGuiApplication([])  # Qt Quick 3D asks it what is possible
    QSurfaceFormat.setDefaultFormat(without_waiting(QQuick3D.idealSurfaceFormat(given.samples or 1)))
    measure(Quick3d(app, given), given)


if __name__ == "__main__":
    main()
