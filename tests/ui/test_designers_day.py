"""A designer's day at the real window, a restart in the middle of it included."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton
from support.in_step import rows_of
from support.pointing import drag_over, drop
from support.providers import ScriptedProvider, picture_bytes
from support.waiting import PROCESS_MS

from packdesk.app.choices import key_keeper
from packdesk.app.core import open_services
from packdesk.app.layout_keeper import LayoutKeeper, layout_file, read_layout
from packdesk.app.preferences import Preferences
from packdesk.domain.panels import PANEL_IDS
from packdesk.jobs.opening import Opening
from packdesk.jobs.session import Session
from packdesk.settings import read_settings
from packdesk.ui.dialogs.setting_fields import ChoiceField
from packdesk.ui.dialogs.settings_dialog import SettingsDialog
from packdesk.ui.package.dimension_row import GRAINS
from packdesk.ui.theme import DARK, load_fonts, wanted_theme
from packdesk.ui.units import INCH, UNITS
from packdesk.ui.window.wiring import make_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from packdesk.ui.window.main_window import MainWindow

PROMPT = 'vintage floral in navy, "Sol Field"'


class Day(NamedTuple):
    """An open window, wired as `run_window` does it."""

    window: MainWindow
    session: Session
    provider: ScriptedProvider
    qtbot: QtBot


@contextmanager
def opened(qtbot: QtBot, provider: ScriptedProvider) -> Iterator[Day]:
    settings = read_settings(dpi=36)
    keys = key_keeper(settings)
    with open_services(settings, provider) as services:
        session = Session(Opening.of(services))
        window = make_window(session, wanted_theme(settings.theme), 0, UNITS[settings.units])
        window.restore_layout(read_layout())
        LayoutKeeper(session.bridge, window)
        Preferences(settings, keys, session, window)
        with qtbot.waitExposed(window):
            window.show()
        try:
            with qtbot.waitSignal(session.state_changed):
                session.begin()
            yield Day(window, session, provider, qtbot)
        finally:
            window.close()
            session.close()
            window.deleteLater()


def statuses(day: Day) -> dict[str, str]:
    return {row.panel_id: row.status for row in rows_of(day.window)}


def size(day: Day) -> tuple[float, ...]:
    return day.session.state.package_dimensions.as_tuple()


def message_button(day: Day, text: str) -> QPushButton:
    found = [button for button in day.window.messages.findChildren(QPushButton) if button.isVisible()]
    assert text in [button.text() for button in found]
    return next(button for button in found if button.text() == text)


def generate(day: Day) -> None:
    with day.qtbot.waitSignal(day.session.generation.finished):
        QTest.mouseClick(day.window.artwork.prompt.all_button, Qt.MouseButton.LeftButton)


def size_it(day: Day) -> None:
    """An empty desk at first; three sliders dragged."""
    package, welcome = day.window.package, day.window.centre.welcome
    assert welcome.isVisible()
    assert set(statuses(day).values()) == {"empty"}
    for row, values in (
        (package.width_row, (110, 120)),
        (package.height_row, (170, 180)),
        (package.depth_row, (70, 60)),
    ):
        for value in values:
            row.slider.setValue(value * GRAINS)
        row.slider.sliderReleased.emit()
    day.qtbot.waitUntil(lambda: not day.session.unsaved)
    day.qtbot.waitUntil(lambda: not welcome.isVisible())
    assert size(day) == (120, 180, 60)


def switch_and_undo(day: Day) -> None:
    """To the cylinder and back by undo."""
    QTest.mouseClick(day.window.package.cylinder_button, Qt.MouseButton.LeftButton)
    assert set(statuses(day)) == set(PANEL_IDS["cylinder"])
    day.qtbot.waitUntil(lambda: not day.session.unsaved)
    day.window.actions_["undo"].trigger()
    day.qtbot.waitUntil(lambda: size(day) == (120, 180, 60))
    assert day.window.package.box_button.isChecked()


def drop_on_the_front(day: Day, file: Path) -> None:
    """A PNG from the file manager onto the front in the flat view."""
    file.write_bytes(picture_bytes(5, (80, 120)))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    flat = day.window.flat
    assert flat.sheet is not None
    place = QPointF(flat.to_pixels().map(QPointF(*flat.sheet.scene.dieline.panel("front").centre)))
    assert drag_over(flat, data, place)
    assert drop(flat, data, place)
    day.qtbot.waitUntil(lambda: day.session.textures.pixmaps.get("front") is not None)
    assert statuses(day) == {**dict.fromkeys(PANEL_IDS["box"], "empty"), "front": "art"}


def cancel_and_apply(day: Day) -> None:
    """Four of six are through when it takes too long: the finished ones are taken."""
    day.window.artwork.prompt.edit.setPlainText(PROMPT)
    day.provider.endless = ("top", "bottom")
    QTest.mouseClick(day.window.artwork.prompt.all_button, Qt.MouseButton.LeftButton)
    day.qtbot.waitUntil(lambda: day.session.generation.view.done == 4)
    with day.qtbot.waitSignal(day.session.generation.stopped):
        QTest.mouseClick(day.window.artwork.progress.cancel_button, Qt.MouseButton.LeftButton)
    day.provider.endless = ()
    asked = len(day.provider.requests)
    day.qtbot.waitUntil(day.window.messages.isVisible)
    message_button(day, "Apply the 4").click()
    day.qtbot.waitUntil(lambda: len(day.session.textures.pixmaps.images()) == 4)
    assert statuses(day)["top"] == "empty"
    assert len(day.provider.requests) == asked


def fail_and_retry(day: Day) -> None:
    """Two panels fail and are made again, and only they."""
    day.provider.failing = ("left", "top")
    generate(day)
    day.qtbot.waitUntil(lambda: statuses(day)["left"] == statuses(day)["top"] == "failed")
    day.provider.failing = ()
    day.provider.requests.clear()
    with day.qtbot.waitSignal(day.session.generation.finished):
        message_button(day, "Retry the 2 failed").click()
    assert sorted(request.panel_id for request in day.provider.requests) == ["left", "top"]
    assert {request.prompt for request in day.provider.requests} == {PROMPT}
    day.qtbot.waitUntil(lambda: set(statuses(day).values()) == {"art"})
    assert not day.window.messages.isVisible()


def save_the_view(day: Day, file: Path) -> None:
    """The picture for the customer."""
    view = day.window.view
    wanted = view.size() * view.devicePixelRatio()  # before the message takes some of the height
    day.window.actions_["save_view"].trigger()
    dialog = day.window.pictures.dialog
    assert dialog is not None
    with day.qtbot.waitSignal(day.session.drawings.written, timeout=PROCESS_MS):
        dialog.writing.start_button.click()
    dialog.close()
    with Image.open(file) as picture:
        assert picture.format == "PNG"
        assert picture.size == wanted.toTuple()
        colours = picture.convert("RGB").getcolors(maxcolors=2**24)
        assert colours is not None
        assert len(colours) > 100, "there is a package on it"
    assert file.name in day.window.messages.text.text()


def arrange(day: Day) -> None:
    """Dark, in inches, the flat view beside, no panel of sizes; the very last change just before closing."""
    day.window.actions_["dark"].trigger()
    day.window.actions_["settings"].trigger()
    dialog = day.window.findChild(SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    units = dialog.field("units")
    assert isinstance(units, ChoiceField)
    units.box.setCurrentIndex(units.box.findData("inch"))
    units.box.activated.emit(units.box.currentIndex())
    day.qtbot.waitUntil(lambda: day.window.unit is INCH)
    day.qtbot.waitUntil(lambda: read_settings().theme == "dark")
    dialog.close()
    with day.qtbot.waitSignal(day.window.layout_changed):
        day.window.actions_["beside"].trigger()
        day.window.actions_["perspective"].trigger()
    day.window.package_dock.toggleViewAction().trigger()


def all_is_back(day: Day) -> None:
    """The next morning."""
    window = day.window
    assert not window.centre.welcome.isVisible()
    assert size(day) == (120, 180, 60)
    day.qtbot.waitUntil(lambda: len(day.session.textures.pixmaps.images()) == 6)
    assert set(statuses(day).values()) == {"art"}
    assert day.provider.requests == []
    scene = window.view.scene()
    assert scene is not None
    assert scene.accent == DARK.accent
    assert set(scene.textures) == set(PANEL_IDS["box"])
    assert window.actions_["dark"].isChecked()
    assert window.unit is INCH
    assert window.package.width_row.field.text().strip().endswith("in")
    assert window.package_dock.isHidden()
    assert window.artwork_dock.isVisible()
    assert window.actions_["beside"].isChecked()
    assert window.centre.splitter.orientation() == Qt.Orientation.Horizontal
    day.qtbot.waitUntil(lambda: not window.actions_["perspective"].isChecked())
    assert window.artwork.prompt.prompt() == PROMPT


@pytest.fixture
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PACKDESK_LANGUAGE", "en")


def test_a_day_and_the_next_morning(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_english: None
) -> None:
    load_fonts()
    picture = tmp_path / "for the customer.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(picture), ""))
    with opened(qtbot, ScriptedProvider()) as day:
        size_it(day)
        switch_and_undo(day)
        drop_on_the_front(day, tmp_path / "front.png")
        cancel_and_apply(day)
        fail_and_retry(day)
        save_the_view(day, picture)
        arrange(day)
    assert layout_file().exists()
    with opened(qtbot, ScriptedProvider()) as day:
        all_is_back(day)
