"""Undo and redo in the real window."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from support.providers import picture_bytes
from support.sizes import sized

from packdesk.domain.wire import decode_state
from packdesk.services.designs import DesignService
from packdesk.services.shared_state import SharedState
from packdesk.textures.incoming import IncomingPicture
from packdesk.ui.package.dimension_row import GRAINS

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot
    from ui.conftest import Window

    from packdesk.domain.state import PackagingState

PROMPT = "vintage floral pattern"


def stored(desk: Window) -> PackagingState:
    raw = desk.desk.store.load()
    assert raw
    return decode_state(raw)


def saved(desk: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desk.desk.session.unsaved)


def size(desk: Window) -> tuple[float, float, float]:
    return stored(desk).package_dimensions.as_tuple()


def drag(desk: Window, *widths: float) -> None:
    row = desk.window.package.width_row
    for width in widths:
        row.slider.setValue(width * GRAINS)
    row.slider.sliderReleased.emit()


def undo(desk: Window) -> None:
    desk.window.actions_["undo"].trigger()


def redo(desk: Window) -> None:
    desk.window.actions_["redo"].trigger()


def test_one_drag_is_one_step(open_window: Window, qtbot: QtBot) -> None:
    assert not open_window.window.actions_["undo"].isEnabled()
    drag(open_window, 110, 130, 150)
    drag(open_window, 200)
    saved(open_window, qtbot)
    undo(open_window)
    qtbot.waitUntil(lambda: size(open_window) == (150, 150, 100))
    undo(open_window)
    qtbot.waitUntil(lambda: size(open_window) == (100, 150, 100))
    assert not open_window.window.actions_["undo"].isEnabled()
    qtbot.waitUntil(lambda: open_window.window.package.width_row.field.value() == 100)
    redo(open_window)
    redo(open_window)
    qtbot.waitUntil(lambda: size(open_window) == (200, 150, 100))


def test_many_steps_at_once_arrive_in_order(open_window: Window, qtbot: QtBot) -> None:
    for width in range(110, 160, 10):
        drag(open_window, width)
    saved(open_window, qtbot)
    for _ in range(5):
        undo(open_window)
    qtbot.waitUntil(lambda: size(open_window) == (100, 150, 100))
    for _ in range(3):
        redo(open_window)
    qtbot.waitUntil(lambda: size(open_window) == (130, 150, 100))


def test_a_type_switch_brings_its_artwork_back(open_window: Window, qtbot: QtBot) -> None:
    window, session = open_window.window, open_window.desk.session
    window.artwork.prompt.edit.setPlainText(PROMPT)
    with qtbot.waitSignal(session.generation.finished):
        window.actions_["generate_all"].trigger()
    before = stored(open_window).panel_textures
    window.package.cylinder_button.click()
    saved(open_window, qtbot)
    assert stored(open_window).panel_textures == {}
    undo(open_window)
    qtbot.waitUntil(lambda: stored(open_window).package_type == "box")
    assert stored(open_window).panel_textures == before
    qtbot.waitUntil(lambda: len(session.textures.pixmaps.images()) == 6)


def test_a_generation_is_taken_back_and_done_again(open_window: Window, qtbot: QtBot) -> None:
    window, session = open_window.window, open_window.desk.session
    window.artwork.prompt.edit.setPlainText(PROMPT)
    with qtbot.waitSignal(session.generation.finished):
        window.actions_["generate_all"].trigger()
    asked = len(open_window.desk.provider.requests)
    undo(open_window)
    qtbot.waitUntil(lambda: stored(open_window).panel_textures == {})
    redo(open_window)
    qtbot.waitUntil(lambda: len(stored(open_window).panel_textures) == 6)
    assert len(open_window.desk.provider.requests) == asked


def test_imports_clears_and_a_new_design(open_window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window.window
    (tmp_path / "art.png").write_bytes(picture_bytes())
    window.select("top")
    open_window.desk.session.artwork.put_pictures({"top": IncomingPicture.of_file(tmp_path / "art.png")})
    qtbot.waitUntil(window.actions_["clear_panel"].isEnabled)
    window.actions_["clear_panel"].trigger()
    qtbot.waitUntil(lambda: not window.actions_["clear_panel"].isEnabled())
    undo(open_window)
    qtbot.waitUntil(lambda: list(stored(open_window).panel_textures) == ["top"])
    drag(open_window, 222)
    saved(open_window, qtbot)
    with qtbot.waitSignal(open_window.desk.session.changed_here):
        open_window.desk.session.clear()
    assert size(open_window) == (100, 150, 100)
    undo(open_window)
    qtbot.waitUntil(lambda: size(open_window) == (222, 150, 100))
    assert list(stored(open_window).panel_textures) == ["top"]


def test_what_somebody_else_changed_is_left_alone(open_window: Window, qtbot: QtBot) -> None:
    window = open_window.window
    drag(open_window, 150)
    drag(open_window, 170)
    saved(open_window, qtbot)
    other = DesignService(SharedState(open_window.desk.store))
    asyncio.run(other.update_dimensions(sized("box", 90, 90, 90)))
    with qtbot.waitSignal(open_window.desk.session.history.refused):
        undo(open_window)
    assert size(open_window) == (90, 90, 90)
    assert "was changed meanwhile" in window.messages.text.text()
    assert window.history.stack.index() == 2, "nothing was taken back"
    asyncio.run(other.update_dimensions(sized("box", 170, 150, 100)))
    undo(open_window)
    qtbot.waitUntil(lambda: size(open_window) == (150, 150, 100))


def test_undo_waits_for_a_size_that_is_still_being_saved(open_window: Window, qtbot: QtBot) -> None:
    drag(open_window, 180)
    undo(open_window)
    qtbot.waitUntil(lambda: open_window.window.package.width_row.field.value() == 100)
    saved(open_window, qtbot)
    assert size(open_window)[0] == 100
