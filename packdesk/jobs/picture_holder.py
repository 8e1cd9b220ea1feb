"""Tells the library which pictures a window needs although no design may name them: shown ones, undo."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from packdesk.domain.change import DesignChange
    from packdesk.domain.state import PackagingState
    from packdesk.jobs.calls import Calls
    from packdesk.services.tidying import TidyService

LATELY = 2
"""States shown: an action that replaced a picture is told of a little after the new one is shown."""


class PictureHolder(QObject):
    """Follows what is shown and done. Nothing is told while no picture is there."""

    def __init__(self, calls: Calls, tidying: TidyService, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls = calls
        self._tidying = tidying
        self._shown: deque[frozenset[str]] = deque(maxlen=LATELY)
        self._undo: set[str] = set()
        self._told: set[str] = set()
        self._telling = False

    def show(self, state: PackagingState) -> None:
        """These pictures are shown."""
        urls = frozenset(texture.texture_url for texture in state.panel_textures.values())
        if not self._shown or self._shown[-1] != urls:
            self._shown.append(urls)
            self._tell()

    @Slot(object)
    def remember(self, change: DesignChange) -> None:
        """What an action replaced may be wanted back, or again, for as long as the window is open."""
        for parts in (change.before, change.after):
            self._undo |= {texture.texture_url for texture in parts.textures.values() if texture}
        self._tell()

    def _tell(self) -> None:
        needed = self._undo.union(*self._shown)
        if self._telling or needed == self._told:
            return
        self._telling, self._told = True, needed
        self._calls.start(self._tidying.hold(needed), self._on_told, self._on_told, self._on_stopped)

    def _on_told(self, _: object) -> None:
        self._telling = False
        self._tell()

    def _on_stopped(self) -> None:
        self._telling = False
