"""Reads and decodes pictures for the screen, on the loop thread and its workers."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, NamedTuple

from packdesk.textures.images import SCREEN_PIXELS, decode_picture
from packdesk.textures.library import hash_in_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.services.pictures import PictureService
    from packdesk.textures.images import DecodedPicture

AT_ONCE = max(1, min(3, (os.cpu_count() or 1) // 2))
"""Pictures decoded at a time: each takes a processor from the window, and now and then the interpreter."""

AWAITED_S = 5.0
"""So long a picture that was decoded early waits to be asked for."""


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
        self._early: dict[str, asyncio.Task[DecodedPicture]] = {}
        self._forget: asyncio.TimerHandle | None = None

    def expect(self, pictures: Mapping[str, bytes]) -> None:
        """Decode PNGs, by hash, that will soon be asked for; what is not asked for is forgotten."""
        self._forget_early()
        self._early = {sha256: asyncio.create_task(self._in_turn(png)) for sha256, png in pictures.items()}
        self._forget = asyncio.get_running_loop().call_later(AWAITED_S, self._forget_early)

    async def read(self, url: str) -> ReadPicture:
        """Raises as `read_picture`."""
        recut, came_in = await self._pictures.has_original(url), await self._pictures.came_in(url)
        if (early := self._early.get(hash_in_url(url) or "")) is not None:
            picture = await early
        elif url.startswith("file:"):  # read when it is its turn, so that few wait in memory
            async with self._places:
                picture = await _decoded(await self._pictures.read_picture(url))
        else:
            png = await self._pictures.read_picture(url)  # nobody waits for a slow server of another picture
            picture = await self._in_turn(png)
        return ReadPicture(picture, recut, came_in, await self._pictures.sheet_of(url))

    async def _in_turn(self, png: bytes) -> DecodedPicture:
        async with self._places:
            return await _decoded(png)

    def _forget_early(self) -> None:
        """Nobody new will ask for them; who waits for one still gets it."""
        if self._forget is not None:
            self._forget.cancel()
        self._early = {}


async def _decoded(png: bytes) -> DecodedPicture:
    return await asyncio.to_thread(decode_picture, png, SCREEN_PIXELS)
