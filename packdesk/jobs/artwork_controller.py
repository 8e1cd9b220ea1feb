"""Pictures put on panels, turned, moved, taken off, saved and copied, from the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from packdesk.jobs.changes_here import ChangesHere, not_taken

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from packdesk.domain.change import ChangeKind
    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.objects.recipe import Recipe
    from packdesk.domain.sheet.placement import SheetPlacement
    from packdesk.domain.state import PackagingState
    from packdesk.errors import PackdeskError
    from packdesk.services.container import Services
    from packdesk.services.sheets import SheetOffer
    from packdesk.textures.incoming import IncomingPicture
    from packdesk.textures.mips import MippedImage
    from packdesk.textures.notes import Fit

    Change = Callable[[Services], Coroutine[Any, Any, PackagingState]]


class ArtworkController(ChangesHere):
    """Changes pictures.

    Signals:
        saved: the file (`Path`) a picture or a template was written to.
        sheet_found: a `SheetOffer`: a sheet that was read, and where it lies.
    """

    saved = Signal(object)
    sheet_found = Signal(object)

    def put_pictures(self, pictures: Mapping[str, IncomingPicture], left_out: Sequence[str] = ()) -> None:
        """Put pictures on panels, as one change; what is not taken is told, with the names in `left_out`."""
        self._run(self._put(pictures, left_out))

    def turn_pictures(self, panel_ids: Sequence[str]) -> None:
        """Turn the pictures of panels a quarter to the right."""
        self._start("placement", panel_ids, lambda services: services.pictures.turn(*panel_ids))

    def fit_pictures(self, panel_ids: Sequence[str], fit: Fit) -> None:
        """Let panels show all of their pictures, or let the pictures fill the panels."""
        self._start("placement", panel_ids, lambda services: services.pictures.fit(*panel_ids, fit=fit))

    def clear_panels(self, panel_ids: Sequence[str]) -> None:
        """Take the pictures off panels."""
        self._start("panel cleared", panel_ids, lambda services: services.pictures.clear_panels(*panel_ids))

    def swap_panels(self, first: str, second: str) -> None:
        """Have two panels show what the other one shows."""
        self._start("panels swapped", (first, second), lambda services: services.pictures.swap(first, second))

    def copy_panel(self, source: str, targets: Sequence[str]) -> None:
        """Have panels show what another one shows."""
        self._start("panel copied", targets, lambda services: services.pictures.copy(source, *targets))

    async def change_objects(self, panel_id: str, edit: Callable[[Recipe], Recipe]) -> None:
        """Change what lies over a panel's artwork. For a task of the bridge, which hears why not."""
        before = await self._before()
        made = await self._bridge.ask(lambda services: services.objects.changed(panel_id, edit))
        self._tell_change("objects", before, made.state, made.panels)

    def save_picture(self, panel_id: str, file: Path) -> None:
        """Write a panel's picture to a file."""
        self._run(self._save(panel_id, file))

    def look_at_sheet(self, picture: IncomingPicture, dieline: Dieline, *, inside: bool = False) -> None:
        """Read artwork of the whole blank, or of its inside, and find where it lies."""
        self._run(self._look_at_sheet(picture, dieline, inside=inside))

    def put_sheet(self, offer: SheetOffer, placement: SheetPlacement) -> None:
        """Put a sheet onto all panels, as one change."""
        panels = [panel.panel_id for panel in offer.found.dieline.panels]
        self._start("picture", panels, lambda services: services.sheets.put(offer, placement))

    def save_template(self, dieline: Dieline, file: Path) -> None:
        """Write the template of a blank to a file."""
        self._run(self._save_template(dieline, file))

    def copy_picture(self, url: str, done: Callable[[MippedImage], None]) -> None:
        """Have a panel's whole picture for the clipboard: the screen may have a smaller copy only."""
        self._run(self._copy(url, done))

    def _start(self, kind: ChangeKind, panel_ids: Sequence[str], change: Change) -> None:
        self._run(self._change(kind, panel_ids, change))

    async def _put(self, pictures: Mapping[str, IncomingPicture], left_out: Sequence[str]) -> None:
        failures: dict[str, PackdeskError] = {}

        async def put(services: Services) -> PackagingState:
            done = await services.pictures.put_pictures(pictures)
            failures.update(done.failures)
            return done.state

        if len(pictures) == 1:
            ((panel_id, picture),) = pictures.items()
            chosen = await self._desk.parts.chosen(picture)
            pictures = {} if chosen is None else {panel_id: chosen}
        if pictures:
            await self._change("picture", list(pictures), put)
        names = [*(pictures[panel_id].name for panel_id in failures), *left_out]
        if names:
            raise not_taken(names, len(pictures) + len(left_out), list(failures.values()))

    async def with_part(self, picture: IncomingPicture) -> IncomingPicture | None:
        """Have the user choose a page of the document that is put; None where they choose none."""
        return await self._desk.parts.chosen(picture)

    async def _save(self, panel_id: str, file: Path) -> None:
        await self._bridge.ask(lambda services: services.pictures.save_picture(panel_id, file))
        self.saved.emit(file)

    async def _look_at_sheet(self, picture: IncomingPicture, dieline: Dieline, *, inside: bool) -> None:
        self._check_changeable()
        chosen = await self._desk.parts.chosen(picture, sheet=True)
        if chosen is None:
            return
        self.sheet_found.emit(
            await self._bridge.ask(lambda services: services.sheets.look_at(chosen, dieline, inside=inside))
        )

    async def _save_template(self, dieline: Dieline, file: Path) -> None:
        from packdesk.export.template.writing import write_template  # noqa: PLC0415  (few write one)

        await self._bridge.work(write_template, dieline, file)
        self.saved.emit(file)

    async def _copy(self, url: str, done: Callable[[MippedImage], None]) -> None:
        png = await self._bridge.ask(lambda services: services.pictures.read_picture(url))
        from packdesk.textures.images import decode_picture  # noqa: PLC0415  (the first frame needs no decoder)

        picture = await self._bridge.work(decode_picture, png)
        done(picture.image)
