"""The session: intents in, state out, the store behind."""

from __future__ import annotations

import asyncio
import gc
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Slot
from support.providers import picture_bytes
from support.writing import put

from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.wire import decode_state
from packdesk.errors import ForeignDocumentError, GenerationBusyError, InvalidInputError
from packdesk.jobs.session import Session
from packdesk.services.commits import SharedState
from packdesk.services.designs import DesignService

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot
    from support.sessions import SessionDesk

    from packdesk.domain.state import PackagingState
    from packdesk.jobs.generation_job import JobView

PROMPT = "vintage floral pattern"


def stored(desk: SessionDesk) -> PackagingState:
    raw = desk.store.load()
    assert raw is not None
    return decode_state(raw)


def begin(desk: SessionDesk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.session.state_changed):
        desk.session.begin()


def test_it_hydrates_at_start(desk: SessionDesk, qtbot: QtBot) -> None:
    asyncio.run(desk.services.designs.update_dimensions("cylinder", 90, 200, 90))
    begin(desk, qtbot)
    assert desk.session.state.package_type == "cylinder"
    assert desk.session.state.package_dimensions.as_tuple() == (90, 200, 90)
    assert desk.session.connection == desk.store.kind


def test_a_drag_shows_every_step_and_saves_the_last(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    desk.states.clear()
    for width in range(101, 161):
        desk.session.set_dimensions(width, 150, 100)
    assert [state.package_dimensions.width for state in desk.states] == list(range(101, 161))
    assert desk.session.unsaved
    qtbot.waitUntil(lambda: not desk.session.unsaved)
    assert stored(desk).package_dimensions.width == 160


def test_few_writes_for_many_steps(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    seen = []
    designs = desk.services.designs
    original = designs.update_dimensions

    async def counted(*arguments: object) -> PackagingState:
        seen.append(arguments)
        return await original(*arguments)  # type: ignore[arg-type]

    designs.update_dimensions = counted  # type: ignore[method-assign,assignment]
    for width in range(101, 201):
        desk.session.set_dimensions(width, 150, 100)
    qtbot.waitUntil(lambda: not desk.session.unsaved)
    assert len(seen) == 1


def test_closing_saves_what_waits(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    desk.session.set_dimensions(123, 45, 67)
    desk.session.close()
    assert stored(desk).package_dimensions.as_tuple() == (123, 45, 67)


def test_another_programs_change_shows(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    with qtbot.waitSignal(
        desk.session.state_changed, check_params_cb=lambda state: state.package_dimensions.width == 321
    ):
        asyncio.run(DesignService(SharedState(desk.store)).update_dimensions("box", 321, 150, 100))


def test_bad_sizes_are_told_and_not_shown(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    desk.session.set_dimensions(5, 150, 100)
    assert isinstance(desk.errors[0], InvalidInputError)
    assert desk.session.state.package_dimensions.width == 100


def test_switching_the_type_is_saved_at_once(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    desk.session.set_package_type("cylinder")
    assert desk.session.state.package_type == "cylinder"
    qtbot.waitUntil(lambda: not desk.session.unsaved)
    assert stored(desk).package_type == "cylinder"


def test_generating_all_shows_progress_then_everything_together(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    views: list[JobView] = []
    desk.session.job.changed.connect(views.append)
    with qtbot.waitSignal(desk.session.generated) as blocker:
        desk.session.generate_all(PROMPT)
    assert list(blocker.args[0].finished) == list(PANEL_IDS["box"])
    assert {len(state.panel_textures) for state in desk.states} == {0, 6}
    assert [view.done for view in views] == [*sorted(view.done for view in views[:-1]), 0]
    qtbot.waitUntil(lambda: len(desk.session.textures.pixmaps) == 6)
    shown = desk.session.textures.pixmaps.get("front")
    assert shown
    assert not shown.pixmap.isNull()


def test_generating_right_after_an_edit_works_on_the_edit(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    desk.session.set_dimensions(60, 70, 80)
    desk.session.set_package_type("cylinder")
    with qtbot.waitSignal(desk.session.generated) as blocker:
        desk.session.generate_all(PROMPT)
    assert blocker.args[0].finished == PANEL_IDS["cylinder"]
    desk.session.set_dimensions(55, 70, 55)
    with qtbot.waitSignal(desk.session.generated):
        desk.session.generate("top", PROMPT)
    assert desk.provider.requests[-1].size.width == 55


def test_cancel_answers_and_commits_nothing(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    desk.provider.gate = asyncio.Event()
    desk.session.generate_all(PROMPT)
    qtbot.waitUntil(lambda: bool(desk.provider.requests))
    with qtbot.waitSignal(desk.session.job.cancelled):
        desk.session.cancel()
    assert not desk.session.job.view.running
    assert not stored(desk).generating
    assert stored(desk).panel_textures == {}


def test_cancelling_before_it_began_ends_it_too(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    with qtbot.waitSignal(desk.session.job.cancelled):
        desk.session.generate_all(PROMPT)
        desk.session.cancel()
    assert not desk.session.job.view.running


def test_a_second_generation_is_not_started(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    desk.provider.gate = asyncio.Event()
    desk.session.generate("front", PROMPT)
    desk.session.generate("back", PROMPT)
    qtbot.waitUntil(lambda: bool(desk.provider.requests))
    assert [request.panel_id for request in desk.provider.requests] == ["front"]


def test_a_generation_elsewhere_is_shown_and_its_artwork_arrives(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    other = desk.services.generation

    async def elsewhere() -> None:
        desk.provider.gate = asyncio.Event()
        task = asyncio.create_task(other.generate_all(PROMPT))
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
            desk.session.generate_all(PROMPT)
        assert isinstance(blocker.args[0], GenerationBusyError)
        assert desk.session.busy_elsewhere, "our refusal must not clear their flags"
    finally:
        finish.set()
        thread.join()
    qtbot.waitUntil(lambda: len(desk.session.textures.pixmaps) == 6)
    assert not desk.session.busy_elsewhere


def test_importing_and_clearing(desk: SessionDesk, qtbot: QtBot, tmp_path: Path) -> None:
    begin(desk, qtbot)
    file = tmp_path / "a.png"
    file.write_bytes(picture_bytes())
    desk.session.import_picture("top", file)
    qtbot.waitUntil(lambda: desk.session.textures.pixmaps.get("top") is not None)
    with qtbot.waitSignal(desk.session.state_changed):
        desk.session.clear()
    assert desk.session.textures.pixmaps.get("top") is None


def test_a_missing_picture_is_told_per_panel(desk: SessionDesk, qtbot: QtBot, tmp_path: Path) -> None:
    asyncio.run(desk.services.generation.generate("front", PROMPT))
    for file in (tmp_path / "library").iterdir():
        file.unlink()
    begin(desk, qtbot)
    qtbot.waitUntil(lambda: desk.session.textures.missing("front") is not None)
    assert desk.session.textures.pixmaps.get("front") is None
    assert desk.errors == []


def test_a_restart_shows_everything_without_a_provider(desk: SessionDesk, qtbot: QtBot) -> None:
    asyncio.run(desk.services.generation.generate_all(PROMPT))
    calls = len(desk.provider.requests)
    begin(desk, qtbot)
    qtbot.waitUntil(lambda: len(desk.session.textures.pixmaps) == 6)
    assert len(desk.provider.requests) == calls


def test_a_foreign_document_is_told_and_kept(desk: SessionDesk, qtbot: QtBot) -> None:
    put(desk.store, b"{broken")
    with qtbot.waitSignal(desk.session.failed) as blocker:
        desk.session.begin()
    assert isinstance(blocker.args[0], ForeignDocumentError)
    desk.session.set_dimensions(50, 50, 50)
    desk.session.close()
    assert desk.store.load() == b"{broken"


def test_signals_arrive_on_the_gui_thread(desk: SessionDesk, qtbot: QtBot) -> None:
    class Witness(QObject):
        threads: list[QThread]

        @Slot(object)
        def note(self, _: object) -> None:
            self.threads.append(QThread.currentThread())

    witness = Witness()
    witness.threads = []
    desk.session.state_changed.connect(witness.note)
    desk.session.job.changed.connect(witness.note)
    begin(desk, qtbot)
    with qtbot.waitSignal(desk.session.generated):
        desk.session.generate_all(PROMPT)
    assert set(witness.threads) == {QThread.currentThread()}


def test_closing_while_busy_ends_cleanly(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    desk.provider.gate = asyncio.Event()
    desk.session.generate_all(PROMPT)
    qtbot.waitUntil(lambda: bool(desk.provider.requests))
    desk.session.close()
    assert not stored(desk).generating
    desk.session.close()  # twice does no harm


def test_many_sessions_come_and_go(desk: SessionDesk, qtbot: QtBot) -> None:
    for _ in range(20):
        session = Session(desk.services)
        with qtbot.waitSignal(session.state_changed):
            session.begin()
        session.close()


def test_what_arrives_after_closing_is_dropped(desk: SessionDesk, qtbot: QtBot) -> None:
    begin(desk, qtbot)
    desk.session.close()
    desk.session._hydrate()
    desk.session.clear()
    desk.session.generate("front", PROMPT)
    gc.collect()  # a coroutine that was never awaited would warn here
    assert desk.provider.requests == []
