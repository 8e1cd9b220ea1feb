"""Help with prompts: examples to begin from, the prompts of this design, and advice while typing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from packdesk.domain.moments import moment
from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.prompts import MAX_PROMPT, check_prompt, is_prompt
from packdesk.domain.text import cut
from packdesk.errors import InvalidInputError

if TYPE_CHECKING:
    from packdesk.domain.state import PackagingState

EXAMPLES = (
    "Vintage floral pattern in navy and blush with gold, “Sol Field”, “Evening Tea”",
    "Botanical herbs in fresh green on cream, fine line drawing, “Fern House”, “Garden Tea”",
    "Bold mid-century geometric shapes in terracotta, mustard and teal, “North Fold”, “Ground Coffee”",
    "White marble with thin gold veins, quiet and precious, “Casa Luma”, “Night Cream”",
    "Natural kraft paper with a one-colour stamp in black, “Otter & Oak”, “Oat Biscuits”",
    "Soft aurora gradient from violet to coral, modern and clean, “Haven Row”, “Bath Salts”",
)

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def used_prompts(state: PackagingState) -> list[str]:
    """The prompts this design's artwork was made from, the newest first, each once, as long as one may be."""
    # Of the package's own panels only: a foreign document may name any number of others.
    shown = [texture for name in PANEL_IDS[state.package_type] if (texture := state.panel_textures.get(name))]
    made = sorted(shown, key=lambda one: moment(one.generated_at) or _LONG_AGO, reverse=True)
    return list(dict.fromkeys(cut(one.prompt, MAX_PROMPT) for one in made if is_prompt(one.prompt)))


def advice(text: str) -> str:
    """What would make a prompt usable; empty when it is, or when nothing is written yet."""
    if not text.strip():
        return ""
    try:
        check_prompt(text)
    except InvalidInputError as error:
        return error.full_text()
    return ""
