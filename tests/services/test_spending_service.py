"""What pictures have cost, for those who ask off the event loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from packdesk.domain.prices import BUILT_IN
from packdesk.domain.spending import Purchase
from packdesk.errors import InvalidSettingError, LedgerUnwritableError
from packdesk.services.spending import SpendingService, month_of
from packdesk.store.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def spending(tmp_path: Path) -> SpendingService:
    ledger = Ledger(tmp_path / "ledger" / "spending.sqlite3")
    ledger.close(ledger.open(Purchase("some-model", "1K", "front", 0.5)), "picture")
    return SpendingService(ledger, tmp_path / "prices.json")


async def test_a_limit_is_told_from_when_it_is_set(spending: SpendingService) -> None:
    assert not spending.limited
    assert (await spending.report()).left_usd is None
    spending.use_limit(0)
    assert spending.limited
    spending.use_limit(2)
    month = await month_of(spending)
    assert month is not None
    assert (month.usd, month.left_usd) == (0.5, 1.5)
    assert (await spending.report("2001-01")).usd == 0
    assert await month_of(None) is None


async def test_a_ledger_that_cannot_be_read_stops_only_who_has_a_limit(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "spending.sqlite3").mkdir()
    spending = SpendingService(Ledger(tmp_path / "spending.sqlite3"), tmp_path / "prices.json")
    assert await month_of(spending) is None
    assert "cannot be read" in caplog.text
    spending.use_limit(1)
    with pytest.raises(LedgerUnwritableError):
        await month_of(spending)


async def test_prices_may_be_corrected(spending: SpendingService) -> None:
    assert await spending.prices() == BUILT_IN
    file = await spending.begin_prices()
    assert file == spending.price_file
    assert await spending.prices() == BUILT_IN
    file.write_text(file.read_text().replace("0.067", "0.7"))
    assert (await spending.prices()).price("gemini-3.1-flash-image", "1K") == 0.7
    await spending.begin_prices()
    assert (await spending.prices()).price("gemini-3.1-flash-image", "1K") == 0.7, "nothing is overwritten"
    file.write_text("{")
    with pytest.raises(InvalidSettingError):
        await spending.prices()
