"""Follows the shared state, whoever changes it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packdesk.errors import ForeignDocumentError, PackdeskError, StoreUnavailableError, UnexpectedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.services.designs import DesignService
    from packdesk.services.shared_state import SharedState

POLL_S = 2.0
LOST_POLL_S = (0.2, 0.4, 0.8, 1.6, 3.0)
FAULT_POLL_S = 3.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class FollowerNews:
    """Whom a follower tells, on the thread of its loop.

    Attributes:
        reached: the store answers (True) or does not (False); once for each change.
        unreadable: the design cannot be read; `failed` tells why.
        failed: why the store does not answer, or why the design cannot be read.
    """

    reached: Callable[[bool], None]
    unreadable: Callable[[], None]
    failed: Callable[[PackdeskError], None]


class Follower:
    """Asks for the state's revision: at every hint of the store, and each `POLL_S` anyway.

    That moves about a hundred bytes; the document is read only when it is another than the one read or
    written here last, and `SharedState` tells what stands then. Flags of a generation that died are cleared.
    While the store does not answer it is asked again after the pauses of `LOST_POLL_S`.
    """

    def __init__(self, shared: SharedState, designs: DesignService, news: FollowerNews) -> None:
        self._shared, self._designs, self._news = shared, designs, news
        self._hydrated = False
        self._unreadable: str | None = None
        self._failures = 0
        self._reached: bool | None = None
        self._faulty = False

    async def follow(self) -> None:
        """Follow until the task is cancelled."""
        with contextlib.suppress(asyncio.CancelledError):
            while True:
                try:
                    pause = await self._poll()
                except Exception:  # noqa: BLE001  (whatever it is, who follows no more would not show it)
                    pause = self._report_fault()
                if pause:
                    await asyncio.sleep(pause)
                else:
                    await self._wait()

    async def _poll(self) -> float:
        """Ask once; returns how long to rest, 0 to wait for the store's hint."""
        try:
            await self._follow_revision()
        except PackdeskError as error:
            if self._reached is not False:
                self._news.failed(error)
            self._report(reached=False)
            self._failures += 1
            return LOST_POLL_S[min(self._failures, len(LOST_POLL_S)) - 1]
        return 0

    async def _follow_revision(self) -> None:
        revision = await self._revision()
        self._failures = 0
        self._report(reached=True)
        if self._is_read(revision):
            return
        self._unreadable = None
        try:
            await self._shared.load()
        except StoreUnavailableError:
            raise
        except PackdeskError as error:
            self._unreadable = revision
            self._news.unreadable()
            self._news.failed(error)
        self._hydrated = True

    def _is_read(self, revision: str) -> bool:
        known = self._shared.revision
        if known is None:  # what could not be read is not read again
            return revision == self._unreadable
        return self._hydrated and (revision == known or self._shared.is_writing(revision))

    async def _revision(self) -> str:
        try:
            status = await self._shared.status()
            if await self._designs.clear_dead_generation(status):
                status = await self._shared.status()
        except ForeignDocumentError:
            return "foreign"  # reachable; reading it says what is wrong
        return status.revision

    def _report(self, *, reached: bool) -> None:
        self._faulty = False
        if reached != self._reached:
            self._reached = reached
            self._news.reached(reached)

    def _report_fault(self) -> float:
        if not self._faulty:
            _log.exception("Following the design failed")
            self._news.failed(
                UnexpectedError(
                    "Changes made elsewhere could not be seen for a moment.",
                    "packdesk tries again by itself.",
                )
            )
        self._faulty = True
        return FAULT_POLL_S

    async def _wait(self) -> None:
        try:
            await self._shared.wait(POLL_S)
        except Exception:  # noqa: BLE001  (a hint only; the next poll tells)
            await asyncio.sleep(POLL_S)
