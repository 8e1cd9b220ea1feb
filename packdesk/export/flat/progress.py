"""Telling how far a long export is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.stopping import check_wanted

if TYPE_CHECKING:
    from collections.abc import Callable

    Listener = Callable[[int, int], None]
    """Called with how many steps of how many are done."""


def silent(_done: int, _total: int) -> None:
    """Tell nobody."""


class Steps:
    """Counts steps aloud."""

    def __init__(self, listener: Listener, total: int) -> None:
        self.total = total
        self._listener = listener
        self._done = 0

    def step(self) -> None:
        """One more is done; raises `StoppedError` where that was not the last and nobody wants the rest."""
        self._done += 1
        if self._done < self.total:
            check_wanted()
        self._listener(self._done, self.total)
