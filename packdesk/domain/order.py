"""What artwork is asked for, the same value from the prompt to the provider's service."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from packdesk.domain.pack_words import PackWords


@dataclass(frozen=True)
class GenerationOrder:
    """An order for artwork; whether it can be carried out is found when it is begun.

    Attributes:
        prompt: what is wanted.
        panel_ids: for these panels; None for all of the package.
        words: what stands on the pack; None takes what the prompt says itself, by labels and quotes.
        reference: a picture file of the user's that the provider is shown.
    """

    prompt: str
    panel_ids: tuple[str, ...] | None = None
    reference: Path | None = None
    words: PackWords | None = None

    @property
    def bulk(self) -> bool:
        """Whether several panels are asked for."""
        return self.panel_ids is None or len(self.panel_ids) != 1

    def for_panels(self, panel_ids: Iterable[str]) -> GenerationOrder:
        """The same for these panels only."""
        return replace(self, panel_ids=tuple(panel_ids))
