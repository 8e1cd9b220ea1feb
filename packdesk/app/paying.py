"""Where this machine keeps what pictures have cost, and how it is said what they will cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.spending import dollars
from packdesk.settings import settings_file
from packdesk.store.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.generation.base import Estimate
    from packdesk.settings import Settings

LEDGER = "spending.sqlite3"


def ledger_of(settings: Settings) -> Ledger:
    """What was spent, with the limit that is set."""
    return Ledger(settings.data_dir / LEDGER, settings.monthly_limit_usd)


def price_file() -> Path:
    """Where the user may correct what pictures cost: beside the settings."""
    return settings_file().with_name("prices.json")


def cost_lines(estimate: Estimate) -> list[str]:
    """What a generation will cost, about, and what the month leaves; for terminals and assistants."""
    lines = [f"Asking {estimate.model} for {counted(estimate.calls)}, {cost_text(estimate)}."]
    month = estimate.month
    if month is not None and month.limit_usd is not None:
        lines.append(f"This month: US$ {dollars(month.usd)} of US$ {dollars(month.limit_usd)}.")
    if not estimate.fits:
        lines.append("The monthly limit does not leave room for all of them.")
    return lines


def counted(pictures: int) -> str:
    """So many pictures, in words."""
    return "1 picture" if pictures == 1 else f"{pictures} pictures"


def cost_text(estimate: Estimate) -> str:
    """About what it costs, and by which prices."""
    cost = f"about US$ {dollars(estimate.usd)}"
    if estimate.priced_on is None:
        return f"{cost} (its price is not known; taken for the dearest model's)"
    return f"{cost} by prices of {estimate.priced_on}"
