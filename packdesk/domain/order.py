"""What artwork is asked for, the same value from the prompt to the provider's service."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from packdesk.domain.area import Area
    from packdesk.domain.pack_words import PackWords


MOST_SEED = 2**31 - 1
"""The largest that Gemini takes."""
MOST_CANDIDATES = 4


@dataclass(frozen=True)
class PanelChange:
    """A change of the picture on a panel; None as its area is all of it."""

    area: Area | None = None


@dataclass(frozen=True)
class GenerationOrder:
    """An order for artwork; whether it can be carried out is found when it is begun.

    Attributes:
        prompt: what is wanted.
        panel_ids: for these panels; None for all of the package.
        words: what stands on the pack; None takes what the prompt says itself, by labels and quotes.
        reference: a picture file of the user's that the provider is shown.
        seed: the variation, 0 to `MOST_SEED`; None takes the chosen picture's, or the usual one.
        candidates: how many pictures to choose from, of the front or body, or else of the first panel.
        change: what is there shall change as the prompt says, in one panel; None paints it anew.
        chosen: name (SHA-256) of a kept picture that goes on the first panel as it is; the others follow it.
    """

    prompt: str
    panel_ids: tuple[str, ...] | None = None
    reference: Path | None = None
    words: PackWords | None = None
    seed: int | None = None
    candidates: int = 1
    chosen: str = ""
    change: PanelChange | None = None

    @property
    def bulk(self) -> bool:
        """Whether several panels are asked for."""
        return self.panel_ids is None or len(self.panel_ids) != 1

    def for_panels(self, panel_ids: Iterable[str]) -> GenerationOrder:
        """The same for these panels only, as a choice made for others is on its panel by then."""
        return replace(self, panel_ids=tuple(panel_ids), candidates=1, chosen="")

    def with_choice(self, sha256: str, seed: int) -> GenerationOrder:
        """The same, now that the picture of the first panel is chosen."""
        return replace(self, chosen=sha256, seed=seed, candidates=1)


def candidate_seeds(first: int, count: int) -> list[int]:
    """The variations of so many candidates, from the first on."""
    return [(first + number) % (MOST_SEED + 1) for number in range(count)]
