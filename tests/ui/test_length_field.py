"""A length, typed and shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from support.pointing import turn_wheel

from packdesk.ui.length_field import LengthField
from packdesk.ui.units import INCH, MM, UNITS, area_text, length_text, sides_text, volume_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def field(qtbot: QtBot) -> Iterator[LengthField]:
    """A shown, focused field of 100 mm beside another widget."""
    place = QWidget()
    qtbot.addWidget(place)
    made = LengthField()
    layout = QVBoxLayout(place)
    layout.addWidget(made)
    layout.addWidget(QLineEdit())
    made.show_value(100)
    place.show()
    place.activateWindow()
    qtbot.waitUntil(place.isActiveWindow)
    made.setFocus(Qt.FocusReason.TabFocusReason)
    yield made
    place.close()


@pytest.fixture
def german() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    yield
    QLocale.setDefault(before)


def edits(field: LengthField) -> list[float]:
    found: list[float] = []
    field.edited.connect(found.append)
    return found


def enter(field: LengthField, text: str) -> None:
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def leave(field: LengthField) -> None:
    QTest.keyClick(field, Qt.Key.Key_Tab)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("120", 120), ("100+2*3", 106), ("3,5 in", 88.9), ('4"', 101.6), ("12 cm", 120), ("33.3333", 33.333)],
)
def test_what_is_typed_counts_when_entered(field: LengthField, text: str, wanted: float) -> None:
    found = edits(field)
    field.selectAll()
    QTest.keyClicks(field, text)
    assert found == []
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert found == [pytest.approx(wanted)]
    assert field.text() == f"{wanted:.1f} mm "
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert len(found) == 1


def test_what_is_typed_counts_when_left(field: LengthField, qtbot: QtBot) -> None:
    found = edits(field)
    field.selectAll()
    QTest.keyClicks(field, "120/2")
    with qtbot.waitSignal(field.committed):
        leave(field)
    assert found == [60]


def test_a_field_keeps_to_limits_of_its_own(qtbot: QtBot) -> None:
    field = LengthField(0, 20, steps_in_a_unit=2)
    qtbot.addWidget(field)
    enter(field, "1+2*2")
    assert field.millimetres() == 5
    enter(field, "21")
    assert field.millimetres() == 5
    field.stepBy(1)
    assert field.millimetres() == 5.5
    field.setValue(0)
    field.stepBy(-1)
    assert field.millimetres() == 0


def test_a_sum_can_go_on_from_what_is_shown(field: LengthField) -> None:
    QTest.keyClick(field, Qt.Key.Key_End)
    QTest.keyClicks(field, "+20")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.millimetres() == 120


@pytest.mark.parametrize("text", ["apples", "1/0", "5", "2001", "-20", "1e3"])
@pytest.mark.parametrize("end", ["return", "leave", "step"])
def test_what_cannot_be_used_is_put_back_with_a_hint(field: LengthField, text: str, end: str) -> None:
    found, reasons = edits(field), list[str]()
    field.refused.connect(reasons.append)
    field.selectAll()
    QTest.keyClicks(field, text)
    {"return": lambda: QTest.keyClick(field, Qt.Key.Key_Return), "leave": lambda: leave(field)}.get(
        end, lambda: QTest.keyClick(field, Qt.Key.Key_Up)
    )()
    assert found == []
    assert field.text() == "100.0 mm "
    assert len(reasons) == 1
    assert reasons[0]
    assert field.property("error") is True
    assert field.accessibleDescription() == reasons[0]
    assert "sum" in field.toolTip() or "10 mm and 2" in field.toolTip()
    field.setFocus()
    QTest.keyClicks(field, "1")
    assert field.property("error") is False
    assert reasons[1] == ""


def test_the_hint_ends_by_itself(field: LengthField, qtbot: QtBot) -> None:
    field._hint_end.setInterval(10)
    enter(field, "apples")
    qtbot.waitUntil(lambda: field.property("error") is False)


@pytest.mark.parametrize("text", ["", "100.0"])
def test_an_emptied_or_retyped_field_edits_nothing(field: LengthField, text: str) -> None:
    field.show_value(100.0499)
    found = edits(field)
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    enter(field, text)
    assert found == []
    assert field.millimetres() == 100.0499
    assert field.text() == "100.0 mm "


def test_escape_forgets_what_was_typed(field: LengthField) -> None:
    found = edits(field)
    field.selectAll()
    QTest.keyClicks(field, "77")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    leave(field)
    assert found == []
    assert field.text() == "100.0 mm "


def test_delete_leaves_the_unit_whole(field: LengthField) -> None:
    QTest.keyClick(field, Qt.Key.Key_End)
    QTest.keyClick(field, Qt.Key.Key_Delete)
    assert field.text() == "100.0 mm "


def test_keys_step_from_what_is_shown(field: LengthField) -> None:
    field.show_value(33.333)
    found = edits(field)
    QTest.keyClick(field, Qt.Key.Key_Up)
    QTest.keyClick(field, Qt.Key.Key_PageUp)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert found == [34.3, 44.3, 43.3]
    field.set_unit(INCH)
    field.show_value(25.4)
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert found[3:] == [26.67]


def test_steps_end_at_the_limits(field: LengthField) -> None:
    for unit in (MM, INCH):
        field.set_unit(unit)
        for length, steps, limit in ((10.3, -5, 10), (1999.7, 5, 2000)):
            field.show_value(length)
            field.stepBy(steps)
            assert field.millimetres() == limit


def test_a_typed_number_counts_before_a_step(field: LengthField) -> None:
    field.selectAll()
    QTest.keyClicks(field, "50")
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.millimetres() == 51


def test_the_wheel_steps_a_focused_field(field: LengthField) -> None:
    turn_wheel(field, QPointF(5, 5), 2)
    assert field.millimetres() == 102


def test_inches_show_a_length_and_do_not_change_it(field: LengthField) -> None:
    found = edits(field)
    field.show_value(99.99)
    field.set_unit(INCH)
    assert field.text() == "3.937 in "
    QTest.keyClick(field, Qt.Key.Key_Return)
    leave(field)
    field.set_unit(MM)
    assert field.text() == "100.0 mm "
    assert field.millimetres() == 99.99
    assert found == []


def test_inches_are_typed(field: LengthField) -> None:
    field.set_unit(INCH)
    for text, wanted in (("4", 101.6), ("3.937", 100), ("1/2+1", 38.1), ("80 mm", 80), ("1 in + 1", 50.8)):
        enter(field, text)
        assert field.millimetres() == wanted


def test_a_value_from_elsewhere_leaves_what_is_being_typed(field: LengthField) -> None:
    field.selectAll()
    QTest.keyClicks(field, "5")
    field.show_value(80)
    QTest.keyClicks(field, "5")
    assert field.text().startswith("55")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "80.0 mm "


@pytest.mark.parametrize("length", [2.5, 4321.0])
def test_a_length_beyond_the_limits_shows_as_it_is(field: LengthField, length: float) -> None:
    field.show_value(length)
    assert field.text() == f"{length:.1f} mm "


def test_a_value_set_through_accessibility_is_an_edit(field: LengthField) -> None:
    found = edits(field)
    field.setValue(140)
    assert found == [140]


@pytest.mark.usefixtures("german")
def test_another_notation(qtbot: QtBot) -> None:
    field = LengthField()
    qtbot.addWidget(field)
    field.show_value(100.5)
    assert field.text() == "100,5 mm "
    enter(field, "100,5*2")
    assert field.millimetres() == 201
    assert sides_text((6283.19, 4.5), MM) == "6.283,2 × 4,5 mm"


def test_texts_in_both_units() -> None:
    assert UNITS == {"mm": MM, "inch": INCH}
    assert sides_text((100, 150.04, 60.25), MM) == "100 × 150 × 60.2 mm"
    assert length_text(100, INCH) == "3.937 in"
    assert (area_text(60000, MM), area_text(60000, INCH)) == ("600 cm²", "93 in²")
    assert (volume_text(9e5, MM), volume_text(9e5, INCH)) == ("900 ml", "30.4 fl oz")
    assert volume_text(9e7, INCH).endswith("043 fl oz")
