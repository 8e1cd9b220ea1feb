"""What pictures have cost on this machine, and what they cost now."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from packdesk.errors import LedgerUnwritableError
from packdesk.store.ledger import begin_prices, read_prices

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.domain.prices import PriceTable
    from packdesk.domain.spending import MonthReport
    from packdesk.store.ledger import Ledger

_log = logging.getLogger(__name__)


class SpendingService:
    """The ledger and the prices, off the event loop.

    Args:
        ledger: what was spent.
        price_file: where the user may correct prices.
    """

    def __init__(self, ledger: Ledger, price_file: Path) -> None:
        self._ledger = ledger
        self.price_file = price_file

    async def report(self, month: str | None = None) -> MonthReport:
        """The sum of a month, such as `2026-11`; None for the present one.

        Raises:
            LedgerUnwritableError: the ledger cannot be read.
        """
        return await asyncio.to_thread(self._ledger.report, month)

    @property
    def limited(self) -> bool:
        """Whether there is a monthly limit."""
        return self._ledger.limit_usd is not None

    def use_limit(self, usd: float | None) -> None:
        """Reports tell of this monthly limit from now on."""
        self._ledger.limit_usd = usd

    async def prices(self) -> PriceTable:
        """What pictures cost.

        Raises:
            InvalidSettingError: the user's file of prices cannot be read.
        """
        return await asyncio.to_thread(read_prices, self.price_file)

    async def begin_prices(self) -> Path:
        """The file to correct prices in, made with the built-in ones if there is none.

        Raises:
            InvalidSettingError: it cannot be written.
        """
        await asyncio.to_thread(begin_prices, self.price_file)
        return self.price_file


async def month_of(spending: SpendingService | None) -> MonthReport | None:
    """The present month; None where nobody counts, or the ledger cannot be read and nothing is limited.

    Raises:
        LedgerUnwritableError: it cannot be read, and there is a limit.
    """
    if spending is None:
        return None
    try:
        return await spending.report()
    except LedgerUnwritableError as error:
        if spending.limited:
            raise
        _log.warning("%s", error.sentence)
        return None
