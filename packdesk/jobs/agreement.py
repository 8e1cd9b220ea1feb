"""Asks once a session before a provider that costs something is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from packdesk.errors import PackdeskError
    from packdesk.generation.base import Estimate
    from packdesk.jobs.calls import Calls
    from packdesk.services.generation import GenerationService


class PaidAgreement(QObject):
    """Holds an action back until the user has agreed to what it will cost.

    Signals:
        asked: the `Estimate` the user shall agree to; answered by `agree` or `decline`.
        failed: why it cannot be estimated, and so not be begun.
    """

    asked = Signal(object)
    failed = Signal(object)

    def __init__(self, calls: Calls, generation: GenerationService, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls = calls
        self._generation = generation
        self._agreed = False
        self._waiting: Callable[[], None] | None = None

    def before(self, action: Callable[[], None], panel_ids: Sequence[str] | None = None) -> None:
        """Run `action` now if it is free or agreed to, else after the user's answer; one waits at a time."""
        if self._agreed or not self._generation.paid:
            action()
        elif self._waiting is None:
            self._waiting = action
            self._calls.start(
                self._generation.estimate(panel_ids), self._on_estimate, self._on_failed, self.decline
            )

    def agree(self) -> None:
        """Go ahead, now and for the rest of the session."""
        action, self._waiting = self._waiting, None
        self._agreed = True
        if action is not None:
            action()

    def decline(self) -> None:
        """Forget what waits."""
        self._waiting = None

    def forget(self) -> None:
        """Ask again the next time: who makes the pictures has changed."""
        self._agreed = False
        self._waiting = None

    def _on_estimate(self, estimate: Estimate | None) -> None:
        if self._waiting is None:
            return
        if estimate is None:  # another provider was chosen meanwhile
            action, self._waiting = self._waiting, None
            action()
            return
        self.asked.emit(estimate)

    def _on_failed(self, error: PackdeskError) -> None:
        self._waiting = None
        self.failed.emit(error)
