"""The local server speaks the protocol as Google's own client reads it, and misbehaves as told."""

from __future__ import annotations

import asyncio
import gc
import io
import json
import threading
from typing import TYPE_CHECKING, Any

import httpx2
import pydantic
import pytest
from google import genai
from google.genai import errors, types
from PIL import Image
from support.gemini_answers import MODELS, circle_box, draw_picture, ground_colour, pixel_size
from support.gemini_faults import DRAFT_SIDE
from support.gemini_server import GeminiServer
from support.providers import picture_bytes
from support.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.gemini_answers import SeenRequest

    Connected = tuple[GeminiServer, genai.Client]

FLASH, LITE, PRO = MODELS
PROMPT = "A blue box"


@pytest.fixture
def server() -> Iterator[GeminiServer]:
    with GeminiServer() as running:
        yield running


def connect(server: GeminiServer, key: str | None = None) -> genai.Client:
    plain = {"follow_redirects": False, "trust_env": False, "verify": False}
    options = types.HttpOptions(
        base_url=server.url, timeout=20_000, client_args=plain, async_client_args=plain
    )
    return genai.Client(vertexai=False, api_key=key or server.key, http_options=options)


@pytest.fixture
def connected(server: GeminiServer) -> Iterator[Connected]:
    with connect(server) as client:
        yield server, client


def config(ratio: str = "1:1", size: str = "1K") -> types.GenerateContentConfig:
    image = types.ImageConfig(aspect_ratio=ratio, image_size=size)
    return types.GenerateContentConfig(response_modalities=["IMAGE"], image_config=image)


def ask(
    client: genai.Client, prompt: Any = PROMPT, model: str = FLASH, **wanted: str
) -> types.GenerateContentResponse:
    return client.models.generate_content(model=model, contents=prompt, config=config(**wanted))


def pictures(response: types.GenerateContentResponse) -> list[types.Blob]:
    """Every picture of an answer that is not a thought."""
    return [part.inline_data for part in response.parts or [] if part.inline_data and not part.thought]


def files(response: types.GenerateContentResponse) -> list[bytes]:
    return [picture.data or b"" for picture in pictures(response)]


def opened(file: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(file))
    image.load()
    return image


# Good answers.


@pytest.mark.parametrize(
    ("model", "ratio", "size", "pixels"),
    [
        (FLASH, "1:1", "512", (512, 512)),
        (FLASH, "8:1", "1K", (2896, 360)),
        (LITE, "2:3", "1K", (840, 1256)),
        (PRO, "21:9", "2K", (3136, 1344)),
    ],
)
def test_a_picture_has_the_pixels_of_its_ratio_and_size(
    connected: Connected, model: str, ratio: str, size: str, pixels: tuple[int, int]
) -> None:
    _, client = connected
    response = ask(client, model=model, ratio=ratio, size=size)
    assert opened(files(response)[0]).size == pixels == pixel_size(ratio, size)
    assert response.candidates
    assert response.candidates[0].finish_reason is types.FinishReason.STOP
    assert response.model_version == model


def test_a_picture_carries_a_round_circle_on_the_colour_of_its_prompt(connected: Connected) -> None:
    _, client = connected
    file = files(ask(client, ratio="1:4"))[0]
    image = opened(file)
    left, top, right, bottom = circle_box(file)
    assert image.getpixel((0, 0)) == ground_colour(PROMPT) != ground_colour("Another box")
    assert right - left == pytest.approx(image.width / 2, abs=2)
    assert bottom - top == pytest.approx(image.width / 2, abs=2)
    assert left + right == pytest.approx(image.width, abs=2)
    assert top + bottom == pytest.approx(image.height, abs=2)


def test_the_models_are_listed(connected: Connected) -> None:
    _, client = connected
    assert [model.name for model in client.models.list()] == [f"models/{name}" for name in MODELS]


# What is refused.


def test_a_wrong_key_is_a_bad_request(server: GeminiServer) -> None:
    with connect(server, key="AIza-wrong") as stranger:
        for call in (lambda: ask(stranger), stranger.models.list):
            with pytest.raises(errors.ClientError) as caught:
                call()
            assert (caught.value.code, caught.value.status) == (400, "INVALID_ARGUMENT")
            assert caught.value.details["error"]["details"][0]["reason"] == "API_KEY_INVALID"


@pytest.mark.parametrize(
    ("code", "model", "wanted"),
    [
        (404, "gemini-unheard-of", {}),
        (400, FLASH, {"ratio": "7:3"}),
        (400, FLASH, {"size": "1k"}),
        (400, PRO, {"ratio": "1:8"}),
        (400, PRO, {"size": "512"}),
        (400, LITE, {"size": "2K"}),
    ],
)
def test_what_a_model_cannot_do_is_refused(
    connected: Connected, code: int, model: str, wanted: dict[str, str]
) -> None:
    _, client = connected
    with pytest.raises(errors.ClientError) as caught:
        ask(client, model=model, **wanted)
    assert caught.value.code == code


# Faults that the client raises.


@pytest.mark.parametrize(
    ("kind", "details", "raised", "told"),
    [
        ("status", {"code": 503}, errors.ServerError, "503 UNAVAILABLE"),
        ("html", {}, errors.ServerError, "502 Bad Gateway"),
        ("html_ok", {}, json.JSONDecodeError, None),
        ("redirect", {"to": "http://127.0.0.1:9/"}, errors.APIError, "302 Found"),
        ("reset", {}, httpx2.ReadError, None),
        ("reset", {"partial": True}, httpx2.ReadError, None),
        ("close", {}, httpx2.RemoteProtocolError, "without sending a response"),
        ("short", {}, httpx2.RemoteProtocolError, "complete message body"),
        ("truncated", {}, json.JSONDecodeError, None),
        ("wrong_types", {}, TypeError, None),
        ("bad_base64", {}, pydantic.ValidationError, "base64"),
    ],
)
def test_faults_the_client_raises(
    connected: Connected, kind: str, details: dict[str, Any], raised: type[Exception], told: str | None
) -> None:
    server, client = connected
    server.fault(kind, times=1, **details)
    with pytest.raises(raised, match=told):
        ask(client)
    assert files(ask(client))
    assert server.hung_up == 0


def test_an_error_tells_when_to_come_back(connected: Connected) -> None:
    server, client = connected
    server.fault("status", code=429, retry_after=3, retry_info=2.5, message="Slow down.")
    with pytest.raises(errors.ClientError) as caught:
        ask(client)
    assert (caught.value.status, caught.value.message) == ("RESOURCE_EXHAUSTED", "Slow down.")
    assert caught.value.details["error"]["details"][0]["retryDelay"] == "2.5s"
    assert caught.value.response.headers["Retry-After"] == "3"


# Faults that come as an answer.


@pytest.mark.parametrize(
    "kind",
    [
        "empty_body",
        "not_an_object",
        "error_in_200",
        "no_candidates",
        "missing_candidates",
        "text_only",
        "prompt_block",
        "finish",
    ],
)
def test_answers_without_a_picture(connected: Connected, kind: str) -> None:
    server, client = connected
    server.fault(kind)
    assert not files(ask(client))


def test_refusals_tell_their_reason(connected: Connected) -> None:
    server, client = connected
    server.fault("prompt_block", reason="PROHIBITED_CONTENT", times=1)
    feedback = ask(client).prompt_feedback
    assert feedback
    assert feedback.block_reason is types.BlockedReason.PROHIBITED_CONTENT

    server.fault("finish", reason="IMAGE_RECITATION", times=1)
    candidates = ask(client).candidates
    assert candidates
    assert candidates[0].finish_reason is types.FinishReason.IMAGE_RECITATION
    assert candidates[0].content is None


@pytest.mark.parametrize(
    ("kind", "details", "expected"),
    [
        ("draft_then_final", {}, ("image/png", "PNG", (1024, 1024))),
        ("text_then_picture", {}, ("image/png", "PNG", (1024, 1024))),
        ("drip", {"seconds": 0.0, "steps": 7}, ("image/png", "PNG", (1024, 1024))),
        ("thin", {}, ("image/png", "PNG", (1, 16_384))),
        ("wrong_mime", {}, ("application/pdf", "PNG", (1024, 1024))),
        ("other_format", {}, ("image/gif", "GIF", (1024, 1024))),
        ("jpeg", {}, ("image/png", "JPEG", (1024, 1024))),
        ("large", {"side": 256}, ("image/png", "PNG", (256, 256))),
    ],
)
def test_strange_answers_with_a_whole_picture(
    connected: Connected, kind: str, details: dict[str, Any], expected: tuple[str, str, tuple[int, int]]
) -> None:
    server, client = connected
    server.fault(kind, **details)
    (part,) = pictures(ask(client))
    image = opened(part.data or b"")
    assert (part.mime_type, image.format, image.size) == expected


def test_a_draft_is_marked_as_a_thought(connected: Connected) -> None:
    server, client = connected
    server.fault("draft_then_final")
    told, draft, _ = ask(client).parts or []
    assert told.thought
    assert draft.thought
    assert draft.inline_data
    image = opened(draft.inline_data.data or b"")
    assert (image.size, image.getpixel((0, 0))) == ((DRAFT_SIDE, DRAFT_SIDE), (255, 0, 0))


def test_one_picture_may_come_twice(connected: Connected) -> None:
    server, client = connected
    server.fault("twice")
    first, second = files(ask(client))
    assert first == second


@pytest.mark.parametrize(
    ("kind", "raised"), [("corrupt", OSError), ("cut", OSError), ("bomb", Image.DecompressionBombError)]
)
def test_bad_pictures_cannot_be_opened(connected: Connected, kind: str, raised: type[Exception]) -> None:
    server, client = connected
    server.fault(kind)
    (file,) = files(ask(client))
    assert len(file) < 50_000
    with pytest.raises(raised):
        opened(file)


def test_a_newer_server_says_more(connected: Connected) -> None:
    server, client = connected
    server.fault("unknown_fields")
    with pytest.warns(UserWarning, match="FINISHED_IN_A_NEW_WAY"):
        assert len(files(ask(client))) == 1


# Which requests are spoiled, and what is remembered.


def test_a_fault_can_be_meant_for_some_requests_only(connected: Connected) -> None:
    server, client = connected
    server.fault("no_candidates", when=lambda seen: "green" in seen.prompt, times=2)
    prompts = ["a green box", "a red box", "green", "green again"]
    assert [len(files(ask(client, prompt))) for prompt in prompts] == [0, 1, 0, 1]


def test_what_is_no_fault_is_refused_at_once(server: GeminiServer) -> None:
    with pytest.raises(KeyError):
        server.fault("gremlins")
    with pytest.raises(TypeError):
        server.fault("redirect")


def test_requests_are_remembered(connected: Connected) -> None:
    server, client = connected
    reference = picture_bytes()
    part = types.Part.from_bytes(data=reference, mime_type="image/png")
    ask(client, ["One line", part, "and another"], ratio="3:4", size="2K")
    list(client.models.list())
    seen, listing = server.requests
    assert (seen.path, seen.model) == (f"/v1/models/{FLASH}:generateContent", FLASH)
    assert seen.headers["x-goog-api-key"] == server.key
    assert (seen.prompt, seen.ratio, seen.size) == ("One line\nand another", "3:4", "2K")
    assert seen.pictures == [reference]
    assert seen.body["generationConfig"]["responseModalities"] == ["IMAGE"]
    assert listing.path.startswith("/v1/models")
    assert (listing.model, listing.prompt, listing.at >= seen.at) == ("", "", True)


# Time, parallel requests, and clients that go away.


async def test_requests_at_the_same_time_are_counted(server: GeminiServer) -> None:
    together = threading.Barrier(3)

    def draw_together(seen: SeenRequest, width: int, height: int) -> bytes:
        together.wait(20)
        return draw_picture(seen, width, height)

    server.picture = draw_together
    async with connect(server).aio as client:
        calls = (client.models.generate_content(model=FLASH, contents=f"Box {n}") for n in range(3))
        answers = await asyncio.gather(*calls)
    colours = [opened(files(answer)[0]).getpixel((0, 0)) for answer in answers]
    assert colours == [ground_colour(f"Box {number}") for number in range(3)]
    assert (server.most_active, server.hung_up) == (3, 0)


@pytest.mark.parametrize(("kind", "details"), [("hang", {}), ("drip", {"seconds": 600}), ("delay", None)])
async def test_clients_that_hang_up_are_counted(
    server: GeminiServer, kind: str, details: dict[str, Any] | None
) -> None:
    if details is None:
        server.delay_s = 600
    else:
        server.fault(kind, **details)
    async with connect(server).aio as client:
        call = asyncio.create_task(client.models.generate_content(model=FLASH, contents=PROMPT))
        await until(lambda: server.requests)
        call.cancel()
        await until(lambda: server.hung_up == 1)


async def test_a_reset_frees_what_hangs_and_forgets(server: GeminiServer) -> None:
    server.fault("hang")
    async with connect(server).aio as client:
        call = asyncio.create_task(client.models.generate_content(model=FLASH, contents=PROMPT))
        await until(lambda: server.requests)
        server.reset()
        with pytest.raises(httpx2.RemoteProtocolError):
            await call
        assert (server.requests, server.most_active, server.hung_up) == ([], 0, 0)
        assert files(await client.models.generate_content(model=FLASH, contents=PROMPT))


async def test_leaving_ends_hanging_and_idle_connections() -> None:
    with GeminiServer() as server:
        client = connect(server).aio
        await client.models.generate_content(model=FLASH, contents=PROMPT)
        server.fault("hang")
        calls = [
            asyncio.create_task(client.models.generate_content(model=FLASH, contents=PROMPT))
            for _ in range(3)
        ]
        await until(lambda: len(server.requests) == 4)
    assert server.hung_up == 0
    for call in calls:
        with pytest.raises(httpx2.TransportError):
            await call
    await client.aclose()
    left = [thread.name for thread in threading.enumerate()]
    assert not [name for name in left if "process_request" in name or name == "gemini-server"]
    gc.collect()  # a socket left open would warn now


def test_an_error_of_the_server_itself_comes_out() -> None:
    def cannot_draw(*_: object) -> bytes:
        raise ZeroDivisionError

    def fail() -> None:
        with GeminiServer() as server, connect(server) as client:
            server.picture = cannot_draw
            with pytest.raises(httpx2.RemoteProtocolError):
                ask(client)

    with pytest.raises(ExceptionGroup) as caught:
        fail()
    assert isinstance(caught.value.exceptions[0], ZeroDivisionError)
