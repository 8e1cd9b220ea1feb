"""After a size change: the panels' pictures are cut anew from the answers they came from."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from packdesk.domain import transitions
from packdesk.domain.panels import panel_sizes
from packdesk.domain.state import utc_text
from packdesk.errors import PackdeskError
from packdesk.services.placing import place_again

if TYPE_CHECKING:
    from packdesk.domain.panels import FlatSize
    from packdesk.domain.state import PackagingState
    from packdesk.services.commits import SharedState
    from packdesk.textures.library import TextureLibrary


class RefitService:
    """Keeps artwork undistorted when the package is resized."""

    def __init__(self, shared: SharedState, library: TextureLibrary, dpi: float) -> None:
        self._shared = shared
        self._library = library
        self._dpi = dpi

    async def refit(self) -> PackagingState:
        """Cut every picture anew that was made for another panel size, in one write; the state then.

        Pictures whose origin is not known here (imported, or made by other programs) stay as they are.
        A panel that got another picture or size meanwhile is left alone. No provider is asked.

        Raises:
            LibraryUnwritableError: the library cannot be written.
        """
        state = await self._shared.load()
        sizes = panel_sizes(state.package_type, state.package_dimensions)
        outgrown = transitions.outgrown_panels(state)
        cuts = [
            cut
            for panel_id in outgrown
            if (cut := await asyncio.to_thread(self._cut, state, panel_id, sizes[panel_id])) is not None
        ]
        if not cuts:
            return state
        now = utc_text()

        def mutate(current: PackagingState) -> PackagingState:
            for cut in cuts:
                current = transitions.refit_texture(current, cut, now)
            return current

        return await self._shared.commit(mutate)

    def _cut(self, state: PackagingState, panel_id: str, size: FlatSize) -> transitions.Recut | None:
        texture = state.panel_textures[panel_id]
        origin = self._library.origin(texture.texture_url)
        if origin is None:
            return None
        try:
            png = self._library.read(origin.source)
        except PackdeskError:  # the answer is not on this machine: its picture is shown as it is
            return None
        url = place_again(self._library, origin.source, png, size, dpi=self._dpi, wraps=origin.wraps)
        return transitions.Recut(panel_id, texture.texture_url, url, size)
