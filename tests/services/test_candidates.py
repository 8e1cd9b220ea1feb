"""Several pictures to choose from: kept, told, and in no design before one is chosen."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.gemini_answers import circle_picture, encode
from support.gemini_desk import open_desk, panel_of
from support.waiting import until

from packdesk.domain.order import MOST_SEED, GenerationOrder, candidate_seeds
from packdesk.domain.panels import PANEL_IDS
from packdesk.errors import GenerationFailedError, TextureUnavailableError
from packdesk.services.archive import ArchiveQuery
from packdesk.textures.library import hash_in_url

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from services.conftest import Desk
    from support.gemini_answers import SeenRequest
    from support.gemini_server import GeminiServer
    from support.redis_server import RedisServer

    from packdesk.domain.state import PanelTexture
    from packdesk.services.batch import Progress

PROMPT = "vintage floral pattern"
BOX = list(PANEL_IDS["box"])
FOUR = GenerationOrder(PROMPT, seed=7, candidates=4)


async def test_four_variations_of_the_front_and_nothing_in_the_store(desk: Desk) -> None:
    told: list[Progress] = []
    found = await desk.generation.candidates(FOUR, told.append)
    assert desk.store.writes == []
    assert desk.store.load() is None
    assert [one.seed for one in found.pictures] == [7, 8, 9, 10]
    assert found.panel_id == "front"
    assert list(found.others) == BOX[1:]
    assert {one.panel_id for one in desk.provider.requests} == {"front"}
    assert (told[-1].done, told[-1].total) == (4, 4)
    listed = await desk.archive.search(ArchiveQuery())
    assert {one.sha256: (one.seed, one.panel) for one in listed.pictures} == {
        one.sha256: (one.seed, "front") for one in found.pictures
    }


async def test_the_chosen_one_goes_on_the_front_with_all_others_in_one_write(desk: Desk) -> None:
    found = await desk.generation.candidates(FOUR)
    chosen = found.pictures[2]
    desk.provider.requests.clear()
    told: list[Progress] = []
    order = found.order.with_choice(chosen.sha256, chosen.seed)
    outcome = await desk.generation.generate(order, told.append)
    assert (told[0].panel_id, told[0].finished, told[0].done, told[0].total) == ("front", True, 1, 6)
    assert told[0].texture_url == outcome.state.panel_textures["front"].texture_url, "it is shown at once"
    assert desk.store.writes == [[], BOX]
    assert sorted(one.panel_id for one in desk.provider.requests) == sorted(BOX[1:])
    assert {one.seed for one in desk.provider.requests} == {chosen.seed}
    assert _source(desk, outcome.state.panel_textures["front"]) == chosen.sha256


async def test_a_single_panel_asks_nobody_once_it_is_chosen(desk: Desk) -> None:
    found = await desk.generation.candidates(replace(FOUR, panel_ids=("left",), candidates=2))
    assert (found.panel_id, found.others) == ("left", ())
    asked = len(desk.provider.requests)
    order = replace(found.order, candidates=1, chosen=found.pictures[1].sha256, seed=None)
    outcome = await desk.generation.generate(order)
    assert len(desk.provider.requests) == asked
    assert list(outcome.state.panel_textures) == ["left"]
    assert not outcome.state.generating


async def test_some_fail_and_the_rest_can_be_chosen(desk: Desk) -> None:
    desk.provider.moody = {7, 9}
    found = await desk.generation.candidates(FOUR)
    assert [one.seed for one in found.pictures] == [8, 10]
    assert found.failures == ("The model had a bad day.",)


async def test_none_is_an_error_and_the_design_stays(desk: Desk) -> None:
    desk.provider.failing = ("front",)
    with pytest.raises(GenerationFailedError, match="bad day"):
        await desk.generation.candidates(FOUR)
    assert desk.store.load() is None


async def test_cancelled_in_between_keeps_what_is_done_and_holds_nothing(desk: Desk) -> None:
    desk.provider.gate = asyncio.Event()
    seen: list[Progress] = []
    task = asyncio.create_task(desk.generation.candidates(FOUR, seen.append))
    await desk.provider.started.wait()
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    assert task.cancelled()
    assert desk.store.load() is None
    assert await desk.unfinished.list() == []
    desk.provider.gate.set()
    assert list((await desk.generation.generate(GenerationOrder(PROMPT))).state.panel_textures) == BOX


async def test_a_chosen_picture_that_has_gone_is_told_before_anything_is_marked(desk: Desk) -> None:
    with pytest.raises(TextureUnavailableError):
        await desk.generation.generate(GenerationOrder(PROMPT, chosen="ab" * 32))
    assert desk.store.load() is None


async def test_an_interrupted_run_keeps_choice_and_variation(desk: Desk) -> None:
    found = await desk.generation.candidates(FOUR)
    chosen = found.pictures[3]
    desk.provider.endless = tuple(BOX[1:])
    task = asyncio.create_task(desk.generation.generate(found.order.with_choice(chosen.sha256, chosen.seed)))
    await until(lambda: len(desk.provider.requests) > 4)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    desk.provider.endless = ()
    desk.provider.requests.clear()
    (left,) = await desk.unfinished.list()
    outcome = await desk.unfinished.resume(left.id)
    assert _source(desk, outcome.state.panel_textures["front"]) == chosen.sha256
    assert {one.seed for one in desk.provider.requests} == {10}
    assert "front" not in {one.panel_id for one in desk.provider.requests}


async def test_gemini_is_shown_the_chosen_front_with_every_other_panel(
    tmp_path: Path, gemini: GeminiServer
) -> None:
    async with open_desk(tmp_path, gemini, tier="512") as desk:
        estimate = await desk.generation.estimate(candidates=2)
        assert estimate is not None
        assert estimate.calls == 2
        gemini.picture = _by_seed
        found = await desk.generation.candidates(replace(FOUR, candidates=2))
        assert found.rest is not None
        assert found.rest.calls == 5
        assert len(found.pictures) == 2
        gemini.reset()
        outcome = await desk.generation.generate(found.order.with_choice(found.pictures[1].sha256, 8))
        front = desk.shown_copy(outcome.state.panel_textures["front"])
        assert sorted(map(panel_of, gemini.requests)) == sorted(BOX[1:])
        assert all(front in seen.pictures for seen in gemini.requests)


@pytest.mark.parametrize("store", ["redis"], indirect=True)
async def test_monitor_shows_no_texture_before_the_choice(desk: Desk, empty_redis: RedisServer) -> None:
    with _monitored(empty_redis) as lines:
        found = await desk.generation.candidates(FOUR)
    assert not [line for line in lines if b"panel_textures" in line or b"generating" in line]
    assert not [line for line in lines for one in found.pictures if one.sha256.encode() in line]
    chosen = found.pictures[0]
    with _monitored(empty_redis) as lines:
        await desk.generation.generate(found.order.with_choice(chosen.sha256, chosen.seed))
    assert [line for line in lines if b"texture_url" in line]  # it would have been seen


def test_seeds_stay_in_range() -> None:
    assert candidate_seeds(MOST_SEED, 3) == [MOST_SEED, 0, 1]


def _source(desk: Desk, texture: PanelTexture) -> str:
    origin = desk.library.origin(texture.texture_url)
    return origin.source if origin else hash_in_url(texture.texture_url) or ""


def _by_seed(seen: SeenRequest, width: int, height: int) -> bytes:
    seed = seen.body["generationConfig"]["seed"]
    return encode(circle_picture((seed * 20 % 256, 90, 120), width // 8, height // 8))


@contextlib.contextmanager
def _monitored(server: RedisServer) -> Iterator[list[bytes]]:
    """Every command the server is sent inside the block."""
    lines: list[bytes] = []
    client = server.client()
    with client.monitor() as monitor:  # type: ignore[no-untyped-call]  # redis-py's

        def listen() -> None:
            for said in monitor.listen():
                lines.append(said["command"].encode())
                if "the end" in said["command"]:
                    return

        listener = threading.Thread(target=listen)
        listener.start()
        yield lines
        server.client().echo("the end")
        listener.join(10)
