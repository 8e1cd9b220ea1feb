"""Notices when another program's picture takes objects off a panel, and puts them back if that is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from packdesk.jobs.bridge import ignore

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.domain.objects.recipe import Recipe
    from packdesk.domain.state import PackagingState
    from packdesk.jobs.artwork_controller import ArtworkController
    from packdesk.jobs.bridge import Bridge


class ObjectKeeper(QObject):
    """Compares each design that is shown with the one before it.

    Args:
        bridge: to the loop thread.
        artwork: makes a change of the design, and a step of undo.

    Signals:
        taken_off: the panels objects were taken off.
        failed: a `PackdeskError`.
    """

    taken_off = Signal(object)
    failed = Signal(object)

    def __init__(self, bridge: Bridge, artwork: ArtworkController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._artwork = bridge, artwork
        self._before: PackagingState | None = None
        self._seen: set[str] = set()
        self._lost: dict[str, Recipe] = {}

    @Slot(object)
    def follow(self, state: PackagingState) -> None:
        """Another design is shown."""
        before, self._before = self._before, state
        if before is None or before.created_at != state.created_at:
            self._bridge.start(self._recall(state), self.failed.emit)
        urls = set(state.texture_urls().values())
        new, self._seen = urls - self._seen, self._seen | urls  # undo brings back what was there before
        if before is None or not (new and before.panel_textures):
            return
        if (before.package_type, before.created_at) == (state.package_type, state.created_at):
            self._bridge.start(self._look(before, state), self.failed.emit)

    @Slot()
    def put_back(self) -> None:
        """Lay them over what the panels show now."""
        lost, self._lost = self._lost, {}
        self._bridge.start(self._put_back(lost), self.failed.emit)

    @Slot()
    def leave_off(self) -> None:
        """Ask no longer."""
        self._lost = {}
        self._bridge.tell(lambda services: services.objects.keep_taken_off(None), ignore)

    async def _look(self, before: PackagingState, after: PackagingState) -> None:
        lost = await self._bridge.ask(lambda services: services.objects.taken_off(before, after))
        if lost:
            self._lost |= lost
            await self._keep(after.created_at)
            self.taken_off.emit(tuple(self._lost))

    async def _recall(self, state: PackagingState) -> None:
        """What was asked before this window, and not answered."""
        lost = await self._bridge.ask(lambda services: services.objects.recall_taken_off(state))
        if lost:
            self._lost = lost | self._lost
            self.taken_off.emit(tuple(self._lost))

    async def _keep(self, began: str | None) -> None:
        from packdesk.domain.objects.lost import TakenOff  # noqa: PLC0415  (seldom needed)

        taken = TakenOff(began=began, panels=self._lost) if self._lost else None
        await self._bridge.ask(lambda services: services.objects.keep_taken_off(taken))

    async def _put_back(self, lost: Mapping[str, Recipe]) -> None:
        from packdesk.domain.objects.recipe import put  # noqa: PLC0415  (seldom needed)

        for panel_id, recipe in lost.items():
            await self._artwork.change_objects(panel_id, put(*recipe.objects))
        await self._keep(None)
