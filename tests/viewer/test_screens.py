"""What a view draws on: a graphics card's widget, or a picture that Qt paints with the window."""

from __future__ import annotations

from contextlib import nullcontext
from threading import Thread, current_thread
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QOpenGLContext, QSurface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from packdesk.viewer import gl
from packdesk.viewer.screens import Drawing, screen_for
from packdesk.viewer.setup import offscreen_context
from packdesk.viewer.view import PackageView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from packdesk.viewer.scene import Scene

SIZE = (480, 360)


def shown(qtbot: QtBot, scene: Scene) -> PackageView:
    view = PackageView()
    qtbot.addWidget(view)
    view.resize(*SIZE)
    view.set_scene(scene)
    view.show_named_view("front", glide=False)
    view.show()
    qtbot.waitUntil(lambda: view.complete, timeout=5000)
    return view


@pytest.fixture
def software(qapp: QApplication) -> None:
    with offscreen_context() as context:
        if not gl.is_software(context):
            pytest.skip("there is a graphics card")


@pytest.mark.usefixtures("software")
def test_a_processor_puts_no_window_together_by_opengl(qtbot: QtBot, box: Scene) -> None:
    view = shown(qtbot, box)
    assert view.windowHandle().surfaceType() is QSurface.SurfaceType.RasterSurface
    assert view.grab().toImage().pixelColor(240, 120) == view.grabFramebuffer().pixelColor(240, 120)


@pytest.mark.usefixtures("software")
def test_what_lies_over_a_part_of_the_picture_draws_no_frame(qtbot: QtBot, box: Scene) -> None:
    view = shown(qtbot, box)
    qtbot.wait(1)  # its last frame has been told
    frames: list[int] = []
    view.frameSwapped.connect(lambda: frames.append(1))
    label = QLabel("over it", view)
    for _ in range(3):
        label.show()
        QApplication.processEvents()
        label.hide()
        QApplication.processEvents()
    assert frames == []
    view.update()
    qtbot.waitUntil(lambda: frames == [1])


@pytest.mark.parametrize("card", [True, False])
def test_the_view_has_the_mouse_and_what_lies_over_it_is_seen(
    qtbot: QtBot, box: Scene, monkeypatch: pytest.MonkeyPatch, *, card: bool
) -> None:
    monkeypatch.setattr("packdesk.viewer.gl.is_software", lambda _: not card)
    view = shown(qtbot, box)
    label = QLabel(view)
    label.setStyleSheet("background: #ff0000")
    label.setGeometry(0, 0, 40, 40)
    label.show()
    qtbot.waitExposed(view)
    assert view.grab().toImage().pixelColor(20, 20).name() == "#ff0000"
    clicked: list[str] = []
    hovered: list[str] = []
    view.panel_clicked.connect(clicked.append)
    view.panel_hovered.connect(hovered.append)
    for place in (QPoint(60, 60), QPoint(240, 180)):
        QTest.mouseMove(view.windowHandle(), place)
        QApplication.processEvents()
    qtbot.waitUntil(lambda: hovered[-1:] == ["front"])
    QTest.mouseClick(view.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(240, 180))
    qtbot.waitUntil(lambda: clicked == ["front"])


@pytest.mark.usefixtures("software")
def test_a_view_that_is_gone_leaves_no_context(qtbot: QtBot, box: Scene) -> None:
    view = PackageView()
    view.set_scene(box)
    view.grabFramebuffer()
    screen = view._screen
    assert screen
    assert screen.isValid()
    view.close()
    view.deleteLater()
    qtbot.waitUntil(lambda: not screen.isValid())
    screen.makeCurrent()  # nothing happens
    assert QOpenGLContext.currentContext() is None


@pytest.mark.usefixtures("software")
def test_a_view_that_another_thread_ended_is_freed_by_the_next(qtbot: QtBot, box: Scene) -> None:
    surroundings = Drawing(lambda: None, lambda: None, nullcontext, lambda: freed.append(current_thread()))
    freed: list[object] = []
    screens = [screen_for(QWidget(), surroundings)]
    worker = Thread(target=screens.clear)
    worker.start()
    worker.join()
    assert freed == []
    shown(qtbot, box)
    assert freed == [current_thread()]


def test_a_view_follows_its_size_on_a_card_too(
    qtbot: QtBot, box: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("packdesk.viewer.gl.is_software", lambda _: False)
    view = shown(qtbot, box)
    view.resize(300, 500)
    qtbot.waitUntil(lambda: view.grabFramebuffer().size() == view.size())
