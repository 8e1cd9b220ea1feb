"""Pictures in and out of a design: put on a panel, turned, fitted, taken off, saved and read."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from packdesk.domain import transitions
from packdesk.domain.change import DesignChange, DesignParts
from packdesk.domain.panels import check_panel, goes_around
from packdesk.domain.prompts import imported_note
from packdesk.domain.state import PackagingState, new_texture, utc_text
from packdesk.errors import BadPictureError, TextureUnavailableError
from packdesk.files import write_output
from packdesk.services import placing
from packdesk.services.placing import below, cut, keep, noted, size_of, texture_of, work_of
from packdesk.services.putting import put_below
from packdesk.services.resizing import recuts
from packdesk.services.taking import taken
from packdesk.textures.check import clean_picture
from packdesk.textures.incoming import FIRST_PAGE, IncomingPicture
from packdesk.textures.library import hash_in_url
from packdesk.textures.notes import making_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection, Mapping
    from pathlib import Path

    from packdesk.domain.panels import FlatSize
    from packdesk.domain.state import PanelTexture
    from packdesk.errors import PackdeskError
    from packdesk.services.placing import LaidPicture
    from packdesk.services.shared_state import SharedState
    from packdesk.services.tidying import TidyService
    from packdesk.textures.check import CleanPicture
    from packdesk.textures.holds import Hold
    from packdesk.textures.incoming import Part
    from packdesk.textures.library import TextureLibrary
    from packdesk.textures.notes import Fit, Making
    from packdesk.textures.reader import TextureReader


T = TypeVar("T")


@dataclass(frozen=True)
class PutPictures:
    """What became of pictures: the state then, and by panel why one was not taken."""

    state: PackagingState
    failures: Mapping[str, PackdeskError]


READERS = 4
CUTTERS = 2


class PictureService:
    """Checks pictures at the door, keeps them in the library and lays them on panels.

    Args:
        shared: the design.
        library: where pictures are kept.
        reader: how textures are read, also foreign ones.
        dpi: resolution to cut pictures at.
        tidying: keeps the library small.
    """

    def __init__(
        self,
        shared: SharedState,
        library: TextureLibrary,
        reader: TextureReader,
        dpi: float,
        tidying: TidyService,
    ) -> None:
        self._shared = shared
        self._library = library
        self._reader = reader
        self.dpi = dpi
        self._tidying = tidying
        # Threads of their own: a slow server of pictures must not keep the store waiting.
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="pictures")
        # And these for pictures that take long to decode: the store's writes must not wait for them either.
        self._cutters = ThreadPoolExecutor(CUTTERS, thread_name_prefix="cutting")
        # By panel: of two quick turns the second builds on the first.
        self._in_turn: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def close(self) -> None:
        """Begin nothing more; what is being decoded is left to itself."""
        for pool in (self._readers, self._cutters):
            pool.shutdown(wait=False, cancel_futures=True)

    def use_resolution(self, dpi: float) -> None:
        """Cut at that resolution from now on."""
        self.dpi = dpi

    async def import_picture(self, panel_id: str, file: Path, part: Part = FIRST_PAGE) -> PackagingState:
        """Put a picture file, or a part of a PDF document, on a panel, filling it without distortion.

        Raises:
            InvalidInputError: no such panel.
            BadPictureError: the file cannot be read or is not a usable picture.
            LibraryUnwritableError: it cannot be kept.
            PackageChangedError: the package became another type meanwhile.
        """
        return await self._put(panel_id, IncomingPicture.of_file(file, part))

    async def put_picture(self, panel_id: str, data: bytes, name: str) -> PackagingState:
        """As `import_picture`, for an encoded picture from elsewhere; `name` says from where."""
        return await self._put(panel_id, IncomingPicture(name, encode=lambda: data))

    async def put_pictures(self, pictures: Mapping[str, IncomingPicture]) -> PutPictures:
        """Put pictures on panels in one write; those that cannot be used are left out and told.

        Raises:
            InvalidInputError: no such panel.
            LibraryUnwritableError: they cannot be kept.
            PackageChangedError: the package became another type meanwhile.
        """
        async with self.changing(pictures) as hold:
            state = await self._shared.load()
            laid: dict[str, LaidPicture] = {}
            failures: dict[str, PackdeskError] = {}
            for panel_id, picture in pictures.items():
                try:
                    size = size_of(state, panel_id)
                    laid[panel_id] = await self.cutting(self._taken, picture, panel_id, size, hold)
                except (BadPictureError, TextureUnavailableError) as error:
                    failures[panel_id] = error
            words = {
                name: one.name if one.kept else imported_note(one.name) for name, one in pictures.items()
            }

            async def cut_now(now: PackagingState) -> dict[str, PanelTexture]:
                return await self.cutting(self._laid_below, now, laid, words, hold)

            if laid:
                state = await put_below(self._shared, state, cut_now)
        return PutPictures(state, failures)

    def _laid_below(
        self, state: PackagingState, laid: Mapping[str, LaidPicture], words: Mapping[str, str], hold: Hold
    ) -> dict[str, PanelTexture]:
        textures, now = {}, utc_text()
        for panel_id, one in laid.items():
            size, shown = size_of(state, panel_id), state.panel_textures.get(panel_id)
            url = self._cut(below(self._library, shown, one), panel_id, size, hold)
            textures[panel_id] = new_texture(panel_id, url, words[panel_id], size, now)
        return textures

    async def turn(self, *panel_ids: str) -> PackagingState:
        """Turn the pictures of panels by a quarter to the right, in one write.

        Raises:
            InvalidInputError: no such panel.
            NotPossibleError: no picture is on it.
            TextureUnavailableError: the picture cannot be had on this machine.
            BadPictureError: what another program put there is no usable picture.
            LibraryUnwritableError: the result cannot be kept.
            ChangedMeanwhileError: somebody put another picture there meanwhile; it stays.
        """
        return await self._arrange(panel_ids, lambda laid, *_: replace(laid, turns=(laid.turns + 1) % 4))

    async def fit(self, *panel_ids: str, fit: Fit) -> PackagingState:
        """Let pictures cover their panels, or show all of them with bare board around; raises as `turn`."""
        return await self._arrange(panel_ids, lambda laid, *_: replace(laid, fit=fit))

    async def renew(
        self, panel_id: str, picture: IncomingPicture, may: Callable[[str, str], None]
    ) -> PackagingState:
        """Have a panel show a newer version of its picture, lying as that does; raises as `turn`.

        `may` is called in a worker with the works (`work_of`) that are shown and will be; it may raise, too.
        """

        def newer(laid: LaidPicture, size: FlatSize, hold: Hold) -> LaidPicture:
            came = self._taken(picture, panel_id, size, hold)
            works = work_of(self._library, laid.sha256), work_of(self._library, came.sha256)
            may(*works)
            as_it_lay = replace(came, turns=laid.turns, fit=laid.fit, objects=laid.objects)
            return laid if works[0] == works[1] else as_it_lay

        return await self._arrange((panel_id,), newer)

    async def swap(self, first: str, second: str) -> PackagingState:
        """Have two panels show what the other one shows, cut anew, in one write; raises as `turn`.

        One of them may be bare; the other is then.
        """
        return await self._place_from({first: second, second: first})

    async def copy(self, source: str, *targets: str) -> PackagingState:
        """Have panels show what another one shows, cut anew for each, in one write; raises as `turn`."""
        return await self._place_from(dict.fromkeys(targets, source))

    async def refit(self) -> PackagingState:
        """Cut every picture anew that was made for another panel size, in one write; the state then.

        Pictures whose origin is not known here (made by other programs) stay as they are.
        A panel that got another picture or size meanwhile is left alone. No provider is asked.

        Raises:
            LibraryUnwritableError: the library cannot be written.
        """
        with self._library.holds.holding() as hold:
            state = await self._refit(hold)
        await self._tidying.keep_within_budget()
        return state

    async def clear_panels(self, *panel_ids: str) -> PackagingState:
        """Take the pictures off panels, in one write; where there are none, nothing is written.

        Raises:
            InvalidInputError: no such panel.
        """
        now = utc_text()

        def mutate(state: PackagingState) -> PackagingState:
            for panel_id in panel_ids:
                check_panel(state.package_type, panel_id)
                state = transitions.clear_panel(state, panel_id, now)
            return state

        async with self._alone_with(panel_ids):
            return await self._shared.commit(mutate)

    async def save_picture(self, panel_id: str, file: Path) -> None:
        """Write what a panel shows to a PNG file.

        Raises:
            InvalidInputError: no such panel.
            NotPossibleError: no picture is on it.
            TextureUnavailableError: the picture cannot be had on this machine.
            BadPictureError: what another program put there is no usable picture.
            OutputUnwritableError: the file cannot be written.
        """
        texture = texture_of(await self._shared.load(), panel_id)
        png = await self.read_picture(texture.texture_url)
        await asyncio.to_thread(write_output, file, png)

    async def read_picture(self, url: str) -> bytes:
        """Return the checked PNG behind a texture URL.

        Raises:
            TextureUnavailableError: it cannot be had on this machine.
            BadPictureError: what stands there is no usable picture.
        """
        png = await asyncio.get_running_loop().run_in_executor(self._readers, self._reader.read, url)
        await self._tidying.keep_within_budget()  # a cut that had gone was made again
        return png

    async def kept_here(self, urls: Mapping[str, str]) -> dict[str, str]:
        """The hashes of the pictures that are the library's own, by panel; their URLs may have any form."""

        def look() -> dict[str, str]:
            found = {panel_id: hash_in_url(url) for panel_id, url in urls.items()}
            return {
                panel_id: sha256
                for panel_id, sha256 in found.items()
                if sha256 is not None and (urls[panel_id].startswith("file:") or self._library.has(sha256))
            }

        return await asyncio.to_thread(look)

    async def kept_file(self, sha256: str) -> Path | None:
        """The library's own file of that picture; None where it is not in the folder that is written."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._library.path, sha256)

    async def kept_picture(self, sha256: str) -> bytes:
        """The picture of that hash, from whichever texture folder has it; raises as `read_picture`."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._library.read, sha256)

    async def sheet_of(self, url: str) -> str:
        """See `placing.sheet_of`."""
        return await asyncio.to_thread(placing.sheet_of, self._library, url)

    async def has_original(self, url: str) -> bool:
        """Whether what a texture was cut from is here, so that it will be cut anew for another size."""
        return await asyncio.to_thread(placing.has_original, self._library, url)

    async def came_in(self, url: str) -> str:
        """See `placing.came_in`."""
        return await asyncio.to_thread(placing.came_in, self._library, url)

    async def cutting(self, work: Callable[..., T], *words: Any) -> T:
        """Do what takes long with pictures on the threads for that."""
        return await asyncio.get_running_loop().run_in_executor(self._cutters, work, *words)

    async def _put(self, panel_id: str, picture: IncomingPicture) -> PackagingState:
        done = await self.put_pictures({panel_id: picture})
        for error in done.failures.values():
            raise error
        return done.state

    async def _arrange(
        self, panel_ids: Collection[str], change: Callable[[LaidPicture, FlatSize, Hold], LaidPicture]
    ) -> PackagingState:
        async with self.changing(panel_ids) as hold:
            state = await self._shared.load()
            arranged = {}
            for panel_id in panel_ids:
                former, size = texture_of(state, panel_id), size_of(state, panel_id)
                was = await self._laid(former, size, hold)
                laid = await self.cutting(change, was, size, hold)
                if laid is was:
                    continue
                url = await self.cutting(self._cut, laid, panel_id, size, hold)
                arranged[panel_id] = transitions.Recut(panel_id, former.texture_url, url, size), former
            now = utc_text()

            def mutate(current: PackagingState) -> PackagingState:
                for recut, former in arranged.values():
                    current = transitions.arrange_texture(current, recut, former, now)
                return current

            return await self._shared.commit(mutate)

    async def _place_from(self, sources: Mapping[str, str]) -> PackagingState:
        """Have every panel named show what the one it is mapped to shows."""
        async with self.changing({*sources, *sources.values()}) as hold:
            state, now = await self._shared.load(), utc_text()
            if not any(source in state.panel_textures for source in sources.values()):
                texture_of(state, next(iter(sources.values())))  # says so
            former = {name: state.panel_textures.get(name) for name in (*sources, *sources.values())}
            placed = {
                panel_id: texture and await self._moved(texture, panel_id, size_of(state, panel_id), hold)
                for panel_id, texture in ((name, former[source]) for name, source in sources.items())
            }
            change = DesignChange(
                "panel copied",
                DesignParts(state.package_type, textures=former),
                DesignParts(state.package_type, textures=placed),
            )
            return await self._shared.commit(lambda current: transitions.apply_change(current, change, now))

    async def _moved(self, texture: PanelTexture, panel_id: str, size: FlatSize, hold: Hold) -> PanelTexture:
        laid = await self._laid(texture, size, hold)
        if laid.fit == "fill":  # made for the other panel: what goes on mirrored here would be its lettering
            laid = replace(laid, fit="crop")
        url = await self.cutting(self._cut, laid, panel_id, size, hold)
        return new_texture(panel_id, url, texture.prompt, size, utc_text())

    async def _refit(self, hold: Hold) -> PackagingState:
        state = await self._shared.load()
        made = await asyncio.to_thread(recuts, self._library, state, hold, self.dpi)
        if not made:
            return state
        now = utc_text()

        def mutate(current: PackagingState) -> PackagingState:
            if self._shared.gone:  # whether it comes back is for the user to say
                return current
            for recut in made:
                current = transitions.refit_texture(current, recut, now)
            return current

        return await self._shared.commit(mutate)

    @contextlib.asynccontextmanager
    async def changing(self, panel_ids: Collection[str]) -> AsyncIterator[Hold]:
        """Panels whose pictures are being changed, one change at a time; what is kept meanwhile is held."""
        async with self._alone_with(panel_ids):
            with self._library.holds.holding() as hold:
                yield hold
        await self._tidying.keep_within_budget()

    @contextlib.asynccontextmanager
    async def _alone_with(self, panel_ids: Collection[str]) -> AsyncIterator[None]:
        async with contextlib.AsyncExitStack() as stack:
            for panel_id in sorted(set(panel_ids)):  # always in one order, or two could wait for each other
                await stack.enter_async_context(self._in_turn[panel_id])
            yield

    async def _laid(self, texture: PanelTexture, size: FlatSize, hold: Hold) -> LaidPicture:
        laid = await asyncio.to_thread(noted, self._library, texture.texture_url)
        return laid or await self.taken_as_it_is(texture, size, hold)

    async def taken_as_it_is(self, texture: PanelTexture, size: FlatSize, hold: Hold) -> LaidPicture:
        """A texture of which it is not known what it was cut from: itself from now on; raises as `turn`."""
        png = await self.read_picture(texture.texture_url)
        began = texture.generated_at or utc_text()
        making = making_of("import", texture.prompt, began, texture.panel_id, size)
        return await self.cutting(self._kept, partial(clean_picture, png), making, hold)

    def _taken(self, picture: IncomingPicture, panel_id: str, size: FlatSize, hold: Hold) -> LaidPicture:
        return taken(self._reader, picture, panel_id, size, hold)

    def _kept(self, check: Callable[[], CleanPicture], making: Making, hold: Hold) -> LaidPicture:
        return keep(self._library, check(), making, hold, fit="crop")  # chosen: never continued by a mirror

    def _cut(self, laid: LaidPicture, panel_id: str, size: FlatSize, hold: Hold) -> str:
        return cut(self._library, laid, size, hold, dpi=self.dpi, wraps=goes_around(panel_id))
