"""Which parts of a blank go on with a panel's artwork: the panel with its bleed, and the flaps on it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.dieline.auto import auto_rim
from packdesk.domain.dieline.build import blank_plates
from packdesk.domain.dieline.glued import beyond_crease, bleeds_of, flap_depth, seal_rim
from packdesk.domain.dieline.outline import flattened, polygon
from packdesk.domain.dieline.plates import Role
from packdesk.domain.dieline.printed import printed_plates
from packdesk.domain.dieline.tucks import shoulders_of
from packdesk.domain.dieline.wrap import wrap_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from packdesk.domain.curves import Path, Point2
    from packdesk.domain.dieline.glued import Bleeds
    from packdesk.domain.dieline.plates import Plate
    from packdesk.domain.dieline.values import Dieline


PRINTED_ROLES = frozenset(
    {
        Role.TUCK,
        Role.DUST,
        Role.HANG,
        Role.CATCH,
        Role.SNAP,
        Role.TONGUE,
        Role.ARM,
        Role.CORNER,
        Role.INSERT,
        Role.ROLL,
        Role.INNER,
    }
)
"""Flaps that may be printed: all that are not glued."""

_Edge = tuple[float, float, float]  # outwards as a direction, and how far
_SHARPEST = 0.5
"""Corners sharper than this are not pushed out all the way to where their edges meet."""


class InkedArea(NamedTuple):
    """A closed outline on the blank, and the panel whose artwork goes on there.

    Of a flap it is its own outline with bleed: what lies beyond the cut is cut off.
    """

    panel_id: str
    outline: Path


def inked_areas(dieline: Dieline) -> tuple[InkedArea, ...]:
    """All areas of a blank that artwork of the whole blank reaches: flaps first, panels over them."""
    panels = tuple(InkedArea(panel.panel_id, panel.artwork) for panel in dieline.panels)
    return (*flap_areas(dieline), *panels)


def flap_areas(dieline: Dieline) -> tuple[InkedArea, ...]:
    """The flaps that can be printed: those that are tucked in. What is glued takes no ink.

    They run over by the bleed, but not at their crease, where the panel's artwork does, nor so far that it
    would reach the glue of a seal flap, or of an auto-lock's flap, beside them.
    """
    if dieline.package_type == "cylinder":
        return ()
    plates = blank_plates(dieline.manufacturing, dieline.options)
    bleed = min(dieline.options.bleed, seal_rim(plates), auto_rim(plates))
    parents = {plate.plate_id: plate.parent for plate in plates if plate.panel_id is None}
    return tuple(
        InkedArea(carrier(plate.parent, parents), grown_outline(flattened(plate.outline), bleed, hinged=True))
        for plate in plates
        if plate.role in PRINTED_ROLES and plate.parent is not None
    )


def carrier(plate_id: str, parents: Mapping[str, str | None]) -> str:
    """The panel that a flap, or a flap of that flap, hangs on; what is not among the parents is one."""
    while (parent := parents.get(plate_id)) is not None:
        plate_id = parent
    return plate_id


def inked_depths(dieline: Dieline) -> dict[str, float]:
    """How far from its crease each flap shows its panel's artwork, in millimetres, by the flap's plate."""
    options = dieline.options
    if dieline.package_type == "cylinder":
        wrap = wrap_of(dieline.manufacturing, options)
        return {
            f"{disc}-{Role.TAB}-{number}": part.disc_bleed + part.ring.sagitta
            for part in wrap.parts
            for disc in part.discs
            for number in range(part.ring.count)
        }
    plates, printed, bleeds = _printed(dieline)
    return {
        flap.plate_id: flap_depth(flap)
        if options.flap_art and flap.role in PRINTED_ROLES
        else _run_over(flap, printed, bleeds)
        for flap in plates
        if flap.panel_id is None and flap.parent
    }


def _run_over(flap: Plate, printed: Mapping[str, Plate], bleeds: Bleeds) -> float:
    """How far a panel's artwork runs over a flap; nothing onto a flap of a flap but beyond a rolled edge."""
    if flap.role is Role.ROLL:
        return flap_depth(flap)
    if flap.role is Role.INNER:
        return min(bleeds.usual, flap_depth(flap))
    panel, side = printed.get(flap.parent or ""), flap.side
    if panel is None or side is None:
        return 0.0
    return beyond_crease(flap, panel) + bleeds.at(panel.plate_id, side)


def least_bleed(dieline: Dieline) -> float:
    """By how many millimetres artwork runs over where it does so least: at a glued flap."""
    if dieline.package_type == "cylinder":
        wrap = wrap_of(dieline.manufacturing, dieline.options)
        return min(wrap.seam_bleed, *(part.disc_bleed for part in wrap.parts))
    _, _, bleeds = _printed(dieline)
    return min((bleeds.usual, *bleeds.capped.values()))


def _printed(dieline: Dieline) -> tuple[tuple[Plate, ...], dict[str, Plate], Bleeds]:
    plates = blank_plates(dieline.manufacturing, dieline.options)
    printed = {plate.plate_id: plate for plate in printed_plates(plates)}
    shoulders = shoulders_of(plates, dieline.options, dieline.manufacturing)
    return plates, printed, bleeds_of(plates, printed, dieline.options.bleed, shoulders)


def grown_outline(corners: Sequence[Point2], by: float, *, hinged: bool = False) -> Path:
    """The outline through corners walked clockwise, each edge moved outwards by so many millimetres.

    Args:
        corners: of the outline.
        by: how far.
        hinged: whether the last edge, from the last corner to the first, stays where it is.
    """
    count = len(corners)
    ways = [_way(corners[index], corners[(index + 1) % count]) for index in range(count)]
    # Walked clockwise, outside is to the left: (down, -right) of the way.
    edges = [(across[1], -across[0], by) for across in ways]
    if hinged:
        edges[-1] = (*edges[-1][:2], 0.0)
    return polygon(
        [_pushed_out(corner, edges[index - 1], edges[index]) for index, corner in enumerate(corners)]
    )


def _pushed_out(corner: Point2, before: _Edge, after: _Edge) -> Point2:
    """Where the two edges of a corner meet when each has moved outwards."""
    alike = before[0] * after[0] + before[1] * after[1]
    if before[2] == after[2]:
        one = other = after[2] / max(1 + alike, _SHARPEST)
    else:
        square = max(1 - alike * alike, _SHARPEST)
        one, other = (before[2] - alike * after[2]) / square, (after[2] - alike * before[2]) / square
    return corner[0] + one * before[0] + other * after[0], corner[1] + one * before[1] + other * after[1]


def _way(start: Point2, end: Point2) -> Point2:
    length = math.dist(start, end)
    return (end[0] - start[0]) / length, (end[1] - start[1]) / length
