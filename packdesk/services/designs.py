"""The design itself: read it, size it, clear it."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from packdesk.domain import transitions
from packdesk.domain.dimensions import check_dimensions, check_package_type
from packdesk.domain.state import GenerationStatus, PackagingState, status_of, utc_text
from packdesk.errors import ForeignDocumentError, GenerationBusyError, StoreUnavailableError
from packdesk.services.commits import state_from
from packdesk.services.holder import busy_sentence, clear_up_dead_generation

if TYPE_CHECKING:
    from packdesk.domain.change import DesignChange
    from packdesk.services.commits import SharedState
    from packdesk.store.base import StoreStatus
    from packdesk.store.last_seen import LastSeen, PendingEdit


class DesignService:
    """Reads and changes the current design in the shared store."""

    def __init__(self, shared: SharedState, last_seen: LastSeen | None = None) -> None:
        self._shared = shared
        self._last_seen = last_seen

    async def get_state(self) -> PackagingState:
        """The complete current state; a generation whose program died is cleared up on the way."""
        state = await self._shared.load()
        if state.generating:
            await self.look()
            state = await self._shared.load()
        return state

    async def get_status(self) -> GenerationStatus:
        """What is being generated, without textures."""
        return status_of(await self.get_state())

    async def look(self) -> StoreStatus:
        """Revision of the stored state and its lease, without the state.

        A generation whose program died is cleared up on the way: its flags fall, `last_error` tells.
        """
        status = await self._shared.status()
        if status.record and not status.lease_ms:
            with contextlib.suppress(StoreUnavailableError):  # a store that may only be read shows them
                if await clear_up_dead_generation(self._shared, status.record):
                    status = await self._shared.status()
        return status

    def is_news(self, revision: str) -> bool:
        """Whether that revision of the stored state is another one than this program knows."""
        return self._shared.is_news(revision)

    async def wait(self, seconds: float) -> None:
        """Return when the state may have changed, at the latest after that time."""
        await self._shared.wait(seconds)

    async def recall(self) -> tuple[PackagingState | None, PendingEdit | None]:
        """The design as this machine saw it last, and the size edit that still waits for the store."""
        if self._last_seen is None:
            return None, None
        raw = await asyncio.to_thread(self._last_seen.recall_state)
        edit = await asyncio.to_thread(self._last_seen.recall_edit)
        try:
            return (None if raw is None else state_from(raw)), edit
        except ForeignDocumentError:
            return None, edit

    async def keep_pending(self, edit: PendingEdit | None) -> None:
        """Write the edit that waits to this machine's disk, so that it outlives the program."""
        if self._last_seen is not None:
            await asyncio.to_thread(self._last_seen.keep_edit, edit)

    async def reset(self) -> str | None:
        """Move what stands in the store aside, readable or not, so that the default design shows.

        Returns:
            The name it has now beside the key, or None when there was nothing.
        """
        await self._shared.mend()
        return await self._shared.set_aside()

    async def set_unreadable_aside(self) -> str | None:
        """As `reset`, but only what cannot be read: by the time the user says so it may have been mended.

        Returns:
            The name it has now, or None when nothing was moved.
        """
        try:
            await self._shared.load()
        except ForeignDocumentError:
            return await self._shared.set_aside()
        return None

    @property
    def gone(self) -> bool:
        """Whether the design stood in the store and nothing does any more; see `SharedState.gone`."""
        return self._shared.gone

    async def put_back(self) -> PackagingState:
        """Store the design again that is gone from the store."""
        now = utc_text()
        return await self._shared.commit(lambda state: state.model_copy(update={"updated_at": now}))

    async def start_anew(self) -> PackagingState:
        """Take the empty store for what it is: the default design."""
        self._shared.forget()
        return await self._shared.load()

    async def is_held(self) -> bool:
        """Whether a packdesk is generating for this design."""
        return bool((await self.look()).lease_ms)

    async def clear_flags(self) -> PackagingState:
        """Clear generation flags another program left behind; without any, nothing is written.

        Raises:
            GenerationBusyError: the generation is a packdesk's and runs.
        """
        await self._shared.mend()
        status = await self._shared.status()
        if status.lease_ms:
            raise GenerationBusyError(busy_sentence(status.record))
        now = utc_text()
        return await self._shared.commit(
            lambda state: transitions.fail(state, None, now) if state.generating else state
        )

    async def update_dimensions(
        self, package_type: str, width: float, height: float, depth: float
    ) -> PackagingState:
        """Set type and sizes in millimetres. Another type clears the textures.

        Raises:
            InvalidInputError: unknown type, or a size out of range.
        """
        kind = check_package_type(package_type)
        dimensions = check_dimensions(kind, width, height, depth)
        now = utc_text()
        return await self._shared.commit(lambda state: transitions.resize(state, kind, dimensions, now))

    async def resize(self, package_type: str, width: float, height: float, depth: float) -> PackagingState:
        """Set the sizes in millimetres of a package of that very type.

        Raises:
            InvalidInputError: unknown type, or a size out of range.
            PackageChangedError: the package is of another type by now.
        """
        kind = check_package_type(package_type)
        dimensions = check_dimensions(kind, width, height, depth)
        now = utc_text()
        return await self._shared.commit(lambda state: transitions.set_size(state, kind, dimensions, now))

    async def apply_change(self, change: DesignChange) -> PackagingState:
        """Take an action back, or do it again: set what it changed, unless somebody changed it since.

        Raises:
            ChangedMeanwhileError: somebody did; nothing is written.
        """
        now = utc_text()
        return await self._shared.commit(lambda state: transitions.apply_change(state, change, now))

    async def clear_in_any_case(self) -> tuple[PackagingState, str | None]:
        """Back to the default design; what cannot be read is moved aside for it.

        Returns:
            The design, and the name of what was moved aside, if anything was.
        """
        try:
            return await self.clear(), None
        except ForeignDocumentError:
            name = await self.reset()
            return await self.clear(), name

    async def clear(self) -> PackagingState:
        """Back to the default design."""
        now = utc_text()
        return await self._shared.commit(lambda state: transitions.clear(state, now))
