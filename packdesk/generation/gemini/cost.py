"""What pictures cost, roughly: a class, not a bill. Prices change; Google's own page is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packdesk.generation.base import CostClass

# US cents a picture as published for gemini-3.1-flash-image in 2026; others in proportion.
_CENTS = {"512": 4.5, "1K": 6.7, "2K": 10.1, "4K": 15.1}
_LITE, _PRO = 0.5, 2.0
LOW_CENTS = 25
MEDIUM_CENTS = 100


def cost_class(model: str, tiers: Sequence[str]) -> CostClass:
    """`low` up to 25 US cents for all pictures together, `medium` up to a dollar, else `high`."""
    factor = _LITE if "lite" in model else _PRO if "pro" in model else 1.0
    cents = factor * sum(_CENTS[tier] for tier in tiers)
    if cents <= LOW_CENTS:
        return "low"
    return "medium" if cents <= MEDIUM_CENTS else "high"
