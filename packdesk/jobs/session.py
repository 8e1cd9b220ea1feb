"""The one object the window knows: intents in, state out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from packdesk.domain import transitions
from packdesk.domain.dimensions import DEFAULT_DIMENSIONS, check_dimensions
from packdesk.domain.state import PackagingState, default_state
from packdesk.errors import PackdeskError, StoreUnavailableError
from packdesk.jobs.agreement import PaidAgreement
from packdesk.jobs.calls import Calls
from packdesk.jobs.generation_job import GenerationJob
from packdesk.jobs.loop_thread import LoopThread
from packdesk.jobs.refitter import Refitter
from packdesk.jobs.size_saver import SizeEdit, SizeSaver
from packdesk.jobs.texture_loader import TextureLoader
from packdesk.jobs.unfinished_jobs import UnfinishedJobs
from packdesk.jobs.watcher import Watcher

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from packdesk.domain.dimensions import PackageType
    from packdesk.generation.base import Provider
    from packdesk.services.bundle import Services
    from packdesk.services.progress import GenerationOutcome
    from packdesk.store.last_seen import PendingEdit

CLOSE_WAIT_S = 3.0


class Session(QObject):
    """Holds what is shown, passes intents to the services, and follows the store.

    Lives on the GUI thread; the work happens on the loop thread it owns from `begin` to `close`.

    Signals:
        state_changed: the `PackagingState` to show, with an edit the store does not have yet laid over it.
        connection_changed: `local`, `shared` or `offline`.
        saving_changed: whether an edit is not in the store yet.
        failed: a `PackdeskError` for the user.
        provider_changed: the name of who makes artwork from now on.
        generated: the `GenerationOutcome` of a generation of this window.
        unfinished_found: interrupted jobs with finished pictures, a list of `JobRecord`, never empty.
    """

    state_changed = Signal(object)
    connection_changed = Signal(str)
    saving_changed = Signal(bool)
    failed = Signal(object)
    provider_changed = Signal(str)
    generated = Signal(object)
    unfinished_found = Signal(object)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self._thread = LoopThread()
        self.calls = Calls(self._thread, self)
        self._saver = SizeSaver(self.calls, services.designs, self)
        self.textures = TextureLoader(self.calls, services.pictures, self)
        self.job = GenerationJob(self.calls, services, self)
        self.agreement = PaidAgreement(self.calls, services.generation, self)
        self._refitter = Refitter(self.calls, services.refitting, self)
        self._unfinished = UnfinishedJobs(self.calls, services.unfinished, self)
        self._watcher = Watcher(self._thread, services.designs)
        self._stored = default_state()
        self._shown: PackagingState | None = None
        self._reading = False
        self._outdated = False
        self.connection = services.store_kind
        self._provider = services.generation.provider_name
        self._connect()

    def _connect(self) -> None:
        self._saver.saved.connect(self._take)
        self._saver.saved.connect(self._refitter.look)
        self._refitter.refitted.connect(self._take)
        self._refitter.failed.connect(self.failed)
        self.agreement.failed.connect(self.failed)
        self._unfinished.found.connect(self.unfinished_found)
        self._unfinished.applied.connect(self._on_imported)
        self._unfinished.failed.connect(self.failed)
        self._saver.failed.connect(self._on_save_failed)
        self._saver.waiting.connect(self.saving_changed)
        self.job.finished.connect(self._on_generated)
        self.job.failed.connect(self._on_job_failed)
        self.job.cancelled.connect(self._on_cancelled)
        self._watcher.changed.connect(self._hydrate)
        self._watcher.reached.connect(self._on_reached)
        self._watcher.failed.connect(self.failed)

    @property
    def state(self) -> PackagingState:
        """The state to show."""
        edit, stored = self._saver.unsaved, self._stored
        if edit is None or not (edit.switches or edit.package_type == stored.package_type):
            return stored
        return transitions.resize(stored, edit.package_type, edit.dimensions, stored.updated_at or "")

    @property
    def unsaved(self) -> bool:
        """Whether the store lacks the newest size."""
        return self._saver.unsaved is not None

    @property
    def busy_elsewhere(self) -> bool:
        """Another program is generating for this design."""
        return self._stored.generating and not self.job.view.running

    def begin(self) -> None:
        """Start the loop thread, hydrate, and follow the store."""
        self._thread.begin()
        self.calls.start(self.services.designs.recall(), self._on_recalled, self.failed.emit)
        self._watcher.begin()
        self._unfinished.look()
        self.prepare_provider()

    def close(self) -> None:
        """Save the last edit, cancel what runs, end the thread."""
        if not self._thread.isRunning():
            return
        try:
            self._saver.flush(CLOSE_WAIT_S)
            self.calls.start(self.services.aclose(), _ignore, _ignore).wait(CLOSE_WAIT_S)
        finally:
            self.calls.forget()
            self._watcher.stop()
            self._thread.stop()

    def set_dimensions(self, width: float, height: float, depth: float) -> None:
        """Size the package in millimetres: shown at once, saved a little later."""
        kind = self.state.package_type
        try:
            dimensions = check_dimensions(kind, width, height, depth)
        except PackdeskError as error:
            self.failed.emit(error)
            return
        self._edit(SizeEdit(kind, dimensions))

    def set_package_type(self, package_type: PackageType) -> None:
        """Switch to the other kind of package, at its default size and without textures."""
        if package_type != self.state.package_type:
            self.job.forget_failures()
            self._edit(SizeEdit(package_type, DEFAULT_DIMENSIONS[package_type], switches=True))

    def clear(self) -> None:
        """Back to the default design."""
        self._saver.drop()
        self.job.forget_failures()
        self._saver.then(self._clear)

    def import_picture(self, panel_id: str, file: Path) -> None:
        """Put a picture file on a panel."""
        self._saver.then(lambda: self._import(panel_id, file))

    def generate(self, panel_id: str, prompt: str, reference: Path | None = None) -> None:
        """Have artwork made for one panel; the provider is shown the `reference` picture, if there is one."""
        self._begin(lambda: self.job.start_one(panel_id, prompt, reference), [panel_id])

    def generate_all(
        self, prompt: str, reference: Path | None = None, panel_ids: tuple[str, ...] | None = None
    ) -> None:
        """Have artwork made for all (or the named) panels, committed together."""
        self._begin(lambda: self.job.start_all(prompt, reference, panel_ids), panel_ids)

    def resume_job(self, job_id: str) -> None:
        """Have the missing panels of an interrupted job made."""
        self._begin(lambda: self.job.resume(job_id))

    def use_provider(self, provider: Provider) -> None:
        """Have another provider make artwork from now on."""
        former = self.services.generation.use_provider(provider)
        self.calls.start(former.aclose(), _ignore, self.failed.emit)
        self.agreement.forget()
        self.prepare_provider()

    def apply_job(self, job_id: str) -> None:
        """Put the finished pictures of an interrupted job on their panels."""
        self._saver.then(lambda: self._unfinished.apply(job_id))

    def discard_job(self, job_id: str) -> None:
        """Forget an interrupted job."""
        self._unfinished.discard(job_id)

    def cancel(self) -> None:
        """Stop this window's generation, or let it not begin."""
        self.agreement.decline()
        self._saver.drop_queue()
        self.job.cancel()

    def _begin(self, start: Callable[[], None], panel_ids: Sequence[str] | None = None) -> None:
        self.agreement.before(lambda: self._saver.then(start), panel_ids)

    def prepare_provider(self) -> None:
        """Find out who makes artwork. What is lacking is told when it is needed, not at every start."""
        told = self._on_prepared
        self.calls.start(self.services.generation.prepare(), told, told)

    def _on_prepared(self, _: object) -> None:
        name = self.services.generation.provider_name
        if name != self._provider:
            self._provider = name
            self.provider_changed.emit(name)

    def _import(self, panel_id: str, file: Path) -> None:
        self.job.forget_failures()
        work = self.services.pictures.import_picture(panel_id, file)
        self.calls.start(work, self._on_imported, self.failed.emit)

    @Slot(object)
    def _on_imported(self, state: PackagingState) -> None:
        self._take(state)
        self.textures.retry_missing()

    def _edit(self, edit: SizeEdit) -> None:
        self._saver.edit(edit)
        self._show()

    def _on_recalled(self, recalled: tuple[PackagingState | None, PendingEdit | None]) -> None:
        state, edit = recalled
        if state is not None and self._shown is None:  # the store itself may have answered first
            self._stored = state
            self._show()
        if edit is not None and self._saver.unsaved is None:
            self._saver.take_up(SizeEdit(edit.package_type, edit.dimensions, edit.switches))
            self._show()

    def _clear(self) -> None:
        self.calls.start(self.services.designs.clear(), self._take, self.failed.emit)

    @Slot()
    def _hydrate(self) -> None:
        # One reading at a time: answers that cross could leave the older one standing.
        self._outdated = True
        if not self._reading:
            self._read()

    def _read(self) -> None:
        self._reading, self._outdated = True, False
        self.calls.start(self.services.designs.get_state(), self._on_hydrated, self._on_unreadable)

    def _on_hydrated(self, state: PackagingState) -> None:
        self._reading = False
        if self._outdated:  # something changed while it was read
            self._read()
            return
        self._stored = state
        self._show()

    def _on_unreadable(self, error: PackdeskError) -> None:
        self._reading = False
        if not isinstance(error, StoreUnavailableError):  # the watcher tells of those, once
            self.failed.emit(error)

    @Slot(object)
    def _take(self, state: PackagingState) -> None:
        # Shown at once, then read: another program may have written before this answer arrived.
        self._stored = state
        self._show()
        self._hydrate()

    @Slot(object)
    def _on_save_failed(self, error: PackdeskError) -> None:
        self.failed.emit(error)
        self._show()

    def _show(self) -> None:
        state = self.state
        if state != self._shown:
            self._shown = state
            self.textures.follow(state)
            self.state_changed.emit(state)

    @Slot(object)
    def _on_generated(self, outcome: GenerationOutcome) -> None:
        self._take(outcome.state)
        self._refitter.look(outcome.state)
        self.textures.retry_missing()
        self.generated.emit(outcome)

    @Slot(object)
    def _on_job_failed(self, error: PackdeskError) -> None:
        self._forget_own_flags()
        self.failed.emit(error)
        self._unfinished.look()

    @Slot()
    def _on_cancelled(self) -> None:
        self._forget_own_flags()
        self._unfinished.look()

    def _forget_own_flags(self) -> None:
        # The service has cleared the flags it had set; until that is read back they would pass for somebody
        # else's. A job that told nothing never set any.
        if self.job.view.panels:
            stored = self._stored
            self._stored = transitions.fail(stored, stored.last_error, stored.updated_at or "")
        self._hydrate()

    @Slot(bool)
    def _on_reached(self, reached: bool) -> None:  # noqa: FBT001  (the signal carries one bool)
        self.connection = self.services.store_kind if reached else "offline"
        self.connection_changed.emit(self.connection)
        if reached:
            self.textures.retry_missing()


def _ignore(_: object) -> None:
    pass
