"""Sizing and clearing the shared design."""

from __future__ import annotations

import asyncio
import json
import os
from typing import TYPE_CHECKING

import pytest
from support.sizes import sized
from support.writing import put

from packdesk.domain.change import DesignChange, DesignParts
from packdesk.domain.dimensions import DEFAULT_DIMENSIONS
from packdesk.domain.panels import FlatSize
from packdesk.domain.state import new_texture, utc_text
from packdesk.domain.transitions import begin, put_textures
from packdesk.errors import ForeignDocumentError, GenerationBusyError, InvalidInputError
from packdesk.services.designs import DesignService
from packdesk.services.lease import GenerationLease
from packdesk.services.shared_state import SharedState
from packdesk.store.kept_file import KeptValue
from packdesk.store.last_seen import LastSeen

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.domain.change import ChangeKind
    from packdesk.store.base import StateStore


async def test_an_empty_store_shows_the_default_box_and_stays_empty(store: StateStore) -> None:
    designs = DesignService(SharedState(store))
    state = await designs.get_state()
    assert (state.package_type, state.package_dimensions) == ("box", DEFAULT_DIMENSIONS["box"])
    await designs.get_status()
    await designs.update_dimensions(sized("box", 100, 150, 100))
    assert store.load() is None


async def test_sizes_are_found_again(store: StateStore) -> None:
    designs = DesignService(SharedState(store))
    await designs.update_dimensions(sized("box", 120.5, 80, 40))
    assert (await designs.get_state()).package_dimensions.as_tuple() == (120.5, 80, 40)
    assert (await designs.get_state()).created_at


async def test_switching_the_type_is_one_write(store: StateStore) -> None:
    designs = DesignService(SharedState(store))
    before = store.status().revision
    state = await designs.update_dimensions(sized("cylinder", 80, 150, 80))
    assert state.package_dimensions == DEFAULT_DIMENSIONS["cylinder"]
    assert store.status().revision != before


@pytest.mark.parametrize("arguments", [("bag", 1, 1, 1), ("box", 9, 100, 100), ("cylinder", 80, 100, 90)])
async def test_bad_input_writes_nothing(
    store: StateStore, arguments: tuple[str, float, float, float]
) -> None:
    with pytest.raises(InvalidInputError):
        await DesignService(SharedState(store)).update_dimensions(sized(*arguments))
    assert store.load() is None


@pytest.mark.parametrize("raw", [b"{broken", b"[]", b'{"box_state": {}}'])
async def test_a_foreign_document_is_never_overwritten(store: StateStore, raw: bytes) -> None:
    put(store, raw)
    designs = DesignService(SharedState(store))
    for call in (designs.get_state(), designs.clear(), designs.update_dimensions(sized("box", 50, 50, 50))):
        with pytest.raises(ForeignDocumentError):
            await call
    assert store.load() == raw


async def test_writers_at_once_lose_no_edit(two_stores: tuple[StateStore, StateStore]) -> None:
    first, second = (DesignService(SharedState(store)) for store in two_stores)
    put(two_stores[0], json.dumps(_document()).encode())

    async def edit(designs: DesignService, height: float) -> None:
        for step in range(20):
            await designs.update_dimensions(sized("box", 100 + step, height, 100))

    await asyncio.gather(edit(first, 50), edit(second, 60), edit(first, 70))
    state = await first.get_state()
    assert state.package_dimensions.width == 119
    assert state.model_dump()["colour"] == "kept"


async def test_flags_nobody_holds_are_cleared_and_a_running_generation_is_not(store: StateStore) -> None:
    shared = SharedState(store)
    designs = DesignService(shared)
    put(store, json.dumps(_document() | {"in_progress": True, "generating_panel": "front"}).encode())
    assert not await designs.is_held()
    state = await designs.clear_flags()
    assert not state.generating
    assert state.last_error is None
    before = store.status().revision
    await designs.clear_flags()
    assert store.status().revision == before, "nothing is written where there are none"
    await GenerationLease.take(shared, "job", lambda now: begin(now, ["front"], utc_text(), bulk=False))
    assert await designs.is_held()
    with pytest.raises(GenerationBusyError, match=f"process {os.getpid()}"):
        await designs.clear_flags()
    assert (await designs.get_state()).generating
    assert (await designs.get_status()).generating_panels == ["front"]


@pytest.mark.parametrize("raw", [b"{broken", None, b"whole"])
async def test_only_what_cannot_be_read_is_set_aside_when_asked_so(
    store: StateStore, raw: bytes | None
) -> None:
    if raw is not None:
        raw = json.dumps(_document()).encode() if raw == b"whole" else raw
        put(store, raw)
    name = await DesignService(SharedState(store)).set_unreadable_aside()
    assert (name is not None) == (raw == b"{broken")
    if name is None:
        assert store.load() == raw
    else:
        assert (store.load(), store.load_named(name)) == (None, raw)


async def test_clearing_goes_on_past_what_cannot_be_read(store: StateStore) -> None:
    put(store, b"{broken")
    state, name = await DesignService(SharedState(store)).clear_in_any_case()
    assert state.package_dimensions == DEFAULT_DIMENSIONS["box"]
    assert name is not None
    assert store.load_named(name) == b"{broken"
    put(store, json.dumps(_document()).encode())
    assert (await DesignService(SharedState(store)).clear_in_any_case())[1] is None
    assert (await DesignService(SharedState(store)).reset()) is not None
    assert store.load() is None


async def test_what_this_machine_saw_last_and_the_edit_that_waits(store: StateStore, tmp_path: Path) -> None:
    seen = LastSeen(tmp_path, store.place)
    designs = DesignService(SharedState(store), seen)
    edit = sized("box", 91, 92, 93)
    assert await designs.recall() == (None, None)
    await designs.keep_pending(edit)
    assert await designs.recall() == (None, edit)
    seen.keep_state(json.dumps(_document()).encode())
    state, waiting = await designs.recall()
    assert state is not None
    assert (state.package_dimensions.height, waiting) == (150, edit)
    seen.keep_state(b"{broken")
    await designs.keep_pending(None)
    assert await designs.recall() == (None, None)
    without = DesignService(SharedState(store))
    await without.keep_pending(edit)
    assert await without.recall() == (None, None)


@pytest.mark.parametrize("kind", ["type", "new design", "size"])
async def test_lost_artwork_is_offered_until_the_package_is_changed(
    store: StateStore, tmp_path: Path, kind: ChangeKind
) -> None:
    designs = DesignService(SharedState(store), lost=KeptValue(tmp_path, store.place, DesignChange))
    await designs.update_dimensions(sized("box", 90, 91, 92))
    before = await designs.get_state()
    picture = new_texture("front", "file:///a.png", "", FlatSize(width=90, height=91), utc_text())
    after = await designs.update_dimensions(sized("cylinder", 80, 150, 80))
    parts = DesignParts("box", before.package_dimensions, {"front": picture})
    change = DesignChange(kind, parts, DesignParts("cylinder", after.package_dimensions, {"front": None}))
    assert await designs.recall_lost() is None
    await designs.keep_lost(change)
    loses = kind != "size"
    assert await designs.recall_lost() == (change if loses else None)
    await designs.update_dimensions(sized("cylinder", 81, 150, 81))
    assert await designs.recall_lost() is None
    await designs.update_dimensions(sized("cylinder", 80, 150, 80))
    assert await designs.recall_lost() is None, "it was forgotten"
    await designs.update_dimensions(sized("box", 90, 91, 92))
    await designs._shared.commit(lambda state: put_textures(state, "box", {"front": picture}, utc_text()))
    assert (await designs.resize(sized("box", 90, 95, 92)))[1] is None
    _, lost = await designs.resize(sized("cylinder", 80, 150, 80))
    assert lost is not None
    assert await designs.recall_lost() == lost


def _document() -> dict[str, object]:
    return {
        "package_type": "box",
        "package_dimensions": {"width": 100, "height": 150, "depth": 100},
        "colour": "kept",
    }
