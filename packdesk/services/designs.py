"""The design itself: read it, size it, clear it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from packdesk.domain import transitions
from packdesk.domain.dimensions import check_dimensions, check_package_type
from packdesk.domain.state import GenerationStatus, PackagingState, status_of, utc_text
from packdesk.services.commits import commit, load_state

if TYPE_CHECKING:
    from packdesk.store.base import StateStore


class DesignService:
    """Reads and changes the current design in the shared store."""

    def __init__(self, store: StateStore) -> None:
        self._store = store

    async def get_state(self) -> PackagingState:
        """The complete current state."""
        return await load_state(self._store)

    async def get_status(self) -> GenerationStatus:
        """What is being generated, without textures."""
        return status_of(await load_state(self._store))

    async def get_revision(self) -> str:
        """A short text that changes whenever the stored state does."""
        return await asyncio.to_thread(self._store.revision)

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
        return await commit(self._store, lambda state: transitions.resize(state, kind, dimensions, now))

    async def change_type(self, package_type: str) -> PackagingState:
        """Switch to a type's default size without textures, in one write.

        Raises:
            InvalidInputError: unknown type.
        """
        kind = check_package_type(package_type)
        now = utc_text()
        return await commit(self._store, lambda state: transitions.change_type(state, kind, now))

    async def clear(self) -> PackagingState:
        """Back to the default design."""
        now = utc_text()
        return await commit(self._store, lambda state: transitions.clear(state, now))
