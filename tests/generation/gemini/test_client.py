"""Google's client as we set it up: whom it asks, how long it waits, and answers nobody thought of."""

from __future__ import annotations

import asyncio
import io
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from pydantic import SecretStr
from support.gemini_answers import ground_colour
from support.gemini_cases import small_request
from support.gemini_faults import FAULTS

from packdesk.errors import BrokenAnswerError, GenerationTimeoutError, InvalidSettingError, TryLaterError
from packdesk.generation.gemini import client as client_module
from packdesk.generation.gemini import retrying
from packdesk.generation.gemini.answers import MAX_ANSWER_BYTES
from packdesk.generation.gemini.client import CONNECT_S, READ_S, DrawCall, GeminiClient, check_url

if TYPE_CHECKING:
    from generation.gemini.conftest import MakeProvider
    from support.gemini_cases import Places
    from support.gemini_server import Exchange, GeminiServer

    from packdesk.generation.gemini.provider import GeminiProvider

CALL = DrawCall("gemini-3.1-flash-image", "A blue box", (), "1:1", "512", 0)


# Who is asked, and with what.


async def test_a_variable_in_the_environment_sends_the_key_nowhere(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GOOGLE_GEMINI_BASE_URL", "GOOGLE_VERTEX_BASE_URL", "HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, places.elsewhere.url)
    monkeypatch.setenv("GOOGLE_GENAI_USE_VERTEXAI", "true")
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", "somebody")
    monkeypatch.setenv("GOOGLE_API_KEY", "AIza-another")
    client = GeminiClient(SecretStr(places.server.key), places.server.url)
    assert await client.draw(CALL)
    await client.aclose()
    assert [one.headers["x-goog-api-key"] for one in places.server.requests] == [places.server.key]
    assert places.elsewhere.requests == []


async def test_without_an_address_google_is_asked(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", places.elsewhere.url)
    assert client_module.GOOGLE.startswith("https://")
    monkeypatch.setattr(client_module, "GOOGLE", places.server.url)
    client = GeminiClient(SecretStr(places.server.key))
    assert await client.draw(CALL)
    await client.aclose()
    assert places.elsewhere.requests == []


@pytest.mark.parametrize(
    "url",
    ["http://example.org", "ftp://127.0.0.1", "https://", "127.0.0.1:80", "http://127.0.0.1.example.org"],
)
def test_an_address_that_tells_the_key_to_everybody_is_refused(url: str) -> None:
    with pytest.raises(InvalidSettingError):
        check_url(url)


@pytest.mark.parametrize("url", ["http://localhost:8080", "http://127.0.0.1", "http://[::1]:5/x"])
def test_this_machine_may_be_asked_without_encryption(url: str) -> None:
    assert check_url(url)


# How long is waited.


@pytest.mark.parametrize(("deadline_s", "read_s"), [(180, READ_S), (5, READ_S), (600, 300)])
async def test_connecting_is_given_up_sooner_than_reading(
    make_provider: MakeProvider, deadline_s: float, read_s: float
) -> None:
    provider = make_provider(deadline_s=deadline_s)
    await provider.generate(small_request())
    waits: list[dict[str, float]] = []

    async def note(request: Any) -> None:
        waits.append(request.extensions["timeout"])

    assert provider._client
    provider._client._transport.event_hooks["request"].append(note)
    await provider.generate(small_request())
    assert [(one["connect"], one["read"]) for one in waits] == [(CONNECT_S, read_s)]


async def test_an_answer_that_does_not_come_is_given_up(gemini: GeminiServer) -> None:
    gemini.fault("hang")
    client = GeminiClient(SecretStr(gemini.key), gemini.url, read_s=0.05)
    with pytest.raises(GenerationTimeoutError, match=r"within 0\.05 seconds"):
        await client.draw(CALL)
    await client.aclose()


def test_a_service_is_never_asked_sooner_than_it_wishes() -> None:
    asked = TryLaterError("Later.", after_s=7)
    pauses = [retrying._pause(asked, attempt) for attempt in (1, 2, 3) for _ in range(20)]
    assert all(pause and 7 <= pause <= 7 + retrying.FIRST_PAUSE_S for pause in pauses)
    assert len(set(pauses)) > 1, "six panels would come back at the same moment"
    assert retrying._pause(asked, 4) is None


def test_pauses_grow_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrying, "FIRST_PAUSE_S", 8.0)
    first, second, third = (retrying._pause(TryLaterError("Later."), attempt) or 0 for attempt in (1, 2, 3))
    assert 8 * 0.7 <= first <= 8 * 1.3
    assert 16 * 0.7 <= second <= 16 * 1.3
    assert 20 * 0.7 <= third <= 20 * 1.3


# Answers nobody thought of.


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "application/json"),
        (b"{}", "application/json; charset=hex"),
        (b'{"candidates": [5]}', "application/json"),
        (b'{"candidates": [{"content": {"parts": [null]}}]}', "application/json"),
        (b"\xff\xfe", "application/json"),
    ],
    ids=["nested", "charset", "candidates", "parts", "bytes"],
)
async def test_whatever_the_client_chokes_on_is_a_broken_answer(
    provider: GeminiProvider,
    gemini: GeminiServer,
    monkeypatch: pytest.MonkeyPatch,
    body: bytes,
    content_type: str,
) -> None:
    def odd(exchange: Exchange) -> None:
        exchange.send(body, content_type=content_type)

    monkeypatch.setitem(FAULTS, "odd", odd)
    gemini.fault("odd", times=2)
    with pytest.raises(BrokenAnswerError):
        await provider.generate(small_request())
    await provider.generate(small_request())


async def test_every_answer_belongs_to_its_request(provider: GeminiProvider, gemini: GeminiServer) -> None:
    prompts = [f"pattern number {number}" for number in range(4)]
    pictures = await asyncio.gather(*(provider.generate(small_request(prompt=prompt)) for prompt in prompts))
    for prompt, picture in zip(prompts, pictures, strict=True):
        (seen,) = [seen for seen in gemini.requests if prompt in seen.prompt]
        with Image.open(io.BytesIO(picture.png)) as image:
            assert image.getpixel((0, 0)) == ground_colour(seen.prompt)


# Answers that are larger than they look.


async def test_an_answer_is_asked_for_plainly_and_understood_packed(gemini: GeminiServer) -> None:
    gemini.fault("packed")
    client = GeminiClient(SecretStr(gemini.key), gemini.url)
    assert await client.draw(CALL)
    await client.aclose()
    assert gemini.requests[0].headers["accept-encoding"] == "identity"


@pytest.mark.parametrize(
    "details",
    [
        {"unpacked_mb": 300},
        {"coding": "br"},
        {"coding": "gzip, gzip"},
        {"body": b'{"candidates": [' + b"{}," * 400_000 + b"{}]}"},
        {"body": b"[" * 600_000},
    ],
)
async def test_an_answer_out_of_bounds_is_given_up_while_it_comes(
    gemini: GeminiServer, details: dict[str, Any]
) -> None:
    gemini.fault("packed", **details)
    client = GeminiClient(SecretStr(gemini.key), gemini.url)
    tracemalloc.start()
    try:
        with pytest.raises(BrokenAnswerError, match="cannot be read"):
            await client.draw(CALL)
        assert tracemalloc.get_traced_memory()[1] < 3 * MAX_ANSWER_BYTES
    finally:
        tracemalloc.stop()
        await client.aclose()
