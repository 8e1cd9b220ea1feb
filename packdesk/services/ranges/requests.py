"""What a provider is asked for a row's panels, and what two rows have in common."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from packdesk.domain.pack_words import PackWords
from packdesk.domain.panels import panel_sizes
from packdesk.domain.prompts import without_names
from packdesk.domain.ranges.filling import fields_in
from packdesk.domain.request import PanelRequest
from packdesk.services.room import rooms_of

if TYPE_CHECKING:
    from packdesk.domain.panels import FlatSize
    from packdesk.domain.ranges.row import RangeRow
    from packdesk.domain.request import Room
    from packdesk.generation.base import ProviderProfile
    from packdesk.services.ranges.base import BaseDesign
    from packdesk.services.ranges.orders import RangeOptions


def panel_request(
    row: RangeRow,
    panel_id: str,
    prompt: str,
    *,
    base: BaseDesign,
    options: RangeOptions,
    profile: ProviderProfile,
) -> PanelRequest:
    """A panel of a row, with the words it can show and no others.

    Args:
        row: the product.
        panel_id: the panel.
        prompt: what it shows.
        base: the base design. Where its file tells no words, the prompt's own are taken. A panel whose
            objects show fields leaves room for them; what they show is painted on others only if it was.
        options: of the range.
        profile: who makes it.
    """
    size = panel_sizes(row.package_type, row.dimensions)[panel_id]
    words, room = _lettered(row, panel_id, base.painted_words(prompt), base, size)
    gone = set(base.painted_words(prompt).said().values()) - set(words.said().values())
    if prompt != row.prompt:  # a painter that reads the prompt would letter them all the same
        prompt = without_names(prompt, gone)
    request = PanelRequest(
        prompt=prompt,
        panel_id=panel_id,
        size=size,
        package_type=row.package_type,
        package_dimensions=row.dimensions,
        dpi=options.dpi,
        seed=options.seed,
        words=words,
        room=room,
    )
    on = profile.words_on(request)
    kept = {name: text for name, text in words.said().items() if name in on}
    return request.model_copy(update={"words": PackWords(**kept, sample=words.sample)})


def _lettered(
    row: RangeRow, panel_id: str, before: PackWords, base: BaseDesign, size: FlatSize
) -> tuple[PackWords, tuple[Room, ...]]:
    """What a painter may letter, and the room that objects with such words take instead.

    Args:
        row: the product.
        panel_id: the panel.
        before: the words that were painted on the base design.
        base: it.
        size: of the panel.
    """
    shown = base.by_objects(row.package_type)
    laid = base.objects.get(panel_id) if shown else None
    if laid is not None and fields_in(laid.kept.recipe):
        unsaid, room = shown, rooms_of(laid.kept, size)
    else:
        unsaid, room = shown - before.said().keys(), ()
    return before.model_copy(update={**row.words, **dict.fromkeys(unsaid, "")}), room


def request_name(request: PanelRequest, provider: str) -> str:
    """Names what a provider is asked for: equal requests have equal names."""
    told = f"{provider}\n{request.model_dump_json()}"
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()
