"""How long a running generation will still take, judged by the panels that are done."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Pace:
    """Watches panels begin and end. Without a finished panel it knows nothing.

    Args:
        total: panels of the generation.
        parallel: how many are made at the same time.
        clock: seconds that only grow.
    """

    def __init__(self, total: int, parallel: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._left = total
        self._parallel = parallel
        self._clock = clock
        self._begun: dict[str, float] = {}
        self._took: list[float] = []

    def begin(self, panel_id: str) -> None:
        """A panel is in work."""
        self._begun[panel_id] = self._clock()

    def end(self, panel_id: str) -> None:
        """A panel is finished or has failed."""
        self._took.append(self._clock() - self._begun.pop(panel_id))
        self._left -= 1

    def panel_left_s(self, panel_id: str) -> float | None:
        """Seconds until a panel in work is probably done."""
        if not self._took or panel_id not in self._begun:
            return None
        return max(0.0, statistics.fmean(self._took) - (self._clock() - self._begun[panel_id]))

    def left_s(self) -> float | None:
        """Seconds until all are probably done."""
        if not self._took:
            return None
        running = [self.panel_left_s(panel_id) or 0.0 for panel_id in self._begun]
        waiting = (self._left - len(running)) * statistics.fmean(self._took)
        at_once = max(1, min(self._parallel, self._left))
        return max([(sum(running) + waiting) / at_once, *running])
