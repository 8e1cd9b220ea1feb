"""The real provider, talking to the local server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr
from support.gemini_answers import draw_picture
from support.gemini_cases import PATIENT_S, Places, closed_address, grained_picture
from support.gemini_server import GeminiServer

from packdesk.generation.gemini import retrying
from packdesk.generation.gemini.provider import GeminiOptions, GeminiProvider
from packdesk.generation.keys import KeyKeeper

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    MakeProvider = Callable[..., GeminiProvider]


@pytest.fixture(scope="module")
def gemini_listening() -> Iterator[GeminiServer]:
    with GeminiServer() as server:
        yield server


@pytest.fixture(scope="module")
def elsewhere_listening() -> Iterator[GeminiServer]:
    with GeminiServer() as server:
        yield server


@pytest.fixture
def gemini(gemini_listening: GeminiServer) -> Iterator[GeminiServer]:
    """A server that remembers nothing yet and does what it should."""
    gemini_listening.reset()
    yield gemini_listening
    gemini_listening.reset()
    vars(gemini_listening).update(delay_s=0.0, key=GeminiServer.key, picture=draw_picture)


@pytest.fixture
def places(gemini: GeminiServer, elsewhere_listening: GeminiServer) -> Iterator[Places]:
    """Where the faults of the table happen."""
    elsewhere_listening.reset()
    gemini.picture = grained_picture
    with closed_address() as closed:
        yield Places(gemini, elsewhere_listening, closed)


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrying, "FIRST_PAUSE_S", 0.005)


@pytest.fixture
async def make_provider(gemini: GeminiServer) -> AsyncIterator[MakeProvider]:
    """Providers for the server; options and another key may be given."""
    made: list[GeminiProvider] = []

    def make(key: str = gemini.key, **options: Any) -> GeminiProvider:
        wanted = GeminiOptions(**{"url": gemini.url, "deadline_s": PATIENT_S, **options})
        made.append(GeminiProvider(KeyKeeper("gemini", SecretStr(key)), wanted))
        return made[-1]

    yield make
    for provider in made:
        await provider.aclose()


@pytest.fixture
async def provider(make_provider: MakeProvider) -> GeminiProvider:
    return make_provider()
