from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QOpenGLContext, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from packdesk.domain.dimensions import Dimensions
from packdesk.viewer.camera import NAMED_VIEWS
from packdesk.viewer.framing import fit
from packdesk.viewer.render import render_image
from packdesk.viewer.stage import Stage
from packdesk.viewer.view import PackageView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from packdesk.viewer.frame import Frame
    from packdesk.viewer.scene import Scene

Paint = Callable[..., QImage]
LEFT = Qt.MouseButton.LeftButton
SIZE = (480, 360)


@pytest.fixture
def view(qtbot: QtBot, box: Scene) -> PackageView:
    view = PackageView(samples=0)
    qtbot.addWidget(view)
    view.resize(*SIZE)
    view.set_scene(box)
    view.show_named_view("front", glide=False)
    view.show()
    qtbot.waitExposed(view)
    view.grabFramebuffer()
    return view


@pytest.fixture
def middle(view: PackageView) -> QPoint:
    return QPoint(view.width() // 2, view.height() // 2)


def seen(view: PackageView, x: int | None = None, y: int | None = None) -> QColor:
    image: QImage = view.grabFramebuffer()
    return image.pixelColor(view.width() // 2 if x is None else x, view.height() // 3 if y is None else y)


def drag(view: PackageView, button: Qt.MouseButton, start: QPoint, step: QPoint, steps: int = 5) -> None:
    """Press, move in steps and release; QTest's own move events carry no buttons."""

    def send(kind: QEvent.Type, place: QPoint, single: Qt.MouseButton, held: Qt.MouseButton) -> None:
        where = QPointF(place)
        modifiers = Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, where, QPointF(view.mapToGlobal(place)), single, held, modifiers)
        QApplication.sendEvent(view, event)

    none = Qt.MouseButton.NoButton
    send(QEvent.Type.MouseButtonPress, start, button, button)
    for index in range(1, steps + 1):
        send(QEvent.Type.MouseMove, start + step * index, none, button)
    send(QEvent.Type.MouseButtonRelease, start + step * steps, button, none)


def wheel(view: PackageView, notches: int) -> None:
    centre = QPointF(view.width() / 2, view.height() / 2)
    event = QWheelEvent(
        centre,
        view.mapToGlobal(centre),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def test_a_scene_is_drawn_and_an_empty_view_is_not_black(qtbot: QtBot, view: PackageView) -> None:
    board, backdrop = seen(view), seen(view, 5, 5)
    assert board.lightness() > 215
    assert 150 < backdrop.lightness() < 225
    empty = PackageView(samples=0)
    qtbot.addWidget(empty)
    empty.show()
    qtbot.waitExposed(empty)
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
    qtbot.waitUntil(lambda: view.uploads == uploads + 4, timeout=3000)
    assert seen(view).green() > seen(view).red() + 40


def test_an_idle_view_draws_no_frames(qtbot: QtBot, view: PackageView, box: Scene) -> None:
    qtbot.wait(150)
    frames: list[int] = []
    view.frameSwapped.connect(lambda: frames.append(1))
    qtbot.wait(200)
    assert frames == []
    view.set_scene(replace(box, selected="front"))
    qtbot.waitUntil(lambda: len(frames) > 0, timeout=3000)


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


@pytest.mark.parametrize(("name", "panel_id"), [("front", "front"), ("top", "top"), ("left", "left")])
def test_click_names_the_panel(
    qtbot: QtBot, view: PackageView, middle: QPoint, name: str, panel_id: str
) -> None:
    view.show_named_view(name, glide=False)
    with qtbot.waitSignal(view.panel_clicked) as clicked:
        QTest.mouseClick(view, LEFT, pos=middle)
    assert clicked.args == [panel_id]


def test_click_beside_the_package_names_nothing(qtbot: QtBot, view: PackageView) -> None:
    with qtbot.waitSignal(view.panel_clicked) as clicked:
        QTest.mouseClick(view, LEFT, pos=QPoint(4, 4))
    assert clicked.args == [""]


def test_right_click_is_not_a_click(qtbot: QtBot, view: PackageView, middle: QPoint) -> None:
    with qtbot.assertNotEmitted(view.panel_clicked):
        QTest.mouseClick(view, Qt.MouseButton.RightButton, pos=middle)


def test_drag_orbits_keeps_the_package_framed_and_is_no_click(
    qtbot: QtBot, view: PackageView, box: Scene, middle: QPoint
) -> None:
    before = view.grabFramebuffer()
    with qtbot.assertNotEmitted(view.panel_clicked):
        drag(view, LEFT, middle, QPoint(-12, 6))
    camera = view.camera()
    assert camera.azimuth > -90 + 10, "dragging to the left shows the right side"
    assert camera.elevation > 5, "dragging down shows the top"
    assert camera == fit(camera, "box", box.dimensions, SIZE[0] / SIZE[1])
    assert view.grabFramebuffer() != before


def test_orbit_stops_overhead(view: PackageView, middle: QPoint) -> None:
    drag(view, LEFT, middle, QPoint(0, 200))
    assert view.camera().elevation == 90


def test_a_trembling_hand_still_clicks(qtbot: QtBot, view: PackageView, middle: QPoint) -> None:
    before = view.camera()
    with qtbot.waitSignal(view.panel_clicked):
        drag(view, LEFT, middle, QPoint(1, 1), steps=2)
    assert view.camera() == before


@pytest.mark.parametrize("button", [Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton])
def test_pan_moves_the_package_with_the_pointer(
    view: PackageView, middle: QPoint, button: Qt.MouseButton
) -> None:
    assert view.panel_at(QPointF(middle)) == "front"
    assert view.panel_at(QPointF(middle + QPoint(130, 0))) == ""
    drag(view, button, middle, QPoint(20, 0))
    assert view.panel_at(QPointF(middle + QPoint(130, 0))) == "front"
    assert view.panel_at(QPointF(middle)) == "front" or view.panel_at(QPointF(middle)) == ""
    assert (view.camera().azimuth, view.camera().elevation) == NAMED_VIEWS["front"]


def test_after_pan_or_zoom_a_size_change_leaves_the_camera(view: PackageView, box: Scene) -> None:
    wheel(view, 2)
    zoomed = view.camera()
    view.set_scene(replace(box, dimensions=Dimensions(width=120, height=150, depth=70)))
    assert view.camera() == zoomed
    view.fit(glide=False)
    assert view.camera() != zoomed


def test_wheel_zooms_within_limits(view: PackageView) -> None:
    start = view.camera().distance
    wheel(view, 1)
    assert view.camera().distance < start
    wheel(view, 200)
    nearest = view.camera().distance
    assert nearest > 35, "the eye went through the front"
    wheel(view, -400)
    assert start < view.camera().distance < 6 * start


def test_double_click_fits(qtbot: QtBot, view: PackageView, middle: QPoint) -> None:
    fitted = view.camera()
    wheel(view, -5)
    assert view.camera() != fitted
    QTest.mouseDClick(view, LEFT, pos=middle)
    qtbot.waitUntil(lambda: view.camera() == fitted, timeout=3000)


def test_named_view_glides_there(qtbot: QtBot, view: PackageView) -> None:
    view.show_named_view("right")
    assert view.camera().azimuth != 0.0
    qtbot.waitUntil(lambda: view.camera().azimuth == 0.0, timeout=3000)
    assert view.panel_at(QPointF(view.width() / 2, view.height() / 2)) == "right"
    with pytest.raises(KeyError):
        view.show_named_view("inside")


def test_hover_is_told_once_per_panel(qtbot: QtBot, view: PackageView, middle: QPoint) -> None:
    told: list[str] = []
    view.panel_hovered.connect(told.append)
    for place in (middle, middle + QPoint(3, 3), QPoint(5, 5), middle):
        QTest.mouseMove(view, place)
        QApplication.processEvents()
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert told == ["front", "", "front", ""]


def test_keys_turn_zoom_and_fit(qtbot: QtBot, view: PackageView) -> None:
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.camera().azimuth == -85
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.camera().elevation == 5
    distance = view.camera().distance
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.camera().distance < distance
    QTest.keyClick(view, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: view.camera().azimuth == NAMED_VIEWS["home"][0], timeout=3000)


def test_resizing_the_widget_keeps_the_package_framed(qtbot: QtBot, view: PackageView, box: Scene) -> None:
    view.resize(330, 700)
    qtbot.waitUntil(lambda: view.height() == 700)
    assert view.camera() == fit(view.camera(), "box", box.dimensions, view.width() / view.height())


def test_failure_is_reported_once_and_in_words(
    qtbot: QtBot, view: PackageView, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tries: list[int] = []

    def explode(*_: object) -> bool:
        tries.append(1)
        raise RuntimeError("out of memory")

    monkeypatch.setattr(Stage, "draw", explode)
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
    draw = Stage.draw

    def watched(stage: Stage, scene: Scene, frame: Frame) -> bool:
        collecting.append(gc.isenabled())
        return draw(stage, scene, frame)

    monkeypatch.setattr(Stage, "draw", watched)
    view.grabFramebuffer()
    render_image(box, view.camera(), 20, 20)
    assert collecting == [False, False], "freeing another view in here crashes"
    assert gc.isenabled()


def test_view_is_described_and_never_tiny(view: PackageView) -> None:
    assert view.accessibleName()
    assert view.minimumWidth() >= 320
    assert view.minimumHeight() >= 240
    assert view.focusPolicy() == Qt.FocusPolicy.StrongFocus
