"""The provider's promises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packdesk.domain.request import PanelRequest
    from packdesk.textures.check import CleanPicture

CostClass = Literal["low", "medium", "high"]


@dataclass(frozen=True)
class Estimate:
    """What a generation will cost, before it is begun.

    Attributes:
        calls: pictures the provider will be asked for, without repetitions after faults.
        model: who draws them.
        cost: the whole run's class; docs/gemini.md says what the classes mean.
    """

    calls: int
    model: str
    cost: CostClass


class Provider(Protocol):
    """Makes one picture for one panel.

    Promises: several requests may run at the same time; cancelling the task that awaits `generate` ends the
    work soon and leaves nothing behind; failures are `GenerationFailedError` with a sentence for the user.

    Attributes:
        name: for people.
        paid: whether a picture costs something.
        takes_references: whether `PanelRequest.references` are looked at.
        usual_parallel: how many panels are best made at the same time.
    """

    @property
    def name(self) -> str: ...  # noqa: D102  (told above)

    @property
    def paid(self) -> bool: ...  # noqa: D102

    @property
    def takes_references(self) -> bool: ...  # noqa: D102

    @property
    def usual_parallel(self) -> int: ...  # noqa: D102

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
        """What the requests will cost; None when they are free."""
        ...

    async def aclose(self) -> None:
        """Let connections go; the provider may be used again."""
        ...
