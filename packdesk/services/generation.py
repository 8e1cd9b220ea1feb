"""Generating artwork: take the lease, accumulate every panel, commit once."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from packdesk.domain import transitions
from packdesk.domain.order import GenerationOrder
from packdesk.domain.pack_words import NO_WORDS, check_words, unplaced, words_in
from packdesk.domain.panels import PANEL_IDS, check_panel, panel_sizes
from packdesk.domain.prompts import check_prompt
from packdesk.domain.request import PanelRequest
from packdesk.domain.state import utc_text
from packdesk.domain.text import cut
from packdesk.errors import InvalidInputError, LedgerUnwritableError, PackageChangedError
from packdesk.sentence import Sentence
from packdesk.services.batch import Batch, GenerationOutcome, Pace, failure_sentence
from packdesk.services.lease import GenerationLease
from packdesk.services.panel_generator import PanelGenerator
from packdesk.services.references import ReferenceShelf
from packdesk.store.job_records import JobRecord
from packdesk.textures.check import read_picture_file
from packdesk.textures.makings import making_of
from packdesk.textures.reader import path_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from packdesk.domain.pack_words import PackWords
    from packdesk.domain.spending import MonthReport
    from packdesk.domain.state import PackagingState
    from packdesk.generation.base import Estimate, Provider
    from packdesk.services.batch import Progress, ProgressListener
    from packdesk.services.shared_state import SharedState
    from packdesk.services.spending import SpendingService
    from packdesk.services.tidying import TidyService
    from packdesk.store.job_records import JobFolder, RunningJob
    from packdesk.store.kept_words import KeptWords
    from packdesk.textures.holds import Hold
    from packdesk.textures.reader import TextureReader

_log = logging.getLogger(__name__)


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
        words: KeptWords | None = None,
    ) -> None:
        self._shared = shared
        self._provider = provider
        self._reader = reader
        self._jobs = jobs
        self._tidying = tidying
        self._spending = spending
        self._words = words
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

    async def estimate(self, panel_ids: Sequence[str] | None = None) -> Estimate | None:
        """What generating these panels (default: all) will cost; None when it is free.

        Raises:
            ProviderSetupError: the provider cannot work as it is set up.
            LedgerUnwritableError: what was spent cannot be read, and there is a limit.
        """
        await self.prepare()
        state = await self._shared.load()
        panels = _checked_panels(state, panel_ids)
        estimate = self._provider.estimate([self._request(state, panel_id, "") for panel_id in panels])
        return None if estimate is None else replace(estimate, month=await self._month())

    def prices(self, state: PackagingState) -> dict[str, float]:
        """About what each panel of a design costs, in US dollars; empty when they are free."""
        sizes = PANEL_IDS[state.package_type] if self.paid else ()
        estimates = {panel: self._provider.estimate([self._request(state, panel, "")]) for panel in sizes}
        return {panel_id: one.usd for panel_id, one in estimates.items() if one is not None}

    async def _month(self) -> MonthReport | None:
        if self._spending is None:
            return None
        try:
            return await self._spending.report()
        except LedgerUnwritableError as error:
            if self._spending.limited:
                raise
            _log.warning("%s", error.sentence)
            return None

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
        text, job_id, now = check_prompt(order.prompt), uuid.uuid4().hex[:12], utc_text()
        words = check_words(words_in(text) if order.words is None else order.words)
        await self.prepare()
        shown = await self._kept_reference(order.reference)

        def begin(state: PackagingState) -> PackagingState:
            return transitions.begin(state, _checked_panels(state, order.panel_ids), now, bulk=order.bulk)

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
        )
        return await self._run(lease, state, record, order, listener)

    async def resume(self, record: JobRecord, listener: ProgressListener | None = None) -> GenerationOutcome:
        """Continue an interrupted job: the provider is asked only for what is missing.

        Raises: as `generate`.
        """
        await self.prepare()
        lease, state = await GenerationLease.take(
            self._shared, record.id, lambda state: self._resumed(state, record)
        )
        reference = path_of(record.reference) if record.reference else None
        order = GenerationOrder(record.prompt, record.panel_ids, reference, record.words)
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
                batch = self._batch(state, job, listener)
                await lease.while_held(self._generator(state, record, hold).generate(batch))
                outcome = await self._finish(lease, state, batch, order)
            except PackageChangedError as error:
                await lease.end(error.sentence)
                raise
            except BaseException:
                await asyncio.shield(lease.end(None))
                raise
            done = True
        await self._tidying.keep_within_budget()
        return outcome

    @property
    def _parallel(self) -> int:
        return self._options.parallel or self._provider.profile.usual_parallel

    def _batch(self, state: PackagingState, job: RunningJob, listener: ProgressListener | None) -> Batch:
        record = job.record
        requests = [
            self._request(state, panel_id, record.prompt, record.words) for panel_id in record.missing()
        ]
        pace = Pace(len(requests), self._parallel)
        return Batch(record.panel_ids, requests, job, listener or _ignore, pace, dict(record.textures))

    def _generator(self, state: PackagingState, record: JobRecord, hold: Hold) -> PanelGenerator:
        follow = self._provider.profile.takes_references and not self._options.all_at_once
        kept = {name: one for name, one in state.panel_textures.items() if name not in record.panel_ids}
        shelf = ReferenceShelf(self._reader, state.package_type, kept if follow else {}, record.reference)
        library, parallel = self._reader.library, self._parallel
        return PanelGenerator(self._provider, library, shelf, hold, parallel, follow_lead=follow)

    def _request(
        self, state: PackagingState, panel_id: str, prompt: str, words: PackWords | None = None
    ) -> PanelRequest:
        return PanelRequest(
            prompt=prompt,
            panel_id=panel_id,
            size=panel_sizes(state.package_type, state.package_dimensions)[panel_id],
            package_type=state.package_type,
            package_dimensions=state.package_dimensions,
            dpi=self._options.dpi,
            seed=self._options.seed,
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
        # What holds for the words is said by every panel.
        told = dict.fromkeys(
            [*self._notes(batch), *(note for one in made for note in batch.notes.get(one, ()))]
        )
        return GenerationOutcome(order, before, state, tuple(made), failures, tuple(batch.ways), tuple(told))

    def _notes(self, batch: Batch) -> list[str]:
        """What the user should know of the pictures as a whole."""
        record = batch.job.record
        notes: list[str] = []
        if record.reference and not self._provider.profile.takes_references:
            notes.append(
                Sentence("The reference picture was not looked at: who paints here works from words.")
            )
        words = record.words or NO_WORDS
        notes += [
            Sentence("“{text}” is quoted, but stands in no field: it is not on the pack.", text=cut(name, 80))
            for name in unplaced(record.prompt, words)
        ]
        return [*notes, *self._barcode_notes(batch)] if words.barcode else notes

    def _barcode_notes(self, batch: Batch) -> list[str]:
        if not self._provider.profile.draws_barcodes:
            return [Sentence("The barcode is not drawn: who made the artwork cannot draw exact bars.")]
        if batch.bars or not batch.textures.keys() <= batch.notes.keys():  # panels made before may have it
            return []
        panels = list(batch.in_panel_order())
        return (
            [Sentence("The barcode is not on what was made: {panels}.", panels=", ".join(panels))]
            if panels
            else []
        )

    @staticmethod
    def _resumed(state: PackagingState, record: JobRecord) -> PackagingState:
        if state.package_type != record.package_type:
            raise PackageChangedError(
                Sentence(
                    "The pictures are for a {made_for}, the package is a {package} now.",
                    made_for=record.package_type,
                    package=state.package_type,
                ),
                "Switch the package back, or discard them.",
            )
        return transitions.begin(state, record.missing() or record.panel_ids, utc_text(), bulk=True)


def _checked_panels(state: PackagingState, panel_ids: Sequence[str] | None) -> Sequence[str]:
    # Against the very state that is marked, whatever others do meanwhile.
    wanted = PANEL_IDS[state.package_type] if panel_ids is None else panel_ids
    if not wanted:
        raise InvalidInputError("No panel was named.", "Name at least one.")
    return [check_panel(state.package_type, panel_id) for panel_id in dict.fromkeys(wanted)]


def _ignore(_: Progress) -> None:
    pass
