"""One running generation: what was asked, and what came of it so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from packdesk.services.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from packdesk.domain.request import PanelRequest
    from packdesk.domain.state import PanelTexture
    from packdesk.services.pace import Pace
    from packdesk.store.job_records import RunningJob

    ProgressListener = Callable[[Progress], None]


@dataclass
class Batch:
    """One running generation.

    Attributes:
        panel_ids: all panels, also those an earlier, interrupted run has finished.
        requests: what the provider is still asked for.
        job: its record on disk.
        listener: who is told.
        pace: how fast it goes.
        textures: what is finished, by panel.
        failures: why panels failed.
    """

    panel_ids: Sequence[str]
    requests: Sequence[PanelRequest]
    job: RunningJob
    listener: ProgressListener
    pace: Pace
    textures: dict[str, PanelTexture] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)

    def in_panel_order(self) -> dict[str, PanelTexture]:
        """The successes in the order they were asked for, not in the order they came."""
        return {panel_id: self.textures[panel_id] for panel_id in self.panel_ids if panel_id in self.textures}

    def failures_in_panel_order(self) -> dict[str, str]:
        """Likewise what failed."""
        return {panel_id: self.failures[panel_id] for panel_id in self.panel_ids if panel_id in self.failures}

    def begin(self, panel_id: str) -> None:
        """A panel is in work."""
        self.pace.begin(panel_id)
        self.tell(panel_id)

    def end(self, panel_id: str) -> None:
        """A panel is finished or has failed."""
        self.pace.end(panel_id)
        self.tell(panel_id)

    def tell(self, panel_id: str, note: str = "") -> None:
        """Report the panel's present standing."""
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
            )
        )
