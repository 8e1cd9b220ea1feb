"""Candidates in the window: chosen, left, cancelled; nothing is on the design before."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from packdesk.domain.panels import PANEL_IDS
from packdesk.ui.artwork.prompt_box import PromptBox
from packdesk.ui.dialogs.candidate_dialog import CandidateDialog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from ui.conftest import Window

    from packdesk.domain.order import GenerationOrder

BOX = list(PANEL_IDS["box"])


@pytest.fixture
def asked(open_window: Window) -> Window:
    """A window whose prompt asks for four candidates."""
    prompt = open_window.window.artwork.prompt
    prompt.edit.setPlainText("red roses on cream")
    prompt.variations.set_count(4)
    return open_window


def dialog_of(asked: Window, qtbot: QtBot) -> CandidateDialog:
    with qtbot.waitSignal(asked.desk.session.generation.candidates_found):
        asked.window.artwork.prompt.all_button.click()
    (dialog,) = asked.window.findChildren(CandidateDialog)
    return dialog


def test_the_chosen_one_and_all_others_are_one_step(asked: Window, qtbot: QtBot) -> None:
    session, stack = asked.desk.session, asked.window.history.stack
    dialog = dialog_of(asked, qtbot)
    assert not session.state.panel_textures
    assert asked.desk.store.load() is None
    assert len(dialog.cells()) == 4
    seed = asked.desk.provider.requests[2].seed
    with qtbot.waitSignal(session.generation.finished):
        QTest.mouseDClick(dialog.cells()[2], Qt.MouseButton.LeftButton)
    assert list(session.state.panel_textures) == BOX
    assert [one.seed for one in asked.desk.provider.requests[4:]] == [seed] * 5
    assert stack.count() == 1
    with qtbot.waitSignal(session.history.applied):
        stack.undo()
    assert not session.state.panel_textures


def test_taking_none_leaves_everything_as_it_was(asked: Window, qtbot: QtBot) -> None:
    dialog = dialog_of(asked, qtbot)
    with qtbot.waitSignal(dialog.finished):
        dialog.reject()
    assert asked.desk.store.load() is None
    assert not asked.desk.session.job.running
    assert asked.window.artwork.prompt.all_button.isEnabled()
    assert asked.window.history.stack.count() == 0


def test_cancel_while_they_are_made(asked: Window, qtbot: QtBot) -> None:
    generation = asked.desk.session.generation
    asked.desk.provider.gate = asyncio.Event()
    with qtbot.waitSignal(generation.changed, check_params_cb=lambda view: view.panels):
        asked.window.artwork.prompt.all_button.click()
    assert not asked.desk.session.state.generating  # neither here nor for anybody else
    with qtbot.waitSignal(generation.stopped):
        asked.window.actions_["cancel"].trigger()
    assert not generation.view.running
    assert asked.desk.store.load() is None
    assert not asked.window.findChildren(CandidateDialog)


def test_a_package_switched_meanwhile_is_told(asked: Window, qtbot: QtBot) -> None:
    dialog = dialog_of(asked, qtbot)
    session = asked.desk.session
    with qtbot.waitSignal(session.state_changed):
        asked.window.package.cylinder_button.click()
    dialog.take.click()
    qtbot.waitUntil(lambda: bool(asked.desk.errors))
    assert "cylinder now" in asked.desk.errors[0].sentence
    assert not session.state.panel_textures


def test_another_is_a_new_variation_that_stays(qtbot: QtBot) -> None:
    box = PromptBox()
    qtbot.addWidget(box)
    box.edit.setPlainText("red roses")
    sent: list[GenerationOrder] = []
    box.wanted.connect(sent.append)
    box.set_ready(ready=True, panels=("left",))
    box.send_one()
    box.variations.another.click()
    box.send_one()
    box.set_ready(ready=True, panels=())
    box.variations.another.click()
    first, second, third, fourth = sent
    assert first.seed is None
    assert second.seed == third.seed is not None
    assert second.panel_ids == ("left",)
    assert fourth.panel_ids is None
    assert fourth.seed not in {None, second.seed}


def test_what_each_step_costs_is_told(qtbot: QtBot) -> None:
    box = PromptBox()
    qtbot.addWidget(box)
    box.show_prices(dict.fromkeys(BOX, 0.10))
    box.variations.set_count(4)
    assert "4 candidates about US$\xa00.40, the others then US$\xa00.50" in box.cost.text()
