"""The objects of the panel that is selected, as the window shows and changes them.

What is done shows at once (`shown`), and is written when the hand rests: a drag or a key that is held is one
step of undo. Meanwhile the panel's picture is the former one.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from packdesk.domain.objects.running import check_guests
from packdesk.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from packdesk.domain.objects.kept import KeptObjects
    from packdesk.domain.objects.recipe import Recipe
    from packdesk.domain.state import PackagingState
    from packdesk.errors import PackdeskError
    from packdesk.jobs.artwork_controller import ArtworkController
    from packdesk.jobs.bridge import Bridge
    from packdesk.services.container import Services
    from packdesk.textures.images import WidgetImage

    Edit = Callable[[Recipe], Recipe]

_BENEATH_PIXELS = 1024 * 1024
REST_MS = 400
"""Keys that follow each other faster are one change."""


class ObjectController(QObject):
    """Reads and writes the objects of one panel at a time.

    Args:
        bridge: to the loop thread.
        artwork: makes a change of the design, and a step of undo.

    Signals:
        shown: panel id and its `KeptObjects`, as they are on the screen; '' and None for none.
        beneath_read: panel id, and what it shows without its objects, a `WidgetImage`.
        families_found: the names of the typefaces.
        kept: the name of a picture that was kept for a new object, the panel it is for, and its file's name.
        unread: a `PackdeskError`: why the objects of the panel that is shown cannot be read.
        failed: a `PackdeskError`.
    """

    shown = Signal(str, object)
    beneath_read = Signal(str, object)
    families_found = Signal(object)
    kept = Signal(str, str, str)
    unread = Signal(object)
    failed = Signal(object)

    def __init__(self, bridge: Bridge, artwork: ArtworkController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._artwork = bridge, artwork
        self._state: PackagingState | None = None
        self._panel, self._active = "", False
        self._objects: KeptObjects | None = None
        self._url: str | None = None
        self._edits: list[Edit] = []
        self._sent: Recipe | None = None
        self._beneath: tuple[bytes, WidgetImage] | None = None
        self._writing = self._asked_families = False
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.write)

    @property
    def panel(self) -> str:
        """The panel whose objects are shown, '' for none."""
        return self._panel

    @property
    def objects(self) -> KeptObjects | None:
        """They, with what waits to be written."""
        return self._objects

    @property
    def waits(self) -> bool:
        """Whether something of them is not written yet."""
        return bool(self._edits) or self._writing

    @property
    def waits_after(self) -> tuple[Recipe | None] | None:
        """What was written last, while something else waits; else None."""
        return (self._sent,) if self.waits else None

    def set_active(self, *, active: bool) -> None:
        """Whether anybody looks at objects; until then nothing is read."""
        opened, self._active = active and not self._active, active
        if opened and not self._asked_families:
            self._asked_families = True
            self._bridge.start(self._ask_families(), self.failed.emit)
        if opened:
            self._url = None  # nothing was shown while it was closed
            if self._panel and self._objects is not None:
                self.shown.emit(self._panel, self._objects)
        self._look()

    def follow(self, state: PackagingState, panel_id: str) -> None:
        """The design as it is shown, and the panel that is selected; '' for none or several."""
        self._state = state
        if panel_id != self._panel:
            self.write()
            self._panel, self._objects, self._url = panel_id, None, None
        self._look()

    def edit(self, edit: Edit, *, rests: bool = True) -> None:
        """Change the objects. Where the change refuses, that is told, and all stays.

        Args:
            edit: the change.
            rests: whether it is complete; one of several keys is not.
        """
        if self._objects is None:
            return
        try:
            recipe = edit(self._objects.recipe)
            check_guests(self._objects.recipe, recipe)
        except InvalidInputError as error:
            self.shown.emit(self._panel, self._objects)  # what was typed goes
            self.failed.emit(error)
            return
        self._objects = self._objects.model_copy(update={"recipe": recipe})
        self._edits.append(edit)
        self.shown.emit(self._panel, self._objects)
        if rests:
            self.write()
        else:
            self._rest.start()

    def keep_picture(self, file: Path) -> None:
        """Keep a picture or drawing for a new object of the panel."""
        if self._panel:
            self._bridge.start(self._keep(self._panel, file), self.failed.emit)

    @Slot()
    def write(self) -> None:
        """Write what waits now."""
        self._rest.stop()
        if self._edits and not self._writing:
            edits, self._edits = self._edits, []
            self._sent = None if self._objects is None else self._objects.recipe
            self._bridge.start(self._write(self._panel, edits), self._fail)

    def _look(self) -> None:
        """Read the objects if the panel shows another picture, and nothing of ours waits to be written."""
        if not (self._active and self._panel and self._state is not None):
            self.shown.emit("", None)
            return
        texture = self._state.panel_textures.get(self._panel)
        url = "" if texture is None else texture.texture_url
        if url != self._url and not self.waits:
            self._url = url
            self._bridge.start(self._read(self._state, self._panel), self._fail_reading)

    async def _read(self, state: PackagingState, panel: str) -> None:
        found = await self._bridge.ask(lambda services: services.objects.objects(state, panel))
        if panel == self._panel and not self.waits:
            self._objects = found
            self.shown.emit(panel, found)
            if found.recipe.objects:
                await self._read_beneath(state, panel)

    async def _read_beneath(self, state: PackagingState, panel: str) -> None:
        png = await self._bridge.ask(lambda services: services.objects.beneath(state, panel))
        if png is not None and (self._beneath is None or self._beneath[0] is not png):
            self._beneath = png, await self._bridge.ask(partial(_decoded, png))
        self.beneath_read.emit(panel, None if png is None or self._beneath is None else self._beneath[1])

    async def _write(self, panel: str, edits: list[Edit]) -> None:
        def all_of_them(recipe: Recipe) -> Recipe:
            for edit in edits:
                recipe = edit(recipe)
            return recipe

        self._writing = True
        try:
            await self._artwork.change_objects(panel, all_of_them)
        finally:
            self._writing = False
            self._look()
        self.write()  # what was done meanwhile

    async def _ask_families(self) -> None:
        self.families_found.emit(await self._bridge.ask(_families))

    async def _keep(self, panel: str, file: Path) -> None:
        name = await self._bridge.ask(lambda services: services.objects.keep_picture(panel, file))
        self.kept.emit(name, panel, file.name)

    def _fail(self, error: PackdeskError) -> None:
        """What was refused is not shown any longer."""
        self._edits.clear()
        self._url = None
        self._look()
        self.failed.emit(error)

    def _fail_reading(self, error: PackdeskError) -> None:
        self._objects = None
        self.shown.emit(self._panel, None)
        self.unread.emit(error)


async def _decoded(png: bytes, _services: Services) -> WidgetImage:
    import asyncio  # noqa: PLC0415  (the first frame needs no loop)

    from packdesk.textures.images import decode_picture  # noqa: PLC0415  (brings the decoders)

    return (await asyncio.to_thread(decode_picture, png, _BENEATH_PIXELS)).pixmap


async def _families(services: Services) -> list[str]:
    return await services.objects.families()
