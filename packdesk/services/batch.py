"""One running generation: what was asked, what came of it so far, and how long it will still take."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from packdesk.sentence import Sentence, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from packdesk.domain.order import GenerationOrder
    from packdesk.domain.request import PanelRequest
    from packdesk.domain.state import PackagingState, PanelTexture
    from packdesk.errors import Way
    from packdesk.store.job_records import RunningJob

    ProgressListener = Callable[["Progress"], None]


@dataclass(frozen=True)
class Progress:
    """One panel was started, finished, or failed.

    Attributes:
        panel_id: the panel.
        finished: its picture is made (and not yet committed).
        error: why it failed, or None.
        done: how many panels of the batch are finished or failed.
        total: how many there are.
        note: what else is worth knowing, such as that the store is being waited for.
        left_s: seconds until the whole batch is probably done, once that can be judged.
        panel_left_s: the same for this panel.
        texture_url: where its finished picture lies, to be shown before it is committed; empty without one.
    """

    panel_id: str
    finished: bool
    error: str | None
    done: int
    total: int
    note: str = ""
    left_s: float | None = None
    panel_left_s: float | None = None
    texture_url: str = ""


@dataclass(frozen=True)
class GenerationOutcome:
    """What became of a generation.

    Attributes:
        order: what was asked for.
        before: the state its pictures were put on.
        state: the state then.
        finished: the panels that got a picture.
        failures: why the others did not.
        ways: what can be done about that at once.
        notes: sentences about what the pictures do not show as it was said.
    """

    order: GenerationOrder
    before: PackagingState
    state: PackagingState
    finished: tuple[str, ...]
    failures: Mapping[str, str] = field(default_factory=dict)
    ways: tuple[Way, ...] = ()
    notes: tuple[str, ...] = ()


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


@dataclass
class Batch:
    """One running generation.

    Attributes:
        panel_ids: all panels, also those an earlier, interrupted run has finished.
        requests: what the provider is still asked for.
        job: its record on disk.
        listener: is called with each `Progress`.
        pace: how fast it goes.
        textures: what is finished, by panel.
        failures: why panels failed.
        ways: what can be done about that at once, each once.
        notes: by panel, what its picture does not show as it was said.
        bars: whether one of the pictures made here has a barcode.
    """

    panel_ids: Sequence[str]
    requests: Sequence[PanelRequest]
    job: RunningJob
    listener: ProgressListener
    pace: Pace
    textures: dict[str, PanelTexture] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    ways: dict[Way, None] = field(default_factory=dict)
    notes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    bars: bool = False

    def in_panel_order(self) -> dict[str, PanelTexture]:
        """The successes in the order they were asked for, not in the order they came."""
        return {panel_id: self.textures[panel_id] for panel_id in self.panel_ids if panel_id in self.textures}

    def failures_in_panel_order(self) -> dict[str, str]:
        """Likewise what failed."""
        return {panel_id: self.failures[panel_id] for panel_id in self.panel_ids if panel_id in self.failures}

    def begin(self, panel_id: str) -> None:
        """A panel is in work."""
        self.pace.begin(panel_id)
        self.report(panel_id)

    def end(self, panel_id: str) -> None:
        """A panel is finished or has failed."""
        self.pace.end(panel_id)
        self.report(panel_id)

    def report(self, panel_id: str, note: str = "") -> None:
        """Report how far the panel is."""
        self.listener(
            Progress(
                panel_id=panel_id,
                finished=panel_id in self.textures,
                error=self.failures.get(panel_id),
                done=len(self.textures) + len(self.failures),
                total=len(self.panel_ids),
                note=note,
                left_s=self.pace.left_s(),
                panel_left_s=self.pace.panel_left_s(panel_id),
                texture_url=self.textures[panel_id].texture_url if panel_id in self.textures else "",
            )
        )


def failure_sentence(failures: Mapping[str, str], total: int) -> str | None:
    """One sentence naming the failed panels and their reasons, or None when all went well."""
    if not failures:
        return None
    reasons = list(dict.fromkeys(failures.values()))
    if len(reasons) == 1:
        named = ", ".join(failures)
        return Sentence(
            "No artwork for {panels} ({count} of {total}): {reason}",
            panels=named,
            count=len(failures),
            total=total,
            reason=reasons[0],
        )
    each = joined(
        *(
            Sentence("{panel}: {reason}", panel=panel_id, reason=reason)
            for panel_id, reason in failures.items()
        )
    )
    return Sentence(
        "No artwork for {count} of {total} panels. {reasons}", count=len(failures), total=total, reasons=each
    )
