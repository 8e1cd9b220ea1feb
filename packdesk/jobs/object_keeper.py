"""Notices when another program's picture takes objects off a panel, and puts them back if that is wanted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from packdesk.domain.objects.lost import laid_again

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from packdesk.domain.objects.recipe import Recipe
    from packdesk.domain.state import PackagingState
    from packdesk.jobs.artwork_controller import ArtworkController
    from packdesk.jobs.bridge import Bridge, Task
    from packdesk.services.container import Services


class ObjectKeeper(QObject):
    """Compares each design that is shown with the one before it.

    Args:
        bridge: to the loop thread.
        artwork: makes a change of the design, and a step of undo.

    Signals:
        taken_off: what is off by now, a `Recipe` by panel; told when that has become another, or was
            asked about.
        failed: a `PackdeskError`.
    """

    taken_off = Signal(object)
    failed = Signal(object)

    def __init__(self, bridge: Bridge, artwork: ArtworkController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._artwork = bridge, artwork
        self._before: PackagingState | None = None
        self._shown: PackagingState | None = None
        self._lost: Mapping[str, Recipe] = {}
        self._task: Task | None = None

    @Slot(object)
    def follow(self, state: PackagingState) -> None:
        """Another design is shown."""
        self._shown = state
        if self._task is None or self._task.ended:
            self._task = self._bridge.start(self._look(), self.failed.emit)

    @Slot(object)
    def put_back(self, panels: Sequence[str]) -> None:
        """Lay them over what these panels show now."""
        self._bridge.start(self._put_back(panels), self.failed.emit)

    @Slot(object)
    def leave_off(self, panels: Sequence[str]) -> None:
        """Ask no longer for these panels."""
        self._bridge.start(self._leave_off(panels), self.failed.emit)

    async def _look(self) -> None:
        while (state := self._shown) is not None and state is not self._before:
            before, self._before = self._before, state
            if before is not None and _pictures(before) == _pictures(state):
                continue
            self._tell(await self._bridge.ask(partial(_followed, before or state, state)))

    def _tell(self, lost: Mapping[str, Recipe], *, again: bool = False) -> None:
        if again or lost != self._lost:
            self._lost = lost
            self.taken_off.emit(lost)

    async def _put_back(self, panels: Sequence[str]) -> None:
        try:
            for panel_id in panels:
                if panel_id in (lost := await self._pending()):
                    await self._artwork.change_objects(panel_id, laid_again(lost[panel_id]))
                    await self._forget([panel_id])
        finally:
            self._tell(await self._pending(), again=True)

    async def _leave_off(self, panels: Sequence[str]) -> None:
        await self._forget(panels)
        self._tell(await self._pending(), again=True)

    async def _pending(self) -> dict[str, Recipe]:
        async def ask(services: Services) -> dict[str, Recipe]:
            return await services.objects.off.pending(await services.designs.get_state())

        return await self._bridge.ask(ask)

    async def _forget(self, panels: Sequence[str]) -> None:
        async def forget(services: Services) -> None:
            await services.objects.off.forget(await services.designs.get_state(), panels)

        await self._bridge.ask(forget)


async def _followed(before: PackagingState, after: PackagingState, services: Services) -> dict[str, Recipe]:
    return await services.objects.off.follow(before, after)


def _pictures(state: PackagingState) -> object:
    return state.created_at, state.package_type, state.package_dimensions, state.texture_urls()
