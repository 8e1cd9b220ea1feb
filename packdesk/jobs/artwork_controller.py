"""Pictures put on panels, turned, moved, taken off, saved and copied, from the window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from packdesk.domain.change import difference
from packdesk.domain.text import cut_names
from packdesk.errors import BadPictureError
from packdesk.jobs.bridge import Answer
from packdesk.sentence import Sentence

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
    from packdesk.jobs.bridge import Bridge
    from packdesk.jobs.size_saver import SizeSaver
    from packdesk.services.container import Services
    from packdesk.services.sheets import SheetOffer
    from packdesk.textures.foreign.parts import Parts
    from packdesk.textures.incoming import IncomingPicture, Part
    from packdesk.textures.mips import MippedImage
    from packdesk.textures.notes import Fit

    Change = Callable[[Services], Coroutine[Any, Any, PackagingState]]


_WITH_PARTS = frozenset({".pdf", ".ai"})


class ArtworkController(QObject):
    """Changes pictures once no size waits to be written, so that it works on what is shown.

    Args:
        bridge: to the loop thread.
        saver: of sizes.
        stored: tells the state the store had last.
        refusal: tells why nothing can be changed now, None where it can.

    Signals:
        begun: a change begins.
        changed_here: the `DesignChange` it was.
        saved: the file (`Path`) a picture or a template was written to.
        sheet_found: a `SheetOffer`: a sheet that was read, and where it lies.
        part_asked: the name of a document, its `Parts`, and the `Answer` that takes the `Part` or None.
        failed: a `PackdeskError`.
    """

    part_asked = Signal(str, object, object)
    begun = Signal()
    changed_here = Signal(object)
    saved = Signal(object)
    sheet_found = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        saver: SizeSaver,
        stored: Callable[[], PackagingState],
        refusal: Callable[[], PackdeskError | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._saver = saver
        self._stored = stored
        self._refusal = refusal

    def put_pictures(self, pictures: Mapping[str, IncomingPicture], left_out: Sequence[str] = ()) -> None:
        """Put pictures on panels, as one change; what is not taken is told, with the names in `left_out`."""
        self._bridge.start(self._put(pictures, left_out), self.failed.emit)

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
        await self._change("objects", [panel_id], lambda services: services.objects.change(panel_id, edit))

    def save_picture(self, panel_id: str, file: Path) -> None:
        """Write a panel's picture to a file."""
        self._bridge.start(self._save(panel_id, file), self.failed.emit)

    def look_at_sheet(self, picture: IncomingPicture, dieline: Dieline, *, inside: bool = False) -> None:
        """Read artwork of the whole blank, or of its inside, and find where it lies."""
        self._bridge.start(self._look_at_sheet(picture, dieline, inside=inside), self.failed.emit)

    def put_sheet(self, offer: SheetOffer, placement: SheetPlacement) -> None:
        """Put a sheet onto all panels, as one change."""
        panels = [panel.panel_id for panel in offer.found.dieline.panels]
        self._start("picture", panels, lambda services: services.sheets.put(offer, placement))

    def save_template(self, dieline: Dieline, file: Path) -> None:
        """Write the template of a blank to a file."""
        self._bridge.start(self._save_template(dieline, file), self.failed.emit)

    def copy_picture(self, url: str, done: Callable[[MippedImage], None]) -> None:
        """Have a panel's whole picture for the clipboard: the screen may have a smaller copy only."""
        self._bridge.start(self._copy(url, done), self.failed.emit)

    def _start(self, kind: ChangeKind, panel_ids: Sequence[str], change: Change) -> None:
        self._bridge.start(self._change(kind, panel_ids, change), self.failed.emit)

    async def _put(self, pictures: Mapping[str, IncomingPicture], left_out: Sequence[str]) -> None:
        failures: dict[str, PackdeskError] = {}

        async def put(services: Services) -> PackagingState:
            done = await services.pictures.put_pictures(pictures)
            failures.update(done.failures)
            return done.state

        if len(pictures) == 1:
            ((panel_id, picture),) = pictures.items()
            chosen = await self.with_part(picture)
            pictures = {} if chosen is None else {panel_id: chosen}
        if pictures:
            await self._change("picture", list(pictures), put)
        names = [*(pictures[panel_id].name for panel_id in failures), *left_out]
        if names:
            raise not_taken(names, len(pictures) + len(left_out), list(failures.values()))

    async def with_part(self, picture: IncomingPicture, *, sheet: bool = False) -> IncomingPicture | None:
        """Have the user choose a page of the document that is put; None where they choose none.

        Args:
            picture: the document, or any other picture.
            sheet: whether it is artwork of the whole blank: our guides are no layers of it.
        """
        if picture.file is None or picture.file.suffix.lower() not in _WITH_PARTS:
            return picture
        parts = await self._bridge.work(_parts_of, picture.file)
        if parts is not None and sheet:
            parts = parts.without_guides()
        if parts is None or not parts.any_choice:
            return picture
        answer: Answer[Part | None] = Answer()
        self.part_asked.emit(picture.name, parts, answer)
        part = await answer
        return None if part is None else replace(picture, part=part)

    async def _change(self, kind: ChangeKind, panel_ids: Sequence[str], change: Change) -> None:
        if (refusal := self._refusal()) is not None:
            raise refusal
        await self._saver.settled()
        self.begun.emit()
        before = self._stored()
        after = await self._bridge.ask(change)
        made = difference(kind, before, after, panel_ids)
        if made is not None:
            self.changed_here.emit(made)

    async def _save(self, panel_id: str, file: Path) -> None:
        await self._bridge.ask(lambda services: services.pictures.save_picture(panel_id, file))
        self.saved.emit(file)

    async def _look_at_sheet(self, picture: IncomingPicture, dieline: Dieline, *, inside: bool) -> None:
        if (refusal := self._refusal()) is not None:
            raise refusal
        chosen = await self.with_part(picture, sheet=True)
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


def _parts_of(file: Path) -> Parts | None:
    """What can be chosen of a file; None where it is no document after all, or will be refused anyway."""
    from packdesk.textures.check import picture_data  # noqa: PLC0415  (the first frame needs no decoder)
    from packdesk.textures.foreign.parts import parts_of  # noqa: PLC0415  (likewise)
    from packdesk.textures.kinds import PDF, kind_of  # noqa: PLC0415  (likewise)

    data = picture_data(file)
    return parts_of(data) if kind_of(data) == PDF else None


def not_taken(names: Sequence[str], total: int, reasons: Sequence[PackdeskError]) -> PackdeskError:
    """Says which of several files were not put on a panel, and why the first was not."""
    if total == 1 and reasons:
        return reasons[0]
    sentence = Sentence(
        "{count} of {total} files were not put on a panel: {names}.",
        count=len(names),
        total=total,
        names=cut_names(names, "… ({0})"),
    )
    if reasons:
        return BadPictureError(sentence, reasons[0].full_text())
    return BadPictureError(sentence, "Pictures, PDF and SVG are taken, one file for each panel.")
