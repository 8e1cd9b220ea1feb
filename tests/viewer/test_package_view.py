from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from support.pointing import move_to

from packdesk.domain.dimensions import Dimensions
from packdesk.viewer.camera import NAMED_VIEWS
from packdesk.viewer.framing import fit
from packdesk.viewer.picking import is_hidden
from packdesk.viewer.surface import outline_style

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from packdesk.viewer.scene import Scene
    from packdesk.viewer.view import PackageView

Paint = Callable[..., QImage]
LEFT = Qt.MouseButton.LeftButton
SIZE = (480, 360)


@pytest.fixture
def middle(view: PackageView) -> QPoint:
    return QPoint(view.width() // 2, view.height() // 2)


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


def test_a_right_click_asks_for_a_menu(qtbot: QtBot, view: PackageView, middle: QPoint) -> None:
    with qtbot.assertNotEmitted(view.panel_clicked), qtbot.waitSignal(view.context_menu_wanted) as asked:
        QTest.mouseClick(view, Qt.MouseButton.RightButton, pos=middle)
    assert asked.args == ["front", view.mapToGlobal(middle)]


def test_the_menu_key_asks_for_the_selected_panel(view: PackageView, box: Scene, middle: QPoint) -> None:
    asked: list[str] = []
    view.context_menu_wanted.connect(lambda panel_id, _place: asked.append(panel_id))
    view.set_scene(replace(box, selected="left"))
    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
        event = QContextMenuEvent(reason, middle, view.mapToGlobal(middle))
        QApplication.sendEvent(view, event)
        assert event.isAccepted(), "the window has a menu of its docks"
    assert asked == ["left"]


@pytest.mark.parametrize("button", [Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton])
def test_moving_the_package_is_no_click(view: PackageView, middle: QPoint, button: Qt.MouseButton) -> None:
    told: list[str] = []
    view.panel_clicked.connect(told.append)
    view.context_menu_wanted.connect(told.append)
    drag(view, button, middle, QPoint(30, 0))
    assert told == []


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
    qtbot.waitUntil(lambda: view.camera() == fitted)


def test_named_view_glides_there(qtbot: QtBot, view: PackageView) -> None:
    view.show_named_view("right")
    assert view.camera().azimuth != 0.0
    qtbot.waitUntil(lambda: view.camera().azimuth == 0.0)
    assert view.panel_at(QPointF(view.width() / 2, view.height() / 2)) == "right"
    with pytest.raises(KeyError):
        view.show_named_view("inside")


def test_it_turns_to_a_hidden_panel_only(qtbot: QtBot, view: PackageView, middle: QPoint, box: Scene) -> None:
    before = view.camera()
    view.turn_to("front", glide=False)
    QTest.mousePress(view, LEFT, pos=middle)
    view.turn_to("back", glide=False)
    QTest.mouseRelease(view, LEFT, pos=middle)
    view.set_turning(True)
    view.turn_to("back", glide=False)
    view.set_turning(False)
    assert (view.camera().azimuth, view.camera().elevation) == (before.azimuth, before.elevation)
    wheel(view, 2)
    distance = view.camera().distance
    view.turn_to("back")
    assert view.camera().azimuth != 118, "it glides"
    qtbot.waitUntil(lambda: view.camera().azimuth == 118)
    assert not is_hidden(view.camera(), "back", box.dimensions)
    assert view.camera().distance == pytest.approx(distance), "what was zoomed stays so"


def test_hover_is_told_once_per_panel(qtbot: QtBot, view: PackageView, middle: QPoint) -> None:
    told: list[str] = []
    view.panel_hovered.connect(told.append)
    for place in (middle, middle + QPoint(3, 3), QPoint(5, 5), middle):
        move_to(view, QPointF(place))
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
    qtbot.waitUntil(lambda: view.camera().azimuth == NAMED_VIEWS["home"][0])


def test_resizing_the_widget_keeps_the_package_framed(qtbot: QtBot, view: PackageView, box: Scene) -> None:
    view.resize(330, 700)
    qtbot.waitUntil(lambda: view.height() == 700)
    assert view.camera() == fit(view.camera(), "box", box.dimensions, view.width() / view.height())


def test_view_is_described_and_never_tiny(view: PackageView) -> None:
    assert view.accessibleName()
    assert view.minimumSize().toTuple() == (280, 124)
    assert view.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_all_that_is_selected_is_outlined_alike(box: Scene) -> None:
    several = replace(box, selected="front", others=("top",), hovered="left")
    strong, other, faint, none = (
        outline_style(several, one, 1.0) for one in ("front", "top", "left", "back")
    )
    assert strong == other
    assert strong > faint > none
    assert outline_style(replace(several, selected=None, hovered=None), "top", 1.0) == none


def test_a_saved_view_stays_one_in_a_widget_of_another_shape(view: PackageView) -> None:
    view._navigator.orbit(33, 21)
    view._navigator.zoom(0.8, 0.1, 0.05)
    saved = view.saved_view("mine")
    view.resize(view.width(), view.height() * 2 // 3)
    assert view.saved_view("mine") != saved, "by itself a free camera stays where it is"
    view.show_saved_view(saved)
    view.resize(view.width(), view.height() * 2)
    assert view.saved_view("mine").aside == pytest.approx(saved.aside)
    assert view.saved_view("mine").closer == pytest.approx(saved.closer)
    view._navigator.orbit(5, 0)
    moved = view.camera()
    view.resize(view.width() * 2 // 3, view.height())
    assert view.camera() == moved
