"""A newer version of a sheet that a design follows: onto all its panels, in one write."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
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
from packdesk.services.placing import LaidPicture, keep, lies, work_of
from packdesk.services.sheet_cuts import cut_pieces, keep_pieces, pieces_of
from packdesk.textures.check import decoded_sheet
from packdesk.textures.notes import making_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.links import Link
    from packdesk.domain.sheet.placement import SheetPiece, SheetPlacement
    from packdesk.domain.state import PackagingState
    from packdesk.services.pictures import PictureService
    from packdesk.services.shared_state import SharedState
    from packdesk.services.sheets import SheetOffer, SheetService
    from packdesk.textures.check import DecodedSheet
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


class BeforeShown(NamedTuple):
    """Who is asked and told, in a worker, before panels show a newer version.

    Attributes:
        may: called with the work (`work_of`) that will be shown; raises where it must not be.
        coming: called with the pictures that panels will show, as PNG by hash, while the sheet is being kept.
    """

    may: Callable[[str], None]
    coming: Callable[[Mapping[str, bytes]], None]


class _Newer(NamedTuple):
    """A newer sheet: its pixels, how it lies, and where it lies otherwise on which panels."""

    decoded: DecodedSheet
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

    async def renew(self, link: Link, data: Callable[[], bytes], told: BeforeShown) -> RenewedSheet:
        """Have all panels that show a piece of a link's sheet show the newer one, lying as that does.

        Args:
            link: of the whole blank.
            data: what was read, in a worker: a sheet's file.
            told: who is asked and told before.

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
            arranged, urls = await self._pictures.cutting(self._cut, link, newer, before, told, hold)
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
        decoded = decoded_sheet(data())
        facts = decoded.facts
        if known.lies_as(facts):
            return _Newer(decoded, known, None)
        dieline = _blank(known, state)
        if dieline is None or not known.as_found:
            raise resized(link, facts)
        offer = self._sheets.looked_at(link.path.name, decoded.clean, facts, dieline)
        if offer.problem is not None:
            raise resized(link, facts)
        placement = offer.found.placement
        pieces = {panel.panel_id: piece_on(panel, placement) for panel in offer.found.dieline.panels}
        return _Newer(decoded, linked_sheet(offer, placement, {}), pieces)

    def _cut(
        self, link: Link, newer: _Newer, state: PackagingState, told: BeforeShown, hold: Hold
    ) -> tuple[dict[str, LaidPicture], dict[str, str]]:
        """How the newer sheet lies on each panel that shows the one before it, and what they show of it.

        The pieces are cut while the sheet is written anew: either takes about as long.
        """
        decoded, works, dpi = newer.decoded, self._lying(link, newer, state), self._pictures.dpi
        sizes = panel_sizes(state.package_type, state.package_dimensions)
        lying = {panel_id: laid for panel_id, (_, laid) in works.items()}
        with ThreadPoolExecutor(1, thread_name_prefix="sheet") as beside:
            encoded = beside.submit(lambda: decoded.clean)
            # A drawing may be drawn finer first.
            cuts = None if decoded.drawing else pieces_of(decoded.pixels, lying, sizes, dpi=dpi)
            if cuts is not None:
                told.coming({cut.picture.sha256: cut.picture.png for cut in cuts.values()})
            clean = encoded.result()
        words = imported_note(link.path.name)
        kept = keep(self._library, clean, making_of("import", words, utc_text()), hold, fit="crop")
        coming = work_of(self._library, kept.sha256)
        told.may(coming)
        arranged = {
            panel_id: replace(laid, sha256=kept.sha256, png=kept.png)
            for panel_id, (work, laid) in works.items()
            if work != coming
        }
        if cuts is None:
            return arranged, cut_pieces(self._library, arranged, sizes, hold, dpi=dpi)
        return arranged, keep_pieces(self._library, arranged, cuts, sizes, hold, dpi=dpi)

    def _lying(self, link: Link, newer: _Newer, state: PackagingState) -> dict[str, tuple[str, LaidPicture]]:
        """The work a panel shows and how the newer sheet will lie there, for each that shows the link's."""
        sizes = panel_sizes(state.package_type, state.package_dimensions)
        lying = {}
        for panel_id, url in state.texture_urls().items():
            former = lies(self._library, url) if panel_id in sizes else None
            if former is None:
                continue
            work, own = work_of(self._library, former.sha256), _own_piece(link, panel_id, url)
            if work in link.works or own is not None:
                piece = (newer.pieces or {}).get(panel_id)
                if piece is None and own is None:
                    former = _as_known(former, link, panel_id)
                lying[panel_id] = work, _as_it_lay(former, own, piece)
        return lying


def _own_piece(link: Link, panel_id: str, url: str) -> LinkedPiece | None:
    """What lies on a panel that shows just what the link has put there."""
    piece = link.sheet.pieces.get(panel_id) if link.sheet else None
    return piece if piece is not None and piece.shown == url else None


def _as_known(former: LaidPicture, link: Link, panel_id: str) -> LaidPicture:
    """Laid as the link knows it, where undo has brought back a piece of a sheet of another size."""
    known = link.sheet.pieces if link.sheet else {}
    if panel_id not in known or any(one.value() == former.piece for one in known.values()):
        return former
    return replace(former, piece=known[panel_id].value())


def _as_it_lay(former: LaidPicture, own: LinkedPiece | None, newer: SheetPiece | None) -> LaidPicture:
    """How a sheet lies on a panel, and what lies over it; which sheet is not known yet."""
    if newer is not None:
        return LaidPicture("", b"", fit="crop", piece=newer, objects=former.objects)
    if own is not None:
        return LaidPicture("", b"", own.turns, "crop", own.value(), former.objects)
    return replace(former, sha256="", png=b"")


def _blank(known: LinkedSheet, state: PackagingState) -> Dieline | None:
    """The design's blank at its size now, shaped as when the sheet was laid on it; None where none can be."""
    if known.blank.package_type != state.package_type:
        return None
    size = state.package_dimensions
    return known.blank.model_copy(update={"size": size.as_tuple()}).dieline()
