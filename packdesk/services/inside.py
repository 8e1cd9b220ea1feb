"""Artwork on the inside of panels: put there, turned, taken off, and cut for whoever draws it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.dieline.inside import glued_inside
from packdesk.domain.inside import InsideArt, inside_of_design, with_inside
from packdesk.domain.panels import check_panel, goes_around
from packdesk.domain.prompts import imported_note
from packdesk.domain.sheet.placement import piece_on
from packdesk.domain.state import utc_text
from packdesk.errors import (
    BadPictureError,
    NotPossibleError,
    PackageChangedError,
    PackdeskError,
    TextureUnavailableError,
)
from packdesk.sentence import Sentence
from packdesk.services.placing import LaidPicture, cut_of, keep, size_of
from packdesk.services.taking import taken
from packdesk.textures.glue_bare import with_bare
from packdesk.textures.notes import making_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from packdesk.domain.dieline.inside import Shares
    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.sheet.placement import PlacementChange, SheetPlacement
    from packdesk.domain.state import PackagingState
    from packdesk.services.pictures import PictureService
    from packdesk.services.shared_state import SharedState
    from packdesk.services.sheets import SheetOffer, SheetService
    from packdesk.store.kept_appearance import KeptAppearance
    from packdesk.textures.holds import Hold
    from packdesk.textures.incoming import IncomingPicture
    from packdesk.textures.notes import Fit
    from packdesk.textures.reader import TextureReader

    Arts = tuple[InsideArt, ...]


class PutInside(NamedTuple):
    """What became of pictures for the inside: all that is kept then, and by panel why one was not taken."""

    arts: Arts
    failures: Mapping[str, PackdeskError]


@dataclass(frozen=True)
class InsideArtwork:
    """The inside's pictures as they are printed.

    Attributes:
        pictures: checked PNG by panel, upright; transparent where a flap is glued onto the panel.
        missing: why the others cannot be had, by panel.
    """

    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    missing: Mapping[str, PackdeskError] = field(default_factory=dict)


NOTHING_INSIDE = InsideArtwork()


class InsideService:
    """Changes what is kept beside the design, and makes pictures of it.

    Args:
        shared: the design.
        reader: how pictures that come in are read; its library keeps them.
        pictures: one change at a time, and threads for what takes long.
        sheets: reads artwork of whole blanks.
        kept: where it stands.
    """

    def __init__(
        self,
        shared: SharedState,
        reader: TextureReader,
        pictures: PictureService,
        sheets: SheetService,
        kept: KeptAppearance,
    ) -> None:
        self._shared, self._reader, self._library = shared, reader, reader.library
        self._pictures, self._sheets, self._kept = pictures, sheets, kept

    async def kept(self) -> Arts:
        """All that is kept, of whichever design."""
        appearance = await asyncio.to_thread(self._kept.read)
        return appearance.inside if appearance else ()

    async def keep(self, arts: Arts) -> None:
        """Keep these: what an undo brings back; raises as `put`."""
        await self._change(lambda _: arts)

    async def put(self, pictures: Mapping[str, IncomingPicture]) -> PutInside:
        """Put pictures on the inside of panels; those that cannot be used are left out and told.

        Raises:
            InvalidInputError: no such panel.
            LibraryUnwritableError: they cannot be kept.
            OutputUnwritableError: which they are cannot be kept.
        """
        async with self._pictures.changing(pictures) as hold:
            state = await self._shared.load()
            failures: dict[str, PackdeskError] = {}
            added = []
            for panel_id, picture in pictures.items():
                size = size_of(state, panel_id)
                try:
                    laid = await self._pictures.cutting(taken, self._reader, picture, panel_id, size, hold)
                except (BadPictureError, TextureUnavailableError) as error:
                    failures[panel_id] = error
                    continue
                added.append(InsideArt(panel_id, state.package_type, laid.sha256, name=picture.name))
            arts = await self._change(lambda kept: with_inside(kept, state, added))
        return PutInside(arts, failures)

    async def swap(self, first: str, second: str) -> Arts:
        """Have the insides of two panels show what the other one shows; raises as `put`. One may be bare."""
        state = await self._shared.load()

        def changed(kept: Arts) -> Arts:
            own = inside_of_design(kept, state)
            pairs = (first, second), (second, first)
            return with_inside(
                kept,
                state,
                [replace(own[a], panel_id=b) if a in own else b for a, b in pairs],
            )

        return await self._change(changed)

    async def copy(self, source: str, *targets: str) -> Arts:
        """Have the insides of panels show what another one shows; raises as `turn`."""
        state = await self._shared.load()

        def changed(kept: Arts) -> Arts:
            own = inside_of_design(kept, state)
            if source not in own:
                raise _bare(source)
            return with_inside(kept, state, [replace(own[source], panel_id=target) for target in targets])

        return await self._change(changed)

    async def clear(self, *panel_ids: str) -> Arts:
        """Take the artwork off the inside of panels; where there is none, nothing changes."""
        state = await self._shared.load()
        for panel_id in panel_ids:
            check_panel(state.package_type, panel_id)
        return await self._change(lambda kept: with_inside(kept, state, panel_ids))

    async def turn(self, *panel_ids: str) -> Arts:
        """Turn the pictures by a quarter to the right.

        Raises:
            InvalidInputError: no such panel.
            NotPossibleError: nothing is on its inside.
            OutputUnwritableError: it cannot be kept.
        """
        return await self._arrange(panel_ids, lambda art: replace(art, turns=(art.turns + 1) % 4))

    async def fit(self, *panel_ids: str, fit: Fit) -> Arts:
        """Let pictures cover their panels, or show all of them with bare board around; raises as `turn`."""
        return await self._arrange(panel_ids, lambda art: replace(art, fit=fit))

    async def put_sheet(self, offer: SheetOffer, placement: SheetPlacement) -> Arts:
        """Put a sheet onto the inside of all panels.

        Args:
            offer: the sheet, as it was looked at with the blank seen from inside.
            placement: where it lies on the blank of `offer.found`.

        Raises:
            PackageChangedError: the package is of another type by now.
            LibraryUnwritableError: it cannot be kept.
            OutputUnwritableError: likewise.
        """
        dieline, name = offer.found.dieline, offer.name
        with self._library.holds.holding() as hold:
            state = await self._shared.load()
            if state.package_type != dieline.package_type:
                raise PackageChangedError(
                    Sentence("The package was changed to a {package} meanwhile.", package=state.package_type)
                )
            making = making_of("import", imported_note(name), utc_text())
            laid = await self._pictures.cutting(keep, self._library, offer.picture, making, hold, "crop")
            added = [
                InsideArt(
                    panel.panel_id,
                    state.package_type,
                    laid.sha256,
                    name=name,
                    piece=piece_on(panel, placement),
                )
                for panel in dieline.panels
            ]
            return await self._change(lambda kept: with_inside(kept, state, added))

    async def import_sheet(
        self, file: IncomingPicture, dieline: Dieline, change: PlacementChange | None = None
    ) -> tuple[Arts, SheetOffer]:
        """Put a sheet onto the inside where it lies without a question.

        Args:
            file: the sheet, drawn as seen from inside.
            dieline: the blank from its outside.
            change: what somebody says of the placement.

        Raises as `SheetService.import_sheet` and `put_sheet`.
        """
        offer = await self._sheets.look_at(file, dieline, inside=True)
        if change is None and offer.problem is not None:
            raise offer.problem
        placement = offer.found.placement if change is None else change.applied(offer.found.placement)
        return await self.put_sheet(offer, placement), offer

    async def shown(
        self, state: PackagingState, dieline: Dieline, arts: Iterable[InsideArt] | None = None
    ) -> InsideArtwork:
        """The pictures of a design's inside, cut for it as it is. What cannot be had is noted, not raised.

        Args:
            state: the design.
            dieline: its blank from the outside; panels that are not on it are left out.
            arts: what is kept; None to look.
        """
        own = inside_of_design(await self.kept() if arts is None else arts, state)
        printed = {panel_id: art for panel_id, art in own.items() if dieline.has(panel_id)}
        return await self._cut(printed, state, glued_inside(dieline) if printed else {})

    async def whole(self, state: PackagingState) -> InsideArtwork:
        """As `shown`, on any blank: all panels, and nothing left out for glue."""
        return await self._cut(inside_of_design(await self.kept(), state), state, {})

    async def _cut(
        self, arts: Mapping[str, InsideArt], state: PackagingState, bare: Mapping[str, Sequence[Shares]]
    ) -> InsideArtwork:
        found: dict[str, bytes] = {}
        missing: dict[str, PackdeskError] = {}
        with self._library.holds.holding() as hold:
            for panel_id, art in arts.items():
                cut = partial(self._drawn, art, state, bare.get(panel_id, ()), hold)
                try:
                    found[panel_id] = await self._pictures.cutting(cut)
                except PackdeskError as error:
                    missing[panel_id] = error
        return InsideArtwork(found, missing)

    def _drawn(self, art: InsideArt, state: PackagingState, bare: Sequence[Shares], hold: Hold) -> bytes:
        png = self._library.read(art.picture)
        laid = LaidPicture(art.picture, png, art.turns, art.fit, art.piece)
        size = size_of(state, art.panel_id)
        made = cut_of(
            self._library, laid, size, hold, dpi=self._pictures.dpi, wraps=goes_around(art.panel_id)
        )
        return with_bare(made.picture.png, bare)

    async def _arrange(self, panel_ids: Sequence[str], change: Callable[[InsideArt], InsideArt]) -> Arts:
        state = await self._shared.load()
        for panel_id in panel_ids:
            check_panel(state.package_type, panel_id)

        def changed(kept: Arts) -> Arts:
            own = inside_of_design(kept, state)
            for panel_id in panel_ids:
                if panel_id not in own:
                    raise _bare(panel_id)
            return with_inside(kept, state, [change(own[panel_id]) for panel_id in panel_ids])

        return await self._change(changed)

    async def _change(self, change: Callable[[Arts], Arts]) -> Arts:
        def changed() -> Arts:
            return self._kept.change(lambda kept: replace(kept, inside=change(kept.inside))).inside

        return await asyncio.to_thread(changed)


def _bare(panel_id: str) -> NotPossibleError:
    return NotPossibleError(
        Sentence("There is no picture inside the panel “{panel}”.", panel=panel_id), "Import one there first."
    )
