"""An event loop for what runs until it is asked to end."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Coroutine


def run_to_end(work: Coroutine[Any, Any, None]) -> None:
    """As `asyncio.run`, which would wait for every thread, also for a decoder that nothing interrupts."""
    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(work)
        loop.run_until_complete(loop.shutdown_asyncgens())
    finally:
        loop.close()
