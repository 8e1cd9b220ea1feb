"""Brings the pictures a state names onto the screen, decoded off the GUI thread."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from packdesk.errors import PackdeskError
from packdesk.jobs.bridge import ignore
from packdesk.textures.pixmaps import PixmapMap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.domain.state import PackagingState
    from packdesk.jobs.bridge import Bridge
    from packdesk.jobs.picture_reading import PictureReading, ReadPicture
    from packdesk.services.container import Services


class Come(NamedTuple):
    """A picture that was read for a panel."""

    panel_id: str
    url: str
    read: ReadPicture


class Together:
    """Pictures that were named at once: pieces of one sheet are shown in one step, all others as they come.

    Args:
        awaited: panels that pieces wait for. Nobody waits for a server.
    """

    def __init__(self, awaited: set[str]) -> None:
        self._awaited = awaited
        self._pieces: list[Come] = []

    def having(self, panel_id: str, url: str, read: ReadPicture) -> list[Come]:
        """What is to be shown now that this has come."""
        come = Come(panel_id, url, read)
        if not read.sheet or panel_id not in self._awaited:
            return [come, *self.without(panel_id)]
        self._pieces.append(come)
        return self.without(panel_id)

    def without(self, panel_id: str) -> list[Come]:
        """What is to be shown now that nothing will come for a panel."""
        self._awaited.discard(panel_id)
        ready, self._pieces = ([], self._pieces) if self._awaited else (self._pieces, [])
        return ready


class TextureLoader(QObject):
    """Keeps the pixmap map in step with the state.

    Signals:
        changed: a panel's picture appeared, changed or went (panel id).
    """

    changed = Signal(str)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._named: dict[str, str] = {}
        self._previews: dict[str, str] = {}
        self._wanted: dict[str, str] = {}
        self._missing: dict[str, PackdeskError] = {}
        self._reading: PictureReading | None = None
        self.pixmaps = PixmapMap()

    def missing(self, panel_id: str) -> PackdeskError | None:
        """Why the panel's texture cannot be shown, if it cannot."""
        return self._missing.get(panel_id)

    @property
    def settled(self) -> bool:
        """Whether every wanted picture is on screen or known to be missing."""
        return all(self.pixmaps.get(panel_id) or panel_id in self._missing for panel_id in self._wanted)

    def follow(self, state: PackagingState) -> None:
        """Load every picture the state names that is not on screen or on its way."""
        self._named = state.texture_urls()
        self._load_wanted()

    def preview(self, urls: Mapping[str, str]) -> None:
        """Show these pictures on their panels instead of what the state names, by panel; none for none."""
        if urls != self._previews:
            self._previews = dict(urls)
            self._load_wanted()

    def _load_wanted(self) -> None:
        urls = {**self._named, **self._previews}
        gone = [panel_id for panel_id in self._wanted if panel_id not in urls]
        new = {panel_id: url for panel_id, url in urls.items() if self._wanted.get(panel_id) != url}
        self._wanted = urls
        self.pixmaps.keep_only(urls)
        for panel_id in gone:
            self._missing.pop(panel_id, None)
            self.changed.emit(panel_id)
        together = Together({panel_id for panel_id, url in new.items() if url.startswith("file:")})
        for panel_id, url in new.items():
            self._start(panel_id, url, together)

    @Slot(object)
    def expect(self, pictures: Mapping[str, bytes]) -> None:
        """Decode what a state is about to name, while it is still being kept: PNG by hash."""
        self._bridge.start(self._expect(pictures), ignore)

    def retry_missing(self) -> None:
        """Look again for pictures that could not be had: they may be there by now."""
        for panel_id in list(self._missing):
            self._start(panel_id, self._wanted[panel_id], Together(set()))

    def _start(self, panel_id: str, url: str, together: Together) -> None:
        self._missing.pop(panel_id, None)
        self._bridge.start(self._load(panel_id, url, together), ignore)

    async def _load(self, panel_id: str, url: str, together: Together) -> None:
        try:
            read = await self._bridge.ask(partial(self._read, url))
        except PackdeskError as error:
            self._show(together.without(panel_id))
            if self._wanted.get(panel_id) == url:  # else a newer picture is on its way
                self._missing[panel_id] = error
                self.pixmaps.keep_only([other for other in self._wanted if other != panel_id])
                self.changed.emit(panel_id)
            return
        self._show(together.having(panel_id, url, read))

    def _show(self, come: list[Come]) -> None:
        shown = [one for one in come if self._wanted.get(one.panel_id) == one.url]
        for panel_id, url, read in shown:
            self.pixmaps.put(panel_id, url, read.picture, recut=read.recut, came_in=read.came_in)
        for one in shown:
            self.changed.emit(one.panel_id)

    async def _expect(self, pictures: Mapping[str, bytes]) -> None:
        await self._bridge.ask(partial(self._decode_early, pictures))

    async def _decode_early(self, pictures: Mapping[str, bytes], services: Services) -> None:
        self._made_reading(services).expect(pictures)

    async def _read(self, url: str, services: Services) -> ReadPicture:
        return await self._made_reading(services).read(url)

    def _made_reading(self, services: Services) -> PictureReading:
        if self._reading is None:
            from packdesk.jobs.picture_reading import PictureReading  # noqa: PLC0415  (brings the decoders)

            self._reading = PictureReading(services.pictures)
        return self._reading
