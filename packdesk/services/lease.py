"""Who holds the lease of a generation, and clearing up after a holder that died."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import socket
import time
import uuid
from typing import TYPE_CHECKING, Any

from packdesk.domain import transitions
from packdesk.domain.state import utc_text
from packdesk.errors import (
    GenerationBusyError,
    GenerationSupersededError,
    PackdeskError,
    StoreRefusedError,
    StoreUnavailableError,
)
from packdesk.sentence import Sentence
from packdesk.store.base import LEASE_MS, LeaseStep, Verdict, holder_in

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from packdesk.domain.state import PackagingState
    from packdesk.services.shared_state import Mutation, SharedState
    from packdesk.store.base import StoreStatus, WriteResult

RENEW_S = LEASE_MS / 3000
RETRY_S = 1.0
PATIENCE_S = 600.0
SUPERSEDED = Sentence(
    "Another generation took over while this one was suspended, so its result was not written."
)


def new_record(job_id: str) -> str:
    """The lease record of this process for one job: JSON that names it, and differs each time."""
    return json.dumps(
        {
            "program": "packdesk",
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "job": job_id,
            "started_at": utc_text(),
            "token": uuid.uuid4().hex,
        }
    )


def busy_sentence(record: str) -> str:
    """That somebody is generating, and who, as far as the record tells."""
    holder = holder_in(record)
    if holder is None:
        return Sentence("Artwork is already being generated for this design.")
    return Sentence(
        "Artwork is already being generated for this design by packdesk on {host} (process {pid}).",
        host=holder.host[:60],
        pid=holder.pid,
    )


_log = logging.getLogger(__name__)


async def clear_dead_generation(shared: SharedState, status: StoreStatus | None = None) -> bool:
    """Clear the flags of a generation whose program died, and say so in `last_error`.

    Args:
        shared: the design.
        status: of its store, where that is known.

    Returns:
        Whether it was done: False when there is none, it lives, somebody else was first, or nothing may be
        written.
    """
    status = status or await shared.status()
    if status.lease_ms or not status.record:
        return False
    now = utc_text()
    with contextlib.suppress(StoreUnavailableError):
        _, result = await shared.commit_with_lease(
            lambda state: transitions.fail(state, transitions.INTERRUPTED, now),
            LeaseStep.RECOVER,
            status.record,
        )
        return result.verdict is Verdict.WRITTEN
    return False


class GenerationLease:
    """The lease of one running generation: taken with the flags, renewed, given back with the result.

    A lease that ran out while nobody else took one is still good: only a newer fencing token ends it.
    """

    def __init__(self, shared: SharedState, record: str, token: int) -> None:
        self._shared = shared
        self._record = record
        self._token = token

    @classmethod
    async def take(
        cls, shared: SharedState, job_id: str, begin: Mutation
    ) -> tuple[GenerationLease, PackagingState]:
        """Take the lease and set the flags in one write; a dead holder is cleared up first.

        Raises:
            GenerationBusyError: somebody is generating.
        """
        await clear_dead_generation(shared)
        record = new_record(job_id)
        taking = asyncio.ensure_future(shared.commit_with_lease(begin, LeaseStep.TAKE, record))
        try:
            state, result = await asyncio.shield(taking)
        except asyncio.CancelledError:
            await cls._give_up(shared, record, taking)
            raise
        if result.verdict is not Verdict.WRITTEN:
            raise GenerationBusyError(busy_sentence(result.record))
        return cls(shared, record, result.fencing_token), state

    @classmethod
    async def _give_up(
        cls, shared: SharedState, record: str, taking: asyncio.Future[tuple[PackagingState, WriteResult]]
    ) -> None:
        """Cancelled while the write was on its way: it may have landed, and then the flags stand."""
        with contextlib.suppress(PackdeskError):
            _, result = await taking
            if result.verdict is Verdict.WRITTEN:
                await cls(shared, record, result.fencing_token).end(None)

    async def while_held(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work`, renewing the lease beside it.

        Raises:
            GenerationSupersededError: a newer generation took over; the work is cancelled.
        """
        working, renewing = asyncio.ensure_future(work), asyncio.ensure_future(self._keep())
        try:
            await asyncio.wait({working, renewing}, return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                await working
                return
            await renewing
        finally:
            await _ended(working, renewing)

    async def commit(self, finish: Mutation, waiting: Callable[[], None]) -> PackagingState:
        """Write the result and give the lease back, in one step.

        While the store does not answer, waits for it (`waiting` is called once) for up to `PATIENCE_S`.

        Raises:
            GenerationSupersededError: a newer generation took over; its result stands.
        """
        give_up, reported = time.monotonic() + PATIENCE_S, False
        while True:
            try:
                state, result = await self._written(finish)
            except StoreRefusedError:
                raise
            except StoreUnavailableError:
                if time.monotonic() > give_up:
                    raise
                if not reported:
                    waiting()
                reported = True
                await asyncio.sleep(RETRY_S)
                continue
            if result.verdict is not Verdict.WRITTEN:
                raise GenerationSupersededError(SUPERSEDED)
            return state

    async def _written(self, finish: Mutation) -> tuple[PackagingState, WriteResult]:
        """One attempt to write. A cancel that comes while it is on its way is too late if it landed."""
        attempt = asyncio.ensure_future(
            self._shared.commit_with_lease(finish, LeaseStep.END, self._record, self._token)
        )
        try:
            return await asyncio.shield(attempt)
        except asyncio.CancelledError:
            with contextlib.suppress(PackdeskError):
                state, result = await attempt
                if result.verdict is Verdict.WRITTEN:
                    return state, result
            raise

    async def end(self, error: str | None) -> None:
        """Clear the flags and give the lease back without a result, if that is still ours to do."""
        now = utc_text()
        try:
            await self._shared.commit_with_lease(
                lambda state: transitions.fail(state, error, now),
                LeaseStep.END,
                self._record,
                self._token,
            )
        except StoreUnavailableError as problem:
            # Nobody renews from now on: whoever sees the store next clears up after us.
            _log.warning("The lease could not be given back: %s", problem.sentence)

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(RENEW_S)
            with contextlib.suppress(StoreUnavailableError):  # the next renewal tells
                if await self._shared.renew(self._record):
                    continue
                if (await self._shared.status()).record:
                    raise GenerationSupersededError(SUPERSEDED)


async def _ended(*tasks: asyncio.Future[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
