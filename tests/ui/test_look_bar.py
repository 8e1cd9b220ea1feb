"""Finish, light, background, exposure and folding: chosen below the view, shown in it, kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QColorDialog

from packdesk.domain.look import Finish, Lighting
from packdesk.ui.package.dimension_row import GRAINS
from packdesk.ui.theme import DARK, LIGHT
from packdesk.ui.view.look_bar import LookBar
from packdesk.viewer.scene import STUDIO_DARK, STUDIO_LIGHT, Scene

if TYPE_CHECKING:
    import pytest
    from PySide6.QtWidgets import QComboBox
    from pytestqt.qtbot import QtBot

    from .conftest import Window


def choose(box: QComboBox, data: object) -> None:
    box.setCurrentIndex(box.findData(data))
    box.activated.emit(box.currentIndex())


def scene_of(window: Window) -> Scene:
    scene = window.window.view.scene()
    assert scene
    return scene


def test_every_choice_reaches_the_view(open_window: Window) -> None:
    bar = open_window.window.centre.look_bar
    choose(bar.finish, Finish.KRAFT)
    choose(bar.lighting, Lighting.SIDE)
    choose(bar.background, "dark")
    bar.exposure.setValue(4)
    scene = scene_of(open_window)
    assert (scene.finish, scene.lighting, scene.exposure) == (Finish.KRAFT, Lighting.SIDE, 1.0)
    assert scene.backdrop == STUDIO_DARK
    choose(bar.background, "transparent")
    assert scene_of(open_window).backdrop is None


def test_a_colour_is_asked_for_and_may_be_declined(
    open_window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    bar = open_window.window.centre.look_bar
    monkeypatch.setattr(QColorDialog, "getColor", lambda *_: QColor())
    choose(bar.background, "colour")
    assert bar.background.currentData() == "light"
    assert scene_of(open_window).backdrop == STUDIO_LIGHT
    monkeypatch.setattr(QColorDialog, "getColor", lambda *_: QColor("#123456"))
    choose(bar.background, "colour")
    backdrop = scene_of(open_window).backdrop
    assert backdrop
    assert backdrop.glow == "#123456"


def test_the_slider_unfolds_and_sizes_still_follow(open_window: Window) -> None:
    bar = open_window.window.centre.look_bar
    bar.fold.setValue(0)
    unfolding = scene_of(open_window).unfolding
    assert unfolding
    assert unfolding.share == 0
    open_window.window.package.width_row.slider.setValue(222 * GRAINS)
    unfolding = scene_of(open_window).unfolding
    assert unfolding
    assert unfolding.dieline.panel("front").width == 222
    bar.fold.setValue(bar.fold.maximum())
    assert scene_of(open_window).unfolding is None


def test_a_key_folds_the_whole_way_and_back(open_window: Window, qtbot: QtBot) -> None:
    window = open_window.window
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.view.setFocus()
    bar = window.centre.look_bar
    QTest.keyClick(window.view, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: bar.folded == 0.0, timeout=20_000)
    QTest.keyClick(window.view, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: bar.folded == 1.0, timeout=20_000)


def test_the_slider_takes_over_from_the_animation(open_window: Window, qtbot: QtBot) -> None:
    bar = open_window.window.centre.look_bar
    with qtbot.waitSignal(bar.changed):
        bar.fold_button.click()
    bar.fold.setValue(40)
    with qtbot.assertNotEmitted(bar.changed, wait=60):
        pass
    assert bar.folded == 0.4


def test_the_theme_changes_the_window_and_not_the_picture(open_window: Window) -> None:
    window = open_window.window
    window.set_theme(DARK)
    assert scene_of(open_window).backdrop == STUDIO_LIGHT
    choose(window.centre.look_bar.background, "dark")
    window.set_theme(LIGHT)
    assert scene_of(open_window).backdrop == STUDIO_DARK


def test_words_come_before_sliders_where_there_is_little_room(qtbot: QtBot) -> None:
    bar = LookBar()
    qtbot.addWidget(bar)
    choices = (bar.finish, bar.lighting, bar.background)
    bar.resize(900, 44)
    bar.show()
    assert bar.exposure.isVisible()
    bar.resize(sum(one.sizeHint().width() for one in choices) + bar.fold_button.sizeHint().width() + 51, 44)
    qtbot.waitUntil(lambda: all(one.width() >= one.sizeHint().width() for one in choices))
    assert not bar.exposure.isVisible()
    assert not bar.fold.isVisible()
    bar.resize(900, 44)
    assert bar.exposure.isVisible()
    assert bar.fold.isVisible()
