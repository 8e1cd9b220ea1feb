"""Artwork intents of the window: generate, import, place, clear, open; and what came of them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from packdesk.domain.change import ChangeKind, difference
from packdesk.jobs.agreement import PaidAgreement
from packdesk.jobs.bundle_desk import BundleDesk
from packdesk.jobs.generation_job import GenerationJob
from packdesk.jobs.refitter import Refitter
from packdesk.jobs.unfinished_jobs import UnfinishedJobs
from packdesk.textures.images import decode_picture

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from pathlib import Path
    from typing import Any

    from packdesk.domain.state import PackagingState
    from packdesk.errors import PackdeskError
    from packdesk.jobs.calls import Calls
    from packdesk.jobs.size_saver import SizeSaver
    from packdesk.services.bundle import Services
    from packdesk.services.progress import GenerationOutcome
    from packdesk.textures.mips import MippedImage
    from packdesk.textures.origins import Fit

CLIPBOARD = "the clipboard"


class ArtworkDesk(QObject):
    """Starts what concerns artwork once no size waits to be written, so that it works on what is shown.

    Args:
        calls: to the loop thread.
        services: what is called.
        saver: of sizes.
        stored: tells the state the store had last.

    Signals:
        taken: the state after an artwork change of this window.
        changed_here: the `DesignChange` it was.
        generated: the `GenerationOutcome` of a generation of this window.
        stopped: a generation failed or was cancelled.
        unfinished_found: interrupted jobs with finished pictures, a list of `JobRecord`, perhaps none.
        saved: the file (`Path`) a picture was written to.
        failed: a `PackdeskError`.
    """

    taken = Signal(object)
    changed_here = Signal(object)
    generated = Signal(object)
    stopped = Signal()
    unfinished_found = Signal(object)
    saved = Signal(object)
    failed = Signal(object)

    def __init__(
        self, calls: Calls, services: Services, saver: SizeSaver, stored: Callable[[], PackagingState]
    ) -> None:
        super().__init__()
        self._calls = calls
        self._services = services
        self._saver = saver
        self._stored = stored
        self._cancels = 0
        self.job = GenerationJob(calls, services, self)
        self.agreement = PaidAgreement(calls, services.generation, self)
        self.refitter = Refitter(calls, services.refitting, self)
        self._unfinished = UnfinishedJobs(calls, services.unfinished, self)
        self.bundles = BundleDesk(calls, services, saver, self)
        self._connect()

    def _connect(self) -> None:
        self.job.finished.connect(self._on_generated)
        self.job.failed.connect(self._on_job_failed)
        self.job.cancelled.connect(self._on_cancelled)
        self.refitter.refitted.connect(self.taken)
        self._unfinished.found.connect(self.unfinished_found)
        self._unfinished.applied.connect(self._on_applied)
        self.bundles.taken.connect(self._on_bundle)
        self.bundles.changed_here.connect(self.changed_here)
        for part in (self.agreement, self.refitter, self._unfinished, self.bundles):
            part.failed.connect(self.failed)

    def generate(self, panel_id: str, prompt: str, reference: Path | None = None) -> None:
        """Have artwork made for one panel; the provider is shown the `reference` picture, if there is one."""
        self._begin(lambda: self.job.start_one(panel_id, prompt, reference), [panel_id])

    def generate_all(
        self, prompt: str, reference: Path | None = None, panel_ids: tuple[str, ...] | None = None
    ) -> None:
        """Have artwork made for all (or the named) panels, committed together."""
        self._begin(lambda: self.job.start_all(prompt, reference, panel_ids), panel_ids)

    def cancel(self) -> None:
        """Stop this window's generation, or let it not begin."""
        self.agreement.decline()
        self._cancels += 1
        self.job.cancel()

    def look_for_unfinished(self) -> None:
        """Tell of interrupted jobs."""
        self._unfinished.look()

    def resume_job(self, job_id: str) -> None:
        """Have the missing panels of an interrupted job made."""
        self._begin(lambda: self.job.resume(job_id))

    def apply_job(self, job_id: str) -> None:
        """Put the finished pictures of an interrupted job on their panels."""
        self._saver.then(lambda: self._unfinished.apply(job_id))

    def discard_job(self, job_id: str) -> None:
        """Forget an interrupted job."""
        self._unfinished.discard(job_id)

    def import_picture(self, panel_id: str, file: Path) -> None:
        """Put a picture file on a panel."""
        self._change("picture", panel_id, lambda: self._services.pictures.import_picture(panel_id, file))

    def paste_picture(self, panel_id: str, encode: Callable[[], bytes]) -> None:
        """Put a picture from another program on a panel; `encode` makes a file of it, in a worker."""

        async def put() -> PackagingState:
            data = await asyncio.to_thread(encode)
            return await self._services.pictures.put_picture(panel_id, data, CLIPBOARD)

        self._change("picture", panel_id, put)

    def save_picture(self, panel_id: str, file: Path) -> None:
        """Write a panel's picture to a file."""
        work = self._services.pictures.save_picture(panel_id, file)
        self._calls.start(work, lambda _: self.saved.emit(file), self.failed.emit)

    def copy_picture(self, url: str, done: Callable[[MippedImage], None]) -> None:
        """Have a panel's whole picture for the clipboard: the screen may have a smaller copy only."""

        async def whole() -> MippedImage:
            png = await self._services.pictures.read_picture(url)
            return (await asyncio.to_thread(decode_picture, png)).image

        self._calls.start(whole(), done, self.failed.emit)

    def save_image(self, write: Callable[[Path], None], file: Path) -> None:
        """Write a picture of the view; `write` does it, in a worker."""
        work = asyncio.to_thread(write, file)
        self._calls.start(work, lambda _: self.saved.emit(file), self.failed.emit)

    def turn_picture(self, panel_id: str) -> None:
        """Turn a panel's picture a quarter to the right."""
        self._change("placement", panel_id, lambda: self._services.pictures.turn(panel_id))

    def fit_picture(self, panel_id: str, fit: Fit) -> None:
        """Let a panel show all of its picture, or let the picture fill the panel."""
        self._change("placement", panel_id, lambda: self._services.pictures.fit(panel_id, fit))

    def clear_panel(self, panel_id: str) -> None:
        """Take the picture off a panel."""
        self._change("panel cleared", panel_id, lambda: self._services.pictures.clear_panel(panel_id))

    def _begin(self, start: Callable[[], None], panel_ids: Sequence[str] | None = None) -> None:
        cancels = self._cancels

        def go() -> None:
            if cancels == self._cancels:
                start()

        self.agreement.before(lambda: self._saver.then(go), panel_ids)

    def _change(
        self, kind: ChangeKind, panel_id: str, work: Callable[[], Coroutine[Any, Any, PackagingState]]
    ) -> None:
        self._saver.then(lambda: self._start(kind, panel_id, work))

    def _start(
        self, kind: ChangeKind, panel_id: str, work: Callable[[], Coroutine[Any, Any, PackagingState]]
    ) -> None:
        self.job.forget_failures()
        before = self._stored()
        self._calls.start(
            work(), lambda state: self._on_changed(kind, before, state, [panel_id]), self.failed.emit
        )

    def _on_changed(
        self, kind: ChangeKind, before: PackagingState, after: PackagingState, panels: Sequence[str]
    ) -> None:
        change = difference(kind, before, after, panels)
        self.taken.emit(after)
        if change is not None:
            self.changed_here.emit(change)

    @Slot(object)
    def _on_bundle(self, state: PackagingState) -> None:
        self.job.forget_failures()
        self.taken.emit(state)
        self.refitter.look(state)

    @Slot(object)
    def _on_applied(self, state: PackagingState) -> None:
        before = self._stored()
        self._on_changed("generation", before, state, [*state.panel_textures])

    @Slot(object)
    def _on_generated(self, outcome: GenerationOutcome) -> None:
        self._on_changed("generation", self._stored(), outcome.state, outcome.finished)
        self.refitter.look(outcome.state)
        self.generated.emit(outcome)

    @Slot(object)
    def _on_job_failed(self, error: PackdeskError) -> None:
        self.stopped.emit()
        self.failed.emit(error)
        self._unfinished.look()

    @Slot()
    def _on_cancelled(self) -> None:
        self.stopped.emit()
        self._unfinished.look()
