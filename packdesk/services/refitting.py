"""After a size change: the panels' pictures are cut anew from the ones they came from."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from packdesk.domain import transitions
from packdesk.domain.panels import goes_around, panel_sizes
from packdesk.domain.state import utc_text
from packdesk.services.placing import cut, noted

if TYPE_CHECKING:
    from packdesk.domain.panels import FlatSize
    from packdesk.domain.state import PackagingState
    from packdesk.services.shared_state import SharedState
    from packdesk.services.tidying import TidyService
    from packdesk.textures.holds import Hold
    from packdesk.textures.library import TextureLibrary


class RefitService:
    """Keeps artwork undistorted when the package is resized."""

    def __init__(
        self, shared: SharedState, library: TextureLibrary, dpi: float, tidying: TidyService
    ) -> None:
        self._shared = shared
        self._library = library
        self._dpi = dpi
        self._tidying = tidying

    def use_resolution(self, dpi: float) -> None:
        """Cut at that resolution from now on."""
        self._dpi = dpi

    async def refit(self) -> PackagingState:
        """Cut every picture anew that was made for another panel size, in one write; the state then.

        Pictures whose origin is not known here (made by other programs) stay as they are.
        A panel that got another picture or size meanwhile is left alone. No provider is asked.

        Raises:
            LibraryUnwritableError: the library cannot be written.
        """
        with self._library.holds.holding() as hold:
            state = await self._refit(hold)
        await self._tidying.keep_within_budget()
        return state

    async def _refit(self, hold: Hold) -> PackagingState:
        state = await self._shared.load()
        sizes = panel_sizes(state.package_type, state.package_dimensions)
        outgrown = transitions.outgrown_panels(state)
        recuts = [
            recut
            for panel_id in outgrown
            if (recut := await asyncio.to_thread(self._cut, state, panel_id, sizes[panel_id], hold))
            is not None
        ]
        if not recuts:
            return state
        now = utc_text()

        def mutate(current: PackagingState) -> PackagingState:
            if self._shared.gone:  # whether it comes back is for the user to say
                return current
            for recut in recuts:
                current = transitions.refit_texture(current, recut, now)
            return current

        return await self._shared.commit(mutate)

    def _cut(
        self, state: PackagingState, panel_id: str, size: FlatSize, hold: Hold
    ) -> transitions.Recut | None:
        texture = state.panel_textures[panel_id]
        laid = noted(self._library, texture.texture_url)
        if laid is None:  # the picture is shown as it is
            return None
        url = cut(self._library, laid, size, hold, dpi=self._dpi, wraps=goes_around(panel_id))
        return transitions.Recut(panel_id, texture.texture_url, url, size)
