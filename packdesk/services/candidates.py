"""Several pictures of one panel to choose from: kept like all pictures, named by no design."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from packdesk.errors import GenerationFailedError, PackdeskError
from packdesk.services.batch import Progress
from packdesk.services.panel_generator import UNEXPECTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packdesk.domain.dimensions import PackageType
    from packdesk.domain.order import GenerationOrder
    from packdesk.domain.request import PanelRequest
    from packdesk.generation.base import Estimate
    from packdesk.services.batch import ProgressListener
    from packdesk.services.panel_generator import PanelGenerator

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Candidate:
    """One picture.

    Attributes:
        sha256: its name in the library.
        seed: the variation it is.
        notes: sentences about what it does not show as it was said.
    """

    sha256: str
    seed: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Candidates:
    """What there is to choose from.

    Attributes:
        order: what was asked for.
        package_type: of the package they were made for.
        panel_id: the panel they were made for.
        others: the panels that are made from the chosen one.
        pictures: at least one, by their seeds.
        failures: why others were not made.
        rest: what the other panels will cost; None when they are free, or there are none.
    """

    order: GenerationOrder
    package_type: PackageType
    panel_id: str
    others: tuple[str, ...]
    pictures: tuple[Candidate, ...]
    failures: tuple[str, ...] = ()
    rest: Estimate | None = None


@dataclass
class CandidateRun:
    """Has the candidates made side by side; one that fails stops nobody.

    Attributes:
        painter: makes one.
        parallel: how many at a time.
        listener: is called with the `Progress` of every candidate that begins or ends.
    """

    painter: PanelGenerator
    parallel: int
    listener: ProgressListener
    _made: dict[str, Candidate] = field(default_factory=dict)
    _errors: list[PackdeskError] = field(default_factory=list)
    _ended: int = 0

    async def paint(self, requests: Sequence[PanelRequest]) -> tuple[tuple[Candidate, ...], tuple[str, ...]]:
        """The candidates by their seeds, each picture once, and why others were not made.

        Raises:
            PackdeskError: there is not a single one; why the first was not made.
        """
        places = asyncio.Semaphore(self.parallel)
        async with asyncio.TaskGroup() as group:
            for request in requests:
                group.create_task(self._one(request, places, len(requests)))
        if not self._made:
            raise self._errors[0]
        failures = dict.fromkeys(error.full_text() for error in self._errors)
        return tuple(sorted(self._made.values(), key=lambda one: one.seed)), tuple(failures)

    async def _one(self, request: PanelRequest, places: asyncio.Semaphore, total: int) -> None:
        async with places:
            self._report(request.panel_id, total)
            try:
                laid, notes = await self.painter.answer(request)
                self._made.setdefault(laid.sha256, Candidate(laid.sha256, request.seed, notes))
            except PackdeskError as error:
                self._errors.append(error)
            except Exception:  # noqa: BLE001  (any fault of a provider)
                _log.exception("A candidate failed unexpectedly")
                self._errors.append(GenerationFailedError(UNEXPECTED))
            self._ended += 1
            self._report(request.panel_id, total)

    def _report(self, panel_id: str, total: int) -> None:
        finished = self._ended == total
        self.listener(Progress(panel_id, finished=finished, error=None, done=self._ended, total=total))
