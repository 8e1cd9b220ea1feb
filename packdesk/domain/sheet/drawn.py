"""Looks for a blank's lines anywhere on a sheet of known size: a page larger than the blank."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from packdesk.domain.affine import Affine
from packdesk.domain.sheet.placement import SheetPlacement
from packdesk.domain.sheet.sizes import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.sheet.facts import SheetFacts
    from packdesk.domain.sheet.likeness import BlankLines, SheetLook

    Numbers = npt.NDArray[np.float64]

_CELLS = 500.0
_FINE_MM, _FINE_STEPS = 0.25, 5


def drawn_candidates(
    look: SheetLook, facts: SheetFacts, dieline: Dieline, lines: BlankLines
) -> Iterator[Candidate]:
    """The best place of the blank's lines in each of four directions; none where the size is not known."""
    if not facts.sized:
        return
    step = max(1.0, max(facts.width, facts.height) / _CELLS)
    edges = _coarse(look, facts, step)
    for turns in range(4):
        placement = _best_shift(edges, facts, dieline, lines, turns=turns, step=step)
        if placement is not None:
            yield Candidate(_refined(look, lines, placement, step), "lines")


def _coarse(look: SheetLook, facts: SheetFacts, step: float) -> Numbers:
    """Edges on a grid of that step: the strongest of each cell."""
    rows, columns = look.edges.shape
    down = np.minimum((np.arange(rows) + 0.5) / rows * facts.height / step, 1e6).astype(int)
    across = np.minimum((np.arange(columns) + 0.5) / columns * facts.width / step, 1e6).astype(int)
    grid = np.zeros((math.ceil(facts.height / step) + 1, math.ceil(facts.width / step) + 1))
    np.maximum.at(grid, (down[:, None], across[None, :]), look.edges)
    return np.minimum(grid, 255.0)


def _best_shift(
    edges: Numbers, facts: SheetFacts, dieline: Dieline, lines: BlankLines, *, turns: int, step: float
) -> SheetPlacement | None:
    """The shift at which the lines meet most edges, by the correlation theorem."""
    # The blank turned back lies on the sheet with its upper left corner at some place of it.
    back = Affine.turning(-turns)
    corners = [back.point(x, y) for x in (0, dieline.width) for y in (0, dieline.height)]
    left, top = min(x for x, _ in corners), min(y for _, y in corners)
    wide, high = max(x for x, _ in corners) - left, max(y for _, y in corners) - top
    room = facts.width - wide, facts.height - high
    if min(room) < -step:
        return None
    points = np.stack(
        [
            back.a * lines.drawn.on[:, 0] + back.c * lines.drawn.on[:, 1] - left,
            back.b * lines.drawn.on[:, 0] + back.d * lines.drawn.on[:, 1] - top,
        ],
        axis=1,
    )
    drawn = np.zeros(edges.shape)
    cells = np.minimum((points / step).astype(int), np.array(edges.shape[::-1]) - 1)
    drawn[cells[:, 1], cells[:, 0]] = 1.0
    spectrum = np.fft.rfft2(edges - edges.mean())
    met = np.fft.irfft2(spectrum * np.conj(np.fft.rfft2(drawn)), s=edges.shape)
    met = met[: int(max(room[1], 0) / step) + 1, : int(max(room[0], 0) / step) + 1]
    row, column = np.unravel_index(int(met.argmax()), met.shape)
    at = SheetPlacement(facts.width, facts.height, 0, 0, 1.0, turns)
    # The sheet's point that the blank's turned corner lies on goes to where that corner is on the blank.
    x, y = at.on_blank().point(float(column) * step, float(row) * step)
    goes_x, goes_y = Affine.turning(turns).point(left, top)
    return at.moved(goes_x - x, goes_y - y)


def _refined(look: SheetLook, lines: BlankLines, placement: SheetPlacement, step: float) -> SheetPlacement:
    """Within a cell or two, the shift that agrees best, twice: coarsely, then in quarters of a millimetre."""
    for fine in (step / 2, _FINE_MM):
        shifts = [fine * number for number in range(-_FINE_STEPS, _FINE_STEPS + 1)]
        tried = (placement.moved(right, down) for right in shifts for down in shifts)
        placement = max(tried, key=lambda one: look.met_edges(lines, one))
    return placement
