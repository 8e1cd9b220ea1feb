"""A linked file, looked at several times a second; what it holds is handed on once it rests and is whole."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from packdesk.errors import BadPictureError, ChangedMeanwhileError, LinkedFileError, PackdeskError
from packdesk.services.link_troubles import gone, silent, unreadable
from packdesk.textures.incoming import MAX_BYTES
from packdesk.textures.kinds import PNG, kind_of
from packdesk.textures.linked_file import expect_another, has_end, look, read_linked, seems_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor
    from pathlib import Path

    from packdesk.domain.links import LinkState, Stamp
    from packdesk.textures.linked_file import ReadFile

T = TypeVar("T")
POLL_S, STEP_S = 0.1, 0.05
REST_S = 0.15
"""A file that has not changed for so long is shown. One whose end is there is decoded meanwhile."""
RESTLESS_S = 1.0
"""One that is saved all the time is taken after so long, if it is of a kind with checksums (PNG)."""
PATIENT_S, ENDLESS_S = 2.5, 10.0
"""At rest for so long, what cannot be decoded is damaged; what lacks its end will not get it any more."""
GONE_S = 1.5
"""A file is missing when it has been so for so long: between deleting and writing lies a moment."""
SILENT_S = 5.0
RETRY_S, MOST_RETRY_S = 1.0, 15.0
_SECOND_NS = 10**9


class Taker(Protocol):
    """Who has use for what the file holds."""

    def busy(self) -> bool:
        """Whether it must not be taken now."""

    async def known(self, read: ReadFile) -> bool:
        """Whether this was taken before, here or by another program."""

    async def take(self, read: ReadFile, check: Callable[[], None]) -> None:
        """Show it; `check`, called in a worker, raises where it must not be shown yet.

        Raises:
            PackdeskError: it cannot be shown.
        """

    def tell(self, state: LinkState, error: PackdeskError | None = None) -> None:
        """How the file fares."""


class FollowedFile:
    """Looks at a file until it is cancelled.

    Args:
        file: its path.
        known: its stamp when it was taken last; () for never.
        workers: what blocks runs there, one call at a time.
        taker: gets what it holds.
        most_bytes: of the file that may be used.
    """

    def __init__(
        self, file: Path, known: Stamp, workers: Executor, taker: Taker, most_bytes: int = MAX_BYTES
    ) -> None:
        self._file = file
        self._reader = partial(read_linked, most_bytes=most_bytes)
        self._known: Stamp | None = known
        self._workers = workers
        self._taker = taker
        self._doubtful_until = 0.0
        self._read: ReadFile | None = None
        self._damaged: Stamp = ()
        self._retry_s = RETRY_S
        self._verdict: tuple[LinkState, PackdeskError | None] = ("followed", None)

    async def follow(self) -> None:
        """Follow it."""
        missing_since: float | None = None
        while True:
            stamp = await self._asked(look, self._file)
            now = time.monotonic()
            if stamp is None:
                missing_since = missing_since or now
                if now - missing_since >= GONE_S:
                    self._taker.tell("missing", await self._asked(gone, self._file))
            else:
                missing_since = None
                if stamp != self._known or 0.0 < self._doubtful_until <= now:
                    await self._settle(stamp)
                    self._read = None  # it may be large
                    continue
                self._taker.tell(*self._verdict)
            await asyncio.sleep(POLL_S)

    async def _settle(self, stamp: Stamp) -> None:
        """Wait until the file rests, and take it; returns when that is done, or it has gone."""
        begun = since = time.monotonic()
        while True:
            await asyncio.sleep(STEP_S)
            found = await self._asked(look, self._file)
            if found is None:
                return
            now = time.monotonic()
            if found != stamp:
                stamp, since = found, now
            restless = now - begun >= RESTLESS_S
            if (now - since >= STEP_S or restless) and await self._tried(stamp, since, restless=restless):
                return

    async def _tried(self, stamp: Stamp, since: float, *, restless: bool) -> bool:
        """Take what stands there; whether there is nothing more to be done for this stamp."""
        pause, patient = 0.0, time.monotonic() - since >= PATIENT_S
        if stamp == self._damaged and not patient:
            return False
        try:
            return await self._taken(stamp, since, restless=restless)
        except BadPictureError as error:
            self._damaged = stamp
            if patient:
                self._judge(stamp, "unreadable", unreadable(self._file, error))
                return True
        except LinkedFileError as error:  # it can be read, and somebody has to do something all the same
            self._judge(stamp, "unreadable", error)
            return True
        except ChangedMeanwhileError:  # whoever looks at the design says what that means
            pause = POLL_S
        except PackdeskError as error:  # a store that is away, a full disk: later it may be possible
            self._taker.tell("waiting", error)
            pause = self._retry_s = min(2 * self._retry_s, MOST_RETRY_S)
        await asyncio.sleep(pause)
        return False

    async def _taken(self, stamp: Stamp, since: float, *, restless: bool) -> bool:
        if self._taker.busy():
            self._taker.tell("waiting")
            return False
        read = self._read
        if read is None or read.stamp != stamp:
            read = self._read = await self._asked(self._reader, self._file)
        rested = time.monotonic() - since
        if read is None or not _may_be_decoded(read, stamp, rested, restless=restless):
            self._taker.tell("waiting")
            return False
        if not await self._taker.known(read):
            free = restless and kind_of(read.data) == PNG
            await self._taker.take(read, _nothing if free else partial(_rests, self._file, read.stamp, since))
            await self._asked(partial(_expect, read.data), self._file)
        self._judge(read.stamp, "followed")
        return True

    def _judge(self, stamp: Stamp, state: LinkState, error: PackdeskError | None = None) -> None:
        """This is what became of the file as it is now."""
        # By a clock of whole seconds it may be saved again in the second it was read in, unseen.
        coarse = stamp[1] % _SECOND_NS == 0 and stamp != self._known
        self._doubtful_until = time.monotonic() + PATIENT_S if coarse else 0.0
        self._known, self._verdict, self._retry_s = stamp, (state, error), RETRY_S
        self._taker.tell(state, error)

    async def _asked(self, work: Callable[[Path], T], file: Path) -> T:
        """The answer of a worker; meanwhile it is said that the drive is silent."""
        answer: asyncio.Future[Any] = asyncio.get_running_loop().run_in_executor(self._workers, work, file)
        while not (await asyncio.wait({answer}, timeout=SILENT_S))[0]:
            self._taker.tell("missing", silent(file))
        return answer.result()  # type: ignore[no-any-return]  # of the worker


def _may_be_decoded(read: ReadFile, stamp: Stamp, rested: float, *, restless: bool) -> bool:
    """Whether what was read is no half of a file, as far as that can be told before it is decoded."""
    if not seems_whole(read.data):
        return rested >= ENDLESS_S and read.stamp == stamp
    if kind_of(read.data) == PNG and restless:
        return True
    return read.stamp == stamp and (rested >= REST_S or has_end(read.data))


def _rests(file: Path, stamp: Stamp, since: float) -> None:
    """In a worker, when it is decoded: make sure that the file has rested long enough.

    Raises:
        ChangedMeanwhileError: it was saved again.
    """
    time.sleep(max(0.0, since + REST_S - time.monotonic()))
    if look(file) != stamp:
        raise ChangedMeanwhileError("The file was saved again meanwhile.")


def _expect(data: bytes, _file: Path) -> None:
    expect_another(data)


def _nothing() -> None:
    pass
