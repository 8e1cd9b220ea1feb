"""The design an assistant works on; it may choose another one of this machine."""

from __future__ import annotations

import asyncio
import contextlib
from contextlib import AsyncExitStack, aclosing
from typing import TYPE_CHECKING

from packdesk.app.choices import key_keeper
from packdesk.app.core import check_one_design, choose_provider, open_services
from packdesk.app.made_files import FileMaker
from packdesk.errors import NotPossibleError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from packdesk.assistant.folder import FileFolder
    from packdesk.domain.state import PackagingState
    from packdesk.services.container import Services
    from packdesk.settings import Settings


class Desk:
    """What the tools work with.

    Args:
        settings: where the design is kept and who paints.
        folder: where files are written to and taken from.

    Attributes:
        folder: as given.
        services: what can be done with the design.
        files: makes pictures and files of it.
    """

    services: Services
    files: FileMaker

    def __init__(self, settings: Settings, folder: FileFolder) -> None:
        self.settings = settings
        self.folder = folder
        self._opened = AsyncExitStack()
        self._in_work = 0
        self._exchanging, self._resting = asyncio.Lock(), asyncio.Event()
        self._resting.set()

    async def open(self) -> None:
        """Open the design the settings name. Raises as `open_services`."""
        await self._open(self.settings)

    async def close(self) -> None:
        """Let it go."""
        await self._opened.aclose()

    @contextlib.asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Inside the block something is done with the design: it is not exchanged for another one."""
        async with self._exchanging:
            self._in_work += 1
            self._resting.clear()
        try:
            yield
        finally:
            self._in_work -= 1
            if not self._in_work:
                self._resting.set()

    async def rest(self, patience_s: float) -> None:
        """Return when nothing is done any more, or after so many seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience_s):
                await asyncio.sleep(0)  # what was cancelled hears of it
                await self._resting.wait()

    async def choose(self, name_or_id: str) -> None:
        """Work on another design from now on; not called within `working`.

        Raises:
            InvalidSettingError: the design is kept in a shared store, which has one only.
            InvalidInputError: there is none of that name.
            NotPossibleError: something else is being done with the present one.
        """
        if self.settings.redis_url is not None:
            check_one_design(self.settings.model_copy(update={"design": name_or_id}))
        async with self._exchanging:
            if self._in_work:
                raise NotPossibleError(
                    "Something is being done with the present design.", "Choose another one when it is done."
                )
            found = await self.services.shelf.named(name_or_id)
            former = self._opened
            await self._open(self.settings.model_copy(update={"design": found.id}))
            await former.aclose()

    async def state(self) -> PackagingState:
        """The design as it is now; what a killed program has left marked is cleared."""
        await self.services.designs.clear_dead_generation()
        return await self.services.designs.get_state()

    async def _open(self, settings: Settings) -> None:
        async with AsyncExitStack() as opening:
            keys = key_keeper(settings)
            provider = choose_provider(settings, keys, beside_window=True)  # the loop stays free
            services = opening.enter_context(open_services(settings, provider))
            await opening.enter_async_context(aclosing(services))
            own = await services.shelf.own()
            self.services, self.files = services, FileMaker("" if own is None else own.id)
            self._opened = opening.pop_all()
