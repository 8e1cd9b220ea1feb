"""A provider's life: opened once, kept while somebody draws, closed afterwards; keys come and go."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr
from support.gemini_answers import draw_picture
from support.gemini_cases import small_request
from support.waiting import until

from packdesk.errors import ProviderSetupError, TryLaterError
from packdesk.generation.gemini import retrying
from packdesk.generation.gemini.provider import GeminiOptions, GeminiProvider
from packdesk.generation.keys import KeyKeeper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generation.gemini.conftest import MakeProvider
    from support.gemini_answers import SeenRequest
    from support.gemini_server import GeminiServer

    from packdesk.generation.gemini.client import GeminiClient
    from packdesk.textures.check import CleanPicture


def draw(provider: GeminiProvider, **more: Any) -> asyncio.Task[CleanPicture]:
    return asyncio.create_task(provider.generate(small_request(**more)))


@pytest.fixture
def gate(gemini: GeminiServer) -> Iterator[threading.Event]:
    """The server's pictures wait until it is set."""
    opened = threading.Event()

    def wait_and_draw(seen: SeenRequest, width: int, height: int) -> bytes:
        assert opened.wait(20)
        return draw_picture(seen, width, height)

    gemini.picture = wait_and_draw
    yield opened
    opened.set()


async def drawing(provider: GeminiProvider, server: GeminiServer) -> list[asyncio.Task[CleanPicture]]:
    """Three pictures the server is at work on."""
    tasks = [draw(provider) for _ in range(3)]
    await until(lambda: server.round.active == 3)
    return tasks


def transport_of(provider: GeminiProvider) -> Any:
    assert provider._client
    return provider._client._transport


# Opening.


async def test_six_at_once_share_one_client(
    provider: GeminiProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[SecretStr] = []
    opening = GeminiProvider._open

    def counted(self: GeminiProvider, key: SecretStr) -> GeminiClient:
        opened.append(key)
        return opening(self, key)

    monkeypatch.setattr(GeminiProvider, "_open", counted)
    await asyncio.gather(*(draw(provider) for _ in range(6)))
    assert len(opened) == 1


# Cancelling and closing.


async def test_cancelling_hangs_up(provider: GeminiProvider, gemini: GeminiServer) -> None:
    gemini.delay_s = 600
    tasks = await drawing(provider, gemini)
    tasks[0].cancel()
    await until(lambda: gemini.hung_up == 1)
    gemini.delay_s = 0
    for task in tasks[1:]:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert all(task.cancelled() for task in tasks)
    await provider.generate(small_request())


async def test_cancelling_ends_a_pause(
    provider: GeminiProvider, gemini: GeminiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrying, "FIRST_PAUSE_S", 15.0)
    gemini.fault("status", code=503)
    task = draw(provider)
    await until(lambda: gemini.requests and not gemini.round.active)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(gemini.requests) == 1


async def test_closing_waits_for_who_is_drawing(
    provider: GeminiProvider, gemini: GeminiServer, gate: threading.Event
) -> None:
    tasks = await drawing(provider, gemini)
    transport = transport_of(provider)
    await provider.aclose()
    assert not transport.is_closed
    gate.set()
    assert len(await asyncio.gather(*tasks)) == 3
    assert transport.is_closed


async def test_closing_waits_for_who_will_ask_again(
    provider: GeminiProvider, gemini: GeminiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrying, "FIRST_PAUSE_S", 0.1)
    gemini.fault("status", code=503, times=1)
    task = draw(provider)
    await until(lambda: gemini.requests)
    await provider.aclose()
    await task
    assert len(gemini.requests) == 2


async def test_closing_does_not_wait_for_who_is_cancelled(
    provider: GeminiProvider, gemini: GeminiServer
) -> None:
    gemini.fault("hang")
    tasks = await drawing(provider, gemini)
    transport = transport_of(provider)
    await provider.aclose()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert transport.is_closed


async def test_a_closed_provider_may_be_used_again(provider: GeminiProvider) -> None:
    for _ in range(2):
        await provider.generate(small_request())
        await provider.aclose()
        assert provider._client is None


# The key.


async def test_another_key_spoils_no_picture_that_is_being_drawn(
    gemini: GeminiServer, gate: threading.Event
) -> None:
    keys = KeyKeeper("gemini", SecretStr(gemini.key))
    provider = GeminiProvider(keys, GeminiOptions(url=gemini.url))
    tasks = await drawing(provider, gemini)
    gemini.key = "AIza-the-second-key"
    keys._given = SecretStr(gemini.key)
    await provider.prepare()
    gate.set()
    assert len(await asyncio.gather(*tasks)) == 3
    await provider.generate(small_request())
    assert gemini.requests[-1].headers["x-goog-api-key"] == "AIza-the-second-key"
    await provider.aclose()


async def test_a_key_that_is_gone_is_not_used_any_more(gemini: GeminiServer) -> None:
    keys = KeyKeeper("gemini", SecretStr(gemini.key))
    provider = GeminiProvider(keys, GeminiOptions(url=gemini.url))
    await provider.generate(small_request())
    keys._given = None
    with pytest.raises(ProviderSetupError, match="needs a key"):
        await provider.prepare()
    with pytest.raises(ProviderSetupError, match="needs a key"):
        await provider.generate(small_request())
    assert len(gemini.requests) == 1


async def test_a_check_asks_for_the_models_only(make_provider: MakeProvider, gemini: GeminiServer) -> None:
    await make_provider().check()
    with pytest.raises(ProviderSetupError, match="does not accept"):
        await make_provider().check(SecretStr("AIza-another"))
    with pytest.raises(ProviderSetupError, match="does not accept"):
        await make_provider().check(SecretStr("in two\nlines"))
    with pytest.raises(ProviderSetupError, match="not know the model gemini-0"):
        await make_provider(model="gemini-0").check()
    gemini.fault("status", code=503)
    with pytest.raises(TryLaterError):
        await make_provider().check()
    assert len(gemini.requests) == 4
    assert not [one for one in gemini.requests if "generateContent" in one.path]
