"""Artwork from the prompt alone, without key, server or network: painted in threads or in processes."""

from __future__ import annotations

import asyncio
import itertools
import os
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from packdesk.errors import GenerationFailedError
from packdesk.generation.base import ProviderProfile
from packdesk.generation.offline.carrying import words_on
from packdesk.processes import own_processes
from packdesk.textures.check import CleanPicture, clean_picture
from packdesk.textures.qt_process import begin

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.sharedctypes import SynchronizedArray

    from PySide6.QtGui import QGuiApplication

    from packdesk.domain.request import PanelRequest
    from packdesk.generation.base import Estimate

_POLITENESS = 10  # added to the processes' nice value: the window comes first
_TICKETS = 256  # far more than panels are ever painted at the same time


class PanelWorkers(Protocol):
    """Where the offline provider's panels are painted."""

    async def paint(self, request: PanelRequest) -> CleanPicture:
        """Paint one panel; cancelling stops the painting between two motifs."""
        ...

    async def aclose(self) -> None:
        """Stop the workers; they start again on demand."""
        ...


class ThreadWorkers:
    """Paint in this process. Needs a QGuiApplication."""

    async def paint(self, request: PanelRequest) -> CleanPicture:
        """See `PanelWorkers.paint`."""
        stop = threading.Event()
        try:
            return await asyncio.to_thread(_painted, request, stop.is_set)
        finally:
            stop.set()  # when cancelled, the thread is still painting

    async def aclose(self) -> None:
        """See `PanelWorkers.aclose`: nothing is open."""


class ProcessWorkers:
    """Paint in processes of their own, so that a window beside them never waits for the interpreter.

    They start with the first panel, are less urgent than this process, and end with it, however it ends.

    Args:
        count: of processes, and so of panels painted at the same time; one core is left to the window.
    """

    def __init__(self, count: int) -> None:
        self._count = max(1, min(count, (os.cpu_count() or 1) - 1))
        self._tickets = itertools.cycle(range(_TICKETS))
        self._stopped: SynchronizedArray[int] | None = None
        self._pool: ProcessPoolExecutor | None = None

    async def paint(self, request: PanelRequest) -> CleanPicture:
        """See `PanelWorkers.paint`.

        Raises:
            GenerationFailedError: the process ended.
        """
        pool, stopped = self._started()
        ticket = next(self._tickets)
        stopped[ticket] = 0
        try:
            return await asyncio.wrap_future(pool.submit(_paint_in_worker, request, ticket))
        except BrokenProcessPool as error:
            self._pool = None
            raise GenerationFailedError("Painting stopped unexpectedly.", "Try again.") from error
        finally:
            stopped[ticket] = 1  # when cancelled, the process is still painting

    async def aclose(self) -> None:
        """See `PanelWorkers.aclose`."""
        pool, self._pool = self._pool, None
        if pool:
            pool.shutdown(wait=False, cancel_futures=True)

    def _started(self) -> tuple[ProcessPoolExecutor, SynchronizedArray[int]]:
        context = own_processes()
        if self._stopped is None:
            self._stopped = context.Array("b", _TICKETS)
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._count, context, initializer=_set_up, initargs=(self._stopped,)
            )
        return self._pool, self._stopped


def _painted(request: PanelRequest, cancelled: Callable[[], bool]) -> CleanPicture:
    # Many modules, and a window starts without them.
    if request.change is not None:
        from packdesk.generation.offline.recolouring import recoloured  # noqa: PLC0415  (likewise)

        return recoloured(request.change, request.prompt)
    from packdesk.generation.offline.panels import paint_and_tell  # noqa: PLC0415  (see above)

    painted = paint_and_tell(request, cancelled)
    return replace(clean_picture(painted.png), notes=painted.notes, bars=painted.bars)


_worker: tuple[QGuiApplication, SynchronizedArray[int]] | None = None
"""Of a worker process: its application, and which tickets are cancelled."""


def _set_up(stopped: SynchronizedArray[int]) -> None:
    global _worker  # noqa: PLW0603  (the only state a process of a pool can have)
    _worker = begin(_POLITENESS), stopped


def _paint_in_worker(request: PanelRequest, ticket: int) -> CleanPicture:
    assert _worker is not None  # `_set_up` came first
    _, stopped = _worker
    return _painted(request, lambda: bool(stopped[ticket]))


class OfflineProvider:
    """Paints packaging artwork deterministically. Implements `packdesk.generation.base.Provider`."""

    profile = ProviderProfile("offline", draws_barcodes=True, words_on=words_on)

    def __init__(self, workers: PanelWorkers | None = None) -> None:
        """Paint in the given workers, by default threads."""
        self._workers = workers or ThreadWorkers()

    async def prepare(self) -> None:
        """See `Provider.prepare`: nothing is needed."""

    def estimate(self, requests: Sequence[PanelRequest]) -> Estimate | None:
        """See `Provider.estimate`: painting is free."""
        del requests
        return None

    async def aclose(self) -> None:
        """See `Provider.aclose`."""
        await self._workers.aclose()

    async def generate(self, request: PanelRequest) -> CleanPicture:
        """Return the panel's artwork at its exact size. Cancelling stops the painting between two motifs.

        Raises:
            GenerationFailedError: there is not enough memory, or the typefaces are missing.
            DisplayError: there is no QGuiApplication.
        """
        try:
            return await self._workers.paint(request)
        except MemoryError as error:
            raise GenerationFailedError(
                "There is not enough memory for the picture.", "Use a lower resolution."
            ) from error
