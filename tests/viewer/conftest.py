"""The viewer's tests need a real OpenGL: run them with xvfb-run where there is no display."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from support.drawing import render_image

from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.domain.panels import PANEL_IDS
from packdesk.viewer.camera import Camera
from packdesk.viewer.framing import fit
from packdesk.viewer.scene import Scene
from packdesk.viewer.setup import prepare_opengl
from packdesk.viewer.view import PackageView

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

if QApplication.instance() is None:
    prepare_opengl()

QUADRANTS = {"red": "#c01818", "green": "#18a030", "blue": "#1838c0", "yellow": "#d8c018"}

BOX = Scene("box", Dimensions(width=110, height=150, depth=70))
CYLINDER = Scene("cylinder", Dimensions(width=80, height=150, depth=80))


@pytest.fixture
def box(qapp: QApplication) -> Scene:
    return BOX


@pytest.fixture
def cylinder(qapp: QApplication) -> Scene:
    return CYLINDER


def plain_picture(colour: str, width: int = 64, height: int = 64) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGBA8888)
    image.fill(QColor(colour))
    return image


def quadrant_picture() -> QImage:
    """Red and green above, blue and yellow below."""
    image = plain_picture("white", 128, 128)
    painter = QPainter(image)
    for index, colour in enumerate(QUADRANTS.values()):
        painter.fillRect(index % 2 * 64, index // 2 * 64, 64, 64, QColor(colour))
    painter.end()
    return image


def picture_of(
    scene: Scene, view: str = "home", size: tuple[int, int] = (320, 240), **options: bool
) -> QImage:
    camera = fit(Camera().looking(view), scene.package_type, scene.dimensions, size[0] / size[1])
    return render_image(scene, camera, *size, **options)


@pytest.fixture
def paint_plain(qapp: QApplication) -> Callable[..., QImage]:
    return plain_picture


@pytest.fixture
def all_quadrants(qapp: QApplication) -> Callable[[PackageType], dict[str, QImage]]:
    return lambda package_type: {panel_id: quadrant_picture() for panel_id in PANEL_IDS[package_type]}


@pytest.fixture
def picture(qapp: QApplication) -> Callable[..., QImage]:
    """Render a scene from a named view, fitted."""
    return picture_of


@pytest.fixture
def colour_name() -> Callable[[QImage, float, float], str]:
    """Which of the quadrants' colours a pixel is nearest to."""

    def name(image: QImage, x: float, y: float) -> str:
        seen = image.pixelColor(round(x), round(y))

        def distance(colour: str) -> int:
            wanted = QColor(colour)
            return sum(
                (a - b) ** 2
                for a, b in zip(seen.getRgb()[:3], wanted.getRgb()[:3], strict=True)  # type: ignore[index]
            )

        return min(QUADRANTS, key=lambda key: distance(QUADRANTS[key]))

    return name


@pytest.fixture
def run_python(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run a script in a process of its own, where a crash is a result and not the end of the tests."""

    def run(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
        import os

        path = tmp_path / "script.py"
        path.write_text(script, encoding="utf-8")
        root = Path(__file__).resolve().parents[2]
        variables = {**os.environ, "PYTHONPATH": str(root), **environment}
        return subprocess.run(
            [sys.executable, "-X", "faulthandler", str(path)],
            env=variables,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


@pytest.fixture
def view(qtbot: QtBot, box: Scene) -> PackageView:
    view = PackageView(samples=0)
    qtbot.addWidget(view)
    view.resize(480, 360)
    view.set_scene(box)
    view.show_named_view("front", glide=False)
    with qtbot.waitExposed(view):
        view.show()
    view.grabFramebuffer()
    return view
