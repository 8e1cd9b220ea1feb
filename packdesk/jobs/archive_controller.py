"""Every picture ever made or imported, for the window: listed, shown small, marked, deleted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from packdesk.errors import PackdeskError
from packdesk.jobs.bridge import ignore

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from pathlib import Path

    from packdesk.jobs.bridge import Bridge, Task
    from packdesk.services.archive import Found
    from packdesk.services.container import Services
    from packdesk.textures.images import WidgetImage

REST_MS = 80
"""So long nothing new must have come into view before thumbnails are made: their threads take the interpreter
from what is painted while one scrolls."""
MOST_WAITING = 120
"""More than a screen shows: what was scrolled past long ago is not made."""


class ArchiveController(QObject):
    """Idle, with nothing in memory, until it is asked for the first time.

    Signals:
        found: pictures (`Found`), and whether the folder is still looked through.
        thumbnail_made: a picture's name and its thumbnail (QImage), or None if there is none.
        failed: a `PackdeskError`.
    """

    found = Signal(object, bool)
    thumbnail_made = Signal(str, object)
    failed = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._query = ("", False)
        self._told: tuple[str, bool] | None = None
        self._stale = True
        self._looking: Task | None = None
        self._waiting: dict[str, None] = {}
        self._making = ""
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._begin_thumbnails)

    def search(self, text: str, *, favourites: bool) -> None:
        """List pictures with these words in what is known of them; a newer search takes this one's place."""
        self._query = (text, favourites)
        self._look()

    @Slot()
    def refresh(self) -> None:
        """Look into the folder again."""
        self._stale = True
        self._look()

    def want_thumbnail(self, sha256: str) -> None:
        """Have a thumbnail made, those wanted last first: they are what is seen now."""
        if sha256 == self._making:
            return
        new = sha256 not in self._waiting
        self._waiting.pop(sha256, None)
        self._waiting[sha256] = None
        if len(self._waiting) > MOST_WAITING:
            del self._waiting[next(iter(self._waiting))]
        if new:
            self._rest.start()

    def set_favourite(self, sha256s: Sequence[str], *, favourite: bool) -> None:
        """Mark pictures, or take the mark off them."""
        names = tuple(sha256s)
        self._change(lambda services: services.archive.set_favourite(*names, favourite=favourite))

    def delete(self, sha256s: Sequence[str]) -> None:
        """Remove pictures for good, but those in use."""
        for sha256 in sha256s:
            self._change(partial(_delete, sha256))

    def read_pair(self, first: str, second: str, done: Callable[[WidgetImage, WidgetImage], None]) -> None:
        """Have two pictures, as large as a screen can use."""
        self._bridge.start(self._read_pair(first, second, done), self.failed.emit)

    def find_file(self, sha256: str, done: Callable[[Path], None]) -> None:
        """Have the file a picture lies in."""
        self._bridge.start(self._find_file(sha256, done), self.failed.emit)

    def _look(self) -> None:
        if self._looking is None or self._looking.ended:
            self._looking = self._bridge.start(self._found(), self.failed.emit)

    async def _found(self) -> None:
        while self._stale or self._query != self._told:
            query, stale = self._query, self._stale
            if query != self._told:
                known = await self._bridge.ask(partial(_listed, query, look=False))
                self._told = query
                self.found.emit(known, stale)
            if stale and query == self._query:
                self._stale = False
                looked = await self._bridge.ask(partial(_listed, query, look=True))
                self.found.emit(looked, False)  # noqa: FBT003  (the signal carries one bool)

    def _change(self, change: Callable[[Services], Coroutine[Any, Any, None]]) -> None:
        self._bridge.start(self._changed(change), self.failed.emit)

    async def _changed(self, change: Callable[[Services], Coroutine[Any, Any, None]]) -> None:
        try:
            await self._bridge.ask(change)
        finally:
            self.refresh()

    @Slot()
    def _begin_thumbnails(self) -> None:
        if not self._making:
            self._bridge.start(self._make_thumbnails(), ignore)

    async def _make_thumbnails(self) -> None:
        while self._waiting and not self._rest.isActive():
            sha256, _ = self._waiting.popitem()
            self._making = sha256
            image: WidgetImage | None
            try:
                image = await self._bridge.ask(partial(_thumbnail, sha256))
            except PackdeskError:
                image = None
            finally:
                self._making = ""
            self.thumbnail_made.emit(sha256, image)

    async def _read_pair(
        self, first: str, second: str, done: Callable[[WidgetImage, WidgetImage], None]
    ) -> None:
        pair = [await self._bridge.ask(partial(read_shown, sha256, None)) for sha256 in (first, second)]
        done(pair[0], pair[1])

    async def _find_file(self, sha256: str, done: Callable[[Path], None]) -> None:
        done(await self._bridge.ask(partial(_file, sha256)))


async def _listed(query: tuple[str, bool], services: Services, *, look: bool) -> Found:
    """What the index has, or after a look into the folder."""
    from packdesk.services.archive import ArchiveQuery  # noqa: PLC0415  (the services are made later)

    wanted, archive = ArchiveQuery(*query), services.archive
    return await (archive.search(wanted) if look else archive.known(wanted))


async def _delete(sha256: str, services: Services) -> None:
    await services.archive.delete(sha256)


async def _file(sha256: str, services: Services) -> Path:
    return services.archive.file(sha256)


async def _thumbnail(sha256: str, services: Services) -> WidgetImage:
    import asyncio  # noqa: PLC0415  (the first frame needs no loop)

    from packdesk.textures.images import thumbnail_image  # noqa: PLC0415  (brings the decoders)

    jpeg = await services.archive.thumbnail(sha256)
    return await asyncio.to_thread(thumbnail_image, jpeg)


async def read_shown(sha256: str, most_pixels: int | None, services: Services) -> WidgetImage:
    """A kept picture of at most so many pixels; None for as large as a screen can use.

    Raises:
        TextureUnavailableError: it has gone.
    """
    import asyncio  # noqa: PLC0415  (likewise)

    from packdesk.textures.images import SCREEN_PIXELS, decode_picture  # noqa: PLC0415  (brings the decoders)

    png = await services.archive.read(sha256)
    return (await asyncio.to_thread(decode_picture, png, most_pixels or SCREEN_PIXELS)).pixmap
