"""What a provider is asked for a row's panels, and what two rows have in common."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from packdesk.domain.panels import panel_sizes
from packdesk.domain.prompts import without_names
from packdesk.domain.request import PanelRequest

if TYPE_CHECKING:
    from packdesk.domain.ranges.row import RangeRow
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
    before = base.painted_words(prompt)
    unsaid = base.unpainted(row.package_type, panel_id, prompt)
    words = before.model_copy(update={**row.words, **dict.fromkeys(unsaid, "")})
    gone = set(before.said().values()) - set(words.said().values())
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
        room=base.room(row.package_type, panel_id, size),
    )
    elsewhere = dict.fromkeys(words.said().keys() - profile.words_on(request), "")
    return request.model_copy(update={"words": words.model_copy(update=elsewhere)})


def request_name(request: PanelRequest, provider: str) -> str:
    """Names what a provider is asked for: equal requests have equal names."""
    told = f"{provider}\n{request.model_dump_json()}"
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()
