"""Follows all files the design is linked to, as long as it is open."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packdesk.domain.links import Link, Links, LinkView
from packdesk.errors import PackdeskError, UnexpectedError
from packdesk.services.followed_file import FollowedFile
from packdesk.services.link_states import state_of
from packdesk.services.link_troubles import replaced
from packdesk.textures.linked_file import most_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from packdesk.domain.links import LinkState, LinkTarget
    from packdesk.domain.state import PackagingState
    from packdesk.services.links import LinkService, Updated
    from packdesk.textures.linked_file import ReadFile

_log = logging.getLogger(__name__)
LOOK_S = 1.0
"""How often it is looked whether another program has made or ended a link."""
WORKERS = 8
"""More than a box has panels: a drive that does not answer keeps one for each file."""


@dataclass(frozen=True)
class LinkNews:
    """Who is told, on the thread of the loop.

    Attributes:
        seen: all links and how they fare (a tuple of `LinkView`), whenever that is otherwise.
        updated: what a link changed in the design (an `Updated`).
        coming: pictures that panels are about to show, as PNG by hash; told in a worker.
    """

    seen: Callable[[tuple[LinkView, ...]], object]
    updated: Callable[[Updated], object]
    coming: Callable[[Mapping[str, bytes]], object]


class LinkFollower:
    """Follows the links of the design that was shown last.

    Args:
        links: the links.
        news: who is told.
    """

    def __init__(self, links: LinkService, news: LinkNews) -> None:
        self.links = links
        self._news = news
        self.design: PackagingState | None = None
        self._kept = Links()
        self._stamp: object = None
        self._states: dict[LinkTarget, LinkState] = {}
        self._urls: dict[str, str] = {}
        self._works: dict[str, str] = {}
        self._files: dict[LinkTarget, _FollowedLink] = {}
        self._told: tuple[LinkView, ...] = ()
        self._wake = asyncio.Event()
        self._workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="links")

    def show(self, state: PackagingState) -> None:
        """This is the design now."""
        self.design = state
        self._wake.set()

    def look_again(self) -> None:
        """The links were changed."""
        self._wake.set()

    async def follow(self) -> None:
        """Follow until cancelled."""
        try:
            while True:
                self._wake.clear()
                with contextlib.suppress(PackdeskError):  # a picture that cannot be looked into now
                    await self._look()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), LOOK_S)
        finally:
            for one in self._files.values():
                one.task.cancel()
            self._workers.shutdown(wait=False, cancel_futures=True)

    def is_in_work(self, link: Link) -> bool:
        """Whether a picture is being generated for a panel that follows: that is waited for."""
        in_work = () if self.design is None else self.design.panels_in_work()
        return any(panel_id in in_work for panel_id in link.panels_in(self._works))

    def tell(self) -> None:
        """Tell how the links fare, if it is otherwise."""
        views = tuple(self._view(link) for link in self._kept.links)
        if views != self._told:
            self._told = views
            self._news.seen(views)

    def updated(self, change: Updated) -> None:
        """A link changed the design."""
        self._news.updated(change)
        self.look_again()

    def coming(self, pictures: Mapping[str, bytes]) -> None:
        """Panels are about to show these."""
        self._news.coming(pictures)

    async def _look(self) -> None:
        design = self.design
        if design is None or self.links.read_only:
            return
        stamp = design.created_at, await self.links.stamp(design)
        if stamp != self._stamp:
            self._kept, self._stamp = await self.links.kept(design), stamp
        shown = await self._shown_by(design) if self._kept.links else {}
        states = {link.target: state_of(link, design, shown) for link in self._kept.links}
        for link in self._kept.links:
            known = self._files.get(link.target)
            if states[link.target] != "followed" or (known is not None and not known.is_of(link)):
                self._leave(link.target)
            if states[link.target] == "followed":
                self._files.setdefault(link.target, _FollowedLink(self, link)).begin(self._workers)
        for target in [one for one in self._files if one not in states]:
            self._leave(target)
        self._states = states
        self.tell()

    async def _shown_by(self, design: PackagingState) -> dict[str, str]:
        """The works on the panels; drawings and pictures in the document are read whole for that: once."""
        urls = design.texture_urls()
        if urls != self._urls:
            self._works = await self.links.shown(design)
            self._urls = urls
        return self._works

    def _leave(self, target: LinkTarget) -> None:
        if (left := self._files.pop(target, None)) is not None:
            left.task.cancel()

    def _view(self, link: Link) -> LinkView:
        panels = link.panels_in(self._works)
        if (followed := self._files.get(link.target)) is not None:
            return LinkView(link, followed.state, followed.error, panels)
        state = self._states.get(link.target, "resting")
        return LinkView(link, state, replaced(link) if state == "replaced" else None, panels)


class _FollowedLink:
    """A `Taker`: what the file holds goes into the design."""

    def __init__(self, follower: LinkFollower, link: Link) -> None:
        self.link = link
        self.state: LinkState = "followed"
        self.error: PackdeskError | None = None
        self._follower = follower

    def is_of(self, link: Link) -> bool:
        """Whether that is the same link still, whatever was noted of it since."""
        return (link.file, link.made) == (self.link.file, self.link.made)

    def begin(self, workers: ThreadPoolExecutor) -> None:
        """Follow the file, if that is not done yet."""
        if not hasattr(self, "task"):
            file = FollowedFile(self.link.path, self.link.stamp, workers, self, most_bytes(self.link))
            self.task = asyncio.get_running_loop().create_task(self._follow(file))

    async def _follow(self, file: FollowedFile) -> None:
        try:
            await file.follow()
        except Exception:  # noqa: BLE001  (nobody else would hear of it)
            _log.exception("A link cannot be followed any more")
            told = UnexpectedError("Something unexpected went wrong.", "The log has the details.")
            self.tell("unreadable", told)

    def busy(self) -> bool:
        """Part of `Taker`."""
        return self._follower.is_in_work(self.link)

    async def known(self, read: ReadFile) -> bool:
        """Part of `Taker`."""
        links, design = self._follower.links, self._follower.design
        assert design is not None, "a file is followed for one"
        kept = (await links.kept(design)).of(self.link.target)
        if kept is None or kept.digest != read.digest:
            return False
        if kept.stamp != read.stamp:
            await links.note_read(design, kept, read)
        return True

    async def take(self, read: ReadFile, check: Callable[[], None]) -> None:
        """Part of `Taker`."""
        self._follower.updated(
            await self._follower.links.update(self.link, read, check, self._follower.coming)
        )

    def tell(self, state: LinkState, error: PackdeskError | None = None) -> None:
        """Part of `Taker`."""
        if (state, str(error)) != (self.state, str(self.error)):
            self.state, self.error = state, error
            self._follower.tell()
