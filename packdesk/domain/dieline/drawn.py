"""The flaps of a blank as they are drawn: where there is no room, they are less deep than was asked for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.dieline.build import blank_plates
from packdesk.domain.dieline.glued import flap_depth
from packdesk.domain.dieline.outline import bounds
from packdesk.domain.dieline.plates import Role
from packdesk.domain.dieline.sizes import sizes_of
from packdesk.domain.dieline.slits import hang_scale, slit_length
from packdesk.domain.dieline.structures import has_tucks, notched_ends
from packdesk.domain.dieline.values import Lock
from packdesk.domain.dieline.wrap import wrap_of
from packdesk.domain.panels import volume
from packdesk.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.domain.curves import Point2
    from packdesk.domain.dieline.outline import Box
    from packdesk.domain.dieline.values import Dieline

OVERLAP, TAB = "overlap", "tab"
"""The kinds of a wrap's overlap, and of its discs' tabs: there are dozens, all alike."""


class Flap(NamedTuple):
    """One flap.

    Attributes:
        kind: `glue`, `tuck`, `dust`, `seal`, `tab`, `overlap` and so on: what it is for.
        depth: from its crease to its far end, in millimetres.
        middle: of it on the sheet.
    """

    kind: str
    depth: float
    middle: Point2


def flaps_of(dieline: Dieline) -> list[Flap]:
    """Every flap of a blank; a wrap's overlap counts as one."""
    if dieline.package_type == "cylinder":
        return list(_of_wrap(dieline))
    return [
        Flap(plate.role, flap_depth(plate), _middle(plate.box))
        for plate in blank_plates(dieline.manufacturing, dieline.options)
        if plate.panel_id is None
    ]


def flap_depths(dieline: Dieline) -> dict[Role, float]:
    """Depth in millimetres of the shallowest flap of each role; a wrap's overlap is its glue flap."""
    found: dict[Role, float] = {}
    for flap in flaps_of(dieline):
        role = Role.GLUE if flap.kind == OVERLAP else Role(flap.kind)
        found[role] = min(found.get(role, flap.depth), flap.depth)
    return found


def _of_wrap(dieline: Dieline) -> Iterator[Flap]:
    for part in wrap_of(dieline.manufacturing, dieline.options).parts:
        left, top, _, bottom = part.label
        if part.overlap:
            yield Flap(OVERLAP, part.overlap, _middle((0.0, top, left, bottom)))
        for disc in part.discs:
            for _, tab in part.ring.tabs(part.middle(disc)):
                yield Flap(TAB, part.ring.depth, _middle(bounds(tab)))


def _middle(box: Box) -> Point2:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def locked(dieline: Dieline) -> bool:
    """Whether the tuck flaps of a box have a lock: slits at both ends of their creases."""
    plates = blank_plates(dieline.manufacturing, dieline.options)
    return any(slit_length(plate, dieline.options, dieline.manufacturing) for plate in plates)


def panel_area(dieline: Dieline) -> float:
    """The area of the panels that are on a blank, as they are drawn, in square millimetres."""
    shares = {"disc": math.pi / 4, "rectangle": 1.0}
    return sum(panel.width * panel.height * shares[panel.shape] for panel in dieline.panels)


def inside_volume(dieline: Dieline) -> float:
    """How much a package holds in cubic millimetres: the room inside, as `sizes_of` has it.

    A nominal blank whose board leaves no room counts from crease to crease.
    """
    try:
        room = sizes_of(dieline.package_type, dieline.dimensions, dieline.options).inside
    except InvalidInputError:
        room = dieline.manufacturing
    return volume(dieline.package_type, room)


def held_by(dieline: Dieline) -> Lock:
    """What keeps the tuck flaps of a blank from slipping out as it is drawn, whatever was asked for."""
    wanted = dieline.options.lock
    has_flaps = dieline.package_type == "box" and has_tucks(dieline.options.style)
    return wanted if has_flaps and wanted is not Lock.NONE and locked(dieline) else Lock.NONE


def notches(dieline: Dieline) -> int:
    """How many notches for the thumb a blank has."""
    wanted = dieline.package_type == "box" and dieline.options.notch
    return notched_ends(dieline.options.style) if wanted else 0


def hole_scale(dieline: Dieline) -> float:
    """How large the hole of a box's hang tab is, of a euro slot's size; 0 without one."""
    plates = blank_plates(dieline.manufacturing, dieline.options)
    return max((hang_scale(plate) for plate in plates if plate.role is Role.HANG), default=0.0)
