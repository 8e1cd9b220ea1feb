"""Jobs that were interrupted or cancelled with pictures already made: continue, apply or discard."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from packdesk.domain import transitions
from packdesk.domain.order import GenerationOrder
from packdesk.domain.state import utc_text
from packdesk.services.batch import GenerationOutcome

if TYPE_CHECKING:
    from packdesk.domain.state import PackagingState
    from packdesk.generation.base import Estimate
    from packdesk.services.batch import ProgressListener
    from packdesk.services.generation import GenerationService
    from packdesk.services.shared_state import SharedState
    from packdesk.store.job_records import JobFolder, JobRecord


class UnfinishedService:
    """Offers what earlier generations of this machine have left for this store."""

    def __init__(self, shared: SharedState, jobs: JobFolder, generation: GenerationService) -> None:
        self._shared = shared
        self._jobs = jobs
        self._generation = generation

    async def list(self) -> list[JobRecord]:
        """Interrupted jobs with at least one finished picture, oldest first."""
        return await asyncio.to_thread(self._jobs.interrupted)

    async def resume(self, job_id: str, listener: ProgressListener | None = None) -> GenerationOutcome:
        """Have the missing panels made and commit all of them together.

        Raises: as `GenerationService.generate`; InvalidInputError for an unknown job.
        """
        record = await asyncio.to_thread(self._jobs.find, job_id)
        return await self._generation.resume(record, listener)

    async def estimate(self, job_id: str) -> Estimate | None:
        """What the missing panels will cost; None when they are free.

        Raises: as `GenerationService.estimate`; InvalidInputError for an unknown job.
        """
        record = await asyncio.to_thread(self._jobs.find, job_id)
        return await self._generation.estimate(record.missing()) if record.missing() else None

    async def apply(self, job_id: str) -> GenerationOutcome:
        """Put the finished pictures on their panels in one write and forget the job.

        What the job has left as the design's last error goes with it.

        Raises:
            InvalidInputError: there is no such job.
            PackageChangedError: the package is of another type by now; the job is kept.
        """
        record = await asyncio.to_thread(self._jobs.find, job_id)
        now = utc_text()
        before: list[PackagingState] = []

        def apply(state: PackagingState) -> PackagingState:
            before.append(state)
            put = transitions.put_textures(state, record.package_type, record.textures, now)
            return _without_its_error(put)

        state = await self._shared.commit(apply)
        await asyncio.to_thread(self._jobs.discard, record.id)
        order = GenerationOrder(record.prompt, record.panel_ids, words=record.words, seed=record.seed)
        return GenerationOutcome(order, before[-1], state, tuple(record.textures))

    async def discard(self, job_id: str) -> None:
        """Forget a job; its pictures stay in the texture library.

        Raises:
            InvalidInputError: there is no such job.
        """
        await asyncio.to_thread(self._jobs.discard, job_id)


def _without_its_error(state: PackagingState) -> PackagingState:
    error = state.last_error or ""
    left = error == transitions.INTERRUPTED or error.endswith(transitions.CHANGED_MEANWHILE)
    return state.model_copy(update={"last_error": None}) if left else state
