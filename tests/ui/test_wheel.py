"""The wheel over fields: it sets only what has the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDoubleSpinBox,
    QPushButton,
    QScrollArea,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from support.pointing import turn_wheel

from packdesk.ui.dialogs.export_dialog import ExportDialog
from packdesk.ui.dialogs.settings_dialog import SettingsDialog
from packdesk.ui.length_field import LengthField
from packdesk.ui.wheel import guard_wheel

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot
    from ui.conftest import Window

KINDS: list[Callable[[], QWidget]] = [
    LengthField,
    lambda: LengthField(0, 100, steps_in_a_unit=2),
    QSpinBox,
    QDoubleSpinBox,
    QComboBox,
    lambda: QSlider(Qt.Orientation.Horizontal),
]


def value_of(field: QWidget) -> float:
    if isinstance(field, QComboBox):
        return field.currentIndex()
    assert isinstance(field, QAbstractSpinBox | QSlider)
    return float(field.value())  # type: ignore[union-attr]  # every one of KINDS has a value


class Place(NamedTuple):
    """A field in a scroll area that can scroll."""

    area: QScrollArea
    field: QWidget


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, qtbot: QtBot) -> Place:
    """The field is in the middle of its range, and a button beside it has the focus."""
    made: QWidget = request.param()
    if isinstance(made, QComboBox):
        made.addItems(["a", "b", "c"])
        made.setCurrentIndex(1)
    else:
        made.setValue(50)  # type: ignore[attr-defined]  # see above
    content, area = QWidget(), QScrollArea()
    layout = QVBoxLayout(content)
    button = QPushButton()
    for widget in (button, made):
        layout.addWidget(widget)
    layout.addStretch(1)
    content.setFixedHeight(2000)
    area.setWidget(content)
    guard_wheel(area)
    qtbot.addWidget(area)
    area.resize(300, 200)
    area.show()
    area.activateWindow()
    qtbot.waitUntil(area.isActiveWindow)
    button.setFocus()
    return Place(area, made)


def turn_towards_the_user(area: QScrollArea, field: QWidget) -> None:
    """One notch over a field; Qt takes it on to what is around as it does with a real one."""
    place = field.mapTo(area, field.rect().center())
    QTest.wheelEvent(area.windowHandle(), QPointF(place), QPoint(0, -120))


def test_a_field_without_the_focus_lets_the_wheel_scroll(place: Place) -> None:
    area, field = place
    before = value_of(field)
    turn_towards_the_user(area, field)
    assert value_of(field) == before
    assert area.verticalScrollBar().value() > 0
    assert not field.hasFocus()


def test_a_field_with_the_focus_is_set_by_the_wheel(place: Place) -> None:
    area, field = place
    before = value_of(field)
    field.setFocus()
    turn_towards_the_user(area, field)
    assert value_of(field) != before
    assert area.verticalScrollBar().value() == 0


def test_no_field_of_any_window_is_set_in_passing(open_window: Window) -> None:
    window = open_window.window
    for place in (window, ExportDialog(window), SettingsDialog(window)):
        fields = [
            found for kind in (QAbstractSpinBox, QComboBox, QSlider) for found in place.findChildren(kind)
        ]
        assert len(fields) > 4
        for found in fields:
            before = value_of(found)
            turn_wheel(found, QPointF(5, 5), 1)
            turn_wheel(found, QPointF(5, 5), 1)
            assert value_of(found) == before, found.accessibleName()
