"""How a design is shown is part of it: kept, saved in bundles, the same for whoever reviews it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QImage
from support.providers import picture_bytes
from support.sessions import running_tasks
from support.windows import opened

from packdesk.domain.dieline.values import DielineOptions, DielineStyle
from packdesk.jobs.exporting import ExportOrder
from packdesk.textures.incoming import IncomingPicture
from packdesk.ui.theme import DARK
from packdesk.viewer.shots import camera_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from packdesk.domain.appearance import Appearance
    from packdesk.ui.window.main_window import MainWindow

BLANK = DielineOptions(DielineStyle.CROSS, caliper=0.8, glue_flap=12, bleed=2, safe=4)
_REVIEW = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from packdesk.app.review import run_review
from packdesk.settings import read_settings
from packdesk.viewer.shots import camera_of

def opened(window, session):
    window.resize(1100, 760)
    def look():
        pictures = session.textures.settled and session.state.panel_textures
        if not pictures or window.exports.dieline_options.bleed != 2:
            QTimer.singleShot(50, look)
            return
        width, height = 400, 300
        camera = camera_of(window.appearance.shown().view, window.view.scene(), width / height)
        window.view.picture(width, height, camera).save(sys.argv[2])
        window.close()
    look()

run_review(read_settings(), Path(sys.argv[1]), opened)
"""


def dress(window: MainWindow) -> None:
    """Choose something of everything."""
    bar = window.centre.look_bar
    bar.show_look(replace(bar.look, background="#304050"))
    bar.finish.setCurrentIndex(2)
    bar.lighting.setCurrentIndex(1)
    bar.finish.activated.emit(2)
    bar.exposure.setValue(3)
    window.exports.show_blank(BLANK)
    bar.fold.setValue(60)
    window.view.show_named_view("front", glide=False)
    window.view._navigator.orbit(33, 21)
    window.view._navigator.zoom(0.8, 0.1, 0.05)


def drawn(window: MainWindow) -> QImage:
    """The view, of one size whatever room the window leaves it."""
    scene, view = window.view.scene(), window.appearance.shown().view
    assert scene is not None
    assert view is not None
    return window.view.picture(400, 300, camera_of(view, scene, 4 / 3))


def rest(window: MainWindow, qtbot: QtBot) -> Appearance:
    with qtbot.waitSignal(window.appearance.changed) as told:
        pass
    qtbot.waitUntil(lambda: not running_tasks(window._session.bridge))
    assert told.args
    kept: Appearance = told.args[0]
    return kept


def test_it_is_back_at_the_next_start_whatever_the_theme(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot, tmp_path) as window:
        dress(window)
        kept, seen = rest(window, qtbot), drawn(window)
        assert kept.blank == BLANK
    with opened(qtbot, tmp_path, DARK) as window:
        qtbot.waitUntil(lambda: window.appearance.shown().look == kept.look)
        assert window.exports.dieline_options == BLANK
        assert drawn(window) == seen


def test_what_was_changed_just_before_closing_is_kept(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot, tmp_path) as window:
        window.actions_["perspective"].trigger()
        window.view.show_named_view("top", glide=False)
    with opened(qtbot, tmp_path) as window:
        qtbot.waitUntil(lambda: not window.actions_["perspective"].isChecked())
        assert window.view.camera().elevation == 90
        window.package.width_row.slider.setValue(window.package.width_row.slider.maximum())
        assert window.view.saved_view("x").frames_all, "it goes on framing the package"


@pytest.fixture
def saved(qtbot: QtBot, tmp_path: Path) -> tuple[Path, QImage]:
    """A bundle, and the view it was saved from."""
    bundle = tmp_path / "tea.packdesk"
    with opened(qtbot, tmp_path / "here") as window:
        session = window._session
        (tmp_path / "art.png").write_bytes(picture_bytes(3))
        session.artwork.put_pictures({"front": IncomingPicture.of_file(tmp_path / "art.png")})
        dress(window)
        qtbot.waitUntil(lambda: session.textures.settled and bool(session.pixmaps.images()))
        seen, shown = drawn(window), window.appearance.shown()
        with qtbot.waitSignal(session.exports.written):
            session.exports.start(ExportOrder(session.state, bundle, window.exports._options, None, shown))
    return bundle, seen


def test_who_opens_a_bundle_sees_what_was_saved(
    qtbot: QtBot, tmp_path: Path, saved: tuple[Path, QImage]
) -> None:
    bundle, seen = saved
    with opened(qtbot, tmp_path / "there", DARK) as window:
        session = window._session
        with qtbot.waitSignal(session.appearance.found):
            session.bundles.open(bundle)
        qtbot.waitUntil(lambda: session.textures.settled and bool(session.pixmaps.images()))
        assert drawn(window) == seen
        assert window.exports.dieline_options == BLANK


def test_who_reviews_a_bundle_sees_what_was_saved(tmp_path: Path, saved: tuple[Path, QImage]) -> None:
    bundle, seen = saved
    file = tmp_path / "review.png"
    code = _REVIEW.replace("448, 371", f"{seen.width()}, {seen.height()}")
    subprocess.run(
        [sys.executable, "-c", code, str(bundle), str(file)], check=True, timeout=120, cwd=tmp_path
    )
    assert QImage(str(file)).convertToFormat(seen.format()) == seen
