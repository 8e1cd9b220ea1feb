"""The design itself: read it, size it, clear it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain import transitions
from packdesk.domain.dimensions import check_dimensions, check_package_type
from packdesk.domain.state import GenerationStatus, PackagingState, status_of, utc_text
from packdesk.errors import GenerationBusyError
from packdesk.services.holder import busy_sentence, clear_up_dead_generation

if TYPE_CHECKING:
    from packdesk.services.commits import SharedState
    from packdesk.store.base import StoreStatus


class DesignService:
    """Reads and changes the current design in the shared store."""

    def __init__(self, shared: SharedState) -> None:
        self._shared = shared

    async def get_state(self) -> PackagingState:
        """The complete current state."""
        return await self._shared.load()

    async def get_status(self) -> GenerationStatus:
        """What is being generated, without textures."""
        return status_of(await self._shared.load())

    async def look(self) -> StoreStatus:
        """Revision of the stored state and its lease, without the state.

        A generation whose program died is cleared up on the way: its flags fall, `last_error` tells.
        """
        status = await self._shared.status()
        if (
            status.record
            and not status.lease_ms
            and await clear_up_dead_generation(self._shared, status.record)
        ):
            status = await self._shared.status()
        return status

    async def wait(self, seconds: float) -> None:
        """Return when the state may have changed, at the latest after that time."""
        await self._shared.wait(seconds)

    async def reset(self) -> str | None:
        """Move what stands in the store aside, readable or not, so that the default design shows.

        Returns:
            The name it has now beside the key, or None when there was nothing.
        """
        return await self._shared.set_aside()

    async def clear_flags(self) -> PackagingState:
        """Clear generation flags another program left behind.

        Raises:
            GenerationBusyError: the generation is a packdesk's and runs.
        """
        status = await self._shared.status()
        if status.lease_ms:
            raise GenerationBusyError(busy_sentence(status.record))
        now = utc_text()
        return await self._shared.commit(lambda state: transitions.fail(state, None, now))

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

    async def clear(self) -> PackagingState:
        """Back to the default design."""
        now = utc_text()
        return await self._shared.commit(lambda state: transitions.clear(state, now))
