"""How deep the flaps of a blank are as they are drawn, which may be less than was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.dieline.build import blank_plates
from packdesk.domain.dieline.plates import Role, Side
from packdesk.domain.dieline.wrap import wrap_of

if TYPE_CHECKING:
    from packdesk.domain.dieline.plates import Plate
    from packdesk.domain.dieline.values import Dieline


def flap_depths(dieline: Dieline) -> dict[Role, float]:
    """Depth in millimetres of the shallowest flap of each role; a wrap's overlap is its glue flap."""
    if dieline.package_type == "cylinder":
        wrap = wrap_of(dieline.manufacturing, dieline.options)
        depths = {Role.GLUE: wrap.overlap, Role.TAB: wrap.ring.depth}
        return {role: depth for role, depth in depths.items() if depth}
    found: dict[Role, float] = {}
    for plate in blank_plates(dieline.manufacturing, dieline.options):
        if plate.panel_id is None:
            found[plate.role] = min(found.get(plate.role, _depth(plate)), _depth(plate))
    return found


def _depth(plate: Plate) -> float:
    left, top, right, bottom = plate.box
    return right - left if plate.side in {Side.LEFT, Side.RIGHT} else bottom - top
