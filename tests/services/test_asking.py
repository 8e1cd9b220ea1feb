"""What a generation will ask for and cost, and how it is set."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from support.providers import ScriptedProvider
from support.tidying import tidying_over
from support.waiting import until

from packdesk.domain.order import GenerationOrder
from packdesk.domain.pack_words import PackWords
from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.spending import Purchase
from packdesk.errors import InvalidInputError
from packdesk.generation.base import Estimate
from packdesk.services.generation import GenerationOptions, GenerationService
from packdesk.services.spending import SpendingService
from packdesk.store.kept_file import KeptValue
from packdesk.store.ledger import Ledger
from packdesk.textures.disk import DiskCache
from packdesk.textures.reader import TextureReader

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from services.conftest import Desk

    from packdesk.domain.request import PanelRequest

PROMPT = "Botanical herbs"


class PricedProvider(ScriptedProvider):
    """Ten cents a picture, the front twenty."""

    paid = True

    def estimate(self, requests: Sequence[PanelRequest]) -> Estimate | None:
        usd = sum(0.2 if request.panel_id == "front" else 0.1 for request in requests)
        return Estimate(len(requests), "a-model", "low", usd=usd)


@pytest.fixture
def service(desk: Desk, tmp_path: Path) -> GenerationService:
    ledger = Ledger(tmp_path / "spending.sqlite3", 5.0)
    ledger.close(ledger.open(Purchase("a-model", "1K", "front", 1.0)), "picture")
    return GenerationService(
        desk.shared,
        PricedProvider(),
        TextureReader(desk.library, DiskCache(tmp_path / "cache", 10_000_000)),
        desk.jobs,
        tidying=tidying_over(desk.store, desk.library, tmp_path),
        spending=SpendingService(ledger, tmp_path / "prices.json"),
        words=KeptValue(tmp_path / "words", desk.store.place, PackWords),
    )


@pytest.mark.parametrize(
    ("asked", "calls", "usd"),
    [
        ((None, 1, False), 6, 0.7),
        ((["front", "top", "front"], 1, False), 2, 0.3),
        ((["top", "back"], 3, False), 3, 0.3),
        ((None, 4, False), 4, 0.8),
        ((None, 1, True), 5, 0.5),
        ((["top", "back"], 1, True), 1, 0.1),
    ],
)
async def test_each_step_has_its_price(
    service: GenerationService, asked: tuple[list[str] | None, int, bool], calls: int, usd: float
) -> None:
    panels, candidates, chosen = asked
    estimate = await service.estimate(panels, candidates=candidates, chosen=chosen)
    assert estimate is not None
    assert estimate.calls == calls
    assert estimate.usd == pytest.approx(usd)
    assert estimate.month is not None
    assert (estimate.month.usd, estimate.month.left_usd) == (1.0, 4.0)
    assert estimate.fits


async def test_what_is_there_already_costs_nothing(service: GenerationService) -> None:
    assert await service.estimate(["front"], chosen=True) is None
    with pytest.raises(InvalidInputError, match="No panel was named"):
        await service.estimate([])


async def test_prices_of_panels_are_told_where_there_are_some(service: GenerationService, desk: Desk) -> None:
    state = await desk.designs.get_state()
    assert service.prices(state) == dict.fromkeys(PANEL_IDS["box"], 0.1) | {"front": 0.2}
    assert (service.provider_name, service.paid) == ("scripted", True)
    free = ScriptedProvider()
    former = service.use_provider(free)
    assert isinstance(former, PricedProvider)
    assert not service.paid
    assert service.prices(state) == {}
    assert await service.estimate() is None
    await service.aclose()
    assert (free.closed, former.closed) == (1, 0)


async def test_options_hold_from_the_next_generation_on(desk: Desk) -> None:
    desk.generation.use_options(GenerationOptions(dpi=72, seed=5, parallel=1))
    await desk.generation.generate(GenerationOrder(PROMPT))
    assert {(request.dpi, request.seed) for request in desk.provider.requests} == {(72, 5)}
    assert desk.provider.most_running == 1
    desk.provider.requests.clear()
    desk.generation.use_options(GenerationOptions(dpi=36, parallel=3))
    desk.provider.gate = asyncio.Event()
    made = asyncio.create_task(desk.generation.generate(GenerationOrder(PROMPT, seed=9)))
    await until(lambda: desk.provider.running == 3)
    desk.provider.gate.set()
    await made
    assert {(request.dpi, request.seed) for request in desk.provider.requests} == {(36, 9)}
    assert desk.provider.most_running == 3


async def test_words_are_kept_for_the_design(service: GenerationService, desk: Desk) -> None:
    words = PackWords(brand="Sol Field")
    assert await service.kept_words() is None
    await service.keep_words(words)
    assert await service.kept_words() == words
    await desk.generation.keep_words(words)
    assert await desk.generation.kept_words() is None, "it has nowhere to"
