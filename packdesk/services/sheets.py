"""Artwork of a whole blank: looked at, and put onto all panels in one write."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from packdesk.domain.dieline.inside import seen_from_inside
from packdesk.domain.panels import panel_sizes
from packdesk.domain.prompts import imported_note
from packdesk.domain.sheet.doubts import why_not_sure
from packdesk.domain.sheet.finding import find_sheet
from packdesk.domain.sheet.placement import piece_on
from packdesk.domain.state import new_texture, utc_text
from packdesk.errors import BadPictureError, PackageChangedError
from packdesk.sentence import Sentence
from packdesk.services.drawn_marks import MarkFinder
from packdesk.services.placing import below, keep
from packdesk.services.putting import put_below
from packdesk.services.sheet_cuts import cut_pieces
from packdesk.services.shown_sheets import loose_fonts, shown_sheets
from packdesk.textures.check import clean_sheet
from packdesk.textures.incoming import MAX_SHEET_BYTES
from packdesk.textures.incoming_reading import incoming_bytes
from packdesk.textures.notes import making_of
from packdesk.textures.sheet_cutting import is_bare, opened_sheet, small_copy

if TYPE_CHECKING:
    import numpy.typing as npt

    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.dimensions import Dimensions
    from packdesk.domain.preflight.findings import DrawnMarks
    from packdesk.domain.sheet.facts import SheetFacts
    from packdesk.domain.sheet.finding import FoundSheet
    from packdesk.domain.sheet.placement import PlacementChange, SheetPlacement
    from packdesk.domain.sheet.whole import WholeArtwork
    from packdesk.domain.state import PackagingState, PanelTexture
    from packdesk.errors import SheetMismatchError
    from packdesk.services.pictures import PictureService
    from packdesk.services.shared_state import SharedState
    from packdesk.textures.check import CleanPicture
    from packdesk.textures.holds import Hold
    from packdesk.textures.incoming import IncomingPicture
    from packdesk.textures.reader import TextureReader


@dataclass(frozen=True)
class SheetOffer:
    """A sheet that was read, and where it lies; nothing of it is kept yet.

    Attributes:
        name: of its file, for people.
        picture: the whole sheet.
        facts: what its file says.
        found: where it lies on the blank.
        small: (rows, columns, 4) a copy for screens, red, green, blue and opacity.
        problem: why it does not lie there for sure, if it does not.
        made_for: the package's size, where it was drawn on the template of another one.
        source: what was read, where it is known.
        inside: whether it is artwork of the inside.
    """

    name: str
    picture: CleanPicture
    facts: SheetFacts
    found: FoundSheet
    small: npt.NDArray[np.uint8]
    problem: SheetMismatchError | None = None
    made_for: Dimensions | None = None
    source: IncomingPicture | None = None
    inside: bool = False


class SheetService:
    """Reads sheets, and puts them onto all panels of a design.

    Args:
        shared: the design.
        reader: how sheets are read; its library keeps them and what is cut from them.
        pictures: one change at a time, and threads for what takes long.
    """

    def __init__(self, shared: SharedState, reader: TextureReader, pictures: PictureService) -> None:
        self._shared = shared
        self._reader = reader
        self._library = reader.library
        self._pictures = pictures
        self._marks = MarkFinder(reader.library)

    async def look_at(
        self, picture: IncomingPicture, dieline: Dieline, *, inside: bool = False
    ) -> SheetOffer:
        """Read a sheet and find where it lies on a blank; nothing is kept.

        Args:
            picture: the sheet.
            dieline: the blank from its outside.
            inside: whether it is artwork of the inside, drawn as that is seen. Templates are of the outside.

        Raises:
            BadPictureError: the file cannot be read or is no usable picture, or nothing is on it.
            TextureUnavailableError: its address is not answered, or must not be asked.
        """
        return await self._pictures.cutting(self._looked_at, picture, dieline, inside)

    def _looked_at(self, picture: IncomingPicture, dieline: Dieline, inside: bool) -> SheetOffer:  # noqa: FBT001  (for a worker)
        clean, facts = clean_sheet(incoming_bytes(picture, self._reader, MAX_SHEET_BYTES))
        if inside:
            facts, dieline = replace(facts, note=""), seen_from_inside(dieline)
        found = self.looked_at(picture.name, clean, facts, dieline)
        return replace(found, source=picture, inside=inside)

    def looked_at(self, name: str, clean: CleanPicture, facts: SheetFacts, dieline: Dieline) -> SheetOffer:
        """As `look_at`, for a sheet that is decoded already. Blocks."""
        sheet = opened_sheet(clean.png)
        if is_bare(sheet):
            raise BadPictureError(
                "Nothing is drawn on the sheet.", "Draw on its layer “Artwork”, and save it again."
            )
        pixels = np.asarray(small_copy(sheet))
        found = find_sheet(facts, pixels, dieline)
        problem = why_not_sure(found, facts, dieline)
        theirs = found.dieline.dimensions
        made_for = None if theirs == dieline.dimensions else theirs
        return SheetOffer(name, clean, facts, found, pixels, problem, made_for)

    async def put(self, offer: SheetOffer, placement: SheetPlacement) -> PackagingState:
        """Cut a sheet into all panels, in one write. The sheet is kept, and other sizes are cut from it, too.

        Args:
            offer: the sheet, as it was looked at.
            placement: where it lies on the blank of `offer.found`.

        Raises:
            PackageChangedError: the package is of another type by now.
            LibraryUnwritableError: it cannot be kept.
        """
        dieline = offer.found.dieline
        panel_ids = [panel.panel_id for panel in dieline.panels]
        async with self._pictures.changing(panel_ids) as hold:
            state = await self._shared.load()
            if state.package_type != dieline.package_type:
                raise PackageChangedError(
                    Sentence("The package was changed to a {package} meanwhile.", package=state.package_type)
                )

            async def cut_now(now: PackagingState) -> dict[str, PanelTexture]:
                return await self._pictures.cutting(self._cut, offer, placement, now, hold)

            return await put_below(self._shared, state, cut_now)

    async def shown(self, state: PackagingState, *, vector: bool = False) -> WholeArtwork:
        """Which panels of a design show pieces of which sheets, as far as the sheets are on this machine.

        Args:
            state: the design.
            vector: whether PDF documents shall come as their page, to be drawn as they are.
        """
        return await self._pictures.cutting(shown_sheets, self._library, state, vector)

    async def loose_fonts(self, state: PackagingState) -> dict[str, tuple[str, ...]]:
        """Fonts that its drawing does not carry, of every panel that PDF files show as it was drawn."""
        return await self._pictures.cutting(loose_fonts, self._library, state)

    async def thin_marks(self, state: PackagingState) -> dict[str, DrawnMarks]:
        """What is too small to print in the drawings panels came from."""
        return await self._pictures.cutting(self._marks.find, state)

    async def import_sheet(
        self, file: IncomingPicture, dieline: Dieline, change: PlacementChange | None = None
    ) -> tuple[PackagingState, SheetOffer]:
        """Put a sheet where it lies without a question; as `placed` and `put`."""
        offer, placement = await self.placed(file, dieline, change)
        return await self.put(offer, placement), offer

    async def placed(
        self, file: IncomingPicture, dieline: Dieline, change: PlacementChange | None = None
    ) -> tuple[SheetOffer, SheetPlacement]:
        """Read a sheet, and say where it lies without a question; raises as `look_at`.

        Args:
            file: the sheet.
            dieline: the blank.
            change: what somebody says of the placement.

        Raises:
            SheetMismatchError: it is not sure where it lies, and nobody said so.
        """
        offer = await self.look_at(file, dieline)
        if change is None and offer.problem is not None:
            raise offer.problem
        found = offer.found.placement
        return offer, found if change is None else change.applied(found)

    def _cut(
        self, offer: SheetOffer, placement: SheetPlacement, state: PackagingState, hold: Hold
    ) -> dict[str, PanelTexture]:
        words, now = imported_note(offer.name), utc_text()
        laid = keep(self._library, offer.picture, making_of("import", words, now), hold, fit="crop")
        sizes = panel_sizes(state.package_type, state.package_dimensions)
        pieces = {
            panel.panel_id: below(
                self._library,
                state.panel_textures.get(panel.panel_id),
                replace(laid, piece=piece_on(panel, placement)),
            )
            for panel in offer.found.dieline.panels
        }
        urls = cut_pieces(self._library, pieces, sizes, hold, dpi=self._pictures.dpi)
        return {name: new_texture(name, url, words, sizes[name], now) for name, url in urls.items()}
