"""Accumulate, then commit once."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import threading
from typing import TYPE_CHECKING

import pytest
from support.sizes import sized
from support.stores import FlakyStore
from support.waiting import until

from packdesk.domain import transitions
from packdesk.domain.order import GenerationOrder
from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.wire import encode_state
from packdesk.errors import (
    GenerationBusyError,
    GenerationSupersededError,
    InvalidInputError,
    PackageChangedError,
)
from packdesk.services.lease import GenerationLease
from packdesk.store.base import LeaseStep

if TYPE_CHECKING:
    from services.conftest import Desk

    from packdesk.services.batch import Progress
    from packdesk.store.base import Write, WriteResult

PROMPT = "vintage floral pattern"
BOX = list(PANEL_IDS["box"])


async def test_all_panels_arrive_in_one_write(desk: Desk) -> None:
    outcome = await desk.generation.generate(GenerationOrder(PROMPT))
    assert list(outcome.state.panel_textures) == BOX
    assert desk.store.writes == [[], BOX]
    state = await desk.designs.get_state()
    assert not state.generating
    assert state.last_error is None
    assert len(encode_state(state)) < 4096
    for panel_id, texture in state.panel_textures.items():
        assert texture.prompt == PROMPT
        assert (await desk.pictures.read_picture(texture.texture_url)).startswith(b"\x89PNG"), panel_id


async def test_one_failure_spares_the_others(desk: Desk) -> None:
    desk.provider.failing = ("left",)
    outcome = await desk.generation.generate(GenerationOrder(PROMPT))
    others = [panel_id for panel_id in BOX if panel_id != "left"]
    assert desk.store.writes == [[], others]
    assert outcome.state.last_error == "No artwork for left (1 of 6): The model had a bad day."
    assert outcome.failures == {"left": "The model had a bad day."}
    assert not outcome.state.generating


async def test_a_failed_panel_keeps_what_it_had(desk: Desk) -> None:
    before = (await desk.generation.generate(GenerationOrder(PROMPT))).state.panel_textures["left"]
    desk.provider.failing = ("left",)
    after = (await desk.generation.generate(GenerationOrder(PROMPT))).state.panel_textures["left"]
    assert after == before


async def test_garbage_from_a_provider_is_a_failure(desk: Desk) -> None:
    desk.provider.garbage = ("top", "bottom")
    outcome = await desk.generation.generate(GenerationOrder(PROMPT))
    assert set(outcome.failures) == {"top", "bottom"}
    assert "no picture packdesk can read" in str(outcome.state.last_error)
    assert len(list(desk.library.folder.glob("*.png"))) == 4


async def test_all_failing_commits_no_texture(desk: Desk) -> None:
    desk.provider.failing = tuple(BOX)
    outcome = await desk.generation.generate(GenerationOrder(PROMPT))
    assert desk.store.writes == [[], []]
    assert outcome.finished == ()
    assert outcome.state.last_error


async def test_the_flags_are_set_while_it_runs_and_nothing_else_shows(desk: Desk) -> None:
    desk.provider.gate = asyncio.Event()
    task = asyncio.create_task(desk.generation.generate(GenerationOrder(PROMPT)))
    await desk.provider.started.wait()
    status = await desk.designs.get_status()
    assert status.in_progress
    assert status.bulk_generation_in_progress
    assert status.generating_panels == BOX
    assert (await desk.designs.get_state()).panel_textures == {}
    with pytest.raises(GenerationBusyError):
        await desk.generation.generate(GenerationOrder(PROMPT, ("front",)))
    desk.provider.gate.set()
    await task
    assert desk.provider.most_running == 2


async def test_cancelling_clears_the_flags_and_commits_nothing(desk: Desk) -> None:
    desk.provider.gate = asyncio.Event()
    task = asyncio.create_task(desk.generation.generate(GenerationOrder(PROMPT)))
    await desk.provider.started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    state = await desk.designs.get_state()
    assert not state.generating
    assert state.panel_textures == {}
    assert desk.provider.running == 0


async def test_a_type_switch_meanwhile_keeps_the_pictures_aside(desk: Desk) -> None:
    desk.provider.gate = asyncio.Event()
    task = asyncio.create_task(desk.generation.generate(GenerationOrder(PROMPT)))
    await desk.provider.started.wait()
    await desk.designs.update_dimensions(sized("cylinder", 80, 150, 80))
    desk.provider.gate.set()
    with pytest.raises(PackageChangedError):
        await task
    state = await desk.designs.get_state()
    assert state.panel_textures == {}
    assert not state.generating
    assert "cylinder" in str(state.last_error)
    assert len(list(desk.library.folder.glob("*.json"))) == 6


async def test_a_size_change_meanwhile_does_not_matter(desk: Desk) -> None:
    desk.provider.gate = asyncio.Event()
    task = asyncio.create_task(desk.generation.generate(GenerationOrder(PROMPT)))
    await desk.provider.started.wait()
    await desk.designs.update_dimensions(sized("box", 77, 88, 99))
    desk.provider.gate.set()
    state = (await task).state
    assert state.package_dimensions.as_tuple() == (77, 88, 99)
    assert len(state.panel_textures) == 6


async def test_one_panel(desk: Desk) -> None:
    told: list[Progress] = []
    outcome = await desk.generation.generate(GenerationOrder(PROMPT, ("top",)), told.append)
    assert outcome.finished == ("top",)
    assert desk.store.writes == [[], ["top"]]
    assert [(step.panel_id, step.finished, step.done, step.total) for step in told] == [
        ("top", False, 0, 1),
        ("top", True, 1, 1),
    ]


async def test_the_request_holds_the_flat_size(desk: Desk) -> None:
    await desk.designs.update_dimensions(sized("cylinder", 80, 150, 80))
    await desk.generation.generate(GenerationOrder(PROMPT, ("body",)))
    request = desk.provider.requests[0]
    assert request.size.width == pytest.approx(251.327, abs=0.001)
    assert request.package_type == "cylinder"


@pytest.mark.parametrize(
    ("panel_id", "prompt"), [("body", PROMPT), ("nowhere", PROMPT), ("front", "ab"), ("front", "logo")]
)
async def test_bad_input_starts_nothing(desk: Desk, panel_id: str, prompt: str) -> None:
    with pytest.raises(InvalidInputError):
        await desk.generation.generate(GenerationOrder(prompt, (panel_id,)))
    with pytest.raises(InvalidInputError):
        await desk.generation.generate(GenerationOrder(prompt, (panel_id, "back")))
    assert desk.store.load() is None
    assert desk.provider.requests == []


async def test_a_library_that_cannot_be_written_fails_every_panel(desk: Desk) -> None:
    desk.library.folder.parent.mkdir(exist_ok=True)
    desk.library.folder.write_text("in the way")
    outcome = await desk.generation.generate(GenerationOrder(PROMPT))
    assert len(outcome.failures) == 6
    assert "Pictures cannot be saved in" in str(outcome.state.last_error)
    assert not outcome.state.generating


async def test_an_unexpected_fault_of_one_panel_spares_the_others(desk: Desk) -> None:
    desk.provider.broken = ("left",)
    outcome = await desk.generation.generate(GenerationOrder(PROMPT))
    assert set(outcome.failures) == {"left"}
    assert len(outcome.state.panel_textures) == 5
    assert not outcome.state.generating


async def test_a_new_design_does_not_get_the_old_ones_artwork(desk: Desk) -> None:
    desk.provider.gate = asyncio.Event()
    task = asyncio.create_task(desk.generation.generate(GenerationOrder(PROMPT)))
    await desk.provider.started.wait()
    await asyncio.sleep(0.002)  # the new design gets a later time
    await desk.designs.clear()
    desk.provider.gate.set()
    with pytest.raises(PackageChangedError, match="new design"):
        await task
    state = await desk.designs.get_state()
    assert state.panel_textures == {}
    assert not state.generating


async def test_cancelling_at_any_moment_leaves_no_flags(desk: Desk) -> None:
    for steps in range(40):
        task = asyncio.create_task(desk.generation.generate(GenerationOrder(PROMPT)))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        state = await desk.designs.get_state()
        assert not state.generating, steps
        assert desk.store.status().record == "", steps


async def test_a_running_generation_holds_the_lease(desk: Desk) -> None:
    desk.provider.gate = asyncio.Event()
    task = asyncio.create_task(desk.generation.generate(GenerationOrder(PROMPT)))
    await desk.provider.started.wait()
    status = desk.store.status()
    assert status.lease_ms > 0
    assert json.loads(status.record)["pid"] == os.getpid()
    desk.provider.gate.set()
    await task
    assert desk.store.status().record == ""


async def test_a_dead_generation_is_cleared_up_by_whoever_looks(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("sqlite_lease", "redis"):
        monkeypatch.setattr(f"packdesk.store.{module}.LEASE_MS", 30)
    await GenerationLease.take(
        desk.shared, "job", lambda state: transitions.begin(state, BOX, "then", bulk=True)
    )
    assert (await desk.designs.get_status()).in_progress
    await until(lambda: not desk.store.status().lease_ms)
    await desk.designs.clear_dead_generation()
    status = await desk.designs.get_status()
    assert not status.in_progress
    assert "ended before it was done" in str(status.last_error)
    await desk.generation.generate(GenerationOrder(PROMPT, ("front",)))


async def test_a_result_waits_for_a_store_that_is_away(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("packdesk.services.lease.RETRY_S", 0.01)
    told: list[Progress] = []
    desk.provider.gate = asyncio.Event()
    task = asyncio.create_task(desk.generation.generate(GenerationOrder(PROMPT), told.append))
    await desk.provider.started.wait()
    inner, away = desk.store.inner, FlakyStore(desk.store.inner)
    desk.store.inner = away
    away.outage.set()
    desk.provider.gate.set()
    await until(lambda: any(step.note for step in told))
    assert inner.load() is not None
    away.outage.clear()
    assert len((await task).state.panel_textures) == 6


async def test_a_superseded_generation_is_told_and_writes_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("sqlite_lease", "redis"):
        monkeypatch.setattr(f"packdesk.store.{module}.LEASE_MS", 30)
    monkeypatch.setattr("packdesk.services.lease.RENEW_S", 1000)
    desk.provider.gate = asyncio.Event()
    task = asyncio.create_task(desk.generation.generate(GenerationOrder(PROMPT)))
    await desk.provider.started.wait()
    await until(lambda: not desk.store.status().lease_ms)
    old, desk.provider.gate = desk.provider.gate, None
    newer = await desk.generation.generate(GenerationOrder("quite another prompt"))
    old.set()
    with pytest.raises(GenerationSupersededError):
        await task
    assert (await desk.designs.get_state()).panel_textures == newer.state.panel_textures
    assert [record.prompt for record in await desk.unfinished.list()] == [PROMPT]


async def test_finished_pictures_of_a_cancelled_job_are_offered(desk: Desk) -> None:
    desk.provider.endless = ("left", "right", "top", "bottom")
    task = asyncio.create_task(desk.generation.generate(GenerationOrder(PROMPT)))
    await until(lambda: list(desk.jobs_with_pictures(2)))
    assert await desk.unfinished.list() == [], "it is still running"
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    (record,) = await desk.unfinished.list()
    assert set(record.textures) == {"front", "back"}
    assert (await desk.designs.get_state()).panel_textures == {}
    desk.provider.endless = ()
    desk.provider.requests.clear()
    outcome = await desk.unfinished.resume(record.id)
    assert sorted(request.panel_id for request in desk.provider.requests) == sorted(record.missing())
    assert list(outcome.state.panel_textures) == BOX
    assert await desk.unfinished.list() == []


async def test_applying_and_discarding_what_was_left(desk: Desk) -> None:
    for action in ("apply", "discard"):
        desk.provider.endless = ("bottom",)
        task = asyncio.create_task(desk.generation.generate(GenerationOrder(PROMPT)))
        await until(lambda: list(desk.jobs_with_pictures(5)))
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        (record,) = await desk.unfinished.list()
        if action == "apply":
            assert len((await desk.unfinished.apply(record.id)).state.panel_textures) == 5
        else:
            await desk.unfinished.discard(record.id)
        assert await desk.unfinished.list() == []
    with pytest.raises(InvalidInputError):
        await desk.unfinished.apply("nothing")


async def test_a_cancel_after_the_result_was_written_is_too_late(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, landed, released = desk.store.write, threading.Event(), threading.Event()

    def slow_answer(one: Write) -> WriteResult:
        result = write(one)
        if one.lease is LeaseStep.END:
            landed.set()
            released.wait(20)
        return result

    monkeypatch.setattr(desk.store, "write", slow_answer)
    task = asyncio.create_task(desk.generation.generate(GenerationOrder(PROMPT)))
    await asyncio.to_thread(landed.wait, 20)
    task.cancel()
    await asyncio.sleep(0)
    released.set()
    outcome = await task
    assert len(outcome.state.panel_textures) == 6
    assert await desk.unfinished.list() == []
    assert not (await desk.designs.get_state()).generating
