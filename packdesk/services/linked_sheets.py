"""A newer version of a sheet that a design follows: onto all its panels, in one write."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain import transitions
from packdesk.domain.links import LinkedPiece, LinkedSheet
from packdesk.domain.panels import PANEL_IDS, panel_sizes
from packdesk.domain.prompts import imported_note
from packdesk.domain.sheet.placement import piece_on
from packdesk.domain.sheet.template import Page, note_of
from packdesk.domain.state import utc_text
from packdesk.services.link_troubles import resized
from packdesk.services.placing import keep, noted, work_of
from packdesk.services.sheet_cuts import cut_pieces
from packdesk.textures.check import clean_sheet
from packdesk.textures.notes import making_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.links import Link
    from packdesk.domain.sheet.placement import SheetPiece, SheetPlacement
    from packdesk.domain.state import PackagingState
    from packdesk.services.pictures import PictureService
    from packdesk.services.placing import LaidPicture
    from packdesk.services.shared_state import SharedState
    from packdesk.services.sheets import SheetOffer, SheetService
    from packdesk.textures.check import CleanPicture
    from packdesk.textures.holds import Hold
    from packdesk.textures.library import TextureLibrary


@dataclass(frozen=True)
class RenewedSheet:
    """What became of a newer version.

    Attributes:
        before: the design before it.
        after: and after it; the same where there was nothing to change.
        panels: that show it.
        sheet: how it lies.
    """

    before: PackagingState
    after: PackagingState
    panels: tuple[str, ...]
    sheet: LinkedSheet


class _Newer(NamedTuple):
    """A newer sheet: its picture, how it lies, and where it lies otherwise on which panels."""

    picture: CleanPicture
    sheet: LinkedSheet
    pieces: Mapping[str, SheetPiece] | None


def linked_sheet(offer: SheetOffer, placement: SheetPlacement, urls: Mapping[str, str]) -> LinkedSheet:
    """What a link notes of a sheet that was laid so.

    Args:
        offer: the sheet, as it was looked at.
        placement: where it lies.
        urls: what was put on the panels for it.
    """
    facts, found = offer.facts, offer.found
    blank = note_of(found.dieline, Page(0.0, 0.0, found.dieline.width, found.dieline.height))
    pieces = {
        panel.panel_id: LinkedPiece.of(urls[panel.panel_id], piece_on(panel, placement))
        for panel in found.dieline.panels
        if panel.panel_id in urls
    }
    return LinkedSheet(
        width=facts.width,
        height=facts.height,
        as_found=placement == found.placement,
        blank=blank,
        pieces=pieces,
    )


class SheetRenewer:
    """Has panels show newer versions of their sheet.

    Args:
        shared: the design.
        sheets: finds where a sheet of another size lies.
        pictures: one change at a time, and threads for what takes long.
        library: keeps the sheets.
    """

    def __init__(
        self, shared: SharedState, sheets: SheetService, pictures: PictureService, library: TextureLibrary
    ) -> None:
        self._shared = shared
        self._sheets = sheets
        self._pictures = pictures
        self._library = library

    async def renew(self, link: Link, data: Callable[[], bytes], may: Callable[[str], None]) -> RenewedSheet:
        """Have all panels that show a piece of a link's sheet show the newer one, lying as that does.

        Args:
            link: of the whole blank.
            data: what was read, in a worker: a sheet's file.
            may: called in a worker with the work (`work_of`) that will be shown; raises where it must not be.

        Raises:
            LinkedFileError: the sheet has another size, and it is not certain where it lies.
            BadPictureError: it is no usable picture.
            ChangedMeanwhileError: somebody put other artwork there meanwhile; it stays.
            LibraryUnwritableError: it cannot be kept.
        """
        first = await self._shared.load()
        async with self._pictures.changing(PANEL_IDS[first.package_type]) as hold:
            before = await self._shared.load()
            newer = await self._pictures.cutting(self._read, link, data, before)
            arranged = await self._pictures.cutting(self._arranged, link, newer, before, may, hold)
            urls = await self._pictures.cutting(self._cut, arranged, before, hold)
            now, sizes = utc_text(), panel_sizes(before.package_type, before.package_dimensions)

            def mutate(current: PackagingState) -> PackagingState:
                for panel_id, url in urls.items():
                    former = before.panel_textures[panel_id]
                    recut = transitions.Recut(panel_id, former.texture_url, url, sizes[panel_id])
                    current = transitions.arrange_texture(current, recut, former, now)
                return current

            after = await self._shared.commit(mutate) if urls else before
        pieces = {
            panel_id: LinkedPiece.of(urls[panel_id], one.piece, one.turns)
            for panel_id, one in arranged.items()
            if one.piece is not None
        }
        former = link.sheet.pieces if link.sheet else {}
        sheet = newer.sheet.model_copy(update={"pieces": {**former, **pieces}})
        return RenewedSheet(before, after, tuple(urls), sheet)

    def _read(self, link: Link, data: Callable[[], bytes], state: PackagingState) -> _Newer:
        known = link.sheet
        assert known is not None, "a link of the whole blank has one"
        clean, facts = clean_sheet(data())
        if known.lies_as(facts):
            return _Newer(clean, known, None)
        dieline = _blank(known, state)
        if dieline is None or not known.as_found:
            raise resized(link, facts)
        offer = self._sheets.looked_at(link.path.name, clean, facts, dieline)
        if offer.problem is not None:
            raise resized(link, facts)
        placement = offer.found.placement
        pieces = {panel.panel_id: piece_on(panel, placement) for panel in offer.found.dieline.panels}
        return _Newer(clean, linked_sheet(offer, placement, {}), pieces)

    def _arranged(
        self, link: Link, newer: _Newer, state: PackagingState, may: Callable[[str], None], hold: Hold
    ) -> dict[str, LaidPicture]:
        """How the newer sheet lies on each panel that shows the one before it."""
        words = imported_note(link.path.name)
        laid = keep(self._library, newer.picture, making_of("import", words, utc_text()), hold, fit="crop")
        coming = work_of(self._library, laid.sha256)
        may(coming)
        sizes = panel_sizes(state.package_type, state.package_dimensions)
        arranged = {}
        for panel_id, url in state.texture_urls().items():
            former = noted(self._library, url) if panel_id in sizes else None
            if former is None:
                continue
            work, own = work_of(self._library, former.sha256), _own_piece(link, panel_id, url)
            if (work not in link.works and own is None) or work == coming:
                continue
            arranged[panel_id] = _as_it_lay(laid, former, own, (newer.pieces or {}).get(panel_id))
        return arranged

    def _cut(self, arranged: dict[str, LaidPicture], state: PackagingState, hold: Hold) -> dict[str, str]:
        sizes = panel_sizes(state.package_type, state.package_dimensions)
        return cut_pieces(self._library, arranged, sizes, hold, dpi=self._pictures.dpi)


def _own_piece(link: Link, panel_id: str, url: str) -> LinkedPiece | None:
    """What lies on a panel that shows just what the link has put there."""
    piece = link.sheet.pieces.get(panel_id) if link.sheet else None
    return piece if piece is not None and piece.shown == url else None


def _as_it_lay(
    laid: LaidPicture, former: LaidPicture, own: LinkedPiece | None, newer: SheetPiece | None
) -> LaidPicture:
    if newer is not None:
        return replace(laid, piece=newer, objects=former.objects)
    if own is not None:
        return replace(laid, piece=own.value(), turns=own.turns, objects=former.objects)
    return replace(laid, turns=former.turns, fit=former.fit, piece=former.piece, objects=former.objects)


def _blank(known: LinkedSheet, state: PackagingState) -> Dieline | None:
    """The design's blank at its size now, shaped as when the sheet was laid on it; None where none can be."""
    if known.blank.package_type != state.package_type:
        return None
    size = state.package_dimensions
    return known.blank.model_copy(update={"size": size.as_tuple()}).dieline()
