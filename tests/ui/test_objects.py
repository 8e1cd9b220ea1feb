"""Objects in the window: added, typed, chosen, dragged, moved by keys, ordered, undone, deleted."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from support.pointing import drag, move_to, send_mouse, turn_wheel
from support.providers import picture_bytes
from support.writing import put

from packdesk.domain.objects.arranging import Line, Spread
from packdesk.domain.objects.inks import ink_of
from packdesk.domain.objects.merging import merge
from packdesk.domain.objects.recipe import Recipe, read_recipe
from packdesk.domain.objects.recipe import put as put_objects
from packdesk.domain.objects.running import runs
from packdesk.domain.objects.values import Shape, Text
from packdesk.ui.objects.eyedropper import colour_at
from packdesk.ui.objects.guides import guide_words
from packdesk.ui.objects.list_room import BESIDE_FORM
from packdesk.ui.objects.new_objects import new_object

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot
    from ui.conftest import Window

    from packdesk.domain.objects.values import PanelObject
    from packdesk.ui.objects.object_layer import ObjectLayer
    from packdesk.ui.objects.objects_panel import ObjectsPanel

LEFT = Qt.MouseButton.LeftButton


def open_objects(qtbot: QtBot, open_window: Window) -> tuple[ObjectsPanel, ObjectLayer]:
    window = open_window.window
    window.actions_["objects"].trigger()
    window.select("front")
    panel, layer = window.objects.panel, window.objects.layer
    assert panel is not None
    assert layer is not None
    qtbot.waitUntil(panel.list.isVisible)
    return panel, layer


def changing(qtbot: QtBot, open_window: Window, do: Callable[[], object]) -> None:
    """Do something, and wait until it is written and shown."""
    with qtbot.waitSignal(open_window.desk.session.changed_here):
        do()
    qtbot.waitUntil(lambda: not open_window.window.objects._objects._writing)


def the_object(open_window: Window) -> PanelObject:
    objects = open_window.window.objects._objects.objects
    assert objects is not None
    return objects.recipe.get(open_window.window.objects.chosen)


def recipe_of(open_window: Window) -> Recipe:
    objects = open_window.window.objects._objects.objects
    assert objects is not None
    return objects.recipe


def pixels_of(widget: QWidget, colour: str, area: QRect | None = None) -> int:
    """How many pixels of a widget have a colour."""
    seen = widget.grab(area or widget.rect()).toImage()
    places = ((x, y) for x in range(seen.width()) for y in range(seen.height()))
    return sum(seen.pixelColor(*place).name() == colour for place in places)


def test_a_panel_is_lettered_by_hand(qtbot: QtBot, open_window: Window) -> None:
    window = open_window.window
    panel, layer = open_objects(qtbot, open_window)
    changing(qtbot, open_window, panel.add["text"].click)
    assert window.focusWidget() is layer.typing
    QTest.keyClicks(layer.typing, "Mint Tea")
    changing(
        qtbot,
        open_window,
        lambda: QTest.keyClick(layer.typing, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier),
    )
    assert window.focusWidget() is window.flat
    assert panel.list.item(0).text() == "Mint Tea"
    one = the_object(open_window)
    assert (one.x, one.width) == (20, 60)
    layer.words_typed.emit(one.id, "x" * 10_001)  # pasted in place
    assert "10,000" in window.messages.text.text()
    assert the_object(open_window) == one

    start = layer.spot(one.x + 10, one.y + 2)
    end = layer.spot(one.x + 10, one.y + 2 - 40)
    changing(qtbot, open_window, lambda: drag(window.flat, start, end))
    dragged = the_object(open_window)
    assert (dragged.x, dragged.y) == pytest.approx((one.x, one.y - 40), abs=0.5)
    steps = window.history.stack.count()

    def three_keys() -> None:
        for _ in range(3):
            QTest.keyClick(window.flat, Qt.Key.Key_Right)
        QTest.keyClick(window.flat, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)

    changing(qtbot, open_window, three_keys)
    moved = the_object(open_window)
    assert (moved.x, moved.y) == pytest.approx((dragged.x + 3, dragged.y + 0.1))
    assert window.history.stack.count() == steps + 1
    window.actions_["undo"].trigger()
    qtbot.waitUntil(lambda: the_object(open_window).x == dragged.x)

    corner = layer.spot(dragged.x + dragged.width, dragged.y + dragged.height)
    changing(qtbot, open_window, lambda: drag(window.flat, corner, corner + QPointF(30, 20)))
    assert the_object(open_window).width > dragged.width
    changing(qtbot, open_window, lambda: QTest.keyClick(window.flat, Qt.Key.Key_Delete))
    assert panel.list.count() == 0
    assert "front" not in open_window.desk.session.state.panel_textures


def test_the_dock_shows_the_panel_again_when_it_is_opened_by_its_tab(
    qtbot: QtBot, open_window: Window
) -> None:
    window = open_window.window
    panel, layer = open_objects(qtbot, open_window)
    changing(qtbot, open_window, panel.add["shape"].click)
    window.artwork_dock.raise_()
    qtbot.waitUntil(lambda: not layer.isVisible())
    window.objects.dock.raise_()
    qtbot.waitUntil(lambda: panel.list.isVisible() and panel.list.count() == 1)
    turn = panel.form.fields["turn"]  # made after the window
    turn_wheel(turn, QPointF(5, 5), 1)
    turn_wheel(panel.form.fields["down"], QPointF(5, 5), -1)
    assert turn.value() == 0
    assert the_object(open_window).down == "top"


def test_what_is_moved_is_seen_at_its_place_at_once(qtbot: QtBot, open_window: Window) -> None:
    """Never at two places, and never back at the old one while the new picture is made."""
    window = open_window.window
    _, layer = open_objects(qtbot, open_window)
    shape = Shape(id="s", x=20, y=20, width=20, height=20, ink=ink_of("#c02040"))
    changing(qtbot, open_window, lambda: layer.changed.emit((shape,)))
    qtbot.waitUntil(lambda: layer.held.beneath is not None)
    old, new = layer.spot(25, 25), layer.spot(65, 95)

    def seen() -> list[bool]:
        picture = window.flat.grab().toImage()
        return [picture.pixelColor(spot.toPoint()).name() == "#c02040" for spot in (old, new)]

    qtbot.waitUntil(lambda: seen() == [True, False])
    key = layer._key()
    press, none = QEvent.Type.MouseButtonPress, Qt.MouseButton.NoButton
    send_mouse(window.flat, press, old, LEFT, LEFT)
    move_to(window.flat, new, LEFT)
    assert seen() == [False, True]
    with qtbot.waitSignal(open_window.desk.session.changed_here):
        send_mouse(window.flat, QEvent.Type.MouseButtonRelease, new, LEFT, none)
        assert seen() == [False, True]
    assert seen() == [False, True]
    qtbot.waitUntil(lambda: layer._key() != key)
    qtbot.waitUntil(lambda: not window.objects._objects.waits)
    assert seen() == [False, True]
    qtbot.waitUntil(lambda: layer.held._key is None)


def test_what_is_refused_is_told_beside_its_field(qtbot: QtBot, open_window: Window) -> None:
    panel, _ = open_objects(qtbot, open_window)
    changing(qtbot, open_window, panel.add["barcode"].click)
    value = panel.form.fields["value"]
    qtbot.waitUntil(lambda: panel.list.height() == panel.list.maximumHeight())
    high = panel.list.height()
    value.selectAll()
    QTest.keyClicks(value, "4006381333932")
    QTest.keyClick(value, Qt.Key.Key_Return)
    refusal = panel.form.refusals["value"]
    assert "4006381333931" in refusal.told.text()
    assert value.property("error")
    assert panel.list.height() == high  # the field stays under the hand
    between = refusal.mapTo(panel.form, refusal.rect().topLeft()).y()
    narrow, wide = panel.form.fields["across"], panel.form.fields["value"]
    assert narrow.x() < wide.x()  # short words beside it leave it room
    assert value.geometry().bottom() < between < panel.form.fields["magnification"].geometry().top()
    assert not refusal.visibleRegion().isEmpty()
    assert not panel.form.fields["width"].isEnabled()
    changing(qtbot, open_window, lambda: panel.form.fields["y"].setValue(40))
    assert value.text() == "4006381333932"  # it stays until it is mended
    changing(qtbot, open_window, refusal.offer.click)
    assert value.text() == "4006381333931"
    assert not panel.form.refusals
    assert not value.property("error")
    kind = panel.form.fields["symbology"]
    kind.setCurrentIndex(kind.findData("ean-8"))
    kind.activated.emit(kind.currentIndex())
    assert "8 digits" in panel.form.refusals["symbology"].told.text()
    value.selectAll()
    QTest.keyClicks(value, "96385074")
    changing(qtbot, open_window, lambda: QTest.keyClick(value, Qt.Key.Key_Return))
    assert not panel.form.refusals
    assert kind.currentData() == "ean-8"
    length = panel.form.fields["x"]
    length.selectAll()
    QTest.keyClicks(length, "99999")
    QTest.keyClick(length, Qt.Key.Key_Return)
    assert "99999" in panel.form.refusals["x"].told.text().replace(",", "")
    length.selectAll()
    QTest.keyClicks(length, "20")
    QTest.keyClick(length, Qt.Key.Key_Return)
    assert not panel.form.refusals


def test_codes_and_shapes_by_the_form(qtbot: QtBot, open_window: Window) -> None:
    panel, _ = open_objects(qtbot, open_window)
    changing(qtbot, open_window, panel.add["barcode"].click)
    form = panel.form
    changing(qtbot, open_window, lambda: form.fields["value"].typed.emit("{code}"))
    qtbot.waitUntil(form.filled.isVisible)
    assert "puts in the number" in form.filled.text()
    below, above = form.fields["value"].geometry(), form.fields["magnification"]
    qtbot.waitUntil(lambda: below.bottom() < form.filled.y() < above.y())
    changing(qtbot, open_window, lambda: form.fields["value"].typed.emit("4006381333931"))
    changing(qtbot, open_window, panel.add["shape"].click)
    shape, code = "Rectangle, cmyk 0 0 0 100", "EAN-13 4006381333931"
    assert [panel.list.item(row).text() for row in range(2)] == [shape, code]
    changing(qtbot, open_window, lambda: panel.form.fields["turn"].setValue(30))
    assert the_object(open_window).turn == 30
    changing(qtbot, open_window, lambda: panel.form.fields["x"].setValue(90))
    changing(qtbot, open_window, panel.form.fields["runs_on"].click)
    assert "right" in open_window.desk.session.state.panel_textures
    undone = open_window.window.actions_["undo"]
    undone.trigger()
    qtbot.waitUntil(lambda: "right" not in open_window.desk.session.state.panel_textures)
    qtbot.waitUntil(lambda: not runs(the_object(open_window)))
    changing(qtbot, open_window, panel.down.click)
    assert [panel.list.item(row).text() for row in range(2)] == [code, shape]
    changing(qtbot, open_window, lambda: panel.list.item(0).setCheckState(Qt.CheckState.Unchecked))
    changing(qtbot, open_window, panel.copy.click)
    assert panel.list.count() == 3


def test_two_who_add_something_at_once_both_have_it() -> None:
    recipe = Recipe(panel=(100, 150))
    mine, theirs = (put_objects(new_object("shape", recipe))(recipe) for _ in range(2))
    assert len(merge(recipe, mine, theirs).objects) == 2


def test_a_logo_is_put_and_another_program_s_objects_are_seen(qtbot: QtBot, open_window: Window) -> None:
    panel, _ = open_objects(qtbot, open_window)
    logo = open_window.desk.folder / "logo.png"
    logo.write_bytes(picture_bytes(4, (30, 30)))
    changing(qtbot, open_window, lambda: open_window.window.objects._objects.keep_picture(logo))
    assert the_object(open_window).kind == "picture"
    assert panel.list.item(0).text() == "logo.png"
    open_window.window.select("back")
    qtbot.waitUntil(lambda: panel.list.count() == 0)
    open_window.window.select_panels(("front", "back"))
    assert not panel.list.isVisible()


def test_objects_another_program_took_off_are_put_back(qtbot: QtBot, open_window: Window) -> None:
    window = open_window.window
    panel, _ = open_objects(qtbot, open_window)
    changing(qtbot, open_window, panel.add["shape"].click)
    row = panel.taken_off
    replaced_by_another_program(open_window, "front")
    qtbot.waitUntil(lambda: "took its objects off" in window.messages.text.text())
    window.messages.close_button.click()
    assert row.isVisible()  # the dock offers it as long as it is so
    changing(qtbot, open_window, panel.add["barcode"].click)
    qtbot.waitUntil(lambda: panel.list.count() == 1)
    assert row.isVisible()
    changing(qtbot, open_window, row.put_back.click)
    qtbot.waitUntil(lambda: panel.list.count() == 2 and not row.isVisible())

    replaced_by_another_program(open_window, "front")  # the same picture once more
    qtbot.waitUntil(lambda: "took its objects off" in window.messages.text.text())
    (button,) = (one for one in window.messages.findChildren(QPushButton) if "back" in one.text())
    changing(qtbot, open_window, button.click)
    qtbot.waitUntil(lambda: panel.list.count() == 2 and not window.messages.isVisible())


def replaced_by_another_program(open_window: Window, panel_id: str) -> None:
    store = open_window.desk.store
    foreign = json.loads(store.load() or b"")
    picture = base64.b64encode(picture_bytes(8, (40, 60))).decode()
    foreign["panel_textures"][panel_id]["texture_url"] = f"data:image/png;base64,{picture}"
    put(store, json.dumps(foreign).encode())


def test_several_are_chosen_lined_up_moved_and_copied_to_another_panel(
    qtbot: QtBot, open_window: Window
) -> None:
    window = open_window.window
    panel, layer = open_objects(qtbot, open_window)
    control = Qt.KeyboardModifier.ControlModifier
    shapes = [Shape(id=f"s{x}", x=x, y=x, width=20, height=10) for x in (5, 40, 60)]
    changing(qtbot, open_window, lambda: layer.changed.emit(shapes))
    assert not panel.arrangers[Spread.DOWN].isEnabled()
    window.flat.setFocus()
    QTest.keyClick(window.flat, Qt.Key.Key_A, control)
    assert len(window.objects.selected) == len(panel.list.selectedItems()) == 3
    changing(qtbot, open_window, panel.arrangers[Spread.DOWN].click)
    changing(qtbot, open_window, panel.arrangers[Line.LEFT].click)
    assert [(one.x, one.y) for one in recipe_of(open_window).objects] == [(5, 5), (5, 32.5), (5, 60)]
    assert window.objects.edits is not None
    offered = {action.objectName(): action for action in window.objects.edits.menu().actions()}
    assert offered.keys() >= {"paste", "front", "back", "lock", "hide"}
    window.objects.choose(("s5",))
    front = {action.objectName(): action for action in window.objects.edits.menu().actions()}["front"]
    changing(qtbot, open_window, front.trigger)
    assert recipe_of(open_window).ids[-1] == "s5"
    window.actions_["undo"].trigger()
    qtbot.waitUntil(lambda: recipe_of(open_window).ids[0] == "s5")
    window.objects.choose(("s5", "s40"))
    changing(qtbot, open_window, panel.up.click)
    assert recipe_of(open_window).ids == ("s60", "s5", "s40")
    assert not panel.up.isEnabled()
    changing(qtbot, open_window, panel.down.click)
    assert recipe_of(open_window).ids == ("s5", "s40", "s60")
    window.objects.choose(("s40", "s60", "s5"))
    start = layer.spot(10, 8)
    changing(qtbot, open_window, lambda: drag(window.flat, start, layer.spot(40, 8)))
    moved = [one.x for one in recipe_of(open_window).objects]
    assert moved == [moved[0]] * 3
    assert moved[0] == pytest.approx(35, abs=1)
    window.flat.setFocus()
    QTest.mouseClick(window.flat, LEFT, control, layer.spot(moved[0] + 5, 8).toPoint())
    assert len(window.objects.selected) == 2
    heights = [one.y for one in recipe_of(open_window).objects[1:]]
    QTest.keyClick(window.flat, Qt.Key.Key_C, control)
    window.select("back")
    qtbot.waitUntil(lambda: panel.list.count() == 0 and panel.list.isVisible())
    window.flat.setFocus()
    changing(qtbot, open_window, lambda: QTest.keyClick(window.flat, Qt.Key.Key_V, control))
    assert [one.y for one in recipe_of(open_window).objects] == heights
    assert len(window.objects.selected) == 2


def test_what_differs_between_several_is_no_value_and_what_is_typed_is_all_theirs(
    qtbot: QtBot, open_window: Window
) -> None:
    window = open_window.window
    panel, layer = open_objects(qtbot, open_window)
    form = panel.form
    words = Text(id="t", words="Tea", x=10, y=80, width=40, size=9, ink=ink_of("#c02040"))
    shapes = [Shape(id=f"s{x}", x=x, y=20, width=20, height=x, turn=x, locked=x == 5) for x in (5, 40)]
    changing(qtbot, open_window, lambda: layer.changed.emit((*shapes, words)))
    window.objects.choose(("s5", "s40"))
    fields = form.fields
    assert "2 objects" in form.several.text()
    for name in ("x", "turn", "height"):
        assert (fields[name].text(), fields[name].lineEdit().placeholderText()) == ("", "several")
    assert fields["locked"].checkState() == Qt.CheckState.PartiallyChecked
    accent = window._theme.accent
    assert pixels_of(fields["locked"], accent) > 100, "a box that is filled, not an empty one"
    frame = QRect(layer.spot(5, 20).toPoint() - QPoint(2, 0), QSize(4, 5))
    assert pixels_of(window.flat, accent, frame), "what is locked has a frame, too"
    assert fields["y"].text() == "20 mm "
    steps = window.history.stack.count()

    def type_in(name: str, typed: str) -> None:
        fields[name].setFocus()
        QTest.keyClicks(fields[name], typed)
        QTest.keyClick(fields[name], Qt.Key.Key_Return)

    changing(qtbot, open_window, lambda: type_in("turn", "40"))  # as the one that was chosen last has it
    assert [one.turn for one in recipe_of(open_window).objects] == [40, 40, 0]
    assert fields["turn"].text() == "40°"
    type_in("x", "")  # nothing was typed
    assert fields["x"].text() == ""
    changing(qtbot, open_window, lambda: type_in("x", "40"))
    changing(qtbot, open_window, fields["locked"].click)
    assert [(one.x, one.locked) for one in recipe_of(open_window).objects] == [(40, True)] * 2 + [(10, False)]
    assert window.history.stack.count() == steps + 3
    window.objects.choose(("s5", "s40", "t"))
    fields = form.fields
    assert fields.keys().isdisjoint({"words", "form", "thickness"})
    assert (fields["ink"].text(), fields["ink"].placeholderText()) == ("", "several")
    changing(qtbot, open_window, lambda: type_in("ink", "#203040"))
    assert {getattr(one, "ink", None) for one in recipe_of(open_window).objects} == {ink_of("#203040")}
    assert fields["ink"].text() == "#203040"


def test_fields_follow_a_drag_and_a_new_code_is_typed_over(qtbot: QtBot, open_window: Window) -> None:
    window = open_window.window
    panel, layer = open_objects(qtbot, open_window)
    changing(qtbot, open_window, panel.add["barcode"].click)
    value = panel.form.fields["value"]
    assert window.focusWidget() is value
    assert panel.form.fields["value"].hasSelectedText()
    QTest.keyClicks(value, "4006381333931")
    changing(qtbot, open_window, lambda: QTest.keyClick(value, Qt.Key.Key_Return))
    shape = Shape(id="s", x=30, y=10, width=20, height=10)
    changing(qtbot, open_window, lambda: layer.changed.emit((shape,)))
    window.objects.choose(("s",))
    fields = panel.form.fields
    assert not fields["radius"].isVisible()
    start = layer.spot(40, 15)
    send_mouse(window.flat, QEvent.Type.MouseButtonPress, start, LEFT, LEFT)
    move_to(window.flat, layer.spot(40, 130), LEFT)
    assert layer._now is not None
    assert fields["y"].text() == f"{layer._now.y:.4g} mm "
    assert fields["y"].text() != "10 mm "
    changing(
        qtbot,
        open_window,
        lambda: send_mouse(window.flat, QEvent.Type.MouseButtonRelease, start, LEFT, Qt.MouseButton.NoButton),
    )
    form = fields["form"]
    form.setCurrentIndex(form.findData("rounded"))
    changing(qtbot, open_window, lambda: form.activated.emit(form.currentIndex()))
    assert fields["radius"].isVisible()
    opacity = fields["opacity"]
    for typed in ("85.5", "85,5"):
        opacity.selectAll()
        QTest.keyClicks(opacity, typed)
        assert opacity.valueFromText(opacity.lineEdit().text()) == 85.5


def test_objects_are_grouped_by_keys_and_by_their_menu(qtbot: QtBot, open_window: Window) -> None:
    window = open_window.window
    panel, layer = open_objects(qtbot, open_window)
    shapes = [Shape(id=f"s{x}", x=x, y=x, width=20, height=10) for x in (5, 40)]
    changing(qtbot, open_window, lambda: layer.changed.emit(shapes))
    control = Qt.KeyboardModifier.ControlModifier
    alt = control | Qt.KeyboardModifier.AltModifier
    window.flat.setFocus()
    QTest.keyClick(window.flat, Qt.Key.Key_A, control)
    changing(qtbot, open_window, lambda: QTest.keyClick(window.flat, Qt.Key.Key_G, alt))
    assert [one.group for one in recipe_of(open_window).objects] == ["group-1"] * 2
    QTest.keyClick(window.flat, Qt.Key.Key_Escape)
    offered: list[object] = []
    layer.menu_wanted.connect(offered.append)
    QTest.mouseClick(window.flat, Qt.MouseButton.RightButton, pos=layer.spot(45, 45).toPoint())
    assert offered
    assert len(window.objects.selected) == 2
    assert window.objects.edits is not None
    menu = window.objects.edits.menu()
    undo = next(action for action in menu.actions() if action.objectName() == "ungroup")
    assert not panel.group.isEnabled(), "they are one already"
    changing(qtbot, open_window, undo.trigger)
    assert [one.group for one in recipe_of(open_window).objects] == ["", ""]
    changing(qtbot, open_window, panel.group.click)
    assert len({one.group for one in recipe_of(open_window).objects} - {""}) == 1
    changing(qtbot, open_window, panel.ungroup.click)
    assert [one.group for one in recipe_of(open_window).objects] == ["", ""]
    assert not panel.ungroup.isEnabled()
    assert panel.list.count() == 2


def test_a_colour_is_taken_from_the_artwork(qtbot: QtBot, open_window: Window) -> None:
    window = open_window.window
    panel, layer = open_objects(qtbot, open_window)
    changing(qtbot, open_window, panel.add["shape"].click)
    ink = panel.form.fields["ink"]
    ink.selectAll()
    QTest.keyClicks(ink, "#c02040")
    changing(qtbot, open_window, lambda: QTest.keyClick(ink, Qt.Key.Key_Return))
    one = the_object(open_window)
    scene = window.flat.sheet
    assert scene is not None
    qtbot.waitUntil(lambda: colour_at(window.flat, layer.spot(one.x + 5, one.y + 5)) == "#c02040")
    changing(qtbot, open_window, panel.add["shape"].click)
    changing(qtbot, open_window, lambda: panel.form.fields["y"].setValue(100))
    qtbot.waitUntil(lambda: colour_at(window.flat, layer.spot(one.x + 5, one.y + 5)) == "#c02040")
    panel.form.fields["ink"].setFocus()
    QTest.keyClick(panel.form.fields["ink"], Qt.Key.Key_F8)
    assert window.flat.cursor().shape() == Qt.CursorShape.CrossCursor
    QTest.keyClick(window.flat, Qt.Key.Key_Escape)
    assert window.flat.cursor().shape() != Qt.CursorShape.CrossCursor
    panel.form.fields["ink"].pipette.trigger()
    changing(
        qtbot,
        open_window,
        lambda: QTest.mouseClick(window.flat, LEFT, pos=layer.spot(one.x + 5, one.y + 5).toPoint()),
    )
    taken = the_object(open_window)
    assert isinstance(taken, Shape)
    assert taken.ink == ink_of("#c02040")


def test_an_object_is_chosen_and_moved_in_3d(qtbot: QtBot, open_window: Window) -> None:
    window = open_window.window
    _, layer = open_objects(qtbot, open_window)
    shape = Shape(id="s", x=30, y=60, width=30, height=20)
    changing(qtbot, open_window, lambda: layer.changed.emit((shape,)))
    in_space = window.objects.in_space
    assert in_space is not None
    window.view.show_named_view("front", glide=False)
    start, end = in_space.spot(45, 70), in_space.spot(55, 90)
    assert start is not None
    assert end is not None
    camera = window.view.camera()
    changing(qtbot, open_window, lambda: drag(window.view, start, end))
    moved = the_object(open_window)
    assert (moved.x, moved.y) == pytest.approx((40, 80), abs=0.5)
    assert window.view.camera() == camera
    control = Qt.KeyboardModifier.ControlModifier

    def keys() -> None:
        QTest.keyClick(window.view, Qt.Key.Key_Right)
        QTest.keyClick(window.view, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyClick(window.view, Qt.Key.Key_Right, control)
        QTest.keyClick(window.view, Qt.Key.Key_Left, control | Qt.KeyboardModifier.ShiftModifier)

    changing(qtbot, open_window, keys)
    by_keys = the_object(open_window)
    assert (by_keys.x, by_keys.y) == pytest.approx((moved.x + 1, moved.y - 0.1))
    assert by_keys.turn == 14
    assert window.view.camera() == camera
    beside = in_space.spot(5, 140)
    assert beside is not None
    drag(window.view, beside, beside + QPointF(40, 0))
    assert window.objects.selected == ()
    assert window.view.camera() != camera
    camera = window.view.camera()
    QTest.keyClick(window.view, Qt.Key.Key_Right)
    assert window.view.camera() != camera


def test_the_dock_says_why_objects_cannot_be_read_and_which_typeface_is_missing(
    qtbot: QtBot, open_window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window.window
    window.objects._offer_families(["Known Early"])  # before the dock is filled
    panel, _ = open_objects(qtbot, open_window)
    assert panel.form._families, "what was read before is offered"
    qtbot.waitUntil(lambda: "DejaVu Sans" in panel.form._families)
    changing(qtbot, open_window, panel.add["shape"].click)
    assert panel.form.isVisible()
    low = panel.list.height()
    window.objects.choose(())
    qtbot.waitUntil(lambda: panel.list.height() > 1.5 * low)  # with nothing chosen it has all of the room

    panel.form.show_objects([Text(id="t", words="Tea", family="Gone Serif")])
    assert "Gone Serif is not on this computer." in panel.form.missing.text()
    assert not panel.form.missing.isHidden()
    panel.form.show_objects([Text(id="t", words="Tea", family="DejaVu Sans")])
    assert panel.form.missing.isHidden()

    def newer(*_: object) -> None:
        read_recipe('{"version": 2, "panel": [100, 150], "objects": [], "glows": []}')

    monkeypatch.setattr("packdesk.services.objects.kept_objects", newer)
    with qtbot.waitSignal(window.objects._objects.unread):
        window.select("back")
    assert panel.hint.isVisible()
    assert "made by a newer version" in panel.hint.text()
    assert "Update packdesk" in panel.hint.text()
    assert not window.messages.isVisible()  # it would still say "this panel" beside another one


def test_many_small_objects_can_be_found_and_moved(qtbot: QtBot, open_window: Window) -> None:
    panel, layer = open_objects(qtbot, open_window)
    window = open_window.window
    shapes = [Shape(id=f"s{number}", x=10, y=2 + 2.4 * number, width=6, height=2) for number in range(60)]
    changing(qtbot, open_window, lambda: window.objects._objects.edit(put_objects(*shapes)))
    middle = layer.spot(13, 27)  # of s10, whose handles lie nearer than a hand can tell
    QTest.mouseClick(window.flat, LEFT, pos=middle.toPoint())
    qtbot.waitUntil(lambda: window.objects.chosen == "s10")
    shown = panel.list.visualItemRect(panel.list.currentItem())
    assert panel.list.viewport().rect().contains(shown.center())
    there = the_object(open_window)
    changing(qtbot, open_window, lambda: drag(window.flat, middle, middle + QPointF(40, 0)))
    moved = the_object(open_window)
    assert moved.x > there.x + 1
    assert (moved.width, moved.height, moved.turn) == (there.width, there.height, there.turn)


def test_a_double_click_in_the_list_is_about_the_row_that_was_clicked(
    qtbot: QtBot, open_window: Window
) -> None:
    panel, layer = open_objects(qtbot, open_window)
    window = open_window.window
    texts = [Text(id=f"t{number}", words="Words\n\nbelow", x=10, y=5 * number) for number in range(20)]
    changing(qtbot, open_window, lambda: window.objects._objects.edit(put_objects(*texts)))
    shown = panel.list
    rows = [shown.visualItemRect(shown.item(row)) for row in range(20)]
    row = max(row for row in range(20) if shown.viewport().rect().contains(rows[row]))
    place, name = rows[row].center(), f"t{19 - row}"
    assert place.y() > BESIDE_FORM, "properties would take its place"
    QTest.mouseClick(shown.viewport(), LEFT, pos=place)
    assert window.objects.chosen == name
    QTest.mouseDClick(shown.viewport(), LEFT, pos=place)  # where the pointer still is
    assert window.objects.chosen == name
    assert window.focusWidget() is layer.typing
    assert layer.typing.height() > 3 * layer.typing.fontMetrics().lineSpacing(), "all lines are seen"
    assert panel.form.isVisible()
    QTest.keyClick(layer.typing, Qt.Key.Key_Escape)
    window.objects.choose(())
    qtbot.waitUntil(lambda: shown.viewport().rect().contains(place))
    shown.scrollToTop()
    QTest.mouseClick(shown.viewport(), LEFT, pos=place)
    qtbot.waitUntil(panel.form.isVisible)  # a single click, some time later
    assert shown.height() == BESIDE_FORM
    assert shown.viewport().rect().contains(shown.visualItemRect(shown.currentItem()).center())
    shape = Shape(id="s", x=10, y=10)
    changing(qtbot, open_window, lambda: layer.changed.emit((shape,)))
    window.objects.choose(("s",))
    window.resize(window.width(), 1150)
    qtbot.waitUntil(lambda: shown.height() > BESIDE_FORM)  # what fewer properties leave


def test_what_is_snapped_to_is_said_and_nothing_stays_where_it_was(qtbot: QtBot, open_window: Window) -> None:
    window = open_window.window
    _, layer = open_objects(qtbot, open_window)
    near, far = layer.spot(20, 60), layer.spot(120, 160)
    x, y = (20 + 100 * (0.6 - at % 1) / (end - at) for at, end in ((near.x(), far.x()), (near.y(), far.y())))
    shape = Shape(id="s", x=x, y=40 + y, width=20, height=20, ink=ink_of("#c02040"))  # between pixels
    changing(qtbot, open_window, lambda: layer.changed.emit((shape,)))
    qtbot.waitUntil(lambda: layer.held.beneath is not None)
    qtbot.waitUntil(lambda: not window.objects._objects.waits)
    start = layer.spot(30, 70)
    window.objects.choose(())
    qtbot.waitUntil(lambda: colour_at(window.flat, start) == "#c02040")  # its picture is there
    send_mouse(window.flat, QEvent.Type.MouseButtonPress, start, LEFT, LEFT)
    move_to(window.flat, layer.spot(13, 130), LEFT)
    said = [guide_words(at, 100, 3) for at in layer._guides.across]
    assert said == ["Safe area"]
    assert [guide_words(at, 100, 3) for at in (0, 50, 97, 20)] == ["Edge", "Middle", "Safe area", ""]
    seen = window.flat.grab().toImage()
    corner, other = layer.spot(18, 58).toPoint(), layer.spot(42, 82).toPoint()
    places = [(x, y) for x in range(corner.x(), other.x()) for y in range(corner.y(), other.y())]
    colours = [seen.pixelColor(*place) for place in places]
    assert [one.name() for one in colours if one.red() - one.green() > 40] == []
    send_mouse(window.flat, QEvent.Type.MouseButtonRelease, start, LEFT, Qt.MouseButton.NoButton)
