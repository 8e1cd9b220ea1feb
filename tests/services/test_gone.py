"""A design that is gone from the store goes on as it was seen last."""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING

import pytest
from support.providers import picture_bytes
from support.sizes import sized
from support.tidying import tidying_over
from support.writing import put

from packdesk.domain import transitions
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.size_edit import SizeEdit
from packdesk.domain.state import PanelTexture, default_state, utc_text
from packdesk.domain.wire import decode_state
from packdesk.errors import ForeignDocumentError, PackageChangedError
from packdesk.services.designs import DesignService
from packdesk.services.pictures import PictureService
from packdesk.services.shared_state import SharedState
from packdesk.store.last_seen import LastSeen
from packdesk.textures.disk import DiskCache
from packdesk.textures.library import TextureLibrary
from packdesk.textures.reader import TextureReader

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.domain.state import PackagingState
    from packdesk.store.base import StateStore

SIZE = Dimensions(width=90, height=91, depth=92)
BUSY = {"package_type": "box", "package_dimensions": SIZE.model_dump(), "in_progress": True, "keep": [1]}


async def test_it_goes_on_and_an_edit_puts_it_back(store: StateStore) -> None:
    put(store, json.dumps(BUSY).encode())
    shared = SharedState(store)
    seen = await shared.load()
    assert not shared.gone
    store.set_aside()
    state = await shared.load()
    assert shared.gone
    assert (state.package_dimensions, state.model_extra) == (seen.package_dimensions, {"keep": [1]})
    assert not state.generating, "nobody generates for it any more"
    assert store.load() is None, "looking writes nothing"
    taller = Dimensions(width=90, height=99, depth=92)
    await shared.commit(lambda now: transitions.resize(now, SizeEdit("box", taller), utc_text()))
    assert not shared.gone
    stands = decode_state(store.load() or b"")
    assert (stands.package_dimensions, stands.model_extra) == (taller, {"keep": [1]})


async def test_it_is_put_back_or_given_up_when_the_user_says_so(store: StateStore) -> None:
    shared = SharedState(store)
    designs = DesignService(shared)
    await designs.update_dimensions(sized("box", 90, 91, 92))
    store.set_aside()
    await designs.get_state()
    assert shared.gone
    assert (await designs.put_back()).package_dimensions == SIZE
    assert not shared.gone
    assert decode_state(store.load() or b"").package_dimensions == SIZE
    store.set_aside()
    await designs.get_state()
    assert await designs.start_anew() == default_state()
    assert not shared.gone


async def test_artwork_of_a_generation_is_not_put_on_what_was_begun_anew(store: StateStore) -> None:
    shared = SharedState(store)
    begun = await DesignService(shared).update_dimensions(sized("box", 90, 91, 92))
    store.set_aside()
    await DesignService(shared).start_anew()
    made = PanelTexture(panel_id="front", texture_url="file:///a.png", prompt="a", generated_at=utc_text())
    finish = functools.partial(
        transitions.finish, begun=begun, textures={"front": made}, error=None, now=utc_text()
    )
    with pytest.raises(PackageChangedError, match="A new design was started"):
        await shared.commit(finish)
    assert store.load() is None


async def test_cutting_anew_does_not_bring_it_back(store: StateStore, tmp_path: Path) -> None:
    shared, library = SharedState(store), TextureLibrary(tmp_path / "library")
    reader = TextureReader(library, DiskCache(tmp_path / "cache", 10_000_000))
    pictures = PictureService(shared, library, reader, 20, tidying_over(store, library, tmp_path))
    await DesignService(shared).update_dimensions(sized("box", 90, 91, 92))
    await pictures.put_picture("front", picture_bytes(), "a file")
    await DesignService(shared).update_dimensions(sized("box", 90, 191, 92))
    store.set_aside()
    await pictures.refit()
    assert shared.gone
    assert store.load() is None


async def test_what_was_moved_aside_here_is_not_missed(store: StateStore) -> None:
    shared = SharedState(store)
    designs = DesignService(shared)
    await designs.update_dimensions(sized("box", 90, 91, 92))
    await designs.reset()
    assert await designs.get_state() == default_state()
    assert not shared.gone


async def test_what_came_and_went_between_two_looks_is_news(store: StateStore) -> None:
    shared = SharedState(store)
    empty = (await shared.status()).revision
    assert shared.revision is None, "nothing is known yet"
    await shared.commit(lambda now: transitions.resize(now, SizeEdit("box", SIZE), utc_text()))
    assert shared.revision == (await shared.status()).revision
    store.set_aside()
    assert shared.revision != (await shared.status()).revision == empty


async def test_the_last_good_copy_is_replaced_by_designs_only(store: StateStore, tmp_path: Path) -> None:
    seen = LastSeen(tmp_path, store.place)
    shared = SharedState(store, seen)
    good = json.dumps(BUSY).encode()
    put(store, good)
    await shared.load()
    for bad in (b"{broken", b"{}", b'{"current_package_type": "box"}'):
        put(store, bad)
        with pytest.raises(ForeignDocumentError):
            await shared.load()
        assert seen.recall_state() == good


async def test_the_last_good_copy_is_what_was_written_here_last(
    two_stores: tuple[StateStore, StateStore], tmp_path: Path
) -> None:
    store, other = two_stores
    seen = LastSeen(tmp_path, store.place)
    shared = SharedState(store, seen)
    put(store, json.dumps(BUSY).encode())
    await shared.load()
    heights = []

    def grow(now: PackagingState) -> PackagingState:
        heights.append(now.package_dimensions.height)
        if len(heights) == 1:  # another program is faster: this write is lost
            put(other, json.dumps(BUSY | {"theirs": 1}).encode())
        return transitions.resize(now, sized("box", 90, 99, 92), utc_text())

    await shared.commit(grow)
    assert len(heights) == 2
    assert seen.recall_state() == store.load(), "also where the first write lost"
    with pytest.raises(ZeroDivisionError):
        await shared.commit(lambda now: now.model_copy(update={"theirs": 1 // 0}))
    assert seen.recall_state() == store.load()


def test_a_result_lands_when_only_the_text_of_a_moment_changed() -> None:
    begun = decode_state(json.dumps(BUSY | {"created_at": "2026-11-23T10:30:53Z"}).encode())
    textured = BUSY | {"panel_textures": {"front": {"texture_url": "x"}}}
    textures = decode_state(json.dumps(textured).encode()).panel_textures
    for text in ("2026-11-23T10:30:53.000000Z", "2026-11-23T11:30:53+01:00", "2026-11-23 10:30:53"):
        now = begun.model_copy(update={"created_at": text})
        assert transitions.finish(now, begun, textures, None, utc_text()).panel_textures == textures
    other = begun.model_copy(update={"created_at": "2026-11-23T10:30:54Z"})
    with pytest.raises(PackageChangedError):
        transitions.finish(other, begun, textures, None, utc_text())
