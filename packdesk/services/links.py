"""Links of the design to files of this machine: made, ended, found again, and brought up to date."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from packdesk.domain.links import Link, Links, LinkView, carried_links, panel_target
from packdesk.domain.panels import PANEL_IDS, check_panel
from packdesk.errors import BadPictureError, ChangedMeanwhileError, NotPossibleError, ReadOnlyError
from packdesk.sentence import Sentence
from packdesk.services.link_troubles import gone, replaced
from packdesk.services.pictures import PutPictures
from packdesk.services.placing import shown_work
from packdesk.textures.incoming import IncomingPicture
from packdesk.textures.linked_file import ReadFile, look, read_linked

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from packdesk.domain.links import LinkState, LinkTarget
    from packdesk.domain.state import PackagingState
    from packdesk.errors import PackdeskError
    from packdesk.services.pictures import PictureService
    from packdesk.services.shared_state import SharedState
    from packdesk.store.links import KeptLinks
    from packdesk.textures.library import TextureLibrary

CHANGING = "The file is being written."
_READS = 5


@dataclass(frozen=True)
class Updated:
    """What an update changed.

    Attributes:
        before: the design before it.
        after: and after it; the same where there was nothing to change.
    """

    before: PackagingState
    after: PackagingState


class LinkService:
    """Works on the links of the design as it is now.

    Args:
        shared: the design.
        pictures: puts what the files hold on panels.
        library: has what was put there.
        kept: the links.
        read_only: whether the design is only looked at: it follows nothing then.
    """

    def __init__(
        self,
        shared: SharedState,
        pictures: PictureService,
        library: TextureLibrary,
        kept: KeptLinks,
        *,
        read_only: bool = False,
    ) -> None:
        self._shared = shared
        self._pictures = pictures
        self._library = library
        self._kept = kept
        self.read_only = read_only

    async def link(self, files: Mapping[str, Path]) -> PutPictures:
        """Put the pictures of files on panels, in one write, and have the panels follow the files.

        Args:
            files: by panel.

        Raises:
            InvalidInputError: no such panel.
            LibraryUnwritableError: the pictures cannot be kept.
            OutputUnwritableError: the links cannot.
            PackageChangedError: the package became another type meanwhile.
        """
        if self.read_only:
            raise ReadOnlyError("The design is open read-only.")
        read, failures = await self._read(files)
        named = {
            name: IncomingPicture(files[name].name, encode=partial(_bytes, one)) for name, one in read.items()
        }
        done = (
            await self._pictures.put_pictures(named) if named else PutPictures(await self._shared.load(), {})
        )
        links = [
            await self._made(done.state, name, files[name], read[name])
            for name in named
            if name not in done.failures
        ]
        await self._change(done.state, lambda kept: _with(kept, links))
        return PutPictures(done.state, {**failures, **done.failures})

    async def unlink(self, *panel_ids: str) -> Links:
        """End the links of panels; their pictures stay. Returns the links that are left.

        Raises:
            InvalidInputError: no such panel.
            NotPossibleError: a panel has no link.
            OutputUnwritableError: the links cannot be kept.
        """
        state = await self._shared.load()
        kept = await self.kept(state)
        for panel_id in panel_ids:
            if kept.of(panel_target(panel_id)) is None:
                check_panel(state.package_type, panel_id)
                raise NotPossibleError(
                    Sentence("The panel “{panel}” follows no file.", panel=panel_id), "Link it to one first."
                )
        return await self.drop(state, *map(panel_target, panel_ids))

    async def drop(self, state: PackagingState, *targets: LinkTarget) -> Links:
        """End the links of targets, if they have any; raises `OutputUnwritableError`."""
        return await self._change(state, lambda kept: kept.without(*targets))

    async def find(self, panel_id: str, file: Path) -> Links:
        """Have a panel follow another file, and all whose files are missing one of the same name beside it.

        Raises:
            BadPictureError: it is no file.
            OutputUnwritableError: the links cannot be kept.
        """
        state, found = await self._shared.load(), _absolute(file)
        await asyncio.to_thread(read_linked, found)
        target = panel_target(panel_id)

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
        return [await asyncio.to_thread(_viewed, link, state_of(link, state, shown)) for link in kept.links]

    async def update(self, link: Link, read: ReadFile, check: Callable[[], None] = lambda: None) -> Updated:
        """Have the target of a link show what was read of its file, if it still shows something of the link.

        `check` is called in a worker when that is decoded; it may raise.

        Any number of programs may follow the same file: whoever is faster writes, the others find it done.

        Raises:
            ChangedMeanwhileError: another picture is there by now, or it was unlinked.
            BadPictureError: it is not a usable picture.
            PackdeskError: it cannot be kept, or the design not be changed.
        """
        before = await self._shared.load()
        began, panel_id = before.created_at, link.target.name
        picture = IncomingPicture(link.path.name, encode=partial(_bytes, read))

        def may(shown: str, coming: str) -> None:
            check()

            # Kept before it is shown: another program must not take it for somebody else's picture.
            def checked(kept: Links) -> Links:
                known = kept.of(link.target)
                if known is None or known.file != link.file or shown not in known.works:
                    raise ChangedMeanwhileError(
                        Sentence("The panel “{panel}” shows another picture by now.", panel=panel_id)
                    )
                return kept.having(known.with_work(coming))

            self._kept.change(began, checked)

        after = await self._pictures.renew(panel_id, picture, may)
        await self.note_read(after, link, read)
        return Updated(before, after)

    async def note_read(self, state: PackagingState, link: Link, read: ReadFile) -> None:
        """Remember that this is what the file of a link holds now."""

        def noted(kept: Links) -> Links:
            known = kept.of(link.target)
            if known is None or known.file != link.file:
                return kept
            return kept.having(known.model_copy(update={"digest": read.digest, "stamp": read.stamp}))

        await self._change(state, noted)

    async def _read(self, files: Mapping[str, Path]) -> tuple[dict[str, ReadFile], dict[str, PackdeskError]]:
        read: dict[str, ReadFile] = {}
        failures: dict[str, PackdeskError] = {}
        for panel_id, file in files.items():
            try:
                read[panel_id] = await asyncio.to_thread(_read_at_rest, _absolute(file))
            except BadPictureError as error:
                failures[panel_id] = error
        return read, failures

    async def _made(self, state: PackagingState, panel_id: str, file: Path, read: ReadFile) -> Link:
        url = state.texture_urls()[panel_id]
        work = await asyncio.to_thread(shown_work, self._library, url)
        link = Link(
            target=panel_target(panel_id), file=str(_absolute(file)), digest=read.digest, stamp=read.stamp
        )
        return link.with_work(work)

    async def _change(self, state: PackagingState, changed: Callable[[Links], Links]) -> Links:
        return await asyncio.to_thread(self._kept.change, state.created_at, changed)


def state_of(link: Link, design: PackagingState, shown: Mapping[str, str]) -> LinkState:
    """How a link fares by what the design shows (`LinkService.shown`), whatever its file does."""
    panel_id = link.target.name
    if panel_id not in PANEL_IDS[design.package_type] or panel_id not in shown:
        return "resting"
    return "followed" if shown[panel_id] in link.works else "replaced"


def _viewed(link: Link, state: LinkState) -> LinkView:
    if state != "followed":
        return LinkView(link, state, replaced(link) if state == "replaced" else None)
    stamp = look(link.path)
    if stamp is None:
        return LinkView(link, "missing", gone(link.path))
    return LinkView(link, state if stamp == link.stamp else "waiting")


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


def _bytes(read: ReadFile) -> bytes:
    return read.data
