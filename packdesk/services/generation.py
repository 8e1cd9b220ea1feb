"""Generating artwork: accumulate every panel, then commit once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from packdesk.domain import transitions
from packdesk.domain.panels import PANEL_IDS, check_panel, panel_sizes
from packdesk.domain.prompts import check_prompt
from packdesk.domain.request import PanelRequest
from packdesk.domain.state import PackagingState, PanelTexture, new_texture, utc_text
from packdesk.errors import InvalidInputError, PackageChangedError, PackdeskError
from packdesk.services.commits import commit
from packdesk.services.progress import GenerationOutcome, Progress, failure_sentence
from packdesk.textures.check import clean_picture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from packdesk.generation.base import Provider
    from packdesk.store.base import StateStore
    from packdesk.textures.library import TextureLibrary

    ProgressListener = Callable[[Progress], None]


@dataclass(frozen=True)
class GenerationOptions:
    """How artwork is made: picture resolution, panels at a time, and the variation to paint."""

    dpi: float = 300
    parallel: int = 2
    seed: int = 0


@dataclass
class _Batch:
    """One running generation: what was asked, and what came of it so far."""

    requests: Sequence[PanelRequest]
    listener: ProgressListener
    textures: dict[str, PanelTexture] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)

    def in_panel_order(self) -> dict[str, PanelTexture]:
        """The successes in the order they were asked for, not in the order they came."""
        order = [request.panel_id for request in self.requests]
        return {panel_id: self.textures[panel_id] for panel_id in order if panel_id in self.textures}

    def tell(self, panel_id: str) -> None:
        """Report the panel's present standing."""
        self.listener(
            Progress(
                panel_id=panel_id,
                finished=panel_id in self.textures,
                error=self.failures.get(panel_id),
                done=len(self.textures) + len(self.failures),
                total=len(self.requests),
            )
        )


class GenerationService:
    """Asks the provider for panels and puts the results on the shared design."""

    def __init__(
        self,
        store: StateStore,
        provider: Provider,
        library: TextureLibrary,
        options: GenerationOptions | None = None,
    ) -> None:
        self._store = store
        self._provider = provider
        self._library = library
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
        return await self._run([panel_id], prompt, listener, bulk=False)

    async def generate_all(
        self,
        prompt: str,
        panel_ids: Iterable[str] | None = None,
        listener: ProgressListener | None = None,
    ) -> GenerationOutcome:
        """Make artwork for all (or the named) panels; nothing is visible before the one commit at the end.

        A panel that fails does not stop the others: the outcome and `last_error` name it. Cancelling the task
        commits nothing but the cleared flags.

        Raises:
            InvalidInputError: unusable prompt or unknown panel.
            GenerationBusyError: some program is generating on this design already.
            PackageChangedError: the package type changed meanwhile.
        """
        chosen = None if panel_ids is None else list(panel_ids)
        return await self._run(chosen, prompt, listener, bulk=True)

    async def _run(
        self, panel_ids: list[str] | None, prompt: str, listener: ProgressListener | None, *, bulk: bool
    ) -> GenerationOutcome:
        text = check_prompt(prompt)
        state = await self._begin(panel_ids, bulk=bulk)
        requests = [self._request(state, panel_id, text) for panel_id in state.generating_panels]
        batch = _Batch(requests, listener or _ignore)
        try:
            await self._paint(batch)
            return await self._finish(state, batch)
        except PackageChangedError as error:
            await self._release(error.sentence)
            raise
        except BaseException:
            await asyncio.shield(self._release(None))
            raise

    async def _begin(self, panel_ids: list[str] | None, *, bulk: bool) -> PackagingState:
        # The panels are checked against the very state that is marked, whatever others do meanwhile.
        now = utc_text()

        def mutate(state: PackagingState) -> PackagingState:
            wanted = list(PANEL_IDS[state.package_type]) if panel_ids is None else panel_ids
            if not wanted:
                raise InvalidInputError("No panel was named.", "Name at least one.")
            checked = [check_panel(state.package_type, panel_id) for panel_id in dict.fromkeys(wanted)]
            return transitions.begin(state, checked, now, bulk=bulk)

        return await commit(self._store, mutate)

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

    async def _paint(self, batch: _Batch) -> None:
        places = asyncio.Semaphore(self._options.parallel)

        async def one(request: PanelRequest) -> None:
            async with places:
                batch.tell(request.panel_id)
                await self._panel(batch, request)
                batch.tell(request.panel_id)

        async with asyncio.TaskGroup() as group:
            for request in batch.requests:
                group.create_task(one(request))

    async def _panel(self, batch: _Batch, request: PanelRequest) -> None:
        try:
            data = await self._provider.generate(request)
            picture = await asyncio.to_thread(clean_picture, data)
            url = await asyncio.to_thread(self._library.add, picture)
        except PackdeskError as error:
            batch.failures[request.panel_id] = error.sentence
            return
        batch.textures[request.panel_id] = new_texture(
            request.panel_id, url, request.prompt, request.size, utc_text()
        )

    async def _finish(self, begun: PackagingState, batch: _Batch) -> GenerationOutcome:
        error = failure_sentence(batch.failures, len(batch.requests))
        made, now = batch.in_panel_order(), utc_text()
        state = await commit(
            self._store, lambda current: transitions.finish(current, begun.package_type, made, error, now)
        )
        return GenerationOutcome(state=state, finished=tuple(made), failures=dict(batch.failures))

    async def _release(self, error: str | None) -> None:
        now = utc_text()
        await commit(self._store, lambda state: transitions.fail(state, error, now))


def _ignore(_: Progress) -> None:
    pass
