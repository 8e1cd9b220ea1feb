"""Settings made in the window: kept, put to use, and refused where they cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from support.gemini_server import GeminiServer
from support.pointing import choose_kind, export_anyway
from support.sessions import running_tasks

from packdesk.app import preferences
from packdesk.app.choices import export_options, key_keeper
from packdesk.app.core import build_services, choose_provider
from packdesk.app.preferences import Preferences
from packdesk.domain.panels import FlatSize
from packdesk.export.options import ExportFormat
from packdesk.jobs.opening import Opening
from packdesk.jobs.session import Session
from packdesk.settings import read_settings
from packdesk.store.sqlite import SqliteStore
from packdesk.ui.artwork.panel_rows import effective_dpi
from packdesk.ui.dialogs.setting_fields import ChoiceField, MoneyField, NumberField, TextField
from packdesk.ui.dialogs.settings_dialog import SettingsDialog
from packdesk.ui.theme import DARK, LIGHT
from packdesk.ui.window.wiring import make_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QLineEdit
    from pytestqt.qtbot import QtBot

    from packdesk.services.container import Services
    from packdesk.ui.dialogs.setting_fields import SettingField
    from packdesk.ui.window.main_window import MainWindow


class Desk(NamedTuple):
    """The open dialog and what is behind it."""

    window: MainWindow
    session: Session
    dialog: SettingsDialog
    services: Services


@pytest.fixture
def gemini() -> Iterator[GeminiServer]:
    with GeminiServer() as server:
        yield server


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, gemini: GeminiServer) -> Iterator[Desk]:
    settings = read_settings(gemini_url=gemini.url)
    store, keys = SqliteStore(tmp_path / "store.sqlite3"), key_keeper(settings)
    services = build_services(settings, store, choose_provider(settings, keys))
    session = Session(Opening.of(services))
    window = make_window(session, LIGHT, samples=0)
    window.show()
    with qtbot.waitSignal(session.state_changed):
        session.begin()
    preferences = Preferences(settings, keys, session, window)
    window.actions_["settings"].trigger()
    dialog = window.findChild(SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    yield Desk(window, session, dialog, services)
    window.close()
    store.close()
    preferences.deleteLater()
    window.deleteLater()


def choose(field: SettingField, value: object) -> None:
    assert isinstance(field, ChoiceField)
    field.box.setCurrentIndex(field.box.findData(value))
    field.box.activated.emit(field.box.currentIndex())


def enter(line: QLineEdit, text: str) -> None:
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_a_choice_is_kept_and_used_at_once(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.session.provider_changed) as changed:
        choose(desk.dialog.field("provider"), "gemini")
    assert changed.args == ["gemini"]
    assert read_settings().provider == "gemini"
    assert "Gemini" in desk.window.status.provider.text()


def test_the_theme_changes_at_once(desk: Desk, qtbot: QtBot) -> None:
    choose(desk.dialog.field("theme"), "dark")
    qtbot.waitUntil(lambda: read_settings().theme == "dark")
    qtbot.waitUntil(desk.window.actions_["dark"].isChecked)


def test_the_unit_beside_the_sizes_is_the_setting(desk: Desk, qtbot: QtBot) -> None:
    switch, field = desk.window.package.units, desk.dialog.field("units")
    assert isinstance(field, ChoiceField)
    switch.buttons["inch"].click()
    qtbot.waitUntil(lambda: desk.window.package.width_row.field.text() == "3.937 in ")
    assert (read_settings().units, field.box.currentData(), switch.buttons["inch"].isChecked()) == (
        *("inch", "inch"),
        True,
    )
    choose(field, "mm")
    qtbot.waitUntil(switch.buttons["mm"].isChecked)


def test_a_number_can_go_back_to_its_default(desk: Desk, qtbot: QtBot) -> None:
    field = desk.dialog.field("parallel")
    assert isinstance(field, NumberField)
    field.box.setValue(5)
    qtbot.waitUntil(lambda: read_settings().parallel == 5)
    field.box.setValue(field.box.minimum())
    qtbot.waitUntil(lambda: read_settings().parallel is None)


def test_the_budget_for_cut_pictures_holds_at_once(desk: Desk, qtbot: QtBot) -> None:
    field = desk.dialog.field("cuts_mb")
    assert isinstance(field, NumberField)
    assert field.box.value() == 512
    field.box.setValue(64)
    qtbot.waitUntil(lambda: desk.services.tidying.budget == 64 * 2**20)
    assert read_settings().cuts_mb == 64


def test_a_value_that_cannot_be_used_is_told_in_place_and_not_kept(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("PACKDESK_CONFIG_DIR", str(tmp_path / "file" / "below"))
    field = desk.dialog.field("texture_dir")
    assert isinstance(field, TextField)
    with qtbot.waitSignal(field.edited):
        field.line.setText(str(tmp_path))
        field.line.editingFinished.emit()
    qtbot.waitUntil(lambda: "cannot be written" in field.below.text())


def test_an_address_packdesk_could_not_start_with_is_not_kept(desk: Desk, qtbot: QtBot) -> None:
    field = desk.dialog.field("redis_url")
    assert isinstance(field, TextField)
    enter(field.line, "http://nonsense")
    qtbot.waitUntil(lambda: "is not the address of a Redis server" in field.below.text())
    assert read_settings().redis_url is None
    field.line.clear()
    enter(field.line, " redis://127.0.0.1:1/0 ")
    qtbot.waitUntil(lambda: "is not the address" not in field.below.text())
    assert read_settings().redis_url is not None


def test_what_the_environment_says_is_fixed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PACKDESK_DPI", "150")
    desk.window.actions_["settings"].trigger()
    field = desk.dialog.field("dpi")
    assert not field.isEnabled()
    assert "PACKDESK_DPI" in field.below.text()


def test_a_key_is_entered_tested_used_and_removed(desk: Desk, qtbot: QtBot, gemini: GeminiServer) -> None:
    key = desk.dialog.key
    qtbot.waitUntil(lambda: "No key" in key.state.text())
    with qtbot.waitSignal(desk.session.provider_changed) as changed:
        enter(key.line, gemini.key)
    assert changed.args == ["gemini"]
    assert key.line.text() == ""
    qtbot.waitUntil(lambda: "until packdesk is closed" in key.state.text())
    key.test_button.click()
    qtbot.waitUntil(lambda: "works" in key.state.text())
    assert [request.path.partition("?")[0] for request in gemini.requests] == ["/v1/models"]
    with qtbot.waitSignal(desk.session.provider_changed) as changed:
        key.remove_button.click()
    assert changed.args == ["offline"]


def test_a_key_that_does_not_work(desk: Desk, qtbot: QtBot) -> None:
    key = desk.dialog.key
    enter(key.line, "AIza-not-this-one")
    qtbot.waitUntil(key.test_button.isEnabled)
    key.test_button.click()
    qtbot.waitUntil(lambda: "does not accept" in key.state.text())
    enter(key.line, "two words")
    qtbot.waitUntil(lambda: "is not a key" in key.state.text())


def test_paid_pictures_are_asked_for_after_the_question(
    desk: Desk, qtbot: QtBot, gemini: GeminiServer
) -> None:
    from PySide6.QtWidgets import QMessageBox

    with qtbot.waitSignal(desk.session.provider_changed):
        enter(desk.dialog.key.line, gemini.key)
    desk.window.artwork.prompt.edit.setPlainText("vintage floral pattern")
    with qtbot.waitSignal(desk.session.generation.cost_asked):
        desk.window.artwork.prompt.all_button.click()
    question = desk.window.findChild(QMessageBox)
    assert isinstance(question, QMessageBox)
    assert "6 pictures" in question.text()
    go = next(one for one in question.buttons() if "Generate" in one.text())
    with qtbot.waitSignal(desk.session.generation.finished, timeout=30_000):
        go.click()
    qtbot.waitUntil(lambda: len(desk.session.textures.pixmaps.images()) == 6, timeout=30_000)
    shown = desk.session.textures.pixmaps.get("front")
    assert shown
    assert effective_dpi(shown, FlatSize(width=100, height=150)) == pytest.approx(300, abs=3)


def test_what_was_exported_with_is_kept_and_shown_the_next_time(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "tea.dxf"), ""))
    exports = desk.window.exports
    exports.open()
    assert exports.dialog is not None
    choose_kind(exports.dialog.kinds, ExportFormat.DXF)
    exports.dialog.form.measures["bleed"].setValue(4.5)
    with qtbot.waitSignal(desk.session.exports.written):
        export_anyway(exports.dialog)
    qtbot.waitUntil(lambda: read_settings().bleed_mm == 4.5)
    assert export_options(read_settings()).dieline.bleed == 4.5


def test_the_resolution_preflight_asks_for_is_the_setting(desk: Desk, qtbot: QtBot) -> None:
    field = desk.dialog.field("dpi")
    assert isinstance(field, NumberField)
    field.box.setValue(600)
    qtbot.waitUntil(lambda: desk.window.exports._wanted_dpi == 600)


def test_the_theme_follows_the_system_where_that_is_the_setting(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preferences, "wanted_theme", lambda setting: DARK if setting == "system" else LIGHT)
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)  # as the platform does
    assert desk.window._theme is DARK
    desk.window.choose_theme(False)
    qtbot.waitUntil(lambda: read_settings().theme == "light")
    qtbot.waitUntil(lambda: desk.window._theme is LIGHT)
    qtbot.waitUntil(lambda: not running_tasks(desk.session.bridge))
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert desk.window._theme is LIGHT, "the user has chosen"


def test_what_is_spent_and_what_it_costs_stand_in_the_settings(desk: Desk, qtbot: QtBot) -> None:
    dialog = desk.dialog
    qtbot.waitUntil(lambda: "Nothing was paid" in dialog.month.words.text())
    qtbot.waitUntil(lambda: "gemini-3-pro-image, as of 2026-09-20" in dialog.prices.words.text())
    field = dialog.field("monthly_limit_usd")
    assert isinstance(field, MoneyField)
    assert field.box.text() == "No limit"
    field.box.setValue(12.5)
    qtbot.waitUntil(lambda: read_settings().monthly_limit_usd == 12.5)
    field.box.setValue(field.box.minimum())
    qtbot.waitUntil(lambda: read_settings().monthly_limit_usd is None)


def test_a_ledger_and_prices_that_cannot_be_read_are_told_there(desk: Desk, qtbot: QtBot) -> None:
    read_settings().data_dir.mkdir(exist_ok=True)
    (read_settings().data_dir / "spending.sqlite3").write_bytes(b"no ledger" * 1000)
    desk.services.spending.price_file.parent.mkdir(exist_ok=True)
    desk.services.spending.price_file.write_text("no prices")
    desk.window.actions_["settings"].trigger()
    qtbot.waitUntil(lambda: "could not be read is kept as" in desk.dialog.month.notes.text())
    qtbot.waitUntil(lambda: "prices.json cannot be read" in desk.dialog.prices.words.text())


def test_what_the_panels_cost_stands_below_the_buttons(desk: Desk, qtbot: QtBot) -> None:
    prompt = desk.window.artwork.prompt
    assert not prompt.cost.isVisible()
    enter(desk.dialog.key.line, GeminiServer.key)
    qtbot.waitUntil(prompt.cost.isVisible)
    assert prompt.cost.text().startswith("all about US$\u00a0")
    desk.window.select("front")
    assert prompt.cost.text().startswith("about US$\u00a0")
