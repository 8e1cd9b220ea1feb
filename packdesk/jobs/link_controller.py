"""Links to files: made and ended from the window, followed while it is open."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from packdesk.domain.change import difference
from packdesk.domain.links import Links
from packdesk.errors import PackdeskError, StoreBusyError, StoreRefusedError, StoreUnavailableError
from packdesk.jobs.artwork_controller import not_taken

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from packdesk.domain.change import DesignChange
    from packdesk.domain.links import LinkView
    from packdesk.domain.state import PackagingState
    from packdesk.jobs.bridge import Bridge, Call
    from packdesk.jobs.size_saver import SizeSaver
    from packdesk.services.container import Services
    from packdesk.services.link_follower import LinkFollower
    from packdesk.services.links import LinkService, Updated
    from packdesk.services.pictures import PutPictures

REST_MS = 250
"""An own change is told a little after the design is another; only then it is looked what that means."""


class LinkController(QObject):
    """Has the links followed on the loop thread, and knows how they fare.

    Args:
        bridge: to the loop thread.
        saver: of sizes.
        stored: tells the state the store had last.
        refusal: tells why nothing can be changed now, None where it can.

    Attributes:
        views: all links of the design and how they fare, by panel.

    Signals:
        changed: `views` is another.
        changed_here: the `DesignChange` that a link, or making one, was.
        failed: a `PackdeskError`.
    """

    changed = Signal()
    changed_here = Signal(object)
    failed = Signal(object)
    _seen = Signal(object)
    _updated = Signal(object, str)

    def __init__(
        self,
        bridge: Bridge,
        saver: SizeSaver,
        stored: Callable[[], PackagingState],
        refusal: Callable[[], PackdeskError | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.views: dict[str, LinkView] = {}
        self._bridge = bridge
        self._saver = saver
        self._stored = stored
        self._refusal = refusal
        self._follower: LinkFollower | None = None
        self._state: PackagingState | None = None
        self._ended = Links()
        self._urls: dict[str, str] = {}
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._tell_follower)
        self._seen.connect(self._show)
        self._updated.connect(self._record)

    @Slot()
    def begin(self) -> None:
        """The services are there."""
        following = self._bridge.ask(self._follow)
        following.then(partial(self._end, following))

    @Slot(object)
    def follow_state(self, state: PackagingState) -> None:
        """Another state is shown."""
        if self._state is None or state.created_at != self._state.created_at:
            self._ended = Links()
        self._state = state
        self._rest.start()

    @Slot(object)
    def follow_change(self, change: DesignChange) -> None:
        """Something was changed here: a link goes with its picture, and ends where another was put."""
        if change.kind != "link":
            self._settle(tuple(change.after.textures))

    @Slot(object)
    def follow_undo(self, state: PackagingState) -> None:
        """A step was taken back, or done again: so it is with the links."""
        known, now = self._urls, state.texture_urls()
        self._settle(tuple(name for name in {*known, *now} if known.get(name) != now.get(name)))

    def link(self, files: Mapping[str, Path]) -> None:
        """Have panels follow files, as one change; the panels are its keys."""
        self._bridge.start(self._link(files), self.failed.emit)

    def unlink(self, panel_ids: Sequence[str]) -> None:
        """End links; the pictures stay."""
        self._start(lambda links: links.unlink(*panel_ids))

    def find(self, panel_id: str, file: Path) -> None:
        """Follow another file, and others beside it that are missing."""
        self._start(lambda links: links.find(panel_id, file))

    def follow_again(self, panel_ids: Sequence[str]) -> None:
        """Put the files' pictures back where others were put."""
        self.link({name: self.views[name].link.path for name in panel_ids if name in self.views})

    def _start(self, work: Callable[[LinkService], Coroutine[Any, Any, Links]]) -> None:
        self._bridge.start(self._changed(work), self.failed.emit)

    async def _changed(self, work: Callable[[LinkService], Coroutine[Any, Any, Links]]) -> None:
        await self._bridge.ask(partial(_worked, work))
        await self._bridge.call(self._look_again())

    async def _link(self, files: Mapping[str, Path]) -> None:
        if (refusal := self._refusal()) is not None:
            raise refusal
        await self._saver.settled()
        before = self._stored()
        done: PutPictures = await self._bridge.ask(lambda services: services.links.link(files))
        await self._bridge.call(self._told(done.state))
        made = difference("link", before, done.state, files)
        if made is not None:
            self.changed_here.emit(made)
        if done.failures:
            names = [files[panel_id].name for panel_id in done.failures]
            raise not_taken(names, len(files), list(done.failures.values()))

    def _settle(self, panel_ids: Sequence[str]) -> None:
        self._urls = self._state.texture_urls() if self._state is not None else {}
        if panel_ids and (self.views or self._ended.links):
            self._bridge.start(self._settled(panel_ids), self.failed.emit)

    async def _settled(self, panel_ids: Sequence[str]) -> None:
        self._ended = await self._bridge.ask(partial(_carried, self._ended, panel_ids))
        await self._bridge.call(self._look_again())

    async def _follow(self, services: Services) -> None:
        from packdesk.services.link_follower import LinkFollower, LinkNews  # noqa: PLC0415  (brings asyncio)

        self._follower = LinkFollower(services.links, LinkNews(self._seen.emit, self._updated.emit))
        if self._state is not None:
            self._follower.show(self._state)
        await self._follower.follow()

    def _end(self, following: Call[None]) -> None:
        if isinstance(following.error, PackdeskError):
            self.failed.emit(following.error)

    @Slot()
    def _tell_follower(self) -> None:
        self._bridge.send(self._told(self._state), self.failed.emit)

    async def _told(self, state: PackagingState | None) -> None:
        if self._follower is not None and state is not None:
            self._follower.show(state)

    async def _look_again(self) -> None:
        if self._follower is not None:
            self._follower.look_again()

    @Slot(object)
    def _show(self, views: tuple[LinkView, ...]) -> None:
        shown = {view.link.target.name: view for view in views if view.state != "resting"}
        if shown != self.views:
            former, self.views = self.views, shown
            self.changed.emit()
            for name, view in shown.items():
                if _hinders(view) and not view.fares_as(former.get(name)):
                    self.failed.emit(view.error)

    @Slot(object, str)
    def _record(self, done: Updated, panel_id: str) -> None:
        made = difference("link", done.before, done.after, [panel_id])
        if made is not None:
            self.changed_here.emit(made)


def _hinders(view: LinkView) -> bool:
    """Whether something to be mended keeps a newer version out; that a store is away is told elsewhere."""
    away = isinstance(view.error, (StoreUnavailableError, StoreBusyError))
    refused = isinstance(view.error, StoreRefusedError)
    return view.state == "waiting" and view.error is not None and (refused or not away)


async def _worked(work: Callable[[LinkService], Coroutine[Any, Any, Links]], services: Services) -> Links:
    return await work(services.links)


async def _carried(ended: Links, panel_ids: Sequence[str], services: Services) -> Links:
    return await services.links.carry(ended, panel_ids)
