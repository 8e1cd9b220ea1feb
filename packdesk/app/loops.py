"""An event loop for what runs until it is asked to end."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Coroutine


def run_to_end(work: Coroutine[Any, Any, None], *, generators: bool = True) -> None:
    """As `asyncio.run`, which would wait for every thread, also for a decoder that nothing interrupts.

    Args:
        work: what runs.
        generators: whether those still open are ended, which one that waits in a thread cannot be.
    """
    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(work)
        if generators:
            loop.run_until_complete(loop.shutdown_asyncgens())
    finally:
        loop.close()
