"""The designs of this machine: found, named, and kept when they have to give way in a shared store."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from functools import partial
from typing import TYPE_CHECKING

from packdesk.domain.moments import same_moment
from packdesk.domain.panels import LEAD_PANEL
from packdesk.errors import OutputUnwritableError, PackdeskError
from packdesk.textures.library import hash_in_url

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from packdesk.domain.state import PackagingState
    from packdesk.store.base import StateStore
    from packdesk.store.shelf import Shelf, ShelvedDesign
    from packdesk.textures.library import TextureLibrary

_log = logging.getLogger(__name__)


class ShelfService:
    """Works on the shelf off the event loop; raises what `Shelf` raises.

    Args:
        shelf: the designs.
        store: has the design that is worked on.
        library: has the pictures of all of them.
    """

    def __init__(self, shelf: Shelf, store: StateStore, library: TextureLibrary) -> None:
        self._shelf = shelf
        self._store = store
        self._library = library
        self._keeping: set[asyncio.Task[None]] = set()

    async def find(self, search: str = "", *, deleted: bool = False) -> list[ShelvedDesign]:
        """The designs whose names have all these words, the newest first.

        Args:
            search: words; none for all.
            deleted: those in the bin instead.
        """
        found = await asyncio.to_thread(self._shelf.bin if deleted else self._shelf.designs)
        words = search.casefold().split()
        return [one for one in found if all(word in one.name.casefold() for word in words)]

    async def pictures(self, designs: Sequence[ShelvedDesign]) -> dict[str, Path]:
        """Files that show the designs, by ID: drawn, else what is on the lead panel; some have none."""
        return await asyncio.to_thread(self._pictures, designs)

    async def own(self) -> ShelvedDesign | None:
        """The design that is worked on; None in a shared store."""
        return await asyncio.to_thread(self._shelf.at, self._store.place)

    async def named(self, name_or_id: str, *, deleted: bool = False) -> ShelvedDesign:
        """The design of that name, or ID; see `Shelf.named`."""
        return await asyncio.to_thread(partial(self._shelf.named, name_or_id, deleted=deleted))

    async def state_of(self, design: ShelvedDesign) -> PackagingState:
        """What a design is, at rest.

        Raises:
            PackdeskError: it cannot be read.
        """
        return await asyncio.to_thread(self._shelf.state_of, design)

    async def new(self, name: str) -> ShelvedDesign:
        """Another design, the default one; with a number behind its name where that is taken."""
        return await asyncio.to_thread(self._shelf.new, name)

    async def duplicate(self, design: ShelvedDesign, name: str | None = None) -> ShelvedDesign:
        """Another design like one."""
        return await asyncio.to_thread(self._shelf.duplicate, design, name)

    async def rename(self, design: ShelvedDesign, name: str) -> ShelvedDesign:
        """Give it another name."""
        return await asyncio.to_thread(self._shelf.rename, design, name)

    async def delete(self, design: ShelvedDesign) -> None:
        """Put it into the bin."""
        await asyncio.to_thread(self._shelf.delete, design)

    async def restore(self, design: ShelvedDesign) -> ShelvedDesign:
        """Take it out of the bin."""
        return await asyncio.to_thread(self._shelf.restore, design)

    async def empty(self, design: ShelvedDesign | None = None, *, older: bool = False) -> list[str]:
        """Remove a design (default: all) from the bin for good; returns the names of those that went."""
        only = design.id if design is not None else ""
        return await asyncio.to_thread(partial(self._shelf.empty, only=only, older=older))

    async def carry(self, design: ShelvedDesign, state: PackagingState) -> None:
        """Have the store that is worked in show a design of the shelf that was put there, as it was shown.

        Raises:
            OutputUnwritableError: that cannot be written.
        """
        await asyncio.to_thread(self._carry, design, state)

    def keep(self, before: PackagingState, after: PackagingState, gone: bool) -> None:  # noqa: FBT001  (a listener)
        """Another state stands in the store; the former design is kept if it had to give way to another."""
        if gives_way(before, after, gone=gone, shared=self._store.kind == "shared"):
            beside = self._shelf.kept.read(
                self._store.place
            )  # small, and at once: another's comes there next
            task = asyncio.get_running_loop().create_task(self._keep(before, beside))
            self._keeping.add(task)
            task.add_done_callback(self._keeping.discard)

    async def aclose(self) -> None:
        """Wait for the copies that are being made."""
        await asyncio.gather(*self._keeping)

    def _carry(self, design: ShelvedDesign, state: PackagingState) -> None:
        source, target = str(design.file), self._store.place
        try:
            self._shelf.kept.write(target, self._shelf.kept.read(source))
        except OSError as error:
            raise OutputUnwritableError(
                "How the design looks cannot be kept on this computer.", "Check its free space."
            ) from error
        self._shelf.kept.carry_reviews(source, target, state.created_at)

    def _pictures(self, designs: Sequence[ShelvedDesign]) -> dict[str, Path]:
        files = {design.id: design.picture for design in designs if design.picture.exists()}
        for design in designs:
            if design.id not in files and design.file.exists():
                with contextlib.suppress(PackdeskError):  # it is told when it is opened
                    state = self._shelf.state_of(design)
                    url = state.texture_urls().get(LEAD_PANEL[state.package_type], "")
                    found = self._library.file(hash_in_url(url) or "")
                    files |= {} if found is None else {design.id: found}
        return files

    async def _keep(self, state: PackagingState, beside: dict[str, bytes]) -> None:
        moment = (state.updated_at or "")[:16].replace("T", " ")
        try:
            own = await self.own()
            name = f"{own.name if own else self._store.place} {moment}".strip()
            await asyncio.to_thread(self._shelf.keep_copy, state, self._store.place, name, beside)
        except PackdeskError as error:  # the design itself has changed already; nothing else can be done
            _log.warning("A copy of the former design could not be kept: %s", error)


def gives_way(before: PackagingState, after: PackagingState, *, gone: bool, shared: bool) -> bool:
    """Whether a design with artwork makes room for another, or for none.

    Args:
        before: what stood.
        after: what stands.
        gone: whether nothing does any more.
        shared: whether others write there, too: here a switch of the type is offered back in the window.
    """
    if not before.panel_textures:
        return False
    began = before.created_at, after.created_at
    other = None not in began and not same_moment(*began)
    switched = before.package_type != after.package_type
    return gone or other or (not after.panel_textures and (shared or not switched))
