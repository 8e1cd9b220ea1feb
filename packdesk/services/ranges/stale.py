"""Words of the base design that stand in its pictures, and are not those of a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.dieline.structures import panels_on_blank
from packdesk.domain.prompts import is_prompt
from packdesk.domain.ranges.fields import WORDS, Field
from packdesk.domain.ranges.filling import fields_in
from packdesk.sentence import Sentence
from packdesk.services.ranges.requests import panel_request

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packdesk.domain.dieline.values import DielineOptions
    from packdesk.domain.ranges.row import RangeRow
    from packdesk.generation.base import ProviderProfile
    from packdesk.services.ranges.base import BaseDesign
    from packdesk.services.ranges.orders import RangeOptions, RowOrder


def other_words(row: RangeRow, base: BaseDesign, prompt: str) -> dict[str, str]:
    """What the base design has lettered and the row says otherwise, by fields of `PackWords`."""
    before = base.painted_words(prompt).said()
    return {name: text for name, text in before.items() if row.words.get(name, text) != text}


def others_in(rows: Iterable[RangeRow], base: BaseDesign, prompt: str) -> frozenset[str]:
    """What any of the rows says otherwise: pictures with such a word are painted anew for all of them."""
    alike = (row for row in rows if row.package_type == base.state.package_type)
    return frozenset().union(*(other_words(row, base, prompt) for row in alike))


def lettered_otherwise(
    row: RangeRow,
    panel_id: str,
    prompt: str,
    others: frozenset[str],
    *,
    base: BaseDesign,
    options: RangeOptions,
    profile: ProviderProfile,
) -> bool:
    """Whether a painted panel of the base design has one of these words in its picture.

    Args:
        row: for whose size it would be painted.
        panel_id: the panel.
        prompt: it was painted by.
        others: words that rows of the range say otherwise, by fields of `PackWords`.
        base: the base design.
        options: of the range.
        profile: who paints.
    """
    if not others:
        return False
    request = panel_request(row, panel_id, prompt, base=base, options=options, profile=profile)
    shown = profile.words_on(request.model_copy(update={"words": base.painted_words(prompt), "room": ()}))
    return not others.isdisjoint(shown)


def stale_words(order: RowOrder, base: BaseDesign, blank: DielineOptions) -> tuple[Sentence, ...]:
    """What is worth a look of pictures nobody can letter anew: those of files, whose words nobody knows."""
    row = order.row
    if row.sheet or row.package_type != base.state.package_type:
        return ()
    others = other_words(row, base, "")
    printed = panels_on_blank(row.package_type, blank.style)
    painted = {name for name, one in base.state.panel_textures.items() if is_prompt(one.prompt)}
    there = base.pictures.keys() - painted - row.pictures.keys()
    stay = [one for one in printed if one in there and _beside_objects(others, base, one)]
    return (stays(others, stay),) if stay else ()


def _beside_objects(others: Iterable[str], base: BaseDesign, panel_id: str) -> bool:
    """Whether a panel has no object for one of these words; where it has, somebody has looked."""
    laid = base.objects.get(panel_id)
    shown = fields_in(laid.kept.recipe) if laid else ()
    return not set(others) <= {WORDS[Field(field)] for field in shown if field in WORDS}


def stays(others: Iterable[str], panels: Iterable[str]) -> Sentence:
    """The sentence about words a row says and panels whose picture stays."""
    fields, panels = {name: str(field) for field, name in WORDS.items()}, tuple(panels)
    named = ", ".join(fields[name] for name in others)
    if len(panels) == 1:
        return Sentence(
            "The imported picture stays as it is ({panel}): words in it may not be the row's ({fields}).",
            panel=panels[0],
            fields=named,
        )
    return Sentence(
        "The imported pictures stay as they are ({panels}): words in them may not be the row's ({fields}).",
        panels=", ".join(panels),
        fields=named,
    )
