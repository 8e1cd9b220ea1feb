"""What reviewers say of the design: review pages issued, answers taken, remarks replied to and closed."""

from __future__ import annotations

import asyncio
import hashlib
import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from packdesk.chosen_file import read_chosen
from packdesk.domain.appearance import Appearance, shown_with_kept
from packdesk.domain.dieline.values import DielineOptions
from packdesk.domain.moments import same_moment
from packdesk.domain.remarks import Note, Reviews, board_of
from packdesk.domain.review import (
    ARMOUR,
    FORMAT,
    LONGEST_REMARK,
    MAX_ANSWER_BYTES,
    design_hash,
    issue_review,
    read_answer,
)
from packdesk.domain.state import utc_text
from packdesk.errors import AnswerError, InvalidInputError, ReadOnlyError
from packdesk.sentence import Sentence
from packdesk.store.bundle.files import read_bundle
from packdesk.textures.library import hash_in_url

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from packdesk.domain.remarks import Board, NoteKind
    from packdesk.domain.review import Answer, IssuedReview
    from packdesk.domain.state import PackagingState
    from packdesk.services.shared_state import SharedState
    from packdesk.store.kept_appearance import KeptAppearance
    from packdesk.store.reviews import KeptReviews

LEAST_NAME = 4
_BEGINNING = 200
_NAME_ONE = Sentence("Name the file of an answer.")


@dataclass(frozen=True)
class SeenDesign:
    """What a window shows; what is None is asked for.

    Attributes:
        state: the design.
        shown: how.
    """

    state: PackagingState | None = None
    shown: Appearance | None = None


NOT_SEEN = SeenDesign()


@dataclass(frozen=True)
class TakenAnswer:
    """An answer that was taken.

    Attributes:
        answer: what it says.
        known: whether it had been taken before.
        stale: whether it is of another version than the design is now.
        board: what all reviews come to now.
    """

    answer: Answer
    known: bool
    stale: bool
    board: Board


class ReviewService:
    """Works off the event loop on what is kept beside the design; nothing of it is in the shared document.

    A window says which design it shows, for a store may be away; others ask the store.

    Args:
        shared: the design.
        kept: its reviews.
        appearance: how it is shown.
        blank: what shapes the blank of a design that does not say it.
        read_only: whether the design is only looked at, from where nothing is kept.
    """

    def __init__(
        self,
        shared: SharedState,
        kept: KeptReviews,
        appearance: KeptAppearance,
        blank: DielineOptions | None = None,
        *,
        read_only: bool = False,
    ) -> None:
        self._shared = shared
        self._kept = kept
        self._appearance = appearance
        self._blank = blank or DielineOptions()
        self._read_only = read_only

    async def issue(self, name: str, seen: SeenDesign = NOT_SEEN) -> IssuedReview:
        """The name and key of a review page of the design as it is now; they are kept.

        Args:
            name: of the design.
            seen: what a window shows.

        Raises:
            PackdeskError: the design cannot be read.
            OutputUnwritableError: they cannot be kept.
        """
        state, design = await self._now(seen)
        review = issue_review(design, name, utc_text())
        await self._change(state, lambda kept: kept.with_issued(review))
        return review

    async def version(self) -> object:
        """Another one when the design is another, or reviewers would see it otherwise.

        Raises:
            PackdeskError: the design cannot be read.
        """
        state, design = await self._now()
        return state.created_at, design

    async def board(self, seen: SeenDesign = NOT_SEEN) -> Board:
        """What all reviews come to.

        Args:
            seen: what a window shows.

        Raises:
            PackdeskError: the design cannot be read.
        """
        state, design = await self._now(seen)
        return board_of(await self._kept_of(state), design)

    async def damaged(self) -> bool:
        """Whether something that was kept beside the store's designs cannot be read."""
        return bool(await asyncio.to_thread(self._kept.damaged))

    async def stamp(self, seen: SeenDesign = NOT_SEEN) -> object:
        """Another one when something was added, by whichever program; None while nothing is kept."""
        state = seen.state or await self._shared.load()
        return await asyncio.to_thread(self._kept.stamp, state.created_at)

    async def take_file(self, file: Path, seen: SeenDesign = NOT_SEEN) -> TakenAnswer:
        """Add the answer in a file; see `take`.

        Raises:
            AnswerError: it cannot be read, or not be taken; nothing is changed.
            OutputUnwritableError: it cannot be kept.
        """
        data = await asyncio.to_thread(read_chosen, file, MAX_ANSWER_BYTES, AnswerError, _NAME_ONE)
        return await self.take(data, seen)

    async def take_bundle(self, file: Path) -> Board:
        """Add what was said of the same design elsewhere, as a bundle brings it; what all come to then.

        Raises:
            BundleError: it cannot be read; nothing is changed.
            AnswerError: it is of another design, or says nothing.
            OutputUnwritableError: it cannot be kept.
        """
        contents = await asyncio.to_thread(read_bundle, file)
        state, design = await self._now()
        if not same_moment(contents.state.created_at, state.created_at):
            raise AnswerError("The bundle is of another design.", "Open it instead.")
        if contents.reviews == Reviews():
            raise AnswerError("The bundle holds no remarks.", "Ask for one that was saved later.")
        return board_of(await self._change(state, lambda kept: kept | contents.reviews), design)

    async def is_answer(self, file: Path) -> bool:
        """Whether a file looks like one, be it damaged."""
        return await asyncio.to_thread(_looks_like_one, file)

    async def take(self, data: bytes | str, seen: SeenDesign = NOT_SEEN) -> TakenAnswer:
        """Add an answer: a file a review page saved, or text that was copied from it.

        Args:
            data: its content.
            seen: what a window shows.

        Raises:
            AnswerError: it cannot be taken; nothing is changed.
            OutputUnwritableError: it cannot be kept.
        """
        state, design = await self._now(seen)
        kept = await self._kept_of(state)
        signed = await asyncio.to_thread(read_answer, data, kept.issued)
        after = await self._change(state, lambda now: now.with_answer(signed))
        stale = signed.answer.design.hash != design
        return TakenAnswer(signed.answer, signed.text in kept.answers, stale, board_of(after, design))

    async def note(self, remark: str, kind: NoteKind, text: str = "", seen: SeenDesign = NOT_SEEN) -> Board:
        """Reply to a remark, close it, or open it again.

        Args:
            remark: the number of its pin, its ID, or how that begins.
            kind: what to do.
            text: of a reply.
            seen: what a window shows.

        Raises:
            InvalidInputError: there is no such remark, or nothing to reply.
            OutputUnwritableError: it cannot be kept.
        """
        if kind == "reply" and not text.strip():
            raise InvalidInputError("There is nothing to reply.", "Write a sentence.")
        if len(text) > LONGEST_REMARK:
            raise InvalidInputError("The reply is too long.", "Shorten it.")
        state, design = await self._now(seen)
        found = _found(board_of(await self._kept_of(state), design), remark)
        note = Note(id=uuid.uuid4().hex, remark=found, kind=kind, text=text, at=utc_text())
        return board_of(await self._change(state, lambda kept: kept.with_note(note)), design)

    async def _now(self, seen: SeenDesign = NOT_SEEN) -> tuple[PackagingState, str]:
        state = seen.state or await self._shared.load()
        kept = await asyncio.to_thread(self._appearance.read) or Appearance()
        shown = kept if seen.shown is None else shown_with_kept(seen.shown, kept)
        # What is not said is as the shop has set it, which a window says and the command line does not.
        whole = replace(shown, blank=shown.blank or self._blank)
        return state, await asyncio.to_thread(hash_of, state, whole)

    async def _kept_of(self, state: PackagingState) -> Reviews:
        return await asyncio.to_thread(self._kept.read, state.created_at)

    async def _change(self, state: PackagingState, changed: Callable[[Reviews], Reviews]) -> Reviews:
        if self._read_only:
            raise ReadOnlyError("The design is open read-only.")
        return await asyncio.to_thread(self._kept.change, state.created_at, changed)


def _looks_like_one(file: Path) -> bool:
    try:
        beginning = read_chosen(file, _BEGINNING, AnswerError, _NAME_ONE)
    except AnswerError:
        return False  # whoever opens it says why
    return any(mark.encode() in beginning for mark in (f'"{FORMAT}"', ARMOUR.format("BEGIN")))


def _found(board: Board, remark: str) -> str:
    name = remark.strip().lower()
    found = {one.remark.id for one in board.threads if str(one.number) == name}
    if not found and len(name) >= LEAST_NAME:
        found = {one.remark.id for one in board.threads if one.remark.id.startswith(name)}
    if len(found) != 1:
        raise InvalidInputError(
            Sentence("There is no single remark “{name}”.", name=remark[:80]),
            "Choose one of those that are there.",
            terminal="“packdesk remarks” lists them.",
        )
    return found.pop()


def hash_of(state: PackagingState, appearance: Appearance) -> str:
    """`review.design_hash` of a design; pictures that are not ours are told apart by their URLs."""
    pictures = {panel_id: hash_in_url(url) or _of_text(url) for panel_id, url in state.texture_urls().items()}
    return design_hash(state, pictures, appearance)


def _of_text(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
