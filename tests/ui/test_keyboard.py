"""The main job without a mouse, and the keys themselves."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QToolButton, QWidget
from support.in_step import rows_of

from packdesk.ui.objects.object_menu import object_keys
from packdesk.ui.window.window_help import CheatSheet
from packdesk.viewer.camera import NAMED_VIEWS

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from ui.conftest import Window

    from packdesk.ui.window.main_window import MainWindow

Key, Modifier = Qt.Key, Qt.KeyboardModifier
CONTROL, SHIFT = Modifier.ControlModifier, Modifier.ShiftModifier


@pytest.fixture
def active(open_window: Window, qtbot: QtBot) -> Window:
    open_window.window.activateWindow()
    qtbot.waitUntil(open_window.window.isActiveWindow)
    return open_window


def press(key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """A key goes where the focus is, or to the window."""
    target = QApplication.focusWidget() or QApplication.activeWindow()
    assert target is not None
    held = Modifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(target, key, held)


def write(text: str) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClicks(target, text)


def tab_to(wanted: QWidget) -> None:
    """By Tab alone; at most once around."""
    for _ in range(80):
        focused = QApplication.focusWidget()
        if focused is wanted:
            return
        press(Key.Key_Tab)
    pytest.fail(f"Tab does not come to {wanted}")


def tab_round(window: MainWindow) -> list[QWidget]:
    """Everything Tab comes to, in its order, from the title of the left panel on."""
    tab_to(window.package_dock.findChildren(QToolButton)[0])
    found: list[QWidget] = []
    focused = QApplication.focusWidget()
    while focused is not None and focused not in found:
        found.append(focused)
        press(Key.Key_Tab)
        focused = QApplication.focusWidget()
    assert focused is found[0], "it is a ring"
    return found


def test_the_main_job(active: Window, qtbot: QtBot) -> None:
    window, desk = active
    package, artwork = window.package, window.artwork
    tab_to(package.width_row.field)
    write("100+2*3")
    press(Key.Key_Return)
    assert desk.session.state.package_dimensions.width == 106
    tab_to(package.box_button)
    press(Key.Key_Right)
    assert desk.session.state.package_type == "cylinder"
    qtbot.waitUntil(lambda: not desk.session.unsaved)
    press(Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: desk.session.state.package_dimensions.width == 106)
    assert package.box_button.isChecked()
    tab_to(artwork.list)
    press(Key.Key_Down)
    press(Key.Key_Down)
    scene = window.view.scene()
    assert scene is not None
    assert scene.selected == rows_of(window)[artwork.list.currentRow()].panel_id
    tab_to(artwork.prompt.edit)
    write("vintage floral, 1 of 3")
    with qtbot.waitSignal(desk.session.generation.finished):
        press(Key.Key_G, CONTROL, SHIFT)
    qtbot.waitUntil(lambda: [row.status for row in rows_of(window)] == ["art"] * 6)
    assert {request.prompt for request in desk.provider.requests} == {"vintage floral, 1 of 3"}
    desk.provider.gate = asyncio.Event()
    desk.provider.requests.clear()
    press(Key.Key_G, CONTROL, SHIFT)
    qtbot.waitUntil(lambda: bool(desk.provider.requests))
    with qtbot.waitSignal(desk.session.generation.stopped):
        press(Key.Key_Escape)
    assert [row.status for row in rows_of(window)] == ["art"] * 6
    window.view.setFocus()
    press(Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: [row.status for row in rows_of(window)] == ["empty"] * 6)


@pytest.mark.parametrize(
    ("key", "modifiers", "name"),
    [
        (Key.Key_1, (), "front"),
        (Key.Key_3, (), "right"),
        (Key.Key_7, (), "top"),
        (Key.Key_1, (CONTROL,), "back"),
        (Key.Key_3, (CONTROL,), "left"),
        (Key.Key_7, (CONTROL,), "bottom"),
        (Key.Key_0, (), "home"),
    ],
)
def test_the_views(
    active: Window, qtbot: QtBot, key: Qt.Key, modifiers: tuple[Qt.KeyboardModifier, ...], name: str
) -> None:
    view = active.window.view
    view.show_named_view("bottom" if name != "bottom" else "top", glide=False)
    view.setFocus()
    press(key, *modifiers)
    azimuth, elevation = NAMED_VIEWS[name]
    qtbot.waitUntil(lambda: (view.camera().azimuth, view.camera().elevation) == (azimuth, elevation))


def test_the_perspective(active: Window, qtbot: QtBot) -> None:
    view = active.window.view
    view.setFocus()
    usual = view.camera().field_of_view
    press(Key.Key_5)
    qtbot.waitUntil(lambda: view.camera().field_of_view < usual / 2)
    press(Key.Key_5)
    qtbot.waitUntil(lambda: view.camera().field_of_view == usual)


def test_keys_of_the_views_do_not_stop_typing(active: Window) -> None:
    window = active.window
    camera = window.view.camera()
    tab_to(window.artwork.prompt.edit)
    write("0 1 3 5 7")
    press(Key.Key_Delete)
    assert window.artwork.prompt.prompt() == "0 1 3 5 7"
    tab_to(window.package.height_row.field)
    write("137.5")
    press(Key.Key_Return)
    assert active.desk.session.state.package_dimensions.height == 137.5
    assert window.view.camera().azimuth == camera.azimuth
    assert window.view.camera().field_of_view == camera.field_of_view


def test_space_turns_only_in_the_view(active: Window) -> None:
    window = active.window
    turning = window.actions_["turntable"].isChecked
    tab_to(window.package.lock_button)
    press(Key.Key_Space)
    assert window.package.lock_button.isChecked()
    window.package.width_row.slider.setFocus()
    press(Key.Key_Space)
    assert not turning()
    for other in (window.artwork.list, window.flat, window.artwork.prompt.edit):
        tab_to(other)
        press(Key.Key_Space)
        assert not turning(), other
    assert window.artwork.prompt.prompt() == " "
    welcome = window.centre.welcome
    tab_to(welcome.prompt_button)
    press(Key.Key_Space)
    assert not turning(), "it lies over the view"
    assert QApplication.focusWidget() is window.artwork.prompt.edit
    tab_to(window.view)
    press(Key.Key_Space)
    assert turning()
    press(Key.Key_Space)
    assert not turning()


def test_tab_goes_from_number_to_number_and_undo_takes_each_back(active: Window, qtbot: QtBot) -> None:
    window, desk = active
    assert QApplication.focusWidget() is window.view, "at the start"
    tab_to(window.package.width_row.field)
    for number in ("75", "130", "65"):
        write(number)
        press(Key.Key_Tab)
    assert desk.session.state.package_dimensions.as_tuple() == (75, 130, 65)
    qtbot.waitUntil(lambda: not desk.session.unsaved)
    for size, place in (
        ((75, 130, 100), window.package.depth_row.field),
        ((75, 150, 100), window.artwork.prompt.edit),
        ((100, 150, 100), window.package.lock_button),
    ):
        place.setFocus()
        with qtbot.waitSignal(desk.session.state_changed):
            press(Key.Key_Z, CONTROL)
        assert desk.session.state.package_dimensions.as_tuple() == size
    window.package.width_row.field.setFocus()
    press(Key.Key_Z, CONTROL, SHIFT)
    qtbot.waitUntil(lambda: desk.session.state.package_dimensions.width == 75)


def test_undo_takes_back_what_is_being_typed_first(active: Window) -> None:
    window, desk = active
    window.package.width_row.field.setFocus()
    window.package.width_row.field.selectAll()
    write("12")
    press(Key.Key_Z, CONTROL)
    assert (window.package.width_row.field.text(), desk.session.unsaved) == ("100 mm ", False)
    window.artwork.prompt.edit.setFocus()
    write("a tin of tea")
    press(Key.Key_Z, CONTROL)
    assert window.artwork.prompt.prompt() == ""
    press(Key.Key_Return)
    assert (window.artwork.prompt.prompt(), desk.session.job.running) == ("\n", False), "it sends nothing"


def keeps(field: QWidget, key: Qt.Key = Key.Key_Z, *, held: bool, at: int = 0) -> bool:
    """Whether a field keeps Ctrl and a key from the window's shortcuts, as Qt asks it."""
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, CONTROL, "", held)
    event.setTimestamp(at)
    event.ignore()
    QApplication.sendEvent(field, event)
    return event.isAccepted()


def test_undo_that_is_held_stops_where_the_text_ends(active: Window) -> None:
    window = active.window
    window.artwork.prompt.words.body.show()
    window.generations.dock.toggleViewAction().trigger()
    assert window.generations.panel is not None
    fields: tuple[QWidget, ...] = (
        window.package.width_row.field,
        window.artwork.prompt.edit,
        window.artwork.prompt.words.fields["brand"],
        window.generations.panel.search,
    )
    for field in fields:
        field.setFocus()
        assert not keeps(field, held=False), f"{field}: there is nothing to take back: the design's"
        assert not keeps(field, held=True), field
        write("12")
        assert keeps(field, held=False), field
        press(Key.Key_Z, CONTROL)
        assert keeps(field, held=True), f"{field}: the text is as it was; the key goes no further"
        release = QKeyEvent(QEvent.Type.KeyRelease, Key.Key_Z, CONTROL)
        release.setTimestamp(1000)
        QApplication.sendEvent(field, release)
        assert keeps(field, held=False, at=1000), f"{field}: so X11 repeats"
        assert not keeps(field, held=False), f"{field}: pressed anew, it does"


def test_arrow_keys_move_a_slider_that_was_clicked(active: Window) -> None:
    row = active.window.package.width_row
    QTest.mouseClick(row.slider, Qt.MouseButton.LeftButton, pos=row.slider.rect().center())
    before = row.field.millimetres()
    press(Key.Key_Right)
    assert row.field.millimetres() == before + 1


@pytest.mark.parametrize("floating", [False, True])
def test_what_generates_leaves_the_focus_where_keys_do_no_harm(
    active: Window, qtbot: QtBot, *, floating: bool
) -> None:
    window, desk = active
    window.artwork_dock.setFloating(floating)
    window.artwork.prompt.edit.setPlainText("vintage floral pattern")
    button = window.artwork.prompt.all_button
    button.window().activateWindow()
    qtbot.waitUntil(button.window().isActiveWindow)
    button.setFocus()
    desk.provider.gate = asyncio.Event()
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: not button.isEnabled())
    home = window.artwork.prompt.edit if floating else window.view
    qtbot.waitUntil(home.hasFocus)
    press(Key.Key_Space)
    assert window.artwork_dock.isFloating() is floating
    with qtbot.waitSignal(desk.session.generation.stopped):
        desk.session.generation.cancel()


def test_the_focus_leaves_what_is_hidden(active: Window) -> None:
    window = active.window
    window.artwork.prompt.edit.setFocus()
    window.artwork_dock.hide()
    assert QApplication.focusWidget() is window.view


def test_in_full_screen_there_is_nothing_but_the_package(active: Window, qtbot: QtBot) -> None:
    window = active.window
    window.select("front")
    window.messages.show_text("Something waits.")
    window.package.width_row.field.setFocus()
    press(Key.Key_F11)
    qtbot.waitUntil(window.isFullScreen)
    scene = window.view.scene()
    assert scene is not None
    assert (scene.selected, window.messages.isVisible(), window.centre.welcome.isVisible()) == (
        None,
        False,
        False,
    )
    hint = window.centre.way_out
    assert (hint.words.isVisible(), hint.rest.isActive()) == (True, True)
    hint.rest.timeout.emit()
    assert not hint.words.isVisible(), "it goes by itself"
    window.messages.show_text("More waits.")
    for key in (Key.Key_Tab, Key.Key_Tab, Key.Key_Space):
        press(key)
        assert QApplication.focusWidget() is window.view
        assert not window.messages.isVisible()
    assert window.actions_["turntable"].isChecked()
    press(Key.Key_F11)
    qtbot.waitUntil(lambda: not window.isFullScreen())
    scene = window.view.scene()
    assert scene is not None
    assert (scene.selected, window.messages.isVisible()) == ("front", True)
    assert QApplication.focusWidget() is window.package.width_row.field


def test_the_flat_view_comes_and_goes(active: Window) -> None:
    window = active.window
    window.view.setFocus()
    press(Key.Key_F4)
    assert not window.flat.isVisible()
    press(Key.Key_F4)
    assert window.flat.isVisible()


@pytest.mark.parametrize("way_out", [Key.Key_F11, Key.Key_Escape])
def test_full_screen_and_back(active: Window, qtbot: QtBot, way_out: Qt.Key) -> None:
    window = active.window
    around = [
        window.menuBar(),
        window.bar,
        window.status,
        window.flat,
        window.package_dock,
        window.artwork_dock,
    ]
    window.package.width_row.field.setFocus()
    press(Key.Key_F11)
    qtbot.waitUntil(window.isFullScreen)
    assert not any(part.isVisible() for part in around)
    press(Key.Key_F4)
    assert not window.flat.isVisible(), "it waits for the end of full screen"
    press(Key.Key_F4)
    press(way_out)
    qtbot.waitUntil(lambda: not window.isFullScreen())
    assert all(part.isVisible() for part in around)
    assert not window.actions_["full_screen"].isChecked()


def test_the_flat_view_may_be_put_away_in_full_screen(active: Window) -> None:
    window = active.window
    window.view.setFocus()
    press(Key.Key_F11)
    press(Key.Key_F4)
    press(Key.Key_F11)
    assert not window.flat.isVisible()
    assert not window.actions_["flat"].isChecked()


def test_the_cheat_sheet_lists_every_key(active: Window, qtbot: QtBot) -> None:
    window = active.window
    window.view.setFocus()
    press(Key.Key_F1)
    sheet = window.findChild(CheatSheet)
    assert isinstance(sheet, CheatSheet)
    qtbot.waitUntil(sheet.isActiveWindow)
    listed = Counter(label.text() for label in sheet.findChildren(QLabel))
    listed -= Counter(keys for _, keys in object_keys())  # some mean both, a panel or what is chosen on it
    for spec in window.actions_.specs:
        shortcut = window.actions_[spec.name].shortcut()
        if not shortcut.isEmpty():
            assert listed[shortcut.toString(QKeySequence.SequenceFormat.NativeText)] == 1, spec.name
    press(Key.Key_Escape)
    assert not sheet.isVisible()


def test_no_two_actions_share_a_key(active: Window) -> None:
    actions = active.window.actions_
    keys = [key.toString() for spec in actions.specs for key in actions[spec.name].shortcuts()]
    assert [key for key, times in Counter(keys).items() if times > 1] == []


def test_no_two_entries_of_a_menu_share_a_letter(active: Window) -> None:
    for menu in active.window.menuBar().findChildren(QMenu):
        texts = [entry.text() for entry in menu.actions() if "&" in entry.text()]
        letters = [text[text.index("&") + 1].lower() for text in texts]
        assert [letter for letter, times in Counter(letters).items() if times > 1] == [], menu.title()


def test_the_focus_goes_from_left_to_right(active: Window) -> None:
    window = active.window
    found = tab_round(window)
    parts = (window.package_dock, window.centre, window.artwork_dock)
    order = [next(number for number, part in enumerate(parts) if part.isAncestorOf(one)) for one in found]
    assert order == sorted(order)
    assert set(order) == {0, 1, 2}
    rows = [found.index(row.field) for row in window.package._rows]
    assert rows == sorted(rows)
    assert found.index(window.view) < found.index(window.flat)
    assert found.index(window.artwork.list) < found.index(window.artwork.prompt.edit)


def test_tab_comes_to_every_control(active: Window, qtbot: QtBot) -> None:
    window = active.window
    window.artwork.prompt.edit.setPlainText("vintage floral pattern")
    window.artwork.list.setCurrentRow(0)
    with qtbot.waitSignal(active.desk.session.generation.finished):
        window.actions_["generate_all"].trigger()
    qtbot.waitUntil(window.actions_["clear_panel"].isEnabled)
    window.messages.show_text("Something to close.")
    found = tab_round(window)
    for widget in window.findChildren(QWidget):
        usable = widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None
        if usable and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.window() is window:
            assert widget in found, (widget, widget.accessibleName())


def test_every_button_can_be_pressed_by_key(active: Window) -> None:
    for widget in active.window.findChildren(QAbstractButton):
        inside_bar = active.window.bar.isAncestorOf(widget)
        of_dock = widget.objectName().startswith("qt_dockwidget")
        if widget.isVisible() and not inside_bar and not of_dock:
            assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, (widget, widget.accessibleName())
