"""Objects another program took off: what is printed shows the panel without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.preflight.findings import Finding, Level
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from packdesk.domain.preflight.findings import PictureFacts


def taken_off_findings(pictures: Mapping[str, PictureFacts]) -> Iterator[Finding]:
    """What somebody has to decide before print, by panel."""
    for panel_id, facts in pictures.items():
        if facts.taken_off:
            yield Finding(
                Level.WARNING,
                "objects-taken-off",
                Sentence("Another program took objects off this panel: {count}.", count=facts.taken_off),
                Sentence("Put them back, or leave them off: the objects of the panel offer it."),
                panel_id,
            )
