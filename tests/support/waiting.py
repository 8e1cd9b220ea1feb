"""Waiting for a condition that no event tells of."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PROCESS_MS = 60_000
"""A process that draws must have begun and ended by then, also where others keep all cores busy."""


async def until(condition: Callable[[], object], seconds: float = 20.0) -> None:
    """Return as soon as the condition holds; fail when it never does."""
    async with asyncio.timeout(seconds):
        while not await asyncio.to_thread(condition):  # noqa: ASYNC110  (files and servers set no event)
            await asyncio.sleep(0.01)
