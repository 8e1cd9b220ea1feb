"""The list of objects by itself: its boxes, groups and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from packdesk.domain.objects.recipe import Recipe
from packdesk.domain.objects.values import Shape
from packdesk.ui.objects.object_list import ObjectList

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

PANEL = (100.0, 150.0)
LEFT, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def shown(qtbot: QtBot) -> ObjectList:
    """A list on the screen."""
    made = ObjectList()
    qtbot.addWidget(made)
    made.resize(300, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


def recipe_of(*shapes: Shape) -> Recipe:
    return Recipe(panel=PANEL, objects=shapes)


def test_what_is_hidden_from_the_start_has_its_box_too(shown: ObjectList) -> None:
    shown.show_recipe(recipe_of(Shape(id="a", hidden=True), Shape(id="b")), ())
    states = [shown.item(row).data(Qt.ItemDataRole.CheckStateRole) for row in range(2)]
    assert states == [Qt.CheckState.Checked.value, Qt.CheckState.Unchecked.value]
    wanted: list[tuple[str, bool]] = []
    shown.shown_wanted.connect(lambda name, seen: wanted.append((name, seen)))
    shown.item(1).setCheckState(Qt.CheckState.Checked)
    assert wanted == [("a", True)]


def test_a_group_is_named_and_chosen_together(shown: ObjectList) -> None:
    shapes = [Shape(id=name, group=group) for name, group in (("a", "group-1"), ("b", ""), ("c", "group-1"))]
    recipe = recipe_of(*shapes)
    chosen: list[tuple[str, ...]] = []
    shown.chosen.connect(chosen.append)
    shown.chosen.connect(lambda names: shown.show_recipe(recipe, names))
    shown.show_recipe(recipe, ())
    assert ["group 1" in shown.item(row).text() for row in range(3)] == [True, False, True]

    def click(row: int, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> tuple[str, ...]:
        place = shown.visualItemRect(shown.item(row)).center()
        QTest.mouseClick(shown.viewport(), LEFT, keys, pos=place)
        return chosen[-1]

    assert click(0) == ("a", "c")
    assert click(2) == ("c", "a")
    assert set(click(1, CONTROL)) == {"a", "b", "c"}
    assert click(0, CONTROL) == ("b",), "the group is chosen no longer"
    place = shown.visualItemRect(shown.item(0)).center()
    QTest.mouseDClick(shown.viewport(), LEFT, pos=place)
    assert chosen[-1] == ("c",), "one of it alone, to be typed in"


def test_keys_in_the_list_are_those_on_the_sheet(shown: ObjectList) -> None:
    shown.show_recipe(
        recipe_of(Shape(id="a", hidden=True), Shape(id="b", locked=True), Shape(id="c")), ("a",)
    )
    chosen: list[tuple[str, ...]] = []
    shown.chosen.connect(chosen.append)
    opened: list[bool] = []
    shown.opened.connect(lambda: opened.append(True))
    for key in (Qt.Key.Key_F2, Qt.Key.Key_Return):
        QTest.keyClick(shown, key)
    assert len(opened) == 2
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert chosen == [()]
    QTest.keyClick(shown, Qt.Key.Key_A, CONTROL)
    assert chosen[-1] == ("c",), "neither what is hidden nor what is locked"
