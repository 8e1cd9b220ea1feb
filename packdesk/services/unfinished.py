"""Jobs that were interrupted or cancelled with pictures already made: continue, apply or discard."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from packdesk.domain import transitions
from packdesk.domain.state import utc_text

if TYPE_CHECKING:
    from packdesk.domain.state import PackagingState
    from packdesk.services.batch import ProgressListener
    from packdesk.services.commits import SharedState
    from packdesk.services.generation import GenerationService
    from packdesk.services.progress import GenerationOutcome
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

        Raises: as `GenerationService.generate_all`; InvalidInputError for an unknown job.
        """
        record = await asyncio.to_thread(self._jobs.find, job_id)
        return await self._generation.resume(record, listener)

    async def apply(self, job_id: str) -> PackagingState:
        """Put the finished pictures on their panels in one write and forget the job.

        Raises:
            InvalidInputError: there is no such job.
            PackageChangedError: the package is of another type by now; the job is kept.
        """
        record = await asyncio.to_thread(self._jobs.find, job_id)
        now = utc_text()
        state = await self._shared.commit(
            lambda state: transitions.put_textures(state, record.package_type, record.textures, now)
        )
        await asyncio.to_thread(self._jobs.discard, record.id)
        return state

    async def discard(self, job_id: str) -> None:
        """Forget a job; its pictures stay in the texture library.

        Raises:
            InvalidInputError: there is no such job.
        """
        await asyncio.to_thread(self._jobs.discard, job_id)
