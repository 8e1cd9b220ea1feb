"""Where this machine keeps what pictures have cost, and what they cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.settings import settings_file
from packdesk.store.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.settings import Settings

LEDGER = "spending.sqlite3"


def ledger_of(settings: Settings) -> Ledger:
    """What was spent, with the limit that is set."""
    return Ledger(settings.data_dir / LEDGER, settings.monthly_limit_usd)


def price_file() -> Path:
    """Where the user may correct what pictures cost: beside the settings."""
    return settings_file().with_name("prices.json")
