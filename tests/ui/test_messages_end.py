"""Messages end when their cause ends, and what was refused is shown as it stands."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QPushButton
from support.providers import picture_bytes
from support.sessions import running_tasks
from support.sizes import set_size
from support.writing import put

from packdesk.domain.order import GenerationOrder
from packdesk.domain.transitions import CHANGED_MEANWHILE, INTERRUPTED
from packdesk.domain.wire import decode_state
from packdesk.errors import Way
from packdesk.generation.gemini import faults
from packdesk.jobs import foreign_flags
from packdesk.jobs.bridge import ignore
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
BUSY = {"in_progress": True, "generating_panels": ["front", "top"]}


def document(**fields: Any) -> bytes:
    state = {"package_type": "box", "package_dimensions": {"width": 90, "height": 90, "depth": 90}}
    return json.dumps({**state, "updated_at": "2026-01-02T03:04:05.000Z", **fields}).encode()


def stored(open_window: Window) -> PackagingState:
    raw = open_window.desk.store.load()
    assert raw
    return decode_state(raw)


def buttons(open_window: Window) -> dict[str, QPushButton]:
    found = open_window.window.messages.findChildren(QPushButton)
    return {made.text(): made for made in found if made.isVisible()}


def press(open_window: Window, qtbot: QtBot, name: str) -> None:
    qtbot.waitUntil(lambda: name in buttons(open_window))
    buttons(open_window)[name].click()


def told(open_window: Window, qtbot: QtBot, words: str) -> None:
    messages = open_window.window.messages
    qtbot.waitUntil(lambda: messages.isVisible() and words in messages.text.text())


def gone(open_window: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not open_window.window.messages.isVisible())


def elsewhere(open_window: Window) -> DesignService:
    return DesignService(SharedState(open_window.desk.store))


def test_an_unreadable_document_until_it_can_be_read(open_window: Window, qtbot: QtBot) -> None:
    put(open_window.desk.store, b"{broken")
    told(open_window, qtbot, "Nothing was changed")
    put(open_window.desk.store, document())
    gone(open_window, qtbot)


def test_what_was_mended_meanwhile_is_not_moved_aside(open_window: Window, qtbot: QtBot) -> None:
    desk = open_window.desk
    put(desk.store, b"{broken")
    told(open_window, qtbot, "Nothing was changed")
    mended = document()
    put(desk.store, mended)
    desk.session.reset()  # what the button does, before the window has read it anew
    qtbot.waitUntil(lambda: desk.session.state == decode_state(mended))
    qtbot.waitUntil(lambda: not running_tasks(desk.session.bridge))
    assert desk.store.load() == mended
    put(desk.store, b"{broken again")
    told(open_window, qtbot, "Nothing was changed")
    press(open_window, qtbot, "Move it aside, start anew")
    qtbot.waitUntil(lambda: desk.store.load() is None)
    gone(open_window, qtbot)


def test_a_lost_connection_until_it_is_back(open_window: Window, qtbot: QtBot) -> None:
    desk = open_window.desk
    desk.outage.set()
    qtbot.waitUntil(lambda: desk.session.connection == "offline")
    qtbot.waitUntil(open_window.window.messages.isVisible)
    desk.outage.clear()
    gone(open_window, qtbot)


def test_a_failure_in_the_design_until_it_is_over(open_window: Window, qtbot: QtBot) -> None:
    put(open_window.desk.store, document(last_error="No artwork for back: bad day"))
    told(open_window, qtbot, "bad day")
    put(open_window.desk.store, document())
    gone(open_window, qtbot)


def test_a_dismissed_failure_stays_dismissed_across_a_restart(open_window: Window, qtbot: QtBot) -> None:
    window, desk = open_window
    put(desk.store, document(last_error="bad day"))
    told(open_window, qtbot, "bad day")
    with qtbot.waitSignal(window.layout_changed) as kept:
        window.messages.close_button.click()
    window.news.dismissed, window.news._shown_error = "", None  # another window, later
    window.restore_layout(json.loads(json.dumps(kept.args[0])))
    put(desk.store, document(last_error="bad day", updated_at="2026-01-02T09:00:00.000Z"))
    qtbot.waitUntil(lambda: desk.session.state.updated_at == "2026-01-02T09:00:00.000Z")
    assert not window.messages.isVisible()
    put(desk.store, document(last_error="another bad day"))
    told(open_window, qtbot, "another")


def test_a_failed_import_until_something_is_done(open_window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "bad.png").write_bytes(b"not a picture")
    open_window.desk.session.artwork.put_pictures({"front": IncomingPicture.of_file(tmp_path / "bad.png")})
    told(open_window, qtbot, "no picture packdesk can read")
    (tmp_path / "good.png").write_bytes(picture_bytes())
    open_window.desk.session.artwork.put_pictures({"front": IncomingPicture.of_file(tmp_path / "good.png")})
    gone(open_window, qtbot)


def test_flags_without_news_can_be_cleared(open_window: Window, qtbot: QtBot) -> None:
    window, desk = open_window
    assert foreign_flags.SILENT_AFTER_MS == 60_000
    desk.session.flags._timer.setInterval(50)
    put(desk.store, document(**BUSY))
    strip = window.artwork.progress
    qtbot.waitUntil(strip.disown_button.isVisible)
    assert "has not reported" in strip._text.text()
    assert not strip.cancel_button.isVisible()
    desk.session.flags._timer.setInterval(60_000)
    put(desk.store, document(**BUSY, last_error=None, updated_at="2026-01-02T03:04:06.000Z"))  # it lives
    qtbot.waitUntil(lambda: not strip.disown_button.isVisible())
    assert "Another program is generating Front, Top" in strip._text.text()
    desk.session.flags._timer.timeout.emit()
    desk.session.flags._timer.stop()
    qtbot.waitUntil(lambda: not running_tasks(desk.session.bridge))
    strip.disown_button.click()
    qtbot.waitUntil(window.artwork.prompt.all_button.isEnabled)
    assert not strip.isVisible()
    assert not stored(open_window).generating


def test_a_refused_commit_is_offered_at_once(open_window: Window, qtbot: QtBot) -> None:
    window, desk = open_window
    gate = desk.provider.gate = asyncio.Event()

    async def go_on() -> None:
        gate.set()

    window.artwork.prompt.edit.setPlainText(PROMPT)
    window.artwork.prompt.all_button.click()
    qtbot.waitUntil(lambda: bool(desk.session.generation.view.panels))
    asyncio.run(elsewhere(open_window).clear())  # a new design: the result is refused
    desk.session.bridge.send(go_on(), ignore)
    told(open_window, qtbot, "6 of 6 panels are done")
    qtbot.waitUntil(lambda: list(buttons(open_window)) == ["Apply the 6", "Discard"])
    qtbot.waitUntil(lambda: (stored(open_window).last_error or "").endswith(CHANGED_MEANWHILE))
    press(open_window, qtbot, "Apply the 6")
    qtbot.waitUntil(lambda: len(stored(open_window).panel_textures) == 6)
    assert stored(open_window).last_error is None
    gone(open_window, qtbot)


def test_applying_leaves_other_failures(open_window: Window, qtbot: QtBot) -> None:
    window, desk = open_window
    desk.provider.endless = ("top", "bottom")
    window.artwork.prompt.edit.setPlainText(PROMPT)
    window.artwork.prompt.all_button.click()
    qtbot.waitUntil(lambda: desk.session.generation.view.done == 4)
    desk.session.generation.cancel()
    told(open_window, qtbot, "4 of 6 panels are done")
    put(desk.store, document(last_error="No artwork for back."))
    told(open_window, qtbot, "No artwork for back.")
    window.messages.close_button.click()
    press(open_window, qtbot, "Apply the 4")
    qtbot.waitUntil(lambda: len(stored(open_window).panel_textures) == 4)
    assert stored(open_window).last_error == "No artwork for back."


def test_pictures_for_another_package_wait_for_it(open_window: Window, qtbot: QtBot) -> None:
    window, desk = open_window
    desk.provider.endless = ("top", "bottom")
    window.artwork.prompt.edit.setPlainText(PROMPT)
    window.artwork.prompt.all_button.click()
    qtbot.waitUntil(lambda: desk.session.generation.view.done == 4)
    desk.session.generation.cancel()
    told(open_window, qtbot, "4 of 6 panels are done")
    window.package.cylinder_button.click()
    told(open_window, qtbot, "switch back")
    qtbot.waitUntil(lambda: list(buttons(open_window)) == ["Discard"])
    window.package.box_button.click()
    qtbot.waitUntil(lambda: "Apply the 4" in buttons(open_window))


def test_a_refused_size_shows_what_stands_and_is_no_step(open_window: Window, qtbot: QtBot) -> None:
    window, desk = open_window
    row = window.package.width_row
    row.slider.setValue(120 * GRAINS)
    qtbot.waitUntil(lambda: not desk.session.unsaved)
    row.slider.sliderReleased.emit()
    put(desk.store, b"{broken")
    told(open_window, qtbot, "Nothing was changed")
    row.slider.setValue(180 * GRAINS)
    assert window.history.stack.count() == 2
    qtbot.waitUntil(lambda: not desk.session.unsaved)
    assert window.history.stack.count() == 1
    assert row.field.value() == 120


def test_a_size_beside_one_that_no_package_has_shows_what_stands(open_window: Window, qtbot: QtBot) -> None:
    window, package = open_window.window, open_window.window.package
    put(open_window.desk.store, document(package_dimensions={"width": 5_000, "height": 150, "depth": 100}))
    qtbot.waitUntil(lambda: package.width_row.field.value() == 5_000)
    package.height_row.slider.setValue(180)
    told(open_window, qtbot, "out of range")
    assert package.height_row.field.value() == 150
    assert window.history.stack.count() == 0
    assert not open_window.desk.session.unsaved


def test_a_design_in_another_layout_is_opened_from_the_message(open_window: Window, qtbot: QtBot) -> None:
    desk = open_window.desk
    box = {"dimensions": {"width": 70, "height": 80, "depth": 90}, "panel_textures": {}}
    raw = json.dumps({"current_package_type": "box", "box_state": box}).encode()
    put(desk.store, raw)
    told(open_window, qtbot, "box and cylinder kept apart")
    press(open_window, qtbot, "Open the artwork in it")
    qtbot.waitUntil(lambda: desk.session.state.package_dimensions.as_tuple() == (70, 80, 90))
    gone(open_window, qtbot)
    assert desk.store.backups() == [raw]


def test_what_stands_in_for_missing_sizes_until_they_are_set(open_window: Window, qtbot: QtBot) -> None:
    put(open_window.desk.store, document(package_dimensions={}))
    told(open_window, qtbot, "cannot be used (width, height, depth)")
    set_size(open_window.desk.session, 100, 160, 100)
    gone(open_window, qtbot)
    qtbot.waitUntil(lambda: not open_window.desk.session.unsaved)
    assert stored(open_window).package_dimensions.as_tuple() == (100, 160, 100)


def test_a_design_gone_from_the_store_stays_and_is_put_back(open_window: Window, qtbot: QtBot) -> None:
    desk = open_window.desk
    put(desk.store, document(last_error=None))
    qtbot.waitUntil(lambda: desk.session.state.package_dimensions.as_tuple() == (90, 90, 90))
    assert desk.store.set_aside()  # as DEL does
    told(open_window, qtbot, "You see it as it was")
    assert desk.session.state.package_dimensions.as_tuple() == (90, 90, 90)
    press(open_window, qtbot, "Put it back")
    qtbot.waitUntil(lambda: desk.store.load() is not None)
    assert stored(open_window).package_dimensions.as_tuple() == (90, 90, 90)
    gone(open_window, qtbot)
    assert desk.store.set_aside()  # as DEL does
    told(open_window, qtbot, "You see it as it was")
    set_size(desk.session, 90, 95, 90)
    qtbot.waitUntil(lambda: desk.store.load() is not None)
    assert stored(open_window).package_dimensions.as_tuple() == (90, 95, 90), "an edit puts it back, too"
    gone(open_window, qtbot)
    assert desk.store.set_aside()  # as DEL does
    press(open_window, qtbot, "Start anew")
    qtbot.waitUntil(lambda: desk.session.state.package_dimensions.as_tuple() == (100, 150, 100))
    gone(open_window, qtbot)


def test_starting_anew_leaves_what_another_program_has_stored(open_window: Window, qtbot: QtBot) -> None:
    desk, stack = open_window.desk, open_window.window.history.stack
    put(desk.store, document(last_error=None))
    qtbot.waitUntil(lambda: desk.session.state.package_dimensions.as_tuple() == (90, 90, 90))
    assert desk.store.set_aside()  # as DEL does
    told(open_window, qtbot, "You see it as it was")
    tin = {"width": 71, "height": 90, "depth": 71}
    put(desk.store, document(package_type="cylinder", package_dimensions=tin))
    press(open_window, qtbot, "Start anew")
    qtbot.waitUntil(lambda: desk.session.state.package_type == "cylinder")
    gone(open_window, qtbot)
    assert stack.count() == 0, "nothing was done, so nothing can be taken back"


def test_no_message_widens_the_window(open_window: Window, qtbot: QtBot) -> None:
    window = open_window.window
    width = window.width(), window.minimumSizeHint().width()
    put(open_window.desk.store, document(last_error="Failed: https://example.com/" + "a" * 5000))
    told(open_window, qtbot, "Failed")
    assert (window.width(), window.minimumSizeHint().width()) == width


def test_after_a_crash_one_bar_with_one_offer(open_window: Window, qtbot: QtBot) -> None:
    window, desk = open_window
    desk.provider.endless = ("top", "bottom")
    window.artwork.prompt.edit.setPlainText("stripes “Sol Field”")
    window.artwork.prompt.all_button.click()
    qtbot.waitUntil(lambda: desk.session.generation.view.done == 4)
    desk.session.generation.cancel()
    told(open_window, qtbot, "4 of 6 panels are done: stripes “Sol Field”")
    put(desk.store, document(last_error=INTERRUPTED))  # as whoever notices a dead program writes
    told(open_window, qtbot, f"{INTERRUPTED} 4 of 6 panels are done")
    assert "more" not in window.messages._older.text() or not window.messages._older.isVisible()
    window.messages.close_button.click()
    assert not window.messages.isVisible()


def test_news_stand_above_an_offer_and_the_offer_comes_back(
    open_window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    window, desk = open_window
    desk.provider.endless = ("top", "bottom")
    window.artwork.prompt.edit.setPlainText(PROMPT)
    window.artwork.prompt.all_button.click()
    qtbot.waitUntil(lambda: desk.session.generation.view.done == 4)
    desk.session.generation.cancel()
    told(open_window, qtbot, "4 of 6 panels are done")
    (tmp_path / "bad.png").write_bytes(b"not a picture")
    desk.session.artwork.put_pictures({"front": IncomingPicture.of_file(tmp_path / "bad.png")})
    told(open_window, qtbot, "no picture packdesk can read")
    with qtbot.waitSignal(desk.session.generation.unfinished_found):
        desk.session.generation.find_unfinished()
    assert "no picture packdesk can read" in window.messages.text.text(), "an offer hides no news"
    desk.provider.endless = ()
    window.select("front")
    window.artwork.prompt.send_one()
    qtbot.waitUntil(lambda: "front" in stored(open_window).panel_textures)
    told(open_window, qtbot, "4 of 6 panels are done")


def test_what_was_changed_meanwhile_is_told_for_a_while(open_window: Window, qtbot: QtBot) -> None:
    window, desk = open_window
    set_size(desk.session, 120, 150, 100)
    qtbot.waitUntil(lambda: not desk.session.unsaved)
    put(desk.store, document())
    window.messages.passing_timer.setInterval(50)
    with qtbot.waitSignal(desk.session.history.failed):
        window.actions_["undo"].trigger()
    gone(open_window, qtbot)


def test_while_the_server_is_away_a_change_is_refused_without_asking_it(
    open_window: Window, qtbot: QtBot
) -> None:
    window, desk = open_window
    set_size(desk.session, 120, 150, 100)
    qtbot.waitUntil(lambda: not desk.session.unsaved)
    desk.outage.set()
    qtbot.waitUntil(lambda: desk.session.connection == "offline")
    window.messages.close_button.click()
    with qtbot.waitSignal(desk.session.failed, timeout=500):  # no answer of a store comes that soon
        window.actions_["undo"].trigger()
    assert window.messages.isVisible()
    assert window.actions_["undo"].isEnabled(), "the step is still there"
    window.messages.close_button.click()
    desk.session.artwork.clear_panels(["front"])
    assert window.messages.isVisible()
    desk.outage.clear()
    gone(open_window, qtbot)


def test_the_status_says_what_the_store_has(open_window: Window, qtbot: QtBot) -> None:
    desk, status = open_window.desk, open_window.window.status
    put(desk.store, b"{broken")
    qtbot.waitUntil(lambda: "cannot be read" in status.connection.text())
    put(desk.store, document())
    qtbot.waitUntil(lambda: status.connection.text() == "● Local, not shared")
    assert desk.store.set_aside()  # as DEL does
    qtbot.waitUntil(lambda: "is gone" in status.connection.text())


def test_steps_have_names(open_window: Window, qtbot: QtBot) -> None:
    window, desk = open_window
    undo = window.actions_["undo"]
    assert undo.text() == "&Undo"
    set_size(desk.session, 120, 150, 100)
    assert undo.text() == "&Undo size"
    assert undo.toolTip().startswith("Undo size (")
    qtbot.waitUntil(lambda: not desk.session.unsaved)
    undo.trigger()
    qtbot.waitUntil(lambda: window.actions_["redo"].text() == "&Redo size")
    assert undo.text() == "&Undo"


def test_a_failed_generation_offers_what_its_error_names(open_window: Window, qtbot: QtBot) -> None:
    window, desk = open_window
    desk.provider.failing, desk.provider.failure = ("front",), faults.wrong_key()
    window.artwork.prompt.edit.setPlainText(PROMPT)
    window.select("front")
    window.artwork.prompt.send_one()
    told(open_window, qtbot, "does not accept this Gemini key")
    qtbot.waitUntil(lambda: list(buttons(open_window)) == ["Retry", "Settings …", "Paint here"])
    with qtbot.waitSignal(window.settings_wanted):
        press(open_window, qtbot, "Settings …")


def test_every_way_has_a_button(open_window: Window) -> None:
    names = [
        name for name, _ in open_window.window.news.ways.buttons(Way, GenerationOrder(PROMPT, ("front",)))
    ]
    assert len(set(names)) == len(Way)


def test_what_is_told_stands_in_the_log(open_window: Window, qtbot: QtBot) -> None:
    put(open_window.desk.store, b"{broken")
    told(open_window, qtbot, "Nothing was changed")
    qtbot.waitUntil(
        lambda: any("Nothing was changed" in line for line in open_window.window.help.notes.lines)
    )


@pytest.mark.parametrize(("connection", "words"), [("read-only", "server"), ("unwritable", "disk")])
def test_read_only_looks_read_only(open_window: Window, connection: str, words: str) -> None:
    window, session = open_window.window, open_window.desk.session
    session._set_connection(connection)
    assert window.centre.banner.isVisible()
    assert words in window.centre.banner.text.text()
    assert not window.package.isEnabled()
    assert not window.artwork.prompt.isEnabled()
    assert not window.artwork.list.acceptDrops()
    session._set_connection("local")
    assert not window.centre.banner.isVisible()
    assert window.package.isEnabled()
    assert window.artwork.prompt.isEnabled()


@pytest.mark.parametrize("way", ["cylinder", "new"])
def test_artwork_that_went_with_its_package_is_one_click_away(
    open_window: Window, qtbot: QtBot, tmp_path: Path, way: str
) -> None:
    window, desk = open_window
    (tmp_path / "art.png").write_bytes(picture_bytes())
    with qtbot.waitSignal(desk.session.changed_here):
        desk.session.artwork.put_pictures({"front": IncomingPicture.of_file(tmp_path / "art.png")})
    before = desk.session.state.texture_urls()
    with qtbot.waitSignal(desk.session.changed_here):
        if way == "new":
            desk.session.clear()
        else:
            window.package.cylinder_button.click()
    qtbot.waitUntil(lambda: desk.session.state.texture_urls() == {})
    told(open_window, qtbot, "The artwork went with the former package.")
    name = "Bring back the former design" if way == "new" else "Bring back the box with its artwork"
    press(open_window, qtbot, name)
    qtbot.waitUntil(lambda: desk.session.state.texture_urls() == before)
    gone(open_window, qtbot)


def test_artwork_that_went_is_offered_until_something_else_is_done(
    open_window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    window, desk = open_window
    (tmp_path / "art.png").write_bytes(picture_bytes())
    with qtbot.waitSignal(desk.session.changed_here):
        desk.session.artwork.put_pictures({"front": IncomingPicture.of_file(tmp_path / "art.png")})
    window.package.cylinder_button.click()
    told(open_window, qtbot, "The artwork went with the former package.")
    desk.session.artwork.put_pictures({"body": IncomingPicture.of_file(tmp_path / "art.png")})
    gone(open_window, qtbot)
