"""Gemini where there is a key, else the painter that needs none."""

from __future__ import annotations

import pytest
from pydantic import SecretStr
from support.gemini_cases import small_request
from support.providers import ScriptedProvider

from packdesk.errors import ProviderSetupError
from packdesk.generation.auto import AutoProvider
from packdesk.generation.base import Estimate, ProviderProfile
from packdesk.generation.keys import KeyKeeper

KEY = SecretStr("AIza-given")


class Painters:
    """The two to choose from, and who keeps the key."""

    def __init__(self, key: SecretStr | None = None) -> None:
        self.keys = KeyKeeper("gemini", key)
        self.paid, self.free = ScriptedProvider(), ScriptedProvider()
        self.paid.name = "paid"
        self.paid.paid = self.paid.takes_references = True
        self.paid.usual_parallel = 6
        self.paid.cost = Estimate(6, "paid", "medium")
        self.free.name = "free"
        self.auto = AutoProvider(self.keys, self.paid, self.free)


async def test_before_it_has_looked_it_is_the_free_one() -> None:
    painters = Painters(KEY)
    assert painters.auto.profile.name == "free"
    await painters.auto.generate(small_request())
    assert len(painters.free.requests) == 1


async def test_with_a_key_it_is_the_paid_one_in_everything() -> None:
    painters = Painters(KEY)
    auto = painters.auto
    await auto.prepare()
    assert auto.profile == ProviderProfile("paid", paid=True, takes_references=True, usual_parallel=6)
    assert auto.estimate([small_request()]) == Estimate(6, "paid", "medium")
    await auto.generate(small_request())
    assert (len(painters.paid.requests), painters.free.requests) == (1, [])
    assert (painters.paid.prepared, painters.free.prepared) == (1, 0)


async def test_without_a_key_it_is_the_free_one_in_everything() -> None:
    painters = Painters()
    auto = painters.auto
    await auto.prepare()
    assert auto.profile == ProviderProfile("free")
    assert auto.estimate([small_request()]) is None
    await auto.generate(small_request())
    assert (len(painters.free.requests), painters.paid.requests) == (1, [])
    assert (painters.paid.prepared, painters.free.prepared) == (0, 1)


async def test_it_looks_again_each_time() -> None:
    painters = Painters()
    await painters.auto.prepare()
    painters.keys._session = KEY
    assert painters.auto.profile.name == "free", "it changes in prepare only, never during a generation"
    await painters.auto.prepare()
    assert painters.auto.profile.name == "paid"
    painters.keys._session = None
    await painters.auto.prepare()
    assert painters.auto.profile.name == "free"


async def test_a_key_that_does_not_do_is_told_and_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    painters = Painters(KEY)

    async def refuse() -> None:
        raise ProviderSetupError("Not with this key.", "Enter another.")

    monkeypatch.setattr(painters.paid, "prepare", refuse)
    with pytest.raises(ProviderSetupError):
        await painters.auto.prepare()
    assert painters.auto.profile.name == "paid"


async def test_both_are_closed() -> None:
    painters = Painters(KEY)
    await painters.auto.prepare()
    await painters.auto.aclose()
    assert (painters.paid.closed, painters.free.closed) == (1, 1)
