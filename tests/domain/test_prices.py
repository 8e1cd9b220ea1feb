"""What a price may be."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from packdesk.domain.prices import ModelPrices


@pytest.mark.parametrize(
    ("dollars", "taken"),
    [(0, True), (0.0336, True), (1000, True), (-0.01, False), (1000.01, False), (float("nan"), False)],
)
def test_what_a_price_may_be(dollars: float, taken: bool) -> None:
    if taken:
        assert ModelPrices(as_of=date(2026, 7, 1), usd={"1K": dollars}).usd == {"1K": dollars}
    else:
        with pytest.raises(ValidationError):
            ModelPrices(as_of=date(2026, 7, 1), usd={"1K": dollars})
