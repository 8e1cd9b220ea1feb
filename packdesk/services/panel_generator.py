"""Having the panels of one generation made: the lead first where others follow it, the rest side by side."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from packdesk.domain.panels import LEAD_PANEL
from packdesk.domain.state import PanelTexture, new_texture, utc_text
from packdesk.errors import AccountRefusedError, PackdeskError
from packdesk.sentence import Sentence
from packdesk.services.placing import cut, keep
from packdesk.textures.makings import making_of

if TYPE_CHECKING:
    from packdesk.domain.request import PanelRequest
    from packdesk.generation.base import Provider
    from packdesk.services.batch import Batch
    from packdesk.services.references import ReferenceShelf
    from packdesk.textures.check import CleanPicture
    from packdesk.textures.holds import Hold
    from packdesk.textures.library import TextureLibrary
    from packdesk.textures.makings import Making

_log = logging.getLogger(__name__)


class PanelGenerator:
    """Asks the provider for every panel of a batch; a failure is noted and stops nobody.

    Args:
        provider: who makes the pictures.
        library: where they are kept.
        shelf: the references that are shown to the provider.
        hold: keeps what is made from being removed before the design names it.
        parallel: panels at the same time.
        follow_lead: whether the lead panel is made first, for the others to follow its design.
    """

    def __init__(
        self,
        provider: Provider,
        library: TextureLibrary,
        shelf: ReferenceShelf,
        hold: Hold,
        parallel: int,
        *,
        follow_lead: bool,
    ) -> None:
        self._provider = provider
        self._library = library
        self._shelf = shelf
        self._hold = hold
        self._places = asyncio.Semaphore(parallel)
        self._follow_lead = follow_lead
        self._refusal: AccountRefusedError | None = None

    async def generate(self, batch: Batch) -> None:
        """Make every panel that is asked for."""
        first, rest = self._in_turn(batch)
        for requests in (first, rest):
            async with asyncio.TaskGroup() as group:
                for request in requests:
                    group.create_task(self._one(batch, request))

    def _in_turn(self, batch: Batch) -> tuple[list[PanelRequest], list[PanelRequest]]:
        leads = [one for one in batch.requests if one.panel_id == LEAD_PANEL[one.package_type]]
        if not self._follow_lead:
            return [], list(batch.requests)
        return leads, [one for one in batch.requests if one not in leads]

    async def _one(self, batch: Batch, request: PanelRequest) -> None:
        async with self._places:
            batch.begin(request.panel_id)
            try:
                await self._make(batch, request)
            except PackdeskError as error:
                batch.failures[request.panel_id] = error.full_text()
                batch.ways.update(dict.fromkeys(error.ways))
                if isinstance(error, AccountRefusedError):  # it would refuse the others likewise
                    self._refusal = error
            except Exception:  # noqa: BLE001  (any fault of a provider)
                # A fault of ours or a provider's: it must not cost the other panels their pictures.
                _log.exception("Panel %s failed unexpectedly", request.panel_id)
                sentence = Sentence("Something unexpected went wrong; the log has the details.")
                batch.failures[request.panel_id] = sentence
            batch.end(request.panel_id)

    async def _make(self, batch: Batch, request: PanelRequest) -> None:
        if self._provider.profile.takes_references:
            made = batch.textures if self._follow_lead else {}
            shown = await self._shelf.for_panel(request.panel_id, made)
            request = request.model_copy(update={"references": shown})
        if self._refusal is not None:
            raise self._refusal
        picture = await self._provider.generate(request)
        url = await asyncio.to_thread(self._keep, picture, self._making(request), request)
        texture = new_texture(request.panel_id, url, request.prompt, request.size, utc_text())
        await _write_down(batch, texture)
        batch.textures[request.panel_id] = texture
        batch.notes[request.panel_id] = picture.notes
        batch.bars |= picture.bars

    def _keep(self, picture: CleanPicture, making: Making, request: PanelRequest) -> str:
        laid = keep(self._library, picture, making, self._hold)
        return cut(self._library, laid, request.size, self._hold, dpi=request.dpi, wraps=request.wraps)

    def _making(self, request: PanelRequest) -> Making:
        estimate = self._provider.estimate([request])
        return making_of(
            "answer",
            request.prompt,
            utc_text(),
            request.panel_id,
            request.size,
            provider=self._provider.profile.name,
            model="" if estimate is None else estimate.model,
            seed=request.seed,
            cost="free" if estimate is None else estimate.cost,
        )


async def _write_down(batch: Batch, texture: PanelTexture) -> None:
    try:
        await asyncio.to_thread(batch.job.note, texture)
    except OSError as error:
        # The picture itself is safe; only a crash from now on would forget where it belongs.
        _log.warning("The job record cannot be written: %s", error)
