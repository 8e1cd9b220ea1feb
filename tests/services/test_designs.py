"""Sizing and clearing the shared design."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest
from support.sizes import sized
from support.writing import put

from packdesk.domain.dimensions import DEFAULT_DIMENSIONS
from packdesk.errors import ForeignDocumentError, InvalidInputError
from packdesk.services.designs import DesignService
from packdesk.services.shared_state import SharedState

if TYPE_CHECKING:
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


def _document() -> dict[str, object]:
    return {
        "package_type": "box",
        "package_dimensions": {"width": 100, "height": 150, "depth": 100},
        "colour": "kept",
    }
