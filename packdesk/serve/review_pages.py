"""The review page of the design as it is now, made once for each version of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from packdesk.export.review.policy import as_served

if TYPE_CHECKING:
    from packdesk.app.made_files import FileMaker
    from packdesk.services.container import Services

NAME = "packdesk.html"


class ReviewPages:
    """Has the page exported when the design, or how it is shown, is another than when it was asked for last.

    Args:
        services: know the design.
        files: makes the page, in a packdesk of its own.
    """

    def __init__(self, services: Services, files: FileMaker) -> None:
        self._services = services
        self._files = files
        self._one_at_a_time = asyncio.Lock()
        self._version: object = None
        self._page = b""

    async def page(self) -> bytes:
        """The page for a browser that asked this server.

        Raises:
            PackdeskError: the design cannot be read, or the page not be made.
        """
        async with self._one_at_a_time:
            version = await self._services.reviews.version()
            if version != self._version:
                made = await self._files.make("export", NAME, ())
                self._page, self._version = as_served(made.content), version
            return self._page
