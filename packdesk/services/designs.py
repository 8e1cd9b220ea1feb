"""The design itself: read it, size it, clear it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from packdesk.domain import transitions
from packdesk.domain.change import check_untouched, difference
from packdesk.domain.state import GenerationStatus, PackagingState, status_of, utc_text
from packdesk.errors import ChangedMeanwhileError, ForeignDocumentError, GenerationBusyError
from packdesk.services.lease import busy_sentence, clear_dead_generation
from packdesk.services.shared_state import state_from

if TYPE_CHECKING:
    from packdesk.domain.change import DesignChange
    from packdesk.domain.size_edit import SizeEdit
    from packdesk.services.shared_state import SharedState
    from packdesk.store.base import StoreStatus
    from packdesk.store.kept_file import KeptValue
    from packdesk.store.last_seen import LastSeen


class DesignService:
    """Reads and changes the current design in the shared store."""

    def __init__(
        self,
        shared: SharedState,
        last_seen: LastSeen | None = None,
        lost: KeptValue[DesignChange] | None = None,
    ) -> None:
        self._shared = shared
        self._last_seen = last_seen
        self._lost = lost

    async def get_state(self) -> PackagingState:
        """The complete current state."""
        return await self._shared.load()

    async def get_status(self) -> GenerationStatus:
        """What is being generated, without textures."""
        return status_of(await self.get_state())

    async def clear_dead_generation(self, status: StoreStatus | None = None) -> bool:
        """Clear the flags of a generation whose program died; see `lease.clear_dead_generation`."""
        return await clear_dead_generation(self._shared, status)

    async def recall(self) -> tuple[PackagingState | None, SizeEdit | None]:
        """The design as this machine saw it last, and the size edit that still waits for the store."""
        if self._last_seen is None:
            return None, None
        raw = await asyncio.to_thread(self._last_seen.recall_state)
        edit = await asyncio.to_thread(self._last_seen.recall_edit)
        try:
            return (None if raw is None else state_from(raw)), edit
        except ForeignDocumentError:
            return None, edit

    async def keep_pending(self, edit: SizeEdit | None) -> None:
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
            name = await self._shared.set_aside()
            await self._shared.load()
            return name
        return None

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
        return bool((await self._shared.status()).lease_ms)

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

    async def update_dimensions(self, edit: SizeEdit) -> PackagingState:
        """Set the sizes, and the type if the edit switches it: another type clears the textures.

        Raises:
            PackageChangedError: the package is of another type by now, and the edit switches none.
        """
        now = utc_text()
        return await self._shared.commit(lambda state: transitions.resize(state, edit, now))

    async def resize(self, edit: SizeEdit) -> tuple[PackagingState, DesignChange | None]:
        """As `update_dimensions`, for a program that ends then.

        Returns:
            The design, and what took artwork off it, which the next window offers to take back; None where
            nothing did.
        """
        before = await self.get_state()
        after = await self.update_dimensions(edit)
        change = difference("type", before, after) if before.package_type != after.package_type else None
        if change is None or not change.loses_artwork:
            return after, None
        await self.keep_lost(change)
        return after, change

    async def keep_lost(self, change: DesignChange | None) -> None:
        """Remember what took artwork off the package, None for nothing, so that a restart can offer it."""
        if self._lost is not None:
            await asyncio.to_thread(self._lost.write, change)

    async def recall_lost(self) -> DesignChange | None:
        """The change that took artwork off the package, if the design is still as that left it."""
        change = None if self._lost is None else await asyncio.to_thread(self._lost.read)
        try:
            if change is not None and change.loses_artwork:
                check_untouched(await self.get_state(), change.after)
                return change
        except ChangedMeanwhileError:
            await self.keep_lost(None)
        return None

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
