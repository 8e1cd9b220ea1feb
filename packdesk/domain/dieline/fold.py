"""Folds a blank by arithmetic: flat plates that turn about their creases until they are the package.

A cylinder's label is bent in strips, each a chord of its arc. Package space is that of `geometry`:
millimetres, z up, the package on z = 0, its front facing -y. The front (or the middle of a label) stays where
the closed package has it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from packdesk.domain.curves import Segment
from packdesk.domain.dieline.build import blank_plates
from packdesk.domain.dieline.holes import holes_of, pierced
from packdesk.domain.dieline.outline import flattened
from packdesk.domain.dieline.plates import UNFOLDED, Role
from packdesk.domain.dieline.structures import STRUCTURES
from packdesk.domain.dieline.trays import TRAY_STYLES
from packdesk.domain.dieline.wrap import wrap_of
from packdesk.domain.easing import smoothstep
from packdesk.domain.tube import CYLINDER_SEGMENTS

if TYPE_CHECKING:
    from packdesk.domain.dieline.plates import Plate
    from packdesk.domain.dieline.values import Dieline, DielineOptions
    from packdesk.domain.dieline.wrap import Wrap
    from packdesk.domain.dimensions import PackageType
    from packdesk.domain.geometry import FloatArray

_STAGES: dict[Role | str, tuple[float, float]] = {
    Role.WALL: (0.05, 0.5),
    Role.GLUE: (0.0, 0.3),
    Role.DUST: (0.45, 0.65),
    Role.SEAL: (0.55, 0.75),
    Role.TUCK: (0.5, 0.7),
    Role.TAB: (0.3, 0.6),
    Role.HANG: (0.0, 1.0),
    Role.CATCH: (0.45, 0.6),
    Role.SNAP: (0.55, 0.75),
    Role.TONGUE: (0.7, 0.9),
    Role.LOCK: (0.45, 0.65),
    Role.HOOK: (0.5, 0.7),
    Role.ARM: (0.55, 0.75),
    Role.INSERT: (0.0, 0.25),
    Role.SIDE: (0.05, 0.5),
    Role.END: (0.25, 0.5),
    Role.ROLL: (0.45, 0.6),
    Role.INNER: (0.5, 0.75),
    "label": (0.0, 0.7),
    "lift": (0.45, 0.65),
    "over": (0.5, 0.8),
    "lower": (0.75, 1.0),
    "bottom": (0.6, 0.85),
    "top": (0.75, 1.0),
}
"""From which share of the folding to which each part moves."""

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
_LIFT = 1.1
"""Of its height a lid is lifted, so that it passes over its tray."""
_MOST_OVERFOLD = math.radians(10)


@dataclass(frozen=True)
class FoldPlate:
    """A piece of the blank that stays flat.

    Attributes:
        plate_id: its name.
        panel_id: the panel whose picture it shows, None for a flap; `picture_points` says which part.
        outline: (n, 2) its corners on the sheet in millimetres, clockwise, arcs as chords; around holes, too.
        parent: the plate it hangs on, None if it hangs on none.
        hinge: where it hangs on it.
    """

    plate_id: str
    panel_id: str | None
    outline: FloatArray
    parent: str | None
    hinge: Segment | None


def fold_plates(dieline: Dieline) -> tuple[FoldPlate, ...]:
    """The pieces of a blank: panels and flaps of a box; strips of a cylinder's label, and its discs."""
    if dieline.package_type == "cylinder":
        return _wrap_plates(dieline)
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
        return _rolled(dieline, share)
    matrices: dict[str, FloatArray] = {}
    plates = blank_plates(dieline.manufacturing, dieline.options)
    # Flaps of a board lie behind their neighbours by where their creases are; nominal ones turn further.
    over = 0.0 if dieline.options.board else dieline.options.caliper
    for plate in plates:
        if plate.hinge is None or plate.parent is None:
            matrices[plate.plate_id] = _root(dieline, plates, plate, share)
        else:
            turn = _turned(plate.hinge, _angle(plate, share, over))
            matrices[plate.plate_id] = matrices[plate.parent] @ turn
    return matrices


def _root(dieline: Dieline, plates: tuple[Plate, ...], root: Plate, share: float) -> FloatArray:
    """Where what all others hang on is: the front of a box upright, a floor on the ground, a lid above it."""
    left, top, right, bottom = root.box
    if root.role is not Role.FLOOR:
        foot = max(plate.box[3] for plate in plates if plate.role is Role.WALL)
        return _standing((left + right) / 2, foot, dieline.manufacturing.depth)
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
    up = height * math.sin(math.pi / 2 * _progress(Role.WALL, share))
    lifted = _LIFT * height * (_progress("lift", share) - _progress("lower", share))
    aside = apart * (1 - _progress("over", share))
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
    edges of a mailer, and a tray below its lid.
    """
    if package_type == "cylinder":
        return options.board is not None
    structure = STRUCTURES.get(options.style)
    if structure is None:
        return options.style in TRAY_STYLES
    return len(structure.lids) < len(structure) or any(end.hangs for end in structure)


def rolled_share(share: float) -> float:
    """How far a cylinder's label is rolled when the package is folded by a share."""
    return _progress("label", min(max(share, 0.0), 1.0))


def in_space(matrix: FloatArray, points: FloatArray) -> FloatArray:
    """Points of the sheet, (n, 2), in package space, (n, 3)."""
    return points @ matrix[:3, :2].T + matrix[:3, 3]


def _progress(part: Role | str, share: float) -> float:
    """How far a part has moved, starting and ending gently."""
    return smoothstep(*_STAGES[part], share)


def _angle(plate: Plate, share: float, over: float) -> float:
    """A right angle when closed; a flap's free end goes behind its neighbour by so many millimetres.

    A hang tab stays in the plane of its wall, a glued corner in that of its flap.
    """
    if plate.role in UNFOLDED:
        return 0.0
    if plate.panel_id or plate.hinge is None:
        part = plate.plate_id if plate.role is Role.LID else plate.role
        return math.pi / 2 * _progress(part, share)
    left, upper, right, lower = plate.box
    reach = right - left if plate.hinge.x1 == plate.hinge.x2 else lower - upper
    behind = math.atan2(over * _LAYERS_BEHIND.get(plate.role, 1), reach)
    return (math.pi / 2 + min(behind, _MOST_OVERFOLD)) * _progress(plate.role, share)


def _standing(middle: float, foot: float, depth: float) -> FloatArray:
    """The sheet held upright in the plane of the front: what is at (middle, foot) stands on the ground."""
    return np.array(
        [
            [1.0, 0.0, 0.0, -middle],
            [0.0, 0.0, 1.0, -depth / 2],
            [0.0, -1.0, 0.0, foot],
            [0.0, 0.0, 0.0, 1.0],
        ]
    )


def _turned(hinge: Segment, angle: float) -> FloatArray:
    """Turns what lies to the left of a hinge away from the printed side."""
    x, y = np.subtract(hinge.end, hinge.start) / math.dist(hinge.start, hinge.end)
    cross = np.array([[0.0, 0.0, y], [0.0, 0.0, -x], [-y, x, 0.0]])
    matrix = np.eye(4)
    # Rodrigues' formula; the angle is negative because y grows downwards.
    matrix[:3, :3] += -math.sin(angle) * cross + (1 - math.cos(angle)) * (cross @ cross)
    start = np.array([*hinge.start, 0.0])
    matrix[:3, 3] = start - matrix[:3, :3] @ start
    return matrix


def _wrap_plates(dieline: Dieline) -> tuple[FoldPlate, ...]:
    wrap = wrap_of(dieline.manufacturing, dieline.options)
    _, top, _, bottom = wrap.label
    plates: list[FoldPlate] = []
    for strip in strips(wrap):
        outline = [(strip.left, top), (strip.right, top), (strip.right, bottom), (strip.left, bottom)]
        hinge = Segment(strip.left, top, strip.left, bottom) if plates else None
        before = plates[-1].plate_id if plates else None
        panel_id = "body" if strip.shows else None
        plates.append(FoldPlate(strip.name, panel_id, np.array(outline), before, hinge))
    for name in wrap.discs:
        middle = wrap.middle(name)
        plates.append(FoldPlate(name, name, np.array(flattened(wrap.ring.face(middle))), None, None))
        for number, (hinge, free) in enumerate(wrap.ring.tabs(middle)):
            tab = np.array(flattened((*free, Segment(*hinge.end, *hinge.start))))
            plates.append(FoldPlate(f"{name}-tab-{number}", None, tab, name, hinge))
    return tuple(plates)


def _rolled(dieline: Dieline, share: float) -> dict[str, FloatArray]:
    wrap, caliper = wrap_of(dieline.manufacturing, dieline.options), dieline.options.caliper
    rolled = _progress("label", share)
    matrices = {strip.name: strip_matrix(wrap, strip, rolled, caliper) for strip in strips(wrap)}
    left, top, right, bottom = wrap.label
    standing = _standing((left + right) / 2, bottom, wrap.diameter)
    hinges = {"top": Segment(left, top, right, top), "bottom": Segment(right, bottom, left, bottom)}
    for name, hinge in hinges.items():
        moved = _progress(name, share)
        closer = np.eye(4)
        middle = wrap.middle(name)
        away = abs(middle[1] - hinge.y1) - wrap.diameter / 2
        closer[1, 3] = away * moved * (1 if name == "top" else -1)
        closer[2, 3] = wrap.sunk * moved
        matrices[name] = standing @ _turned(hinge, math.pi / 2 * moved) @ closer
        turned = math.pi / 2 * _progress(Role.TAB, share)
        for number, (crease, _) in enumerate(wrap.ring.tabs(middle)):
            matrices[f"{name}-tab-{number}"] = matrices[name] @ _turned(crease, turned)
    return matrices


class Strip(NamedTuple):
    """An upright strip of the label between two x on the sheet; `shows` is False on the overlap."""

    name: str
    left: float
    right: float
    shows: bool


def strips(wrap: Wrap) -> list[Strip]:
    """The overlap's strips, then as many of the label as a mesh's wall has segments, left to right."""
    left, _, right, _ = wrap.label
    label = np.linspace(left, right, CYLINDER_SEGMENTS + 1).tolist()
    count = math.ceil(wrap.overlap / (label[1] - label[0]))
    overlap = np.linspace(0.0, left, count + 1).tolist() if count else []
    return _named("overlap", overlap, shows=False) + _named("body", label, shows=True)


def _named(name: str, edges: list[float], *, shows: bool) -> list[Strip]:
    return [
        Strip(f"{name}-{index}", left, right, shows) for index, (left, right) in enumerate(pairwise(edges))
    ]


def strip_matrix(wrap: Wrap, strip: Strip, share: float, caliper: float) -> FloatArray:
    """Takes sheet coordinates (x, y, 0) on a strip to package space: a chord of the bent label.

    The label's middle stays at the front. A strip gets as much narrower as its chord is shorter than its arc
    (0.02 % when closed), so that neighbours always meet and the closed label is the mesh of `geometry`.

    Args:
        wrap: the cylinder's layout.
        strip: one of its strips.
        share: 0 flat, 1 closed.
        caliper: how far the overlap goes under the other end, growing over its ramp.
    """
    start, end = (_bent(wrap, x, share, caliper) for x in (strip.left, strip.right))
    along = (end - start) / (strip.right - strip.left)
    inwards = np.array([-along[1], along[0]]) / np.linalg.norm(along)
    matrix = np.zeros((4, 4))
    matrix[:2, 0], matrix[:2, 2], matrix[:2, 3] = along, inwards, start - along * strip.left
    matrix[2, 1:] = -1.0, 0.0, wrap.label[3]
    matrix[3, 3] = 1.0
    return matrix


def _bent(wrap: Wrap, x: float, share: float, caliper: float) -> FloatArray:
    """Where (across, away) the label at x on the sheet lies, seen from above."""
    left, _, right, _ = wrap.label
    from_middle = x - (left + right) / 2
    angle = from_middle * share * 2 / wrap.diameter
    half = angle / 2
    # Both stay right at an angle of 0; numpy's sinc(x) is sin(pi x) / (pi x).
    across = from_middle * np.sinc(angle / math.pi)
    away = from_middle * math.sin(half) * np.sinc(half / math.pi) - wrap.diameter / 2
    under = caliper * share * min(max(0.0, left - x) / wrap.ramp, 1.0) if wrap.overlap else 0.0
    return np.array([across - under * math.sin(angle), away + under * math.cos(angle)])
