"""Generating artwork: take the lease, accumulate every panel, commit once."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packdesk.domain import transitions
from packdesk.domain.panels import PANEL_IDS, check_panel, panel_sizes
from packdesk.domain.prompts import check_prompt
from packdesk.domain.request import PanelRequest
from packdesk.domain.state import utc_text
from packdesk.errors import InvalidInputError, PackageChangedError
from packdesk.services.batch import Batch, paint
from packdesk.services.holder import GenerationLease
from packdesk.services.progress import GenerationOutcome, failure_sentence
from packdesk.store.job_records import JobRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from packdesk.domain.state import PackagingState
    from packdesk.generation.base import Provider
    from packdesk.services.batch import ProgressListener
    from packdesk.services.commits import SharedState
    from packdesk.services.progress import Progress
    from packdesk.store.job_records import JobFolder
    from packdesk.textures.library import TextureLibrary


@dataclass(frozen=True)
class GenerationOptions:
    """How artwork is made: picture resolution, panels at a time, and the variation to paint."""

    dpi: float = 300
    parallel: int = 2
    seed: int = 0


class GenerationService:
    """Asks the provider for panels and puts the results on the shared design."""

    def __init__(
        self,
        shared: SharedState,
        provider: Provider,
        library: TextureLibrary,
        jobs: JobFolder,
        options: GenerationOptions | None = None,
    ) -> None:
        self._shared = shared
        self._provider = provider
        self._library = library
        self._jobs = jobs
        self._options = options or GenerationOptions()

    @property
    def provider_name(self) -> str:
        """Who paints."""
        return self._provider.name

    async def generate(
        self, panel_id: str, prompt: str, listener: ProgressListener | None = None
    ) -> GenerationOutcome:
        """Make artwork for one panel and commit it.

        Raises: as `generate_all`.
        """
        return await self._start([panel_id], prompt, listener, bulk=False)

    async def generate_all(
        self,
        prompt: str,
        panel_ids: Iterable[str] | None = None,
        listener: ProgressListener | None = None,
    ) -> GenerationOutcome:
        """Make artwork for all (or the named) panels; nothing is visible before the one commit at the end.

        A panel that fails does not stop the others: the outcome and `last_error` name it. Cancelling the task
        commits nothing but the cleared flags; what was finished is offered by `UnfinishedService`.

        Raises:
            InvalidInputError: unusable prompt or unknown panel.
            GenerationBusyError: some program is generating on this design already.
            GenerationSupersededError: another generation took over while this one was suspended.
            PackageChangedError: the package type changed meanwhile.
        """
        chosen = None if panel_ids is None else list(panel_ids)
        return await self._start(chosen, prompt, listener, bulk=True)

    async def resume(self, record: JobRecord, listener: ProgressListener | None = None) -> GenerationOutcome:
        """Continue an interrupted job: the provider is asked only for what is missing.

        Raises: as `generate_all`.
        """
        lease, state = await GenerationLease.take(
            self._shared, record.id, lambda state: self._resumed(state, record)
        )
        return await self._run(lease, state, record, listener)

    async def _start(
        self, panel_ids: list[str] | None, prompt: str, listener: ProgressListener | None, *, bulk: bool
    ) -> GenerationOutcome:
        text, job_id, now = check_prompt(prompt), uuid.uuid4().hex[:12], utc_text()

        def begin(state: PackagingState) -> PackagingState:
            # The panels are checked against the very state that is marked, whatever others do meanwhile.
            return transitions.begin(state, _checked_panels(state, panel_ids), now, bulk=bulk)

        lease, state = await GenerationLease.take(self._shared, job_id, begin)
        record = JobRecord(
            id=job_id,
            place=self._jobs.place,
            prompt=text,
            package_type=state.package_type,
            panel_ids=tuple(state.generating_panels),
            started_at=now,
        )
        return await self._run(lease, state, record, listener)

    async def _run(
        self,
        lease: GenerationLease,
        state: PackagingState,
        record: JobRecord,
        listener: ProgressListener | None,
    ) -> GenerationOutcome:
        done = False
        with contextlib.ExitStack() as stack:
            try:
                job = await asyncio.to_thread(self._jobs.begin, record)
                stack.callback(lambda: job.end(keep=not done))
                requests = [self._request(state, panel_id, record.prompt) for panel_id in record.missing()]
                batch = Batch(record.panel_ids, requests, job, listener or _ignore, dict(record.textures))
                await lease.while_held(paint(batch, self._provider, self._library, self._options.parallel))
                outcome = await self._finish(lease, state, batch)
            except PackageChangedError as error:
                await lease.end(error.sentence)
                raise
            except BaseException:
                await asyncio.shield(lease.end(None))
                raise
            done = True
        return outcome

    def _request(self, state: PackagingState, panel_id: str, prompt: str) -> PanelRequest:
        return PanelRequest(
            prompt=prompt,
            panel_id=panel_id,
            size=panel_sizes(state.package_type, state.package_dimensions)[panel_id],
            package_type=state.package_type,
            package_dimensions=state.package_dimensions,
            dpi=self._options.dpi,
            seed=self._options.seed,
        )

    async def _finish(self, lease: GenerationLease, begun: PackagingState, batch: Batch) -> GenerationOutcome:
        error = failure_sentence(batch.failures, len(batch.panel_ids))
        made, now = batch.in_panel_order(), utc_text()
        state = await lease.commit(
            lambda current: transitions.finish(current, begun, made, error, now),
            waiting=lambda: batch.tell(batch.panel_ids[-1], note="waiting for the store"),
        )
        return GenerationOutcome(state=state, finished=tuple(made), failures=dict(batch.failures))

    @staticmethod
    def _resumed(state: PackagingState, record: JobRecord) -> PackagingState:
        if state.package_type != record.package_type:
            raise PackageChangedError(
                f"The job is for a {record.package_type}, the package is a {state.package_type} now.",
                "Switch the package back, or discard the job.",
            )
        return transitions.begin(state, record.missing() or record.panel_ids, utc_text(), bulk=True)


def _checked_panels(state: PackagingState, panel_ids: list[str] | None) -> Sequence[str]:
    wanted = list(PANEL_IDS[state.package_type]) if panel_ids is None else panel_ids
    if not wanted:
        raise InvalidInputError("No panel was named.", "Name at least one.")
    return [check_panel(state.package_type, panel_id) for panel_id in dict.fromkeys(wanted)]


def _ignore(_: Progress) -> None:
    pass
