"""Placements a sheet may have by its size: that of the blank, of the blank with bleed, of its panels."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.outline import bounds
from packdesk.domain.dieline.structures import BOX_STYLES
from packdesk.domain.sheet.placement import SheetPlacement
from packdesk.domain.sheet.template import template_page
from packdesk.errors import PackdeskError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.domain.dieline.outline import Box
    from packdesk.domain.dieline.values import Dieline, DielineStyle
    from packdesk.domain.sheet.facts import SheetFacts

How = Literal["template", "marks", "trim", "size", "ratio", "ink", "lines", "guess"]
"""By what a place was found: the file's own note, registration marks, a PDF's TrimBox, the size in
millimetres, the ratio of the sides, what is printed of it, lines drawn in it; `guess`: the middle."""

_NEAR_MM, _NEAR_RATIO = 0.6, 0.004


@dataclass(frozen=True)
class Candidate:
    """A placement, and by what it was found."""

    placement: SheetPlacement
    how: How


def places(dieline: Dieline) -> tuple[Box, ...]:
    """Rectangles of a blank that a sheet may have the size of."""
    trim = (0.0, 0.0, dieline.width, dieline.height)
    bleed = dieline.options.bleed
    options = replace(dieline.options, bleed=0.0)
    bare = make_dieline(dieline.package_type, dieline.dimensions, options)
    panels = bounds(curve for panel in bare.panels for curve in panel.artwork.curves)
    page = template_page(dieline)
    around = (page.left, page.top, page.left + page.width, page.top + page.height)
    return tuple(dict.fromkeys((trim, _grown(trim, bleed), panels, _grown(panels, bleed), around)))


def by_size(facts: SheetFacts, dieline: Dieline, part: Box | None = None) -> Iterator[Candidate]:
    """Every way a sheet, or a part of it, lies on the blank by its size or the ratio of its sides.

    Args:
        facts: of the sheet.
        dieline: the blank.
        part: of the sheet that is to lie on the blank; all of it by default.
    """
    left, top, right, bottom = part or (0.0, 0.0, facts.width, facts.height)
    width, height = right - left, bottom - top
    if min(width, height) <= 0:
        return
    for place in places(dieline):
        wide, high = place[2] - place[0], place[3] - place[1]
        for turns in range(4):
            across, down = (height, width) if turns % 2 else (width, height)
            exact = facts.sized and abs(across - wide) < _NEAR_MM and abs(down - high) < _NEAR_MM
            if not exact and abs((across / down) / (wide / high) - 1) > _NEAR_RATIO:
                continue
            scale = 1.0 if exact else (wide / across + high / down) / 2
            placement = _laid(facts, (left, top, right, bottom), place, scale, turns)
            yield Candidate(placement, "size" if exact else "ratio")


def _laid(facts: SheetFacts, part: Box, place: Box, scale: float, turns: int) -> SheetPlacement:
    """The sheet so that the middle of a part of it is in the middle of a place."""
    at = SheetPlacement(facts.width, facts.height, 0.0, 0.0, scale, turns)
    x, y = at.on_blank().point((part[0] + part[2]) / 2, (part[1] + part[3]) / 2)
    return at.moved((place[0] + place[2]) / 2 - x, (place[1] + place[3]) / 2 - y)


def in_the_middle(facts: SheetFacts, dieline: Dieline) -> SheetPlacement:
    """The sheet in the middle of the blank, as large as the blank needs, or at its own size."""
    scale = 1.0
    if not facts.sized:
        scale = max(dieline.width / facts.width, dieline.height / facts.height)
    return SheetPlacement(facts.width, facts.height, dieline.width / 2, dieline.height / 2, scale)


def other_styles(facts: SheetFacts, dieline: Dieline) -> tuple[DielineStyle, ...]:
    """Styles of blanks of the same package that a sheet has the size of, those of the same size first."""
    found: list[tuple[bool, DielineStyle]] = []
    for style, other in other_blanks(dieline):
        hows = {candidate.how for candidate in by_size(facts, other)}
        if hows:
            found.append(("size" not in hows, style))
    return tuple(style for _, style in sorted(found))


def other_blanks(dieline: Dieline) -> Iterator[tuple[DielineStyle, Dieline]]:
    """The blanks of the same package in other styles."""
    if dieline.package_type != "box":
        return
    for style in BOX_STYLES:
        if style is not dieline.options.style:
            with contextlib.suppress(PackdeskError):  # there is none of that size
                yield style, make_dieline("box", dieline.dimensions, replace(dieline.options, style=style))


def _grown(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by
