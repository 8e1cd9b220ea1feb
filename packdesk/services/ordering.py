"""What an order asks for, checked against the design."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.pack_words import check_words, words_in
from packdesk.domain.panels import PANEL_IDS, check_panel, first_panel
from packdesk.domain.prompts import check_prompt
from packdesk.errors import InvalidInputError
from packdesk.services.changing import check_change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packdesk.domain.order import GenerationOrder
    from packdesk.domain.pack_words import PackWords
    from packdesk.domain.state import PackagingState


def checked_panels(state: PackagingState, panel_ids: Sequence[str] | None) -> list[str]:
    """The panels that are wanted (None: all), each once.

    Raises:
        InvalidInputError: there is none, or one the package has not.
    """
    # Against the very state that is marked, whatever others do meanwhile.
    wanted = PANEL_IDS[state.package_type] if panel_ids is None else panel_ids
    if not wanted:
        raise InvalidInputError("No panel was named.", "Name at least one.")
    return [check_panel(state.package_type, panel_id) for panel_id in dict.fromkeys(wanted)]


def ordered_panels(state: PackagingState, order: GenerationOrder) -> list[str]:
    """The panels of an order that can be carried out on the design.

    Raises:
        InvalidInputError: an unknown panel, or none; a change of several, or beside the panel.
        NotPossibleError: there is no picture to be changed.
    """
    panels = checked_panels(state, order.panel_ids)
    check_change(state, panels, order)
    return panels


def asked_for(
    state: PackagingState, panel_ids: Sequence[str] | None, candidates: int, *, chosen: bool
) -> list[str]:
    """The panel of every picture a step asks for."""
    panels = checked_panels(state, panel_ids)
    first = first_panel(state.package_type, panels)
    if candidates > 1:
        return [first] * candidates
    return [panel_id for panel_id in panels if not chosen or panel_id != first]


def checked_words(order: GenerationOrder) -> tuple[str, PackWords]:
    """The prompt, and what stands on the pack.

    Raises:
        InvalidInputError: one of them cannot be used.
    """
    text = check_prompt(order.prompt)
    return text, check_words(words_in(text) if order.words is None else order.words)
