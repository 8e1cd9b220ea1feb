"""Tasks on the GUI thread that await the loop thread: every end is told, nothing goes on after closing."""

from __future__ import annotations

import asyncio
import gc
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from support.providers import ScriptedProvider
from support.sessions import running_tasks, services_over

from packdesk.errors import BadPictureError, InvalidSettingError, UnexpectedError
from packdesk.jobs.bridge import Answer, Bridge, CancelledError
from packdesk.jobs.loop_thread import LoopThread
from packdesk.jobs.opening import Opening
from packdesk.store.sqlite import SqliteStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from packdesk.errors import PackdeskError
    from packdesk.services.container import Services


class Desk:
    """A bridge, and what was told."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.thread = LoopThread()
        self.openings: list[threading.Thread] = []
        self.fault: PackdeskError | None = None
        opening = Opening(self._made, store_kind="local", store_place="", provider="offline")
        self.bridge = Bridge(self.thread, opening)
        self.notes: list[object] = []
        self.errors: list[PackdeskError] = []

    def _made(self) -> Services:
        self.openings.append(threading.current_thread())
        if self.fault is not None:
            raise self.fault
        return services_over(SqliteStore(self.folder / "store.sqlite3"), ScriptedProvider(), self.folder)

    async def answer(self, value: str) -> str:
        """On the loop thread."""
        await asyncio.sleep(0)
        assert threading.current_thread() is not threading.main_thread()
        return value

    async def endless(self) -> None:
        """Takes a moment to clean up."""
        self.notes.append("begun")
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.01)
            self.notes.append("cleaned up")


@pytest.fixture
def desk(qapp: object, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    made.thread.begin()
    yield made
    made.bridge.close()
    made.thread.stop()


def test_a_task_reads_from_top_to_bottom_on_the_gui_thread(desk: Desk, qtbot: QtBot) -> None:
    async def steps() -> None:
        desk.notes.append("first")  # at once
        later = desk.bridge.call(desk.answer("second"))
        assert await desk.bridge.call(desk.answer("third")) == "third"
        desk.notes.append(await later)  # was there already
        assert threading.current_thread() is threading.main_thread()

    task = desk.bridge.start(steps(), desk.errors.append)
    assert desk.notes == ["first"]
    assert running_tasks(desk.bridge)
    qtbot.waitUntil(lambda: task.ended)
    assert desk.notes == ["first", "second"]
    assert desk.errors == []
    assert not running_tasks(desk.bridge)


@pytest.mark.parametrize("where", ["here", "over there"])
@pytest.mark.parametrize(
    "fault", [BadPictureError("No picture.", "Take another."), ZeroDivisionError("ours")]
)
def test_no_error_ends_unheard(
    desk: Desk, qtbot: QtBot, caplog: pytest.LogCaptureFixture, where: str, fault: Exception
) -> None:
    async def failing() -> None:
        await asyncio.sleep(0)
        raise fault

    async def steps() -> None:
        if where == "here":
            await desk.bridge.call(desk.answer(""))
            raise fault
        await desk.bridge.call(failing())

    desk.bridge.start(steps(), desk.errors.append)
    qtbot.waitUntil(lambda: bool(desk.errors))
    ours = isinstance(fault, ZeroDivisionError)
    assert isinstance(desk.errors[0], UnexpectedError) if ours else desk.errors == [fault]
    assert ("ZeroDivisionError" in caplog.text) is ours


def test_a_cancelled_task_goes_on_when_the_call_has_cleaned_up(desk: Desk, qtbot: QtBot) -> None:
    async def steps() -> None:
        try:
            await desk.bridge.call(desk.endless())
        except CancelledError:
            desk.notes.append("cancelled")

    task = desk.bridge.start(steps(), desk.errors.append)
    task.cancel()  # before it can have begun
    qtbot.waitUntil(lambda: task.ended)
    assert desk.notes == ["begun", "cleaned up", "cancelled"]


@pytest.mark.parametrize("cancelled", [False, True])
def test_an_answer_given_here_resumes_at_once_and_counts_once(desk: Desk, cancelled: bool) -> None:
    answer: Answer[str] = Answer()

    async def steps() -> None:
        desk.notes.append(await answer)

    task = desk.bridge.start(steps(), desk.errors.append)
    for act in (task.cancel, lambda: answer.give("yes"))[:: 1 if cancelled else -1]:
        act()
    assert desk.notes == ([] if cancelled else ["yes"])
    assert not running_tasks(desk.bridge)
    assert desk.errors == []


def test_a_cancel_too_late_for_one_answer_cancels_the_next(desk: Desk, qtbot: QtBot) -> None:
    async def steps() -> None:
        call = desk.bridge.call(desk.answer("came first"))
        assert call.wait(5)  # over there it has ended, here nobody knows
        desk.notes.append(await call)
        await desk.bridge.call(desk.endless())

    task = desk.bridge.start(steps(), desk.errors.append)
    task.cancel()
    qtbot.waitUntil(lambda: task.ended)
    assert desk.notes == ["came first", "begun", "cleaned up"]
    assert desk.errors == []


def test_a_dialog_in_a_task_lets_other_tasks_go_on(desk: Desk, qtbot: QtBot) -> None:
    async def other() -> None:
        desk.notes.append(await desk.bridge.call(desk.answer("other")))
        dialog.quit()

    async def steps() -> None:
        await desk.bridge.call(desk.answer(""))
        desk.bridge.start(other(), desk.errors.append)
        dialog.exec()
        desk.notes.append("dialog closed")

    dialog = QEventLoop()
    QTimer.singleShot(5000, dialog.quit)
    task = desk.bridge.start(steps(), desk.errors.append)
    qtbot.waitUntil(lambda: task.ended)
    assert desk.notes == ["other", "dialog closed"]


def test_after_closing_nothing_goes_on_and_nothing_begins(desk: Desk) -> None:
    async def steps() -> None:
        desk.notes.append("waits")
        await desk.bridge.call(desk.answer(""))
        desk.notes.append("never")

    desk.bridge.start(steps(), desk.errors.append)
    desk.bridge.close()
    assert desk.bridge.start(steps(), desk.errors.append).ended
    assert desk.bridge.send(desk.answer(""), desk.errors.append).wait(0)
    desk.thread.stop()
    QCoreApplication.sendPostedEvents(desk.bridge)  # the answer to the first arrives, for nobody
    gc.collect()  # a coroutine that was never awaited would warn here
    assert desk.notes == ["waits"]
    assert desk.errors == []


def test_a_task_may_close_the_bridge_itself(desk: Desk, qtbot: QtBot) -> None:
    async def steps() -> None:
        try:
            desk.notes.append(await desk.bridge.call(desk.answer("one")))
            desk.bridge.close()
            desk.notes.append("closed")
            desk.notes.append(await desk.bridge.call(desk.answer("two")))
        finally:
            desk.notes.append("ended")

    desk.bridge.start(steps(), desk.errors.append)
    qtbot.waitUntil(lambda: "ended" in desk.notes)
    assert desk.notes == ["one", "closed", "ended"]
    assert desk.errors == []


def test_the_services_are_made_once_and_on_the_loop_thread(desk: Desk, qtbot: QtBot) -> None:
    async def place(services: Services) -> str:
        return services.store_place

    async def steps() -> None:
        desk.notes.extend([await desk.bridge.ask(place), await desk.bridge.ask(place)])

    assert desk.openings == []
    task = desk.bridge.start(steps(), desk.errors.append)
    qtbot.waitUntil(lambda: task.ended)
    assert desk.notes == [str(desk.folder / "store.sqlite3")] * 2
    assert len(desk.openings) == 1
    assert desk.openings[0] is not threading.main_thread()


def test_services_that_cannot_be_made_are_told_to_whoever_asks(desk: Desk, qtbot: QtBot) -> None:
    desk.fault = InvalidSettingError("no address", "Correct it.")
    for _ in range(2):
        desk.bridge.tell(lambda services: services.aclose(), desk.errors.append)
    qtbot.waitUntil(lambda: len(desk.errors) == 2)
    assert desk.errors == [desk.fault] * 2
