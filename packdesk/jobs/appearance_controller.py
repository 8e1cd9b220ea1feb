"""How the design is shown: read when it opens, kept whenever it rests in another form."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.domain.appearance import Appearance
    from packdesk.domain.saved_view import SavedView
    from packdesk.jobs.bridge import Bridge, Call
    from packdesk.services.container import Services


class AppearanceController(QObject):
    """Reads and keeps it, with the views that were given names.

    Attributes:
        begun: the design itself is known.
        views: the named ones.

    Signals:
        found: the `Appearance` that was kept; not emitted where none was.
        views_changed: the named views (a tuple of `SavedView`).
        failed: a `PackdeskError`.
    """

    found = Signal(object)
    views_changed = Signal(object)
    failed = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.begun = False
        self._writing: Call[object] | None = None
        self._reading = 0
        self._early: Appearance | None = None
        self.views: tuple[SavedView, ...] = ()

    @Slot()
    def begin(self) -> None:
        """Tell how the design is shown, once it is known itself: a view is measured by the package."""
        if not self.begun:
            self.begun = True
            self.read()

    @Slot()
    def read(self) -> None:
        """Tell how the design is shown."""
        self._reading += 1
        self._bridge.start(self._read(), self.failed.emit)

    @Slot(object)
    def keep(self, shown: Appearance) -> None:
        """Show it so from now on; its named views stay as they are.

        How a window happens to look before it was told takes no kept look's place: it waits for that.
        """
        if self._reading or not self.begun:
            self._early = shown
            return
        change = partial(_shown_so, shown)
        self._writing = self._bridge.tell(partial(_changed, change), self.failed.emit)

    def finish(self, seconds: float) -> None:
        """Wait for what is being written."""
        if self._writing is not None:
            self._writing.wait(seconds)

    @Slot()
    def read_views(self) -> None:
        """Tell the named views: another program may have changed them."""
        self._bridge.start(self._change_views(lambda kept: kept), self.failed.emit)

    @Slot(object)
    def add_view(self, view: SavedView) -> None:
        """Keep a view under its name."""
        self._bridge.start(self._change_views(partial(_with_view, view)), self.failed.emit)

    @Slot(str)
    def remove_view(self, name: str) -> None:
        """Forget a view."""
        self._bridge.start(self._change_views(partial(_without_view, name)), self.failed.emit)

    async def _read(self) -> None:
        try:
            kept = await self._bridge.ask(_kept)
        finally:
            self._reading -= 1
        early, self._early = self._early, None
        if kept is not None:
            self._show_views(kept)
            self.found.emit(kept)
        elif early is not None:
            self.keep(early)

    async def _change_views(self, change: Callable[[Appearance], Appearance]) -> None:
        self._show_views(await self._bridge.ask(partial(_changed, change)))

    def _show_views(self, appearance: Appearance) -> None:
        self.views = appearance.views
        self.views_changed.emit(self.views)


async def _kept(services: Services) -> Appearance | None:
    import asyncio  # noqa: PLC0415  (the first frame does without)

    return await asyncio.to_thread(services.appearance.read)


async def _changed(change: Callable[[Appearance], Appearance], services: Services) -> Appearance:
    import asyncio  # noqa: PLC0415  (the first frame does without)

    return await asyncio.to_thread(services.appearance.change, change)


def _shown_so(shown: Appearance, kept: Appearance) -> Appearance:
    from packdesk.domain.appearance import shown_with_kept  # noqa: PLC0415  (as above)

    return shown_with_kept(shown, kept)


def _with_view(view: SavedView, kept: Appearance) -> Appearance:
    from packdesk.domain.saved_view import with_view  # noqa: PLC0415  (as above)

    return replace(kept, views=with_view(kept.views, view))


def _without_view(name: str, kept: Appearance) -> Appearance:
    return replace(kept, views=tuple(view for view in kept.views if view.name != name))
