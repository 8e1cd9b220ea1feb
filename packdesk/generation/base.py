"""The interface of providers, which make the pictures, and their values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from packdesk.domain.pack_words import FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from packdesk.domain.request import PanelRequest
    from packdesk.domain.spending import MonthReport
    from packdesk.textures.check import CleanPicture

CostClass = Literal["low", "medium", "high"]


@dataclass(frozen=True)
class Estimate:
    """What a generation will cost, before it is begun.

    Attributes:
        calls: pictures the provider will be asked for, without repetitions after faults.
        model: who draws them.
        cost: the whole run's class.
        usd: about what the whole run costs, in US dollars.
        priced_on: the day of the prices; None when the model's are not known, and the dearest stand in.
        month: what this month has cost so far, and its limit.
    """

    calls: int
    model: str
    cost: CostClass
    usd: float = 0.0
    priced_on: date | None = None
    month: MonthReport | None = None

    @property
    def fits(self) -> bool:
        """Whether the month's limit leaves room for the whole run."""
        left = self.month.left_usd if self.month else None
        return left is None or self.usd <= left + 1e-9


LOW_USD = 0.25
MEDIUM_USD = 1.0


def cost_class(usd: float) -> CostClass:
    """`low` up to 25 US cents for all pictures together, `medium` up to a dollar, else `high`."""
    return "low" if usd <= LOW_USD else "medium" if usd <= MEDIUM_USD else "high"


def _all_words(_: PanelRequest) -> frozenset[str]:
    return frozenset(FIELDS)


@dataclass(frozen=True)
class ProviderProfile:
    """Properties of a provider.

    Attributes:
        name: for people.
        paid: whether a picture costs something.
        takes_references: whether `PanelRequest.references` are used.
        draws_barcodes: whether it draws the exact bars of a number.
        usual_parallel: how many panels are best made at the same time.
        words_on: the fields of `PackWords` that a panel's picture may depend on.
    """

    name: str
    paid: bool = False
    takes_references: bool = False
    draws_barcodes: bool = False
    usual_parallel: int = 2
    words_on: Callable[[PanelRequest], frozenset[str]] = _all_words


class Provider(Protocol):
    """Makes one picture for one panel.

    Promises: several requests may run at the same time; cancelling the task that awaits `generate` ends the
    work soon and leaves nothing behind; failures are `GenerationFailedError` with a sentence for the user.
    """

    @property
    def profile(self) -> ProviderProfile:
        """Its properties; those of an automatic choice change in `prepare` only."""
        ...

    async def prepare(self) -> None:
        """Get ready; asked before a generation is begun.

        Raises:
            ProviderSetupError: it cannot work as it is set up.
        """
        ...

    async def generate(self, request: PanelRequest) -> CleanPicture:
        """Return a checked picture for the panel, not yet fitted to its size.

        Raises:
            GenerationFailedError: there is none, and why.
        """
        ...

    def estimate(self, requests: Sequence[PanelRequest]) -> Estimate | None:
        """The cost of the requests; None when they are free."""
        ...

    async def aclose(self) -> None:
        """Close connections; the provider may be used again."""
        ...
