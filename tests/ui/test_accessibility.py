"""Names for screen readers, and room for every text, in each size and language."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QDialog
from support.answers import answer, remark, sealed
from support.clipping import faults
from support.sizes import sized

from packdesk.app.translations import use_language
from packdesk.assets import asset_path
from packdesk.domain.order import GenerationOrder
from packdesk.errors import UnexpectedError
from packdesk.generation.base import Estimate
from packdesk.generation.offline.palette import contrast
from packdesk.settings import read_settings
from packdesk.ui.dialogs.settings_dialog import SettingsDialog
from packdesk.ui.theme import DARK, LIGHT, Theme
from packdesk.ui.units import INCH, MM
from packdesk.ui.window.questions import cost_question, delete_question, open_question
from packdesk.ui.window.window_help import CheatSheet, LogWindow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot
    from ui.conftest import Window

    from packdesk.ui.window.main_window import MainWindow

SIZES = ((1280, 720), (1440, 900), (2560, 1440))
GERMAN = asset_path("translations", "packdesk_de.qm")
LONG_TEXT = (
    "The picture of the panel “front” is not a PNG, JPEG or WebP picture. Save it as one of these. " * 2
)


@pytest.fixture(params=["en", "de"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    if request.param == "de" and not GERMAN.exists():
        pytest.skip("there is no translation")
    before = QLocale()
    use_language(qapp, request.param)
    yield request.param
    for translator in qapp.findChildren(QTranslator):
        QCoreApplication.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(before)


@pytest.fixture
def window(language: str, open_window: Window) -> MainWindow:
    """Comes after the language, as its texts are made once."""
    return open_window.window


def lay_out(window: MainWindow, qtbot: QtBot, size: tuple[int, int]) -> None:
    window.resize(*size)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)
    QApplication.processEvents()


def fill(open_window: Window, qtbot: QtBot) -> None:
    """Artwork on the panels, two of which failed, and the message about it."""
    window, desk = open_window
    desk.provider.failing = ("left", "body")
    window.artwork.prompt.edit.setPlainText("logo for the Sol Field brand, logo in the middle")
    with qtbot.waitSignal(desk.session.generation.finished):
        desk.session.generation.generate(GenerationOrder("vintage floral pattern"))
    qtbot.waitUntil(lambda: len(desk.session.textures.pixmaps.images()) > 0)


def faults_at_every_size(window: MainWindow, qtbot: QtBot) -> dict[tuple[int, int], str]:
    """What is wrong at each size where something is."""
    found = {}
    for size in SIZES:
        lay_out(window, qtbot, size)
        found[size] = faults(window)
    return {size: said for size, said in found.items() if said}


def test_the_window_at_first(window: MainWindow, qtbot: QtBot) -> None:
    assert faults_at_every_size(window, qtbot) == {}


@pytest.mark.parametrize("kind", ["box", "cylinder"])
def test_the_window_at_work(window: MainWindow, open_window: Window, qtbot: QtBot, kind: str) -> None:
    session = open_window.desk.session
    session.set_size(sized("cylinder" if kind == "cylinder" else "box", 1234.5, 1987.6, 1234.5))
    fill(open_window, qtbot)
    for unit in (MM, INCH):
        window.set_unit(unit)
        for row in range(window.artwork.list.count()):
            window.artwork.list.setCurrentRow(row)
        assert faults_at_every_size(window, qtbot) == {}


def test_long_messages_and_hints(window: MainWindow, qtbot: QtBot) -> None:
    window.messages.show_text("Before.")
    window.messages.show_error(UnexpectedError(LONG_TEXT, LONG_TEXT), (("Details", lambda: None),))
    field = window.package.width_row.field
    field.lineEdit().setText("5000")
    field.lineEdit().setModified(True)
    field.clearFocus()
    field._commit()
    assert faults_at_every_size(window, qtbot) == {}


def test_with_all_pictures(window: MainWindow, open_window: Window, qtbot: QtBot) -> None:
    fill(open_window, qtbot)
    window.generations.dock.show()
    panel = window.generations.panel
    assert panel is not None
    qtbot.waitUntil(lambda: panel.model.rowCount() == 5)
    assert faults_at_every_size(window, qtbot) == {}
    panel.search.setText("no such words")
    qtbot.waitUntil(lambda: panel.model.rowCount() == 0)
    assert faults_at_every_size(window, qtbot) == {}
    question = delete_question(window, 3)
    with qtbot.waitExposed(question):
        question.show()
    assert faults(question) == ""


def test_with_remarks(window: MainWindow, open_window: Window, qtbot: QtBot) -> None:
    session = open_window.desk.session
    window.remarks.show()
    panel = window.remarks.panel
    assert panel is not None
    qtbot.waitUntil(panel.hint.isVisible)
    lay_out(window, qtbot, SIZES[0])
    assert faults(window) == ""
    review = asyncio.run(open_window.desk.services.reviews.issue("Yuzu tea"))
    design = {"id": None, "name": review.name, "hash": review.hash}
    said = answer("Ada " * 20, remark(text=LONG_TEXT + "x" * 200), review=review.id, design=design)
    session.reviews.take_text(sealed(said, review))
    qtbot.waitUntil(lambda: panel.list.count() == 2)
    panel.list.setCurrentRow(1)
    lay_out(window, qtbot, SIZES[0])
    assert faults(window) == ""


def test_while_generating(window: MainWindow, open_window: Window, qtbot: QtBot) -> None:
    open_window.desk.provider.endless = ("top", "bottom")
    open_window.desk.session.generation.generate(GenerationOrder("vintage floral pattern"))
    qtbot.waitUntil(lambda: open_window.desk.session.generation.view.done == 4)
    lay_out(window, qtbot, SIZES[0])
    assert faults(window) == ""


def settings_dialog(window: MainWindow) -> QDialog:
    dialog = SettingsDialog(window)
    dialog.show_values(dict(read_settings()), {"dpi": "Set by PACKDESK_DPI in the environment."})
    for name in ("units", "gemini_model", "redis_url"):
        dialog.field(name).show_problem("This cannot be used as it is. " * 3)
    return dialog


def cheat_sheet(window: MainWindow) -> QDialog:
    return CheatSheet(window.actions_, window)


def log_window(window: MainWindow) -> QDialog:
    return LogWindow(window.help.notes, window)


def export_dialog(window: MainWindow) -> QDialog:
    window.exports.open()
    assert window.exports.dialog is not None
    window.exports.dialog.writing.show_running(running=True)
    return window.exports.dialog


def opening(window: MainWindow) -> QDialog:
    return open_question(window, Path("A rather long name of a design for tea.packdesk"))


def question(window: MainWindow) -> QDialog:
    return cost_question(window, Estimate(calls=6, model="gemini-3.1-flash-lite-image", cost="medium"))


@pytest.mark.parametrize("make", [settings_dialog, cheat_sheet, log_window, question, export_dialog, opening])
def test_the_dialogs(window: MainWindow, qtbot: QtBot, make: Callable[[MainWindow], QDialog]) -> None:
    dialog = make(window)
    with qtbot.waitExposed(dialog):
        dialog.show()
    pages = dialog.pages.count() if isinstance(dialog, SettingsDialog) else 1
    for page in range(pages):
        if isinstance(dialog, SettingsDialog):
            dialog.pages.setCurrentIndex(page)
        QApplication.processEvents()
        assert faults(dialog) == ""
    dialog.close()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_disabled_is_fainter_than_all_words_and_can_still_be_seen(theme: Theme) -> None:
    ground = QColor(theme.panel)
    seen = [contrast(QColor(one), ground) for one in (theme.disabled, theme.muted, theme.text)]
    assert 2.2 < seen[0] < 0.7 * seen[1] < seen[2]


@pytest.mark.skipif(os.environ.get("QT_SCALE_FACTOR") == "2", reason="this is the test within")
@pytest.mark.skipif(not os.environ.get("DISPLAY"), reason="needs a display; `make check` gives one")
def test_the_same_at_200_percent() -> None:
    this = Path(__file__)
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"{this}"]
    chosen = ["-k", "de and (at_first or dialogs or generating)"]
    done = subprocess.run(
        [*words, *chosen],
        cwd=this.parents[2],
        env=os.environ | {"QT_SCALE_FACTOR": "2"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout
