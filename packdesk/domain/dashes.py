"""Dashes that a program drew one by one, as the lines they stand for."""

from __future__ import annotations

import numpy as np

_LONGEST_DASH_MM, _LONGEST_GAP_MM = 12.0, 6.0
_LEAST_DASHES = 3
"""As many make a dashed line."""
_SAME_DEGREES, _SAME_MM = 0.2, 0.05


def joined(pieces: np.ndarray) -> np.ndarray:
    """Straight pieces and, beside them, a whole piece for each row of at least three short ones.

    Args:
        pieces: a row each: x and y of both ends, in millimetres.
    """
    length = np.hypot(pieces[:, 2] - pieces[:, 0], pieces[:, 3] - pieces[:, 1])
    short = pieces[(length > 0) & (length <= _LONGEST_DASH_MM)]
    if len(short) < _LEAST_DASHES:
        return pieces
    angle = np.degrees(np.arctan2(short[:, 3] - short[:, 1], short[:, 2] - short[:, 0])) % 180
    angle = np.where(angle > 180 - _SAME_DEGREES, 0.0, angle)
    order = np.argsort(angle, kind="stable")
    cuts = np.flatnonzero(np.diff(angle[order]) > _SAME_DEGREES) + 1
    rows = [row for group in np.split(order, cuts) for row in _rows(short[group], angle[group])]
    return np.vstack([pieces, np.array(rows).reshape(-1, 4)])


def _rows(dashes: np.ndarray, degrees: np.ndarray) -> list[np.ndarray]:
    """The whole pieces of dashes of one direction."""
    middle = float(np.median(degrees))
    dashes = dashes[np.abs(degrees - middle) <= _SAME_DEGREES]  # pieces of large circles are no dashes
    if len(dashes) < _LEAST_DASHES:
        return []
    turn = np.radians(middle)
    along, across = np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])
    ends = np.sort(np.stack([dashes[:, :2] @ along, dashes[:, 2:] @ along], axis=1), axis=1)
    aside = (dashes[:, :2] + dashes[:, 2:]) @ across / 2
    order = np.argsort(aside, kind="stable")
    cuts = np.flatnonzero(np.diff(aside[order]) > _SAME_MM) + 1
    found = []
    for line in np.split(order, cuts):
        place = float(np.median(aside[line]))
        for start, end in _spans(ends[line][np.abs(aside[line] - place) <= _SAME_MM]):
            found.append(np.concatenate([along * start + across * place, along * end + across * place]))
    return found


def _spans(ends: np.ndarray) -> list[tuple[float, float]]:
    """From where to where dashes on one line follow each other closely, with gaps between them."""
    ends = ends[np.argsort(ends[:, 0], kind="stable")]
    gaps = ends[1:, 0] - np.maximum.accumulate(ends[:, 1])[:-1]
    rows = np.split(ends, np.flatnonzero(gaps > _LONGEST_GAP_MM) + 1)
    return [(float(row[0, 0]), float(row[:, 1].max())) for row in rows if len(row) >= _LEAST_DASHES]
