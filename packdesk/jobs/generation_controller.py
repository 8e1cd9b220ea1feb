"""Artwork from prompts: the one generation this window may run, and what interrupted ones have left."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from packdesk.domain.change import difference
from packdesk.errors import PackdeskError, other_package
from packdesk.jobs.archive_controller import read_shown
from packdesk.jobs.bridge import Answer, CancelledError, ignore

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from packdesk.domain.dimensions import Dimensions
    from packdesk.domain.order import GenerationOrder
    from packdesk.domain.pack_words import PackWords
    from packdesk.domain.state import PackagingState
    from packdesk.generation.base import Estimate, Provider
    from packdesk.jobs.bridge import Bridge, Task
    from packdesk.jobs.size_saver import SizeSaver
    from packdesk.services.batch import GenerationOutcome, Progress, ProgressListener
    from packdesk.services.candidates import Candidate, Candidates
    from packdesk.services.container import Services

    Generate = Callable[[Services, ProgressListener], Coroutine[Any, Any, GenerationOutcome]]
    Estimating = Callable[[Services], Coroutine[Any, Any, Estimate | None]]


CANDIDATE_PIXELS = 1024 * 1024
"""Of a picture to choose from: four of them share the window."""


@dataclass(frozen=True)
class JobView:
    """What the window shows of a running generation.

    Attributes:
        running: this window is generating.
        candidates: what is made are pictures to choose from.
        panels: status of each panel that was begun: `working`, `finished` or `failed`.
        done: panels finished or failed.
        total: panels asked for; 0 until known.
        left_s: seconds until all are probably done, as estimated at `estimated_at`.
        estimated_at: when that was (seconds of `time.monotonic`).
        previews: URLs of pictures that are made and not yet on their panels, by panel.
        failures: why panels of the last generation got no artwork, until the next one starts.
    """

    running: bool = False
    candidates: bool = False
    panels: Mapping[str, str] = field(default_factory=dict)
    done: int = 0
    total: int = 0
    left_s: float | None = None
    estimated_at: float = 0
    previews: Mapping[str, str] = field(default_factory=dict)
    failures: Mapping[str, str] = field(default_factory=dict)


class GenerationController(QObject):
    """Starts, follows and cancels one generation, once its cost is agreed to and no size waits to be written.

    Args:
        bridge: to the loop thread.
        provider: the name of who makes artwork, as far as it is known.
        saver: of sizes.
        parent: its owner.

    Attributes:
        view: what the window shows.
        provider: the name of who makes artwork.
        order: what was asked for last.

    Signals:
        changed: `view` is another `JobView`.
        cost_asked: the `Estimate` the user shall agree to, once a session; answered by `agree` or `decline`.
        words_found: the `PackWords` kept for this design.
        priced: about what each panel costs in US dollars, by panel; empty when artwork is free.
        provider_changed: the name of who makes artwork from now on.
        changed_here: the `DesignChange` a generation was.
        candidates_found: `Candidates`, and their pictures (a list of QImage) in the same order.
        finished: the `GenerationOutcome`; `view` still says running.
        stopped: it failed or was cancelled, likewise.
        unfinished_found: interrupted jobs with finished pictures, a list of `JobRecord`, perhaps none.
        failed: a `PackdeskError`.
    """

    changed = Signal(object)
    cost_asked = Signal(object)
    words_found = Signal(object)
    priced = Signal(object)
    provider_changed = Signal(str)
    changed_here = Signal(object)
    candidates_found = Signal(object, object)
    finished = Signal(object)
    stopped = Signal()
    unfinished_found = Signal(object)
    failed = Signal(object)
    _progressed = Signal(object)

    def __init__(
        self, bridge: Bridge, provider: str, saver: SizeSaver, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._saver = saver
        self._task: Task | None = None
        self.provider = provider
        self._agreed, self._free = False, False
        self._priced: tuple[str, Dimensions] | None = None
        self._state: PackagingState | None = None
        self.order: GenerationOrder | None = None
        self._question: Answer[None] = Answer()
        self.view = JobView()
        self._progressed.connect(self._on_progress)

    def begin(self, services: Services) -> None:
        """The services are made; whoever makes artwork is not prepared yet."""
        self._free = not services.generation.paid
        self.find_unfinished()
        self._bridge.start(self._find_words(), ignore)

    @Slot(object)
    def generate(self, order: GenerationOrder) -> None:
        """Have artwork made, or pictures to choose from."""
        self.order = order
        if order.candidates > 1:
            self._begin(partial(self._offer, order))
            return
        self._start(
            lambda services, listener: services.generation.generate(order, listener),
            lambda services: services.generation.estimate(order.panel_ids, chosen=bool(order.chosen)),
        )

    def choose(self, found: Candidates, chosen: Candidate) -> None:
        """Put a candidate on its panel, and have the others made that follow it."""
        if self._state is not None and self._state.package_type != found.package_type:
            self.failed.emit(other_package(found.package_type, self._state.package_type))
            return
        self.generate(found.order.with_choice(chosen.sha256, chosen.seed))

    def resume_job(self, job_id: str) -> None:
        """Have the missing panels of an interrupted job made."""
        self._start(
            lambda services, listener: services.unfinished.resume(job_id, listener),
            lambda services: services.unfinished.estimate(job_id),
        )

    def cancel(self) -> None:
        """Stop the generation, or let it not begin; nothing of it is committed."""
        if self._task is not None:
            self._task.cancel()

    def agree(self) -> None:
        """Go ahead at that cost, now and for the rest of the session."""
        self._agreed = True
        self._question.give(None)

    def decline(self) -> None:
        """Do not begin."""
        self._question.cancel()

    def use_provider(self, provider: Provider) -> None:
        """Have another provider make artwork from now on; its cost is asked for anew."""

        async def use(services: Services) -> None:
            await services.generation.use_provider(provider).aclose()

        self._bridge.tell(use, self.failed.emit)
        self._agreed, self._free = False, False
        if not self.view.running:
            self.cancel()
        self.prepare_provider()

    @Slot()
    def prepare_provider(self) -> None:
        """Find out who makes artwork. What is lacking is reported when it is needed, not at every start."""
        self._bridge.start(self._prepare(), ignore)

    @Slot(object)
    def keep_words(self, words: PackWords) -> None:
        """Have the words on the pack again after a restart."""
        self._bridge.tell(lambda services: services.generation.keep_words(words), self.failed.emit)

    @Slot(object)
    def follow_state(self, state: PackagingState) -> None:
        """Tell the prices of this design's panels, whenever they may be others."""
        size = state.package_type, state.package_dimensions
        self._state = state
        if size != self._priced and not self._free:
            self._priced = size
            self._bridge.start(self._price(state), ignore)

    @Slot()
    def forget_failures(self) -> None:
        """What failed last is outdated: the design was changed by other means."""
        if self.view.failures:
            self._show(replace(self.view, failures={}))

    def find_unfinished(self) -> None:
        """Tell of interrupted jobs."""
        self._bridge.start(self._find_unfinished(), self.failed.emit)

    def apply_job(self, job_id: str) -> None:
        """Put the finished pictures of an interrupted job on their panels."""
        self._bridge.start(self._apply(job_id), self.failed.emit)

    def discard_job(self, job_id: str) -> None:
        """Forget an interrupted job."""
        self._bridge.start(self._discard(job_id), self.failed.emit)

    def _start(self, generate: Generate, estimate: Estimating) -> None:
        self._begin(partial(self._run, generate, estimate))

    def _begin(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        if self._task is None or self._task.ended:
            self._task = self._bridge.start(work(), self.failed.emit)

    async def _offer(self, order: GenerationOrder) -> None:
        """Nothing of it reaches the design, so there is nothing to take back when one is not chosen."""
        panels, count = order.panel_ids, order.candidates
        await self._agreement(lambda services: services.generation.estimate(panels, candidates=count))
        await self._saver.settled()
        self._show(JobView(running=True, candidates=True))
        try:
            found = await self._bridge.ask(
                lambda services: services.generation.candidates(order, self._progressed.emit)
            )
            names = [one.sha256 for one in found.pictures]
            pictures = [await self._bridge.ask(partial(read_shown, name, CANDIDATE_PIXELS)) for name in names]
        except (PackdeskError, CancelledError) as error:
            self._stop(error)
        else:
            self._show(JobView())
            self.candidates_found.emit(found, pictures)

    async def _run(self, generate: Generate, estimate: Estimating) -> None:
        await self._agreement(estimate)
        await self._saver.settled()
        self._show(JobView(running=True))
        try:
            outcome = await self._bridge.ask(lambda services: generate(services, self._progressed.emit))
        except (PackdeskError, CancelledError) as error:
            self._stop(error)
        else:
            self._record(outcome)
            self.finished.emit(outcome)
            self._show(JobView(failures=outcome.failures))
            self.find_unfinished()  # what an earlier one has left

    async def _prepare(self) -> None:
        provider, self._free = await self._bridge.ask(_prepared)
        if self._state is not None:
            await self._price(self._state)
        if self.provider != provider:
            self.provider = provider
            self.provider_changed.emit(provider)

    async def _find_words(self) -> None:
        words = await self._bridge.ask(lambda services: services.generation.kept_words())
        if words is not None:
            self.words_found.emit(words)

    @Slot()
    def forget_words(self) -> None:
        """Another design has words of its own."""
        from packdesk.domain.pack_words import NO_WORDS  # noqa: PLC0415  (the first frame does without)

        self.keep_words(NO_WORDS)
        self.words_found.emit(NO_WORDS)

    async def _price(self, state: PackagingState) -> None:
        self.priced.emit(await self._bridge.ask(partial(_prices, state)))

    async def _agreement(self, estimating: Estimating) -> None:
        if self._agreed or self._free:
            return
        estimate = await self._bridge.ask(partial(_cost, estimating))
        if estimate is not None:
            self._question = Answer()
            self.cost_asked.emit(estimate)
            await self._question

    def _stop(self, error: BaseException) -> None:
        self.stopped.emit()
        if isinstance(error, PackdeskError):
            self.failed.emit(error)
        self.find_unfinished()
        self._show(JobView())

    def _record(self, outcome: GenerationOutcome) -> None:
        change = difference("generation", outcome.before, outcome.state, outcome.finished)
        if change is not None:
            self.changed_here.emit(change)

    def _show(self, view: JobView) -> None:
        self.view = view
        self.changed.emit(view)

    @Slot(object)
    def _on_progress(self, progress: Progress) -> None:
        if not self.view.running:
            return
        status = "failed" if progress.error else "finished" if progress.finished else "working"
        panels = {**self.view.panels, progress.panel_id: status}
        previews = dict(self.view.previews)
        if progress.texture_url and not self.view.candidates:
            previews[progress.panel_id] = progress.texture_url
        self._show(
            replace(
                self.view,
                panels=panels,
                previews=previews,
                done=progress.done,
                total=progress.total,
                left_s=progress.left_s,
                estimated_at=time.monotonic(),
            )
        )

    async def _find_unfinished(self) -> None:
        self.unfinished_found.emit(await self._bridge.ask(lambda services: services.unfinished.list()))

    async def _apply(self, job_id: str) -> None:
        await self._saver.settled()
        try:
            outcome = await self._bridge.ask(lambda services: services.unfinished.apply(job_id))
        finally:
            self.find_unfinished()  # what could not be settled is offered still
        self._record(outcome)

    async def _discard(self, job_id: str) -> None:
        try:
            await self._bridge.ask(lambda services: services.unfinished.discard(job_id))
        finally:
            self.find_unfinished()


async def _prepared(services: Services) -> tuple[str, bool]:
    """The name of who makes artwork, once that is decided, and whether it costs nothing."""
    with contextlib.suppress(PackdeskError):
        await services.generation.prepare()
    return services.generation.provider_name, not services.generation.paid


async def _cost(estimating: Estimating, services: Services) -> Estimate | None:
    return await estimating(services) if services.generation.paid else None


async def _prices(state: PackagingState, services: Services) -> dict[str, float]:
    return services.generation.prices(state)
