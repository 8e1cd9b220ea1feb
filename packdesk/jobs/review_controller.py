"""What reviewers say of the design: read when it opens, and when any program has added something."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from packdesk.errors import PackdeskError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from pathlib import Path
    from typing import Any

    from packdesk.domain.appearance import Appearance
    from packdesk.domain.remarks import Board, NoteKind
    from packdesk.domain.state import PackagingState
    from packdesk.jobs.bridge import Bridge, Call
    from packdesk.services.container import Services
    from packdesk.services.reviews import ReviewService, SeenDesign, TakenAnswer

T = TypeVar("T")
REST_MS, LOOK_MS = 250, 4000


class ReviewController(QObject):
    """Keeps the board of the design that is shown; nothing is read while there are no reviews of it.

    Attributes:
        board: what all reviews come to; None while nobody has been asked.

    Signals:
        changed: the `Board`, or None.
        taken: an answer was added (a `TakenAnswer`).
        failed: a `PackdeskError`.
    """

    changed = Signal(object)
    taken = Signal(object)
    failed = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.board: Board | None = None
        self._bridge = bridge
        self._state: PackagingState | None = None
        self._shown: Appearance | None = None
        self._stamp: object = None
        self._writing: Call[Any] | None = None
        self._asked_last = 0
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.read)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._look_again)

    @Slot()
    def begin(self) -> None:
        """The services are there."""
        self._look.start()
        self._look_again()

    @Slot(object)
    def follow_state(self, state: PackagingState) -> None:
        """Another state is shown."""
        known, self._state = self._state, state
        if self.board is not None or known is None or known.created_at != state.created_at:
            self._rest.start()

    @Slot(object)
    def follow_appearance(self, shown: Appearance) -> None:
        """It is shown otherwise."""
        self._shown = shown
        if self.board is not None:
            self._rest.start()

    @Slot()
    def read(self) -> None:
        """Tell the board anew."""
        self._bridge.start(self._read(), self.failed.emit)

    def take(self, files: Sequence[Path]) -> None:
        """Add answers from files; one that cannot be taken stops no other."""
        self._bridge.start(self._take([partial(_take_file, file) for file in files]), self.failed.emit)

    def take_text(self, text: str) -> None:
        """Add an answer that was copied as text."""
        self._bridge.start(self._take([partial(_take_text, text)]), self.failed.emit)

    @Slot(str, str)
    def reply(self, remark: str, text: str) -> None:
        """Reply to a remark (its ID)."""
        self._note(remark, "reply", text)

    @Slot(str, bool)
    def set_closed(self, remark: str, closed: bool) -> None:  # noqa: FBT001  (a slot)
        """Close a remark, or open it again."""
        self._note(remark, "closed" if closed else "opened")

    def finish(self, seconds: float) -> None:
        """Wait for what is being written."""
        if self._writing is not None:
            self._writing.wait(seconds)

    def _note(self, remark: str, kind: NoteKind, text: str = "") -> None:
        self._bridge.start(self._noted(partial(_noted, remark, kind, text)), self.failed.emit)

    async def _noted(self, work: Callable[[ReviewService, SeenDesign], Coroutine[Any, Any, Board]]) -> None:
        asked = self._ask_anew()
        self._writing = self._asked(work)
        self._show(await self._writing, asked)

    async def _take(
        self, doors: Sequence[Callable[[ReviewService, SeenDesign], Coroutine[Any, Any, TakenAnswer]]]
    ) -> None:
        for door in doors:
            asked = self._ask_anew()
            self._writing = self._asked(door)
            try:
                taken = await self._writing
            except PackdeskError as error:
                self.failed.emit(error)
            else:
                self._show(taken.board, asked)
                self.taken.emit(taken)

    async def _read(self) -> None:
        self._rest.stop()
        asked = self._ask_anew()
        self._stamp = await self._asked(_stamp)
        self._show(await self._asked(_board) if self._stamp is not None else None, asked)

    @Slot()
    def _look_again(self) -> None:
        self._bridge.start(self._read_if_changed(), self.failed.emit)

    async def _read_if_changed(self) -> None:
        if self._state is not None and await self._asked(_stamp) != self._stamp:
            self.read()

    def _ask_anew(self) -> int:
        self._asked_last += 1
        return self._asked_last

    def _show(self, board: Board | None, asked: int) -> None:
        if asked != self._asked_last:  # what was asked later may have answered before, and known more
            self._rest.start()
        elif board != self.board:
            self.board = board
            self.changed.emit(board)

    def _asked(self, work: Callable[[ReviewService, SeenDesign], Coroutine[Any, Any, T]]) -> Call[T]:
        return self._bridge.ask(partial(_asked, work, self._state, self._shown))


async def _asked(
    work: Callable[[ReviewService, SeenDesign], Coroutine[Any, Any, T]],
    state: PackagingState | None,
    shown: Appearance | None,
    services: Services,
) -> T:
    from packdesk.services.reviews import SeenDesign  # noqa: PLC0415  (the first frame does without)

    return await work(services.reviews, SeenDesign(state, shown))


async def _board(reviews: ReviewService, seen: SeenDesign) -> Board:
    return await reviews.board(seen)


async def _stamp(reviews: ReviewService, seen: SeenDesign) -> object:
    return await reviews.stamp(seen)


async def _take_file(file: Path, reviews: ReviewService, seen: SeenDesign) -> TakenAnswer:
    return await reviews.take_file(file, seen)


async def _take_text(text: str, reviews: ReviewService, seen: SeenDesign) -> TakenAnswer:
    return await reviews.take(text, seen)


async def _noted(remark: str, kind: NoteKind, text: str, reviews: ReviewService, seen: SeenDesign) -> Board:
    return await reviews.note(remark, kind, text, seen)
