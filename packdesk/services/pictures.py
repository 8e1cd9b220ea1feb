"""Pictures in and out of a design: importing a file onto a panel, reading what a panel shows."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from packdesk.domain import transitions
from packdesk.domain.panels import check_panel, panel_sizes
from packdesk.domain.prompts import imported_note
from packdesk.domain.state import PackagingState, new_texture, utc_text
from packdesk.textures.picture_file import read_picture_file

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.services.commits import SharedState
    from packdesk.textures.library import TextureLibrary
    from packdesk.textures.reader import TextureReader


READERS = 4


class PictureService:
    """Checks pictures at the door and keeps them in the library."""

    def __init__(self, shared: SharedState, library: TextureLibrary, reader: TextureReader) -> None:
        self._shared = shared
        self._library = library
        self._reader = reader
        # Threads of their own: a slow server of pictures must not keep the store waiting.
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="pictures")

    async def import_picture(self, panel_id: str, file: Path) -> PackagingState:
        """Put a picture file on a panel.

        Raises:
            InvalidInputError: no such panel.
            BadPictureError: the file cannot be read or is not a usable picture.
            LibraryUnwritableError: it cannot be kept.
        """
        package_type = (await self._shared.load()).package_type
        check_panel(package_type, panel_id)
        picture = await asyncio.to_thread(read_picture_file, file)
        url = await asyncio.to_thread(self._library.add, picture)
        now = utc_text()

        def mutate(state: PackagingState) -> PackagingState:
            size = panel_sizes(package_type, state.package_dimensions)[panel_id]
            texture = new_texture(panel_id, url, imported_note(file.name), size, now)
            return transitions.put_textures(state, package_type, {panel_id: texture}, now)

        return await self._shared.commit(mutate)

    async def read_picture(self, url: str) -> bytes:
        """Return the checked PNG behind a texture URL.

        Raises:
            TextureUnavailableError: it cannot be had on this machine.
            BadPictureError: what stands there is no usable picture.
        """
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._reader.read, url)

    async def resolution(self, url: str) -> float | None:
        """Pixels of the original answer per inch of the panel it was cut for, if that was noted here."""
        origin = await asyncio.to_thread(self._library.origin, url)
        return origin.dpi if origin else None
