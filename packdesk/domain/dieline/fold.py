"""Folds a blank by arithmetic: flat plates that turn about their creases until they are the package.

A cylinder's label is bent in strips, each a chord of its arc. Package space is that of `geometry`:
millimetres, z up, the package on z = 0, its front facing -y. The front (or the middle of a label) stays where
the closed package has it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from packdesk.domain.dieline.build import blank_plates
from packdesk.domain.dieline.holes import holes_of, pierced
from packdesk.domain.dieline.motion import LIFT, FoldPlate, progress, standing, turned
from packdesk.domain.dieline.plates import UNFOLDED, Role
from packdesk.domain.dieline.rolling import rolled_wrap, wrap_plates
from packdesk.domain.dieline.structures import STRUCTURES
from packdesk.domain.dieline.trays import TRAY_STYLES
from packdesk.domain.dieline.values import DielineStyle

if TYPE_CHECKING:
    from packdesk.domain.dieline.plates import Plate
    from packdesk.domain.dieline.values import Dieline, DielineOptions
    from packdesk.domain.dimensions import PackageType
    from packdesk.domain.geometry import FloatArray

_LAYERS_BEHIND = {
    Role.CATCH: 2,
    Role.TONGUE: 0,
    Role.LOCK: 2,
    Role.ARM: 0,
    Role.SIDE: 0,
    Role.ROLL: 0,
    Role.INNER: 0,
}
"""Of a nominal blank: behind so many other flaps lies what is not behind one."""
_MOST_OVERFOLD = math.radians(10)
_ON_A_MAILERS_LID = {Role.DUST, Role.TUCK}


def fold_plates(dieline: Dieline) -> tuple[FoldPlate, ...]:
    """The pieces of a blank: panels and flaps of a box; strips of a cylinder's label, and its discs."""
    if dieline.package_type == "cylinder":
        return wrap_plates(dieline)
    plates = blank_plates(dieline.manufacturing, dieline.options)
    holes = holes_of(dieline, plates)
    return tuple(
        FoldPlate(plate.plate_id, plate.panel_id, pierced(plate, holes), plate.parent, plate.hinge)
        for plate in plates
    )


def folded(dieline: Dieline, share: float) -> dict[str, FloatArray]:
    """Where every piece is when the package is folded by a share.

    Args:
        dieline: the blank.
        share: 0 for the flat blank to 1 for the closed package; what lies outside counts as these.

    Returns:
        for each plate id a (4, 4) matrix that takes (x, y, 0, 1) on the sheet to package space; the sheet's
        third axis points away from the printed side.
    """
    share = min(max(share, 0.0), 1.0)
    if dieline.package_type == "cylinder":
        return rolled_wrap(dieline, share)
    matrices: dict[str, FloatArray] = {}
    plates = blank_plates(dieline.manufacturing, dieline.options)
    # Flaps of a board lie behind their neighbours by where their creases are; nominal ones turn further.
    over = 0.0 if dieline.options.board else dieline.options.caliper
    for plate in plates:
        if plate.hinge is None or plate.parent is None:
            matrices[plate.plate_id] = _root(dieline, plates, plate, share)
        else:
            turn = turned(plate.hinge, _angle(plate, _moved_as(plate, dieline), share, over))
            matrices[plate.plate_id] = matrices[plate.parent] @ turn
    return matrices


def _root(dieline: Dieline, plates: tuple[Plate, ...], root: Plate, share: float) -> FloatArray:
    """Where what all others hang on is: the front of a box upright, a floor on the ground, a lid above it."""
    left, top, right, bottom = root.box
    if root.role is not Role.FLOOR:
        foot = max(plate.box[3] for plate in plates if plate.role is Role.WALL)
        return standing((left + right) / 2, foot, dieline.manufacturing.depth)
    if root is plates[0]:
        return _lying((left + right) / 2, (top + bottom) / 2)
    apart = (left + right - plates[0].box[0] - plates[0].box[2]) / 2
    return _put_over(root, apart, dieline.manufacturing.height, share)


def _lying(across: float, down: float) -> FloatArray:
    """The sheet on the ground, printed side down: (across, down) is the middle of the package."""
    matrix = np.eye(4)
    matrix[:2, 3] = -across, -down
    return matrix


def _put_over(lid: Plate, apart: float, height: float, share: float) -> FloatArray:
    """A lid, printed side up: its walls are folded beside the tray, it is lifted and put over it."""
    left, top, right, bottom = lid.box
    up = height * math.sin(math.pi / 2 * progress(Role.WALL, share))
    lifted = LIFT * height * (progress("lift", share) - progress("lower", share))
    aside = apart * (1 - progress("over", share))
    return np.array(
        [
            [1.0, 0.0, 0.0, aside - (left + right) / 2],
            [0.0, -1.0, 0.0, (top + bottom) / 2],
            [0.0, 0.0, -1.0, up + lifted],
            [0.0, 0.0, 0.0, 1.0],
        ]
    )


def stays_in_pieces(package_type: PackageType, options: DielineOptions) -> bool:
    """Whether a closed package is shown as its blank and not as the plain body of its panels.

    So is what that body has not: discs that are sunk into their tube, a hang tab, an open end, the rolled
    edges of a mailer, and a tray or tube below its lid.
    """
    if package_type == "cylinder":
        return options.board is not None or options.telescope
    structure = STRUCTURES.get(options.style)
    if structure is None:
        return options.style in TRAY_STYLES
    return len(structure.lids) < len(structure) or any(end.hangs for end in structure)


def in_space(matrix: FloatArray, points: FloatArray) -> FloatArray:
    """Points of the sheet, (n, 2), in package space, (n, 3)."""
    return points @ matrix[:3, :2].T + matrix[:3, 3]


def _moved_as(plate: Plate, dieline: Dieline) -> Role | str:
    """Which of the stages a plate moves in: what is on a mailer's lid waits for its inner walls."""
    if plate.role is Role.LID:
        return plate.plate_id
    beside = dieline.options.style is DielineStyle.MAILER and plate.role in _ON_A_MAILERS_LID
    return "beside" if beside else plate.role


def _angle(plate: Plate, part: Role | str, share: float, over: float) -> float:
    """A right angle when closed; a flap's free end goes behind its neighbour by so many millimetres.

    A hang tab stays in the plane of its wall, a glued corner in that of its flap.
    """
    if plate.role in UNFOLDED:
        return 0.0
    if plate.panel_id or plate.hinge is None:
        return math.pi / 2 * progress(part, share)
    left, upper, right, lower = plate.box
    reach = right - left if plate.hinge.x1 == plate.hinge.x2 else lower - upper
    behind = math.atan2(over * _LAYERS_BEHIND.get(plate.role, 1), reach)
    return (math.pi / 2 + min(behind, _MOST_OVERFOLD)) * progress(part, share)
