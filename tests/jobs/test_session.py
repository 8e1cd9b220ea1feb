"""The session: intents in, state out, the store behind."""

from __future__ import annotations

import asyncio
import gc
import json
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QThread
from support.providers import picture_bytes
from support.sessions import running_tasks
from support.sizes import set_size, set_type, sized
from support.writing import put

from packdesk.domain.order import GenerationOrder
from packdesk.domain.pack_words import NO_WORDS
from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.wire import decode_state
from packdesk.errors import (
    ForeignDocumentError,
    GenerationBusyError,
    InvalidSettingError,
    PackageChangedError,
)
from packdesk.jobs.bridge import ignore
from packdesk.jobs.opening import Opening
from packdesk.jobs.session import Session
from packdesk.services.designs import DesignService
from packdesk.services.shared_state import SharedState
from packdesk.textures.incoming import IncomingPicture

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot
    from support.sessions import SessionDesk

    from packdesk.domain.size_edit import SizeEdit
    from packdesk.domain.state import PackagingState
    from packdesk.jobs.generation_controller import JobView
    from packdesk.services.container import Services

PROMPT = "vintage floral pattern"


def stored(desk: SessionDesk) -> PackagingState:
    raw = desk.store.load()
    assert raw is not None
    return decode_state(raw)


def begin(desk: SessionDesk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.session.state_changed):
        desk.session.begin()


def test_it_hydrates_at_start(desk: SessionDesk, qtbot: QtBot) -> None:
    asyncio.run(desk.services.designs.update_dimensions(sized("cylinder", 90, 200, 90)))
    begin(desk, qtbot)
    assert desk.session.state.package_type == "cylinder"
    assert desk.session.state.package_dimensions.as_tuple() == (90, 200, 90)
    assert desk.session.connection == desk.store.kind


def test_a_drag_shows_every_step_and_saves_the_last(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    desk.states.clear()
    for width in range(101, 161):
        set_size(desk.session, width, 150, 100)
    assert [state.package_dimensions.width for state in desk.states] == list(range(101, 161))
    assert desk.session.unsaved
    qtbot.waitUntil(lambda: not desk.session.unsaved)
    assert stored(desk).package_dimensions.width == 160


def test_few_writes_for_many_steps(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    seen = []
    designs = desk.services.designs
    original = designs.update_dimensions

    async def counted(edit: SizeEdit) -> PackagingState:
        seen.append(edit)
        return await original(edit)

    designs.update_dimensions = counted  # type: ignore[method-assign]
    for width in range(101, 201):
        set_size(desk.session, width, 150, 100)
    qtbot.waitUntil(lambda: not desk.session.unsaved)
    assert len(seen) == 1


def test_a_save_is_not_read_back_and_a_foreign_change_is_read_once(
    desk: SessionDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(desk, qtbot)
    loads: list[bytes | None] = []
    watched = desk.services.shared._store
    read = watched.load

    def counted() -> bytes | None:
        loads.append(read())
        return loads[-1]

    monkeypatch.setattr(watched, "load", counted)
    for width in (110, 120):
        set_size(desk.session, width, 150, 100)
        qtbot.waitUntil(lambda: not desk.session.unsaved)
    edit = sized("box", 321, 150, 100)
    asyncio.run(DesignService(SharedState(desk.store)).update_dimensions(edit))
    qtbot.waitUntil(lambda: desk.session.state.package_dimensions.width == 321)
    assert loads == [desk.store.load()]


def test_closing_saves_what_waits(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    set_size(desk.session, 123, 45, 67)
    desk.session.close()
    assert stored(desk).package_dimensions.as_tuple() == (123, 45, 67)


def test_another_programs_change_shows(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    with qtbot.waitSignal(
        desk.session.state_changed, check_params_cb=lambda state: state.package_dimensions.width == 321
    ):
        asyncio.run(DesignService(SharedState(desk.store)).update_dimensions(sized("box", 321, 150, 100)))


def test_switching_the_type_is_saved_at_once(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    set_type(desk.session, "cylinder")
    assert desk.session.state.package_type == "cylinder"
    qtbot.waitUntil(lambda: not desk.session.unsaved)
    assert stored(desk).package_type == "cylinder"


def test_generating_all_shows_progress_then_everything_together(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    views: list[JobView] = []
    desk.session.generation.changed.connect(views.append)
    with qtbot.waitSignal(desk.session.generation.finished) as blocker:
        desk.session.generation.generate(GenerationOrder(PROMPT))
    assert list(blocker.args[0].finished) == list(PANEL_IDS["box"])
    assert {len(state.panel_textures) for state in desk.states} == {0, 6}
    assert [view.done for view in views] == [*sorted(view.done for view in views[:-1]), 0]
    qtbot.waitUntil(lambda: len(desk.session.textures.pixmaps.images()) == 6)
    shown = desk.session.textures.pixmaps.get("front")
    assert shown
    assert not shown.pixmap.isNull()


def test_generating_right_after_an_edit_works_on_the_edit(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    set_size(desk.session, 60, 70, 80)
    set_type(desk.session, "cylinder")
    with qtbot.waitSignal(desk.session.generation.finished) as blocker:
        desk.session.generation.generate(GenerationOrder(PROMPT))
    assert blocker.args[0].finished == PANEL_IDS["cylinder"]
    set_size(desk.session, 55, 70, 55)
    with qtbot.waitSignal(desk.session.generation.finished):
        desk.session.generation.generate(GenerationOrder(PROMPT, ("top",)))
    assert desk.provider.requests[-1].size.width == 55


def test_cancel_answers_and_commits_nothing(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    desk.provider.gate = asyncio.Event()
    desk.session.generation.generate(GenerationOrder(PROMPT))
    qtbot.waitUntil(lambda: bool(desk.provider.requests))
    with qtbot.waitSignal(desk.session.generation.stopped):
        desk.session.generation.cancel()
    assert not desk.session.generation.view.running
    assert not stored(desk).generating
    assert stored(desk).panel_textures == {}


def test_cancelling_before_it_began_ends_it_too(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    with qtbot.waitSignal(desk.session.generation.stopped):
        desk.session.generation.generate(GenerationOrder(PROMPT))
        desk.session.generation.cancel()
    assert not desk.session.generation.view.running


def test_a_second_generation_is_not_started(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    desk.provider.gate = asyncio.Event()
    desk.session.generation.generate(GenerationOrder(PROMPT, ("front",)))
    desk.session.generation.generate(GenerationOrder(PROMPT, ("back",)))
    qtbot.waitUntil(lambda: bool(desk.provider.requests))
    assert [request.panel_id for request in desk.provider.requests] == ["front"]


def test_a_generation_elsewhere_is_shown_and_its_artwork_arrives(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    other = desk.services.generation

    async def elsewhere() -> None:
        desk.provider.gate = asyncio.Event()
        task = asyncio.create_task(other.generate(GenerationOrder(PROMPT)))
        await desk.provider.started.wait()
        started.set()
        while not finish.is_set():  # noqa: ASYNC110  (a threading event, set by the test)
            await asyncio.sleep(0.01)
        desk.provider.gate.set()
        await task

    started, finish = threading.Event(), threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(elsewhere()))
    thread.start()
    try:
        qtbot.waitUntil(lambda: desk.session.busy_elsewhere)
        assert desk.session.state.panels_in_work() == PANEL_IDS["box"]
        with qtbot.waitSignal(desk.session.failed) as blocker:
            desk.session.generation.generate(GenerationOrder(PROMPT))
        assert isinstance(blocker.args[0], GenerationBusyError)
        assert desk.session.busy_elsewhere, "our refusal must not clear their flags"
    finally:
        finish.set()
        thread.join()
    qtbot.waitUntil(lambda: len(desk.session.textures.pixmaps.images()) == 6)
    assert not desk.session.busy_elsewhere


def test_importing_and_clearing(desk: SessionDesk, qtbot: QtBot, tmp_path: Path) -> None:
    begin(desk, qtbot)
    file = tmp_path / "a.png"
    file.write_bytes(picture_bytes())
    desk.session.artwork.put_pictures({"top": IncomingPicture.of_file(file)})
    qtbot.waitUntil(lambda: desk.session.textures.pixmaps.get("top") is not None)
    with qtbot.waitSignal(desk.session.state_changed):
        desk.session.clear()
    assert desk.session.textures.pixmaps.get("top") is None


def test_a_missing_picture_is_told_per_panel(desk: SessionDesk, qtbot: QtBot, tmp_path: Path) -> None:
    asyncio.run(desk.services.generation.generate(GenerationOrder(PROMPT, ("front",))))
    for file in (tmp_path / "library").glob("*.*"):
        if file.is_file():
            file.unlink()
    begin(desk, qtbot)
    qtbot.waitUntil(lambda: desk.session.textures.missing("front") is not None)
    assert desk.session.textures.pixmaps.get("front") is None
    assert desk.errors == []


def test_a_restart_shows_everything_without_a_provider(desk: SessionDesk, qtbot: QtBot) -> None:
    asyncio.run(desk.services.generation.generate(GenerationOrder(PROMPT)))
    calls = len(desk.provider.requests)
    begin(desk, qtbot)
    qtbot.waitUntil(lambda: len(desk.session.textures.pixmaps.images()) == 6)
    assert len(desk.provider.requests) == calls


def test_a_foreign_document_is_told_and_kept(desk: SessionDesk, qtbot: QtBot) -> None:
    put(desk.store, b"{broken")
    with qtbot.waitSignal(desk.session.failed) as blocker:
        desk.session.begin()
    assert isinstance(blocker.args[0], ForeignDocumentError)
    set_size(desk.session, 50, 50, 50)
    desk.session.close()
    assert desk.store.load() == b"{broken"


def test_signals_are_emitted_on_the_gui_thread(desk: SessionDesk, qtbot: QtBot) -> None:
    threads: set[QThread] = set()
    # Plain functions run where the signal is emitted, whichever thread that is.
    desk.session.state_changed.connect(lambda _: threads.add(QThread.currentThread()))
    desk.session.generation.changed.connect(lambda _: threads.add(QThread.currentThread()))
    desk.session.textures.changed.connect(lambda _: threads.add(QThread.currentThread()))
    begin(desk, qtbot)
    with qtbot.waitSignal(desk.session.generation.finished):
        desk.session.generation.generate(GenerationOrder(PROMPT))
    qtbot.waitUntil(lambda: len(desk.session.textures.pixmaps.images()) == 6)
    assert threads == {QThread.currentThread()}


def test_closing_while_busy_ends_cleanly(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    desk.provider.gate = asyncio.Event()
    desk.session.generation.generate(GenerationOrder(PROMPT))
    qtbot.waitUntil(lambda: bool(desk.provider.requests))
    desk.session.close()
    assert not stored(desk).generating
    desk.session.close()  # twice does no harm


def test_many_sessions_come_and_go(desk: SessionDesk, qtbot: QtBot) -> None:
    for _ in range(20):
        session = Session(Opening.of(desk.services))
        with qtbot.waitSignal(session.state_changed):
            session.begin()
        session.close()


def test_what_arrives_after_closing_is_dropped(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    desk.session.close()
    desk.session.bridge.send(desk.services.shared.load(), ignore)
    desk.session.clear()
    desk.session.generation.generate(GenerationOrder(PROMPT, ("front",)))
    gc.collect()  # a coroutine that was never awaited would warn here
    assert desk.provider.requests == []


def size_of(desk: SessionDesk) -> tuple[float, float, float]:
    return stored(desk).package_dimensions.as_tuple()


def test_a_waiting_size_never_undoes_another_programs_type_switch(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    set_size(desk.session, 111, 150, 100)
    asyncio.run(desk.services.designs.update_dimensions(sized("cylinder", 80, 150, 80)))
    qtbot.waitUntil(lambda: not desk.session.unsaved)
    qtbot.waitUntil(lambda: desk.session.state.package_type == "cylinder")
    assert isinstance(desk.errors[0], PackageChangedError)
    assert size_of(desk) == (80, 150, 80)


def test_a_new_design_has_words_of_its_own(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    with qtbot.waitSignal(desk.session.generation.words_found) as found:
        desk.session.clear()
    assert found.args == [NO_WORDS]


def test_a_new_design_is_not_undone_by_an_edit_under_way(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    set_type(desk.session, "cylinder")
    qtbot.wait(1)  # lets the write begin
    desk.session.clear()
    qtbot.waitUntil(lambda: stored(desk).package_type == "box")
    assert size_of(desk) == (100, 150, 100)
    qtbot.waitUntil(lambda: desk.session.state.package_type == "box")


def test_two_imports_after_an_edit_both_arrive(desk: SessionDesk, qtbot: QtBot, tmp_path: Path) -> None:
    begin(desk, qtbot)
    file = tmp_path / "a.png"
    file.write_bytes(picture_bytes())
    set_size(desk.session, 60, 70, 80)
    desk.session.artwork.put_pictures({"front": IncomingPicture.of_file(file)})
    desk.session.artwork.put_pictures({"back": IncomingPicture.of_file(file)})
    qtbot.waitUntil(lambda: len(desk.session.textures.pixmaps.images()) == 2)


def test_cancel_reaches_a_generation_that_waits_for_an_edit(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    set_size(desk.session, 60, 70, 80)
    desk.session.generation.generate(GenerationOrder(PROMPT))
    desk.session.generation.cancel()
    qtbot.waitUntil(lambda: not desk.session.unsaved)
    assert desk.provider.requests == []
    assert not desk.session.generation.view.running


def test_the_newest_state_is_shown_after_a_storm_of_changes(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    for width in range(40, 60):
        asyncio.run(desk.services.designs.update_dimensions(sized("box", width, 150, 100)))
        desk.session.bridge.send(desk.services.shared.load(), ignore)
    qtbot.waitUntil(lambda: desk.session.state.package_dimensions.width == 59)
    qtbot.waitUntil(lambda: not running_tasks(desk.session.bridge))
    assert desk.session.state.package_dimensions.width == 59


def test_saving_is_told_and_its_end_too(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    told: list[bool] = []
    desk.session.saving_changed.connect(told.append)
    set_size(desk.session, 120, 150, 100)
    set_size(desk.session, 100, 150, 100)  # there and back: no state changes, the saving still ends
    qtbot.waitUntil(lambda: bool(told) and told[-1] is False)
    assert told[0] is True


def test_a_picture_that_came_back_is_shown(desk: SessionDesk, qtbot: QtBot, tmp_path: Path) -> None:
    asyncio.run(desk.services.generation.generate(GenerationOrder(PROMPT, ("front",))))
    library = tmp_path / "library"
    library.rename(tmp_path / "away")
    begin(desk, qtbot)
    qtbot.waitUntil(lambda: desk.session.textures.missing("front") is not None)
    (tmp_path / "away").rename(library)
    file = tmp_path / "a.png"
    file.write_bytes(picture_bytes(7))
    desk.session.artwork.put_pictures({"back": IncomingPicture.of_file(file)})
    qtbot.waitUntil(lambda: len(desk.session.textures.pixmaps.images()) == 2)


def test_panels_the_package_does_not_have_are_not_loaded(
    desk: SessionDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    asyncio.run(desk.services.generation.generate(GenerationOrder(PROMPT, ("front",))))
    document = json.loads(desk.store.load() or b"")
    texture = document["panel_textures"]["front"]
    document["panel_textures"] |= {
        f"p{number}": texture | {"panel_id": f"p{number}"} for number in range(300)
    }
    put(desk.store, json.dumps(document).encode())
    begin(desk, qtbot)
    qtbot.waitUntil(lambda: desk.session.textures.settled and len(desk.session.textures.pixmaps.images()) > 0)
    assert len(desk.session.textures.pixmaps.images()) == 1


@pytest.mark.parametrize("moment", ["at once", "while painting"])
def test_closing_leaves_no_flags(desk: SessionDesk, qtbot: QtBot, moment: str) -> None:
    begin(desk, qtbot)
    desk.provider.gate = asyncio.Event()
    desk.session.generation.generate(GenerationOrder(PROMPT))
    if moment == "while painting":
        qtbot.waitUntil(lambda: bool(desk.provider.requests))
        desk.session.generation.cancel()
    desk.session.close()
    raw = desk.store.load()
    assert raw is None or not decode_state(raw).generating
    assert desk.store.status().record == ""


def test_a_store_that_goes_away_and_comes_back(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    told: list[str] = []
    desk.session.connection_changed.connect(told.append)
    desk.outage.set()
    qtbot.waitUntil(lambda: told[-1:] == ["offline"])
    errors = len(desk.errors)
    set_size(desk.session, 77, 88, 99)
    qtbot.waitUntil(lambda: len(desk.errors) > errors)
    assert desk.session.unsaved
    assert desk.session.state.package_dimensions.width == 77
    desk.outage.clear()
    qtbot.waitUntil(lambda: told[-1:] == [desk.store.kind])
    qtbot.waitUntil(lambda: not desk.session.unsaved)
    assert size_of(desk) == (77, 88, 99)
    assert len(desk.errors) <= errors + 2, "each kind of failure is told once, not at every try"


def test_a_foreign_document_is_told_once_for_an_edit(desk: SessionDesk, qtbot: QtBot) -> None:
    put(desk.store, b"[]")
    with qtbot.waitSignal(desk.session.failed):
        desk.session.begin()
    set_size(desk.session, 50, 50, 50)
    qtbot.waitUntil(lambda: len(desk.errors) == 2)
    assert not desk.session.unsaved, "trying again cannot help"
    assert desk.store.load() == b"[]"


def another_session(desk: SessionDesk) -> Session:
    """The same desk after a restart."""
    session = Session(Opening.of(desk.services))
    session.failed.connect(desk.errors.append)
    return session


def test_the_last_seen_design_opens_while_the_store_is_away(desk: SessionDesk, qtbot: QtBot) -> None:
    asyncio.run(desk.services.generation.generate(GenerationOrder(PROMPT)))
    begin(desk, qtbot)
    desk.session.close()
    desk.outage.set()
    session = another_session(desk)
    try:
        with qtbot.waitSignal(session.state_changed):
            session.begin()
        qtbot.waitUntil(lambda: session.connection == "offline")
        qtbot.waitUntil(lambda: len(session.textures.pixmaps.images()) == 6)
        assert len(session.state.panel_textures) == 6
    finally:
        session.close()


def test_an_edit_made_offline_survives_a_restart_and_is_applied(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    desk.outage.set()
    qtbot.waitUntil(lambda: desk.session.connection == "offline")
    set_size(desk.session, 61, 72, 83)
    desk.session.close()
    desk.outage.clear()
    assert desk.store.load() is None, "it never reached the store"
    session = another_session(desk)
    try:
        session.begin()
        qtbot.waitUntil(lambda: desk.store.load() is not None)
        assert size_of(desk) == (61, 72, 83)
        qtbot.waitUntil(lambda: not session.unsaved)
        qtbot.waitUntil(lambda: not list((desk.folder / "offline").glob("*.edit.json")))
    finally:
        session.close()


def test_services_that_cannot_be_made_are_told_and_the_session_closes(qtbot: QtBot) -> None:
    fault = InvalidSettingError("no address", "Correct it.")

    def made() -> Services:
        raise fault

    session = Session(Opening(made, store_kind="shared", store_place="nowhere", provider="offline"))
    with qtbot.waitSignal(session.unopened) as told:
        session.begin()
    assert told.args == [fault]
    assert (session.connection, session.store_place) == ("shared", "nowhere")
    session.close()
