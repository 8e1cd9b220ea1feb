"""What is written beside the window, one order at a time: exports, and pictures and films of the package."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from packdesk.jobs.bridge import CancelledError
from packdesk.jobs.exporting import Exported, export_design
from packdesk.stopping import Stop, StoppedError, stoppable

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from packdesk.domain.preflight import PictureFacts
    from packdesk.domain.state import PackagingState
    from packdesk.errors import PackdeskError
    from packdesk.export.press.options import PressOptions
    from packdesk.jobs.bridge import Bridge, Task
    from packdesk.jobs.drawing import PictureOrder
    from packdesk.jobs.exporting import ExportOrder
    from packdesk.services.container import Services
    from packdesk.services.looking_through import LookThrough

    Write = Callable[[Stop, Services], Coroutine[Any, Any, Exported | None]]


class OneOrder(QObject):
    """One order at a time; another one is ignored meanwhile.

    Signals:
        progressed: how many steps of how many are done.
        ended: an order has ended, in whatever way.
        cancelled: after that, if it was cancelled.
        written: an `Exported` of its file, the first of several.
        failed: a `PackdeskError`.
    """

    progressed = Signal(int, int)
    ended = Signal()
    cancelled = Signal()
    written = Signal(object)
    failed = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._stop: Stop | None = None
        self._task: Task | None = None

    @property
    def running(self) -> bool:
        """Whether an order is being carried out."""
        return self._stop is not None

    def cancel(self) -> None:
        """End it now: nothing is left of it, and what was there stays. What is in its place stays, too.

        A decoder cannot be interrupted; it is left to itself, and what it makes is for nobody.
        """
        if self._stop is not None and self._stop.set() and self._task is not None:
            self._task.cancel()

    def _begin(self, write: Write) -> None:
        """Have it written, unless something is being written; None says that it was stopped."""
        if self._stop is None:
            self._stop = Stop()
            self._task = self._bridge.start(self._carry_out(partial(write, self._stop)), self._fail)

    async def _carry_out(self, write: Callable[[Services], Coroutine[Any, Any, Exported | None]]) -> None:
        try:
            written = await self._bridge.ask(write)
        except CancelledError:
            self._end()
            self.cancelled.emit()
            raise
        self._end()
        if written is None:
            self.cancelled.emit()
        else:
            self.written.emit(written)

    def _fail(self, error: PackdeskError) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        self._stop = self._task = None
        self.ended.emit()


class ExportController(OneOrder):
    """One export at a time.

    Signals:
        examined: a mapping of `PictureFacts` by panel, of the state that was asked about last.
        read: words in the pictures were read, or could not be.
        press_refused: `PressOptions` whose profile cannot be used, and the `PackdeskError` that says why.
    """

    examined = Signal(object)
    read = Signal()
    press_refused = Signal(object, object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent)
        self._examined: tuple[PackagingState, PressOptions | None, bool] | None = None
        self._looking: LookThrough | None = None

    def start(self, order: ExportOrder) -> None:
        """Write a file, unless one is being written."""
        self._begin(partial(self._written, order))

    def examine(
        self, state: PackagingState, press: PressOptions | None = None, *, live: bool = False
    ) -> None:
        """Read what preflight has to know of a design's pictures.

        Args:
            state: the design.
            press: it is printed on, if one is known.
            live: whether words of objects shall be text in a PDF.
        """
        self._examined = state, press, live
        failed = partial(self._fail_examining, self._examined)
        self._bridge.start(self._examine(state, press, live=live), failed)

    def check_press(self, press: PressOptions) -> None:
        """Look through the profile of a press, which may be none."""
        self._bridge.start(self._check_press(press), partial(self.press_refused.emit, press))

    async def _check_press(self, press: PressOptions) -> None:
        await self._bridge.work(_check_profile, press)

    @property
    def can_read(self) -> bool:
        """Whether words in pictures can be read here."""
        from packdesk.textures.lettering import can_read  # noqa: PLC0415  (the first frame needs none)

        return can_read()

    def read_lettering(
        self, state: PackagingState, press: PressOptions | None = None, *, live: bool = False
    ) -> None:
        """Read the words in a design's pictures, which takes seconds, and `examine` it again."""
        self._bridge.start(self._read_lettering(state, press, live=live), self.failed.emit)

    async def _read_lettering(self, state: PackagingState, press: PressOptions | None, *, live: bool) -> None:
        try:
            await self._bridge.ask(lambda services: self._look().read_lettering(state, services))
        finally:
            self.read.emit()
        self.examine(state, press, live=live)

    def _fail_examining(
        self, asked: tuple[PackagingState, PressOptions | None, bool], error: PackdeskError
    ) -> None:
        if asked != self._examined:  # as of a press that was refused meanwhile
            return
        if asked[1] is not None:
            self.examine(asked[0])  # all that needs no profile
        self.failed.emit(error)

    async def _written(self, order: ExportOrder, stop: Stop, services: Services) -> Exported | None:
        from asyncio import CancelledError as CancelledThereError  # noqa: PLC0415  (the first frame does without)

        try:
            with stoppable(stop):
                return await export_design(services, order, self.progressed.emit)
        except StoppedError:
            return None
        except CancelledThereError:
            stop.undo_all()
            raise

    async def _examine(self, state: PackagingState, press: PressOptions | None, *, live: bool) -> None:
        facts = await self._bridge.ask(partial(self._facts, state, press, live=live))
        if (state, press, live) == self._examined:  # else a newer question is on its way
            self.examined.emit(facts)

    async def _facts(
        self, state: PackagingState, press: PressOptions | None, services: Services, *, live: bool
    ) -> Mapping[str, PictureFacts]:
        from packdesk.export.press.options import ink_of  # noqa: PLC0415  (likewise)

        return await self._look().facts(state, services, ink_of(press), live=live)

    def _look(self) -> LookThrough:
        """Remembers what it has seen; on the loop thread."""
        if self._looking is None:
            from packdesk.services.looking_through import LookThrough  # noqa: PLC0415  (the first frame needs none)

            self._looking = LookThrough()
        return self._looking


def _check_profile(press: PressOptions) -> None:
    from packdesk.export.press.profile import read_press_profile  # noqa: PLC0415  (few print for a press)

    read_press_profile(press.profile)


class PictureController(OneOrder):
    """Draws one order at a time."""

    def start(self, order: PictureOrder) -> None:
        """Draw, unless something is being drawn."""
        self._begin(partial(self._drawn, order))

    async def _drawn(self, order: PictureOrder, stop: Stop, services: Services) -> Exported | None:
        import asyncio  # noqa: PLC0415  (the first frame does without)

        from packdesk.jobs.drawing_process import draw_beside  # noqa: PLC0415  (as above)
        from packdesk.services.collecting import collect_artwork  # noqa: PLC0415  (as above)

        artwork = await collect_artwork(order.state, services.pictures)
        drawn = await asyncio.to_thread(draw_beside, order, artwork.pictures, stop, self.progressed.emit)
        return None if drawn is None else Exported(order.shots[0].target, {**artwork.missing, **drawn})
