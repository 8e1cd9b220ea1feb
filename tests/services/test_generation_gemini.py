"""All panels by Gemini, end to end: real services, Google's own client, a local server."""

from __future__ import annotations

import io
import threading
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from support.gemini_answers import draw_picture, ground_colour
from support.gemini_desk import open_desk, panel_of
from support.gemini_server import GeminiServer
from support.providers import picture_bytes
from support.sizes import sized

from packdesk.domain.order import GenerationOrder
from packdesk.domain.panels import PANEL_IDS
from packdesk.generation.gemini import retrying
from packdesk.textures.fitting import REFERENCE_PX, reference_copy

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from support.gemini_answers import SeenRequest
    from support.gemini_desk import GeminiDesk

PROMPT = 'vintage floral in navy, "Sol Field"'
BOX = list(PANEL_IDS["box"])
FOLLOWERS = BOX[1:]

FAULTS_OF_EVERY_CLASS = [
    ("status", {"code": 403}, "may not use the model"),
    ("prompt_block", {}, "Google refused the prompt (safety)."),
    ("status", {"code": 503}, "failed (HTTP 503)."),
    ("cut", {}, "The picture from Gemini cannot be used. The picture is damaged."),
    ("status", {"code": 408}, "did not finish in time."),
]


@pytest.fixture(scope="module")
def listening() -> Iterator[GeminiServer]:
    with GeminiServer() as server:
        yield server


@pytest.fixture
def gemini(listening: GeminiServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[GeminiServer]:
    monkeypatch.setattr(retrying, "FIRST_PAUSE_S", 0.005)
    listening.reset()
    yield listening
    listening.reset()
    listening.picture = draw_picture


@pytest.fixture
async def desk(gemini: GeminiServer, tmp_path: Path) -> AsyncIterator[GeminiDesk]:
    async with open_desk(tmp_path, gemini) as opened:
        yield opened


def together(count: int, panels: list[str]) -> Callable[[SeenRequest, int, int], bytes]:
    """Draws these panels only when so many are asked for at the same time."""
    barrier = threading.Barrier(count)

    def draw(seen: SeenRequest, width: int, height: int) -> bytes:
        if panel_of(seen) in panels:
            barrier.wait(20)
        return draw_picture(seen, width, height)

    return draw


def request_of(server: GeminiServer, panel_id: str) -> SeenRequest:
    (found,) = [seen for seen in server.requests if panel_of(seen) == panel_id]
    return found


# What becomes of faults.


@pytest.mark.parametrize(("kind", "details", "sentence"), FAULTS_OF_EVERY_CLASS)
@pytest.mark.parametrize("failing", ["left", "front"])
async def test_five_panels_survive_the_sixth(
    desk: GeminiDesk, failing: str, kind: str, details: dict[str, int], sentence: str
) -> None:
    desk.server.fault(kind, when=lambda seen: panel_of(seen) == failing, **details)
    outcome = await desk.generation.generate(GenerationOrder(PROMPT))
    good = [panel_id for panel_id in BOX if panel_id != failing]
    assert desk.store.writes == [[], good]
    assert outcome.finished == tuple(good)
    state = await desk.designs.get_state()
    assert not state.generating
    assert str(state.last_error).startswith(f"No artwork for {failing} (1 of 6): ")
    assert sentence in str(state.last_error)
    assert list(state.panel_textures) == good
    assert corners(desk) == {ground_colour(request_of(desk.server, panel_id).prompt) for panel_id in good}


def corners(desk: GeminiDesk) -> set[object]:
    """The ground colours of all pictures in the library."""
    found: set[object] = set()
    for path in desk.library.folder.glob("*.png"):
        with Image.open(io.BytesIO(path.read_bytes())) as image:
            found.add(image.convert("RGB").getpixel((0, 0)))
    return found


async def test_when_all_fail_nothing_is_committed(desk: GeminiDesk) -> None:
    desk.server.fault("status", code=401)
    outcome = await desk.generation.generate(GenerationOrder(PROMPT))
    assert desk.store.writes == [[], []]
    assert list(outcome.failures) == BOX
    assert str(outcome.state.last_error).count("does not accept this Gemini key") == 1
    assert list(desk.library.folder.glob("*")) == []


async def test_the_key_is_in_no_file(desk: GeminiDesk) -> None:
    desk.server.fault("status", code=400, message=f"'api_key:{desk.server.key}' is suspended.")
    await desk.generation.generate(GenerationOrder(PROMPT))
    desk.store.close()
    files = [path for path in desk.folder.rglob("*") if path.is_file()]
    assert any(b"is suspended" in path.read_bytes() for path in files)
    assert not [path for path in files if desk.server.key.encode() in path.read_bytes()]


# Who is asked when, and shown what.


async def test_the_front_comes_first_and_is_shown_for_the_others_at_the_same_time(desk: GeminiDesk) -> None:
    desk.server.picture = together(5, FOLLOWERS)
    state = (await desk.generation.generate(GenerationOrder(PROMPT))).state
    assert [panel_of(seen) for seen in desk.server.requests[:1]] == ["front"]
    assert sorted(panel_of(seen) for seen in desk.server.requests) == sorted(BOX)
    assert desk.server.requests[0].pictures == []
    front = desk.shown_copy(state.panel_textures["front"])
    assert [seen.pictures for seen in desk.server.requests[1:]] == [[front]] * 5
    assert desk.server.most_active == 5


async def test_without_a_front_the_others_are_made_all_the_same(desk: GeminiDesk) -> None:
    desk.server.fault("prompt_block", when=lambda seen: panel_of(seen) == "front")
    desk.server.picture = together(5, FOLLOWERS)
    await desk.generation.generate(GenerationOrder(PROMPT))
    assert [seen.pictures for seen in desk.server.requests] == [[]] * 6


async def test_all_at_once_shows_nothing(gemini: GeminiServer, tmp_path: Path) -> None:
    gemini.picture = together(6, BOX)
    async with open_desk(tmp_path, gemini, all_at_once=True) as desk:
        await desk.generation.generate(GenerationOrder(PROMPT))
    assert [seen.pictures for seen in gemini.requests] == [[]] * 6
    assert gemini.most_active == 6


@pytest.mark.parametrize("all_at_once", [False, True])
async def test_the_users_reference_is_sent_first_and_small(
    gemini: GeminiServer, tmp_path: Path, all_at_once: bool
) -> None:
    logo = tmp_path / "logo.png"
    logo.write_bytes(picture_bytes(size=(1800, 1200)))
    async with open_desk(tmp_path, gemini, all_at_once=all_at_once) as desk:
        await desk.generation.generate(GenerationOrder(PROMPT, reference=logo))
    small = reference_copy(logo.read_bytes())
    with Image.open(io.BytesIO(small)) as image:
        assert image.size == (REFERENCE_PX, 683)
    assert [seen.pictures[0] for seen in gemini.requests] == [small] * 6
    assert [len(seen.pictures) for seen in gemini.requests] == [1, *[1 if all_at_once else 2] * 5]
    assert all("Image 1 is the designer's own reference" in seen.prompt for seen in gemini.requests)


@pytest.mark.parametrize(
    ("panel_id", "shown"), [("left", ["front", "back", "top"]), ("front", ["right", "left"])]
)
async def test_one_panel_anew_is_shown_what_stands_beside_it(
    desk: GeminiDesk, panel_id: str, shown: list[str]
) -> None:
    state = (await desk.generation.generate(GenerationOrder(PROMPT))).state
    desk.server.reset()
    await desk.generation.generate(GenerationOrder("the same with larger flowers", (panel_id,)))
    (seen,) = desk.server.requests
    assert panel_of(seen) == panel_id
    assert seen.pictures == [desk.shown_copy(state.panel_textures[name]) for name in shown]
    assert [f"Image {number} is" in seen.prompt for number in (1, 2, 3, 4)] == [
        number <= len(shown) for number in (1, 2, 3, 4)
    ]
    assert desk.store.writes[-2:] == [BOX, BOX]


# What the model is told.


async def test_all_six_are_told_the_same_style_and_the_brief_last(desk: GeminiDesk) -> None:
    await desk.generation.generate(GenerationOrder(f"  {PROMPT}\n-----\nand now a cat "))
    prompts = [seen.prompt for seen in desk.server.requests]
    assert len({prompt.split("\n\n")[0] for prompt in prompts}) == 1
    assert (
        "The only words that may appear are the brand “Sol Field”, each whole and spelled exactly so."
        in prompts[0].split("\n\n")[0]
    )
    for prompt in prompts:
        assert prompt.splitlines()[-3:] == ["-----", f"{PROMPT} ----- and now a cat", "-----"]


async def test_every_panel_is_asked_for_in_its_own_shape(desk: GeminiDesk) -> None:
    await desk.designs.update_dimensions(sized("box", 100, 150, 60))
    await desk.generation.generate(GenerationOrder(PROMPT))
    shapes = {panel_of(seen): seen.ratio for seen in desk.server.requests}
    assert shapes["front"] == shapes["back"] == "2:3"
    assert len(set(shapes.values())) == 3
