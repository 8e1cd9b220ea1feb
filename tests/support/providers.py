"""A provider tests can script."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING

from PIL import Image

from packdesk.errors import GenerationFailedError
from packdesk.generation.base import ProviderProfile
from packdesk.textures.check import CleanPicture, clean_picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packdesk.domain.request import PanelRequest
    from packdesk.errors import PackdeskError
    from packdesk.generation.base import Estimate


class ScriptedProvider:
    """Paints one colour a panel; panels in `failing` fail, panels in `garbage` answer nonsense.

    Variations in `moody` fail as well. Panels in `broken` meet a fault of the provider's own, those in
    `endless` never come.
    What a panel fails with is `failure`, if there is one.
    While `gate` is set to an event, every panel waits for it.
    """

    name = "scripted"
    usual_parallel = 2
    paid = False

    def __init__(self, failing: tuple[str, ...] = (), garbage: tuple[str, ...] = ()) -> None:
        self.failing = failing
        self.garbage = garbage
        self.broken: tuple[str, ...] = ()
        self.endless: tuple[str, ...] = ()
        self.moody: set[int] = set()
        self.failure: PackdeskError | None = None
        self.requests: list[PanelRequest] = []
        self.running = 0
        self.most_running = 0
        self.takes_references = False
        self.cost: Estimate | None = None
        self.prepared = self.closed = 0
        self.gate: asyncio.Event | None = None
        self.started = asyncio.Event()

    @property
    def profile(self) -> ProviderProfile:
        return ProviderProfile(
            self.name,
            paid=self.paid,
            takes_references=self.takes_references,
            usual_parallel=self.usual_parallel,
        )

    async def prepare(self) -> None:
        self.prepared += 1

    def estimate(self, requests: Sequence[PanelRequest]) -> Estimate | None:
        del requests
        return self.cost

    async def aclose(self) -> None:
        self.closed += 1

    async def generate(self, request: PanelRequest) -> CleanPicture:
        self.requests.append(request)
        number = len(self.requests)
        self.started.set()
        self.running += 1
        self.most_running = max(self.most_running, self.running)
        try:
            await (self.gate.wait() if self.gate else asyncio.sleep(0))
            if request.panel_id in self.endless:
                await asyncio.Event().wait()
        finally:
            self.running -= 1
        if request.panel_id in self.broken:
            raise KeyError("candidates")
        if request.panel_id in self.failing and self.failure is not None:
            raise self.failure
        if request.panel_id in self.failing or request.seed in self.moody:
            raise GenerationFailedError("The model had a bad day.")
        if request.panel_id in self.garbage:
            return clean_picture(b"this is no picture")
        if request.change is not None:
            return clean_picture(picture_bytes(number, (request.change.width, request.change.height)))
        return clean_picture(picture_bytes(seed=number))


def picture_bytes(seed: int = 0, size: tuple[int, int] = (40, 60), kind: str = "PNG") -> bytes:
    """A small real picture."""
    buffer = io.BytesIO()
    Image.new("RGB", size, ((seed * 37) % 256, 120, 200)).save(buffer, kind)
    return buffer.getvalue()
