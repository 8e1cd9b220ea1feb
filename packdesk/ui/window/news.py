"""What the session has to say, put into messages with a way on."""

from __future__ import annotations

import hashlib
import logging
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from packdesk.domain.text import cut
from packdesk.domain.transitions import CHANGED_MEANWHILE, INTERRUPTED
from packdesk.errors import (
    AnswerError,
    BadPictureError,
    BundleError,
    ChangedMeanwhileError,
    DisplayError,
    ForeignDocumentError,
    GenerationBusyError,
    GenerationFailedError,
    InvalidInputError,
    NotPossibleError,
    PackageChangedError,
    SharingError,
    StoreUnavailableError,
    TextureUnavailableError,
    UnexpectedError,
    Way,
)
from packdesk.jobs.opening import REFUSED
from packdesk.ui.spoken import spoken
from packdesk.ui.window.questions import cost_question
from packdesk.ui.window.saved import exported_words, saved_words, show_folder
from packdesk.ui.window.ways import Ways
from packdesk.ui.wording import panel_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from packdesk.domain.change import DesignChange
    from packdesk.domain.state import PackagingState
    from packdesk.errors import PackdeskError
    from packdesk.generation.base import Estimate
    from packdesk.jobs.exporting import Exported
    from packdesk.jobs.generation_controller import JobView
    from packdesk.jobs.session import Session
    from packdesk.services.batch import GenerationOutcome
    from packdesk.store.job_records import JobRecord
    from packdesk.ui.view.message_bar import MessageBar

PROMPT_LENGTH = 60
_log = logging.getLogger(__name__)

# What messages are about. Each ends with its cause; `News` says when that is.
DOCUMENT, STORE, BUSY, ACTION, GENERATION = "document", "store", "busy", "action", "generation"
LAST_ERROR, UNFINISHED, SAVED, BUNDLE, DRAWING = "last error", "unfinished", "saved", "bundle", "drawing"
NOTES, VANISHED, LEFT_OUT, WENT, SHARING = "notes", "vanished", "left out", "artwork that went", "sharing"
OBJECTS = "objects taken off"

_CAUSES: tuple[tuple[type[PackdeskError], str], ...] = (
    (ForeignDocumentError, DOCUMENT),
    (StoreUnavailableError, STORE),
    (GenerationBusyError, BUSY),
    (AnswerError, ACTION),
    (BadPictureError, ACTION),
    (InvalidInputError, ACTION),
    (SharingError, SHARING),
    (NotPossibleError, ACTION),
    (ChangedMeanwhileError, ACTION),
    (PackageChangedError, ACTION),
    (TextureUnavailableError, ACTION),
    (BundleError, BUNDLE),
    (UnexpectedError, ""),
)


class News(QObject):
    """Fills the message bar, and takes messages back when their cause has ended; `wiring` connects its slots.

    Attributes:
        dismissed: names the failure in the design that the user has closed last, across restarts too.
        ways: makes the buttons.

    Signals:
        dismissed_changed: `dismissed` is another.
        undo_wanted: take the newest step back.
    """

    dismissed_changed = Signal()
    undo_wanted = Signal()

    def __init__(self, session: Session, messages: MessageBar) -> None:
        super().__init__(messages)
        self._session = session
        self._messages = messages
        self._shown_error: str | None = None
        self._shown_notes: tuple[str, ...] = ()
        self._design: tuple[str, dict[str, str]] = "", {}
        self.dismissed = ""
        self.ways = Ways(session, self)
        messages.dismissed.connect(self._on_dismissed)

    @Slot(object)
    def show_error(self, error: PackdeskError) -> None:
        """Something could not be done."""
        if isinstance(error, ForeignDocumentError):
            self._messages.end(VANISHED)  # something stands there again
        cause = _cause(error)
        if _left_by_a_job(error.sentence):  # and it stands in the design as well
            self._shown_error, cause = error.sentence, LAST_ERROR
        order = self._session.generation.order if isinstance(error, GenerationFailedError) else None
        buttons = self.ways.buttons(error.ways, order)
        passing = isinstance(error, ChangedMeanwhileError)
        _log.info("Told: %s", error.full_text())
        self._messages.show_error(error, buttons, cause=cause, passing=passing)

    @Slot(str)
    def show_draw_failure(self, reason: str) -> None:
        """Nothing can be drawn in 3D."""
        self._messages.show_error(DisplayError(reason), cause=DRAWING)

    @Slot()
    def forget_design(self) -> None:
        """Another design is shown: messages about the former one end."""
        self._messages.end(ACTION, GENERATION, LAST_ERROR, SAVED, BUNDLE, LEFT_OUT)

    @Slot()
    def end_document(self) -> None:
        """What stands in the store can be read."""
        self._messages.end(DOCUMENT)

    @Slot(bool)
    def show_gone(self, gone: bool) -> None:  # noqa: FBT001  (a slot)
        """The design that is shown is gone from the store, or is there again."""
        if not gone:
            self._messages.end(VANISHED)
            return
        put_back, anew = self.tr("Put it back"), self.tr("Start anew")
        shared = self._session.is_shared
        self._messages.show_text(
            self.tr("The shared design is gone from the server. You see it as it was.")
            if shared
            else self.tr("The design was moved away by another packdesk. You see it as it was."),
            kind="error",
            actions=((put_back, self._session.put_back), (anew, self._session.start_anew)),
            cause=VANISHED,
        )

    @Slot(str)
    def follow_connection(self, connection: str) -> None:
        """The store answers again, or not."""
        if connection not in {"offline", *REFUSED}:
            self._messages.end(STORE)

    @Slot(bool)
    def follow_saving(self, unsaved: bool) -> None:  # noqa: FBT001  (a slot)
        """An edit waits to be saved, or none does."""
        if not unsaved:
            self.follow_connection(self._session.connection)

    @Slot(object)
    def follow_change(self, change: DesignChange) -> None:
        """The design was changed here; artwork that went with it can be brought back by one step."""
        self.end_action()
        if not change.loses_artwork:
            return
        if change.kind == "new design":
            bring_back = self.tr("Bring back the former design")
        elif change.before.package_type == "box":
            bring_back = self.tr("Bring back the box with its artwork")
        else:
            bring_back = self.tr("Bring back the cylinder with its artwork")
        text = self.tr("The artwork went with the former package.")
        self._messages.show_text(text, actions=((bring_back, self.undo_wanted.emit),), cause=WENT)

    @Slot()
    def end_action(self) -> None:
        """The design was changed here."""
        self._messages.end(ACTION, WENT, LEFT_OUT)  # what could not be done is outdated by what could

    @Slot()
    def end_sharing(self) -> None:
        """The design is about to be shared again."""
        self._messages.end(SHARING)

    @Slot(str)
    def _on_dismissed(self, cause: str) -> None:
        if cause == LAST_ERROR and self._shown_error:
            self._remember(_name_of(self._shown_error))

    def _remember(self, dismissed: str) -> None:
        if dismissed != self.dismissed:
            self.dismissed = dismissed
            self.dismissed_changed.emit()

    @Slot(object)
    def show_generated(self, outcome: GenerationOutcome) -> None:
        """A generation has ended."""
        if not outcome.failures:
            self._messages.end(ACTION, GENERATION, LAST_ERROR, SAVED)
        if outcome.notes:
            self._messages.show_text(" ".join(map(spoken, outcome.notes)), cause=LEFT_OUT)
        if not outcome.failures:
            return
        again, count = outcome.order.for_panels(outcome.failures), len(outcome.failures)
        retry = self.tr("Retry") if count == 1 else self.tr("Retry the {0} failed").format(count)
        self._shown_error = outcome.state.last_error
        others = self.ways.buttons((way for way in outcome.ways if way is not Way.TRY_AGAIN), again)
        _log.info("Told: %s", outcome.state.last_error)
        self._messages.show_text(
            spoken(outcome.state.last_error or ""),
            kind="error",
            actions=((retry, partial(self._session.generation.generate, again)), *others),
            cause=LAST_ERROR,
        )

    @Slot(object)
    def follow_state(self, state: PackagingState) -> None:
        """The design is another."""
        if not state.generating:
            self._messages.end(BUSY)
        self._show_last_error(state.last_error)
        self._show_notes(state.notes)
        design = state.package_type, state.texture_urls()
        if design != self._design:
            self._design = design
            if self._messages.shows(UNFINISHED):  # they fit by now, or no longer, or somebody applied them
                self._session.generation.find_unfinished()

    def _show_notes(self, notes: tuple[str, ...]) -> None:
        if notes == self._shown_notes:
            return
        self._shown_notes = notes
        if notes:
            self._messages.show_text(" ".join(map(spoken, notes)), cause=NOTES)
        else:
            self._messages.end(NOTES)

    def _show_last_error(self, error: str | None) -> None:
        # What the state says went wrong, here or in another program, is shown once.
        if error == self._shown_error:
            return
        self._shown_error = error
        if not error:
            self._messages.end(LAST_ERROR)
            self._remember("")
        elif _left_by_a_job(error) and self._messages.shows(UNFINISHED):
            self._session.generation.find_unfinished()  # the offer of its pictures says so, too
        elif not self._session.job.running and _name_of(error) != self.dismissed:
            self._messages.show_text(spoken(error), kind="error", cause=LAST_ERROR)

    @Slot(object)
    def offer_unfinished(self, jobs: list[JobRecord]) -> None:
        """Interrupted generations have left finished pictures, or none have any more."""
        if not jobs:
            self._messages.end(UNFINISHED)
            return
        # The newest first; the others are offered when it is settled.
        job, generation = jobs[-1], self._session.generation
        fits = job.package_type == self._session.state.package_type
        done, wanted = len(job.textures), len(job.panel_ids)
        text = self.tr("{0} of {1} panels are done: {2}").format(done, wanted, cut(job.prompt, PROMPT_LENGTH))
        if _left_by_a_job(self._shown_error):
            self._messages.end(LAST_ERROR)
            text = f"{spoken(self._shown_error or '')} {text}"
        actions = [(self.tr("Discard"), partial(generation.discard_job, job.id))]
        if fits:
            actions.insert(0, (self.tr("Apply the {0}").format(done), partial(generation.apply_job, job.id)))
        else:
            text += " – " + self.tr("They are for another kind of package: switch back to apply them.")
        if fits and job.missing():
            actions.insert(0, (self.tr("Continue"), partial(generation.resume_job, job.id)))
        self._messages.show_text(text, actions=actions, cause=UNFINISHED, below=True)

    @Slot(object)
    def offer_objects(
        self,
        panels: Collection[str],
        put_back: Callable[[Sequence[str]], None],
        leave_off: Callable[[Sequence[str]], None],
    ) -> None:
        """Another program's pictures have taken objects off these panels, or they are off no longer."""
        if not panels:
            self._messages.end(OBJECTS)
            return
        named, asked = ", ".join(map(panel_name, panels)), tuple(panels)
        text = self.tr("Another program replaced the picture of {0} and took its objects off.").format(named)
        actions = (
            (self.tr("Put the objects back"), partial(put_back, asked)),
            (self.tr("Leave them off"), partial(leave_off, asked)),
        )
        self._messages.show_text(text, actions=actions, cause=OBJECTS)

    @Slot(object)
    def show_saved(self, file: Path) -> None:
        """A picture was written."""
        self._show_saved(saved_words(file), file)

    @Slot(object)
    def show_exported(self, exported: Exported) -> None:
        """A file was written, perhaps without some of the artwork."""
        text, whole = exported_words(exported)
        self._show_saved(text, exported.target, kind="info" if whole else "error")

    def _show_saved(self, text: str, file: Path, kind: str = "info") -> None:
        show = (self.tr("Show in folder"), partial(show_folder, file))
        self._messages.show_text(text, kind=kind, actions=(show,), cause=SAVED)

    @Slot(object)
    def ask_agreement(self, estimate: Estimate) -> None:
        """Ask whether a generation may cost that much."""
        generation, question = self._session.generation, cost_question(self._messages.window(), estimate)
        question.accepted.connect(generation.agree)
        question.rejected.connect(generation.decline)
        question.open()

    @Slot(object)
    def follow_job(self, view: JobView) -> None:
        """A generation goes on."""
        if view.running and not view.panels:
            # a new attempt outdates what was said of the last
            self._messages.end(ACTION, GENERATION, LAST_ERROR, UNFINISHED, SAVED, BUSY, LEFT_OUT)


def _left_by_a_job(error: str | None) -> bool:
    """Whether that is what a generation leaves in a design whose pictures are offered then."""
    return error == INTERRUPTED or (error or "").endswith(CHANGED_MEANWHILE)


def _cause(error: PackdeskError) -> str:
    return next((cause for kind, cause in _CAUSES if isinstance(error, kind)), GENERATION)


def _name_of(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:16]
