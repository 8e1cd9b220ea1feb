"""Objects on panels: lettering, logos, codes and shapes, changed one panel at a time.

A change is a function from recipe to recipe. The panel is flattened with what comes out, and the design gets
that picture only if the panel still shows the one the change began from; else it is made again from the newer
one. So nothing of two programs that change the same panel is lost.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from packdesk.domain import transitions
from packdesk.domain.objects.anchoring import laid_on
from packdesk.domain.objects.from_words import check_said, with_words
from packdesk.domain.objects.growing import grown
from packdesk.domain.objects.kept import KeptObjects
from packdesk.domain.objects.lettering import lettering_key
from packdesk.domain.objects.lost import laid_again
from packdesk.domain.objects.merging import merge
from packdesk.domain.objects.recipe import Recipe
from packdesk.domain.objects.running import WALLS, guests, joined, runs, with_guests
from packdesk.domain.objects.values import Barcode, PictureObject
from packdesk.domain.pack_words import NO_WORDS, PackWords
from packdesk.domain.panels import check_panel, goes_around, panel_sizes
from packdesk.domain.prompts import imported_note
from packdesk.domain.state import new_texture, utc_text
from packdesk.errors import BadRecipeError, ChangedMeanwhileError, InvalidInputError, StoreBusyError
from packdesk.sentence import Sentence
from packdesk.services.live_texts import LiveTexts, outlines_of, texts_of
from packdesk.services.lost_objects import OffPanels
from packdesk.services.object_facts import object_facts
from packdesk.services.placing import LaidPicture, beneath, cut, kept_objects, lies, noted, size_of
from packdesk.services.shown_objects import shown_objects
from packdesk.textures.check import read_logo_file
from packdesk.textures.notes import MOST_PICTURES, making_of
from packdesk.textures.objects.bare import bare_board
from packdesk.textures.objects.bars import fitted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from pathlib import Path

    from packdesk.domain.objects.lettering import Lettering
    from packdesk.domain.objects.live import LiveLettering
    from packdesk.domain.objects.lost import TakenOff
    from packdesk.domain.objects.shown import ShownObjects
    from packdesk.domain.objects.values import Text
    from packdesk.domain.panels import FlatSize
    from packdesk.domain.preflight.object_rules import ObjectFacts
    from packdesk.domain.state import PackagingState, PanelTexture
    from packdesk.services.live_texts import Wanted
    from packdesk.services.pictures import PictureService
    from packdesk.services.shared_state import SharedState
    from packdesk.store.kept_file import KeptValue
    from packdesk.textures.holds import Hold
    from packdesk.textures.library import TextureLibrary

MOST_ATTEMPTS = 100


class ChangedPanels(NamedTuple):
    """A design after a change of objects.

    Attributes:
        state: the design.
        panels: those that show other objects now.
    """

    state: PackagingState
    panels: tuple[str, ...]


class Letterer(Protocol):
    """Who sets lettering."""

    async def set(self, texts: Iterable[Text]) -> dict[str, Lettering]:
        """The outlines of texts, by `lettering_key`."""
        ...

    async def set_live(self, texts: Iterable[tuple[Text, str]]) -> LiveLettering:
        """Texts as files can hold them; each comes with the outline it is drawn with."""
        ...

    async def families(self) -> list[str]:
        """The typefaces there are."""
        ...

    async def aclose(self) -> None:
        """Let go of what was needed."""
        ...


class ObjectService:
    """Reads and changes the objects of panels.

    Args:
        shared: the design.
        library: keeps recipes, and the flattened panels.
        pictures: one change at a time, and threads for what takes long.
        letterer: sets lettering.
        lost: what another program took off, until somebody says what is to become of it.
        laid: what was laid on panels last, so that it is seen when that went while no window was open.

    Attributes:
        off: knows what another program took off.
    """

    def __init__(
        self,
        shared: SharedState,
        library: TextureLibrary,
        pictures: PictureService,
        letterer: Letterer,
        lost: KeptValue[TakenOff] | None = None,
        *,
        laid: KeptValue[TakenOff] | None = None,
    ) -> None:
        self._shared = shared
        self._library = library
        self._pictures = pictures
        self._letterer = letterer
        self.off = OffPanels(library, lost, laid)
        shared.recorder = self.off.record
        self._lies_beneath: tuple[object, bytes | None] | None = None
        self._live: tuple[Wanted, LiveTexts] | None = None

    async def aclose(self) -> None:
        """Let go of what was needed."""
        await self._letterer.aclose()

    async def families(self) -> list[str]:
        """The typefaces lettering can be set in on this machine."""
        return await self._letterer.families()

    async def objects(self, state: PackagingState, panel_id: str) -> KeptObjects:
        """What stands on a panel of a design, laid out for its size now.

        Raises:
            InvalidInputError: there is no such panel.
            BadRecipeError: its objects cannot be read.
        """
        size = size_of(state, panel_id)
        found = await asyncio.to_thread(kept_objects, self._library, state.panel_textures.get(panel_id))
        if found is None:
            return KeptObjects(recipe=Recipe.empty(size))
        return found.model_copy(update={"recipe": laid_on(found.recipe, size)})

    async def shown(self, state: PackagingState) -> dict[str, ShownObjects]:
        """What panels with objects show, taken apart for files that hold paths."""
        return await self._pictures.cutting(shown_objects, self._library, state)

    async def beneath(self, state: PackagingState, panel_id: str) -> bytes | None:
        """What a panel shows without its objects; None where that is not known."""
        texture = state.panel_textures.get(panel_id)
        return None if texture is None else await self._pictures.cutting(self._read_beneath, texture)

    def _read_beneath(self, texture: PanelTexture) -> bytes | None:
        laid = lies(self._library, texture.texture_url)
        if laid is None:
            return None
        key = replace(laid, objects=None), texture.dimensions
        if self._lies_beneath is None or self._lies_beneath[0] != key:
            self._lies_beneath = key, beneath(self._library, texture.texture_url)
        return self._lies_beneath[1]

    async def live(self, state: PackagingState) -> LiveTexts:
        """Which texts of a design can be text in a file, and as what. Remembered until others are asked for.

        Raises:
            NotPossibleError: lettering cannot be set.
        """
        wanted = await asyncio.to_thread(texts_of, self._library, state)
        if self._live is None or self._live[0] != wanted:
            self._live = wanted, LiveTexts.of(wanted, await self._letterer.set_live(outlines_of(wanted)))
        return self._live[1]

    async def put_back(self, panel_id: str) -> Recipe:
        """Lay over a panel's picture what another program took off it; returns what is there then.

        Raises:
            InvalidInputError: no such panel, or nothing was taken off it.
        """
        state = await self._shared.load()
        check_panel(state.package_type, panel_id)
        lost = await self.off.pending(state)
        if panel_id not in lost:
            raise InvalidInputError("No objects were taken off this panel.", "Look at what is on it.")
        state = await self.change(panel_id, laid_again(lost[panel_id]))
        await self.off.forget(state, [panel_id])
        return (await self.objects(state, panel_id)).recipe

    async def facts(self, state: PackagingState, pictures: Mapping[str, bytes]) -> dict[str, ObjectFacts]:
        """What preflight has to know of objects, by panel; `pictures` are the flattened panels."""
        return await self._pictures.cutting(object_facts, self._library, state, pictures)

    async def keep_picture(self, panel_id: str, file: Path) -> str:
        """Keep a picture or drawing for an object; returns its name in the library.

        Raises:
            BadPictureError: the file is no usable picture, or shows nothing.
            LibraryUnwritableError: it cannot be kept.
        """
        size = size_of(await self._shared.load(), panel_id)
        return await self._pictures.cutting(self._keep, file, size)

    def _keep(self, file: Path, size: FlatSize) -> str:
        picture = read_logo_file(file, size)
        note = making_of("import", imported_note(file.name), utc_text(), "", None)
        self._library.add(picture, note)
        return picture.sha256

    async def set_lettering(self, texts: Iterable[Text]) -> dict[str, Lettering]:
        """Outlines of texts, by `lettering_key`."""
        return await self._letterer.set(texts)

    async def change(self, panel_id: str, edit: Callable[[Recipe], Recipe]) -> PackagingState:
        """As `changed`; returns the design then."""
        return (await self.changed(panel_id, edit)).state

    async def changed(self, panel_id: str, edit: Callable[[Recipe], Recipe]) -> ChangedPanels:
        """Change the objects of a panel, in one write with the walls they run on to. Artwork stays.

        Args:
            panel_id: the panel.
            edit: from its recipe now to what it shall be; called again when somebody was faster. What runs on
                there from other panels stays as it is, whatever comes out.

        Raises:
            InvalidInputError: no such panel, or whatever `edit` refuses.
            BadRecipeError: its objects cannot be read.
            LibraryUnwritableError: the result cannot be kept.
            StoreBusyError: others were faster every time.
        """
        check_panel((await self._shared.load()).package_type, panel_id)
        async with self._pictures.changing([panel_id]) as hold:
            for _ in range(MOST_ATTEMPTS):
                state = await self._shared.load()
                former = await self.objects(state, panel_id)
                recipe = with_guests(_checked(edit(former.recipe)), guests(former.recipe))
                if recipe == former.recipe:
                    return ChangedPanels(state, ())
                lettering = await self._lettering(recipe, former.lettering)
                recipe = grown(former.recipe, recipe, lettering)
                former = former.model_copy(update={"lettering": lettering})
                covered, walls = {}, await self._with_walls(state, panel_id, former, recipe)
                for name, (there, made) in walls.items():
                    covered[name] = await self._covered(state, name, there, made, hold)
                try:
                    state = await self._exchange(state, covered)
                except ChangedMeanwhileError:
                    continue
                return ChangedPanels(state, tuple(covered))
        raise StoreBusyError("Other programs kept changing the panel, so its objects were not saved.")

    async def _with_walls(
        self, state: PackagingState, panel_id: str, former: KeptObjects, recipe: Recipe
    ) -> dict[str, tuple[KeptObjects, Recipe]]:
        """The panels that change, with what is on them and what will be."""
        if not any(map(runs, (*former.recipe.objects, *recipe.objects))):
            return {panel_id: (former, recipe)}
        there = {panel_id: former}
        for name in WALLS[state.package_type]:
            if name != panel_id:
                with contextlib.suppress(BadRecipeError):  # that one stays the picture it is
                    there[name] = await self.objects(state, name)
        recipes = {name: kept.recipe for name, kept in there.items()} | {panel_id: recipe}
        sizes = panel_sizes(state.package_type, state.package_dimensions)
        made = joined(state.package_type, sizes, recipes)
        return {name: (kept, made[name]) for name, kept in there.items() if made[name] != kept.recipe}

    async def letter(self, panel_id: str, words: PackWords | None, *, code: bool = False) -> PackagingState:
        """Put the words on the pack on a panel as objects; `code`: the number as a barcode, too.

        Raises:
            InvalidInputError: as `change`, or there are no words.
        """
        check_said(words)
        return await self.change(panel_id, lambda recipe: with_words(recipe, words or NO_WORDS, code=code))

    async def settle(
        self, begun: PackagingState, before: PackagingState, panel_ids: Collection[str]
    ) -> PackagingState | None:
        """Bring back what was done to objects while new artwork was laid below them.

        Args:
            begun: the design when that began; its objects lie over the new artwork.
            before: the design when the new artwork took its place.
            panel_ids: the panels that got some.

        Returns:
            The design then; None where nothing was done meanwhile.
        """
        state = None
        for panel_id in panel_ids:
            was, then = (one.panel_textures.get(panel_id) for one in (begun, before))
            if was == then:
                continue
            base = (await self.objects(begun, panel_id)).recipe
            mine = (await self.objects(before, panel_id)).recipe
            if base.objects != mine.objects:
                state = await self.change(panel_id, partial(merge, base, mine))
        return state

    async def _covered(
        self, state: PackagingState, panel_id: str, former: KeptObjects, recipe: Recipe, hold: Hold
    ) -> PanelTexture | None:
        """What the panel shows with these objects; None for bare board."""
        texture, size = state.panel_textures.get(panel_id), size_of(state, panel_id)
        laid = await self._beneath(texture, size, hold)
        if not recipe.objects and laid.sha256 == bare_board().sha256:
            return None
        lettering = await self._lettering(recipe, former.lettering)
        over = replace(laid, objects=KeptObjects.of(recipe, lettering))
        url = await self._pictures.cutting(self._cut, over, panel_id, size, hold)
        words = "" if texture is None else texture.prompt
        return new_texture(panel_id, url, words, size, utc_text())

    async def _lettering(self, recipe: Recipe, there: Mapping[str, Lettering]) -> dict[str, Lettering]:
        missing = [text for text in recipe.texts if lettering_key(text) not in there]
        return {**there, **await self._letterer.set(missing)}

    async def _beneath(self, texture: PanelTexture | None, size: FlatSize, hold: Hold) -> LaidPicture:
        if texture is None:
            bare = bare_board()
            hold.take(bare.sha256)
            await asyncio.to_thread(self._library.add, bare)
            return LaidPicture(bare.sha256, bare.png, fit="crop")
        laid = await asyncio.to_thread(noted, self._library, texture.texture_url)
        return laid or await self._pictures.taken_as_it_is(texture, size, hold)

    def _cut(self, laid: LaidPicture, panel_id: str, size: FlatSize, hold: Hold) -> str:
        return cut(self._library, laid, size, hold, dpi=self._pictures.dpi, wraps=goes_around(panel_id))

    async def _exchange(
        self, former: PackagingState, covered: Mapping[str, PanelTexture | None]
    ) -> PackagingState:
        """Put textures in place of what panels showed, if they still show that at that size."""
        now = utc_text()

        def mutate(current: PackagingState) -> PackagingState:
            for panel_id in covered:
                transitions.check_shows(current, former, panel_id)
            textures = {}
            for panel_id, texture in covered.items():
                there = current.panel_textures.get(panel_id)
                if texture is None:
                    current = transitions.clear_panel(current, panel_id, now)
                else:
                    textures[panel_id] = texture if there is None else _over(there, texture)
            return (
                transitions.put_textures(current, former.package_type, textures, now) if textures else current
            )

        return await self._shared.commit(mutate)


def _over(there: PanelTexture, new: PanelTexture) -> PanelTexture:
    """Fields other programs keep there survive."""
    printed = there.dimensions.model_copy(update=new.dimensions.model_dump())
    told = {"texture_url": new.texture_url, "generated_at": new.generated_at, "dimensions": printed}
    return there.model_copy(update=told)


def _checked(recipe: Recipe) -> Recipe:
    """With every code checked, and its box as large as it is drawn."""
    objects = tuple(fitted(one) if isinstance(one, Barcode) else one for one in recipe.objects)
    if len({one.picture for one in objects if isinstance(one, PictureObject)}) > MOST_PICTURES:
        raise InvalidInputError(
            Sentence("A panel shows at most {most} pictures.", most=MOST_PICTURES),
            "Put several of them into one drawing.",
        )
    return recipe if objects == recipe.objects else recipe.with_objects(objects)
