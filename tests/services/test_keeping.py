"""A design that has to give way in the store stays on this machine."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import pytest
from support.providers import picture_bytes
from support.writing import put

from packdesk.domain.panels import FlatSize
from packdesk.domain.state import PackagingState, default_state, new_texture
from packdesk.domain.wire import encode_state
from packdesk.services.shared_state import SharedState
from packdesk.services.shelf import ShelfService, gives_way
from packdesk.store.shelf import Shelf
from packdesk.textures.check import clean_picture
from packdesk.textures.library import TextureLibrary, hash_in_url

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.store.base import StateStore

ONE, OTHER = "2026-01-02T03:04:05.000Z", "2026-01-02T03:04:06.000Z"


def state(package_type: str = "box", created: str | None = ONE, *, artwork: bool = True) -> PackagingState:
    made = default_state().model_copy(update={"package_type": package_type, "created_at": created})
    picture = new_texture("front", "file:///front.png", "", FlatSize(width=90, height=140), ONE)
    return made.model_copy(update={"panel_textures": {"front": picture} if artwork else {}})


@pytest.mark.parametrize(
    ("before", "after", "gone", "shared", "given"),
    [
        (state(artwork=False), state(created=OTHER), True, True, False),  # nothing is lost
        (state(), state(), False, True, False),
        (state(), state(), True, False, True),
        (state(), state(created=OTHER), False, False, True),
        (state(), state(created=ONE.replace("Z", "+00:00")), False, False, False),
        (state(), state(created=None), False, False, False),
        (state(created=None), state(), False, False, False),
        (state(), state(artwork=False), False, False, True),
        (state(), state(artwork=False), False, True, True),
        (state(), state("cylinder", artwork=False), False, True, True),
        (state(), state("cylinder", artwork=False), False, False, False),  # offered back in the window
        (state(), state("cylinder"), False, True, False),
    ],
)
def test_when_a_design_gives_way(
    before: PackagingState, after: PackagingState, gone: bool, shared: bool, given: bool
) -> None:
    assert gives_way(before, after, gone=gone, shared=shared) == given


@pytest.fixture
def shared(store: StateStore, tmp_path: Path) -> SharedState:
    put(store, encode_state(state()))
    return SharedState(store)


def follow(shared: SharedState, store: StateStore, folder: Path) -> ShelfService:
    service = ShelfService(Shelf(folder), store, TextureLibrary(folder / "library"))
    shared.follower = service.keep
    return service


async def test_one_the_server_lost_is_kept_and_a_size_is_no_loss(
    shared: SharedState, store: StateStore, tmp_path: Path
) -> None:
    service = follow(shared, store, tmp_path)
    seen = await shared.load()
    wider = json.loads(encode_state(seen)) | {"package_dimensions": {"width": 99, "height": 91, "depth": 92}}
    put(store, json.dumps(wider).encode())
    await shared.load()
    await service.aclose()
    assert await service.find() == []
    store.set_aside()
    await shared.load()
    await shared.load()  # it is gone once
    await service.aclose()
    (kept,) = await service.find()
    assert set((await service.state_of(kept)).panel_textures) == {"front"}


async def test_one_that_another_program_replaced_is_kept_once(
    shared: SharedState, store: StateStore, tmp_path: Path
) -> None:
    service = follow(shared, store, tmp_path)
    await shared.load()
    put(store, encode_state(state(created=OTHER)))
    await shared.load()
    await shared.load()
    await service.aclose()
    (kept,) = await service.find()
    assert (await service.state_of(kept)).created_at == ONE


async def test_one_that_is_set_aside_here_is_kept(
    shared: SharedState, store: StateStore, tmp_path: Path
) -> None:
    service = follow(shared, store, tmp_path)
    await shared.load()
    await shared.set_aside()
    await service.aclose()
    assert len(await service.find()) == 1


async def test_a_folder_that_takes_no_copy_is_logged_and_stops_nobody(
    shared: SharedState, store: StateStore, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("no folder")
    service = follow(shared, store, tmp_path / "file")
    await shared.load()
    store.set_aside()
    await shared.load()
    await service.aclose()
    assert "could not be kept" in caplog.text


async def test_a_design_nobody_has_drawn_is_shown_by_its_lead_panel(
    store: StateStore, tmp_path: Path
) -> None:
    shelf, library = Shelf(tmp_path), TextureLibrary(tmp_path / "library")
    service = ShelfService(shelf, store, library)
    url = library.add(clean_picture(picture_bytes(1)))
    with_picture = new_texture("front", url, "", FlatSize(width=90, height=140), ONE)
    for name, pictures in (("lost", state().panel_textures), ("found", {"front": with_picture})):
        shelf.keep_copy(state().model_copy(update={"panel_textures": pictures}), "", name)
    found = await service.pictures([await service.new("plain"), *await service.find()])
    one = await service.named("found")
    assert found == {one.id: library.file(hash_in_url(url) or "")}
    one.picture.write_bytes(b"drawn")
    assert await service.pictures([one]) == {one.id: one.picture}


async def test_designs_are_found_by_all_words_in_any_case(store: StateStore, tmp_path: Path) -> None:
    service = ShelfService(Shelf(tmp_path), store, TextureLibrary(tmp_path / "library"))
    for name in ("Green tea", "Yuzu TEA", "Yuzu soap"):
        await service.new(name)
    assert {one.name for one in await service.find("tea yuzu")} == {"Yuzu TEA"}
    assert len(await service.find()) == 3
    soap = await service.named("Yuzu soap")
    await service.delete(soap)
    assert [one.name for one in await service.find(deleted=True)] == ["Yuzu soap"]
    assert await service.find("soap") == []
    assert (await service.restore(dataclasses.replace(soap))).name == "Yuzu soap"
