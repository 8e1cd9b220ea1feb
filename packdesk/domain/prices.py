"""What models charge for a picture: a small table with its dates, which may be corrected beside it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

SIZES = ("512", "1K", "2K", "4K")
"""Names of picture sizes, small to large."""

_Dollars = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]
_Model = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]{2,80}$")]


class ModelPrices(BaseModel):
    """The prices of one model.

    Attributes:
        as_of: the day they were published or looked up.
        usd: US dollars a picture, by the name of its size.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    as_of: date
    usd: Annotated[dict[str, _Dollars], Field(min_length=1, max_length=20)]


class PriceTable(BaseModel):
    """Prices by model.

    Attributes:
        models: what is known.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    models: Annotated[dict[_Model, ModelPrices], Field(max_length=100)]

    def price(self, model: str, size: str) -> float:
        """US dollars a picture. What is not known costs as the dearest that is: no limit is missed."""
        known = self.models.get(model)
        if known is None:
            return max(max(one.usd.values()) for one in self.models.values())
        return known.usd.get(size, max(known.usd.values()))

    def as_of(self, model: str) -> date | None:
        """The day of the model's prices; None when it is not in the table."""
        known = self.models.get(model)
        return known.as_of if known else None

    def corrected(self, others: PriceTable) -> PriceTable:
        """This table with the models of another in place of its own."""
        return PriceTable(models={**self.models, **others.models})


BUILT_IN = PriceTable(
    models={
        "gemini-3.1-flash-image": ModelPrices(
            as_of=date(2026, 7, 1), usd={"512": 0.045, "1K": 0.067, "2K": 0.101, "4K": 0.151}
        ),
        "gemini-3.1-flash-lite-image": ModelPrices(as_of=date(2026, 7, 1), usd={"1K": 0.0336}),
        "gemini-3-pro-image": ModelPrices(
            as_of=date(2026, 9, 20), usd={"1K": 0.134, "2K": 0.134, "4K": 0.24}
        ),
    }
)
"""As published on ai.google.dev/gemini-api/docs/pricing: standard requests, the picture alone. The words and
pictures a model is shown cost some tenths of a cent more."""
