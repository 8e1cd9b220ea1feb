"""Saves pictures and films of the package beside the window, and keeps its named views."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from packdesk.domain.saved_view import with_view
from packdesk.jobs.drawing_process import draw_beside
from packdesk.jobs.exporting import Exported
from packdesk.services.collecting import collect_artwork

if TYPE_CHECKING:
    from packdesk.domain.saved_view import SavedView
    from packdesk.errors import PackdeskError
    from packdesk.jobs.bridge import Bridge
    from packdesk.jobs.drawing import PictureOrder
    from packdesk.services.container import Services


class PictureController(QObject):
    """One order at a time.

    Signals:
        progressed: how many pictures of how many are done.
        drawn: an `Exported` of the first file.
        ended: an order has ended, in whatever way.
        failed: a `PackdeskError`.
        views_changed: the named views (a tuple of `SavedView`).
    """

    progressed = Signal(int, int)
    drawn = Signal(object)
    ended = Signal()
    failed = Signal(object)
    views_changed = Signal(object)

    def __init__(self, bridge: Bridge, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._services = services
        self._stop: threading.Event | None = None
        self._views: tuple[SavedView, ...] = ()

    @property
    def running(self) -> bool:
        """Whether pictures are being drawn."""
        return self._stop is not None

    @property
    def views(self) -> tuple[SavedView, ...]:
        """The named views, as far as they were read."""
        return self._views

    def start(self, order: PictureOrder) -> None:
        """Draw, unless something is being drawn."""
        if self._stop is None:
            self._stop = threading.Event()
            self._bridge.start(self._draw(order, self._stop), self._fail)

    def cancel(self) -> None:
        """Stop at once; nothing is left of the file that is being written."""
        if self._stop is not None:
            self._stop.set()

    def read_views(self) -> None:
        """Read the named views: another program may have changed them."""
        self._bridge.start(self._read_views(), self.failed.emit)

    def add_view(self, view: SavedView) -> None:
        """Keep a view under its name."""
        self._bridge.start(self._change_views(add=view), self.failed.emit)

    def remove_view(self, name: str) -> None:
        """Forget a view."""
        self._bridge.start(self._change_views(remove=name), self.failed.emit)

    async def _draw(self, order: PictureOrder, stop: threading.Event) -> None:
        missing = await self._bridge.call(self._drawn(order, stop))
        self._end()
        if missing is not None:
            self.drawn.emit(Exported(order.shots[0].target, missing))

    async def _drawn(self, order: PictureOrder, stop: threading.Event) -> dict[str, PackdeskError] | None:
        artwork = await collect_artwork(order.state, self._services.pictures)
        drawn = await asyncio.to_thread(draw_beside, order, artwork.pictures, stop, self.progressed.emit)
        return None if drawn is None else {**artwork.missing, **drawn}

    async def _read_views(self) -> None:
        self._show(await self._bridge.call(asyncio.to_thread(self._services.views.read)))

    async def _change_views(self, *, add: SavedView | None = None, remove: str = "") -> None:
        def change() -> tuple[SavedView, ...]:
            kept = tuple(view for view in self._services.views.read() if view.name != remove)
            changed = kept if add is None else with_view(kept, add)
            self._services.views.write(changed)
            return changed

        self._show(await self._bridge.call(asyncio.to_thread(change)))

    def _show(self, views: tuple[SavedView, ...]) -> None:
        self._views = views
        self.views_changed.emit(views)

    def _fail(self, error: PackdeskError) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        self._stop = None
        self.ended.emit()
