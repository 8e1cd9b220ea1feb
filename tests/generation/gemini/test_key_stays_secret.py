"""Whatever goes wrong, the key is in no log, no error, no traceback and no representation."""

from __future__ import annotations

import contextlib
import logging
import pickle
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr
from support.gemini_cases import CASES, Case, small_request
from support.gemini_faults import FAULTS

from packdesk.errors import InvalidInputError, PackdeskError, ProviderSetupError
from packdesk.generation.gemini.provider import GeminiOptions, GeminiProvider
from packdesk.generation.keys import KeyKeeper, check_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.gemini_cases import Places
    from support.gemini_server import Exchange

SECRET = "AIza-do-not-tell-anybody"
MARK = "AIza"  # every key here begins so, and nothing else does
TESTS = str(Path(__file__).resolve().parent.parent.parent)
TALKATIVE = ("", "httpx2", "httpcore2", "h11", "google_genai", "asyncio", "packdesk", "keyring")

ECHOING = [
    Case("Google names the key", "status", {"code": 400, "message": f"'api_key:{SECRET}' is suspended."}),
    Case("Google names it in a 403", "status", {"code": 403, "message": f"{SECRET} has no billing."}),
    Case("a proxy's page repeats the request", "echo", {}),
]

pytestmark = pytest.mark.filterwarnings(
    "ignore:FINISHED_IN_A_NEW_WAY is not a valid FinishReason:UserWarning"
)


def echo(exchange: Exchange) -> None:
    exchange.send(str(exchange.seen.headers).encode(), code=400, content_type="text/html")


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and all that led to it, also what `from None` hides."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def told_by(error: BaseException) -> Iterator[str]:
    """Everything a crash report might hold of an error, without the frames of the test itself."""
    for one in chain(error):
        yield from (str(one), repr(one), repr(vars(one)), pickle.dumps(one).decode("latin1"))
        frame = one.__traceback__
        while frame and frame.tb_frame.f_code.co_filename.startswith(TESTS):
            frame = frame.tb_next
        report = traceback.TracebackException(type(one), one, frame, capture_locals=True)
        yield "".join(report.format())


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Everything anybody logs."""
    with contextlib.ExitStack() as stack:
        for name in TALKATIVE:
            stack.enter_context(caplog.at_level(logging.DEBUG, name))
        yield caplog


@pytest.mark.parametrize("case", [*CASES, *ECHOING], ids=lambda case: case.name)
async def test_no_fault_tells_the_key(
    case: Case, places: Places, log: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FAULTS, "echo", echo)
    places.server.key = SECRET
    case.spoil(places)
    told: list[str] = []
    async with contextlib.aclosing(case.provider(places)) as provider:
        try:
            await provider.generate(small_request())
        except PackdeskError as error:
            told += told_by(error)
        told += [repr(thing) for thing in (provider, vars(provider), provider._client, provider._keys)]
    assert bool(told[4:]) == bool(case.error or case in ECHOING), "only failures have more to tell"
    assert case.requests == 0 or any(record.name.startswith("httpcore2") for record in log.records)
    told += [log.text, *(f"{vars(record)}" for record in log.records)]
    assert [text for text in told if MARK in text] == []


def test_nothing_that_holds_the_key_shows_it(places: Places) -> None:
    keys = KeyKeeper("gemini", SecretStr(SECRET))
    assert keys.find()[0] == SecretStr(SECRET)
    keys.remember(SecretStr(SECRET))
    options = GeminiOptions(url=places.server.url)
    provider = GeminiProvider(keys, options)
    client = provider._open(SecretStr(SECRET))
    for thing in (keys, vars(keys), options, provider, vars(provider), client, vars(client), keys.find()):
        assert MARK not in f"{thing!r} {thing!s}"


@pytest.mark.parametrize("key", [f"{SECRET}\nand more", f"{SECRET} and more", f"{SECRET}ü", SECRET * 40])
async def test_a_refused_key_is_not_told(key: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        check_key(SecretStr(key))
    with pytest.raises(ProviderSetupError) as unusable:
        await GeminiProvider(KeyKeeper("gemini", SecretStr(key))).prepare()
    for error in (refused.value, unusable.value):
        assert [text for text in told_by(error) if MARK in text] == []


def test_this_file_would_notice() -> None:
    def careless(key: str) -> None:
        shown = key.upper()
        raise ProviderSetupError(f"No picture with {len(shown)} letters.")

    with pytest.raises(ProviderSetupError) as caught:
        careless(SECRET)
    report = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert MARK in "".join(report.format())
