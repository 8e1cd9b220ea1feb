"""What a printer would send a design back for, found before it is sent: findings as plain values."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from packdesk.domain.dieline.structures import panels_on_blank
from packdesk.domain.preflight.artwork_rules import artwork_findings
from packdesk.domain.preflight.blank_rules import SAFE_AREA, blank_findings
from packdesk.domain.preflight.findings import (
    Finding,
    Level,
    Mend,
    PictureFacts,
    PictureLooks,
    PressFacts,
    has_errors,
)
from packdesk.domain.preflight.font_rules import font_findings
from packdesk.domain.preflight.inside_rules import INSIDE, inside_findings
from packdesk.domain.preflight.looks_rules import looks_findings
from packdesk.domain.preflight.object_rules import object_findings
from packdesk.domain.preflight.press_rules import press_findings
from packdesk.domain.preflight.taken_off_rule import taken_off_findings
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.domain.dieline.values import DielineOptions
    from packdesk.domain.state import PackagingState

__all__ = [
    "Finding",
    "Level",
    "Mend",
    "PictureFacts",
    "PictureLooks",
    "PressFacts",
    "has_errors",
    "preflight",
]

_ORDER = list(Level)


def preflight(
    state: PackagingState,
    pictures: Mapping[str, PictureFacts],
    options: DielineOptions,
    wanted_dpi: float = 300,
    press: PressFacts | None = None,
) -> tuple[Finding, ...]:
    """Look through a design that is to be printed; errors first, then warnings, then notes.

    Args:
        state: the design.
        pictures: what is known of the picture of each panel that has one, and behind `INSIDE` of each inside;
            of others nothing is said.
        options: of the dieline it will be printed on.
        wanted_dpi: the resolution the printer asks for.
        press: that it is printed on; None where none is known.
    """
    printed = panels_on_blank(state.package_type, options.style)
    insides = {
        name.removeprefix(INSIDE): facts for name, facts in pictures.items() if name.startswith(INSIDE)
    }
    pictures = {name: facts for name, facts in pictures.items() if name in printed}
    objects = {name: facts.objects for name, facts in pictures.items() if facts.objects is not None}
    found = [
        *artwork_findings(state, pictures, options.style, wanted_dpi),
        *blank_findings(state.package_type, state.package_dimensions, options),
        *font_findings(pictures),
        *looks_findings(pictures, options.safe),
        *press_findings(pictures, press),
        *object_findings(objects, options.safe),
        *taken_off_findings(pictures),
        *inside_findings(state, insides, options),
    ]
    if any(facts.unreadable is None for facts in objects.values()):
        found = [_of_artwork_only(one, options.safe) if one.rule == SAFE_AREA else one for one in found]
    return tuple(sorted(found, key=lambda finding: _ORDER.index(finding.level)))


def _of_artwork_only(note: Finding, safe: float) -> Finding:
    """The note on the safe area, where objects were held against it."""
    sentence = Sentence(
        "Objects were held against the safe area of {safe:g} mm; lettering that is part of artwork was not.",
        safe=safe,
    )
    return replace(note, sentence=sentence)
