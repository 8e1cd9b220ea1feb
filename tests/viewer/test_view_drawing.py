from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QOpenGLContext
from PySide6.QtWidgets import QApplication
from support.drawing import render_image

from packdesk.domain.dimensions import Dimensions
from packdesk.viewer.renderer import Renderer
from packdesk.viewer.view import PackageView

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot

    from packdesk.viewer.frame import RenderFrame
    from packdesk.viewer.scene import Scene

Paint = Callable[..., QImage]
LEFT = Qt.MouseButton.LeftButton
SIZE = (480, 360)


def seen(view: PackageView, x: int | None = None, y: int | None = None) -> QColor:
    image: QImage = view.grabFramebuffer()
    return image.pixelColor(view.width() // 2 if x is None else x, view.height() // 3 if y is None else y)


def test_a_scene_is_drawn_and_an_empty_view_is_not_black(qtbot: QtBot, view: PackageView) -> None:
    board, backdrop = seen(view), seen(view, 5, 5)
    assert board.lightness() > 215
    assert 150 < backdrop.lightness() < 225
    empty = PackageView(samples=0)
    qtbot.addWidget(empty)
    with qtbot.waitExposed(empty):
        empty.show()
    assert seen(empty) == empty.palette().window().color()


def test_size_change_uploads_nothing_and_changes_the_picture(
    qtbot: QtBot, view: PackageView, box: Scene, paint_plain: Paint
) -> None:
    shown = replace(box, textures={"front": paint_plain("#d02020")})
    view.set_scene(shown)
    before, uploads = view.grabFramebuffer(), view.uploads
    assert uploads > 0
    red_columns = []
    for width in (20, 60, 300):
        view.set_scene(replace(shown, dimensions=Dimensions(width=width, height=150, depth=70)))
        image = view.grabFramebuffer()
        assert image != before
        row = [image.pixelColor(x, SIZE[1] // 3) for x in range(SIZE[0])]
        red_columns.append(sum(colour.red() - colour.green() > 60 for colour in row))
    assert view.uploads == uploads
    assert 0 < 2 * red_columns[0] < red_columns[1] < red_columns[2] / 2


def test_a_picture_is_uploaded_once_and_again_only_when_it_changed(
    view: PackageView, box: Scene, paint_plain: Paint
) -> None:
    red = paint_plain("#d02020")
    uploads = view.uploads
    for _ in range(3):
        view.set_scene(replace(box, textures={"front": red}))
        assert seen(view).red() > seen(view).green() + 80
    assert view.uploads == uploads + 1
    view.set_scene(replace(box, textures={"front": QImage(red)}))  # the same picture in another object
    view.grabFramebuffer()
    assert view.uploads == uploads + 1
    red.fill(QColor("#2040d0"))
    view.set_scene(replace(box, textures={"front": red}))
    assert seen(view).blue() > seen(view).red() + 80
    assert view.uploads == uploads + 2
    view.set_scene(box)
    assert seen(view).lightness() > 215


def test_pictures_arrive_one_a_frame(qtbot: QtBot, view: PackageView, box: Scene, paint_plain: Paint) -> None:
    textures = {panel_id: paint_plain("#208040") for panel_id in ("back", "left", "right", "front")}
    uploads = view.uploads
    view.set_scene(replace(box, textures=textures))
    view.grabFramebuffer()
    assert view.uploads == uploads + 1
    qtbot.waitUntil(lambda: view.uploads == uploads + 4)
    assert seen(view).green() > seen(view).red() + 40


def test_an_idle_view_draws_no_frames(qtbot: QtBot, view: PackageView, box: Scene) -> None:
    qtbot.wait(150)
    frames: list[int] = []
    view.frameSwapped.connect(lambda: frames.append(1))
    qtbot.wait(200)
    assert frames == []
    view.set_scene(replace(box, selected="front"))
    qtbot.waitUntil(lambda: len(frames) > 0)


def test_a_file_render_in_between_leaves_the_view_alone(qtbot: QtBot, view: PackageView, box: Scene) -> None:
    before = view.grabFramebuffer()
    view.makeCurrent()
    render_image(box, view.camera(), 40, 30)
    context = QOpenGLContext.currentContext()
    assert context is not None
    assert context is view.context()
    view.doneCurrent()
    assert view.grabFramebuffer() == before


def test_package_type_can_change_and_back(
    view: PackageView, box: Scene, cylinder: Scene, paint_plain: Paint
) -> None:
    view.set_scene(replace(cylinder, textures={"body": paint_plain("#d02020")}))
    assert seen(view).red() > seen(view).green() + 80
    view.set_scene(box)
    assert seen(view).lightness() > 215


def test_failure_is_reported_once_and_in_words(
    qtbot: QtBot, view: PackageView, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tries: list[int] = []

    def explode(*_: object) -> bool:
        tries.append(1)
        raise RuntimeError("out of memory")

    monkeypatch.setattr(Renderer, "draw", explode)
    told: list[str] = []
    view.draw_failed.connect(told.append)
    for _ in range(4):
        view.repaint()
        QApplication.processEvents()
    assert told == ["The 3D view cannot be drawn: out of memory"]
    assert len(tries) == 1, "a broken view tries again at every frame"
    assert capsys.readouterr().err == ""


def test_garbage_is_not_collected_while_drawing(
    view: PackageView, box: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    collecting: list[bool] = []
    draw = Renderer.draw

    def watched(renderer: Renderer, scene: Scene, frame: RenderFrame) -> bool:
        collecting.append(gc.isenabled())
        return draw(renderer, scene, frame)

    monkeypatch.setattr(Renderer, "draw", watched)
    gc.enable()  # the tests run without
    view.grabFramebuffer()
    render_image(box, view.camera(), 20, 20)
    assert gc.isenabled()
    gc.disable()
    assert collecting == [False, False], "freeing another view in here crashes"
