"""The library stays small, and nothing a design uses ever goes."""

from __future__ import annotations

import json
import os
import random
from typing import TYPE_CHECKING

import pytest
from support.providers import picture_bytes
from support.sizes import sized
from support.studio import Program, Studio
from support.tidying import tidying_over

from packdesk.domain.panels import PANEL_IDS
from packdesk.errors import LibraryUnwritableError, StoreUnavailableError
from packdesk.services.tidying import FORGET_DAYS, TidyService
from packdesk.services.uses import UseFinder
from packdesk.store.last_seen import LastSeen
from packdesk.store.read_only import OfflineStore
from packdesk.store.sqlite import SqliteStore
from packdesk.textures import holds
from packdesk.textures.library import TextureLibrary, hash_in_url, hashes_in
from packdesk.textures.notes import read_origin

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from packdesk.store.base import StateStore

PICTURE_PX = (60, 80)


def nothing() -> None:
    """Nobody tidies meanwhile."""


def program_at(store: StateStore, folder: Path) -> Program:
    return Program(store, folder, nothing, set())


def pictures(folder: Path) -> set[str]:
    return {path.stem for path in (folder / "library").glob("*.png")}


def cuts(folder: Path) -> set[str]:
    """Pictures that lie there and were cut from another one."""
    notes = {path.stem: read_origin(path) for path in (folder / "library").glob("*.json")}
    return pictures(folder) & {name for name, note in notes.items() if note and note.source != name}


def size_of(folder: Path, names: set[str]) -> int:
    return sum((folder / "library" / f"{name}.png").stat().st_size for name in names)


async def with_cuts(program: Program, sizes: int = 5) -> None:
    """Artwork on every panel, at several sizes."""
    for number, panel_id in enumerate(PANEL_IDS["box"]):
        await program.pictures.put_picture(panel_id, picture_bytes(number, PICTURE_PX), "a file")
    for step in range(sizes):
        await program.designs.update_dimensions(sized("box", 30 + step, 40 + step, 50 + step))
        await program.pictures.refit()


def named(store: StateStore) -> set[str]:
    return hashes_in(store.load() or b"")


async def test_tidying_leaves_answers_imports_and_what_the_design_shows(
    store: StateStore, tmp_path: Path
) -> None:
    program = program_at(store, tmp_path)
    await with_cuts(program)
    await program.tidying.aclose()
    before, origins = pictures(tmp_path), pictures(tmp_path) - cuts(tmp_path)
    dry = await program.tidying.tidy(dry_run=True)
    assert pictures(tmp_path) == before
    done = await program.tidying.tidy()
    assert pictures(tmp_path) == origins | named(store)
    assert done.removed == dry.free
    assert done.removed.pictures == len(before) - len(pictures(tmp_path)) > 20
    assert (done.kept.pictures, done.in_use.pictures) == (6, 6)
    assert (await program.tidying.tidy()).removed.pictures == 0


async def test_an_earlier_size_is_shown_again_after_tidying(store: StateStore, tmp_path: Path) -> None:
    program = program_at(store, tmp_path)
    await with_cuts(program)
    shown = {name: program.library.read(name) for name in cuts(tmp_path)}
    await program.tidying.aclose()
    await program.tidying.tidy()
    assert pictures(tmp_path) < shown.keys() | pictures(tmp_path)
    assert {name: program.library.read(name) for name in shown} == shown


async def set_aside(program: Program, _: Path) -> None:
    await program.designs.reset()


async def seen_last(program: Program, folder: Path) -> None:
    LastSeen(folder / "offline", "elsewhere").keep_state(program.shared._last or b"")
    await program.designs.reset()
    _forget_backups(program)


async def shown_in_a_window(program: Program, _: Path) -> None:
    await program.show(await program.shared.load())
    await program.designs.reset()
    _forget_backups(program)


async def in_another_store(program: Program, folder: Path) -> None:
    other = SqliteStore(folder / "other.sqlite3")
    with_design = Program(other, folder, nothing, set())
    state = await program.shared.load()
    await with_design.shared.commit(lambda _: state)
    other.close()
    await program.designs.reset()
    _forget_backups(program)


def _forget_backups(program: Program) -> None:
    """Every way a design is kept is tried alone."""
    program.shared._store.backups = list  # type: ignore[method-assign]  # as if nothing stood there


@pytest.mark.parametrize("keep", [set_aside, seen_last, shown_in_a_window, in_another_store])
async def test_every_way_a_design_is_kept_keeps_its_pictures(
    keep: Callable[[Program, Path], object], store: StateStore, tmp_path: Path
) -> None:
    program = program_at(store, tmp_path)
    await with_cuts(program)
    used = named(store)
    await program.tidying.aclose()
    await keep(program, tmp_path)  # type: ignore[misc]  # all of them are coroutines
    others = [SqliteStore(tmp_path / "other.sqlite3")] if keep is in_another_store else []
    library = TextureLibrary(tmp_path / "library")
    finder = UseFinder(program.shared._store, library, tmp_path, lambda: others)
    tidying = TidyService(TextureLibrary(tmp_path / "library"), finder, 10**9, shared=False)
    done = await tidying.tidy()
    assert not named(store)
    assert used <= pictures(tmp_path)
    assert done.removed.pictures > 20


async def test_the_oldest_cuts_go_when_the_budget_is_passed(store: StateStore, tmp_path: Path) -> None:
    program = program_at(store, tmp_path)
    await with_cuts(program, sizes=3)
    early = cuts(tmp_path)
    budget = size_of(tmp_path, early) * 3
    program.tidying = program.pictures._tidying = tidying_over(store, program.library, tmp_path, budget)
    for step in range(40):
        await program.designs.update_dimensions(sized("box", 30 + step % 50, 30, 30 + step))
        await program.pictures.refit()
        assert size_of(tmp_path, cuts(tmp_path)) <= budget
        assert named(store) <= pictures(tmp_path)
    assert size_of(tmp_path, cuts(tmp_path)) > 0.5 * budget
    assert early - cuts(tmp_path)


async def test_the_folder_is_not_looked_through_at_every_cut(
    store: StateStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = program_at(store, tmp_path)
    looks: list[int] = []
    shrink = program.tidying._shrink

    def counted() -> None:
        looks.append(1)
        shrink()

    monkeypatch.setattr(program.tidying, "_shrink", counted)
    await with_cuts(program, sizes=10)
    assert len(looks) == 1


async def test_a_budget_smaller_than_one_design_keeps_the_design(store: StateStore, tmp_path: Path) -> None:
    program = program_at(store, tmp_path)
    program.tidying = program.pictures._tidying = tidying_over(store, program.library, tmp_path, 1)
    await with_cuts(program, sizes=12)
    assert named(store) <= pictures(tmp_path)
    assert len(cuts(tmp_path)) < 12 * 6


async def test_nothing_goes_while_the_store_is_away(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "store.sqlite3")
    program = program_at(store, tmp_path)
    await with_cuts(program)
    before = pictures(tmp_path)
    store.close()
    (tmp_path / "store.sqlite3").write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreUnavailableError):
        await program.tidying.tidy()
    offline = OfflineStore(LastSeen(tmp_path / "offline", "there"), "there")
    with pytest.raises(StoreUnavailableError, match="offline"):
        await tidying_over(offline, program.library, tmp_path).tidy()
    assert pictures(tmp_path) == before


async def test_nothing_goes_while_a_record_cannot_be_read(
    store: StateStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = program_at(store, tmp_path)
    await with_cuts(program)
    before = pictures(tmp_path)
    (tmp_path / "jobs").mkdir()
    (tmp_path / "jobs" / "one.json").touch()

    def refused(path: Path) -> bytes:
        raise PermissionError(path)

    monkeypatch.setattr("pathlib.Path.read_bytes", refused)
    with pytest.raises(LibraryUnwritableError):
        await program.tidying.tidy()
    assert pictures(tmp_path) == before


async def test_in_a_shared_folder_everybody_tidies_the_own_cuts(store: StateStore, tmp_path: Path) -> None:
    ours, theirs = program_at(store, tmp_path), program_at(SqliteStore(tmp_path / "theirs.db"), tmp_path)
    ours.library.maker, theirs.library.maker = "ours", "theirs"
    await with_cuts(theirs, sizes=3)
    made_there = pictures(tmp_path)
    await theirs.designs.update_dimensions(sized("box", 20, 20, 20))
    await ours.pictures.put_picture("front", picture_bytes(44, PICTURE_PX), "a file")
    await ours.designs.update_dimensions(sized("box", 77, 41, 41))
    await ours.pictures.refit()
    await ours.tidying.aclose()
    await theirs.tidying.aclose()
    finder = UseFinder(store, ours.library, tmp_path / "our data")
    done = await TidyService(ours.library, finder, 10**9, shared=True).tidy()
    assert done.removed.pictures == 1
    assert made_there <= pictures(tmp_path)


async def test_a_picture_that_was_imported_stays_though_it_could_be_cut(
    store: StateStore, tmp_path: Path
) -> None:
    program = program_at(store, tmp_path)
    await with_cuts(program, sizes=1)
    (name,) = {hash_in_url(program_url) for program_url in [await _url(program, "front")]}
    png = program.library.read(name or "")
    await program.designs.clear()
    await program.pictures.put_picture("back", png, "saved.png")
    await program.designs.clear()
    await program.tidying.aclose()
    await program.tidying.tidy()
    assert name in pictures(tmp_path)


async def _url(program: Program, panel_id: str) -> str:
    return (await program.shared.load()).panel_textures[panel_id].texture_url


async def test_cuts_of_an_older_version_stay(store: StateStore, tmp_path: Path) -> None:
    program = program_at(store, tmp_path)
    await with_cuts(program)
    await program.tidying.aclose()
    old = min(cuts(tmp_path) - named(store))
    note = tmp_path / "library" / f"{old}.json"
    kept = {name: value for name, value in json.loads(note.read_text()).items() if name in {"source", "dpi"}}
    note.write_text(json.dumps(kept))
    await program.tidying.tidy()
    assert old in pictures(tmp_path)


async def test_a_cut_whose_origin_is_damaged_stays(store: StateStore, tmp_path: Path) -> None:
    program = program_at(store, tmp_path)
    await with_cuts(program)
    await program.tidying.aclose()
    note = read_origin(tmp_path / "library" / f"{min(named(store))}.json")
    assert note
    (tmp_path / "library" / f"{note.source}.png").write_bytes(b"")
    notes = {name: read_origin(tmp_path / "library" / f"{name}.json") for name in cuts(tmp_path)}
    at_risk = {name for name, one in notes.items() if one and one.source == note.source}
    await program.tidying.tidy()
    assert at_risk <= pictures(tmp_path)


async def test_notes_of_cuts_gone_long_ago_go_last(store: StateStore, tmp_path: Path) -> None:
    program = program_at(store, tmp_path)
    await with_cuts(program)
    await program.tidying.aclose()
    await program.tidying.tidy()
    notes = set((tmp_path / "library").glob("*.json"))
    assert (await program.tidying.tidy()).notes == 0
    long_ago = 1_700_000_000
    assert FORGET_DAYS >= 30
    for path in notes:
        os.utime(path, (long_ago, long_ago))
    shown = min(named(store))
    (tmp_path / "library" / f"{shown}.png").unlink()
    done = await program.tidying.tidy()
    left = {path.stem for path in (tmp_path / "library").glob("*.json")}
    assert done.notes == len(notes) - len(left) > 20
    assert named(store) <= left
    assert program.library.read(shown)


async def test_what_a_killed_tidying_had_renamed_is_put_back(store: StateStore, tmp_path: Path) -> None:
    program = program_at(store, tmp_path)
    await with_cuts(program)
    name = min(named(store))
    (tmp_path / "library" / f"{name}.png").rename(tmp_path / "library" / f".going-{name}-{'f' * 32}")
    await program.tidying.tidy()
    assert name in pictures(tmp_path)


@pytest.mark.parametrize("block", range(2))
async def test_tidying_at_any_moment_takes_nothing_that_is_used(
    block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sizes, imports, generations, undo of two programs; a third tidies before and after what they write.

    Some 200 moments a block. `benchmarks/library.py` does it for 200 whole runs.
    """
    monkeypatch.setattr(holds, "LINGERING", 0)  # harder than it is: nothing is spared a little longer
    removed = strikes = 0
    for seed in range(12 * block, 12 * block + 12):
        folder = tmp_path / str(seed)
        store = SqliteStore(folder / "store.sqlite3")
        studio = Studio(store, folder, random.Random(seed))
        await studio.run(steps=6)
        assert not studio.lost, seed
        assert studio.readable(), seed
        removed, strikes = removed + studio.removed, strikes + studio.strikes
        await studio.close()
        store.close()
    assert strikes > 200
    assert removed > 30
