"""What a price may be."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from packdesk.domain.prices import BUILT_IN, ModelPrices, PriceTable


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


DAY, OTHER_DAY = date(2026, 7, 1), date(2027, 1, 1)
TABLE = PriceTable(
    models={
        "one-model": ModelPrices(as_of=DAY, usd={"1K": 0.1, "4K": 0.3}),
        "dear-model": ModelPrices(as_of=DAY, usd={"1K": 0.9, "2K": 0.2}),
    }
)


def test_what_is_not_known_costs_as_the_dearest_that_is() -> None:
    assert (TABLE.price("one-model", "1K"), TABLE.price("one-model", "4K")) == (0.1, 0.3)
    assert TABLE.price("one-model", "2K") == 0.3
    assert TABLE.price("new-model", "1K") == 0.9


def test_a_corrected_table_has_the_others_models_in_place_of_its_own() -> None:
    other = PriceTable(models={"one-model": ModelPrices(as_of=OTHER_DAY, usd={"1K": 0.2})})
    corrected = TABLE.corrected(other)
    assert (corrected.price("one-model", "4K"), corrected.price("dear-model", "2K")) == (0.2, 0.2)
    assert (corrected.as_of("one-model"), TABLE.as_of("one-model")) == (OTHER_DAY, DAY)
    assert corrected.as_of("new-model") is None


def test_larger_pictures_cost_no_less() -> None:
    for model in BUILT_IN.models.values():
        prices = [model.usd[size] for size in ("512", "1K", "2K", "4K") if size in model.usd]
        assert prices == sorted(prices)
