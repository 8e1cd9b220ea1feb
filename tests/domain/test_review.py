"""Answers of reviewers: checked at the door, put together in any order, and none lost."""

from __future__ import annotations

import base64
import dataclasses
import itertools
import json
from functools import reduce
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.answers import AT, HASH, REVIEW, answer, remark, sealed

from packdesk.domain.appearance import Appearance
from packdesk.domain.look import Finish
from packdesk.domain.remarks import Note, Reviews, board_of
from packdesk.domain.review import (
    ARMOUR,
    LONGEST_NAME,
    MAX_ANSWER_BYTES,
    Answer,
    design_hash,
    issue_review,
    read_answer,
    sign,
)
from packdesk.domain.saved_view import SavedView
from packdesk.domain.state import default_state
from packdesk.errors import AnswerError


def read(values: object, **envelope: Any) -> Answer:
    return read_answer(sealed(values, **envelope), [REVIEW]).answer


def test_what_a_page_wrote_is_read() -> None:
    ticks = [{"id": "spelling", "done": True}]
    found = read(answer("Ada", remark(), verdict="approved", checklist=ticks))
    assert (found.reviewer, found.verdict, found.design.name) == ("Ada", "approved", "Yuzu tea")
    assert [(one.id, one.done) for one in found.checklist] == [("spelling", True)]
    (only,) = found.remarks
    assert (only.panel, only.u, only.v, only.text) == ("front", 0.5, 0.25, "Larger, please.")


def test_a_file_may_have_a_mark_of_its_bytes_order_and_blanks_around() -> None:
    text = f"\n {sealed(answer())} \n"
    assert read_answer(b"\xef\xbb\xbf" + text.encode(), [REVIEW]) == read_answer(text, [REVIEW])


@pytest.mark.parametrize("quote", ["", "> ", "| > "])
@pytest.mark.parametrize("width", [20, 64, 76])
def test_a_copied_answer_may_be_broken_and_quoted_by_a_mail_program(quote: str, width: int) -> None:
    whole = sealed(answer("Zoë", remark(text="Größer, bitte.")))
    letters = base64.b64encode(whole.encode()).decode()
    lines = [letters[place : place + width] for place in range(0, len(letters), width)]
    inner = [ARMOUR.format("BEGIN"), *lines, ARMOUR.format("END")]
    mail = "\r\n".join(["Hello!", "", *(f"{quote}{line}" for line in inner), "-- ", "Zoë"])
    assert read_answer(mail, [REVIEW]) == read_answer(whole, [REVIEW])
    with pytest.raises(AnswerError, match="no answer of a reviewer"):
        read_answer(mail.replace(lines[3], ""), [REVIEW])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        "[]",
        "null",
        "{}",
        '{"packdesk_answer": 1}',
        '{"packdesk_answer": "x", "answer": "{}"}',
        "[" * 100_000,
        sealed("no JSON"),
        sealed(answer(at="yesterday")),
        sealed(answer("Ada", remark(u=1.01))),
        sealed(answer("Ada", remark(v=-0.01))),
        sealed(answer("Ada", remark(u=None))),
        sealed(answer("Ada", remark(id="../../etc"))),
        sealed(answer("Ada", remark(text="x" * 2001))),
        sealed(answer("Ada", *map(remark, range(501)))),
        sealed(answer("A" * 1001)),
        sealed(answer(verdict="perhaps")),
        sealed(answer(review="short")),
    ],
)
def test_what_is_damaged_is_told(data: bytes | str) -> None:
    with pytest.raises(AnswerError, match="no answer of a reviewer"):
        read_answer(data, [REVIEW])


def test_what_is_too_large_is_not_looked_at() -> None:
    with pytest.raises(AnswerError, match="too large"):
        read_answer(b"x" * (MAX_ANSWER_BYTES + 1), [REVIEW])


def test_one_of_a_newer_version_is_told() -> None:
    with pytest.raises(AnswerError, match="newer packdesk"):
        read(answer(), packdesk_answer=2)


@pytest.mark.parametrize("issued", [[], [issue_review(HASH, "Other", AT)]])
def test_one_of_another_design_is_told(issued: list[Any]) -> None:
    with pytest.raises(AnswerError, match="another review: “Yuzu tea”"):
        read_answer(sealed(answer()), issued)


@pytest.mark.parametrize("mac", [None, "", "0" * 64, "é" * 64, sign("{}", REVIEW.key)])
def test_a_forged_approval_is_refused(mac: str | None) -> None:
    with pytest.raises(AnswerError, match="“Ada” was changed after"):
        read(answer(verdict="approved"), mac=mac)


def test_one_letter_changed_is_a_forgery() -> None:
    true = sealed(answer("Ada", remark(), verdict="changes"))
    with pytest.raises(AnswerError, match="was changed"):
        read_answer(true.replace("Larger", "larger"), [REVIEW])


def test_an_approval_of_what_the_page_did_not_show_is_refused() -> None:
    other = answer(verdict="approved", design={"id": None, "name": "", "hash": "b" * 64})
    with pytest.raises(AnswerError, match="another version"):
        read(other)


def test_texts_are_made_fit_to_be_shown() -> None:
    found = read(answer("  A\u202eda \n" + "x" * 200, remark(text="<script>\r\nalert(1)\u2066\x07 ")))
    assert found.reviewer == "Ada " + "x" * (LONGEST_NAME - 5) + "…"
    assert found.remarks[0].text == "<script>\nalert(1)"


def test_keys_are_secret_and_new_each_time() -> None:
    one, other = issue_review(HASH, "Tea", AT), issue_review(HASH, "Tea", AT)
    assert len({one.id, other.id, one.key, other.key}) == 4
    assert one.key not in repr(one)
    assert one.key not in repr(Reviews(issued=(one,)))


def test_the_hash_is_of_what_is_seen() -> None:
    state, plain = default_state(), Appearance()
    first = design_hash(state, {"front": "1" * 64}, plain)
    size = state.package_dimensions
    others = [
        design_hash(default_state("cylinder"), {"front": "1" * 64}, plain),
        design_hash(
            state.model_copy(update={"package_dimensions": size.model_copy(update={"width": 101})}),
            {"front": "1" * 64},
            plain,
        ),
        design_hash(state, {"front": "2" * 64}, plain),
        design_hash(state, {"back": "1" * 64}, plain),
        design_hash(
            state, {"front": "1" * 64}, Appearance(look=dataclasses.replace(plain.look, finish=Finish.GLOSS))
        ),
    ]
    assert len({first, *others}) == len(others) + 1
    turned = Appearance(view=SavedView("side", azimuth=10, elevation=20))
    renamed = state.model_copy(update={"last_error": "x", "updated_at": AT})
    assert design_hash(renamed, {"front": "1" * 64}, turned) == first


def later(minutes: int) -> str:
    return f"2026-11-28T07:{minutes:02d}:00Z"


THREE = [
    answer("Ada", remark(1, at=later(3)), verdict="changes", at=later(4)),
    answer("Ben", remark(2, at=later(1)), remark(3, at=later(2)), verdict="approved", at=later(5)),
    answer("Ada", remark(1, "Smaller.", at=later(3)), verdict="approved", at=later(6)),
]


def put_together(*answers: dict[str, Any]) -> Reviews:
    reviews = Reviews().with_issued(REVIEW)
    for one in answers:
        reviews = reviews.with_answer(read_answer(sealed(one), reviews.issued))
    return reviews


def test_three_answers_come_to_the_same_in_all_six_orders() -> None:
    all_orders = [put_together(*order) for order in itertools.permutations(THREE)]
    assert len(set(all_orders)) == 1
    board = board_of(all_orders[0], HASH)
    assert [(one.number, one.reviewer, one.remark.text) for one in board.threads] == [
        (1, "Ben", "Larger, please."),
        (2, "Ben", "Larger, please."),
        (3, "Ada", "Smaller."),
    ]
    assert [(one.reviewer, one.verdict, one.stale) for one in board.opinions] == [
        ("Ada", "approved", False),
        ("Ben", "approved", False),
    ]
    assert board.open == 3


def test_none_is_lost_when_a_later_answer_leaves_it_out_or_another_has_its_name() -> None:
    reviews = put_together(*THREE, answer("Ada", at=later(9)), answer("Mallory", remark(1, "Mine.")))
    board = board_of(reviews, HASH)
    assert sorted(one.reviewer for one in board.threads) == ["Ada", "Ben", "Ben", "Mallory"]
    assert {one.reviewer: one.verdict for one in board.opinions}["Ada"] is None, "it was taken back"


def test_an_approval_of_another_version_is_stale() -> None:
    board = board_of(put_together(*THREE), "b" * 64)
    assert all(one.stale for one in board.threads)
    assert all(one.stale for one in board.opinions)


def note(number: int, kind: str, minutes: int, text: str = "") -> Note:
    values = {"id": f"{number:032x}", "remark": f"{1:032x}", "kind": kind, "at": later(minutes), "text": text}
    return Note.model_validate(values)


def test_a_remark_is_answered_closed_and_opened_again() -> None:
    reviews = put_together(*THREE)
    for one, closed, replies in (
        (note(1, "reply", 7, "Done."), False, ["Done."]),
        (note(2, "closed", 8), True, ["Done."]),
        (note(3, "opened", 9), False, ["Done."]),
        (note(4, "closed", 6), False, ["Done."]),  # came late, but was said before
        (note(5, "reply", 10, "Really."), False, ["Done.", "Really."]),
    ):
        reviews = reviews.with_note(one)
        thread = board_of(reviews, HASH).threads[2]
        assert (thread.closed, [reply.text for reply in thread.replies]) == (closed, replies)
        assert board_of(reviews, HASH).open == 3 - closed


KEYS = st.sampled_from("abc").map(lambda letter: letter * 32)
NOTES = st.builds(
    Note,
    id=KEYS,
    remark=KEYS,
    kind=st.sampled_from(["reply", "closed", "opened"]),
    text=st.sampled_from(["", "x", "y"]),
    at=st.sampled_from([AT, later(1)]),
)
REVIEWS = st.builds(
    Reviews,
    issued=st.lists(st.builds(issue_review, st.just(HASH), st.just("n"), st.just(AT)), max_size=2).map(tuple),
    answers=st.lists(st.sampled_from([sealed(one) for one in THREE]), max_size=4).map(tuple),
    notes=st.lists(NOTES, max_size=4).map(tuple),
)


@given(st.lists(REVIEWS, min_size=1, max_size=4), st.randoms())
def test_whatever_comes_in_whatever_order_is_the_same(parts: list[Reviews], random: Any) -> None:
    mixed = [*parts, random.choice(parts)]
    random.shuffle(mixed)
    whole = reduce(Reviews.__or__, parts, Reviews())
    assert reduce(Reviews.__or__, mixed, Reviews()) == whole
    assert whole | whole == whole
    assert {one for part in parts for one in part.answers} == set(whole.answers)


def test_an_answer_that_is_damaged_where_it_is_kept_hides_no_other() -> None:
    kept = put_together(*THREE) | Reviews(answers=("{", '{"answer": 7}', '{"answer": "{}"}', "[]"))
    assert board_of(kept, HASH) == board_of(put_together(*THREE), HASH)
    assert json.loads(kept.model_dump_json())["answers"]
