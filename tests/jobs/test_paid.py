"""Before pictures that cost something are asked for, the user agrees, once a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.providers import ScriptedProvider

from packdesk.domain.order import GenerationOrder
from packdesk.errors import ProviderSetupError
from packdesk.generation.base import Estimate

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from support.sessions import SessionDesk

PROMPT = "vintage floral pattern"


@pytest.fixture
def paid(desk: SessionDesk, qtbot: QtBot) -> SessionDesk:
    desk.provider.paid = True
    desk.provider.cost = Estimate(6, "some-model", "medium")
    with qtbot.waitSignal(desk.session.state_changed):
        desk.session.begin()
    return desk


def test_nothing_is_asked_for_before_the_user_agrees(paid: SessionDesk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(paid.session.generation.cost_asked) as asked:
        paid.session.generation.generate(GenerationOrder(PROMPT))
    assert asked.args == [paid.provider.cost]
    assert paid.provider.requests == []
    with qtbot.waitSignal(paid.session.generation.finished):
        paid.session.generation.agree()
    assert len(paid.provider.requests) == 6


def test_the_user_is_asked_once_a_session(paid: SessionDesk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(paid.session.generation.cost_asked):
        paid.session.generation.generate(GenerationOrder(PROMPT, ("front",)))
    with qtbot.waitSignal(paid.session.generation.finished):
        paid.session.generation.agree()
    with qtbot.waitSignal(paid.session.generation.finished):
        paid.session.generation.generate(GenerationOrder(PROMPT, ("back",)))


def test_declining_makes_nothing_and_asks_the_next_time(paid: SessionDesk, qtbot: QtBot) -> None:
    for _ in range(2):
        with qtbot.waitSignal(paid.session.generation.cost_asked):
            paid.session.generation.generate(GenerationOrder(PROMPT))
        paid.session.generation.decline()
    assert paid.provider.requests == []
    assert not paid.session.generation.view.running


def test_another_provider_is_agreed_to_anew(paid: SessionDesk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(paid.session.generation.cost_asked):
        paid.session.generation.generate(GenerationOrder(PROMPT, ("front",)))
    with qtbot.waitSignal(paid.session.generation.finished):
        paid.session.generation.agree()
    other = ScriptedProvider()
    other.name = "another"
    other.paid, other.cost = True, Estimate(1, "other-model", "low")
    with qtbot.waitSignal(paid.session.provider_changed):
        paid.session.generation.use_provider(other)
    assert paid.provider.closed == 1
    with qtbot.waitSignal(paid.session.generation.cost_asked) as asked:
        paid.session.generation.generate(GenerationOrder(PROMPT, ("front",)))
    assert asked.args[0].model == "other-model"


def test_what_keeps_a_provider_from_working_is_told_when_it_is_needed(
    paid: SessionDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def prepare() -> None:
        raise ProviderSetupError("There is no key.", "Enter one.")

    monkeypatch.setattr(paid.provider, "prepare", prepare)
    with qtbot.waitSignal(paid.session.failed) as failed:
        paid.session.generation.generate(GenerationOrder(PROMPT))
    assert failed.args[0].sentence == "There is no key."
    assert not paid.session.generation.view.running


def test_closing_lets_the_providers_connections_go(paid: SessionDesk) -> None:
    paid.session.close()
    assert paid.provider.closed == 1
