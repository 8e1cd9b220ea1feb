"""Saves pictures and films of the package beside the window, and keeps its named views."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from packdesk.jobs.exporting import Exported
from packdesk.jobs.one_order import OneOrder

if TYPE_CHECKING:
    import threading

    from packdesk.domain.saved_view import SavedView
    from packdesk.errors import PackdeskError
    from packdesk.jobs.bridge import Bridge
    from packdesk.jobs.drawing import PictureOrder
    from packdesk.services.container import Services


class PictureController(OneOrder):
    """Draws one order at a time, and keeps the named views.

    Signals:
        drawn: an `Exported` of the first file.
        views_changed: the named views (a tuple of `SavedView`).
    """

    drawn = Signal(object)
    views_changed = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent)
        self._views: tuple[SavedView, ...] = ()

    @property
    def views(self) -> tuple[SavedView, ...]:
        """The named views, as far as they were read."""
        return self._views

    def start(self, order: PictureOrder) -> None:
        """Draw, unless something is being drawn."""
        self._begin(partial(self._draw, order))

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
        missing = await self._bridge.ask(partial(self._drawn, order, stop))
        self._end()
        if missing is not None:
            self.drawn.emit(Exported(order.shots[0].target, missing))

    async def _drawn(
        self, order: PictureOrder, stop: threading.Event, services: Services
    ) -> dict[str, PackdeskError] | None:
        import asyncio  # noqa: PLC0415  (the first frame does without)

        from packdesk.jobs.drawing_process import draw_beside  # noqa: PLC0415  (as above)
        from packdesk.services.collecting import collect_artwork  # noqa: PLC0415  (as above)

        artwork = await collect_artwork(order.state, services.pictures)
        drawn = await asyncio.to_thread(draw_beside, order, artwork.pictures, stop, self.progressed.emit)
        return None if drawn is None else {**artwork.missing, **drawn}

    async def _read_views(self) -> None:
        self._show(await self._bridge.ask(_saved_views))

    async def _change_views(self, *, add: SavedView | None = None, remove: str = "") -> None:
        self._show(await self._bridge.ask(partial(_changed_views, add, remove)))

    def _show(self, views: tuple[SavedView, ...]) -> None:
        self._views = views
        self.views_changed.emit(views)


async def _saved_views(services: Services) -> tuple[SavedView, ...]:
    import asyncio  # noqa: PLC0415  (the first frame does without)

    return await asyncio.to_thread(services.views.read)


async def _changed_views(add: SavedView | None, remove: str, services: Services) -> tuple[SavedView, ...]:
    import asyncio  # noqa: PLC0415  (the first frame does without)

    def change() -> tuple[SavedView, ...]:
        from packdesk.domain.saved_view import with_view  # noqa: PLC0415  (as above)

        kept = tuple(view for view in services.views.read() if view.name != remove)
        changed = kept if add is None else with_view(kept, add)
        services.views.write(changed)
        return changed

    return await asyncio.to_thread(change)
