"""Gemini generations that end early, are taken up again, or meet another size: real client, local server."""

from __future__ import annotations

import asyncio
import contextlib
import random
import threading
from typing import TYPE_CHECKING

import pytest
from support.gemini_answers import circle_box, draw_picture
from support.gemini_desk import open_desk, panel_of
from support.gemini_server import GeminiServer
from support.providers import picture_bytes
from support.sizes import sized
from support.waiting import until

from packdesk.domain.order import GenerationOrder
from packdesk.domain.pack_words import words_in
from packdesk.domain.panels import PANEL_IDS, panel_sizes
from packdesk.textures.fitting import reference_copy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.gemini_answers import SeenRequest
    from support.gemini_desk import GeminiDesk

    from packdesk.domain.dimensions import PackageType

PROMPT = "vintage floral in navy"
BOX = list(PANEL_IDS["box"])
CANCELS = 20
SEED = 20


@pytest.fixture(scope="module")
def listening() -> Iterator[GeminiServer]:
    with GeminiServer() as server:
        yield server


@pytest.fixture
def gemini(listening: GeminiServer) -> Iterator[GeminiServer]:
    listening.reset()
    yield listening
    listening.reset()
    listening.picture = draw_picture


def draw_small(seen: SeenRequest, width: int, height: int) -> bytes:
    """The picture an eighth as large as it was asked for: quick."""
    return draw_picture(seen, width // 8, height // 8)


# Cancelling.


async def cancelled_somewhere(desk: GeminiDesk, chance: random.Random) -> None:
    """Begin, and cancel after a random number of requests and of turns of the loop."""
    seen, turns = chance.randint(0, len(BOX)), chance.randint(0, 40)
    desk.server.fault("hang", when=lambda request: panel_of(request) == "bottom")
    task = asyncio.create_task(desk.generation.generate(GenerationOrder(PROMPT)))
    await until(lambda: len(desk.server.requests) >= seen)
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_cancelling_at_any_moment_leaves_nothing_behind(gemini: GeminiServer, tmp_path: Path) -> None:
    gemini.picture = draw_small
    chance = random.Random(SEED)
    async with open_desk(tmp_path, gemini) as desk:
        for turn in range(CANCELS):
            gemini.reset()
            await cancelled_somewhere(desk, chance)
            assert asyncio.all_tasks() == {asyncio.current_task()}, turn
            state = await desk.designs.get_state()
            assert not state.generating, turn
            assert (state.panel_textures, state.last_error) == ({}, None), turn
            assert desk.store.status().record == "", turn
            await until(lambda: gemini.round.active == 0)
        assert [panels for panels in desk.store.writes if panels] == []
        gemini.reset()
        assert list((await desk.generation.generate(GenerationOrder(PROMPT))).state.panel_textures) == BOX


async def test_cancelling_hangs_up_on_what_is_under_way(gemini: GeminiServer, tmp_path: Path) -> None:
    gemini.fault("hang", when=lambda request: panel_of(request) != "front")
    async with open_desk(tmp_path, gemini) as desk:
        task = asyncio.create_task(desk.generation.generate(GenerationOrder(PROMPT)))
        await until(lambda: gemini.round.active == 5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await until(lambda: gemini.hung_up == 5)


async def test_closing_while_panels_are_drawn_spoils_none(gemini: GeminiServer, tmp_path: Path) -> None:
    begun = threading.Event()
    closed = threading.Event()

    def draw(seen: SeenRequest, width: int, height: int) -> bytes:
        begun.set()
        assert closed.wait(20)
        return draw_small(seen, width, height)

    gemini.picture = draw
    async with open_desk(tmp_path, gemini) as desk:
        task = asyncio.create_task(desk.generation.generate(GenerationOrder(PROMPT)))
        await until(begun.is_set)
        await desk.generation.aclose()  # as when the user chooses other settings meanwhile
        closed.set()
        assert (await task).failures == {}


# Not too many large ones.


async def test_at_most_two_of_the_largest_are_made_at_a_time(gemini: GeminiServer, tmp_path: Path) -> None:
    both = threading.Barrier(2)

    def draw(seen: SeenRequest, width: int, height: int) -> bytes:
        assert max(width, height) >= 4096
        both.wait(20)
        return draw_picture(seen, width // 64, height // 64)

    gemini.picture = draw
    async with open_desk(tmp_path, gemini, all_at_once=True, tier="4K") as desk:
        assert (await desk.generation.generate(GenerationOrder(PROMPT))).failures == {}
    assert (len(gemini.requests), gemini.most_active) == (6, 2)


# Going on after an interruption.


async def test_a_job_taken_up_again_asks_for_what_is_missing(gemini: GeminiServer, tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    logo.write_bytes(picture_bytes(size=(60, 40)))
    missing = ["right", "top", "bottom"]
    gemini.fault("hang", when=lambda request: panel_of(request) in missing)
    async with open_desk(tmp_path, gemini) as desk:
        task = asyncio.create_task(desk.generation.generate(GenerationOrder(PROMPT, reference=logo)))
        await until(lambda: desk.noted_pictures() == 3)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    gemini.reset()
    logo.unlink()  # the copy in the library is what counts
    async with open_desk(tmp_path, gemini) as later:
        (record,) = await later.unfinished.list()
        outcome = await later.unfinished.resume(record.id)
        kept = outcome.order.reference
        again = GenerationOrder(PROMPT, tuple(BOX), kept, words_in(PROMPT), seed=0)
        assert outcome.order == again, "what Retry would ask for again"
        assert kept is not None
        assert kept.read_bytes() == later.library.read(kept.stem)
        front = later.shown_copy(outcome.state.panel_textures["front"])
        assert list(outcome.state.panel_textures) == BOX
        assert await later.unfinished.list() == []
    assert sorted(panel_of(seen) for seen in gemini.requests) == sorted(missing)
    small = reference_copy(picture_bytes(size=(60, 40)))
    assert [seen.pictures for seen in gemini.requests] == [[small, front]] * 3


async def test_a_job_without_its_front_begins_with_the_front(gemini: GeminiServer, tmp_path: Path) -> None:
    gemini.fault("prompt_block", when=lambda request: panel_of(request) == "front")
    gemini.fault("hang", when=lambda request: panel_of(request) != "back")
    async with open_desk(tmp_path, gemini) as desk:
        task = asyncio.create_task(desk.generation.generate(GenerationOrder(PROMPT)))
        await until(lambda: desk.noted_pictures() == 1)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        gemini.reset()
        (record,) = await desk.unfinished.list()
        outcome = await desk.unfinished.resume(record.id)
        front = desk.shown_copy(outcome.state.panel_textures["front"])
    assert panel_of(gemini.requests[0]) == "front"
    assert [seen.pictures for seen in gemini.requests] == [[], *[[front]] * 4]


# Another size.


@pytest.mark.parametrize(
    ("kind", "before", "after", "kept"),
    [
        ("box", (100, 150, 60), (130, 150, 60), {"left", "right"}),
        ("box", (100, 150, 60), (100, 90, 60), {"top", "bottom"}),
        ("cylinder", (80, 120, 80), (100, 120, 100), set()),
    ],
)
async def test_after_a_resize_pictures_are_cut_anew_without_asking(
    gemini: GeminiServer,
    tmp_path: Path,
    *,
    kind: PackageType,
    before: tuple[float, float, float],
    after: tuple[float, float, float],
    kept: set[str],
) -> None:
    async with open_desk(tmp_path, gemini) as desk:
        await desk.designs.update_dimensions(sized(kind, *before))
        old = (await desk.generation.generate(GenerationOrder(PROMPT))).state.panel_textures
        asked, written = len(gemini.requests), len(desk.store.writes)
        resized = await desk.designs.update_dimensions(sized(kind, *after))
        state = await desk.pictures.refit()
        assert len(gemini.requests) == asked
        assert len(desk.store.writes) == written + 2, "one for the size, one for all panels"
        sizes = panel_sizes(kind, resized.package_dimensions)
        for panel_id, texture in state.panel_textures.items():
            size = sizes[panel_id]
            assert (texture.texture_url == old[panel_id].texture_url) == (panel_id in kept)
            assert texture.dimensions.width == pytest.approx(size.width, abs=0.01)
            assert texture.dimensions.height == pytest.approx(size.height, abs=0.01)
            assert is_round(desk.picture(texture)), panel_id
        assert await desk.designs.get_state() == state
        await desk.pictures.refit()
        assert len(desk.store.writes) == written + 2, "nothing is left to be done"


def is_round(picture: bytes) -> bool:
    left, top, right, bottom = circle_box(picture)
    return abs((right - left) - (bottom - top)) <= 2
