"""Paid requests, counted before they leave and settled when the answer comes."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Protocol

from packdesk.errors import GenerationFailedError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from packdesk.domain.spending import Billing, Purchase


class Meter(Protocol):
    """Where purchases are written down; both calls may block on a disk."""

    def open(self, purchase: Purchase) -> str:
        """Count a picture that will be asked for, and return the ticket to settle it with.

        Raises:
            AccountRefusedError: it must not be paid for.
        """
        ...

    def close(self, ticket: str, billing: Billing) -> None:
        """Say what became of it; never raises for the disk."""
        ...


class NoMeter:
    """Counts nothing."""

    def open(self, purchase: Purchase) -> str:
        """See `Meter.open`."""
        del purchase
        return ""

    def close(self, ticket: str, billing: Billing) -> None:
        """See `Meter.close`."""


@contextlib.asynccontextmanager
async def metered(meter: Meter, purchase: Purchase) -> AsyncIterator[None]:
    """Around one paid request; a failure says itself whether it was billed, a cancelled one may have been.

    Raises:
        AccountRefusedError: it must not be paid for; the block is not entered.
    """
    ticket = await _opened(meter, purchase)
    billing: Billing = "perhaps"
    try:
        yield
        billing = "picture"
    except GenerationFailedError as error:
        billing = error.billing
        raise
    finally:
        await asyncio.shield(asyncio.to_thread(meter.close, ticket, billing))


async def _opened(meter: Meter, purchase: Purchase) -> str:
    opening = asyncio.ensure_future(asyncio.to_thread(meter.open, purchase))
    try:
        return await asyncio.shield(opening)
    except asyncio.CancelledError:
        # The thread goes on writing: nothing was asked for, so what it writes is taken out again.
        await asyncio.wait([opening])
        if opening.exception() is None:
            await asyncio.to_thread(meter.close, opening.result(), "none")
        raise
