"""Reviews of a design: issued, answered, replied to, and carried along with it."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from support.answers import answer, remark, sealed
from support.providers import picture_bytes
from support.sizes import sized

from packdesk.domain.appearance import Appearance
from packdesk.domain.change import difference
from packdesk.domain.dieline.values import DielineOptions
from packdesk.domain.look import Finish, Look
from packdesk.domain.review import MAX_ANSWER_BYTES
from packdesk.errors import AnswerError, InvalidInputError, OutputUnwritableError, ReadOnlyError
from packdesk.services.reviews import ReviewService, SeenDesign
from packdesk.services.shelf import ShelfService
from packdesk.store.bundle.files import write_bundle
from packdesk.store.reviews import FOLDER, KeptReviews
from packdesk.store.shelf import Shelf

if TYPE_CHECKING:
    from pathlib import Path

    from services.conftest import Desk

    from packdesk.domain.review import IssuedReview


@pytest.fixture
async def review(desk: Desk) -> IssuedReview:
    await desk.designs.update_dimensions(sized("box", 90, 91, 92))
    await desk.pictures.put_picture("front", picture_bytes(1, (60, 70)), "a.png")
    return await desk.reviews.issue("Yuzu tea")


def back(review: IssuedReview, reviewer: str, *remarks: dict[str, Any], **values: object) -> str:
    design = {"id": None, "name": review.name, "hash": review.hash}
    return sealed(answer(reviewer, *remarks, review=review.id, design=design, **values), review)


async def test_an_answer_comes_back_once(desk: Desk, review: IssuedReview) -> None:
    text = back(review, "Ada", remark(1), verdict="changes")
    for known in (False, True):
        taken = await desk.reviews.take(text.encode())
        assert (taken.answer.reviewer, taken.known, taken.stale) == ("Ada", known, False)
        assert [thread.remark.text for thread in taken.board.threads] == ["Larger, please."]
    assert await desk.reviews.board() == taken.board
    raw = desk.store.load() or b""
    assert b"Larger" not in raw
    assert review.key.encode() not in raw


@pytest.mark.parametrize("change", ["size", "picture", "look"])
async def test_an_approval_of_another_version_is_stale(desk: Desk, review: IssuedReview, change: str) -> None:
    approval = back(review, "Ada", verdict="approved")
    assert not (await desk.reviews.take(approval)).stale
    if change == "size":
        await desk.designs.update_dimensions(sized("box", 90, 91, 93))
    elif change == "picture":
        await desk.pictures.put_picture("front", picture_bytes(2, (60, 70)), "b.png")
    else:
        desk.appearance.write(Appearance(look=Look(finish=Finish.FOIL)))
    assert [one.stale for one in (await desk.reviews.board()).opinions] == [True]
    taken = await desk.reviews.take(approval)
    assert (taken.known, taken.stale) == (True, True)


async def test_what_cannot_be_taken_changes_nothing(desk: Desk, review: IssuedReview) -> None:
    forged = json.loads(back(review, "Ada", verdict="changes"))
    forged["answer"] = forged["answer"].replace('"changes"', '"approved"')
    for bad in (json.dumps(forged), sealed(answer(verdict="approved")), b"\x89PNG"):
        with pytest.raises(AnswerError):
            await desk.reviews.take(bad)
    board = await desk.reviews.board()
    assert (board.threads, board.opinions) == ((), ())


async def test_a_remark_is_replied_to_closed_and_opened_again(desk: Desk, review: IssuedReview) -> None:
    later = remark(0xABCDEF, at="2026-11-28T07:00:01Z")
    await desk.reviews.take(back(review, "Ada", remark(1), later))
    board = await desk.reviews.note("1", "reply", "  Done.\n")
    assert [note.text for note in board.threads[0].replies] == ["Done."]
    assert (await desk.reviews.note(later["id"][:30], "closed")).open == 1
    assert (await desk.reviews.note(later["id"], "opened")).open == 2
    assert (await desk.reviews.note("2", "closed")).threads[1].closed


@pytest.mark.parametrize("name", ["", "0", "3", "000", "0000", "zzzz"])
async def test_which_remark_is_not_guessed(desk: Desk, review: IssuedReview, name: str) -> None:
    await desk.reviews.take(back(review, "Ada", remark(1), remark(2)))
    with pytest.raises(InvalidInputError, match="no single remark"):
        await desk.reviews.note(name, "closed")


@pytest.mark.parametrize("text", ["", " \n", "x" * 2001])
async def test_a_reply_says_something(desk: Desk, review: IssuedReview, text: str) -> None:
    await desk.reviews.take(back(review, "Ada", remark(1)))
    with pytest.raises(InvalidInputError, match="reply"):
        await desk.reviews.note("1", "reply", text)
    assert (await desk.reviews.note("1", "reply", "x" * 2000)).threads[0].replies


async def test_a_bundle_takes_them_along_and_what_both_sides_said_is_there(
    desk: Desk, review: IssuedReview, tmp_path: Path
) -> None:
    await desk.reviews.take(back(review, "Ada", remark(1)))
    file = tmp_path / "tea.packdesk"
    await desk.bundles.save(file)
    await desk.reviews.take(back(review, "Ben", remark(2)))
    await desk.designs.clear()
    assert (await desk.reviews.board()).threads == (), "another design"
    await desk.bundles.open(file)
    board = await desk.reviews.board()
    assert sorted(thread.reviewer for thread in board.threads) == ["Ada", "Ben"]
    assert not any(thread.stale for thread in board.threads), "it is what was looked at"
    await desk.reviews.take(back(review, "Cleo", remark(3)))  # the bundle had the key


async def test_a_bundle_of_the_same_design_adds_what_was_said_elsewhere(
    desk: Desk, review: IssuedReview, tmp_path: Path
) -> None:
    file, other = tmp_path / "tea.packdesk", tmp_path / "other.packdesk"
    bare = await _without_reviews(desk, tmp_path)
    with pytest.raises(AnswerError, match="no remarks"):
        await desk.reviews.take_bundle(bare)
    await desk.reviews.take(back(review, "Ada", remark(1)))
    await desk.bundles.save(file)
    KeptReviews(tmp_path, desk.store.place).remove()
    await desk.reviews.issue("again")
    board = await desk.reviews.take_bundle(file)
    assert [thread.reviewer for thread in board.threads] == ["Ada"]
    assert await desk.reviews.take_bundle(file) == board
    await desk.designs.clear()
    await desk.reviews.issue("other")
    await desk.bundles.save(other)
    with pytest.raises(AnswerError, match="of another design"):
        await desk.reviews.take_bundle(file)


async def _without_reviews(desk: Desk, folder: Path) -> Path:
    file = folder / "bare.packdesk"
    write_bundle(file, await desk.designs.get_state(), {})
    return file


async def test_the_shelf_takes_them_along_and_gives_them_back(
    desk: Desk, review: IssuedReview, tmp_path: Path
) -> None:
    shelf = Shelf(tmp_path)
    service = ShelfService(shelf, desk.store, desk.library)
    desk.appearance.write(Appearance(look=Look(finish=Finish.FOIL)))
    await desk.reviews.take(back(review, "Ada", remark(1)))
    state = await desk.designs.get_state()
    service.keep(state, state, gone=True)
    desk.appearance.write(Appearance())
    await service.aclose()
    (kept,) = await service.find()
    copy = shelf.duplicate(kept)
    said = [len(KeptReviews(tmp_path, str(one.file)).read(state.created_at).answers) for one in (kept, copy)]
    assert said == [1, 0], "a copy is another design"
    KeptReviews(tmp_path, desk.store.place).remove()
    await service.carry(kept, state)
    assert [thread.reviewer for thread in (await desk.reviews.board()).threads] == ["Ada"]
    appearance = desk.appearance.read()
    assert appearance is not None
    assert appearance.look.finish == Finish.FOIL


async def test_the_shop_s_own_blank_is_the_same_said_or_not(desk: Desk, review: IssuedReview) -> None:
    await desk.reviews.take(back(review, "Ada", verdict="approved"))
    for blank, stale in ((DielineOptions(), False), (DielineOptions(caliper=0.7), True)):
        desk.appearance.write(Appearance(blank=blank))  # as a window keeps it once it was open
        assert [one.stale for one in (await desk.reviews.board()).opinions] == [stale]


async def test_undo_brings_the_remarks_of_the_former_design_back(desk: Desk, review: IssuedReview) -> None:
    await desk.reviews.take(back(review, "Ada", remark(1)))
    before = await desk.designs.get_state()
    after = await desk.designs.clear()
    assert not (await desk.reviews.board()).threads
    change = difference("new design", before, after)
    assert change is not None
    await desk.designs.apply_change(change.back())
    assert len((await desk.reviews.board()).threads) == 1
    await desk.designs.apply_change(change)
    assert not (await desk.reviews.board()).threads


async def test_where_nothing_is_kept_nothing_is_taken(desk: Desk, review: IssuedReview) -> None:
    await desk.reviews.take(back(review, "Ada", remark(1)))
    only = ReviewService(desk.shared, desk.reviews._kept, desk.appearance, read_only=True)
    assert len((await only.board()).threads) == 1
    with pytest.raises(ReadOnlyError):
        await only.take(back(review, "Ben"))
    with pytest.raises(ReadOnlyError):
        await only.note("1", "closed")


async def test_a_file_that_cannot_be_read_is_told(desk: Desk, review: IssuedReview, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for file in (tmp_path, *(tmp_path / name for name in ("missing.json", "a\0.json", "pipe"))):
        with pytest.raises(AnswerError, match=r"is not a file|is a folder|is not there"):
            await desk.reviews.take_file(file)
        assert not await desk.reviews.is_answer(file)
    large = tmp_path / "large.json"
    large.write_bytes(b" " * (MAX_ANSWER_BYTES + 1))
    with pytest.raises(AnswerError, match="too large"):
        await desk.reviews.take_file(large)
    (tmp_path / "ada-answer.json").write_text(back(review, "Ada"))
    assert (await desk.reviews.take_file(tmp_path / "ada-answer.json")).answer.reviewer == "Ada"


async def test_what_a_window_shows_counts_while_the_store_is_away(desk: Desk, review: IssuedReview) -> None:
    state = await desk.designs.get_state()
    assert await desk.reviews.stamp(SeenDesign(state)) is not None
    desk.store.close()
    taken = await desk.reviews.take(back(review, "Ada", verdict="approved"), SeenDesign(state))
    assert not taken.stale
    foil = Appearance(look=Look(finish=Finish.FOIL))
    assert (await desk.reviews.board(SeenDesign(state, foil))).opinions[0].stale


async def test_a_folder_that_takes_nothing_is_told(desk: Desk, review: IssuedReview, tmp_path: Path) -> None:
    (tmp_path / FOLDER).rename(tmp_path / "away")
    (tmp_path / FOLDER).write_text("no folder")
    with pytest.raises(OutputUnwritableError, match="cannot be kept"):
        await desk.reviews.issue("Tea")
