"""Reads and decodes pictures for the screen, on the loop thread and its workers."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, NamedTuple

from packdesk.textures.images import SCREEN_PIXELS, decode_picture

if TYPE_CHECKING:
    from packdesk.services.pictures import PictureService
    from packdesk.textures.images import DecodedPicture

AT_ONCE = max(1, min(3, (os.cpu_count() or 1) // 2))
"""Pictures decoded at a time: each takes a processor from the window, and now and then the interpreter."""


class ReadPicture(NamedTuple):
    """A picture, whether it is cut anew for another size, and the colours it came in, if not sRGB.

    `sheet` names the artwork of a whole blank it is a piece of; empty for none.
    """

    picture: DecodedPicture
    recut: bool
    came_in: str
    sheet: str = ""


class PictureReading:
    """Decodes few pictures at a time. On the loop thread only."""

    def __init__(self, pictures: PictureService) -> None:
        self._pictures = pictures
        self._places = asyncio.Semaphore(AT_ONCE)

    async def read(self, url: str) -> ReadPicture:
        """Raises as `read_picture`."""
        recut, came_in = await self._pictures.has_original(url), await self._pictures.came_in(url)
        if url.startswith("file:"):  # read when it is its turn, so that few wait in memory
            async with self._places:
                picture = await _decoded(await self._pictures.read_picture(url))
        else:
            png = await self._pictures.read_picture(url)  # nobody waits for a slow server of another picture
            async with self._places:
                picture = await _decoded(png)
        return ReadPicture(picture, recut, came_in, await self._pictures.sheet_of(url))


async def _decoded(png: bytes) -> DecodedPicture:
    return await asyncio.to_thread(decode_picture, png, SCREEN_PIXELS)
