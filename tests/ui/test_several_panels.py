"""Panels chosen together, dragged onto each other, and turned to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from support.in_step import rows_of
from support.pointing import drag_over, drop
from support.providers import picture_bytes

from packdesk.textures.incoming import IncomingPicture
from packdesk.ui.panel_drag import KIND, panel_data

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot
    from ui.conftest import Window

    from packdesk.domain.order import GenerationOrder

NONE, CONTROL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def url(one: Window, panel_id: str) -> str | None:
    texture = one.desk.session.state.panel_textures.get(panel_id)
    return texture.texture_url if texture else None


def place_of(one: Window, panel_id: str) -> QPoint:
    panels = one.window.artwork.list
    row = [row.panel_id for row in rows_of(one.window)].index(panel_id)
    panels.scrollToItem(panels.item(row))
    return panels.visualItemRect(panels.item(row)).center()


def click(one: Window, panel_id: str, held: Qt.KeyboardModifier = NONE) -> None:
    viewport = one.window.artwork.list.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, held, place_of(one, panel_id))


@pytest.fixture
def pictured(open_window: Window, qtbot: QtBot, tmp_path: Path) -> Window:
    """A picture on the front, another one on the left."""
    for number, panel_id in enumerate(("front", "left")):
        file = tmp_path / f"{panel_id}.png"
        file.write_bytes(picture_bytes(number, (60 + number, 80)))
        with qtbot.waitSignal(open_window.desk.session.artwork.changed_here):
            open_window.desk.session.artwork.put_pictures({panel_id: IncomingPicture.of_file(file)})
    qtbot.waitUntil(lambda: len(open_window.desk.session.pixmaps.images()) == 2)
    return open_window


def test_several_are_chosen_with_control_and_shift(pictured: Window, qtbot: QtBot) -> None:
    window, desk = pictured
    click(pictured, "front")
    click(pictured, "left", CONTROL)
    click(pictured, "top", CONTROL)
    assert window.artwork.prompt.one_button.text() == "Generate 3 panels"
    solid, sheet = window.view.scene(), window.flat.sheet
    assert solid is not None
    assert sheet is not None
    for scene in (solid, sheet.scene):
        assert sorted([scene.selected or "", *scene.others]) == ["front", "left", "top"], "outlined"
    orders: list[GenerationOrder] = []
    window.artwork.prompt.wanted.connect(orders.append)
    window.artwork.prompt.edit.setPlainText("no")
    window.actions_["generate_one"].trigger()
    assert sorted(orders[0].panel_ids or ()) == ["front", "left", "top"]
    assert not window.actions_["import"].isEnabled(), "for one panel"
    qtbot.waitUntil(window.actions_["turn"].isEnabled)  # that prompt was refused
    before = url(pictured, "front"), url(pictured, "left")
    with qtbot.waitSignal(desk.session.artwork.changed_here):
        window.actions_["turn"].trigger()
    assert None not in before
    assert not {url(pictured, "front"), url(pictured, "left")} & set(before)
    with qtbot.waitSignal(desk.session.state_changed):
        window.actions_["undo"].trigger()
    assert (url(pictured, "front"), url(pictured, "left")) == before, "one step"
    window.actions_["copy"].trigger()
    data = QGuiApplication.clipboard().mimeData()
    assert (len(data.urls()), data.hasImage()) == (2, True)
    with qtbot.waitSignal(desk.session.artwork.changed_here):
        window.actions_["clear_panel"].trigger()
    assert desk.session.state.panel_textures == {}
    click(pictured, "back")
    click(pictured, "right", SHIFT)
    assert window.artwork.prompt.one_button.text() == "Generate 3 panels"
    window.select("front")
    assert window.artwork.prompt.one_button.text() == "Generate Front"
    assert len(window.artwork.list.selectedItems()) == 1


def test_one_picture_is_pasted_on_all_that_are_selected(pictured: Window, qtbot: QtBot) -> None:
    window, desk = pictured
    window.select("front")
    window.actions_["copy"].trigger()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().mimeData().hasImage())
    window.select_panels(("top", "back"))
    with qtbot.waitSignal(desk.session.artwork.changed_here):
        window.actions_["paste"].trigger()
    assert set(desk.session.state.panel_textures) == {"front", "left", "top", "back"}
    with qtbot.waitSignal(desk.session.state_changed):
        window.actions_["undo"].trigger()
    assert set(desk.session.state.panel_textures) == {"front", "left"}, "one step"


@pytest.mark.parametrize(
    ("panel_id", "key", "told"),
    [
        ("back", Qt.Key.Key_R, "There is no artwork on: Back."),
        ("back", Qt.Key.Key_C, "There is no artwork on: Back."),
        ("", Qt.Key.Key_C, "Select a panel first."),
        ("front", Qt.Key.Key_R, ""),
    ],
)
def test_keys_that_can_do_nothing_say_why(
    pictured: Window, qtbot: QtBot, panel_id: str, key: Qt.Key, told: str
) -> None:
    window = pictured.window
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.select(panel_id)
    window.artwork.list.setFocus()
    QTest.keyClick(window.artwork.list, key, CONTROL)
    assert window.status.currentMessage() == told


def target(one: Window, part: str, panel_id: str) -> tuple[QWidget, QPointF]:
    if part == "list":
        return one.window.artwork.list.viewport(), QPointF(place_of(one, panel_id))
    flat = one.window.flat
    assert flat.sheet is not None
    centre = QPointF(*flat.sheet.scene.dieline.panel(panel_id).centre)
    return flat, QPointF(flat.to_pixels().map(centre))


@pytest.mark.parametrize("part", ["list", "flat"])
@pytest.mark.parametrize("held", [NONE, CONTROL])
def test_a_panel_is_dragged_onto_another(
    pictured: Window, qtbot: QtBot, part: str, held: Qt.KeyboardModifier
) -> None:
    front, left = url(pictured, "front"), url(pictured, "left")
    where, place = target(pictured, part, "left")
    assert drag_over(where, panel_data("front"), place, held)
    with qtbot.waitSignal(pictured.desk.session.artwork.changed_here):
        assert drop(where, panel_data("front"), place, held)
    now = url(pictured, "front"), url(pictured, "left")
    assert now == ((left, front) if held == NONE else (front, front))  # both are 100 mm wide
    with qtbot.waitSignal(pictured.desk.session.state_changed):
        pictured.window.actions_["undo"].trigger()
    assert (url(pictured, "front"), url(pictured, "left")) == (front, left)


@pytest.mark.parametrize("part", ["list", "flat"])
def test_what_is_no_panel_of_this_window_is_not_taken(pictured: Window, part: str) -> None:
    where, place = target(pictured, part, "left")
    other = QMimeData()
    other.setData(KIND, b"1:front")
    for data in (panel_data("left"), panel_data("body"), panel_data("x" * 500), other):
        assert not drag_over(where, data, place)
        assert not drop(where, data, place)
    for one in (pictured.window.artwork.list, pictured.window.flat):
        one.set_changeable(changeable=False)
    assert not drag_over(where, panel_data("front"), place)


def test_the_same_as_the_front(pictured: Window, qtbot: QtBot) -> None:
    window = pictured.window
    same = window.actions_["same_as_lead"]
    window.select("front")
    assert (same.text(), same.isEnabled()) == ("Sa&me as Front", False)
    window.select("back")
    with qtbot.waitSignal(pictured.desk.session.artwork.changed_here):
        same.trigger()
    assert url(pictured, "back") == url(pictured, "front")
    assert same in window.panel_menu.actions()


def test_choosing_a_hidden_panel_turns_the_view(open_window: Window, qtbot: QtBot) -> None:
    window = open_window.window
    azimuth = window.view.camera().azimuth
    window.set_turns_to_panels(False)
    click(open_window, "back")
    window.set_turns_to_panels(True)
    click(open_window, "right")
    assert window.view.camera().azimuth == azimuth, "off, then seen already"
    click(open_window, "back")
    qtbot.waitUntil(lambda: window.view.camera().azimuth == 118)


def test_the_menu_of_one_of_several_is_for_all_of_them(pictured: Window) -> None:
    window = pictured.window
    click(pictured, "front")
    click(pictured, "left", SHIFT)
    viewport = window.artwork.list.viewport()
    for panel_id, count in (("left", 3), ("top", 1)):
        QTest.mouseClick(viewport, Qt.MouseButton.RightButton, NONE, place_of(pictured, panel_id))
        window.show_panel_menu(panel_id, QPoint())
        assert len(window._marked.chosen) == count
        window.panel_menu.close()
