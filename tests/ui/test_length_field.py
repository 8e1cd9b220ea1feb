"""A length, typed and shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from support.pointing import turn_wheel

from packdesk.ui.dialogs.export_form import ExportForm
from packdesk.ui.length_field import LengthField
from packdesk.ui.package.dimension_row import DimensionRow
from packdesk.ui.units import INCH, MM, UNITS, Unit, area_text, length_text, sides_text, volume_text

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
    yield from in_language(QLocale.Language.German)


@pytest.fixture(params=[QLocale.Language.English, QLocale.Language.German])
def any_language(request: pytest.FixtureRequest) -> Iterator[None]:
    yield from in_language(request.param)


def in_language(language: QLocale.Language) -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    yield
    QLocale.setDefault(before)


def edits(field: LengthField) -> list[float]:
    found: list[float] = []
    field.edited.connect(found.append)
    return found


def enter(field: LengthField, text: str) -> None:
    field.selectAll()
    if text.isascii():
        QTest.keyClicks(field, text)
    else:  # QTest has no keys for these; this is what a paste does
        field.lineEdit().insert(text)
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
    assert field.text() == f"{round(wanted, 2):g} mm "
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
    QTest.keyClick(field, Qt.Key.Key_Escape)
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
def test_what_cannot_be_used_stays_marked_and_nothing_moves(
    field: LengthField, text: str, end: str, qtbot: QtBot
) -> None:
    found, reasons = edits(field), list[str]()
    field.refused.connect(reasons.append)
    field.selectAll()
    QTest.keyClicks(field, text)
    {"return": lambda: QTest.keyClick(field, Qt.Key.Key_Return), "leave": lambda: leave(field)}.get(
        end, lambda: QTest.keyClick(field, Qt.Key.Key_Up)
    )()
    assert (found, field.millimetres(), field.usable) == ([], 100, False)
    assert field.text() == f"{text} mm "
    assert len(reasons) == 1
    assert reasons[0]
    assert field.property("error") is True
    assert field.accessibleDescription() == reasons[0]
    assert "sum" in field.toolTip() or "10 mm and 2" in field.toolTip()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Up):
        QTest.keyClick(field, key)
    assert (found, field.text()) == ([], f"{text} mm ")
    field.selectAll()
    QTest.keyClicks(field, "1")
    assert (field.property("error"), field.usable) == (False, True)
    assert reasons[1] == ""


@pytest.mark.parametrize("undo", [False, True])
def test_escape_and_undo_clear_what_was_refused(field: LengthField, *, undo: bool) -> None:
    enter(field, "apples")
    if undo:
        QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    else:
        QTest.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), field.property("error"), field.accessibleDescription()) == ("100 mm ", False, "")


def test_an_entered_text_is_not_taken_back_by_halves(field: LengthField) -> None:
    enter(field, "75")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (field.text(), field.millimetres()) == ("75 mm ", 75)


def test_another_length_takes_the_place_of_what_was_refused(field: LengthField) -> None:
    enter(field, "apples")
    field.show_value(80)
    assert field.text() == "apples mm ", "somebody is still at it"
    leave(field)
    field.set_unit(INCH)
    assert (field.text(), field.usable) == ("apples in ", False)
    field.show_value(25.4)
    assert (field.text(), field.usable) == ("1 in ", True)


def test_a_click_marks_the_number_and_a_drag_a_part_of_it(field: LengthField) -> None:
    field.clearFocus()
    line = field.lineEdit()
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=line.rect().center())
    QTest.keyClicks(field, "75")
    assert field.text() == "75 mm "
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=line.cursorRect().center())
    assert not line.hasSelectedText()


@pytest.mark.parametrize("text", ["", "100.05"])
def test_an_emptied_or_retyped_field_edits_nothing(field: LengthField, text: str) -> None:
    field.show_value(100.0499)
    found = edits(field)
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    enter(field, text)
    assert found == []
    assert field.millimetres() == 100.0499
    assert field.text() == "100.05 mm "


def test_escape_forgets_what_was_typed(field: LengthField) -> None:
    found = edits(field)
    field.selectAll()
    QTest.keyClicks(field, "77")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    leave(field)
    assert found == []
    assert field.text() == "100 mm "


def test_delete_leaves_the_unit_whole(field: LengthField) -> None:
    QTest.keyClick(field, Qt.Key.Key_End)
    QTest.keyClick(field, Qt.Key.Key_Delete)
    assert field.text() == "100 mm "


def test_keys_step_from_what_is_shown(field: LengthField) -> None:
    field.show_value(33.333)
    found = edits(field)
    QTest.keyClick(field, Qt.Key.Key_Up)
    QTest.keyClick(field, Qt.Key.Key_PageUp)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert found == [34.33, 44.33, 43.33]
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
    assert field.text() == "99.99 mm "
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
    assert field.text() == "80 mm "


@pytest.mark.parametrize("length", [2.5, 4321.0])
def test_a_length_beyond_the_limits_shows_as_it_is(field: LengthField, length: float) -> None:
    field.show_value(length)
    assert field.text() == f"{length:g} mm "


def test_a_value_set_through_accessibility_is_an_edit(field: LengthField) -> None:
    found = edits(field)
    field.setValue(140)
    assert found == [140]


class Fields(QWidget):
    """A side of the package, and every length that is set for an export."""

    def __init__(self, unit: Unit) -> None:
        super().__init__()
        self.form, self.row = ExportForm(self), DimensionRow("Width", self)
        self.form.set_unit(unit)
        self.row.set_unit(unit)

    def by_name(self) -> dict[str, LengthField]:
        return {"side": self.row.field, **self.form.measures}


@pytest.mark.usefixtures("any_language")
@pytest.mark.parametrize(
    ("unit", "text", "wanted"),
    [
        *((MM, text, 3.5) for text in ("3.5", "3,5", "3 1/2", "3½", "7/2", "3.5 mm", "0.35 cm")),
        *((MM, text, 3.175) for text in ('1/8"', "⅛ in", "0,125 Zoll", "\u200e1/8\u200b\xa0in")),
        *((MM, "3.45\u2069", 3.45), (MM, "3,45", 3.45), (INCH, "3 mm", 3), (INCH, "1/8", 3.175)),
    ],
)
def test_every_field_reads_alike(qtbot: QtBot, unit: Unit, text: str, wanted: float) -> None:
    fields = Fields(unit)
    qtbot.addWidget(fields)
    for name, field in fields.by_name().items():
        more = 10 if name == "side" else 0
        enter(field, f"10 mm + {text}" if more else text)
        assert field.usable, name
        assert field.millimetres() == pytest.approx(wanted + more, abs=1e-3), name


@pytest.mark.parametrize(
    "text", ["4-1/4", '4 1/4"', '4¼"', "4 ¼", "4-¼ in", "4\N{EN DASH}1/4", "4,25", "4.25\u200f"]
)
def test_inches_as_drawings_write_them(field: LengthField, text: str) -> None:
    field.set_unit(INCH)
    enter(field, text)
    assert (field.millimetres(), field.text()) == (107.95, "4.25 in ")


def test_small_measures_keep_their_hundredths(qtbot: QtBot) -> None:
    fields = Fields(MM)
    qtbot.addWidget(fields)
    field = fields.form.measures["caliper"]
    for text, wanted in (("0,8", 0.8), ("0.45", 0.45), ("0.8", 0.8)):
        enter(field, text)
        assert (field.millimetres(), field.text()) == (wanted, f"{wanted} mm ")


@pytest.mark.usefixtures("german")
def test_another_notation(qtbot: QtBot) -> None:
    field = LengthField()
    qtbot.addWidget(field)
    field.show_value(100.5)
    assert field.text() == "100,5 mm "
    enter(field, "100,5*2")
    assert field.millimetres() == 201
    assert sides_text((6283.19, 4.5), MM) == "6.283,19 × 4,5 mm"


def test_texts_in_both_units() -> None:
    assert UNITS == {"mm": MM, "inch": INCH}
    assert sides_text((100, 150.04, 60.25), MM) == "100 × 150.04 × 60.25 mm"
    assert length_text(100, INCH) == "3.937 in"
    assert (area_text(60000, MM), area_text(60000, INCH)) == ("600 cm²", "93 in²")
    assert (volume_text(9e5, MM), volume_text(9e5, INCH)) == ("900 ml", "30.4 fl oz")
    assert volume_text(9e7, INCH).endswith("043 fl oz")
