"""The one object the window knows: intents in, state out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from packdesk.domain import transitions
from packdesk.domain.change import difference
from packdesk.domain.state import PackagingState, default_state
from packdesk.errors import PackdeskError, StoreRefusedError
from packdesk.jobs.appearance_controller import AppearanceController
from packdesk.jobs.archive_controller import ArchiveController
from packdesk.jobs.artwork_controller import ArtworkController
from packdesk.jobs.bridge import Bridge, ignore
from packdesk.jobs.bundle_controller import BundleController
from packdesk.jobs.changes_here import Desk
from packdesk.jobs.export_controller import ExportController, PictureController
from packdesk.jobs.foreign_flags import ForeignFlags
from packdesk.jobs.generation_controller import GenerationController
from packdesk.jobs.link_controller import LinkController
from packdesk.jobs.loop_thread import LoopThread
from packdesk.jobs.loss_keeper import LossKeeper
from packdesk.jobs.opening import REFUSED
from packdesk.jobs.overlay_controller import OverlayController
from packdesk.jobs.part_asking import PartAsker
from packdesk.jobs.picture_holder import PictureHolder
from packdesk.jobs.recent_files import RecentFiles
from packdesk.jobs.refitter import Refitter
from packdesk.jobs.reverter import Reverter
from packdesk.jobs.review_controller import ReviewController
from packdesk.jobs.shelf_controller import ShelfController
from packdesk.jobs.size_saver import SizeSaver
from packdesk.jobs.texture_loader import TextureLoader

if TYPE_CHECKING:
    from packdesk.domain.size_edit import SizeEdit
    from packdesk.jobs.generation_controller import JobView
    from packdesk.jobs.opening import Opening
    from packdesk.jobs.watcher import Watcher
    from packdesk.services.batch import GenerationOutcome
    from packdesk.services.container import Services
    from packdesk.services.shared_state import SharedState
    from packdesk.textures.pixmaps import PixmapMap

SAVE_WAIT_S, CLOSE_WAIT_S = 1.5, 0.5


class Session(QObject):
    """Holds what is shown, passes intents to the services, and follows the store.

    Lives on the GUI thread; the work happens on the loop thread it owns from `begin` to `close`.

    Attributes:
        bridge: to the loop thread.
        artwork: pictures on panels.
        links: panels that follow files.
        appearance: how the design is shown.
        archive: every picture ever made or imported.
        generation: artwork from prompts.
        bundles: designs from files.
        recent: the files of designs used last.
        overlays: a supplier's dieline under ours.
        reviews: what reviewers say of the design.
        shelf: the designs of this machine.
        exports: designs to files.
        textures: loads the pictures on screen.
        flags: generation flags of other programs.
        history: takes changes back.
        refitter: cuts artwork anew after a size change.
        connection: what `connection_changed` said last.

    Signals:
        state_changed: the `PackagingState` to show, with an edit the store does not have yet laid over it.
        changed_here: a `DesignChange` this window has made; not those of `history`.
        connection_changed: `local`, `shared`, `offline`, `review`, or one of `REFUSED`.
        saving_changed: whether an edit is not in the store yet.
        provider_changed: the name of who makes artwork from now on.
        document_read: what stands in the store can be read.
        document_unreadable: it cannot.
        gone_changed: whether the design that is shown is gone from the store.
        edit_refused: sizes (or a type) this window has set will never be in the store.
        saved: the file (`Path`) a picture was written to.
        failed: a `PackdeskError` for the user.
        opened: the services are made.
        unopened: the same where the services could not be made: nothing can be done but to close.
    """

    state_changed = Signal(object)
    changed_here = Signal(object)
    connection_changed = Signal(str)
    saving_changed = Signal(bool)
    provider_changed = Signal(str)
    document_read = Signal()
    document_unreadable = Signal()
    gone_changed = Signal(bool)
    edit_refused = Signal()
    saved = Signal(object)
    failed = Signal(object)
    opened = Signal()
    unopened = Signal(object)
    _published = Signal(object, bool)

    def __init__(self, opening: Opening) -> None:
        super().__init__()
        self._opening = opening
        self._shared: SharedState | None = None
        self._thread = LoopThread()
        self.bridge = Bridge(self._thread, opening, self)
        self._saver = SizeSaver(self.bridge, self)
        self.textures = TextureLoader(self.bridge, self)
        self.parts = PartAsker(self.bridge, self)
        desk = Desk(self.bridge, self._saver, self.parts, lambda: self._stored, self._refusal)
        self.artwork, self.links = ArtworkController(desk, self), LinkController(desk, self)
        self.appearance = AppearanceController(self.bridge, self)
        self.archive = ArchiveController(self.bridge, self)
        self.generation = GenerationController(self.bridge, opening.provider, self._saver, self)
        self.bundles = BundleController(self.bridge, self._saver, self)
        self.recent = RecentFiles(self.bridge, self)
        self.exports = ExportController(self.bridge, self)
        self.drawings = PictureController(self.bridge, self)
        self.overlays = OverlayController(self.bridge, self)
        self._holder, self.reviews = PictureHolder(self.bridge, self), ReviewController(self.bridge, self)
        self.shelf, self.flags = ShelfController(self.bridge, self), ForeignFlags(self.bridge, self)
        self.history = Reverter(self.bridge, self._saver, self._refusal, self)
        self.refitter, self._losses = Refitter(self.bridge, self), LossKeeper(self.bridge, self)
        self._watcher: Watcher | None = None
        self._stored = default_state()
        self._shown: PackagingState | None = None
        self._gone = self._begun = False
        self._loss: PackdeskError | None = None
        self.connection = opening.store_kind
        self._connect()

    def _connect(self) -> None:
        self._published.connect(self._on_published)
        self._saver.saved.connect(self._on_saved)
        self._saver.failed.connect(self._on_save_failed)
        self._saver.refused.connect(self.edit_refused)
        self._saver.waiting.connect(self.saving_changed)
        self._connect_changes()
        self.artwork.saved.connect(self.saved)
        for known in (self.state_changed, self.document_read):
            known.connect(self.appearance.begin)
        for opened in (self.bundles.opened, self.bundles.replaced):
            opened.connect(self.appearance.read)
        self.bundles.opened.connect(self.recent.add)
        self.bundles.refused.connect(self.recent.refresh)
        self.exports.written.connect(self.recent.add_exported)
        self.state_changed.connect(self.generation.follow_state)
        self.state_changed.connect(self.reviews.follow_state)
        self.appearance.found.connect(self.reviews.follow_appearance)
        self.exports.written.connect(self.reviews.read)
        self.generation.changed.connect(self._show_previews)
        self.generation.stopped.connect(self._forget_own_flags)
        self.generation.provider_changed.connect(self.provider_changed)
        own = (self.appearance, self.archive, self.artwork, self.generation, self.bundles, self.links)
        others = (self.refitter, self.flags, self.history, self.exports, self.drawings, self.overlays)
        for part in (*own, *others, self.reviews, self.shelf):
            part.failed.connect(self.failed)

    def _connect_changes(self) -> None:
        for part in (self.artwork, self.generation, self.bundles, self.links):
            part.changed_here.connect(self.changed_here)
        for begun in (self.artwork.begun, self.links.begun, self.bundles.design_changed):
            begun.connect(self.generation.forget_failures)
        self.changed_here.connect(self._holder.remember)
        self.state_changed.connect(self.links.follow_state)
        self.links.coming.connect(self.textures.expect)
        self.changed_here.connect(self.links.follow_change)
        self.history.applied.connect(self.links.follow_undo)
        self.document_read.connect(self._losses.begin)
        self.changed_here.connect(self._losses.follow)
        self.history.applied.connect(self._losses.forget)
        self._losses.found.connect(self.changed_here)
        for changed in (self._saver.saved, self.history.applied, self.bundles.design_changed):
            changed.connect(self.refitter.schedule)
        self.generation.finished.connect(self._on_generated)
        artwork = (self.artwork.changed_here, self.generation.changed_here)
        for changed in (*artwork, self.bundles.design_changed, self.refitter.refitted):
            changed.connect(self.textures.retry_missing)

    @property
    def state(self) -> PackagingState:
        """The state to show."""
        return self._saver.laid_over(self._stored)

    @property
    def job(self) -> JobView:
        """What this window is generating."""
        return self.generation.view

    @property
    def pixmaps(self) -> PixmapMap:
        """The pictures on screen."""
        return self.textures.pixmaps

    @property
    def store_place(self) -> str:
        """Where the design is kept, for people to read."""
        return self._opening.store_place

    @property
    def is_shared(self) -> bool:
        """Whether the design is kept where other programs see it."""
        return self._opening.store_kind == "shared"

    @property
    def unsaved(self) -> bool:
        """Whether the store lacks the newest size."""
        return self._saver.unsaved is not None

    @property
    def busy_elsewhere(self) -> bool:
        """Another program is generating for this design."""
        return self._stored.generating and not self.job.running

    @Slot()
    def begin(self) -> None:
        """Start the loop thread, have the services made there, hydrate, and follow the store.

        A window begins it after its first frame: what this imports, and the key store, take as long again.
        """
        if self._begun:
            return
        self._begun = True
        self._thread.begin()
        self.bridge.start(self._open(), self.unopened.emit)

    def close(self) -> None:
        """Save the last edit, cancel what runs, end the thread."""
        if not self._thread.isRunning():
            return
        self.exports.cancel()
        try:
            self._saver.flush(SAVE_WAIT_S)
            self.appearance.finish(CLOSE_WAIT_S)
            for part in (self.shelf, self.reviews, self.overlays):
                part.finish(CLOSE_WAIT_S)
            if self._shared is not None:
                self.bridge.tell(lambda services: services.aclose(), ignore).wait(CLOSE_WAIT_S)
        finally:
            self.bridge.close()
            if self._watcher is not None:
                self._watcher.stop()
            self._thread.stop()
            if self._shared is not None:
                self._shared.unfollow()

    def set_size(self, edit: SizeEdit) -> None:
        """Size the package, or switch its type: shown at once, saved a little later."""
        if edit.switches:
            self.generation.forget_failures()
        before = self.state
        self._saver.edit(edit)
        change = difference("type" if edit.switches else "size", before, self.state)
        self._show()
        if change is not None:
            self.changed_here.emit(change)

    def clear(self) -> None:
        """Back to the default design."""
        if (loss := self._refusal()) is not None:
            self.failed.emit(loss)
            return
        before = self.state
        self._saver.drop()
        self.generation.forget_failures()
        self.bridge.start(self._clear(before), self._on_save_failed)

    def reset(self) -> None:
        """Move what stands in the store aside if it still cannot be read; then the default design shows."""
        self.bridge.tell(lambda services: services.designs.set_unreadable_aside(), self.failed.emit)

    def put_back(self) -> None:
        """Store the design again that is gone from the store."""
        self.bridge.tell(lambda services: services.designs.put_back(), self.failed.emit)

    def start_anew(self) -> None:
        """Show the default design instead of the one that is gone; undo brings that back."""
        self.bridge.start(self._start_anew(self.state), self.failed.emit)

    async def _clear(self, before: PackagingState) -> None:
        await self._saver.settled()
        self._record_new(before, await self.bridge.ask(lambda services: services.designs.clear()))

    async def _start_anew(self, before: PackagingState) -> None:
        after = await self.bridge.ask(lambda services: services.designs.start_anew())
        if after == default_state():  # else somebody has stored another design meanwhile
            self._record_new(before, after)

    def _record_new(self, before: PackagingState, after: PackagingState) -> None:
        self.generation.forget_words()
        change = difference("new design", before, after)
        if change is not None:
            self.changed_here.emit(change)

    async def _open(self) -> None:
        services = await self.bridge.ask(_themselves)
        self._shared = services.shared
        self._shared.listener = self._published.emit
        self.bridge.start(self._recall(), self.failed.emit)
        self._follow(services)
        self.generation.begin(services)
        self.shelf.begin()
        self.reviews.begin()
        self.links.begin()
        self.opened.emit()

    def _follow(self, services: Services) -> None:
        from packdesk.jobs.watcher import Watcher  # noqa: PLC0415  (brings asyncio)

        self._watcher = Watcher(self._thread, services, self)
        self._watcher.reached.connect(self._on_reached)
        self._watcher.failed.connect(self._on_lost)
        self._watcher.unreadable.connect(self.document_unreadable)
        self._watcher.failed.connect(self.failed)
        self._watcher.begin()

    async def _recall(self) -> None:
        state, edit = await self.bridge.ask(lambda services: services.designs.recall())
        if state is not None and self._shown is None:  # the store itself may have answered first
            self._stored = state
            self._show()
        if edit is not None and self._saver.unsaved is None:
            self._saver.take_up(edit)
            self._show()

    @Slot(object, bool)
    def _on_published(self, state: PackagingState, gone: bool) -> None:  # noqa: FBT001  (a slot)
        self._stored = state
        self._show()
        self.document_read.emit()
        if not self.is_shared:  # what a window left to be cut; where others write, looking changes nothing
            self.refitter.schedule(state)
        if gone != self._gone:
            self._gone = gone
            self.gone_changed.emit(gone)
        self.flags.follow(raised=self.busy_elsewhere)

    @Slot(object)
    def _on_generated(self, outcome: GenerationOutcome) -> None:
        self.refitter.schedule(outcome.state)

    @Slot()
    def _on_saved(self) -> None:
        self._loss = None  # it answers again, before the watcher has asked
        if self.connection in REFUSED:
            self._set_connection(self._opening.store_kind)

    @Slot(object)
    def _on_save_failed(self, error: PackdeskError) -> None:
        if isinstance(error, StoreRefusedError) and self.connection != "offline":
            self._set_connection("read-only" if self.is_shared else "unwritable")
        self.failed.emit(error)
        self._show()

    def _refusal(self) -> PackdeskError | None:
        """Why nothing can be changed now, where that is known; a store that is away takes seconds."""
        return self._loss if self.connection == "offline" else None

    @Slot(object)
    def _on_lost(self, error: PackdeskError) -> None:
        self._loss = error

    def _show(self) -> None:
        if (state := self.state) != self._shown:
            self._shown = state
            self._holder.show(state)
            self.textures.follow(state)
            self.state_changed.emit(state)

    @Slot(object)
    def _show_previews(self, view: JobView) -> None:
        self.textures.preview(view.previews if view.running else {})

    @Slot()
    def _forget_own_flags(self) -> None:
        # A store that is away keeps the flags the service has set; until it answers they would pass for
        # somebody else's. A generation that reported nothing never set any.
        if self._stored.generating and self.job.panels:
            kept = self._stored
            self._stored = transitions.fail(kept, kept.last_error, kept.updated_at or "")
            self._show()

    @Slot(bool)
    def _on_reached(self, reached: bool) -> None:  # noqa: FBT001  (the signal carries one bool)
        self._set_connection(self._opening.store_kind if reached else "offline")
        if reached:
            self._loss = None
            self.textures.retry_missing()

    def _set_connection(self, connection: str) -> None:
        self.connection = connection
        self.connection_changed.emit(connection)


async def _themselves(services: Services) -> Services:
    return services
