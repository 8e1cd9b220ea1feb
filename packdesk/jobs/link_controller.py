"""Links to files: made and ended from the window, followed while it is open."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from packdesk.domain.links import SHEET, Links
from packdesk.errors import PackdeskError, StoreBusyError, StoreRefusedError, StoreUnavailableError
from packdesk.jobs.changes_here import ChangesHere, not_taken
from packdesk.textures.incoming import IncomingPicture
from packdesk.textures.linked_file import part_of

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from packdesk.domain.change import DesignChange
    from packdesk.domain.links import LinkTarget, LinkView
    from packdesk.domain.sheet.placement import SheetPlacement
    from packdesk.domain.state import PackagingState
    from packdesk.jobs.bridge import Call
    from packdesk.jobs.changes_here import Desk
    from packdesk.services.container import Services
    from packdesk.services.link_follower import LinkFollower
    from packdesk.services.links import LinkService, Updated
    from packdesk.services.pictures import PutPictures
    from packdesk.services.sheets import SheetOffer

REST_MS = 250
"""An own change is told a little after the design is another; only then it is looked what that means."""


class LinkController(ChangesHere):
    """Has the links followed on the loop thread, and knows how they fare.

    Attributes:
        all: the links of the design that have something to follow for, and how they fare.
        views: the same by panel; a panel's own link comes before that of the whole blank.

    Signals:
        changed: `all` is another.
        coming: pictures that panels are about to show, as PNG by hash.
    """

    changed = Signal()
    coming = Signal(object)
    _seen = Signal(object)
    _updated = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self.all: tuple[LinkView, ...] = ()
        self.views: dict[str, LinkView] = {}
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
        self._run(self._link({name: IncomingPicture.of_file(file) for name, file in files.items()}))

    def link_sheet(self, offer: SheetOffer, placement: SheetPlacement) -> None:
        """Put a sheet onto all panels, as one change, and have them follow its file."""
        self._run(self._link_sheet(offer, placement))

    def unlink(self, targets: Sequence[LinkTarget]) -> None:
        """End links; the pictures stay."""
        self._start(lambda links: links.unlink(*targets))

    def find(self, target: LinkTarget, file: Path) -> None:
        """Follow another file, and others beside it that are missing."""
        self._start(lambda links: links.find(target, file))

    def follow_again(self, targets: Sequence[LinkTarget]) -> None:
        """Put the files' pictures back where others were put; for panels."""
        links = [view.link for view in self.all if view.link.target in targets and view.link.sheet is None]
        files = {link.target.name: IncomingPicture.of_file(link.path, part_of(link)) for link in links}
        self._run(self._put(files))

    def _start(self, work: Callable[[LinkService], Coroutine[Any, Any, Links]]) -> None:
        self._run(self._changed(work))

    async def _changed(self, work: Callable[[LinkService], Coroutine[Any, Any, Links]]) -> None:
        await self._bridge.ask(partial(_worked, work))
        await self._bridge.call(self._look_again())

    async def _link(self, files: Mapping[str, IncomingPicture]) -> None:
        if len(files) == 1:
            ((name, file),) = files.items()
            chosen = await self._desk.parts.chosen(file)
            files = {} if chosen is None else {name: chosen}
        if files:
            await self._put(files)

    async def _put(self, files: Mapping[str, IncomingPicture]) -> None:
        before = await self._before()
        done: PutPictures = await self._bridge.ask(lambda services: services.links.link(files))
        await self._bridge.call(self._told(done.state))
        self._tell_change("link", before, done.state, files)
        if done.failures:
            names = [files[panel_id].name for panel_id in done.failures]
            raise not_taken(names, len(files), list(done.failures.values()))

    async def _link_sheet(self, offer: SheetOffer, placement: SheetPlacement) -> None:
        before = await self._before()
        after, self._ended = await self._bridge.ask(partial(_sheet_linked, offer, placement, self._ended))
        await self._bridge.call(self._told(after))
        self._tell_change("link", before, after, [panel.panel_id for panel in offer.found.dieline.panels])

    def _settle(self, panel_ids: Sequence[str]) -> None:
        self._urls = self._state.texture_urls() if self._state is not None else {}
        if panel_ids and (self.all or self._ended.links):
            self._run(self._settled(panel_ids))

    async def _settled(self, panel_ids: Sequence[str]) -> None:
        self._ended = await self._bridge.ask(partial(_carried, self._ended, panel_ids))
        await self._bridge.call(self._look_again())

    async def _follow(self, services: Services) -> None:
        from packdesk.services.link_follower import LinkFollower, LinkNews  # noqa: PLC0415  (brings asyncio)

        news = LinkNews(self._seen.emit, self._updated.emit, self.coming.emit)
        self._follower = LinkFollower(services.links, news)
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
        shown = tuple(view for view in views if view.state != "resting")
        if shown == self.all:
            return
        former = {view.link.target: view for view in self.all}
        self.all, self.views = shown, {}
        for view in sorted(shown, key=lambda view: view.link.target == SHEET):
            for panel_id in view.panels:
                self.views.setdefault(panel_id, view)
        self.changed.emit()
        for view in shown:
            if _hinders(view) and not view.fares_as(former.get(view.link.target)):
                self.failed.emit(view.error)

    @Slot(object)
    def _record(self, done: Updated) -> None:
        self._tell_change("link", done.before, done.after, done.panels)


def _hinders(view: LinkView) -> bool:
    """Whether something to be mended keeps a newer version out; that a store is away is told elsewhere."""
    away = isinstance(view.error, (StoreUnavailableError, StoreBusyError))
    refused = isinstance(view.error, StoreRefusedError)
    return view.state == "waiting" and view.error is not None and (refused or not away)


async def _worked(work: Callable[[LinkService], Coroutine[Any, Any, Links]], services: Services) -> Links:
    return await work(services.links)


async def _carried(ended: Links, panel_ids: Sequence[str], services: Services) -> Links:
    return await services.links.carry(ended, panel_ids)


async def _sheet_linked(
    offer: SheetOffer, placement: SheetPlacement, ended: Links, services: Services
) -> tuple[PackagingState, Links]:
    return await services.links.link_sheet(offer, placement, ended)
