"""Artwork on the inside of panels, from the window: changed, and brought onto the screen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from packdesk.domain.inside import InsideArt, inside_of_design
from packdesk.textures.pixmaps import PixmapMap

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from packdesk.domain.appearance import Appearance
    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.sheet.placement import SheetPlacement
    from packdesk.domain.state import PackagingState
    from packdesk.errors import PackdeskError
    from packdesk.jobs.artwork_controller import ArtworkController
    from packdesk.jobs.bridge import Bridge
    from packdesk.services.container import Services
    from packdesk.services.inside import InsideArtwork
    from packdesk.services.sheets import SheetOffer
    from packdesk.textures.images import DecodedPicture
    from packdesk.textures.incoming import IncomingPicture
    from packdesk.textures.mips import MippedImage
    from packdesk.textures.notes import Fit
    from packdesk.textures.pixmaps import WidgetPixmap

    Arts = tuple[InsideArt, ...]
    Change = Callable[[Services], Coroutine[Any, Any, Arts]]

REST_MS = 150


class InsideController(QObject):
    """Does with the inside what `ArtworkController` does with the outside.

    Args:
        bridge: to the loop thread.
        artwork: of the outside: asks for the page of a document.
        blank: the blank from its outside; None while none is shown.

    Attributes:
        arts: what is kept, of any design.
        pixmaps: the pictures on screen.

    Signals:
        changed: what is inside, or its pictures.
        changed_here: what was kept before and after a change of this window.
        saved: the file (`Path`) a picture was written to.
        failed: a `PackdeskError`.
    """

    changed = Signal()
    changed_here = Signal(object, object)
    saved = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        artwork: ArtworkController,
        blank: Callable[[], Dieline | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._artwork, self._blank = bridge, artwork, blank
        self.arts: Arts = ()
        self.pixmaps = PixmapMap()
        self.missing: Mapping[str, PackdeskError] = {}
        self._state: PackagingState | None = None
        self._asked: object = None
        self._running = False
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._start)

    @property
    def own(self) -> dict[str, InsideArt]:
        """What is inside this design, by panel."""
        return {} if self._state is None else inside_of_design(self.arts, self._state)

    def thumbnails(self) -> dict[str, WidgetPixmap]:
        """Small pictures by panel."""
        shown = {panel_id: self.pixmaps.get(panel_id) for panel_id in self.own}
        return {panel_id: one.thumbnail for panel_id, one in shown.items() if one is not None}

    @Slot(object)
    def show(self, appearance: Appearance) -> None:
        """A design is shown so."""
        self._set(appearance.inside)

    @Slot(object)
    def follow(self, state: PackagingState) -> None:
        """Another design is shown."""
        self._state = state
        self.look()

    @Slot()
    def look(self) -> None:
        """The blank may be another one."""
        own = self.own
        if own or self.pixmaps.pixmaps():
            self._rest.start()

    def keep(self, arts: Arts) -> None:
        """These are inside from now on: what an undo brings back."""
        if arts != self.arts:
            self._set(arts)
            self._bridge.tell(lambda services: services.inside.keep(arts), self.failed.emit)

    # --- changes

    def put_pictures(self, pictures: Mapping[str, IncomingPicture], left_out: Sequence[str] = ()) -> None:
        """Put pictures on the inside of panels; what is not taken is told, with the names in `left_out`."""
        self._bridge.start(self._put(pictures, left_out), self.failed.emit)

    def turn_pictures(self, panel_ids: Sequence[str]) -> None:
        """Turn the pictures by a quarter to the right."""
        self._begin(lambda services: services.inside.turn(*panel_ids))

    def fit_pictures(self, panel_ids: Sequence[str], fit: Fit) -> None:
        """Let panels show all of their pictures, or let the pictures fill the panels."""
        self._begin(lambda services: services.inside.fit(*panel_ids, fit=fit))

    def clear_panels(self, panel_ids: Sequence[str]) -> None:
        """Take the pictures off."""
        self._begin(lambda services: services.inside.clear(*panel_ids))

    def swap_panels(self, first: str, second: str) -> None:
        """Have two panels show what the other one shows."""
        self._begin(lambda services: services.inside.swap(first, second))

    def copy_panel(self, source: str, targets: Sequence[str]) -> None:
        """Have panels show what another one shows."""
        self._begin(lambda services: services.inside.copy(source, *targets))

    def put_sheet(self, offer: SheetOffer, placement: SheetPlacement) -> None:
        """Put a sheet onto the inside of all panels."""
        self._begin(lambda services: services.inside.put_sheet(offer, placement))

    def save_picture(self, panel_id: str, file: Path) -> None:
        """Write a panel's picture to a file."""
        self._bridge.start(self._save(panel_id, file), self.failed.emit)

    def copy_picture(self, url: str, done: Callable[[MippedImage], None]) -> None:
        """Have a picture for the clipboard, as it is on screen."""
        shown = next((one for one in map(self.pixmaps.get, self.own) if one and one.url == url), None)
        if shown is not None:
            done(shown.image)  # type: ignore[arg-type]  # a decoded picture's is one

    def _begin(self, change: Change) -> None:
        self._bridge.start(self._change(change), self.failed.emit)

    async def _change(self, change: Change) -> None:
        before = self.arts
        after = await self._bridge.ask(change)
        if after != before:
            self._set(after)
            self.changed_here.emit(before, after)

    async def _put(self, pictures: Mapping[str, IncomingPicture], left_out: Sequence[str]) -> None:
        from packdesk.jobs.changes_here import not_taken  # noqa: PLC0415  (few put anything inside)

        failures: dict[str, PackdeskError] = {}

        async def put(services: Services) -> Arts:
            done = await services.inside.put(pictures)
            failures.update(done.failures)
            return done.arts

        if len(pictures) == 1:
            ((panel_id, picture),) = pictures.items()
            chosen = await self._artwork.with_part(picture)
            pictures = {} if chosen is None else {panel_id: chosen}
        if pictures:
            await self._change(put)
        names = [*(pictures[panel_id].name for panel_id in failures), *left_out]
        if names:
            raise not_taken(names, len(pictures) + len(left_out), list(failures.values()))

    async def _save(self, panel_id: str, file: Path) -> None:
        from packdesk.files import write_output  # noqa: PLC0415  (as above)

        made = await self._made()
        if panel_id in made.missing:
            raise made.missing[panel_id]
        if panel_id in made.pictures:
            await self._bridge.work(write_output, file, made.pictures[panel_id])
            self.saved.emit(file)

    # --- on screen

    def _set(self, arts: Arts) -> None:
        if arts != self.arts:
            self.arts = arts
            self.changed.emit()
            self.look()

    def _wanted(self) -> object:
        return self._state and (self.own, self._state.package_dimensions, self._blank())

    async def _made(self) -> InsideArtwork:
        from packdesk.services.inside import NOTHING_INSIDE  # noqa: PLC0415  (as above)

        state, blank, arts = self._state, self._blank(), self.arts
        if state is None or blank is None:
            return NOTHING_INSIDE
        return await self._bridge.ask(lambda services: services.inside.shown(state, blank, arts))

    @Slot()
    def _start(self) -> None:
        if self._running:
            self._rest.start()
        elif (wanted := self._wanted()) != self._asked:
            self._asked = wanted
            self._bridge.start(self._load(), self._fail)

    async def _load(self) -> None:
        self._running = True
        try:
            made = await self._made()
            self.missing = made.missing
            self.pixmaps.keep_only(made.pictures)
            for panel_id, png in made.pictures.items():
                name, picture = await self._bridge.work(partial(_decoded, png))
                self.pixmaps.put(panel_id, name, picture)
        finally:
            self._running = False
        self.changed.emit()

    def _fail(self, error: PackdeskError) -> None:
        self._asked = None
        self.failed.emit(error)


def _decoded(png: bytes) -> tuple[str, DecodedPicture]:
    """A picture in all forms, and a name it has only if it is the same."""
    import hashlib  # noqa: PLC0415  (as above)

    from packdesk.textures.images import SCREEN_PIXELS, decode_picture  # noqa: PLC0415  (brings the decoders)

    return hashlib.sha256(png).hexdigest(), decode_picture(png, SCREEN_PIXELS)
