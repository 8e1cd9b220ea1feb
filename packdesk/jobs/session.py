"""The one object the window knows: intents in, state out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from packdesk.domain import transitions
from packdesk.domain.change import difference
from packdesk.domain.dimensions import DEFAULT_DIMENSIONS, check_dimensions
from packdesk.domain.state import PackagingState, default_state
from packdesk.errors import PackdeskError, StoreRefusedError
from packdesk.jobs.artwork_desk import ArtworkDesk
from packdesk.jobs.calls import Calls, ignore
from packdesk.jobs.foreign_flags import ForeignFlags
from packdesk.jobs.hydration import Hydration
from packdesk.jobs.loop_thread import LoopThread
from packdesk.jobs.picture_holder import PictureHolder
from packdesk.jobs.reverter import Reverter
from packdesk.jobs.size_saver import SizeEdit, SizeSaver
from packdesk.jobs.texture_loader import TextureLoader
from packdesk.jobs.vanished import Vanished
from packdesk.jobs.watcher import Watcher

if TYPE_CHECKING:
    from packdesk.domain.change import ChangeKind
    from packdesk.domain.dimensions import PackageType
    from packdesk.generation.base import Provider
    from packdesk.services.bundle import Services
    from packdesk.store.last_seen import PendingEdit

SAVE_WAIT_S, CLOSE_WAIT_S = 1.5, 0.5


class Session(QObject):
    """Holds what is shown, passes intents to the services, and follows the store.

    Lives on the GUI thread; the work happens on the loop thread it owns from `begin` to `close`.

    Attributes:
        artwork: what concerns artwork.
        textures: the pictures on screen.
        flags: generation flags of other programs.
        vanished: a design that is gone from the store.
        history: takes changes back.
        calls: to the loop thread.

    Signals:
        state_changed: the `PackagingState` to show, with an edit the store does not have yet laid over it.
        changed_here: a `DesignChange` this window has made; not those of `history`.
        connection_changed: `local`, `shared`, `offline`, `review`, or `read-only`: no changes are taken.
        saving_changed: whether an edit is not in the store yet.
        provider_changed: the name of who makes artwork from now on.
        document_read: what stands in the store can be read.
        edit_refused: sizes (or a type) this window has set will never be in the store.
        failed: a `PackdeskError` for the user.
    """

    state_changed = Signal(object)
    changed_here = Signal(object)
    connection_changed = Signal(str)
    saving_changed = Signal(bool)
    provider_changed = Signal(str)
    document_read = Signal()
    edit_refused = Signal()
    failed = Signal(object)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self._thread = LoopThread()
        self.calls = Calls(self._thread, self)
        self._saver = SizeSaver(self.calls, services.designs, self)
        self.textures = TextureLoader(self.calls, services.pictures, self)
        self.artwork = ArtworkDesk(self.calls, services, self._saver, lambda: self._stored)
        self._holder = PictureHolder(self.calls, services.tidying, self)
        self.flags = ForeignFlags(self.calls, services.designs, self)
        self.vanished = Vanished(self.calls, services.designs, self)
        self.history = Reverter(self.calls, services.designs, self._saver, self)
        self._hydration = Hydration(self.calls, services.designs, self)
        self._watcher = Watcher(self._thread, services.designs)
        self._stored = default_state()
        self._shown: PackagingState | None = None
        self.connection = services.store_kind
        self._provider = services.generation.provider_name
        self._connect()

    def _connect(self) -> None:
        self._saver.saved.connect(self._on_saved)
        self._saver.saved.connect(self.artwork.refitter.look)
        self._saver.failed.connect(self._on_save_failed)
        self._saver.refused.connect(self.edit_refused)
        self._saver.waiting.connect(self.saving_changed)
        self.artwork.taken.connect(self._on_artwork)
        self.artwork.stopped.connect(self._forget_own_flags)
        self.artwork.changed_here.connect(self.changed_here)
        self.changed_here.connect(self._holder.remember)
        self.flags.cleared.connect(self._take)
        self.vanished.taken.connect(self._take)
        self.vanished.changed_here.connect(self.changed_here)
        self.document_read.connect(self.vanished.look)
        self.history.applied.connect(self._take)
        self.history.applied.connect(self.artwork.refitter.look)
        self.history.refused.connect(self._on_not_reverted)
        self._watcher.changed.connect(self._hydration.again)
        self._hydration.read.connect(self._on_hydrated)
        self._watcher.reached.connect(self._on_reached)
        for part in (self.artwork, self.flags, self.vanished, self._hydration, self._watcher):
            part.failed.connect(self.failed)

    @property
    def state(self) -> PackagingState:
        """The state to show."""
        return self._saver.laid_over(self._stored)

    @property
    def unsaved(self) -> bool:
        """Whether the store lacks the newest size."""
        return self._saver.unsaved is not None

    @property
    def busy_elsewhere(self) -> bool:
        """Another program is generating for this design."""
        return self._stored.generating and not self.artwork.job.view.running

    def begin(self) -> None:
        """Start the loop thread, hydrate, and follow the store."""
        self._thread.begin()
        self.calls.start(self.services.designs.recall(), self._on_recalled, self.failed.emit)
        self._watcher.begin()
        self.artwork.look_for_unfinished()
        self.prepare_provider()

    def close(self) -> None:
        """Save the last edit, cancel what runs, end the thread."""
        if not self._thread.isRunning():
            return
        try:
            self._saver.flush(SAVE_WAIT_S)
            self.calls.start(self.services.aclose(), ignore, ignore).wait(CLOSE_WAIT_S)
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
            self.state_changed.emit(self.state)  # whoever shows what was refused shows what stands again
            return
        self._edit(SizeEdit(kind, dimensions), "size")

    def set_package_type(self, package_type: PackageType) -> None:
        """Switch to the other kind of package, at its default size and without textures."""
        if package_type != self.state.package_type:
            self.artwork.job.forget_failures()
            self._edit(SizeEdit(package_type, DEFAULT_DIMENSIONS[package_type], switches=True), "type")

    def set_package(self, package_type: PackageType, width: float, height: float, depth: float) -> None:
        """Set type and sizes in millimetres at once, as a preset does."""
        dimensions = check_dimensions(package_type, width, height, depth)
        switches = package_type != self.state.package_type
        self._edit(SizeEdit(package_type, dimensions, switches), "type" if switches else "size")

    def reset(self) -> None:
        """Move what stands in the store aside if it still cannot be read; then the default design shows."""
        moving = self.services.designs.set_unreadable_aside()
        self.calls.start(moving, lambda _: self._hydration.again(), self.failed.emit)

    def clear(self) -> None:
        """Back to the default design."""
        before = self.state
        self._saver.drop()
        self.artwork.job.forget_failures()
        self._saver.then(lambda: self._clear(before))

    def use_provider(self, provider: Provider) -> None:
        """Have another provider make artwork from now on."""
        former = self.services.generation.use_provider(provider)
        self.calls.start(former.aclose(), ignore, self.failed.emit)
        self.artwork.agreement.forget()
        self.prepare_provider()

    def prepare_provider(self) -> None:
        """Find out who makes artwork. What is lacking is told when it is needed, not at every start."""
        self.calls.start(self.services.generation.prepare(), self._on_prepared, self._on_prepared)

    def _on_prepared(self, _: object) -> None:
        name = self.services.generation.provider_name
        if name != self._provider:
            self._provider = name
            self.provider_changed.emit(name)

    def _edit(self, edit: SizeEdit, kind: ChangeKind) -> None:
        before = self.state
        self._saver.edit(edit)
        change = difference(kind, before, self.state)
        self._show()
        if change is not None:
            self.changed_here.emit(change)

    def _on_recalled(self, recalled: tuple[PackagingState | None, PendingEdit | None]) -> None:
        state, edit = recalled
        if state is not None and self._shown is None:  # the store itself may have answered first
            self._stored = state
            self._show()
        if edit is not None and self._saver.unsaved is None:
            self._saver.take_up(SizeEdit(edit.package_type, edit.dimensions, edit.switches))
            self._show()

    def _clear(self, before: PackagingState) -> None:
        done = partial(self._on_cleared, before)
        self.calls.start(self.services.designs.clear(), done, self._on_save_failed)

    def _on_cleared(self, before: PackagingState, after: PackagingState) -> None:
        self._take(after)
        change = difference("new design", before, after)
        if change is not None:
            self.changed_here.emit(change)

    @Slot(object)
    def _on_hydrated(self, state: PackagingState) -> None:
        self._stored = state
        self._show()
        self.document_read.emit()
        self.flags.follow(standing=self.busy_elsewhere)

    @Slot(object)
    def _take(self, state: PackagingState) -> None:
        # Shown at once, then read: another program may have written before this answer arrived.
        self._stored = state
        self._show()
        self._hydration.again()

    @Slot(object)
    def _on_artwork(self, state: PackagingState) -> None:
        self._take(state)
        self.textures.retry_missing()

    @Slot(object, int)
    def _on_not_reverted(self, error: PackdeskError | None, _dropped: int) -> None:
        self._hydration.again()
        if error is not None:
            self.failed.emit(error)

    @Slot(object)
    def _on_saved(self, state: PackagingState) -> None:
        if self.connection == "read-only":
            self._set_connection(self.services.store_kind)
        self._take(state)

    @Slot(object)
    def _on_save_failed(self, error: PackdeskError) -> None:
        if isinstance(error, StoreRefusedError) and self.connection != "offline":
            self._set_connection("read-only")
        self.failed.emit(error)
        self._show()

    def _show(self) -> None:
        if (state := self.state) != self._shown:
            self._shown = state
            self._holder.show(state)
            self.textures.follow(state)
            self.state_changed.emit(state)

    @Slot()
    def _forget_own_flags(self) -> None:
        # The service has cleared the flags it had set; until that is read back they would pass for somebody
        # else's. A job that told nothing never set any.
        if self.artwork.job.view.panels:
            kept = self._stored
            self._stored = transitions.fail(kept, kept.last_error, kept.updated_at or "")
        self._hydration.again()

    @Slot(bool)
    def _on_reached(self, reached: bool) -> None:  # noqa: FBT001  (the signal carries one bool)
        self._set_connection(self.services.store_kind if reached else "offline")
        if reached:
            self.textures.retry_missing()

    def _set_connection(self, connection: str) -> None:
        self.connection = connection
        self.connection_changed.emit(connection)
