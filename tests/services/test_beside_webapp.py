"""Beside a web application that writes the design whole: nobody loses an edit, and all six pictures land."""

from __future__ import annotations

import asyncio
import functools
import threading
from typing import TYPE_CHECKING

import pytest
from support.providers import ScriptedProvider
from support.tidying import tidying_over
from support.waiting import until
from support.webapp import WebApp

from packdesk.domain import transitions
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.order import GenerationOrder
from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.size_edit import SizeEdit
from packdesk.domain.state import PanelTexture, utc_text
from packdesk.services.generation import GenerationOptions, GenerationService
from packdesk.services.shared_state import SharedState
from packdesk.store.job_records import JobFolder
from packdesk.store.redis import RedisStore
from packdesk.textures.disk import DiskCache
from packdesk.textures.library import TextureLibrary
from packdesk.textures.reader import TextureReader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.redis_server import RedisServer

BOX = list(PANEL_IDS["box"])
SIZE = Dimensions(width=110, height=150, depth=100)


@pytest.fixture
def store(empty_redis: RedisServer) -> Iterator[RedisStore]:
    made = RedisStore(empty_redis.url)
    yield made
    made.close()


def busy(app: WebApp, deletes: bool, over: threading.Event) -> None:
    """What the page does until it is told to stop."""
    while not over.is_set():
        app.delete() if deletes else app.generate()
        app.update_dimensions()


@pytest.mark.parametrize("seed", range(20))
async def test_all_six_land(store: RedisStore, empty_redis: RedisServer, tmp_path: Path, seed: int) -> None:
    library = TextureLibrary(tmp_path / "library")
    reader = TextureReader(library, DiskCache(tmp_path / "cache", 10_000_000))
    shared, provider = SharedState(store), ScriptedProvider()
    tidying = tidying_over(store, library, tmp_path)
    jobs = JobFolder(tmp_path / "jobs", store.place)
    generation = GenerationService(shared, provider, reader, jobs, GenerationOptions(dpi=20), tidying=tidying)
    await shared.commit(
        lambda state: transitions.resize(state, SizeEdit("box", SIZE, switches=True), utc_text())
    )
    provider.gate = asyncio.Event()
    making = asyncio.create_task(generation.generate(GenerationOrder("vintage floral pattern")))
    await provider.started.wait()
    app = WebApp(empty_redis.client(), seed, thinks_s=0.001, picture_bytes=20_000, panel="top")
    over = threading.Event()
    page = threading.Thread(target=busy, args=(app, bool(seed % 2), over))
    page.start()
    await until(lambda: app.writes >= 4)
    provider.gate.set()
    outcome = await making
    over.set()
    page.join()
    assert (list(outcome.finished), outcome.failures) == (BOX, {})
    assert set(outcome.state.panel_textures) == set(BOX)
    state = await shared.load()
    ours = {name: one.texture_url for name, one in outcome.state.panel_textures.items() if name != "top"}
    assert {name: state.panel_textures[name].texture_url for name in ours} == ours, "and stay"
    app.look()
    assert app.undone == 0


def all_day(app: WebApp) -> None:
    for _ in range(30):
        app.act()


@pytest.mark.parametrize("size", [400, 10_000, 200_000])
async def test_nobody_loses_an_edit(store: RedisStore, empty_redis: RedisServer, size: int) -> None:
    shared, lost, last = SharedState(store), 0, ""
    await shared.commit(
        lambda state: transitions.resize(state, SizeEdit("box", SIZE, switches=True), utc_text())
    )
    app = WebApp(empty_redis.client(), size, thinks_s=0.002, picture_bytes=size)
    page = threading.Thread(target=all_day, args=(app,))
    page.start()
    number = 0
    while page.is_alive():
        seen = (await shared.load()).panel_textures.get("front")
        lost += bool(last) and (seen is None or seen.prompt != last)
        number += 1
        last = f"edit {number}"
        made = PanelTexture(
            panel_id="front", texture_url=f"file:///{last}", prompt=last, generated_at=utc_text()
        )
        put = functools.partial(
            transitions.put_textures, package_type="box", textures={"front": made}, now=utc_text()
        )
        await shared.commit(put)
        await asyncio.sleep(0.001)
    app.look()
    assert (lost, app.lost, app.undone) == (0, 0, 0)
    assert app.writes > 30
