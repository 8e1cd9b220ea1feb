"""The designs of this machine, for the window: listed, named, copied, deleted, and opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from packdesk.jobs.bridge import ignore

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path
    from typing import Any

    from packdesk.jobs.bridge import Bridge, Call
    from packdesk.services.container import Services
    from packdesk.store.shelf import ShelvedDesign
    from packdesk.textures.images import WidgetImage


class ShelfController(QObject):
    """Works on the shelf, and tells of it anew after each change.

    Attributes:
        own: the design this window works on; None in a shared store, and until it is known.

    Signals:
        named: `own` is known, or has another name.
        listed: the designs (a list of `ShelvedDesign`), and their pictures (`WidgetImage`) by ID.
        made: a design to go on with: its ID, a file (`Path`) to open in it or None, and whether that is in
            another window.
        failed: a `PackdeskError`.
    """

    named = Signal()
    listed = Signal(object, object)
    made = Signal(str, object, bool)
    failed = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._asked = ("", False)
        self._drawn: Call[None] | None = None
        self.own: ShelvedDesign | None = None

    @Slot()
    def begin(self) -> None:
        """Find out which design this is; forget what has been in the bin for long."""
        self._bridge.start(self._find_own(), self.failed.emit)
        self._bridge.tell(lambda services: services.shelf.empty(older=True), ignore)  # or at another start

    @Slot(object)
    def look(self, state: Qt.ApplicationState) -> None:
        """Another program may have given the design another name while this one lay behind it."""
        if state == Qt.ApplicationState.ApplicationActive and self.own is not None:
            self._bridge.start(self._find_own(), ignore)

    @Slot(str, bool)
    def find(self, search: str, deleted: bool) -> None:  # noqa: FBT001  (a slot)
        """List the designs with these words in their names, or those in the bin."""
        self._asked = (search, deleted)
        self._bridge.start(self._list(), self.failed.emit)

    def new(self, name: str, file: Path | None = None, *, apart: bool = False) -> None:
        """Make another design to go on with, in another window or this one, and have a file opened in it."""
        self._bridge.start(self._new(name, file, apart=apart), self.failed.emit)

    @Slot(object, str)
    def rename(self, design: ShelvedDesign, name: str) -> None:
        """Give it another name."""
        self._change(lambda services: services.shelf.rename(design, name))

    @Slot(object)
    def duplicate(self, design: ShelvedDesign) -> None:
        """Make another design like it."""
        self._change(lambda services: services.shelf.duplicate(design))

    @Slot(object)
    def delete(self, design: ShelvedDesign) -> None:
        """Put it into the bin."""
        self._change(lambda services: services.shelf.delete(design))

    @Slot(object)
    def restore(self, design: ShelvedDesign) -> None:
        """Take it out of the bin."""
        self._change(lambda services: services.shelf.restore(design))

    @Slot(object)
    def remove(self, design: ShelvedDesign) -> None:
        """Remove it from the bin for good."""
        self._change(lambda services: services.shelf.empty(design))

    def keep_picture(self, image: WidgetImage) -> None:
        """What this window's design looks like."""
        if self.own is not None and not image.isNull():
            self._drawn = self._bridge.work(_save, image, self.own.picture)

    def finish(self, seconds: float) -> None:
        """Wait for a picture that is being written."""
        if self._drawn is not None:
            self._drawn.wait(seconds)

    def _change(self, work: Callable[[Services], Coroutine[Any, Any, object]]) -> None:
        self._bridge.start(self._changed(work), self.failed.emit)

    async def _changed(self, work: Callable[[Services], Coroutine[Any, Any, object]]) -> None:
        await self._bridge.ask(work)
        await self._find_own()
        await self._list()

    async def _find_own(self) -> None:
        own = await self._bridge.ask(lambda services: services.shelf.own())
        if own != self.own:
            self.own = own
            self.named.emit()

    async def _list(self) -> None:
        search, deleted = self._asked
        found = await self._bridge.ask(lambda services: services.shelf.find(search, deleted=deleted))
        files = await self._bridge.ask(lambda services: services.shelf.pictures(found))
        pictures = await self._bridge.work(_read, files)
        if (search, deleted) == self._asked:
            self.listed.emit(found, pictures)

    async def _new(self, name: str, file: Path | None, *, apart: bool) -> None:
        made = await self._bridge.ask(lambda services: services.shelf.new(name))
        self.made.emit(made.id, file, apart)


def _read(files: dict[str, Path]) -> dict[str, WidgetImage]:
    from packdesk.textures.images import kept_images  # noqa: PLC0415  (the first frame does without)

    return kept_images(files)


def _save(image: WidgetImage, file: Path) -> None:
    from packdesk.files import write_output  # noqa: PLC0415  (the first frame does without)
    from packdesk.textures.encoding import encode_png  # noqa: PLC0415  (as above)

    if file.parent.exists():  # the design may have been removed for good meanwhile
        write_output(file, encode_png(image))
