"""Brings what a sheet of artwork shows on flaps and in the bleed onto the flat view."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.domain.dieline.outline import Box
    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.sheet.whole import WholeArtwork
    from packdesk.domain.state import PackagingState
    from packdesk.errors import PackdeskError
    from packdesk.jobs.bridge import Bridge
    from packdesk.textures.images import WidgetImage

REST_MS = 150
_LONGEST_PX, _FINEST_DPI = 2000.0, 150.0


class SurroundImage(NamedTuple):
    """A picture for widgets, and its left, upper, right and lower end on the blank in millimetres."""

    image: WidgetImage
    box: Box


class SurroundLoader(QObject):
    """Makes it anew when the design or its blank rests as another one.

    Args:
        bridge: to the loop thread.
        blank: the blank that is shown; None for none.

    Signals:
        made: a `SurroundImage` (or None for nothing), and the `Dieline` it is for.
        failed: why a sheet cannot be shown there.
    """

    made = Signal(object, object)
    failed = Signal(object)

    def __init__(
        self, bridge: Bridge, blank: Callable[[], Dieline | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge, self._blank = bridge, blank
        self._state: PackagingState | None = None
        self._asked: object = None
        self._running = self._shows = False
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._start)

    @Slot(object)
    def follow(self, state: PackagingState) -> None:
        """Another design is shown."""
        self._state = state
        self.look()

    @Slot()
    def look(self) -> None:
        """The blank may be another one."""
        if self._state is not None and (self._shows or self._state.panel_textures):
            self._rest.start()

    @Slot()
    def _start(self) -> None:
        dieline, state = self._blank(), self._state
        if self._running:
            self._rest.start()
        elif dieline is not None and state is not None:
            asked = dieline, state.texture_urls()
            if asked != self._asked:
                self._asked = asked
                self._bridge.start(self._make(state, dieline), self._fail)

    async def _make(self, state: PackagingState, dieline: Dieline) -> None:
        self._running = True
        try:
            whole = await self._bridge.ask(lambda services: services.sheets.shown(state))
            surround = await self._bridge.work(partial(_surround, dieline, whole)) if whole.pieces else None
        finally:
            self._running = False
        if surround is not None or self._shows:
            self._shows = surround is not None
            self.made.emit(surround, dieline)

    def _fail(self, error: PackdeskError) -> None:
        self._asked = None
        self.failed.emit(error)


def _surround(dieline: Dieline, whole: WholeArtwork) -> SurroundImage | None:
    from packdesk.textures.images import for_widgets  # noqa: PLC0415  (the first frame needs no decoder)
    from packdesk.textures.sheet_surround import surround_of  # noqa: PLC0415  (likewise)

    longest = max(dieline.width, dieline.height) / 25.4
    made = surround_of(dieline, whole, min(_FINEST_DPI, _LONGEST_PX / longest))
    return None if made is None else SurroundImage(for_widgets(made.image), made.box)
