"""What the session has to say, put into messages with a way on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from packdesk.errors import DisplayError, ForeignDocumentError, UnexpectedError
from packdesk.ui.cost_question import cost_question
from packdesk.ui.parts import shortened
from packdesk.ui.wording import panel_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from packdesk.errors import PackdeskError
    from packdesk.generation.base import Estimate
    from packdesk.jobs.exporting import Exported
    from packdesk.jobs.session import Session
    from packdesk.services.progress import GenerationOutcome
    from packdesk.store.job_records import JobRecord
    from packdesk.ui.message_bar import MessageBar

PROMPT_LENGTH = 60


class News(QObject):
    """Listens to the session and fills the message bar.

    Signals:
        retry_wanted: have the panels that failed made again; their ids.
        details_wanted: show the log.
    """

    retry_wanted = Signal(object)
    details_wanted = Signal()

    def __init__(self, session: Session, messages: MessageBar, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._messages = messages
        self._told_error: str | None = None
        artwork = session.artwork
        session.failed.connect(self._on_failed)
        session.state_changed.connect(self._tell_last_error)
        artwork.generated.connect(self._on_generated)
        artwork.unfinished_found.connect(self._offer_unfinished)
        artwork.saved.connect(self._on_saved)
        artwork.agreement.asked.connect(self._ask_agreement)
        artwork.job.changed.connect(self._on_job)

    @Slot(object)
    def _on_failed(self, error: PackdeskError) -> None:
        actions: list[tuple[str, Callable[[], None]]] = []
        if isinstance(error, ForeignDocumentError):
            actions.append((self.tr("Move it aside, start anew"), self._session.reset))
        if isinstance(error, UnexpectedError):
            actions.append((self.tr("Details"), self.details_wanted.emit))
        self._messages.show_error(error, actions)

    @Slot(str)
    def tell_draw_failure(self, reason: str) -> None:
        """Nothing can be drawn in 3D."""
        self._messages.show_error(DisplayError(reason))

    @Slot(object)
    def _on_generated(self, outcome: GenerationOutcome) -> None:
        if not outcome.failures:
            self._messages.clear()
            return
        panels, count = tuple(outcome.failures), len(outcome.failures)
        retry = self.tr("Retry") if count == 1 else self.tr("Retry the {0} failed").format(count)
        self._told_error = outcome.state.last_error
        self._messages.show_text(
            outcome.state.last_error or "",
            kind="error",
            actions=((retry, partial(self.retry_wanted.emit, panels)),),
        )

    @Slot(object)
    def _tell_last_error(self, state: object) -> None:
        # What the state says went wrong, here or in another program, is told once.
        error: str | None = getattr(state, "last_error", None)
        if error != self._told_error:
            self._told_error = error
            if error and not self._session.artwork.job.view.running:
                self._messages.show_text(error, kind="error")

    @Slot(object)
    def _offer_unfinished(self, jobs: list[JobRecord]) -> None:
        # The newest first; the others are offered when it is settled, at the next start.
        job, artwork = jobs[-1], self._session.artwork
        done, wanted = len(job.textures), len(job.panel_ids)
        prompt = shortened(job.prompt, PROMPT_LENGTH)
        self._messages.show_text(
            self.tr("{0} of {1} panels are done from “{2}”.").format(done, wanted, prompt),
            actions=(
                (self.tr("Continue"), partial(artwork.resume_job, job.id)),
                (self.tr("Apply the {0}").format(done), partial(artwork.apply_job, job.id)),
                (self.tr("Discard"), partial(artwork.discard_job, job.id)),
            ),
        )

    @Slot(object)
    def _on_saved(self, file: Path) -> None:
        self._tell_saved(self.tr("Saved as {0}.").format(file), file)

    def tell_exported(self, exported: Exported) -> None:
        """A file was written, perhaps without some of the artwork."""
        if not exported.missing:
            self._on_saved(exported.target)
            return
        panels = ", ".join(panel_name(panel_id) for panel_id in exported.missing)
        text = self.tr("Saved as {0}, but without artwork on: {1}.").format(exported.target, panels)
        why = next(iter(exported.missing.values())).full_text()
        self._tell_saved(f"{text} {why}", exported.target, kind="error")

    def _tell_saved(self, text: str, file: Path, kind: str = "info") -> None:
        folder = QUrl.fromLocalFile(str(file.absolute().parent))
        show = (self.tr("Show in folder"), partial(_open, folder))
        self._messages.show_text(text, kind=kind, actions=(show,))

    @Slot(object)
    def _ask_agreement(self, estimate: Estimate) -> None:
        agreement = self._session.artwork.agreement
        window = self.parent()
        question = cost_question(window, estimate)  # type: ignore[arg-type]  # a QWidget, see __init__
        question.accepted.connect(agreement.agree)
        question.rejected.connect(agreement.decline)
        question.open()

    @Slot(object)
    def _on_job(self, _view: object) -> None:
        view = self._session.artwork.job.view
        if view.running and not view.panels:
            self._messages.clear()  # a new attempt outdates what was said of the last


def _open(folder: QUrl) -> None:
    QDesktopServices.openUrl(folder)
