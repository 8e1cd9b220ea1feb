"""Saving the current design as a bundle, and opening one in its place."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest
from support.hostile_bundles import hostile_bundles, sound_bundle
from support.providers import picture_bytes
from support.sizes import sized
from support.waiting import until
from support.writing import put

from packdesk.domain.appearance import Appearance
from packdesk.domain.change import difference
from packdesk.domain.look import Finish, Look
from packdesk.domain.order import GenerationOrder
from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.saved_view import SavedView
from packdesk.domain.size_edit import SizeEdit
from packdesk.errors import BundleError, GenerationBusyError, NotPossibleError, PackdeskError
from packdesk.store.base import LeaseStep, Write
from packdesk.store.bundle.files import read_bundle, write_bundle
from packdesk.textures.library import hash_in_url

if TYPE_CHECKING:
    from pathlib import Path

    from services.conftest import Desk

BOX = PANEL_IDS["box"]


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    file = tmp_path / "sound.packdesk"
    file.write_bytes(sound_bundle())
    return file


def outside_library(folder: Path) -> set[Path]:
    """Every file but those of the library: pictures, their notes, and marks of what is in use."""
    return {
        path
        for path in folder.rglob("*")
        if path.is_file() and "library" not in path.relative_to(folder).parts
    }


async def with_artwork(desk: Desk) -> None:
    await desk.designs.update_dimensions(sized("cylinder", 60, 90, 60))
    await desk.pictures.put_picture("body", picture_bytes(30), "own.png")


async def test_a_design_there_and_back(desk: Desk, tmp_path: Path) -> None:
    await with_artwork(desk)
    before = await desk.designs.get_state()
    file = tmp_path / "own.packdesk"
    assert await desk.bundles.save(file, picture_bytes(1)) == {}
    await desk.designs.clear()
    opened = await desk.bundles.open(file)
    assert opened.damages == ()
    assert opened.state.package_dimensions == before.package_dimensions
    assert opened.state.panel_textures == before.panel_textures, "also the URL: the library had the picture"
    assert await desk.designs.get_state() == opened.state


async def test_a_reopened_picture_still_knows_what_it_was_cut_from(desk: Desk, tmp_path: Path) -> None:
    await with_artwork(desk)
    file = tmp_path / "own.packdesk"
    await desk.bundles.save(file)
    opened = await desk.bundles.open(file, replace_artwork=True)
    former = opened.state.panel_textures["body"].texture_url
    await desk.designs.update_dimensions(SizeEdit.of("cylinder", 90, 60, 90))
    state = await desk.pictures.refit()
    assert state.panel_textures["body"].texture_url != former


async def test_one_write_and_pictures_in_the_library(desk: Desk, sound: Path) -> None:
    desk.store.writes.clear()
    opened = await desk.bundles.open(sound)
    assert desk.store.writes == [sorted(BOX, key=BOX.index)]
    urls = [texture.texture_url for texture in opened.state.panel_textures.values()]
    assert len(set(urls)) == 6
    for url in urls:
        sha256 = hash_in_url(url)
        assert sha256 is not None
        assert desk.library.read(sha256)


async def test_undo_and_redo_of_opening(desk: Desk, sound: Path) -> None:
    await with_artwork(desk)
    before = await desk.designs.get_state()
    opened = await desk.bundles.open(sound, replace_artwork=True)
    assert opened.before == before
    change = difference("opened design", opened.before, opened.state)
    assert change is not None
    back = await desk.designs.apply_change(change.back())
    assert back.panel_textures == before.panel_textures
    assert (back.package_type, back.package_dimensions) == (before.package_type, before.package_dimensions)
    again = await desk.designs.apply_change(change)
    assert again.panel_textures == opened.state.panel_textures


async def test_artwork_is_not_lost_without_a_word(desk: Desk, sound: Path) -> None:
    await with_artwork(desk)
    before = desk.store.load()
    with pytest.raises(NotPossibleError, match="has artwork"):
        await desk.bundles.open(sound)
    assert desk.store.load() == before


async def test_fields_of_both_sides_stay(desk: Desk, sound: Path) -> None:
    document = {
        "package_type": "box",
        "package_dimensions": {"width": 50, "height": 50, "depth": 50},
        "client": {"zoom": 1},
        "other": [1, 2],
    }
    put(desk.store, json.dumps(document).encode())
    opened = await desk.bundles.open(sound)
    assert opened.state.model_extra == {"client": {"zoom": 2}, "other": [1, 2]}


async def test_a_running_generation_is_left_alone(desk: Desk, sound: Path) -> None:
    desk.provider.gate = asyncio.Event()
    running = asyncio.create_task(
        desk.generation.generate(GenerationOrder("vintage floral pattern", ("front",)))
    )
    await desk.provider.started.wait()
    before = desk.store.load()
    with pytest.raises(GenerationBusyError, match="no other was opened"):
        await desk.bundles.open(sound, replace_artwork=True)
    assert desk.store.load() == before
    file = sound.with_name("meanwhile.packdesk")
    await desk.bundles.save(file)
    assert not read_bundle(file).state.generating
    desk.provider.gate.set()
    assert (await running).finished == ("front",)


async def test_flags_of_another_program_are_respected(desk: Desk, sound: Path) -> None:
    raw = (
        b'{"package_type":"box","package_dimensions":{"width":50,"height":50,"depth":50},"in_progress":true}'
    )
    put(desk.store, raw)
    with pytest.raises(GenerationBusyError):
        await desk.bundles.open(sound)
    assert desk.store.load() == raw


async def test_flags_of_a_dead_generation_do_not_stand_in_the_way(
    desk: Desk, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("sqlite_lease", "redis"):
        monkeypatch.setattr(f"packdesk.store.{module}.LEASE_MS", 30)
    raw = (
        b'{"package_type":"box","package_dimensions":{"width":50,"height":50,"depth":50},"in_progress":true}'
    )
    desk.store.write(Write(desk.store.load(), raw, LeaseStep.TAKE, record="{}"))
    await until(lambda: not desk.store.status().lease_ms)
    opened = await desk.bundles.open(sound)
    assert len(opened.state.panel_textures) == 6
    assert not opened.state.generating


async def test_a_damaged_bundle_opens_with_what_it_has(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "cut.packdesk"
    file.write_bytes(sound_bundle()[:2600])
    opened = await desk.bundles.open(file)
    assert 0 < len(opened.state.panel_textures) < 6
    assert opened.damages[0] == "The end of the file is missing or damaged."


async def test_a_picture_that_cannot_be_had_is_named(desk: Desk, tmp_path: Path) -> None:
    await with_artwork(desk)
    raw = desk.store.load()
    assert raw
    document = json.loads(raw)
    document["panel_textures"]["top"] = {"panel_id": "top", "texture_url": "gopher://x/a.png"}
    put(desk.store, json.dumps(document).encode())
    file = tmp_path / "own.packdesk"
    assert list(await desk.bundles.save(file)) == ["top"]
    assert list(read_bundle(file).pictures) == ["body"]


async def test_saving_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    await with_artwork(desk)
    before = desk.store.load()
    await desk.bundles.save(tmp_path / "own.packdesk")
    assert desk.store.load() == before


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
async def test_hostile_bundles_leave_the_current_design(desk: Desk, tmp_path: Path) -> None:
    await with_artwork(desk)
    outside = outside_library(tmp_path)
    file = tmp_path / "hostile.packdesk"
    total = opened = 0
    for name, data in hostile_bundles():
        total += 1
        file.write_bytes(data)
        before = desk.store.load()
        try:
            found = await desk.bundles.open(file, replace_artwork=True)
        except PackdeskError as error:
            refusal: PackdeskError | None = error
        else:
            refusal = None
        if refusal is not None:
            assert isinstance(refusal, BundleError), name
            assert desk.store.load() == before, name
            continue
        opened += 1
        for texture in found.state.panel_textures.values():
            sha256 = hash_in_url(texture.texture_url)
            assert sha256 is not None, name
            desk.library.read(sha256)
    assert total >= 300
    assert 0 < opened < total
    assert outside_library(tmp_path) == outside | {file}


async def test_a_look_goes_along_and_named_views_stay_the_designs(desk: Desk, tmp_path: Path) -> None:
    await with_artwork(desk)
    view = SavedView("side", azimuth=10, elevation=20)
    desk.appearance.write(Appearance(look=Look(finish=Finish.KRAFT), views=(view,)))
    kept, shown = tmp_path / "kept.packdesk", tmp_path / "shown.packdesk"
    await desk.bundles.save(kept)
    await desk.bundles.save(shown, shown=Appearance(look=Look(finish=Finish.FOIL)))
    looks = [read_bundle(file).appearance for file in (kept, shown)]
    assert [one and (one.look.finish, one.views) for one in looks] == [
        (Finish.KRAFT, (view,)),
        (Finish.FOIL, (view,)),
    ]
    desk.appearance.write(Appearance())
    await desk.designs.clear()
    await desk.bundles.open(shown)
    assert desk.appearance.read() == looks[1]
    await desk.bundles.open(kept, replace_artwork=True)
    assert desk.appearance.read() == looks[0]
    await desk.bundles.open(await _without_look(desk, tmp_path), replace_artwork=True)
    assert desk.appearance.read() == looks[0], "a file of an older version says nothing of it"


async def _without_look(desk: Desk, folder: Path) -> Path:
    file = folder / "old.packdesk"
    write_bundle(file, await desk.designs.get_state(), {})
    return file


async def test_a_picture_too_large_for_a_bundle_is_named(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await with_artwork(desk)
    state = await desk.designs.get_state()
    size = len(await desk.pictures.read_picture(state.panel_textures["body"].texture_url))
    for most, named in ((size, set()), (size - 1, {"body"})):
        monkeypatch.setattr("packdesk.services.bundles.MAX_PICTURE_BYTES", most)
        missing = await desk.bundles.save(tmp_path / "a.packdesk")
        assert set(missing) == named
        assert set(read_bundle(tmp_path / "a.packdesk").pictures) == {"body"} - named
    assert "too large for a bundle" in missing["body"].sentence
