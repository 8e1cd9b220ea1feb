"""Generating artwork: take the lease, accumulate every panel, commit once."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from packdesk.domain import transitions
from packdesk.domain.order import GenerationOrder, candidate_seeds
from packdesk.domain.panels import PANEL_IDS, first_panel, panel_sizes
from packdesk.domain.request import PanelRequest
from packdesk.domain.state import utc_text
from packdesk.errors import PackageChangedError, other_package
from packdesk.services.batch import Batch, GenerationOutcome, Pace, failure_sentence
from packdesk.services.candidates import CandidateRun, Candidates
from packdesk.services.changing import ChangeReader
from packdesk.services.lease import GenerationLease
from packdesk.services.ordering import asked_for, checked_panels, checked_words, ordered_panels
from packdesk.services.outcome_notes import outcome_notes
from packdesk.services.panel_generator import PanelGenerator, ReferenceShelf, write_down
from packdesk.services.placing import kept
from packdesk.services.spending import month_of
from packdesk.store.job_records import JobRecord
from packdesk.textures.check import read_picture_file
from packdesk.textures.notes import making_of
from packdesk.textures.reader import path_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from packdesk.domain.pack_words import PackWords
    from packdesk.domain.state import PackagingState
    from packdesk.generation.base import Estimate, Provider
    from packdesk.services.batch import Progress, ProgressListener
    from packdesk.services.objects import ObjectService
    from packdesk.services.shared_state import SharedState
    from packdesk.services.spending import SpendingService
    from packdesk.services.tidying import TidyService
    from packdesk.store.job_records import JobFolder, RunningJob
    from packdesk.store.kept_file import KeptValue
    from packdesk.textures.holds import Hold
    from packdesk.textures.reader import TextureReader


@dataclass(frozen=True)
class GenerationOptions:
    """How artwork is made.

    Attributes:
        dpi: wanted resolution of the pictures.
        parallel: panels at a time; None leaves it to the provider.
        seed: the variation to paint.
        all_at_once: show the provider no finished panels, so that none has to wait for another.
    """

    dpi: float = 300
    parallel: int | None = None
    seed: int = 0
    all_at_once: bool = False


class GenerationService:
    """Asks the provider for panels and puts the results on the shared design."""

    def __init__(
        self,
        shared: SharedState,
        provider: Provider,
        reader: TextureReader,
        jobs: JobFolder,
        options: GenerationOptions | None = None,
        *,
        tidying: TidyService,
        spending: SpendingService | None = None,
        words: KeptValue[PackWords] | None = None,
        objects: ObjectService | None = None,
    ) -> None:
        self._shared = shared
        self._provider = provider
        self._reader = reader
        self._jobs = jobs
        self._tidying = tidying
        self._spending = spending
        self._words = words
        self._objects = objects
        self._options = options or GenerationOptions()

    @property
    def provider_name(self) -> str:
        """Who paints."""
        return self._provider.profile.name

    @property
    def paid(self) -> bool:
        """Whether pictures cost something."""
        return self._provider.profile.paid

    def use_provider(self, provider: Provider) -> Provider:
        """Have another provider make the pictures from now on; returns the former one."""
        former, self._provider = self._provider, provider
        return former

    def use_options(self, options: GenerationOptions) -> None:
        """Make artwork so from the next generation on."""
        self._options = options

    async def prepare(self) -> None:
        """Let the provider get ready, so that its name and its estimates are the final ones.

        Raises:
            ProviderSetupError: it cannot work as it is set up.
        """
        await self._provider.prepare()

    async def estimate(
        self, panel_ids: Sequence[str] | None = None, *, candidates: int = 1, chosen: bool = False
    ) -> Estimate | None:
        """What a step of generating these panels (default: all) will cost; None when it is free.

        Args:
            panel_ids: the panels.
            candidates: if several, that many pictures of the first panel, and no others.
            chosen: whether the first panel's picture is there already.

        Raises:
            ProviderSetupError: the provider cannot work as it is set up.
            LedgerUnwritableError: what was spent cannot be read, and there is a limit.
        """
        await self.prepare()
        state = await self._shared.load()
        panels = asked_for(state, panel_ids, candidates, chosen=chosen)
        if not panels:
            return None
        estimate = self._provider.estimate([self._request(state, panel_id, "") for panel_id in panels])
        return None if estimate is None else replace(estimate, month=await month_of(self._spending))

    def prices(self, state: PackagingState) -> dict[str, float]:
        """About what each panel of a design costs, in US dollars; empty when they are free."""
        sizes = PANEL_IDS[state.package_type] if self.paid else ()
        estimates = {panel: self._provider.estimate([self._request(state, panel, "")]) for panel in sizes}
        return {panel_id: one.usd for panel_id, one in estimates.items() if one is not None}

    async def kept_words(self) -> PackWords | None:
        """The words on the pack that were kept last on this machine for this design."""
        return None if self._words is None else await asyncio.to_thread(self._words.read)

    async def keep_words(self, words: PackWords) -> None:
        """Keep them."""
        if self._words is not None:
            await asyncio.to_thread(self._words.write, words)

    async def aclose(self) -> None:
        """Let the provider's connections go."""
        await self._provider.aclose()

    async def generate(
        self, order: GenerationOrder, listener: ProgressListener | None = None
    ) -> GenerationOutcome:
        """Make the artwork of an order; nothing is visible before the one commit at the end.

        A panel that fails does not stop the others: the outcome and `last_error` name it. Cancelling the task
        commits nothing but the cleared flags; what was finished is offered by `UnfinishedService`.

        Args:
            order: what is wanted. Panels beside those it names are shown to the provider.
            listener: is called with the `Progress` of every panel that begins or ends.

        Raises:
            InvalidInputError: unusable prompt or words, or unknown panel.
            BadPictureError: the reference is no usable picture.
            ProviderSetupError: the provider cannot work as it is set up.
            GenerationBusyError: some program is generating on this design already.
            GenerationSupersededError: another generation took over while this one was suspended.
            PackageChangedError: the package type changed meanwhile.
        """
        (text, words), job_id, now = checked_words(order), uuid.uuid4().hex[:12], utc_text()
        await self.prepare()
        shown, seed = await self._kept_reference(order.reference), await self._seed_of(order)

        def begin(state: PackagingState) -> PackagingState:
            return transitions.begin(state, ordered_panels(state, order), now, bulk=order.bulk)

        lease, state = await GenerationLease.take(self._shared, job_id, begin)
        record = JobRecord(
            id=job_id,
            place=self._jobs.place,
            prompt=text,
            package_type=state.package_type,
            panel_ids=tuple(state.generating_panels),
            started_at=now,
            reference=shown,
            words=words,
            seed=seed,
        )
        return await self._run(lease, state, record, order, listener)

    async def candidates(
        self, order: GenerationOrder, listener: ProgressListener | None = None
    ) -> Candidates:
        """Make several pictures of the first panel to choose from: kept in the library, named by no design.

        Nothing is written to the store, not even flags; cancelling leaves the pictures that are done.

        Args:
            order: what is wanted, and how many candidates.
            listener: is called with the `Progress` of every candidate that begins or ends.

        Raises:
            PackdeskError: not a single one was made. Else as `generate`, but for the lease's errors.
        """
        text, words = checked_words(order)
        await self.prepare()
        shown, seed = await self._kept_reference(order.reference), await self._seed_of(order)
        state = await self._shared.load()
        panels = checked_panels(state, order.panel_ids)
        first = first_panel(state.package_type, panels)
        seeds = candidate_seeds(seed, order.candidates)
        requests = [self._request(state, first, text, words, one) for one in seeds]
        with self._reader.library.holds.holding() as hold:
            painter = self._generator(state, panels, shown, hold)
            run = CandidateRun(painter, self._parallel, listener or _ignore)
            pictures, failures = await run.paint(requests)
        others = tuple(panel_id for panel_id in panels if panel_id != first)
        rest = await self.estimate(others) if others and self.paid else None
        return Candidates(order, state.package_type, first, others, pictures, failures, rest)

    async def resume(self, record: JobRecord, listener: ProgressListener | None = None) -> GenerationOutcome:
        """Continue an interrupted job: the provider is asked only for what is missing.

        Raises: as `generate`.
        """
        await self.prepare()
        lease, state = await GenerationLease.take(
            self._shared, record.id, lambda state: self._resumed(state, record)
        )
        reference = path_of(record.reference) if record.reference else None
        order = GenerationOrder(record.prompt, record.panel_ids, reference, record.words, record.seed)
        return await self._run(lease, state, record, order, listener)

    async def _kept_reference(self, reference: Path | None) -> str:
        # Kept in the library, so that an interrupted job can be continued with it.
        if reference is None:
            return ""
        picture = await asyncio.to_thread(read_picture_file, reference)
        making = making_of("reference", reference.name, utc_text())
        with self._reader.library.holds.holding() as hold:  # until the job's record names it
            await asyncio.to_thread(hold.take, picture.sha256)
            return await asyncio.to_thread(self._reader.library.add, picture, making)

    async def _seed_of(self, order: GenerationOrder) -> int:
        """The variation of an order. What follows a chosen picture is the same one.

        Raises:
            TextureUnavailableError: the chosen picture has gone.
        """
        library = self._reader.library
        if order.chosen:
            await asyncio.to_thread(library.read, order.chosen)  # found out before anything is marked
        if order.seed is not None:
            return order.seed
        making = await asyncio.to_thread(library.making, order.chosen) if order.chosen else None
        return self._options.seed if making is None or making.seed is None else making.seed

    async def _lay_chosen(
        self, state: PackagingState, job: RunningJob, order: GenerationOrder, hold: Hold
    ) -> None:
        """Have the picture that was chosen for the first panel in the job's record: it is finished."""
        if not order.chosen:
            return
        record, library = job.record, self._reader.library
        first = first_panel(state.package_type, record.panel_ids)
        laid = await asyncio.to_thread(kept, library, order.chosen, first, hold)
        request = self._request(state, first, record.prompt)
        painter = self._generator(state, record.panel_ids, "", hold)
        await write_down(job, await painter.lay(laid, request))

    async def _run(
        self,
        lease: GenerationLease,
        state: PackagingState,
        record: JobRecord,
        order: GenerationOrder,
        listener: ProgressListener | None,
    ) -> GenerationOutcome:
        done = False
        with contextlib.ExitStack() as stack:
            hold = stack.enter_context(self._reader.library.holds.holding())
            try:
                job = await asyncio.to_thread(self._jobs.begin, record)
                stack.callback(lambda: job.end(keep=not done))
                await self._lay_chosen(state, job, order, hold)
                batch = self._batch(state, job, listener)
                for panel_id in batch.in_panel_order():  # what is there already
                    batch.report(panel_id)
                await self._add_change(batch, state, order)
                painter = self._generator(state, record.panel_ids, record.reference, hold)
                await lease.while_held(painter.generate(batch))
                outcome = await self._finish(lease, state, batch, order)
                outcome = await self._settled(state, outcome)
            except PackageChangedError as error:
                await lease.end(error.sentence)
                raise
            except BaseException:
                await asyncio.shield(lease.end(None))
                raise
            done = True
        await self._tidying.keep_within_budget()
        return outcome

    async def _settled(self, begun: PackagingState, outcome: GenerationOutcome) -> GenerationOutcome:
        """With what was done to objects meanwhile."""
        if self._objects is None:
            return outcome
        state = await self._objects.settle(begun, outcome.before, outcome.finished)
        return outcome if state is None else replace(outcome, state=state)

    async def _add_change(self, batch: Batch, state: PackagingState, order: GenerationOrder) -> None:
        if order.change is not None:
            reader = ChangeReader(self._reader)
            batch.requests = [await reader.with_change(state, one, order.change) for one in batch.requests]

    @property
    def _parallel(self) -> int:
        return self._options.parallel or self._provider.profile.usual_parallel

    def _batch(self, state: PackagingState, job: RunningJob, listener: ProgressListener | None) -> Batch:
        record = job.record
        requests = [
            self._request(state, panel_id, record.prompt, record.words, record.seed)
            for panel_id in record.missing()
        ]
        pace = Pace(len(requests), self._parallel)
        return Batch(record.panel_ids, requests, job, listener or _ignore, pace, dict(record.textures))

    def _generator(
        self, state: PackagingState, panel_ids: Sequence[str], reference: str, hold: Hold
    ) -> PanelGenerator:
        follow = self._provider.profile.takes_references and not self._options.all_at_once
        stays = {name: one for name, one in state.panel_textures.items() if name not in panel_ids}
        shelf = ReferenceShelf(self._reader, state.package_type, stays if follow else {}, reference)
        library, parallel = self._reader.library, self._parallel
        shown = state.panel_textures
        return PanelGenerator(self._provider, library, shelf, hold, parallel, follow_lead=follow, shown=shown)

    def _request(
        self,
        state: PackagingState,
        panel_id: str,
        prompt: str,
        words: PackWords | None = None,
        seed: int | None = None,
    ) -> PanelRequest:
        return PanelRequest(
            prompt=prompt,
            panel_id=panel_id,
            size=panel_sizes(state.package_type, state.package_dimensions)[panel_id],
            package_type=state.package_type,
            package_dimensions=state.package_dimensions,
            dpi=self._options.dpi,
            seed=self._options.seed if seed is None else seed,
            words=words,
        )

    async def _finish(
        self, lease: GenerationLease, begun: PackagingState, batch: Batch, order: GenerationOrder
    ) -> GenerationOutcome:
        failures = batch.failures_in_panel_order()
        error = failure_sentence(failures, len(batch.panel_ids))
        made, now = batch.in_panel_order(), utc_text()
        before = begun

        def finish(current: PackagingState) -> PackagingState:
            nonlocal before
            before = current
            return transitions.finish(current, begun, made, error, now)

        state = await lease.commit(
            finish,
            waiting=lambda: batch.report(batch.panel_ids[-1], note="waiting for the store"),
        )
        told = [] if order.change else outcome_notes(batch, self._provider.profile)
        # What holds for the words is said by every panel.
        notes = dict.fromkeys([*told, *(note for one in made for note in batch.notes.get(one, ()))])
        return GenerationOutcome(order, before, state, tuple(made), failures, tuple(batch.ways), tuple(notes))

    @staticmethod
    def _resumed(state: PackagingState, record: JobRecord) -> PackagingState:
        if state.package_type != record.package_type:
            raise other_package(record.package_type, state.package_type)
        return transitions.begin(state, record.missing() or record.panel_ids, utc_text(), bulk=True)


def _ignore(_: Progress) -> None:
    pass
