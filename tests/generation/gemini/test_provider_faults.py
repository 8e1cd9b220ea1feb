"""Every fault of the table: which error, in which words, and how often the service is asked."""

from __future__ import annotations

import contextlib
import io
import logging
import math
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from support.gemini_answers import ground_colour, retry_delay
from support.gemini_cases import ASKED_FOR_S, CASES, small_request

from packdesk.errors import GenerationFailedError, TryLaterError
from packdesk.generation.gemini.faults import from_status

if TYPE_CHECKING:
    from support.gemini_cases import Case, Places
    from support.gemini_server import GeminiServer

    from packdesk.textures.check import CleanPicture

FAILING = [case for case in CASES if case.error]
PASSING = [case for case in CASES if case.passes]
HARMLESS = [case for case in CASES if not case.error]
TOO_LONG = [case for case in FAILING if case.error is TryLaterError and case.attempts == 1]

# The client warns of what it does not know; nothing comes of it.
pytestmark = pytest.mark.filterwarnings(
    "ignore:FINISHED_IN_A_NEW_WAY is not a valid FinishReason:UserWarning"
)


def name_of(case: Case) -> str:
    return case.name


async def drawn(case: Case, places: Places) -> CleanPicture:
    async with contextlib.aclosing(case.provider(places)) as provider:
        return await provider.generate(small_request())


async def failure(case: Case, places: Places) -> GenerationFailedError:
    with pytest.raises(GenerationFailedError) as caught:
        await drawn(case, places)
    return caught.value


def is_the_servers(picture: CleanPicture, server: GeminiServer) -> bool:
    """Whether it is what the server drew for the request it saw last; JPEG may miss the colour a little."""
    with Image.open(io.BytesIO(picture.png)) as image:
        corner = image.convert("RGB").getpixel((0, 0))
        wanted = ground_colour(server.requests[-1].prompt)
        assert isinstance(corner, tuple)
        return all(abs(one - other) <= 4 for one, other in zip(corner, wanted, strict=True))


@pytest.mark.parametrize("case", FAILING, ids=name_of)
async def test_a_fault_that_stays(case: Case, places: Places, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "packdesk.generation.gemini.retrying")
    case.spoil(places)
    error = await failure(case, places)
    assert type(error) is case.error
    assert case.says in error.sentence
    assert error.remedy
    assert len(places.server.requests) == case.requests
    assert len([line for line in caplog.messages if "Asking again" in line]) == max(0, case.attempts - 1)
    assert places.elsewhere.requests == []


@pytest.mark.parametrize("case", PASSING, ids=name_of)
async def test_a_fault_that_happens_once(case: Case, places: Places) -> None:
    case.spoil(places, times=1)
    picture = await drawn(case, places)
    assert is_the_servers(picture, places.server)
    assert len(places.server.requests) == 2


@pytest.mark.parametrize("case", HARMLESS, ids=name_of)
async def test_a_strange_answer_with_a_picture(case: Case, places: Places) -> None:
    case.spoil(places)
    picture = await drawn(case, places)
    assert is_the_servers(picture, places.server)
    assert min(picture.width, picture.height) > 256
    assert len(places.server.requests) == 1


@pytest.mark.parametrize("case", TOO_LONG, ids=name_of)
async def test_a_wait_beyond_the_deadline_is_told_instead(case: Case, places: Places) -> None:
    case.spoil(places)
    error = await failure(case, places)
    assert isinstance(error, TryLaterError)
    assert error.after_s
    assert abs(error.after_s - ASKED_FOR_S) < 600
    assert f"Try again in {math.ceil(error.after_s / 60)} minutes" in error.remedy


@pytest.mark.parametrize(
    ("after_s", "told"),
    [
        *((None, "a minute"), (0.2, "a minute"), (1.5, "2 seconds"), (90, "90 seconds")),
        *((150, "3 minutes"), (3600, "60 minutes"), (80_000, "23 hours")),
    ],
)
def test_a_wait_is_told_so_that_one_can_plan(after_s: float | None, told: str) -> None:
    error = from_status(429, "", {"error": {"details": [retry_delay(after_s)] if after_s else []}}, {}, "m")
    assert f"Try again in {told}," in error.remedy


def test_the_table_has_every_fault_of_the_server() -> None:
    from support.gemini_faults import FAULTS

    assert {case.kind for case in CASES} - {""} == set(FAULTS) - {"large", "signed"}  # those are no faults
    assert len({case.name for case in CASES}) == len(CASES)
    assert len(TOO_LONG) == 3
