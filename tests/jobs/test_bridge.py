"""Tasks on the GUI thread that await the loop thread: every end is told, nothing goes on after closing."""

from __future__ import annotations

import asyncio
import gc
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from support.sessions import running_tasks

from packdesk.errors import BadPictureError, UnexpectedError
from packdesk.jobs.bridge import Answer, Bridge
from packdesk.jobs.loop_thread import LoopThread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from packdesk.errors import PackdeskError


class Desk:
    """A bridge, and what was told."""

    def __init__(self) -> None:
        self.thread = LoopThread()
        self.bridge = Bridge(self.thread)
        self.notes: list[object] = []
        self.errors: list[PackdeskError] = []

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
def desk(qapp: object) -> Iterator[Desk]:
    made = Desk()
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
        except asyncio.CancelledError:
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
