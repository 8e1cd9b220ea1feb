"""Nothing is paid for that was not told and agreed to; the local server stands for Gemini."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from mcp_types import ElicitResult
from support.assistant import assisting
from support.gemini_server import GeminiServer
from support.shell import Shell, paid_shell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROMPT = "vintage floral pattern"
TOLD = "Asking gemini-3.1-flash-image for 1 picture, about US$ 0.25 by prices of 2026-11-01."


@pytest.fixture
def gemini() -> Iterator[GeminiServer]:
    with GeminiServer() as server:
        yield server


@pytest.fixture
def shell(tmp_path: Path, gemini: GeminiServer) -> Shell:
    return paid_shell(tmp_path, gemini)


async def test_the_amount_is_told_before_it_can_be_confirmed(shell: Shell, gemini: GeminiServer) -> None:
    front: dict[str, Any] = {"panel": "front", "prompt": PROMPT}
    async with assisting(shell) as one:
        for guessed in ({}, {"confirm_cost": 0.3}):
            told = await one.refused("generate_panel", **front, **guessed)
            assert f"Nothing was asked for yet. {TOLD}" in told
            assert "call again with confirm_cost 0.25." in told
        other = await one.refused("generate_panel", panel="back", prompt=PROMPT, confirm_cost=0.25)
        assert "Nothing was asked for yet." in other
        assert gemini.requests == []
        assert (await one.values("generate_panel", **front, confirm_cost=0.25))["finished"] == ["front"]
        assert "Nothing was asked for yet." in await one.refused("generate_panel", **front, confirm_cost=0.25)
        assert len(gemini.requests) == 1
        assert gemini.key not in one.told()


async def test_the_monthly_limit_stops(shell: Shell, gemini: GeminiServer) -> None:
    async with assisting(shell) as one:
        told = await one.refused("generate_all", prompt=PROMPT, confirm_cost=1.5)
        assert "The monthly limit of US$ 0.80 leaves no room for this, about US$ 1.50" in told
    assert gemini.requests == []


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_client_that_can_asks_the_user(shell: Shell, gemini: GeminiServer, mode: str) -> None:
    asked, answers = [], ["decline", "accept", "cancel"]

    async def answer(_context: object, question: Any) -> ElicitResult:
        asked.append(question.message)
        action: Any = answers.pop(0)
        return ElicitResult(action=action, content={} if action == "accept" else None)

    front: dict[str, Any] = {"panel": "front", "prompt": PROMPT, "confirm_cost": 0.25}
    async with assisting(shell, mode=mode, elicitation_callback=answer) as one:
        told = await one.refused("generate_panel", **front)
        assert "The cost was not agreed to" in told
        assert gemini.requests == []
        assert (await one.values("generate_panel", **front))["finished"] == ["front"]
        assert "The cost was not agreed to" in await one.refused("generate_panel", **front)
    assert len(gemini.requests) == 1
    assert [question.startswith(TOLD) for question in asked] == [True, True, True]
