"""Preflight and sizes in a few words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from packdesk.domain.dieline import named_sizes
from packdesk.domain.preflight import Level
from packdesk.errors import InvalidInputError
from packdesk.ui.translation import translate
from packdesk.ui.units import sides_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packdesk.domain.dimensions import Dimensions
    from packdesk.domain.preflight import Finding
    from packdesk.domain.state import PackagingState
    from packdesk.ui.units import Unit


def summary(findings: Sequence[Finding]) -> str:
    """How many errors and warnings there are."""
    counted = Counter(finding.level for finding in findings)
    parts = []
    if errors := counted[Level.ERROR]:
        words = translate("preflight", "1 error") if errors == 1 else translate("preflight", "{0} errors")
        parts.append(words.format(errors))
    if warnings := counted[Level.WARNING]:
        words = (
            translate("preflight", "1 warning") if warnings == 1 else translate("preflight", "{0} warnings")
        )
        parts.append(words.format(warnings))
    return ", ".join(parts) or translate("preflight", "No problems found")


def gravest_role(findings: Sequence[Finding]) -> str:
    """The style sheet's role for that."""
    levels = {finding.level for finding in findings}
    if Level.ERROR in levels:
        return "error"
    return "warning" if Level.WARNING in levels else "good"


def size_words(state: PackagingState, caliper: float, unit: Unit) -> str:
    """What the sliders set, and what that comes to inside and outside."""
    size = state.package_dimensions
    meant = translate("preflight", "The sliders set the manufacturing size, crease to crease: {0}.")
    words = meant.format(_sides(state, size, unit))
    try:
        sizes = named_sizes(size, caliper)
    except InvalidInputError:  # preflight says why
        return words
    others = translate("preflight", "Inside {0}, outside {1}.")
    inside, outside = (_sides(state, named, unit) for named in (sizes.inside, sizes.outside))
    return f"{words}\n{others.format(inside, outside)}"


def _sides(state: PackagingState, size: Dimensions, unit: Unit) -> str:
    sides = size.as_tuple()
    return sides_text(sides[:2] if state.package_type == "cylinder" else sides, unit)
