"""What the flaps of a lid meet while it closes: how far they come into the wall it closes against.

A lid turns about its crease with its flaps folded already, as `fold` moves it. What hangs on its sides (the
ears of a mailer) stays as it is and must find room between both walls all the way; what hangs on its front (a
tuck flap) is bent by hand meanwhile, so its figure only says by how much.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from packdesk.domain.dieline.build import blank_plates
from packdesk.domain.dieline.fold import folded, in_space
from packdesk.domain.dieline.outline import flattened
from packdesk.domain.dieline.plates import Role
from packdesk.domain.dieline.structures import STRUCTURES
from packdesk.domain.dieline.thick import strip

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packdesk.domain.dieline.plates import Plate
    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.geometry import FloatArray


def swings(dieline: Dieline, shares: Iterable[float]) -> dict[str, float]:
    """How far each flap of a box's lids comes beyond the inner face of the wall its lid closes against.

    Args:
        dieline: of a box.
        shares: of the folding, as of `folded`, at which it is looked at.

    Returns:
        for each flap's plate the most of them in millimetres, at least 0: more than a board's caliper is
        beyond the wall's outer face. Of a nominal blank walls reach half of its thickness to either side.
    """
    board = dieline.options.board
    loss = board.inside_loss if board else dieline.options.caliper / 2
    plates = {plate.plate_id: plate for plate in blank_plates(dieline.manufacturing, dieline.options)}
    flaps = [plate for plate in plates.values() if plates.get(plate.parent or "", plate).role is Role.LID]
    worst = dict.fromkeys((flap.plate_id for flap in flaps), 0.0)
    for share in shares:
        matrices = folded(dieline, share)
        for flap in flaps:
            wall = plates[_opposite(dieline, flap.parent or "")]
            seen = np.linalg.inv(matrices[wall.plate_id]) @ matrices[flap.plate_id]
            worst[flap.plate_id] = max(worst[flap.plate_id], _beyond(wall, flap, seen, loss))
    return worst


def _opposite(dieline: Dieline, lid: str) -> str:
    """The wall that a lid closes against; a mailer's hangs on the back."""
    structure = STRUCTURES.get(dieline.options.style)
    if structure is None:
        return "front"
    return (structure.top if lid == "top" else structure.bottom).opposite


def _beyond(wall: Plate, flap: Plate, seen: FloatArray, loss: float) -> float:
    """How far what of a flap lies over a wall is beyond its inner face; `seen`: from flap to wall."""
    outline = in_space(seen, np.array(flattened(flap.outline)))
    left, upper, right, lower = wall.box
    over = strip(strip(outline, 0, left, right), 1, upper, lower)
    return max(loss - float(over[:, 2].min()), 0.0) if len(over) else 0.0
