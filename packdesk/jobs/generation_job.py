"""The one generation this window may be running."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping
    from pathlib import Path

    from packdesk.errors import PackdeskError
    from packdesk.jobs.calls import Call, Calls
    from packdesk.services.bundle import Services
    from packdesk.services.progress import GenerationOutcome, Progress


@dataclass(frozen=True)
class JobView:
    """What the window shows of a running generation.

    Attributes:
        running: this window is generating.
        panels: standing of each panel that was begun: `working`, `finished` or `failed`.
        done: panels finished or failed.
        total: panels asked for; 0 until known.
        left_s: seconds until all are probably done, as far as that can be judged, told at `told_at`.
        told_at: when that was (seconds of `time.monotonic`).
        failures: why panels of the last generation got no artwork, until the next one starts.
    """

    running: bool = False
    panels: Mapping[str, str] = field(default_factory=dict)
    done: int = 0
    total: int = 0
    left_s: float | None = None
    told_at: float = 0
    failures: Mapping[str, str] = field(default_factory=dict)


class GenerationJob(QObject):
    """Starts, follows and cancels one generation on the loop thread.

    The end is told while `view` still says running, so that whoever keeps the state can bring it up to date
    before anybody is shown a state without its generation.

    Signals:
        changed: a new `JobView`.
        finished: the `GenerationOutcome`.
        failed: the `PackdeskError` that ended it.
        cancelled: it was cancelled.
    """

    changed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    _progressed = Signal(object)

    def __init__(self, calls: Calls, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls = calls
        self._service = services.generation
        self._unfinished = services.unfinished
        self._call: Call | None = None
        self.view = JobView()
        self._progressed.connect(self._on_progress)

    def start_one(self, panel_id: str, prompt: str, reference: Path | None = None) -> None:
        """Generate one panel."""
        self._start(self._service.generate(panel_id, prompt, self._progressed.emit, reference))

    def start_all(
        self, prompt: str, reference: Path | None = None, panel_ids: tuple[str, ...] | None = None
    ) -> None:
        """Generate all panels, or the named ones."""
        self._start(self._service.generate_all(prompt, panel_ids, self._progressed.emit, reference))

    def resume(self, job_id: str) -> None:
        """Continue an interrupted job."""
        self._start(self._unfinished.resume(job_id, self._progressed.emit))

    def cancel(self) -> None:
        """Stop the running generation; nothing of it is committed."""
        if self._call is not None:
            self._call.cancel()

    def forget_failures(self) -> None:
        """What failed last is outdated: the design was changed by other means."""
        if self.view.failures:
            self._show(replace(self.view, failures={}))

    def _start(self, work: Coroutine[Any, Any, GenerationOutcome]) -> None:
        if self.view.running:
            work.close()
            return
        self._show(JobView(running=True))
        self._call = self._calls.start(work, self._on_finished, self._on_failed, self._on_cancelled)

    def _show(self, view: JobView) -> None:
        self.view = view
        self.changed.emit(view)

    @Slot(object)
    def _on_progress(self, progress: Progress) -> None:
        if not self.view.running:
            return
        standing = "failed" if progress.error else "finished" if progress.finished else "working"
        panels = {**self.view.panels, progress.panel_id: standing}
        self._show(
            replace(
                self.view,
                panels=panels,
                done=progress.done,
                total=progress.total,
                left_s=progress.left_s,
                told_at=time.monotonic(),
            )
        )

    def _on_finished(self, outcome: GenerationOutcome) -> None:
        self.finished.emit(outcome)
        self._end(outcome.failures)

    def _on_failed(self, error: PackdeskError) -> None:
        self.failed.emit(error)
        self._end()

    def _on_cancelled(self) -> None:
        self.cancelled.emit()
        self._end()

    def _end(self, failures: Mapping[str, str] | None = None) -> None:
        self._call = None
        self._show(JobView(failures=failures or {}))
