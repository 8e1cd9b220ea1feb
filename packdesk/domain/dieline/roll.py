"""Bends a cylinder's label: strips of the sheet, and where each lies when the label is partly rolled up."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from packdesk.domain.tube import CYLINDER_SEGMENTS

if TYPE_CHECKING:
    from packdesk.domain.dieline.wrap import Wrap
    from packdesk.domain.geometry import FloatArray


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
        caliper: how far the overlap goes under the other end, growing from its start.
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
    under = caliper * share * max(0.0, left - x) / wrap.overlap if wrap.overlap else 0.0
    return np.array([across - under * math.sin(angle), away + under * math.cos(angle)])
