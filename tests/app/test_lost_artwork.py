"""Artwork that went with a switch of the package type is offered again after a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton
from support.providers import picture_bytes
from support.sessions import running_tasks
from support.windows import opened
from support.writing import put

from packdesk.domain.dimensions import Dimensions
from packdesk.domain.state import default_state
from packdesk.domain.wire import encode_state
from packdesk.store.sqlite import SqliteStore
from packdesk.textures.incoming import IncomingPicture

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from packdesk.ui.window.main_window import MainWindow

OFFER = "Bring back the box with its artwork"


def switch_with_artwork(window: MainWindow, qtbot: QtBot, folder: Path) -> dict[str, str]:
    """Import a picture, then make the box a cylinder; returns what was on the box."""
    session = window._session
    (folder / "art.png").write_bytes(picture_bytes())
    with qtbot.waitSignal(session.changed_here):
        session.artwork.put_pictures({"front": IncomingPicture.of_file(folder / "art.png")})
    before = session.state.texture_urls()
    window.package.cylinder_button.click()
    qtbot.waitUntil(lambda: not session.unsaved and not running_tasks(session.bridge))
    return before


def offers(window: MainWindow) -> list[str]:
    return [button.text() for button in window.messages.findChildren(QPushButton) if button.isVisible()]


def test_it_comes_back_by_one_click_after_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot, tmp_path) as window:
        before = switch_with_artwork(window, qtbot, tmp_path)
    with opened(qtbot, tmp_path) as window:
        qtbot.waitUntil(lambda: OFFER in offers(window))
        (button,) = [one for one in window.messages.findChildren(QPushButton) if one.text() == OFFER]
        button.click()
        qtbot.waitUntil(lambda: window._session.state.texture_urls() == before)
        assert window._session.state.package_type == "box"
        qtbot.waitUntil(lambda: not running_tasks(window._session.bridge))
    with opened(qtbot, tmp_path) as window:
        assert OFFER not in offers(window), "it is back"


def test_it_is_not_offered_any_more_once_the_package_was_changed(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot, tmp_path) as window:
        switch_with_artwork(window, qtbot, tmp_path)
    with opened(qtbot, tmp_path) as window:
        qtbot.waitUntil(lambda: OFFER in offers(window))
        window.package.height_row.slider.setValue(window.package.height_row.slider.maximum())
        qtbot.waitUntil(lambda: not window._session.unsaved and not running_tasks(window._session.bridge))
        assert OFFER not in offers(window)
    with opened(qtbot, tmp_path) as window:
        assert OFFER not in offers(window)


def test_what_another_program_changed_meanwhile_stays(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot, tmp_path) as window:
        switch_with_artwork(window, qtbot, tmp_path)
    put(
        SqliteStore(tmp_path / "store.sqlite3"),
        encode_state(
            default_state("cylinder").model_copy(
                update={"package_dimensions": Dimensions(width=60, height=200, depth=60)}
            )
        ),
    )
    with opened(qtbot, tmp_path) as window:
        assert OFFER not in offers(window)
    assert not list((tmp_path / "lost").iterdir()), "it is forgotten"
