"""Painting the panels of one generation, in parallel, each for itself."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from packdesk.domain.state import PanelTexture, new_texture, utc_text
from packdesk.errors import PackdeskError
from packdesk.services.progress import Progress
from packdesk.textures.check import clean_picture

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from packdesk.domain.request import PanelRequest
    from packdesk.generation.base import Provider
    from packdesk.store.job_records import RunningJob
    from packdesk.textures.library import TextureLibrary

    ProgressListener = Callable[[Progress], None]

_log = logging.getLogger(__name__)


@dataclass
class Batch:
    """One running generation: what was asked, and what came of it so far.

    Attributes:
        panel_ids: all panels, also those an earlier, interrupted run has finished.
        requests: what the provider is still asked for.
        job: its record on disk.
        listener: who is told.
        textures: what is finished, by panel.
        failures: why panels failed.
    """

    panel_ids: Sequence[str]
    requests: Sequence[PanelRequest]
    job: RunningJob
    listener: ProgressListener
    textures: dict[str, PanelTexture] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)

    def in_panel_order(self) -> dict[str, PanelTexture]:
        """The successes in the order they were asked for, not in the order they came."""
        return {panel_id: self.textures[panel_id] for panel_id in self.panel_ids if panel_id in self.textures}

    def tell(self, panel_id: str, note: str = "") -> None:
        """Report the panel's present standing."""
        self.listener(
            Progress(
                panel_id=panel_id,
                finished=panel_id in self.textures,
                error=self.failures.get(panel_id),
                done=len(self.textures) + len(self.failures),
                total=len(self.panel_ids),
                note=note,
            )
        )


async def paint(batch: Batch, provider: Provider, library: TextureLibrary, parallel: int) -> None:
    """Ask the provider for every panel, `parallel` at a time; a failure is noted and stops nobody."""
    places = asyncio.Semaphore(parallel)

    async def one(request: PanelRequest) -> None:
        async with places:
            batch.tell(request.panel_id)
            await _panel(batch, request, provider, library)
            batch.tell(request.panel_id)

    async with asyncio.TaskGroup() as group:
        for request in batch.requests:
            group.create_task(one(request))


async def _panel(batch: Batch, request: PanelRequest, provider: Provider, library: TextureLibrary) -> None:
    try:
        data = await provider.generate(request)
        picture = await asyncio.to_thread(clean_picture, data)
        url = await asyncio.to_thread(library.add, picture)
    except PackdeskError as error:
        batch.failures[request.panel_id] = error.sentence
        return
    except Exception:  # noqa: BLE001  (any fault of a provider)
        # A fault of ours or a provider's: it must not cost the other panels their pictures.
        _log.exception("Panel %s failed unexpectedly", request.panel_id)
        batch.failures[request.panel_id] = "Something unexpected went wrong; the log has the details."
        return
    texture = new_texture(request.panel_id, url, request.prompt, request.size, utc_text())
    await _write_down(batch, texture)
    batch.textures[request.panel_id] = texture


async def _write_down(batch: Batch, texture: PanelTexture) -> None:
    try:
        await asyncio.to_thread(batch.job.note, texture)
    except (
        OSError
    ) as error:  # the picture itself is safe; only a crash from now on would forget where it belongs
        _log.warning("The job record cannot be written: %s", error)
