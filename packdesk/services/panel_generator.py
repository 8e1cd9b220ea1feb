"""The panels of one generation made: the lead first where others follow it, each with its references."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from packdesk.domain.panels import LEAD_PANEL, neighbours
from packdesk.domain.request import Reference, ReferenceRole
from packdesk.domain.state import new_texture, utc_text
from packdesk.errors import AccountRefusedError, PackdeskError
from packdesk.sentence import Sentence
from packdesk.services.changing import resolution_of, taken_over
from packdesk.services.placing import below, cut, keep
from packdesk.services.room import room_left
from packdesk.textures.fitting import reference_copy
from packdesk.textures.notes import making_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.domain.dimensions import PackageType
    from packdesk.domain.request import PanelRequest
    from packdesk.domain.state import PanelTexture
    from packdesk.generation.base import Provider
    from packdesk.services.batch import Batch
    from packdesk.services.placing import LaidPicture
    from packdesk.store.job_records import RunningJob
    from packdesk.textures.holds import Hold
    from packdesk.textures.library import TextureLibrary
    from packdesk.textures.notes import Fit, Making
    from packdesk.textures.reader import TextureReader

MOST_NEIGHBOURS = 2
UNEXPECTED = Sentence("Something unexpected went wrong; the log has the details.")
_log = logging.getLogger(__name__)


class ReferenceShelf:
    """Reference pictures for the panels of one generation.

    Args:
        reader: reads texture URLs.
        package_type: of the package.
        on_package: what stands on panels this generation does not make anew.
        user_url: library URL of the user's own reference picture, or empty.
    """

    def __init__(
        self,
        reader: TextureReader,
        package_type: PackageType,
        on_package: Mapping[str, PanelTexture],
        user_url: str = "",
    ) -> None:
        self._reader = reader
        self._package_type = package_type
        self._on_package = on_package
        self._user_url = user_url
        self._copies: dict[str, asyncio.Future[bytes | None]] = {}

    async def for_panel(self, panel_id: str, made: Mapping[str, PanelTexture]) -> tuple[Reference, ...]:
        """The user's picture, then the lead panel, or without one the panels beside this one."""
        lead = LEAD_PANEL[self._package_type]
        shown = {**self._on_package, **made}
        wanted: list[tuple[ReferenceRole, str, str]] = [("user", "", self._user_url)]
        if lead in shown and lead != panel_id:
            wanted.append(("lead", lead, shown[lead].texture_url))
        if lead not in made:
            beside = (name for name in neighbours(self._package_type, panel_id) if name in shown)
            near = [name for name in beside if name != lead][:MOST_NEIGHBOURS]
            wanted += [("neighbour", name, shown[name].texture_url) for name in near]
        found = [await self._reference(*one) for one in wanted]
        return tuple(reference for reference in found if reference is not None)

    async def _reference(self, role: ReferenceRole, panel_id: str, url: str) -> Reference | None:
        if not url:
            return None
        if url not in self._copies:  # panels ask side by side, for the same pictures
            self._copies[url] = asyncio.ensure_future(asyncio.to_thread(self._small_copy, url))
        png = await asyncio.shield(self._copies[url])
        if png is None:
            return None
        return Reference(role=role, panel_id=panel_id, png=png)

    def _small_copy(self, url: str) -> bytes | None:
        try:
            return reference_copy(self._reader.read(url))
        except PackdeskError as error:  # one reference less; the panel can still be made
            _log.info("A reference picture is missing: %s", error.sentence)
            return None


class PanelGenerator:
    """Asks the provider for every panel of a batch; a failure is noted and stops nobody.

    Args:
        provider: who makes the pictures.
        library: where they are kept.
        shelf: the references that are shown to the provider.
        hold: keeps what is made from being removed before the design names it.
        parallel: panels at the same time.
        follow_lead: whether the lead panel is made first, for the others to follow its design.
        shown: what stands on the panels now; their objects lie over what is made.
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
        shown: Mapping[str, PanelTexture] | None = None,
    ) -> None:
        self._provider = provider
        self._library = library
        self._shelf = shelf
        self._hold = hold
        self._places = asyncio.Semaphore(parallel)
        self._follow_lead = follow_lead
        self._shown = shown or {}
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
                batch.failures[request.panel_id] = UNEXPECTED
            batch.end(request.panel_id)

    async def answer(
        self, request: PanelRequest, made: Mapping[str, PanelTexture] | None = None
    ) -> tuple[LaidPicture, tuple[str, ...], bool]:
        """A picture for a panel, kept as it came, the notes of who made it, and whether it has a barcode.

        Args:
            request: without references; they are added.
            made: what is finished of the same generation.

        Raises:
            PackdeskError: there is none, and why.
        """
        if request.change is None and self._provider.profile.takes_references:
            shown = await self._shelf.for_panel(request.panel_id, made or {})
            request = request.model_copy(update={"references": shown})
        if request.change is None:
            over = self._shown.get(request.panel_id)
            room = await asyncio.to_thread(room_left, self._library, over, request.size)
            request = request.model_copy(update={"room": room})
        if self._refusal is not None:
            raise self._refusal
        picture = await self._provider.generate(request)
        notes, bars = picture.notes, picture.bars
        if request.change is not None:
            picture = await asyncio.to_thread(taken_over, request.change, picture)
        fit: Fit = "fill" if request.change is None else "crop"
        laid = await asyncio.to_thread(keep, self._library, picture, self._making(request), self._hold, fit)
        return laid, notes, bars

    async def lay(self, laid: LaidPicture, request: PanelRequest) -> PanelTexture:
        """Cut a kept picture for its panel.

        Raises:
            LibraryUnwritableError: the cut cannot be kept.
        """
        size, dpi, wraps = request.size, resolution_of(request), request.wraps
        laid = await asyncio.to_thread(below, self._library, self._shown.get(request.panel_id), laid)
        url = await asyncio.to_thread(cut, self._library, laid, size, self._hold, dpi=dpi, wraps=wraps)
        words = request.prompt if request.change is None else request.change.brief
        return new_texture(request.panel_id, url, words, size, utc_text())

    async def _make(self, batch: Batch, request: PanelRequest) -> None:
        laid, notes, bars = await self.answer(request, batch.textures if self._follow_lead else {})
        texture = await self.lay(laid, request)
        await write_down(batch.job, texture)
        batch.textures[request.panel_id] = texture
        batch.notes[request.panel_id] = notes
        batch.bars |= bars

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


async def write_down(job: RunningJob, texture: PanelTexture) -> None:
    """Note a finished picture in the job's record."""
    try:
        await asyncio.to_thread(job.note, texture)
    except OSError as error:
        # The picture itself is safe; only a crash from now on would forget where it belongs.
        _log.warning("The job record cannot be written: %s", error)
