"""A limit of requests in a time: providers ask for a place before each one."""

from __future__ import annotations

from typing import Protocol


class Pace(Protocol):
    """Whoever knows when the next request may be sent."""

    async def wait(self) -> None:
        """Return when it may be."""
        ...


class NoPace:
    """At any time."""

    async def wait(self) -> None:
        """See `Pace.wait`."""
