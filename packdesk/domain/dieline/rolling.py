"""A cylinder while it is rolled: its label in strips, each a chord of its arc, and discs with their tabs."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from packdesk.domain.curves import Segment
from packdesk.domain.dieline.motion import LIFT, FoldPlate, progress, standing, turned
from packdesk.domain.dieline.outline import flattened
from packdesk.domain.dieline.plates import Role
from packdesk.domain.dieline.wrap import wrap_of
from packdesk.domain.tube import CYLINDER_SEGMENTS

if TYPE_CHECKING:
    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.dieline.wrap import Wrap
    from packdesk.domain.geometry import FloatArray


def rolled_share(share: float) -> float:
    """How far a cylinder's label is rolled when the package is folded by a share."""
    return progress("label", min(max(share, 0.0), 1.0))


def wrap_plates(dieline: Dieline) -> tuple[FoldPlate, ...]:
    """Strips, discs and tabs; of a telescoping lid those of its tube besides."""
    plates: list[FoldPlate] = []
    for part in wrap_of(dieline.manufacturing, dieline.options).parts:
        _, top, _, bottom = part.label
        before: str | None = None
        for strip in strips(part):
            outline = [(strip.left, top), (strip.right, top), (strip.right, bottom), (strip.left, bottom)]
            joined = Segment(strip.left, top, strip.left, bottom) if before else None
            panel_id = "body" if strip.shows else None
            plates.append(FoldPlate(strip.name, panel_id, np.array(outline), before, joined))
            before = strip.name
        for name in part.discs:
            middle = part.middle(name)
            plates.append(FoldPlate(name, name, np.array(flattened(part.ring.face(middle))), None, None))
            for number, (crease, free) in enumerate(part.ring.tabs(middle)):
                tab = np.array(flattened((*free, Segment(*crease.end, *crease.start))))
                plates.append(FoldPlate(f"{name}-tab-{number}", None, tab, name, crease))
    return tuple(plates)


def rolled_wrap(dieline: Dieline, share: float) -> dict[str, FloatArray]:
    """Where they are when the package is closed by a share, as `folded` has it."""
    wrap, caliper = wrap_of(dieline.manufacturing, dieline.options), dieline.options.caliper
    if wrap.tube is None:
        return _rolled_part(wrap, caliper, share)
    lifted = np.eye(4)
    lifted[2, 3] = LIFT * wrap.height * (1 - progress("lower", share))
    lid = _rolled_part(wrap, caliper, share)
    return {name: lifted @ matrix for name, matrix in lid.items()} | _rolled_part(wrap.tube, caliper, share)


def _rolled_part(wrap: Wrap, caliper: float, share: float) -> dict[str, FloatArray]:
    rolled = progress("label", share)
    matrices = {strip.name: strip_matrix(wrap, strip, rolled, caliper) for strip in strips(wrap)}
    left, top, right, bottom = wrap.label
    upright = standing((left + right) / 2, bottom, wrap.diameter)
    hinges = {"top": Segment(left, top, right, top), "bottom": Segment(right, bottom, left, bottom)}
    for name in wrap.names:
        # The disc of a lid is in place before that is put over its tube.
        moved, hinge = progress(name if len(wrap.names) > 1 else "bottom", share), hinges[name]
        closer = np.eye(4)
        middle = wrap.middle(name)
        away = abs(middle[1] - hinge.y1) - wrap.diameter / 2
        closer[1, 3] = away * moved * (1 if name == "top" else -1)
        closer[2, 3] = wrap.sunk * moved
        matrices[name] = upright @ turned(hinge, math.pi / 2 * moved) @ closer
        angle = math.pi / 2 * progress(Role.TAB, share)
        for number, (crease, _) in enumerate(wrap.ring.tabs(middle)):
            matrices[f"{name}-tab-{number}"] = matrices[name] @ turned(crease, angle)
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
    if wrap.is_bare:
        return _named("tube-overlap", overlap, shows=False) + _named("tube", label, shows=False)
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
