"""Links of the design to files of this machine: made, ended, found again, and brought up to date."""

from __future__ import annotations

import asyncio
import os
import uuid
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from packdesk.domain.links import SHEET, Link, Links, carried_links, panel_target
from packdesk.domain.panels import check_panel
from packdesk.errors import BadPictureError, ChangedMeanwhileError, NotPossibleError, ReadOnlyError
from packdesk.sentence import Sentence
from packdesk.services.link_states import seen
from packdesk.services.linked_sheets import BeforeShown, SheetRenewer, linked_sheet
from packdesk.services.pictures import PutPictures
from packdesk.services.placing import shown_work
from packdesk.textures.check import part_data
from packdesk.textures.incoming import IncomingPicture
from packdesk.textures.linked_file import ReadFile, part_of, read_linked

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from packdesk.domain.links import LinkedSheet, LinkTarget, LinkView
    from packdesk.domain.sheet.placement import SheetPlacement
    from packdesk.domain.state import PackagingState
    from packdesk.errors import PackdeskError
    from packdesk.services.pictures import PictureService
    from packdesk.services.shared_state import SharedState
    from packdesk.services.sheets import SheetOffer, SheetService
    from packdesk.store.links import KeptLinks
    from packdesk.textures.library import TextureLibrary

    Coming = Callable[[Mapping[str, bytes]], None]

NO_LINKS = Links()
CHANGING = "The file is being written."
_READS = 5


@dataclass(frozen=True)
class Updated:
    """What an update changed.

    Attributes:
        before: the design before it.
        after: and after it; the same where there was nothing to change.
        panels: what of it.
    """

    before: PackagingState
    after: PackagingState
    panels: tuple[str, ...]


class LinkService:
    """Works on the links of the design as it is now.

    Args:
        shared: the design.
        pictures: puts what the files hold on panels.
        sheets: and on all of them.
        library: has what was put there.
        kept: the links.
        read_only: whether the design is only looked at: it follows nothing then.
    """

    def __init__(
        self,
        shared: SharedState,
        pictures: PictureService,
        sheets: SheetService,
        library: TextureLibrary,
        kept: KeptLinks,
        *,
        read_only: bool = False,
    ) -> None:
        self._shared = shared
        self._pictures = pictures
        self._sheets = sheets
        self._renewer = SheetRenewer(shared, sheets, pictures, library)
        self._library = library
        self._kept = kept
        self.read_only = read_only

    async def link(self, files: Mapping[str, IncomingPicture]) -> PutPictures:
        """Put the pictures of files on panels, in one write, and have the panels follow the files.

        Args:
            files: by panel; each is a file, or a part of one.

        Raises:
            InvalidInputError: no such panel.
            LibraryUnwritableError: the pictures cannot be kept.
            OutputUnwritableError: the links cannot.
            PackageChangedError: the package became another type meanwhile.
        """
        self._check_writable()
        read, failures = await self._read(files)
        named = {
            name: IncomingPicture(files[name].name, encode=partial(part_data, one.data, files[name].part))
            for name, one in read.items()
        }
        done = (
            await self._pictures.put_pictures(named) if named else PutPictures(await self._shared.load(), {})
        )
        links = [
            await self._made(done.state, panel_target(name), name, files[name], read[name])
            for name in named
            if name not in done.failures
        ]
        await self._change(done.state, lambda kept: _with(kept, links))
        return PutPictures(done.state, {**failures, **done.failures})

    async def link_sheet(
        self, offer: SheetOffer, placement: SheetPlacement, ended: Links = NO_LINKS
    ) -> tuple[PackagingState, Links]:
        """Put a sheet onto all panels, as `SheetService.put`, and have them follow its file.

        Links of panels end, as when other pictures are put there.

        Args:
            offer: the sheet, as it was looked at.
            placement: where it lies.
            ended: links that were ended so before.

        Returns:
            The design then, and the links that are ended.

        Raises:
            NotPossibleError: the sheet came from no file.
            OutputUnwritableError: the link cannot be kept.
        """
        self._check_writable()
        source = offer.source
        if source is None or source.file is None:
            raise NotPossibleError("Only a file can be followed.", "Save the artwork to a file first.")
        state = await self._sheets.put(offer, placement)
        panel_ids = [panel.panel_id for panel in offer.found.dieline.panels]
        # Nothing of its stamp is noted: it is read again at once, as it may have been saved meanwhile.
        link = await self._made(state, SHEET, panel_ids[0], source, None)
        link = link.model_copy(update={"sheet": linked_sheet(offer, placement, state.texture_urls())})
        await self._change(state, lambda kept: kept.having(link))
        return state, await self.carry(ended, panel_ids)

    async def unlink(self, *targets: LinkTarget) -> Links:
        """End the links of panels, or of the whole blank; the pictures stay. Returns the links that are left.

        Raises:
            InvalidInputError: no such panel.
            NotPossibleError: it has no link.
            OutputUnwritableError: the links cannot be kept.
        """
        state = await self._shared.load()
        kept = await self.kept(state)
        for target in targets:
            if kept.of(target) is not None:
                continue
            if target == SHEET:
                raise NotPossibleError(
                    "The whole package follows no file.", "Put a file on it that is followed first."
                )
            check_panel(state.package_type, target.name)
            raise NotPossibleError(
                Sentence("The panel “{panel}” follows no file.", panel=target.name), "Link it to one first."
            )
        return await self.drop(state, *targets)

    async def drop(self, state: PackagingState, *targets: LinkTarget) -> Links:
        """End the links of targets, if they have any; raises `OutputUnwritableError`."""
        return await self._change(state, lambda kept: kept.without(*targets))

    async def find(self, target: LinkTarget, file: Path) -> Links:
        """Have a target follow another file, and all whose files are missing one of the same name beside it.

        Raises:
            BadPictureError: it is no file.
            OutputUnwritableError: the links cannot be kept.
        """
        state, found = await self._shared.load(), _absolute(file)
        await asyncio.to_thread(read_linked, found)

        def moved(kept: Links) -> Links:
            for link in kept.links:
                beside = found if link.target == target else found.with_name(link.path.name)
                if link.target == target or (not link.path.exists() and beside.is_file()):
                    kept = kept.having(
                        link.model_copy(update={"file": str(beside), "digest": "", "stamp": ()})
                    )
            return kept

        return await self._change(state, moved)

    async def carry(self, ended: Links, panel_ids: Sequence[str]) -> Links:
        """Have links go with their pictures after somebody here has changed panels.

        A link moves with its picture, ends where another one was put, and is there again when its picture is.

        Args:
            ended: links that were ended so.
            panel_ids: what was changed.

        Returns:
            `ended` from now on.
        """
        state = await self._shared.load()
        shown, left = await self.shown(state), Links()

        def carried(kept: Links) -> Links:
            nonlocal left
            after, left = carried_links(kept, ended, shown, panel_ids)
            return after

        await self._change(state, carried)
        return left

    async def kept(self, state: PackagingState) -> Links:
        """The links of that design."""
        return await asyncio.to_thread(self._kept.read, state.created_at)

    async def stamp(self, state: PackagingState) -> object:
        """Another one when the links of that design were changed, by whichever program."""
        return await asyncio.to_thread(self._kept.stamp, state.created_at)

    async def shown(self, state: PackagingState) -> dict[str, str]:
        """The names (`placing.work_of`) of what the panels show, as far as it is known."""

        def look() -> dict[str, str]:
            return {name: shown_work(self._library, url) for name, url in state.texture_urls().items()}

        return await asyncio.to_thread(look)

    async def views(self) -> list[LinkView]:
        """All links and how they fare at this moment; `waiting` means that an open window will show more."""
        state = await self._shared.load()
        kept, shown = await self.kept(state), await self.shown(state)
        return [await asyncio.to_thread(seen, link, state, shown) for link in kept.links]

    async def update(
        self,
        link: Link,
        read: ReadFile,
        check: Callable[[], None] = lambda: None,
        coming: Coming = lambda _pictures: None,
    ) -> Updated:
        """Have the target of a link show what was read of its file, if it still shows something of the link.

        `check` is called in a worker when that is decoded; it may raise. `coming` is told there what the
        pieces of a sheet look like, as PNG by hash, before the design names them.

        Any number of programs may follow the same file: whoever is faster writes, the others find it done.

        Raises:
            ChangedMeanwhileError: another picture is there by now, or it was unlinked.
            BadPictureError: it is not a usable picture.
            PackdeskError: it cannot be kept, or the design not be changed.
        """
        if link.target == SHEET:
            return await self._renewed(link, read, check, coming)
        before = await self._shared.load()
        began, panel_id = before.created_at, link.target.name
        picture = IncomingPicture(link.path.name, encode=partial(_data, link, read))

        def may(shown: str, work: str) -> None:
            check()
            self._promise(began, link, work, shown)

        after = await self._pictures.renew(panel_id, picture, may)
        await self.note_read(after, link, read)
        return Updated(before, after, (panel_id,))

    async def _renewed(
        self, link: Link, read: ReadFile, check: Callable[[], None], coming: Coming
    ) -> Updated:
        state = await self._shared.load()
        began, known = state.created_at, (await self.kept(state)).of(SHEET)
        if known is None or known.made != link.made:
            raise ChangedMeanwhileError("The package shows other artwork by now.")
        link = known  # it knows what was shown since, and how that lies

        def may(work: str) -> None:
            check()
            self._promise(began, link, work)

        done = await self._renewer.renew(link, partial(_data, link, read), BeforeShown(may, coming))
        await self.note_read(done.after, link, read, done.sheet)
        return Updated(done.before, done.after, done.panels)

    def _promise(self, began: str | None, link: Link, coming: str, shown: str = "") -> None:
        """Note what a link will have put there, before it is shown.

        Another program must not take it for somebody else's picture.

        Args:
            began: when the design did.
            link: the link.
            coming: the work that will be shown.
            shown: the work that is, for a panel.

        Raises:
            ChangedMeanwhileError: another picture is there by now, or it was unlinked.
        """

        def checked(kept: Links) -> Links:
            known = kept.of(link.target)
            if known is None or known.file != link.file or (shown and shown not in known.works):
                if link.target == SHEET:
                    raise ChangedMeanwhileError("The package shows other artwork by now.")
                raise ChangedMeanwhileError(
                    Sentence("The panel “{panel}” shows another picture by now.", panel=link.target.name)
                )
            return kept.having(known.with_work(coming))

        self._kept.change(began, checked)

    async def note_read(
        self, state: PackagingState, link: Link, read: ReadFile, sheet: LinkedSheet | None = None
    ) -> None:
        """Remember that this is what the file of a link holds now, and how its sheet lies."""
        now = {"digest": read.digest, "stamp": read.stamp} | ({} if sheet is None else {"sheet": sheet})

        def noted(kept: Links) -> Links:
            known = kept.of(link.target)
            if known is None or known.file != link.file:
                return kept
            return kept.having(known.model_copy(update=now))

        await self._change(state, noted)

    def _check_writable(self) -> None:
        if self.read_only:
            raise ReadOnlyError("The design is open read-only.")

    async def _read(
        self, files: Mapping[str, IncomingPicture]
    ) -> tuple[dict[str, ReadFile], dict[str, PackdeskError]]:
        read: dict[str, ReadFile] = {}
        failures: dict[str, PackdeskError] = {}
        for panel_id, picture in files.items():
            assert picture.file is not None, "only files are followed"
            try:
                read[panel_id] = await asyncio.to_thread(_read_at_rest, _absolute(picture.file))
            except BadPictureError as error:
                failures[panel_id] = error
        return read, failures

    async def _made(
        self,
        state: PackagingState,
        target: LinkTarget,
        panel_id: str,
        picture: IncomingPicture,
        read: ReadFile | None,
    ) -> Link:
        """The link of a target to a file that a panel shows something of, and was read, perhaps."""
        assert picture.file is not None, "only files are followed"
        layers, file = picture.part.layers, str(_absolute(picture.file))
        made = Link(
            target=target,
            file=file,
            page=picture.part.page,
            layers=None if layers is None else tuple(sorted(layers)),
            made=uuid.uuid4().hex,
        )
        if read is not None:
            made = made.model_copy(update={"digest": read.digest, "stamp": read.stamp})
        work = await asyncio.to_thread(shown_work, self._library, state.texture_urls()[panel_id])
        return made.with_work(work)

    async def _change(self, state: PackagingState, changed: Callable[[Links], Links]) -> Links:
        return await asyncio.to_thread(self._kept.change, state.created_at, changed)


def _with(kept: Links, links: Collection[Link]) -> Links:
    for link in links:
        kept = kept.having(link)
    return kept


def _absolute(file: Path) -> Path:
    return Path(os.path.abspath(file))  # noqa: PTH100  (a link stays the link it is, as `absolute` leaves “..”)


def _read_at_rest(file: Path) -> ReadFile:
    for _ in range(_READS):
        if (read := read_linked(file)) is not None:
            return read
    raise BadPictureError(CHANGING, "Try again when it is saved.")


def _data(link: Link, read: ReadFile) -> bytes:
    return part_data(read.data, part_of(link))
