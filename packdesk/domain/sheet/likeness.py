"""How well a picture of a sheet agrees with a blank: edges where its lines are, and print where board is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from packdesk.domain.affine import Affine
from packdesk.domain.curves import Arc, split
from packdesk.domain.dieline.outline import flattened
from packdesk.domain.dieline.values import LineType

if TYPE_CHECKING:
    import numpy.typing as npt

    from packdesk.domain.curves import Curve
    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.sheet.placement import SheetPlacement

    Numbers = npt.NDArray[np.float64]
    Picture = npt.NDArray[np.uint8]

_STEP_MM = 1.0
_BESIDE_MM = 3.0
_DRAWN_EDGE = 12.0
"""Of 255: a pale line differs so much from what is beside it."""
_CELLS = 100
"""Places of the blank that are looked at along its longer side."""


@dataclass(frozen=True)
class BlankLines:
    """A blank as places: (n, 2) points on its lines, a point beside each on either side, and its board.

    Attributes:
        on: points of cuts and creases.
        normals: unit vectors across the line there.
        inside: places on board.
        outside: places around it, within its rectangle.
    """

    on: Numbers
    normals: Numbers
    inside: Numbers
    outside: Numbers


def blank_lines(dieline: Dieline) -> BlankLines:
    """Places to look at."""
    points: list[tuple[float, float]] = []
    normals: list[tuple[float, float]] = []
    for kind in (LineType.CUT, LineType.CREASE):
        for path in dieline.of_kind(kind):
            for curve in path.curves:
                _along(curve, points, normals)
    inside, outside = _board(dieline)
    return BlankLines(np.array(points), np.array(normals), inside, outside)


def _along(curve: Curve, points: list[tuple[float, float]], normals: list[tuple[float, float]]) -> None:
    pieces = split(curve, 10) if isinstance(curve, Arc) else [curve]
    for piece in pieces:
        start, end = piece.start, piece.end
        length = math.dist(start, end)
        if length < 1e-6:
            continue
        across = (end[1] - start[1]) / length, -(end[0] - start[0]) / length
        count = max(1, int(length / _STEP_MM))
        for number in range(count):
            share = (number + 0.5) / count
            points.append((start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share))
            normals.append(across)


def _board(dieline: Dieline) -> tuple[Numbers, Numbers]:
    step = max(dieline.width, dieline.height) / _CELLS
    across = np.arange(step / 2, dieline.width, step)
    down = np.arange(step / 2, dieline.height, step)
    cells = np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)
    within = np.zeros(len(cells), dtype=bool)
    for path in dieline.of_kind(LineType.CUT):
        within |= _in_polygon(cells, np.array(flattened(path.curves)))
    return cells[within], cells[~within]


def _in_polygon(points: Numbers, corners: Numbers) -> npt.NDArray[np.bool_]:
    """By the number of edges a ray to the right meets."""
    inside = np.zeros(len(points), dtype=bool)
    x, y = points[:, 0], points[:, 1]
    for (x1, y1), (x2, y2) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if y1 == y2:
            continue
        meets = (y1 > y) != (y2 > y)
        inside ^= meets & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
    return inside


def _scale(to_pixels: Affine) -> float:
    return math.sqrt(abs(to_pixels.a * to_pixels.d - to_pixels.b * to_pixels.c))


class SheetLook:
    """A small picture of a sheet, ready to be compared.

    Args:
        picture: (rows, columns, 4) red, green, blue and opacity, 0 to 255.
        width: of the sheet in millimetres.
        height: likewise.
    """

    def __init__(self, picture: Picture, width: float, height: float) -> None:
        rows, columns = picture.shape[:2]
        self._to_pixels = Affine.scaling(columns / width, rows / height).then(Affine.shift(-0.5, -0.5))
        opacity = picture[..., 3:].astype(np.float32) / np.float32(255)
        colours = picture[..., :3].astype(np.float32) * opacity + np.float32(255) * (1 - opacity)
        self.ink = self._ink(colours, opacity[..., 0])
        self.edges = self._differences(colours)
        self._typical = float(self.edges.mean()) + 1e-6

    @staticmethod
    def _ink(colours: npt.NDArray[np.float32], opacity: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """1 where something is printed: opaque, and of another colour than the corners."""
        corners = np.stack([colours[0, 0], colours[0, -1], colours[-1, 0], colours[-1, -1]])
        ground = np.median(corners, axis=0)
        apart = np.abs(colours - ground).max(axis=2)
        ink: npt.NDArray[np.float32] = ((apart > 12) & (opacity > 0.02)).astype(np.float32)
        return ink

    @staticmethod
    def _differences(colours: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        down = np.zeros(colours.shape[:2], np.float32)
        across = np.zeros(colours.shape[:2], np.float32)
        down[1:-1] = np.abs(colours[2:] - colours[:-2]).max(axis=2)
        across[:, 1:-1] = np.abs(colours[:, 2:] - colours[:, :-2]).max(axis=2)
        return np.maximum(down, across)

    def likeness(self, lines: BlankLines, placement: SheetPlacement) -> float:
        """How well a placement agrees, about 0 for one that does not at all; 1 is much."""
        to_pixels = self._from_blank(placement)
        on = self._strongest(lines.on, lines.normals, to_pixels)
        beside = (
            self._seen(self.edges, lines.on + _BESIDE_MM * lines.normals, to_pixels)
            + self._seen(self.edges, lines.on - _BESIDE_MM * lines.normals, to_pixels)
        ) / 2
        edges = float((on - beside).mean()) / (self._typical + 20)
        board = self._seen(self.ink, lines.inside, to_pixels).mean() if len(lines.inside) else 0.0
        around = self._seen(self.ink, lines.outside, to_pixels).mean() if len(lines.outside) else 0.0
        return edges + float(board - around)

    def _from_blank(self, placement: SheetPlacement) -> Affine:
        return placement.on_blank().inverse().then(self._to_pixels)

    def pixels_per_mm(self, placement: SheetPlacement) -> float:
        """Of the blank, where a placement puts it."""
        return _scale(self._from_blank(placement))

    def met_share(self, lines: BlankLines, placement: SheetPlacement) -> float:
        """The share of the blank's lines that something is drawn on."""
        to_pixels = self._from_blank(placement)
        return float((self._strongest(lines.on, lines.normals, to_pixels) > _DRAWN_EDGE).mean())

    def met_edges(self, lines: BlankLines, placement: SheetPlacement) -> float:
        """Mean strength of the edges on the lines."""
        to_pixels = self._from_blank(placement)
        return float(self._seen(self.edges, lines.on, to_pixels).mean())

    def _strongest(self, points: Numbers, normals: Numbers, to_pixels: Affine) -> Numbers:
        reach = 0.7 / _scale(to_pixels)  # of a pixel
        tried = [self._seen(self.edges, points + away * reach * normals, to_pixels) for away in (-1, 0, 1)]
        strongest: Numbers = np.maximum.reduce(tried)
        return strongest

    @staticmethod
    def _seen(values: npt.NDArray[np.float32], points: Numbers, to_pixels: Affine) -> Numbers:
        a, b, c, d, e, f = to_pixels
        columns = np.rint(a * points[:, 0] + c * points[:, 1] + e).astype(np.int64)
        rows = np.rint(b * points[:, 0] + d * points[:, 1] + f).astype(np.int64)
        within = (columns >= 0) & (rows >= 0) & (columns < values.shape[1]) & (rows < values.shape[0])
        seen = np.zeros(len(points))
        seen[within] = values[rows[within], columns[within]]
        return seen

    def printed_part(self) -> tuple[float, float, float, float] | None:
        """The rectangle around all print, in millimetres of the sheet; None where all of it is printed."""
        columns, rows = np.flatnonzero(self.ink.any(axis=0)), np.flatnonzero(self.ink.any(axis=1))
        if not len(columns):
            return None
        back = self._to_pixels.inverse()
        left, top = back.point(columns[0] - 0.5, rows[0] - 0.5)
        right, bottom = back.point(columns[-1] + 0.5, rows[-1] + 0.5)
        whole = len(columns) == self.ink.shape[1] and len(rows) == self.ink.shape[0]
        return None if whole else (left, top, right, bottom)
