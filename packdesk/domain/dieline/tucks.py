"""How deep a tuck flap is, and how it is held: slits at the ends of its crease, for the dust flaps' edges.

Of a slit lock the crease is set nearer to the lid's hinge than its slits: the lid's ends go on as shoulders,
and the tuck flap's ends lie deeper, below the dust flaps, whose edges stand over them in the slits. A
friction lock has no shoulders: the dust flaps' edges only touch the tuck flap. Figures as in a public drawing
of ECMA A20.20.03.03 (guyhan76/Packive, `public/dielines`): slits of 7 mm that go on 1.25 mm into the lid, an
edge of 5 mm at 1.5 calipers from the crease, which is a layer and half a board. Its shoulders of 0.75 mm suit
board of 0.5 mm; here they are as deep as the board wants, and crease and slit no nearer than two knives.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.dieline.allowances import LEAST_KNIFE_MM
from packdesk.domain.dieline.flaps import LEAST_MM
from packdesk.domain.dieline.plates import Role
from packdesk.domain.dieline.values import DielineStyle, Lock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packdesk.domain.dieline.plates import Plate, Side
    from packdesk.domain.dieline.values import DielineOptions
    from packdesk.domain.dimensions import Dimensions

SLIT_PLAY_MM = 0.1
"""Between a dust flap and the tuck flap's end below it."""
USUAL_TUCK_MM, _MOST_TUCK_MM = 15.0, 60.0
_TUCK_BEGINS, _TUCK_GROWS = 10.0, 0.05
_EDGE_MM, _BEYOND_MM = 5.0, 2.0
_SHARE, _DEPTH_SHARE, _SHOULDER_SHARE = 1 / 3, 1 / 4, 1 / 8


def tuck_depth(dimensions: Dimensions, options: DielineOptions) -> float:
    """How deep tuck flaps are to be, where there is room.

    On a board it grows with the opening, 10 mm and a twentieth of its longer side, at most 60: a rule of
    thumb of our own, which gives the usual 15 mm for a box of 100 mm.
    """
    if options.tuck is not None:
        return options.tuck
    if options.board is None:
        return USUAL_TUCK_MM
    grown = _TUCK_BEGINS + _TUCK_GROWS * max(dimensions.width, dimensions.depth)
    return min(round(2 * grown) / 2, _MOST_TUCK_MM)


class TuckLock(NamedTuple):
    """Lengths in millimetres.

    Attributes:
        slit: how much of the tuck flap's crease is cut at each of its ends.
        edge: how much of a dust flap, from its crease, goes there.
        shoulder: by how much the crease is nearer to the lid's hinge than its slits; 0 of a friction lock.
        back: by how much the lid is shallower for it.
        off: how far the dust flap's edge is from the crease of the wall the lid closes against, where nothing
            lies between that and the tuck flap; 0 on a nominal blank, where the usual distance holds.
    """

    slit: float
    edge: float
    shoulder: float
    back: float
    off: float


def lock_of(options: DielineOptions, crease: float, size: Dimensions) -> TuckLock | None:
    """The lock of a tuck flap; None where none is wanted, or has room.

    Args:
        options: the board and the lock.
        crease: length of the tuck flap's crease, which stays whole for a third at least.
        size: of the box, from crease to crease.
    """
    if options.lock is Lock.NONE or options.style is DielineStyle.MAILER:
        return None
    board = options.board
    layer, loss = (board.caliper, board.inside_loss) if board else (0.0, options.caliper / 2)
    shoulder = max(layer + loss + SLIT_PLAY_MM, LEAST_KNIFE_MM) if options.lock is Lock.SLIT else 0.0
    beyond = max(_BEYOND_MM, shoulder)
    edge = min(_EDGE_MM, _SHARE * crease - beyond)
    room = min(_SHOULDER_SHARE * size.depth, _SHOULDER_SHARE * size.height, tuck_depth(size, options) / 2)
    if edge < LEAST_MM or 2 * layer + loss > _DEPTH_SHARE * size.depth or shoulder > room:
        return None
    off = max(layer + loss, LEAST_KNIFE_MM)
    back = shoulder or (off - layer - loss)  # the edges touch the tuck flap where knives need more room, too
    if not board:
        return TuckLock(edge + beyond, edge, shoulder, shoulder, 0.0)
    return TuckLock(edge + beyond, edge, shoulder, back, off)


def shoulders_of(
    plates: Iterable[Plate], options: DielineOptions, size: Dimensions
) -> dict[tuple[str, Side], float]:
    """How far lids go on beyond the creases of their tuck flaps, by panel and edge; millimetres."""
    return {
        (plate.parent, plate.side): lock.shoulder
        for plate in plates
        if (lock := lock_on(plate, options, size)) and plate.parent and plate.side
    }


def lock_on(tuck: Plate, options: DielineOptions, size: Dimensions) -> TuckLock | None:
    """The lock of a tuck flap's plate; None where it has none."""
    if tuck.role is not Role.TUCK or tuck.hinge is None:
        return None
    return lock_of(options, math.dist(tuck.hinge.start, tuck.hinge.end), size)
