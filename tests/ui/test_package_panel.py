"""The left-hand panel: what a designer sets and reads there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from packdesk.domain.dieline.board import BOARDS, find_board
from packdesk.domain.dieline.values import DielineOptions, DielineStyle, Sized
from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.domain.presets import PRESETS
from packdesk.domain.size_edit import SizeEdit
from packdesk.domain.state import default_state
from packdesk.ui.package.dimension_row import GRAINS
from packdesk.ui.package.package_panel import PackagePanel
from packdesk.ui.theme import DARK, LIGHT, apply_theme, load_fonts
from packdesk.ui.units import INCH, MM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from packdesk.domain.state import PackagingState
    from packdesk.ui.theme import Theme
    from packdesk.ui.units import Unit

Sides = tuple[float, float, float]


def state(package_type: PackageType, width: float, height: float, depth: float) -> PackagingState:
    size = Dimensions(width=width, height=height, depth=depth)
    return default_state().model_copy(update={"package_type": package_type, "package_dimensions": size})


@pytest.fixture
def panel(qtbot: QtBot) -> PackagePanel:
    made = PackagePanel()
    qtbot.addWidget(made)
    made.set_theme(LIGHT)
    made.show_state(state("box", 100, 150, 60))
    return made


def test_what_is_shown_already_is_not_set_again(panel: PackagePanel) -> None:
    panel.facts.volume.setText("as it was")
    panel.show_state(state("box", 100, 150, 60))
    assert panel.facts.volume.text() == "as it was"
    panel.show_state(state("cylinder", 60, 150, 60))
    assert panel.facts.volume.text() != "as it was"
    assert panel.depth_row.isHidden()


def sizes(panel: PackagePanel) -> list[Sides]:
    found: list[Sides] = []
    panel.size_edited.connect(lambda edit: found.append(edit.dimensions.as_tuple()))
    return found


def ends(panel: PackagePanel) -> list[str]:
    found: list[str] = []
    panel.edit_finished.connect(lambda: found.append("end"))
    return found


def enter(panel: PackagePanel, side: int, text: str) -> None:
    field = (panel.width_row, panel.height_row, panel.depth_row)[side].field
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_one_side_changes_alone(panel: PackagePanel) -> None:
    panel.show_state(state("box", 100.25, 150, 33.333))
    found, finished = sizes(panel), ends(panel)
    enter(panel, 1, "200")
    assert found == [(100.25, 200, 33.333)]
    assert finished == ["end"]


def test_a_cylinder_stays_round(panel: PackagePanel) -> None:
    panel.show_state(state("cylinder", 66, 115, 66))
    found = sizes(panel)
    enter(panel, 0, "70")
    panel.lock_button.click()
    enter(panel, 0, "77.7")
    assert found == [(70, 115, 70), (77.7, pytest.approx(127.65, abs=0.051), 77.7)]


def test_a_locked_drag_keeps_the_proportions_and_ends_once(panel: PackagePanel) -> None:
    panel.lock_button.click()
    found, finished = sizes(panel), ends(panel)
    slider = panel.width_row.slider
    slider.setSliderDown(True)
    for value in (*range(101, 400, 7), *range(399, 20, -3)):
        slider.setValue(value * GRAINS)
        panel.show_state(state("box", *found[-1]))  # as the window does
    slider.setSliderDown(False)
    assert finished == ["end"]
    assert len(found) > 100
    for width, height, depth in found:
        assert height == pytest.approx(width * 1.5, abs=0.1)
        assert depth == pytest.approx(width * 0.6, abs=0.1)
        assert min(width, height, depth) >= 10


@pytest.mark.parametrize(
    ("side", "text", "wanted"),
    [
        (0, "2000", (1333.3, 2000, 800)),
        (2, "2000", (1333.3, 2000, 800)),
        (0, "10", (16.7, 25, 10)),
        (1, "10", (16.7, 25, 10)),
        (1, "2000", (1333.3, 2000, 800)),
    ],
)
def test_a_lock_ends_at_the_limits(panel: PackagePanel, side: int, text: str, wanted: Sides) -> None:
    panel.lock_button.click()
    found = sizes(panel)
    enter(panel, side, text)
    enter(panel, side, text)
    assert found == [wanted]
    shown = tuple(row.field.value() for row in (panel.width_row, panel.height_row, panel.depth_row))
    assert shown == wanted


def test_a_lock_holds_what_was_set_meanwhile(panel: PackagePanel) -> None:
    panel.lock_button.click()
    panel.show_state(state("box", 100, 100, 50))
    found = sizes(panel)
    enter(panel, 2, "100")
    panel.lock_button.click()
    enter(panel, 2, "60")
    panel.lock_button.click()
    enter(panel, 0, "100")
    assert found == [(200, 200, 100), (200, 200, 60), (100, 100, 30)]


def test_the_lock_says_what_it_does(panel: PackagePanel) -> None:
    assert panel.lock_button.accessibleName() == "Lock proportions"
    open_tip, open_icon = panel.lock_button.toolTip(), panel.lock_button.icon().cacheKey()
    panel.lock_button.click()
    assert panel.lock_button.toolTip() not in {"", open_tip}
    assert panel.lock_button.icon().cacheKey() != open_icon


def test_inches_and_back_change_nothing_unless_edited(panel: PackagePanel) -> None:
    panel.show_state(state("box", 99.99, 33.333, 60))
    found = sizes(panel)
    for unit in (INCH, MM, INCH):
        panel.set_unit(unit)
        for row in (panel.width_row, panel.height_row):
            QTest.keyClick(row.field, Qt.Key.Key_Return)
    assert found == []
    enter(panel, 2, "4")
    assert found == [(99.99, 33.333, 101.6)]


def test_read_outs_in_both_units(panel: PackagePanel) -> None:
    def texts() -> list[str]:
        facts = panel.facts
        return [one.text() for one in (facts.volume, facts.surface, facts.face, facts.flat)]

    assert texts() == ["885 ml", "600 cm²", "100 × 150 mm", "335 × 300 mm"]  # inside of board of 0.5 mm
    panel.set_unit(INCH)
    assert texts() == ["29.9 fl oz", "93 in²", "3.937 × 5.906 in", "13.189 × 11.811 in"]
    panel.set_unit(MM)
    panel.show_state(state("cylinder", 66, 115, 66))
    assert texts() == ["386 ml", "307 cm²", "207.35 × 115 mm", "222.35 × 269 mm"]


@pytest.mark.parametrize(
    ("style", "sized", "said"),
    [
        (
            DielineStyle.STRAIGHT_TUCK,
            Sized.CREASE,
            ["312 ml", "330 cm²", "80 × 120 mm"],
        ),
        (DielineStyle.SLEEVE, Sized.CREASE, ["339 ml", "280 cm²", "80 × 120 mm"]),  # its ends are open
        (DielineStyle.STRAIGHT_TUCK, Sized.INSIDE, ["384 ml", None, "83.2 × 129.6 mm"]),
    ],
)
def test_read_outs_follow_style_and_board(
    panel: PackagePanel, style: DielineStyle, sized: Sized, said: list[str | None]
) -> None:
    board = find_board(BOARDS, "B flute")
    panel.show_state(state("box", 80, 120, 40))
    panel.set_dieline_options(DielineOptions(style, board=board, sized=sized))
    facts = panel.facts
    told = [one.text() for one in (facts.volume, facts.surface, facts.face)]
    assert [one if wanted else None for one, wanted in zip(told, said, strict=True)] == said


def test_the_unit_switch_asks_and_shows_what_is_set(panel: PackagePanel) -> None:
    asked: list[str] = []
    panel.units.wanted.connect(asked.append)
    inches, millimetres = panel.units.buttons["inch"], panel.units.buttons["mm"]
    inches.click()
    assert (asked, millimetres.isChecked(), panel.width_row.field.text()) == (["inch"], True, "100 mm ")
    panel.set_unit(INCH)
    assert (inches.isChecked(), panel.width_row.field.text()) == (True, "3.937 in ")
    inches.click()
    assert asked == ["inch"]


def test_presets_are_offered_with_their_size_and_emitted(panel: PackagePanel) -> None:
    found: list[SizeEdit] = []
    panel.size_edited.connect(found.append)
    finished = ends(panel)
    actions = [action for action in panel.presets.actions() if action.isEnabled() and action.text()]
    assert "100 × 150 × 60 mm" in actions[0].text()
    for action in actions:
        action.trigger()
    assert found == [
        SizeEdit(preset.package_type, preset.dimensions, switches=preset.package_type == "cylinder")
        for preset in PRESETS
    ]
    assert len(finished) == len(PRESETS)
    panel.set_unit(INCH)
    assert "3.937 × 5.906 × 2.362 in" in next(
        action.text() for action in panel.presets.actions() if action.isEnabled()
    )


def test_what_was_being_set_is_complete_before_a_preset_or_a_type(panel: PackagePanel) -> None:
    order: list[str] = ends(panel)
    panel.size_edited.connect(lambda edit: order.append(edit.package_type))
    QTest.keyClick(panel.width_row.slider, Qt.Key.Key_Up)
    panel.presets.chosen.emit(PRESETS[0])
    QTest.keyClick(panel.width_row.slider, Qt.Key.Key_Up)
    panel.cylinder_button.click()
    assert order == ["box", "end", "box", "end", "box", "end", "cylinder"]


def test_a_foreign_size_is_shown_and_left_alone(panel: PackagePanel) -> None:
    found = sizes(panel)
    panel.lock_button.click()
    panel.show_state(state("box", 5, 4000, 60))
    assert panel.height_row.field.value() == 4000
    assert found == []


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    load_fonts()
    yield qapp
    qapp.setStyleSheet("")


@pytest.mark.parametrize("width", [260, 300, 420])
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("unit", [MM, INCH], ids=["mm", "inch"])
@pytest.mark.parametrize("kind", ["box", "cylinder"])
def test_nothing_is_cut(
    panel: PackagePanel, app: QApplication, *, width: int, theme: Theme, unit: Unit, kind: PackageType
) -> None:
    apply_theme(app, theme)
    panel.set_theme(theme)
    panel.set_unit(unit)
    panel.show_state(state(kind, 1999.9, 1987.6, 1999.9))
    panel.resize(width, 640)
    panel.show()
    app.processEvents()
    assert panel.width() == width
    for widget in [*panel.findChildren(QAbstractButton), *panel.findChildren(QLabel)]:
        if widget.isVisible() and not (isinstance(widget, QLabel) and widget.wordWrap()):
            assert widget.width() >= widget.sizeHint().width(), widget
    for row in (panel.width_row, panel.height_row):
        edit = row.field.lineEdit()
        assert edit.fontMetrics().horizontalAdvance(row.field.text()) < edit.width()


def test_a_refused_size_moves_nothing(panel: PackagePanel, app: QApplication, qtbot: QtBot) -> None:
    apply_theme(app, LIGHT)
    panel.resize(300, 640)
    with qtbot.waitExposed(panel):
        panel.show()
    parts = [*panel.findChildren(QAbstractButton), panel.height_row.slider, panel.facts]
    before = [part.mapTo(panel, part.rect().center()) for part in parts]
    with qtbot.waitSignal(panel.width_row.field.refused):
        panel.width_row.field.selectAll()
        QTest.keyClicks(panel.width_row.field, "abc")
        QTest.keyClick(panel.width_row.field, Qt.Key.Key_Return)
    (hint,) = (one for one in panel.width_row.findChildren(QLabel) if "neither" in one.text())
    panel.grab()  # lays it out
    assert hint.isVisible()
    assert hint.heightForWidth(hint.width()) <= hint.height(), "all of it is read"
    assert [part.mapTo(panel, part.rect().center()) for part in parts] == before
