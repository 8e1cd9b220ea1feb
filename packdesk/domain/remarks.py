"""All that was said of a design: answers of reviewers, and what was replied to them, put together.

Nothing is ever taken out, and what is put together does not depend on the order it came in: each part has a
name of its own, and the parts are a set.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from packdesk.domain.moments import moment
from packdesk.domain.review import Answer, IssuedReview, Key, Moment, Name, Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packdesk.domain.review import Remark, SignedAnswer, Tick, Verdict

NoteKind = Literal["reply", "closed", "opened"]
"""What is done about a remark: it is replied to, it is done with, or it is not after all."""

T = TypeVar("T")
_NEVER = datetime.min.replace(tzinfo=UTC)


class Note(BaseModel):
    """What somebody at packdesk did about a remark.

    Attributes:
        id: names it for good.
        remark: the remark's ID.
        kind: what was done.
        text: of a reply.
        by: who did it, if that is known.
        at: when, ISO 8601.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)  # most designs were never reviewed

    id: Key
    remark: Key
    kind: NoteKind
    text: Words = ""
    by: Name = ""
    at: Moment


class Reviews(BaseModel):
    """What is kept of all reviews of a design.

    Attributes:
        issued: the review pages that were written.
        answers: as they were signed, each once.
        notes: what was done about remarks.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)  # most designs were never reviewed

    issued: tuple[IssuedReview, ...] = ()
    answers: Annotated[tuple[str, ...], Field(max_length=10_000)] = ()
    notes: tuple[Note, ...] = ()

    def __or__(self, other: Reviews) -> Reviews:
        """What either has; the same whichever comes first, and however often."""
        return Reviews(
            issued=_once((one.id, one) for one in (*self.issued, *other.issued)),
            answers=_once((_name_of(one), one) for one in (*self.answers, *other.answers)),
            notes=_once((one.id, one) for one in (*self.notes, *other.notes)),
        )

    def with_issued(self, review: IssuedReview) -> Reviews:
        """As well as a review page."""
        return self | Reviews(issued=(review,))

    def with_answer(self, answer: SignedAnswer) -> Reviews:
        """As well as an answer."""
        return self | Reviews(answers=(answer.text,))

    def with_note(self, note: Note) -> Reviews:
        """As well as a note."""
        return self | Reviews(notes=(note,))


@dataclass(frozen=True)
class Thread:
    """A remark, and what became of it.

    Attributes:
        number: of its pin, from 1.
        remark: what was said.
        reviewer: who said it; may be empty.
        notes: what was done about it, the oldest first.
        closed: whether it is done with.
        stale: whether it was said of another version.
    """

    number: int
    remark: Remark
    reviewer: str
    notes: tuple[Note, ...]
    closed: bool
    stale: bool

    @property
    def replies(self) -> tuple[Note, ...]:
        """What was replied."""
        return tuple(note for note in self.notes if note.kind == "reply")


@dataclass(frozen=True)
class Opinion:
    """What one reviewer says of the whole, as far as is known.

    Attributes:
        reviewer: may be empty.
        verdict: None where it is left open.
        checklist: what was ticked off.
        at: when it was said last.
        stale: whether it was said of another version.
    """

    reviewer: str
    verdict: Verdict | None
    checklist: tuple[Tick, ...]
    at: str
    stale: bool


@dataclass(frozen=True)
class Board:
    """What there is to see: remarks in the order they were made, and one opinion of each reviewer."""

    threads: tuple[Thread, ...] = ()
    opinions: tuple[Opinion, ...] = ()

    @property
    def open(self) -> int:
        """How many remarks are not done with."""
        return sum(not thread.closed for thread in self.threads)


def board_of(reviews: Reviews, design: str) -> Board:
    """What all reviews come to.

    Args:
        reviews: those of the design.
        design: `review.design_hash` of it as it is now.
    """
    answers = sorted(_answers(reviews), key=lambda one: (_when(one.at), one.model_dump_json()))
    remarks: dict[tuple[str, str], tuple[Remark, Answer]] = {}
    opinions: dict[str, Opinion] = {}
    for answer in answers:  # what was said later stands
        stale = answer.design.hash != design
        known = answer.reviewer.casefold()
        opinions[known] = Opinion(answer.reviewer, answer.verdict, answer.checklist, answer.at, stale)
        remarks |= {(known, remark.id): (remark, answer) for remark in answer.remarks}
    found = sorted(remarks.values(), key=lambda one: (_when(one[0].at), one[0].id, one[1].reviewer))
    notes = sorted(reviews.notes, key=lambda note: (_when(note.at), note.id))
    threads = tuple(
        _thread(number, remark, answer, notes, design) for number, (remark, answer) in enumerate(found, 1)
    )
    return Board(threads, tuple(opinions[name] for name in sorted(opinions)))


def _thread(number: int, remark: Remark, answer: Answer, notes: list[Note], design: str) -> Thread:
    own = tuple(note for note in notes if note.remark == remark.id)
    ends = [note.kind for note in own if note.kind != "reply"]
    stale = answer.design.hash != design
    return Thread(number, remark, answer.reviewer, own, ends[-1:] == ["closed"], stale)


def _answers(reviews: Reviews) -> Iterable[Answer]:
    for text in reviews.answers:
        try:
            yield Answer.model_validate_json(json.loads(text)["answer"])
        except (ValidationError, ValueError, KeyError, TypeError):  # it was whole when it was taken
            continue


def _when(text: str) -> datetime:
    return moment(text) or _NEVER


def _name_of(answer: str) -> str:
    return hashlib.sha256(answer.encode("utf-8", "surrogatepass")).hexdigest()


def _once(named: Iterable[tuple[str, T]]) -> tuple[T, ...]:
    parts: dict[str, T] = {}
    for name, part in named:
        standing = parts.setdefault(name, part)
        parts[name] = min(standing, part, key=repr)  # two of one name: nobody makes these
    return tuple(parts[name] for name in sorted(parts))
