"""Saves pictures and films of the package beside the window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from packdesk.jobs.exporting import Exported
from packdesk.jobs.one_order import OneOrder

if TYPE_CHECKING:
    import threading

    from packdesk.errors import PackdeskError
    from packdesk.jobs.drawing import PictureOrder
    from packdesk.services.container import Services


class PictureController(OneOrder):
    """Draws one order at a time.

    Signals:
        drawn: an `Exported` of the first file.
    """

    drawn = Signal(object)

    def start(self, order: PictureOrder) -> None:
        """Draw, unless something is being drawn."""
        self._begin(partial(self._draw, order))

    async def _draw(self, order: PictureOrder, stop: threading.Event) -> None:
        missing = await self._bridge.ask(partial(self._drawn, order, stop))
        self._end()
        if missing is not None:
            self.drawn.emit(Exported(order.shots[0].target, missing))

    async def _drawn(
        self, order: PictureOrder, stop: threading.Event, services: Services
    ) -> dict[str, PackdeskError] | None:
        import asyncio  # noqa: PLC0415  (the first frame does without)

        from packdesk.jobs.drawing_process import draw_beside  # noqa: PLC0415  (as above)
        from packdesk.services.collecting import collect_artwork  # noqa: PLC0415  (as above)

        artwork = await collect_artwork(order.state, services.pictures)
        drawn = await asyncio.to_thread(draw_beside, order, artwork.pictures, stop, self.progressed.emit)
        return None if drawn is None else {**artwork.missing, **drawn}
