"""Retries after transient faults within one deadline, with the pauses the service asks for.

The client's own retries ignore Retry-After and RetryInfo, and do not repeat broken connections.
"""

from __future__ import annotations

import asyncio
import logging
import random
from typing import TYPE_CHECKING, TypeVar

from packdesk.errors import (
    BrokenAnswerError,
    GenerationFailedError,
    GenerationTimeoutError,
    TryLaterError,
)
from packdesk.generation.gemini import faults

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

T = TypeVar("T")

# A broken answer may have been paid for, so it is asked for once more only.
ATTEMPTS: dict[type[GenerationFailedError], int] = {
    TryLaterError: 4,
    GenerationTimeoutError: 2,
    BrokenAnswerError: 2,
}
FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 20.0
_log = logging.getLogger(__name__)


async def with_retries(ask: Callable[[], Awaitable[T]], deadline_s: float) -> T:
    """Await `ask()` with retries.

    Raises:
        GenerationTimeoutError: the deadline passed.
        GenerationFailedError: what the last attempt met.
    """
    clock = asyncio.get_running_loop().time
    end = clock() + deadline_s
    try:
        async with asyncio.timeout_at(end):
            return await _attempts(ask, lambda: end - clock())
    except TimeoutError:
        pass
    raise faults.timed_out(deadline_s)


async def _attempts(ask: Callable[[], Awaitable[T]], left_s: Callable[[], float]) -> T:
    attempt = 0
    while True:
        attempt += 1
        try:
            return await ask()
        except GenerationFailedError as error:
            pause = _pause(error, attempt)
            if pause is None or pause >= left_s():
                raise
            _log.info("Asking again in %.1f s: %s", pause, error.sentence)
        await asyncio.sleep(pause)


def _pause(error: GenerationFailedError, attempt: int) -> float | None:
    """Seconds before the next attempt; None when there is none."""
    if attempt >= ATTEMPTS.get(type(error), 1):
        return None
    asked = error.after_s if isinstance(error, TryLaterError) else None
    if asked is not None:  # never sooner, and not all panels at the same moment
        return asked + random.uniform(0, FIRST_PAUSE_S)  # noqa: S311
    doubled: float = FIRST_PAUSE_S * 2 ** (attempt - 1)
    return min(LONGEST_PAUSE_S, doubled) * random.uniform(0.7, 1.3)  # noqa: S311
