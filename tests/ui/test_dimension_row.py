"""A size as slider and number field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from packdesk.ui.dimension_row import DimensionRow

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
    assert row.slider.value() == pytest.approx(120.5)
    assert found == []


@pytest.mark.parametrize("value", [10, 1500, 2000])
def test_the_slider_widens_for_a_value_beyond(row: DimensionRow, value: float) -> None:
    row.show_value(value)
    assert row.slider.value() == value
    assert row.slider.minimum() <= value <= row.slider.maximum()
    row.show_value(100)
    assert (row.slider.minimum(), row.slider.maximum()) == (20, 400)


def test_the_slider_edits_in_whole_millimetres(row: DimensionRow) -> None:
    found = edits(row)
    row.slider.setValue(77.4)
    assert found == [77]
    assert row.field.value() == 77


def test_a_typed_number_counts_when_it_is_entered(row: DimensionRow) -> None:
    found = edits(row)
    row.field.selectAll()
    QTest.keyClicks(row.field, "255.5")
    assert found == []
    QTest.keyClick(row.field, Qt.Key.Key_Return)
    assert found == [255.5]
    assert row.slider.value() == pytest.approx(255.5)


def test_it_is_named_for_screen_readers(row: DimensionRow) -> None:
    row.set_name("Diameter")
    assert "Diameter" in row.slider.accessibleName()
    assert "Diameter" in row.field.accessibleName()
