"""Objects another program took off by putting its own picture on their panel: kept, to be put back.

Two things are kept on this machine beside a design: what was laid on its panels last, and what was taken off
them. Every write of ours tells what lies there now, so a picture that stands over something else is a
stranger's, however often it comes, and whatever is done on the panel meanwhile.
"""

from __future__ import annotations

import asyncio
import hashlib
import threading
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from packdesk.domain.objects.anchoring import laid_on
from packdesk.domain.objects.lost import TakenOff, still_off, together
from packdesk.domain.objects.recipe import Recipe
from packdesk.domain.panels import FlatSize, panel_sizes
from packdesk.errors import BadRecipeError
from packdesk.services.placing import kept_objects
from packdesk.textures.library import hash_in_url

if TYPE_CHECKING:
    from collections.abc import Collection

    from packdesk.domain.state import PackagingState, PanelTexture
    from packdesk.store.kept_file import KeptValue
    from packdesk.textures.library import TextureLibrary

T = TypeVar("T")


class OffPanels:
    """Knows what lay on the panels of a design, and what of it was taken off.

    Args:
        library: has the objects of panels.
        lost: keeps what was taken off; without it only as long as this lives.
        laid: keeps what was laid on panels last, likewise.
    """

    def __init__(
        self, library: TextureLibrary, lost: KeptValue[TakenOff] | None, laid: KeptValue[TakenOff] | None
    ) -> None:
        self._library = library
        self._lost, self._laid = lost or _Remembered[TakenOff](), laid or _Remembered[TakenOff]()
        self._alone = threading.Lock()

    async def pending(self, state: PackagingState) -> dict[str, Recipe]:
        """What was taken off the panels of a design and does not lie there, by panel, for their sizes now."""
        return await asyncio.to_thread(self._pending, state)

    async def follow(self, before: PackagingState, after: PackagingState) -> dict[str, Recipe]:
        """Another program has changed the design, or may have; returns what is `pending` then."""
        await asyncio.to_thread(self.record, before, after, ours=False)
        return await self.pending(after)

    async def forget(self, state: PackagingState, panels: Collection[str]) -> None:
        """What was taken off these panels is wanted no longer, or lies there again."""
        await asyncio.to_thread(self._forget, state, panels)

    def record(self, before: PackagingState, after: PackagingState, *, ours: bool = True) -> None:
        """Note what a write has taken off panels, and what lies there now. Blocks.

        Args:
            before: the design it found.
            after: the design it left.
            ours: whether packdesk wrote it: what goes so is off because somebody wanted that.
        """
        changed = [name for name in after.panel_textures if _url(before, name) != _url(after, name)]
        cleared = [name for name in before.panel_textures if name not in after.panel_textures] if ours else []
        if not (changed or cleared):
            return
        same = (before.created_at, before.package_type) == (after.created_at, after.package_type)
        with self._alone:
            known = self._known(after)
            for name in changed:
                was = before.panel_textures.get(name) if same else None
                self._replace(known, was, after.panel_textures[name], name, ours=ours)
            for name in cleared:
                known.laid.pop(name, None)
            self._write(after, known)

    def _replace(
        self, known: _Known, was: PanelTexture | None, texture: PanelTexture, name: str, *, ours: bool
    ) -> None:
        """A panel shows another picture."""
        was_ours, is_ours = was is not None and self._is_ours(was), self._is_ours(texture)
        mark = _mark(texture)
        if not ours and known.undone.get(name) == mark:
            return  # packdesk put it back there itself, as when a step is taken back
        lay = self._objects(was) if was is not None and was_ours else None
        if lay is not None:
            known.lost[name] = _still(known.lost.get(name), lay)
            known.laid[name] = lay  # another machine may have laid it
        lay = known.laid.pop(name, None)
        if lay is not None and (not (ours or is_ours) or (was is not None and not was_ours)):
            known.lost[name] = together(known.lost[name], lay) if known.lost.get(name) else lay
        lies = self._objects(texture)
        if lies is not None:
            known.laid[name] = lies
            known.lost[name] = _still(known.lost.get(name), lies)
        known.undone.pop(name, None)
        if ours and not is_ours:
            known.undone[name] = mark

    def _pending(self, state: PackagingState) -> dict[str, Recipe]:
        known, sizes = self._known(state), panel_sizes(state.package_type, state.package_dimensions)
        off = {}
        for name, size in sizes.items():
            texture = state.panel_textures.get(name)
            if texture is None:  # bare on purpose
                continue
            taken, laid = known.lost.get(name), known.laid.get(name)
            if laid is not None and not self._is_ours(texture):
                taken = laid if taken is None else together(taken, laid)
            lies = self._objects(texture) or Recipe.empty(size)
            left = None if taken is None else still_off(laid_on(taken, size), laid_on(lies, size))
            if left is not None and left.objects:
                off[name] = left
        return off

    def _forget(self, state: PackagingState, panels: Collection[str]) -> None:
        with self._alone:
            known = self._known(state)
            for name in panels:
                known.lost.pop(name, None)
                texture = state.panel_textures.get(name)
                if texture is not None and not self._is_ours(texture):
                    known.laid.pop(name, None)
            self._write(state, known)

    def _known(self, state: PackagingState) -> _Known:
        laid, lost = self._laid.read(), self._lost.read()
        undone = {} if laid is None or not laid.is_of(state) else dict(laid.undone)
        return _Known({} if laid is None else laid.of(state), {} if lost is None else lost.of(state), undone)

    def _write(self, state: PackagingState, known: _Known) -> None:
        was = self._known(state)
        if (known.laid, known.undone) != (was.laid, was.undone):
            self._laid.write(TakenOff.kept(state, known.laid, known.undone))
        if known.lost != was.lost:
            self._lost.write(TakenOff.kept(state, known.lost))

    def _objects(self, texture: PanelTexture) -> Recipe | None:
        """What lies on a panel that shows this; None where that is not known, or it is a picture."""
        try:
            kept = kept_objects(self._library, texture)
        except BadRecipeError:
            return None
        return None if kept is None else kept.recipe

    def _is_ours(self, texture: PanelTexture) -> bool:
        """Whether packdesk made it: then what it was cut from is noted."""
        sha256 = hash_in_url(texture.texture_url)
        return sha256 is not None and self._library.note(sha256) is not None


class _Remembered(Generic[T]):
    """As `KeptValue`, without a file."""

    def __init__(self) -> None:
        self._value: T | None = None

    def read(self) -> T | None:
        return self._value

    def write(self, value: T | None) -> None:
        self._value = value


class _Known(NamedTuple):
    """What is known of panels, by their names.

    Attributes:
        laid: what was laid on them last.
        lost: what was taken off them.
        undone: names the pictures of others that packdesk itself had them show again.
    """

    laid: dict[str, Recipe]
    lost: dict[str, Recipe]
    undone: dict[str, str]


def _url(state: PackagingState, panel_id: str) -> str:
    texture = state.panel_textures.get(panel_id)
    return "" if texture is None else texture.texture_url


def _mark(texture: PanelTexture) -> str:
    return hashlib.sha256(texture.texture_url.encode()).hexdigest()


def _still(taken: Recipe | None, there: Recipe) -> Recipe:
    """As `still_off`, for the panel of what lies there."""
    if taken is None:
        return there.with_objects(())
    return still_off(laid_on(taken, FlatSize(width=there.panel[0], height=there.panel[1])), there)
