"""Artwork of the whole blank from the window: chosen or dropped, looked at, agreed to; and templates."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from packdesk.domain.text import cut
from packdesk.ui.dropping import Offer, ask_for_picture, ask_where_to_save, offer_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.domain.sheet.placement import SheetPlacement
    from packdesk.jobs.artwork_controller import ArtworkController
    from packdesk.jobs.link_controller import LinkController
    from packdesk.services.sheets import SheetOffer
    from packdesk.textures.incoming import IncomingPicture
    from packdesk.ui.actions import WindowActions
    from packdesk.ui.flat.sheet import FlatSheet
    from packdesk.ui.units import Unit
    from packdesk.ui.view.centre import Centre
    from packdesk.ui.window.inside import Inside

_NAME = 60


class SheetCommands(QObject):
    """Has sheets read, opens the dialog for them, and has templates written.

    Args:
        artwork: reads sheets and puts them on the panels.
        links: puts those there that are followed.
        actions: of the window.
        centre: its flat view has the blank; dialogs open above it.
        unit: of lengths, as the window shows them.
        inside: the other side, which has sheets of its own.

    Signals:
        told: that something is being done.
    """

    told = Signal(str)

    def __init__(
        self,
        artwork: ArtworkController,
        links: LinkController,
        actions: WindowActions,
        centre: Centre,
        *,
        unit: Callable[[], Unit],
        inside: Inside,
    ) -> None:
        super().__init__(centre)
        self._artwork, self._links, self._action = artwork, links, actions["import_sheet"]
        self._inside = inside
        self._again: Path | None = None
        self._centre, self._unit = centre, unit
        self._action.triggered.connect(self.choose)
        actions["template"].triggered.connect(self.save_template)
        artwork.sheet_found.connect(self.show_sheet)

    @Slot()
    def choose(self) -> None:
        """Let the user choose a file."""
        file = ask_for_picture(self._centre, self.tr("Artwork for the whole package"))
        if file is not None:
            self.take(offer_files([file]))

    @Slot(object)
    def take(self, offered: Offer) -> None:
        """Have what was chosen or dropped read."""
        sheet = self._centre.flat.sheet
        if sheet is None or not self._action.isEnabled():
            return
        if len(offered.pictures) != 1 or offered.others:
            self.told.emit(self.tr("Artwork for the whole package is one file."))
            return
        self._again = None
        self._look_at(offered.pictures[0], sheet)

    @Slot(object)
    def take_again(self, picture: IncomingPicture) -> None:
        """Have a sheet read that was followed, and shall be again."""
        sheet = self._centre.flat.sheet
        if sheet is not None and self._action.isEnabled():
            self._again = picture.file
            self._look_at(picture, sheet)

    def _look_at(self, picture: IncomingPicture, sheet: FlatSheet) -> None:
        self.told.emit(self.tr("Reading {0} …").format(cut(picture.name, _NAME)))
        blank = self._inside.outside() or sheet.scene.dieline
        self._artwork.look_at_sheet(picture, blank, inside=self._inside.active)

    @Slot(object)
    def show_sheet(self, offer: SheetOffer) -> None:
        """Ask whether it lies right."""
        from packdesk.ui.dialogs.sheet_dialog import SheetDialog  # noqa: PLC0415  (few see it)

        sheet = self._centre.flat.sheet
        if sheet is None:
            return
        dialog = SheetDialog(self._centre.window(), offer, sheet.scene.theme, self._unit())
        followed = {view.link.path for view in self._links.all if view.link.sheet is not None}
        dialog.follows.setChecked(dialog.file is not None and dialog.file in followed | {self._again})
        dialog.follows.setHidden(dialog.follows.isHidden() or offer.inside)
        dialog.agreed.connect(partial(self._put, offer))
        dialog.open()

    def _put(self, offer: SheetOffer, placement: SheetPlacement, follows: bool) -> None:  # noqa: FBT001  (a slot)
        self.told.emit(self.tr("Putting {0} on all panels …").format(cut(offer.name, _NAME)))
        if offer.inside:
            self._inside.artwork.put_sheet(offer, placement)
        elif follows:
            self._links.link_sheet(offer, placement)
        else:
            self._artwork.put_sheet(offer, placement)

    @Slot()
    def save_template(self) -> None:
        """Ask where to, and have the template of the blank written."""
        sheet = self._centre.flat.sheet
        if sheet is None:
            return
        kinds = {".svg": self.tr("SVG drawing"), ".pdf": "PDF", ".tiff": "TIFF", ".png": "PNG"}
        title = self.tr("Template to draw on")
        file = ask_where_to_save(self._centre, title, Path("template.svg"), kinds.pop(".svg"), kinds)
        if file is not None:
            self._artwork.save_template(sheet.scene.dieline, file)
