"""Tells the library which pictures a window needs although no design may name them: shown ones, undo."""

from __future__ import annotations

import contextlib
from collections import deque
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from packdesk.errors import PackdeskError
from packdesk.jobs.bridge import ignore

if TYPE_CHECKING:
    from packdesk.domain.change import DesignChange
    from packdesk.domain.state import PackagingState
    from packdesk.jobs.bridge import Bridge, Task
    from packdesk.services.container import Services

LATELY = 2
"""States shown: an action that replaced a picture is recorded a little after the new one is shown."""


class PictureHolder(QObject):
    """Follows what is shown and done. Nothing is held while no picture is there."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._shown: deque[frozenset[str]] = deque(maxlen=LATELY)
        self._undo: set[str] = set()
        self._held: set[str] = set()
        self._task: Task | None = None

    def show(self, state: PackagingState) -> None:
        """These pictures are shown."""
        urls = frozenset(texture.texture_url for texture in state.panel_textures.values())
        if not self._shown or self._shown[-1] != urls:
            self._shown.append(urls)
            self._start()

    @Slot(object)
    def remember(self, change: DesignChange) -> None:
        """What an action replaced may be wanted back, or again, for as long as the window is open."""
        for parts in (change.before, change.after):
            self._undo |= {texture.texture_url for texture in parts.textures.values() if texture}
        self._start()

    def _start(self) -> None:
        if self._task is None or self._task.ended:
            self._task = self._bridge.start(self._hold(), ignore)

    async def _hold(self) -> None:
        while (needed := self._undo.union(*self._shown)) != self._held:
            self._held = needed
            with contextlib.suppress(PackdeskError):  # the next change tries again
                await self._bridge.ask(partial(_hold, needed))


async def _hold(needed: set[str], services: Services) -> None:
    await services.tidying.hold(needed)
