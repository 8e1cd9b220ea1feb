"""Finds the registration marks of our templates in a picture, as readers of QR codes find theirs.

Along any line through its middle a mark is dark and light in the ratio 1:1:3:1:1 (ISO/IEC 18004, 6.3.3).
"""

from __future__ import annotations

import math
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from packdesk.domain.curves import Point2

    Darkness = npt.NDArray[np.bool_]

_RATIO = np.array([1.0, 1.0, 3.0, 1.0, 1.0])
_OFF = 0.6  # modules a run may be longer or shorter
_SAME = 2.5  # modules within which two findings are of the same mark
_MOST = 40  # marks looked at
_RIGHT, _LENGTHS = 0.02, 0.02  # how far a corner may be from right, as a cosine, and a side off, as a share


def find_marks(grey: npt.NDArray[np.uint8]) -> list[tuple[float, float, float]]:
    """Middles (x, y) and module of marks in a picture, in its pixels."""
    dark = grey < 128
    found: list[tuple[float, float, float, int]] = []
    for row in range(0, dark.shape[0], 2):
        for x, module in _crossings(dark[row]):
            down = _crossing_at(dark[:, round(x)], row, module)
            if down is None:
                continue
            y, other = down
            across = _crossing_at(dark[round(y)], round(x), module)
            if across is not None and max(module, other) < 1.6 * min(module, other):
                _add(found, across[0], y, (across[1] + other) / 2)
    found.sort(key=lambda mark: -mark[3])
    return [mark[:3] for mark in found[:_MOST]]


def _add(found: list[tuple[float, float, float, int]], x: float, y: float, module: float) -> None:
    for index, (known_x, known_y, known, count) in enumerate(found):
        if math.hypot(x - known_x, y - known_y) < _SAME * known:
            share = 1 / (count + 1)
            mean = (known_x + (x - known_x) * share, known_y + (y - known_y) * share)
            found[index] = (*mean, known + (module - known) * share, count + 1)
            return
    found.append((x, y, module, 1))


def _crossings(line: Darkness) -> list[tuple[float, float]]:
    """Middle and module of everything along a line that looks like a mark."""
    edges = np.flatnonzero(line[1:] != line[:-1]) + 1
    if len(edges) < 6:
        return []
    runs = np.lib.stride_tricks.sliding_window_view(np.diff(edges), 5)
    modules = runs.sum(axis=1) / 7
    fits = (np.abs(runs - modules[:, None] * _RATIO) <= modules[:, None] * _OFF).all(axis=1)
    fits &= line[edges[: len(fits)]] & (modules >= 1.5)
    starts = edges[: len(fits)][fits]
    return [(start + 3.5 * module - 0.5, module) for start, module in zip(starts, modules[fits], strict=True)]


def _crossing_at(line: Darkness, at: int, module: float) -> tuple[float, float] | None:
    """The mark along a line whose middle is near a place."""
    first = max(0, int(at - 6 * module))
    part = line[first : int(at + 6 * module) + 1]
    near = [(first + x, other) for x, other in _crossings(part) if abs(first + x - at) < 2 * module]
    return min(near, key=lambda mark: abs(mark[0] - at)) if near else None


def three_marks(
    marks: list[tuple[float, float, float]], width: float, height: float
) -> tuple[Point2, Point2, Point2] | None:
    """The marks at the upper left, upper right and lower left of a page, whichever way it is turned.

    Args:
        marks: from `find_marks`.
        width: from the first to the second, in any unit.
        height: from the first to the third, in the same one.

    Returns:
        Their places; None where no three stand as they should. Of a page that may as well be mirrored, the
        one that is not.
    """
    best: tuple[float, tuple[Point2, Point2, Point2]] | None = None
    for first, second, third in permutations(marks[:12], 3):
        right = second[0] - first[0], second[1] - first[1]
        down = third[0] - first[0], third[1] - first[1]
        across, along = math.hypot(*right), math.hypot(*down)
        corner = abs(right[0] * down[0] + right[1] * down[1]) / (across * along)
        off = abs((across / along) / (width / height) - 1)
        if corner > _RIGHT or off > _LENGTHS:
            continue
        mirrored = right[0] * down[1] - right[1] * down[0] < 0
        worth = off + corner + (0.01 if mirrored else 0)
        if best is None or worth < best[0]:
            best = worth, (first[:2], second[:2], third[:2])
    return best[1] if best else None
