"""A size as slider and number field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from packdesk.ui.package.dimension_row import GRAINS, REST_MS, DimensionRow
from packdesk.ui.units import INCH, MM

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def row(qtbot: QtBot) -> DimensionRow:
    made = DimensionRow("Width")
    qtbot.addWidget(made)
    return made


def edits(row: DimensionRow) -> list[float]:
    found: list[float] = []
    row.edited.connect(found.append)
    return found


def test_a_value_from_outside_shows_and_emits_nothing(row: DimensionRow) -> None:
    found = edits(row)
    row.show_value(120.5)
    assert row.field.value() == 120.5
    assert row.slider.value() / GRAINS == pytest.approx(120.5)
    assert found == []


@pytest.mark.parametrize("value", [10, 1500, 2000])
def test_the_slider_widens_for_a_value_beyond(row: DimensionRow, value: float) -> None:
    row.show_value(value)
    assert row.slider.value() / GRAINS == value
    assert row.slider.minimum() / GRAINS <= value <= row.slider.maximum() / GRAINS
    row.show_value(100)
    assert (row.slider.minimum() / GRAINS, row.slider.maximum() / GRAINS) == (20, 400)


def test_the_slider_edits_in_whole_millimetres(row: DimensionRow) -> None:
    found = edits(row)
    row.slider.setValue(round(77.4 * GRAINS))
    assert found == [77]
    assert row.field.value() == 77


def test_a_typed_number_counts_when_it_is_entered(row: DimensionRow) -> None:
    found = edits(row)
    row.field.selectAll()
    QTest.keyClicks(row.field, "255.5")
    assert found == []
    QTest.keyClick(row.field, Qt.Key.Key_Return)
    assert found == [255.5]
    assert row.slider.value() / GRAINS == pytest.approx(255.5)


def test_it_is_named_for_screen_readers(row: DimensionRow) -> None:
    row.set_name("Diameter")
    assert "Diameter" in row.slider.accessibleName()
    assert "Diameter" in row.field.accessibleName()


def releases(row: DimensionRow) -> list[float]:
    found: list[float] = []
    row.released.connect(lambda: found.append(row.field.millimetres()))
    return found


def drag(row: DimensionRow, *positions: int) -> None:
    """Press the slider's handle, move over these places, let go."""
    slider = row.slider
    row.resize(300, 60)
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(slider, left, pos=QPoint(positions[0], slider.height() // 2))
    for x in positions[1:]:
        QTest.mouseMove(slider, QPoint(x, slider.height() // 2))
    QTest.mouseRelease(slider, left, pos=QPoint(positions[-1], slider.height() // 2))


def test_a_drag_is_released_once(row: DimensionRow, qtbot: QtBot) -> None:
    row.show()
    found, ends = edits(row), releases(row)
    drag(row, 60, 90, 120, 150, 180)
    assert len(found) >= 4
    assert ends == [found[-1]]
    qtbot.wait(REST_MS + 100)
    assert len(ends) == 1


def test_a_press_that_moves_nothing_is_no_edit(row: DimensionRow) -> None:
    found, ends = edits(row), releases(row)
    row.slider.setSliderDown(True)
    row.slider.setSliderDown(False)
    assert (found, ends) == ([], [])


def test_under_the_mouse_the_range_does_not_shrink(row: DimensionRow) -> None:
    row.show_value(1500)
    row.slider.setSliderDown(True)
    row.slider.setValue(900 * GRAINS)
    row.show_value(900)
    assert row.slider.maximum() / GRAINS == 1500
    row.slider.setSliderDown(False)
    assert row.slider.maximum() / GRAINS == 900


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        (Qt.Key.Key_Up, 101),
        (Qt.Key.Key_Right, 101),
        (Qt.Key.Key_Down, 99),
        (Qt.Key.Key_Left, 99),
        (Qt.Key.Key_PageUp, 110),
        (Qt.Key.Key_PageDown, 90),
        (Qt.Key.Key_Home, 20),
        (Qt.Key.Key_End, 400),
    ],
)
def test_keys_move_the_slider(row: DimensionRow, key: Qt.Key, wanted: float) -> None:
    row.show_value(100)
    found = edits(row)
    QTest.keyClick(row.slider, key)
    assert found == [wanted]
    assert row.slider.accessibleDescription() == f"{wanted} mm"


def test_key_presses_are_released_together_when_they_rest(row: DimensionRow, qtbot: QtBot) -> None:
    row.show_value(100)
    found, ends = edits(row), releases(row)
    for _ in range(3):
        QTest.keyClick(row.slider, Qt.Key.Key_Up)
    QTest.keyClick(row.field, Qt.Key.Key_Up)
    assert found == [101, 102, 103, 104]
    assert ends == []
    qtbot.waitUntil(lambda: ends == [104])


def test_a_typed_value_is_released_at_once(row: DimensionRow) -> None:
    ends = releases(row)
    row.field.selectAll()
    QTest.keyClicks(row.field, "80*2")
    QTest.keyClick(row.field, Qt.Key.Key_Return)
    assert ends == [160]


def test_the_slider_moves_in_steps_of_the_unit(row: DimensionRow) -> None:
    row.set_unit(INCH)
    row.show_value(100)
    found = edits(row)
    QTest.keyClick(row.slider, Qt.Key.Key_Right)
    row.slider.setValue(76 * GRAINS)
    assert found == [101.6, 76.2]
    assert row.field.text() == "3 in "


def test_the_unit_changes_no_value(row: DimensionRow) -> None:
    row.show_value(33.333)
    found = edits(row)
    for unit in (INCH, MM, INCH, MM):
        row.set_unit(unit)
    assert found == []
    assert (row.field.millimetres(), row.slider.value() / GRAINS) == (33.333, 33.333)


def test_a_refused_value_is_explained_below(row: DimensionRow) -> None:
    row.show()
    row.field.selectAll()
    QTest.keyClicks(row.field, "9")
    QTest.keyClick(row.field, Qt.Key.Key_Return)
    assert row._hint.isVisible()
    assert "10 mm" in row._hint.text()
    QTest.keyClicks(row.field, "9")
    assert not row._hint.isVisible()


def test_the_unit_is_named_for_screen_readers(row: DimensionRow) -> None:
    row.set_unit(INCH)
    assert row.field.accessibleName() == "Width in inches"
