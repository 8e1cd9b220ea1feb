"""The design as it is served: followed in the store, changed in the order of the requests."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from packdesk.domain.prompts import check_prompt
from packdesk.domain.state import PackagingState, default_state, status_of
from packdesk.domain.transitions import outgrown_panels
from packdesk.errors import (
    PackageChangedError,
    PackdeskError,
    StoreBusyError,
    StoreUnavailableError,
    UnexpectedError,
)
from packdesk.sentence import Sentence
from packdesk.serve.events import EventHub, EventStream, event
from packdesk.services.following import Follower, FollowerNews
from packdesk.textures.addresses import http_address

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from packdesk.domain.order import GenerationOrder
    from packdesk.domain.size_edit import SizeEdit
    from packdesk.services.batch import Progress
    from packdesk.services.container import Services

REST_S = 0.4
"""Sizes rest so long before pictures are cut anew."""
_log = logging.getLogger(__name__)


class ServedDesign:
    """What the endpoints ask.

    Args:
        services: what can be done with the design.

    Attributes:
        hub: tells clients what happens.
        services: as given.
    """

    def __init__(self, services: Services) -> None:
        self.services = services
        self.hub = EventHub()
        self._state = default_state()
        self._problem: PackdeskError | None = None
        self._failed: str | None = None
        self._in_order = asyncio.Lock()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._refit: asyncio.Task[None] | None = None
        services.shared.listener = self._on_state
        news = FollowerNews(self._on_reached, _ignore, self._on_failed)
        self._follower = Follower(services.shared, services.designs, news)

    def begin(self) -> None:
        """Follow the store."""
        self._start(self._follower.follow())

    async def close(self) -> None:
        """End what runs: a generation gives its lease back, and what it has finished is offered again."""
        self.hub.close()
        self.services.shared.unfollow()
        running = list(self._tasks)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def status(self) -> dict[str, Any]:
        """What is being generated, from memory: asked often, by many.

        Raises:
            PackdeskError: the store does not answer, or the design cannot be read.
        """
        if self._problem is not None:
            raise self._problem
        return self._told(status_of(self._state).model_dump(mode="json"))

    async def state(self, base: str) -> dict[str, Any]:
        """The whole design, our pictures at `base`: scheme, host and port the client sees.

        Raises:
            PackdeskError: as `status`.
        """
        return await self.shown(await self.services.designs.get_state(), base)

    async def shown(self, state: PackagingState, base: str) -> dict[str, Any]:
        """A state as it is answered."""
        document = self._told(state.model_dump(mode="json"))
        urls = {panel_id: texture.texture_url for panel_id, texture in state.panel_textures.items()}
        for panel_id, sha256 in (await self.services.pictures.kept_here(urls)).items():
            document["panel_textures"][panel_id]["texture_url"] = http_address(base, sha256)
        return document

    async def update_dimensions(self, edit: SizeEdit) -> PackagingState:
        """Set type and sizes: of two requests the one that came last wins. Raises as the service."""
        async with self._in_order:
            state = await self.services.designs.update_dimensions(edit)
        if outgrown_panels(state):
            self._refit_later()
        return state

    async def clear(self) -> PackagingState:
        """Back to the default design."""
        async with self._in_order:
            self._failed = None
            return await self.services.designs.clear()

    async def generate(self, order: GenerationOrder, edit: SizeEdit | None, package_type: str) -> None:
        """Begin to generate; returns as soon as the design says so. The end is told by status and events.

        Args:
            order: what is wanted.
            edit: sizes to set first.
            package_type: what the client believes the package to be.

        Raises:
            PackageChangedError: it is of another type.
            PackdeskError: as `GenerationService.generate`.
        """
        check_prompt(order.prompt)  # before anything is changed for it
        state = await self.services.designs.get_state()
        _check_type(state, package_type)
        if edit is not None and not state.generating:  # else it is refused below
            await self.update_dimensions(edit)
        begun = asyncio.Event()

        def tell(progress: Progress) -> None:
            begun.set()
            self.hub.publish("progress", _told_progress(progress))

        task = self._start(self.services.generation.generate(order, tell))
        beginning = asyncio.ensure_future(begun.wait())
        await asyncio.wait({task, beginning}, return_when=asyncio.FIRST_COMPLETED)
        beginning.cancel()
        if task.done():
            await task  # raises why it did not begin
        self._failed = None
        task.add_done_callback(self._on_generated)

    def events(self) -> EventStream:
        """Everything that happens from now on, and first what stands."""
        return EventStream(self.hub, event("revision", self._news()))

    def _start(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _refit_later(self) -> None:
        if self._refit is not None and not self._refit.done():
            self._refit.cancel()  # while it rests; a cut that is being made is made to its end in its thread
        self._refit = self._start(self._refitted())

    async def _refitted(self) -> None:
        await asyncio.sleep(REST_S)
        try:
            await self.services.pictures.refit()
        except (StoreUnavailableError, StoreBusyError) as error:  # told elsewhere; the next size tries again
            _log.info("The pictures were not cut anew: %s", error.sentence)
        except PackdeskError as error:
            self._fail(error)

    def _on_generated(self, task: asyncio.Task[Any]) -> None:
        if task.cancelled():
            return
        error = task.exception()
        if isinstance(error, PackdeskError):
            self._fail(error)
        elif error is not None:
            _log.info("The unexpected error", exc_info=error)
            self._tell_failure(f"Something unexpected went wrong ({type(error).__name__}).")

    def _fail(self, error: PackdeskError) -> None:
        self._tell_failure(error.full_text())

    def _tell_failure(self, text: str) -> None:
        _log.warning("%s", text)
        self._failed = text
        self.hub.publish("failure", {"detail": text})

    def _on_state(self, state: PackagingState, gone: bool) -> None:  # noqa: FBT001  (a listener)
        del gone  # it goes on as it was seen last
        self._state, self._problem = state, None
        self.hub.publish("revision", self._news())

    def _on_reached(self, reached: bool) -> None:  # noqa: FBT001  (a listener)
        if reached:
            self._problem = None

    def _on_failed(self, error: PackdeskError) -> None:
        if not isinstance(error, UnexpectedError):  # a fault of a moment, and nobody tells when it is over
            self._problem = error
        self.hub.publish("failure", {"detail": error.full_text()})

    def _told(self, document: dict[str, Any]) -> dict[str, Any]:
        # What the design itself does not name, such as that the store refused the result.
        return document | {"last_error": document["last_error"] or self._failed}

    def _news(self) -> dict[str, Any]:
        return {"revision": self.services.shared.revision} | self._told(
            status_of(self._state).model_dump(mode="json")
        )


def _check_type(state: PackagingState, package_type: str) -> None:
    if state.package_type != package_type:
        raise PackageChangedError(
            Sentence("The package is a {package} by now.", package=state.package_type),
            "Load the design again.",
        )


def _told_progress(progress: Progress) -> dict[str, Any]:
    return {
        "panel_id": progress.panel_id,
        "finished": progress.finished,
        "error": progress.error,
        "done": progress.done,
        "total": progress.total,
        "left_s": None if progress.left_s is None else round(progress.left_s, 1),
    }


def _ignore() -> None:
    pass
