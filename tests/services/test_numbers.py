"""What services count: attempts, shares of a budget, days, failures."""

from __future__ import annotations

import asyncio
import random
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from support.sizes import sized
from support.tidying import tidying_over

from packdesk.domain import transitions
from packdesk.errors import StoreBusyError
from packdesk.services import tidying
from packdesk.services.batch import Batch, Pace, Progress, failure_sentence
from packdesk.services.generation import GenerationOptions
from packdesk.services.lease import busy_sentence, new_record
from packdesk.services.shared_state import SharedState
from packdesk.store.base import Verdict, Write, WriteResult
from packdesk.store.sqlite import SqliteStore
from packdesk.textures.inventory import Entry, Inventory
from packdesk.textures.library import TextureLibrary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from packdesk.services.tidying import TidyService

DAY_S = 86_400


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    made = SqliteStore(tmp_path / "state.db")
    yield made
    made.close()


async def test_an_edit_is_tried_sixty_times(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    writes, pauses = list[Write](), list[float]()

    def beaten(write: Write) -> WriteResult:
        writes.append(write)
        return WriteResult(Verdict.CONFLICT)

    monkeypatch.setattr(store, "write", beaten)

    def at_once(low: float, high: float) -> float:
        pauses.append(high)
        return low

    monkeypatch.setattr(random, "uniform", at_once)
    edit = sized("box", 110, 150, 100)
    with pytest.raises(StoreBusyError):
        await SharedState(store).commit(lambda state: transitions.resize(state, edit, "now"))
    assert len(writes) == 60
    assert len(pauses) == 57, "the first three follow at once"
    assert pauses == sorted(pauses), "others get more and more time"


@pytest.mark.parametrize(("seconds", "slices"), [(1.0, 4), (0.5, 2), (0.0, 1)])
async def test_waiting_is_done_in_slices(
    seconds: float, slices: int, store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(store, "wait", waited.append)
    await SharedState(store).wait(seconds)
    assert waited == [0.25] * slices


async def test_what_was_forgotten_is_the_default_design(store: SqliteStore) -> None:
    shared, told = SharedState(store), list[tuple[float, bool]]()
    shared.listener = lambda state, gone: told.append((state.package_dimensions.width, gone))
    assert shared.revision is None
    edit = sized("box", 110, 150, 100)
    await shared.commit(lambda state: transitions.resize(state, edit, "now"))
    assert shared.revision == store.status().revision
    store.set_aside()
    assert (await shared.load()).package_dimensions.width == 110
    assert (shared.gone, told[-1]) == (True, (110, True))
    await shared.set_aside()
    assert not shared.gone
    assert (await shared.load()).package_dimensions.width == 100
    assert told[-1] == (100, False)
    shared.unfollow()
    await shared.load()
    assert len(told) == 4


def test_artwork_is_made_for_print_unless_asked_otherwise() -> None:
    usual = GenerationOptions()
    assert (usual.dpi, usual.parallel, usual.seed, usual.all_at_once) == (300, None, 0, False)


def test_who_generates_is_said_as_far_as_it_is_known() -> None:
    record = new_record("job")
    assert busy_sentence(record).endswith(").")
    assert new_record("job") != record
    for unclear in ("", "[]", "{}", '{"host": "x", "pid": "y"}'):
        assert busy_sentence(unclear) == "Artwork is already being generated for this design."
    assert "on " + "h" * 60 + " (process 7)" in busy_sentence('{"host": "%s", "pid": 7}' % ("h" * 90))


def test_failures_are_told_once_where_they_have_one_reason() -> None:
    assert failure_sentence({}, 6) is None
    assert failure_sentence({"front": "No.", "top": "No."}, 6) == "No artwork for front, top (2 of 6): No."
    assert failure_sentence({"front": "No.", "top": "Too late."}, 3) == (
        "No artwork for 2 of 3 panels. front: No. top: Too late."
    )


def test_a_batch_tells_how_far_it_is() -> None:
    told: list[Progress] = []
    now = [0.0]
    job: Any = None  # its record is nobody's concern here
    batch = Batch(["front", "back"], [], job, told.append, Pace(2, 1, lambda: now[0]))
    batch.begin("front")
    now[0] = 3.0
    batch.textures["front"] = SimpleNamespace(texture_url="")  # type: ignore[assignment]  # any texture
    batch.end("front")
    batch.begin("back")
    now[0] = 4.0
    batch.failures["back"] = "No."
    batch.report("back", "waiting")
    facts = [(one.panel_id, one.finished, one.error, one.done, one.total, one.note) for one in told]
    assert facts == [
        ("front", False, None, 0, 2, ""),
        ("front", True, None, 1, 2, ""),
        ("back", False, None, 1, 2, ""),
        ("back", False, "No.", 2, 2, "waiting"),
    ]
    assert [one.left_s for one in told] == [None, 3, 3, 2]
    assert [one.panel_left_s for one in told] == [None, None, 3, 2]
    batch.failures["front"], batch.textures["back"] = "No.", batch.textures["front"]
    assert list(batch.in_panel_order()) == list(batch.failures_in_panel_order()) == ["front", "back"]


def cuts(*sizes: int) -> list[Entry]:
    """The first was used last."""
    return [Entry(f"{number:064x}", size, 1000.0 - number) for number, size in enumerate(sizes)]


@pytest.fixture
def service(store: SqliteStore, tmp_path: Path) -> TidyService:
    return tidying_over(store, TextureLibrary(tmp_path / "library"), tmp_path, 1000)


def with_stock(service: TidyService, stock: Inventory, *, shared: bool = False) -> None:
    service._stock = SimpleNamespace(take_stock=lambda: stock, shared=shared)  # type: ignore[assignment]  # so much there


@pytest.mark.parametrize(
    ("size", "dropped", "step"),
    [
        (900, [], 20),  # nine tenths of the budget are left alone; at least a fiftieth is written
        (901, [151], 100),  # down to three quarters; at most a tenth is written before the next look
        (850, [], 50),
        (100, [], 100),
    ],
)
def test_when_cuts_go_and_when_they_are_looked_at_again(
    service: TidyService, size: int, dropped: list[float], step: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_stock(service, Inventory([], cuts(size), {}, {}))
    asked: list[float] = []

    def drop(_stock: Inventory, excess: float) -> int:
        asked.append(excess)
        return int(excess)

    monkeypatch.setattr(service, "_drop_oldest", drop)
    service._library.written = 7
    service._shrink()
    assert asked == pytest.approx(dropped)
    assert service._look_at == pytest.approx(7 + step)
    service._shrink()
    assert len(asked) == len(dropped), "nothing was written since"


@pytest.mark.parametrize(("excess", "count"), [(10, 2), (10.5, 3), (11, 3), (99, 4), (0, 0)])
def test_the_cuts_used_longest_ago_go_until_it_is_enough(
    service: TidyService, excess: float, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = cuts(5, 5, 5, 5)
    going: list[Entry] = []

    def remove(_library: Any, _stock: Any, chosen: list[Entry], _needed: Any) -> list[Entry]:
        going.extend(chosen)
        return chosen

    monkeypatch.setattr(tidying, "remove_cuts", remove)
    assert service._drop_oldest(Inventory([], entries, {}, {}), excess) == 5 * count
    assert going == entries[::-1][:count]


@pytest.mark.parametrize(
    ("days", "shared", "goes"), [(91, False, True), (89, False, False), (91, True, False)]
)
def test_notes_of_cuts_that_are_gone_go_after_ninety_days(
    service: TidyService, days: int, shared: bool, goes: bool
) -> None:
    old = time.time() - days * DAY_S
    source = SimpleNamespace(source="c" * 64)
    stock = Inventory([], [], {"x": source}, {name * 64: old for name in "abc"})  # type: ignore[dict-item]  # a note
    with_stock(service, stock, shared=shared)
    assert service._old_notes(stock, {"b" * 64}) == (["a" * 64] if goes else [])


async def test_a_smaller_budget_counts_from_the_next_cut_on(
    service: TidyService, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []
    monkeypatch.setattr(service, "_shrink", lambda: looks.append(service.budget))
    service._look_at = 50
    for written in (50, 51):
        service._library.written = written
        await service.keep_within_budget()
    assert looks == [1000]
    service.use_budget(300)
    service._library.written = 1
    await service.keep_within_budget()
    assert looks == [1000, 300]
    await asyncio.sleep(0)
