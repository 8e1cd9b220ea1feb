"""What interrupted or cancelled generations have left, offered and settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from packdesk.domain.state import PackagingState
    from packdesk.errors import PackdeskError
    from packdesk.jobs.calls import Calls
    from packdesk.services.unfinished import UnfinishedService
    from packdesk.store.job_records import JobRecord


class UnfinishedJobs(QObject):
    """Looks for such jobs, applies or discards them; continuing one is a generation.

    Signals:
        found: jobs with finished pictures, a list of `JobRecord`, empty when none is left.
        applied: the state after the pictures of one were put on their panels.
        failed: a `PackdeskError`.
    """

    found = Signal(object)
    applied = Signal(object)
    failed = Signal(object)

    def __init__(self, calls: Calls, service: UnfinishedService, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls = calls
        self._service = service

    def look(self) -> None:
        """Tell of them."""
        self._calls.start(self._service.list(), self._on_list, self._fail)

    def apply(self, job_id: str) -> None:
        """Put the finished pictures of one on their panels."""
        self._calls.start(self._service.apply(job_id), self._on_applied, self._on_not_done)

    def discard(self, job_id: str) -> None:
        """Forget one."""
        self._calls.start(self._service.discard(job_id), self._on_discarded, self._on_not_done)

    def _on_list(self, jobs: list[JobRecord]) -> None:
        self.found.emit(jobs)

    def _on_applied(self, state: PackagingState) -> None:
        self.applied.emit(state)
        self.look()

    def _on_discarded(self, _: None) -> None:
        self.look()

    def _on_not_done(self, error: PackdeskError) -> None:
        self.failed.emit(error)
        self.look()  # it is offered still

    def _fail(self, error: PackdeskError) -> None:
        self.failed.emit(error)
