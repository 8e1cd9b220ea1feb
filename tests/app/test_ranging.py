"""*Range from a table*: a real window, and the process that looks through its tables and makes its ranges."""

from __future__ import annotations

import contextlib
import os
import signal
from typing import TYPE_CHECKING, NamedTuple

import pytest
from PIL import Image
from PySide6.QtCore import QProcess, Qt
from PySide6.QtTest import QTest

from packdesk.app.choices import key_keeper
from packdesk.app.core import build_services, choose_provider
from packdesk.app.preferences import Preferences
from packdesk.app.ranging import Ranging
from packdesk.jobs.opening import Opening
from packdesk.jobs.session import Session
from packdesk.settings import read_settings
from packdesk.store.sqlite import SqliteStore
from packdesk.textures.incoming import IncomingPicture
from packdesk.ui.theme import LIGHT
from packdesk.ui.window.wiring import make_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from packdesk.ui.dialogs.range_dialog import RangeDialog
    from packdesk.ui.window.main_window import MainWindow

PATIENCE_MS = 120_000


class Desk(NamedTuple):
    """A window that can make ranges."""

    window: MainWindow
    session: Session
    ranging: Ranging
    folder: Path

    def open(self, table: str) -> RangeDialog:
        """The dialog with a table."""
        file = self.folder / "range.csv"
        file.write_text(table, "utf-8")
        self.window.actions_["range"].trigger()
        dialog = self.window.ranges.dialog
        assert dialog is not None
        dialog.source.use_table(file)
        return dialog


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("PACKDESK_DPI", "160")  # what is made is looked at elsewhere
    settings = read_settings(provider="offline")
    with contextlib.closing(SqliteStore(tmp_path / "store.sqlite3")) as store:
        keys = key_keeper(settings)
        session = Session(Opening.of(build_services(settings, store, choose_provider(settings, keys))))
        window = make_window(session, LIGHT, samples=0)
        window.show()
        preferences = Preferences(settings, keys, session, window)
        ranging = Ranging(preferences, keys, session, window.ranges)
        with qtbot.waitSignal(session.state_changed):
            session.begin()
        yield Desk(window, session, ranging, tmp_path)
        window.close()
        if window.ranges.dialog is not None:
            window.ranges.dialog.close()
        ranging.close()
        processes = ranging.findChildren(QProcess)
        window.deleteLater()
        assert {one.state() for one in processes} <= {QProcess.ProcessState.NotRunning}, (
            "none outlives the window"
        )


def test_a_range_is_looked_through_seen_made_and_cancelled(desk: Desk, qtbot: QtBot) -> None:
    art = desk.folder / "art.png"
    Image.new("RGB", (800, 1200), "#cc3311").save(art)
    desk.session.artwork.put_pictures({"front": IncomingPicture.of_file(art)})
    qtbot.waitUntil(lambda: desk.session.pixmaps.get("front") is not None)
    with qtbot.waitSignal(desk.ranging.seen, timeout=PATIENCE_MS) as seen:
        dialog = desk.open("Artikel;Breite\n" + "\n".join(f"Tea {place};{70 + place}" for place in range(4)))
    assert (seen.args[0].name, seen.args[1].isNull()) == ("Tea 0-2", False)
    assert dialog.form.example.text() == "For example: Tea 0-2"
    dialog.form.pattern.setText("{product}")
    qtbot.waitUntil(lambda: dialog.form.example.text() == "For example: Tea 0", timeout=PATIENCE_MS)
    dialog.form.kinds["bundle"].click()
    dialog.form.kinds["pdf"].click()
    qtbot.waitUntil(dialog.writing.start_button.isEnabled, timeout=PATIENCE_MS)

    stepped = lambda answered: answered.kind == "step"  # noqa: E731  (pytest-qt wants a function)
    with qtbot.waitSignal(desk.ranging.answered, timeout=PATIENCE_MS, check_params_cb=stepped):
        QTest.mouseClick(dialog.writing.start_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(desk.ranging.answered, timeout=PATIENCE_MS, check_params_cb=ended):
        QTest.mouseClick(dialog.writing.cancel_button, Qt.MouseButton.LeftButton)
        assert dialog.writing.told.text() == "Ending …"
    assert dialog.writing.told.text().startswith("Cancelled: ")
    made = set((desk.folder / "range").glob("[!.]*.packdesk"))
    assert 0 < len(made) < 4
    assert (desk.folder / "range" / "report.csv").exists()

    with qtbot.waitSignal(desk.ranging.answered, timeout=PATIENCE_MS, check_params_cb=ended) as last:
        QTest.mouseClick(dialog.writing.start_button, Qt.MouseButton.LeftButton)
    outcome = last.args[0]
    assert (outcome.kept, outcome.made + outcome.kept, outcome.failed) == (len(made), 4, 0)
    assert not dialog.sheet_button.isHidden()


def ended(answered: object) -> bool:
    return getattr(answered, "kind", "") == "ended"


def test_a_process_that_dies_is_told_and_another_one_begins(desk: Desk, qtbot: QtBot) -> None:
    dialog = desk.open("Breite\n9000")
    qtbot.waitUntil(lambda: dialog.problems.count() == 1, timeout=PATIENCE_MS)
    assert "9000" in dialog.problems.item(0).text()
    process = desk.ranging._process
    assert process is not None
    os.kill(process.processId(), signal.SIGKILL)
    told = "The process that makes ranges has ended."
    qtbot.waitUntil(lambda: dialog.summary.text().startswith(told), timeout=PATIENCE_MS)
    (desk.folder / "range.csv").write_text("Breite\n90", "utf-8")
    with qtbot.waitSignal(desk.ranging.seen, timeout=PATIENCE_MS):
        dialog.form.kinds["glb"].click()
    assert dialog.writing.start_button.isEnabled()
    other = desk.ranging._process
    assert other is not None
    with qtbot.waitSignal(other.finished, timeout=PATIENCE_MS):
        dialog.close()
    assert desk.ranging._process is None, "nothing is left of it while nobody needs it"
