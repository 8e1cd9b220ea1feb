"""Changing the shared state: read, apply a pure function, commit if nobody was faster, else again."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING

from packdesk.domain.state import PackagingState, default_state
from packdesk.domain.wire import decode_state, encode_state
from packdesk.errors import StoreBusyError

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.store.base import StateStore

MAX_ATTEMPTS = 60
_CALM_ATTEMPTS = 3


def state_from(raw: bytes | None) -> PackagingState:
    """The state behind stored bytes; without any, the default design."""
    return default_state() if raw is None else decode_state(raw)


async def load_state(store: StateStore) -> PackagingState:
    """Read the current state off the event loop's thread."""
    return state_from(await asyncio.to_thread(store.load))


async def commit(store: StateStore, mutate: Callable[[PackagingState], PackagingState]) -> PackagingState:
    """Apply `mutate` to the current state and store the result; returns what stands then.

    The function is re-run on the newest state whenever another program was faster, so no edit of either side
    is lost. A mutation that returns its argument unchanged writes nothing.

    Raises:
        StoreBusyError: others were faster every time.
        PackdeskError: whatever `mutate` or the store raises; nothing is written then.
    """
    raw = await asyncio.to_thread(store.load)
    for attempt in range(MAX_ATTEMPTS):
        before = state_from(raw)
        after = mutate(before)
        if after is before:
            return before
        result = await asyncio.to_thread(store.commit, raw, encode_state(after))
        if result.committed:
            return after
        raw = result.current
        if attempt >= _CALM_ATTEMPTS:
            await asyncio.sleep(random.uniform(0, 0.002 * attempt))  # noqa: S311  (spreads writers, no secret)
    raise StoreBusyError("Other programs kept changing the design, so the edit was not saved.")
