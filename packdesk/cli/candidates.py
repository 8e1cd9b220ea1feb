"""How candidates are told, and how to go on with one of them."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from packdesk.app.paying import cost_text
from packdesk.cli.output import FOREIGN_LENGTH, print_json, say, tell
from packdesk.domain.text import cut

if TYPE_CHECKING:
    from packdesk.services.candidates import Candidates

_SHOWN_NAME = 12


def print_candidates(found: Candidates, *, as_json: bool) -> None:
    """The names of the pictures; nothing of them is on the design yet."""
    if as_json:
        pictures = [
            {"sha256": one.sha256, "seed": one.seed, "notes": list(one.notes)} for one in found.pictures
        ]
        print_json({"panel": found.panel_id, "pictures": pictures, "failed": list(found.failures)})
        return
    for one in found.pictures:
        say(f"{one.sha256[:_SHOWN_NAME]}  {found.panel_id}, seed {one.seed}")
    for note in dict.fromkeys(note for one in found.pictures for note in one.notes):
        tell(f"packdesk: {note}")
    for reason in found.failures:
        tell(f"No other candidate: {cut(reason, FOREIGN_LENGTH)}")
    tell(_way_on(found))


def _way_on(found: Candidates) -> str:
    """What to type; the design is as it was."""
    picture = "PICTURE"
    if not found.others:
        return f"The design is as it was. To take one: packdesk use {picture} {found.panel_id}"
    panels = (
        "" if found.order.panel_ids is None else "".join(f" --panel {one}" for one in found.order.panel_ids)
    )
    prompt = shlex.quote(cut(found.order.prompt, FOREIGN_LENGTH))
    cost = "" if found.rest is None else f" ({cost_text(found.rest)})"
    return (
        f"The design is as it was. To take one and have the others follow it{cost}: "
        f"packdesk generate-all {prompt}{panels} --from {picture}"
    )
